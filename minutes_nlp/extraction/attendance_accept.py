"""Which entries can be attendees at all, judged by the passage they were read from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes_nlp.extraction import attendance_names as names
from minutes_nlp.extraction.attendance_names import NAMES, Kind
from minutes_nlp.extraction.attendance_remarks import Entry
from minutes_nlp.extraction.attendance_words import fold, pattern
from minutes_nlp.spans import CharSpan

_PART_WORDS = 14  # more words between two commas are running text
_WORDS_PER_NAME = 12
_EXTRA_WORDS = 4  # words of a title, a function, an organisation, per name …
_LOWER_WORDS = 3  # … and of them in lower case
_PLACES = 2  # streets, fewer of which may be surnames
_BRACKETED = re.compile(r"\([^()]*\)")
_SEPARATORS = re.compile(r"[,;(\u2028]")


def known_names(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that are names for sure: by a first name, an initial, a title."""
    return [entry for entry in entries if entry.kind is Kind.PERSON or entry.titled]


def full_names(text: str, entries: Sequence[Entry], span: CharSpan) -> list[Entry]:
    """The entries that can be attendees; none at all if the passage at `span` reads like running text."""
    words = span.text(text)
    longest = max((len(part.split()) for part in _SEPARATORS.split(words)), default=0)
    people = [entry for entry in entries if entry.kind in NAMES or entry.kind is Kind.ORGANISATION]
    people = [entry for entry in people if any(map(str.isalpha, entry.name.text(text)))]
    sure = sum(entry.kind is Kind.PERSON for entry in people)
    if not people or (longest > _PART_WORDS and sure < 2) or _are_places(text, people):
        return []
    if sure == 0 and (len(words.split()) > _WORDS_PER_NAME * len(people) or not _may_be_names(text, people)):
        return []
    return [e for e in people if e.kind is not Kind.ORGANISATION or not names.reads_like_text(e.name.text(text))]


def _are_places(text: str, entries: Sequence[Entry]) -> bool:
    """Whether most entries are names of streets."""
    places = sum(bool(pattern("people", "places").search(fold(entry.name.text(text)))) for entry in entries)
    return places >= _PLACES and 2 * places > len(entries)


def _may_be_names(text: str, people: Sequence[Entry]) -> bool:
    """Words in lower case are names only if some are known first names, or if one stands alone."""
    lower = [entry.name.text(text).split() for entry in people if entry.kind is Kind.LOWER]
    if len(lower) < len(people) or (len(lower) == 1 and len(lower[0]) == 1):
        return True
    return any(names.is_known_first_name(token) for tokens in lower for token in tokens)


def holds_only_names(text: str, span: CharSpan, entries: Sequence[Entry]) -> bool:
    """Whether a passage is a list of names for sure, and nothing but that: no sentence about people."""
    people = [entry for entry in entries if entry.kind in NAMES]
    sure = sum(entry.kind is Kind.PERSON or entry.titled for entry in people)
    if not people or len(people) < len(entries) or sure * 2 < len(people):
        return False
    outside = _BRACKETED.sub(" ", span.text(text)).split()
    inside = sum(len(entry.name.text(text).split()) for entry in people)
    lower = [word for word in outside if word[:1].islower() and not names.is_particle(word)]
    return len(outside) - inside <= _EXTRA_WORDS * len(people) and len(lower) <= _LOWER_WORDS * len(people)
