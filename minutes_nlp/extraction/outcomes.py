"""Sentences that tell how a proposal fared, or who supports it, and leave open what was proposed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from minutes_nlp.extraction.units import Unit
from minutes_nlp.resources.lexicon import phrases, section, words_cache
from minutes_nlp.resources.phrase_index import PhraseIndex

_ARTICLE_NUMBER = re.compile(r"\W{0,3}\d+\s?(?:[a-z°]{1,3})?\s*(?:[.:)–-]|$)")
_SUBJECT = 5  # words before an outcome that may tell who takes it (`De hele werkgroep is hiermee akkoord`)


def is_bare_outcome(unit: Unit) -> bool:
    """Whether a sentence only tells how a proposal fared (`Adopté à l'unanimité.`), not what was proposed.

    A mere `OK` or `Oui` is one if it goes on with a paragraph or item, and no answer of a speaker.
    """
    groups = ("outcomes", "seconds") if unit.first else ("outcomes", "seconds", "replies")
    told = [match.start() for match in (says(unit, group) for group in groups) if match]
    told = [start for start in told if len(unit.text[:start].split()) <= _SUBJECT]
    proposed = says(unit, "proposals")
    return bool(told) and (proposed is None or proposed.start() >= min(told))


def is_second(unit: Unit) -> bool:
    """Whether a sentence tells who seconds a proposal (`Zoé appuie.`), and leaves open how it fares."""
    return says(unit, "seconds") is not None and says(unit, "outcomes") is None


def is_article(unit: Unit) -> bool:
    """Whether a unit is an article of a resolution: it, or the line before it, has the number of one.

    `Artikel 2. De huur stijgt.` and `Enig artikel. …` are; `Artikel 2 van het decreet …` is none.
    """
    if _numbers_article(unit.text, unit.language, alone=False):
        return True
    return unit.first and _numbers_article(unit.before, unit.language, alone=True)


def _numbers_article(text: str, language: str, *, alone: bool) -> bool:
    """Whether a text begins with the number of an article; or, if `alone`, whether that is all it says."""
    lists = _lists(language)
    if not lists.index.possible(text) & {"articles", "sole_articles"}:
        return False
    sole = lists.patterns["sole_articles"].match(text)
    name = lists.patterns["articles"].match(text)
    number = _ARTICLE_NUMBER.match(text, name.end()) if name else None
    found = number or sole
    return found is not None and not (alone and re.search(r"\w", text[found.end() :]))


def says(unit: Unit, group: str) -> re.Match[str] | None:
    """The first phrase of the list `group` of `resources/<iso>/decisions.toml` that stands in a unit."""
    lists = _lists(unit.language)
    return lists.patterns[group].search(unit.text) if group in lists.index.possible(unit.text) else None


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists of phrases of a language, each as a pattern, and an index of them all."""

    patterns: Mapping[str, re.Pattern[str]]
    index: PhraseIndex


@words_cache()
def _lists(language: str) -> _Lists:
    words = section(language, "decisions")
    lists = {group: tuple(entries) for group, entries in words.items() if isinstance(entries, list)}
    return _Lists({group: phrases(entries) for group, entries in lists.items()}, PhraseIndex(lists))
