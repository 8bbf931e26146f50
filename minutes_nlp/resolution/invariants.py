"""What cannot be right in the minutes of one meeting. Nothing of it is resolved: it is shown."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from minutes_nlp.extraction.dates import find_days
from minutes_nlp.resources.folding import fold
from minutes_nlp.resources.lexicon import languages, phrases, section, words_cache

Code = Literal[
    "present-and-excused",
    "owner-unknown",
    "due-before-meeting",
    "weekday-differs",
    "file-date-differs",
    "items-out-of-order",
]

_DIGITS = r"(?<!\d)"
_FILE_DAYS = (
    re.compile(rf"{_DIGITS}(?P<y>(?:19|20)\d\d)[-_. ]?(?P<m>0[1-9]|1[0-2])[-_. ]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(rf"{_DIGITS}(?P<d>0?[1-9]|[12]\d|3[01])[-_. ](?P<m>0?[1-9]|1[0-2])[-_. ](?P<y>(?:19|20)\d\d)(?!\d)"),
)
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*")
_LABEL = 40  # characters of the label of a list
_MARK = re.compile(r"[^\S\n]*(?:[-*+•·▪◦–—][^\S\n]*)?(?=\w)")
_NUMBERED = re.compile(r"^(?:#{1,6}[^\S\n]+|\*\*)?(\d{1,2})([.)]?)[^\S\n]+[^\W\d][^\n]{0,80}$", re.MULTILINE)
"""A short line with a whole number before it: the number and the mark behind that."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """An entry of the attendance list: its evidence, the name, the person if known, the status."""

    evidence: str
    name: str
    person: str | None
    status: str


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner of an action: the evidence of the name or of the action, the name, whether anybody is known by it."""

    evidence: str
    name: str
    known: bool


@dataclass(frozen=True, slots=True)
class Deadline:
    """The deadline of an action: its evidence and its last day (ISO 8601)."""

    evidence: str
    last_day: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is checked of the minutes of one meeting.

    Attributes:
        path: of the document.
        day: of the meeting (ISO 8601), `None` if unknown; `day_evidence` the passage that says so.
        day_text: that passage with the characters just before it.
        language: of the document.
        items: the main agenda items in order: evidence and number as printed.
    """

    path: str
    day: str | None = None
    day_evidence: str | None = None
    day_text: str = ""
    language: str | None = None
    attendees: Sequence[Attendee] = ()
    owners: Sequence[Owner] = ()
    deadlines: Sequence[Deadline] = ()
    items: Sequence[tuple[str, str | None]] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong: the code of the message, the passages, and what fills in the message."""

    code: Code
    evidence: str | None
    other: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)


def check(facts: Facts) -> Iterator[Problem]:
    """Everything in the minutes of a meeting that cannot be right."""
    yield from _twice_listed(facts)
    for owner in facts.owners:
        if not owner.known:
            yield Problem("owner-unknown", owner.evidence, details={"name": owner.name})
    if facts.day:
        for deadline in facts.deadlines:
            if deadline.last_day < facts.day:
                details = {"due": deadline.last_day, "date": facts.day}
                yield Problem("due-before-meeting", deadline.evidence, facts.day_evidence, details)
        yield from _weekday(facts)
        yield from _file_name(facts)
    yield from _order(facts)


def _twice_listed(facts: Facts) -> Iterator[Problem]:
    """Whoever stands in the list with two statuses."""
    seen: dict[str, Attendee] = {}
    for entry in facts.attendees:
        key = entry.person or fold(entry.name)
        first = seen.setdefault(key, entry)
        if first.status != entry.status and "present" in (first.status, entry.status):
            details = {"name": entry.name, "first": first.status, "second": entry.status}
            yield Problem("present-and-excused", first.evidence, entry.evidence, details)


def listed_otherwise(text: str, attendees: Sequence[Attendee]) -> Iterator[tuple[Attendee, int, int]]:
    """Whoever also stands in a list that says the opposite: `Verontschuldigd: An Claes`, of somebody present.

    Only whole names of two words or more count, in a line that begins with the label of a list and has a colon, or, if
    nothing stands behind that, at the beginning of one of the lines below it, up to the first that is empty.

    Args:
        text: of the document.
        attendees: the entries of its attendance list.

    Returns:
        The entry and the place of the name in that line: offsets into `text`, half-open.
    """
    start = 0
    below: str | None = None  # the status that the label of a list below it announced
    for line in text.splitlines(keepends=True):
        label, colon, names = line.partition(":")
        said = _list_of(label) if colon and len(label) <= _LABEL else None
        if said is not None:
            below = None if names.strip() else said
            at = start + len(label) + 1
        else:
            below = below if line.strip() else None
            mark = _MARK.match(line)
            said, names, at = below, line[mark.end() :] if mark else "", start + (mark.end() if mark else 0)
        for entry in attendees if said else ():
            place = names.casefold().find(entry.name.casefold()) if " " in entry.name else -1
            if place < 0 or (below is not None and place > 0) or (said == "present") == (entry.status == "present"):
                continue
            begin = at + place
            if text[begin : begin + len(entry.name)].casefold() == entry.name.casefold():
                yield entry, begin, begin + len(entry.name)
        start += len(line)


