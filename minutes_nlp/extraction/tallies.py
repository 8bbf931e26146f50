"""Counted votes: lines, items and rows that only say how many were for and against, and the passage they belong to."""

from __future__ import annotations

import re

from minutes_nlp.resources.lexicon import expression, languages, phrases, section, words_cache
from minutes_nlp.resources.phrase_index import PhraseIndex

_WORDS_BEFORE, _CHARACTERS_AFTER = 3, 40
_REMEMBERED = 4096  # units: each is asked about several times
_FEW_WORDS_BETWEEN = r"(?:\W+\w+){0,4}?\W+"


@words_cache()
def _options(language: str) -> tuple[str, ...]:
    return tuple(section(language, "decisions").get("ballot", ()))


@words_cache()
def _index(language: str) -> PhraseIndex:
    return PhraseIndex({"ballot": _options(language)})


@words_cache()
def _either(language: str) -> str:
    return "|".join(f"(?:{expression(option)})" for option in _options(language)) or "(?!)"


@words_cache()
def _count() -> str:
    """A number of votes in figures or, in any language, in words."""
    counted = dict.fromkeys(word for code in languages() for word in section(code, "decisions").get("counted", ()))
    return rf"(?:\d+|{'|'.join(map(expression, counted))})"


@words_cache()
def _one(language: str) -> re.Pattern[str]:
    either, count = _either(language), _count()
    one = rf"(?:{either}){_FEW_WORDS_BETWEEN}{count}\b|{count}\W+(?:\w+\W+)?(?:{either})"
    return re.compile(one, re.IGNORECASE)


@words_cache()
def _option(language: str) -> re.Pattern[str]:
    return re.compile(_either(language), re.IGNORECASE)


@words_cache(_REMEMBERED)
def is_tally(text: str, language: str) -> bool:
    """Whether a unit begins with counted votes and says little else (`pour : 12`, `Abstention | 0`)."""
    if not _index(language).possible(text):
        return False
    counted = list(_one(language).finditer(text))
    if not counted or len(re.findall(r"\w+", text[: counted[0].start()])) > _WORDS_BEFORE:
        return False
    return len(counted) > 1 or len(text) - counted[0].end() <= _CHARACTERS_AFTER


def is_ballot(text: str, language: str) -> bool:
    """Whether a text names at least two ways to vote: a whole tally, the header of a table of results."""
    return len({match[0].casefold() for match in _option(language).finditer(text)}) > 1


def names_subject(text: str, language: str) -> bool:
    """Whether a line of counted votes begins with what they are for (`An Smet: 12 ja, 1 neen`)."""
    counted = _one(language).search(text)
    opening = text[: counted.start()] if counted else ""
    headings = section(language, "decisions").get("headings", {})
    return re.search(r"[^\W\d_]{3,}", phrases(tuple(headings.get("vote", ()))).sub("", opening)) is not None
