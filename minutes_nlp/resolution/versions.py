"""Several minutes of one meeting: a draft and its approved version, the same text twice, or two languages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Literal

from minutes_nlp.resolution.wording import Wording
from minutes_nlp.resources.lexicon import languages, phrases, section, words_cache

_SAME = 0.6
"""Share of the words of the shorter minutes that the longer ones have, from which both are of the same meeting."""
_LINES, _LINE = 3, 60  # so many first lines of so few characters may be a stamp
_NUMBER = re.compile(r"(?:^|[\W_])(?:v|versie|version|rev|draft)[ ._-]?(\d{1,2})(?=[\W_]|$)", re.IGNORECASE)

Stage = Literal["draft", "", "approved"]
_ORDER: dict[Stage, int] = {"draft": 0, "": 1, "approved": 2}


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of a meeting, as far as it takes to tell versions.

    Attributes:
        key: names them.
        path: of the document.
        day: of the meeting, ISO 8601; `None` if unknown.
        title: heading of the document, empty if it has none.
        language: the main one; `None` if unknown.
        words: all that they say.
        head: the first lines of the text.
        gone: the file is not there any more.
    """

    key: str
    path: str
    day: str | None
    title: str
    language: str | None
    words: Wording
    head: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Versions:
    """What is known of the minutes of a series.

    Attributes:
        superseded: minutes (key) by the version that counts instead (key).
        same: minutes of one meeting in one language of which none is marked as the version that counts, in pairs.
        twins: minutes of one meeting in two languages, in pairs.
    """

    superseded: dict[str, str]
    same: list[tuple[str, str]]
    twins: list[tuple[str, str]]


def find_versions(minutes: Sequence[Minutes]) -> Versions:
    """Sort out the minutes of one series that are of the same day.

    Two in one language are of the same meeting if the shorter says little that the longer does not. Of those, one
    that says it is approved counts rather than one that does not say so, and that rather than a draft; else a higher
    version number counts, and a file that is there rather than one that is gone (it was renamed). If nothing tells
    them apart, both stay, as one meeting that stands in two files. Minutes of two languages are twins.
    """
    found = Versions({}, [], [])
    by_day: dict[str, list[Minutes]] = defaultdict(list)
    for entry in sorted(minutes, key=lambda entry: entry.path):
        if entry.day is not None:
            by_day[entry.day].append(entry)
    rank = {entry.key: _rank(entry) for entries in by_day.values() if len(entries) > 1 for entry in entries}
    for one, other in chain.from_iterable(combinations(entries, 2) for entries in by_day.values()):
        if one.language != other.language and one.language and other.language:
            found.twins.append((one.key, other.key))
        elif _alike(one.words, other.words):
            ranks = rank[one.key], rank[other.key]
            if ranks[0] == ranks[1]:
                found.same.append((one.key, other.key))
            else:
                older, newer = (one, other) if ranks[0] < ranks[1] else (other, one)
                found.superseded.setdefault(older.key, newer.key)
    settled = {key: _last(key, found.superseded) for key in found.superseded}
    gone = settled.keys()
    return Versions(
        settled,
        [pair for pair in found.same if gone.isdisjoint(pair)],
        [pair for pair in found.twins if gone.isdisjoint(pair)],
    )


def stage(minutes: Minutes) -> Stage:
    """Whether minutes say, in the file's name, title or first lines, that they are a draft or approved."""
    short = [line for line in minutes.head.splitlines() if len(line) <= _LINE][:_LINES]
    for text in (re.sub(r"[_\W]+", " ", minutes.path.rsplit("/", 1)[-1]), minutes.title, *short):
        if _marks("draft").search(text):
            return "draft"
        if _marks("approved").search(text):
            return "approved"
    return ""


def _rank(minutes: Minutes) -> tuple[int, int, bool]:
    number = _NUMBER.search(minutes.path.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    return _ORDER[stage(minutes)], int(number[1]) if number else 0, not minutes.gone


def _alike(one: Wording, other: Wording) -> bool:
    smaller = min(len(one.stems), len(other.stems))
    return smaller > 0 and len(one.stems & other.stems) >= _SAME * smaller


def _last(key: str, by: dict[str, str]) -> str:
    while key in by:
        key = by[key]
    return key


@words_cache()
def _marks(name: str) -> re.Pattern[str]:
    """The phrases of all languages that name a stage of minutes."""
    return phrases(
        tuple(phrase for code in languages() for phrase in section(code, "ledger")["versions"].get(name, ()))
    )