def left_out(text: str, items: Sequence[tuple[int, str | None]]) -> Iterator[tuple[int, int, str, int]]:
    """Lines that are numbered like the main agenda items between two of them, with a number beyond both.

    Such a line (`4. Varia` between 2 and 3) is taken for no agenda item because of its number. Whatever may belong to
    a list of its own is not meant: a number that follows another one in the text, or that an agenda item has.

    Args:
        text: of the document.
        items: the main agenda items in order: start of the title (offset into `text`), and number as printed.

    Returns:
        Start and end (offsets, half-open) of the line without white space, its number, and the place in `items` of
        the item before which it stands.
    """
    numbered = [(start, int(found[1]), found[2]) for start, printed in items if (found := _at(text, start, printed))]
    if len(numbered) < 2 or len(numbered) < len(items):
        return
    own = {number for _, number, _ in numbered}
    headings = {text.rfind("\n", 0, start) + 1 for start, _, _ in numbered}
    lines = [(line.start(), int(line[1]), line) for line in _NUMBERED.finditer(text) if line.start() not in headings]
    for place in range(1, len(numbered)):
        (first, number, mark), (second, following, _) = numbered[place - 1 : place + 1]
        if following != number + 1:
            continue
        for start, other, line in lines:
            beyond = following < other <= len(own) + 2 and other not in own
            goes_on = any(at < start and before == other - 1 for at, before, _ in lines)
            if first < start < second and beyond and line[2] == mark and not goes_on:
                yield start, line.end(), str(other), place


def _at(text: str, start: int, printed: str | None) -> re.Match[str] | None:
    """The line of an agenda item whose title begins at `start`, if it begins with the number printed."""
    found = _NUMBERED.match(text, text.rfind("\n", 0, start) + 1)
    return found if found and printed and found[1] == printed.strip().rstrip(".):") else None


def _list_of(label: str) -> str | None:
    """The status of those whom a label announces; `None` if it is no label of an attendance list."""
    for status in ("excused", "absent", "present"):
        if _labels(status).search(label):
            return status
    return None


@words_cache()
def _labels(status: str) -> re.Pattern[str]:
    listed = [section(code, "attendance")["status"] for code in languages()]
    return phrases(tuple(phrase for words in listed for phrase in words.get(status, ())))


def _weekday(facts: Facts) -> Iterator[Problem]:
    """A weekday written beside the date of the meeting that it does not have."""
    assert facts.day
    day = datetime.date.fromisoformat(facts.day)
    written = {number: found[0] for number, pattern in _weekdays() if (found := pattern.search(facts.day_text))}
    if len(written) != 1 or day.isoweekday() in written:
        return
    if any(found == day for _, found in find_days(facts.day_text, facts.language or "")):
        details = {"written": str(*written.values()), "date": facts.day}
        yield Problem("weekday-differs", facts.day_evidence, details=details)


def _file_name(facts: Facts) -> Iterator[Problem]:
    """A day in the name of the file that is not the day of the meeting."""
    assert facts.day
    named = days_in_name(facts.path)
    if len(named) == 1 and facts.day not in named | _days_in_words(facts):
        [other] = named
        yield Problem("file-date-differs", facts.day_evidence, details={"date": facts.day, "file": other})


def _days_in_words(facts: Facts) -> set[str]:
    """The days that the name of the file writes out: `2022-11-29-bureau-du-3-mai-2021` is of 3 May."""
    words = re.sub(r"[-_.]+", " ", facts.path.rsplit("/", 1)[-1])
    return {day.isoformat() for _, day in find_days(words, facts.language or "")}


def days_in_name(path: str) -> set[str]:
    """The days (ISO 8601) in the name of a file: `2024-05-31`, `20240531`, `31-05-2024`; day before month."""
    name = path.rsplit("/", 1)[-1]
    found = set()
    for pattern in _FILE_DAYS:
        for match in pattern.finditer(name):
            try:
                found.add(datetime.date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat())
            except ValueError:
                continue
        if found:
            break
    return found


def _order(facts: Facts) -> Iterator[Problem]:
    """A main agenda item whose number is lower than that of the one before it."""
    last: tuple[tuple[int, ...], str, str] | None = None
    seen: dict[tuple[int, ...], int] = defaultdict(int)
    for evidence, printed in facts.items:
        found = _NUMBER.fullmatch((printed or "").strip().rstrip(".):"))
        if not found:
            continue
        number = tuple(map(int, found[0].split(".")))
        seen[number] += 1
        restarts = number in ((1,), (0,)) and seen[number] > 1  # the second language, or an annex
        if last and number < last[0] and not restarts:
            details = {"number": str(printed), "before": last[1]}
            yield Problem("items-out-of-order", evidence, last[2], details)
        last = (number, str(printed), evidence)


@words_cache()
def _weekdays() -> tuple[tuple[int, re.Pattern[str]], ...]:
    """A pattern for each weekday (1 is Monday) in all languages, written out."""
    names: dict[int, list[str]] = defaultdict(list)
    for code in languages():
        for number, listed in section(code, "dates")["weekdays"].items():
            names[int(number)] += listed
    return tuple((number, phrases(tuple(listed))) for number, listed in sorted(names.items()))
