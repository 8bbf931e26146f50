"""Sentences that tell how a proposal fared, or who supports it, and leave open what was proposed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from minutes_nlp.extraction.units import Unit
from minutes_nlp.resources.lexicon import phrases, section, words_cache
from minutes_nlp.resources.phrase_index import PhraseIndex

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
