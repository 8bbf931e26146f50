"""Where sentences end inside a block: by punctuation and capitals, with the language's abbreviations."""

from __future__ import annotations

import re

from minutes_nlp.language.detect import UNKNOWN
from minutes_nlp.resources import languages, section, words_cache
from minutes_nlp.spans import CharSpan

_REMEMBERED = 4096  # blocks
_STOP = re.compile(r"(?P<sign>[.!?…]+)(?P<close>[\"'”’»)\]]*)(?=\s+(?P<next>\S))")
_LAST_WORD = re.compile(r"[^\s(«\"“'’\[]+$")
_INITIAL = re.compile(r"^(?:[A-Z]\.-?)+$")  # `J.`, `J.-P.`, and no word of capitals (`AG.`)
_DAY_NUMBER = re.compile(r"(?<!\S)\d{1,2}$")
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_OPENERS = "\"'“‘«(["


@words_cache()
def abbreviations(language: str) -> frozenset[str]:
    """The abbreviations of a language with their stops, in lower case; of all languages for `unknown`."""
    chosen = languages() if language == UNKNOWN else (language,)
    return frozenset(word.casefold() for code in chosen for word in section(code, "language").get("abbreviations", ()))


def sentences(text: str, span: CharSpan, language: str) -> list[CharSpan]:
    """The sentences of `text` inside `span`, trimmed; together they hold all of its visible characters.

    A stop ends a sentence if a capital, a digit, a quote or a dash follows and the word before is no abbreviation, no
    initial, no day before its month and no number of a list.
    """
    return list(_sentences(text, span, language))


@words_cache(_REMEMBERED)
def _sentences(text: str, span: CharSpan, language: str) -> tuple[CharSpan, ...]:
    """As `sentences`, remembered: several recognisers ask about the same blocks."""
    known = abbreviations(language)
    found: list[CharSpan] = []
    start = span.start
    for stop in _STOP.finditer(text, span.start, span.end):
        following = stop["next"]
        if following.islower() or following in ",;:%&)":
            continue
        if stop["sign"] == "." and not stop["close"] and _is_abbreviation(text[start : stop.start() + 1], known):
            continue
        if stop["sign"] == "." and _is_day(text, stop.start(), language):
            continue
        if stop["sign"] in ("...", "…") and following not in _OPENERS and not following.isupper():
            continue
        found.append(CharSpan(start, stop.end()).trim(text))
        start = stop.end()
    found.append(CharSpan(start, span.end).trim(text))
    return tuple(sentence for sentence in found if sentence.length)


@words_cache()
def _months(language: str) -> frozenset[str]:
    """The names of the months, in lower case."""
    chosen = languages() if language == UNKNOWN else (language,)
    names = (name for code in chosen for entry in section(code, "dates").get("months", {}).values() for name in entry)
    return frozenset(name.casefold() for name in names)


def _is_day(text: str, stop: int, language: str) -> bool:
    """Whether the stop at that offset stands between a day and its month (`am 22. Februar`)."""
    if not _DAY_NUMBER.search(text[max(0, stop - 3) : stop]):
        return False
    word = _NEXT_WORD.match(text, stop + 1)
    return word is not None and word[1].casefold() in _months(language)


def _is_abbreviation(upto: str, known: frozenset[str]) -> bool:
    """Whether the stop at the end of `upto` (from the sentence's start) belongs to its word."""
    last = _LAST_WORD.search(upto)
    if not last:
        return False
    word = last[0]
    if word.casefold() in known or _INITIAL.search(word):
        return True
    return word[:-1].isdigit() and last.start() == len(upto) - len(upto.lstrip())
