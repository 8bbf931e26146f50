"""Reads a printed timetable: lines or rows that begin with a time, and what is planned then."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minutes_nlp.extraction.dates import TimeExpression, find_times
from minutes_nlp.extraction.meeting_lines import PrintedLine
from minutes_nlp.reading import BlockKind
from minutes_nlp.resources import languages, section
from minutes_nlp.spans import CharSpan, cover

_LEAD = re.compile(r"[\s*_•·|–—>-]*")
_AFTER = re.compile(r"[\s:–—|*_.)\]>-]*")
_FEWEST = 3  # lines with a range; so many lines with a start alone need one more
_WIDE = 90  # characters: a longer line that begins with a time is a sentence


@dataclass(frozen=True, slots=True)
class TimetableEntry:
    """A line of the timetable; `span` covers times and title, `title` is where the title stands (pieces in order)."""

    start: str
    end: str | None
    title: tuple[CharSpan, ...]
    span: CharSpan
    line: int
    ends: CharSpan
    """Where the last of its times stands."""


def read_timetable(text: str, lines: Sequence[PrintedLine]) -> list[TimetableEntry]:
    """The entries of the document's timetable in order; empty if it has none.

    At least three entries that follow one another closely, with times that never go back, and most with an end: a
    time here and there in running minutes is no timetable.
    """
    entries = [entry for number in range(len(lines)) if (entry := _entry(text, lines, number))]
    runs: list[list[TimetableEntry]] = []
    for entry in entries:
        if runs and entry.line - runs[-1][-1].line <= 4 and entry.start >= (runs[-1][-1].end or runs[-1][-1].start):
            runs[-1].append(entry)
        else:
            runs.append([entry])
    good = [run for run in runs if _is_timetable(text, run, lines)]
    return [_with_rest(text, lines, run, place) for run in good[:1] for place in range(len(run))]


def _is_timetable(text: str, run: Sequence[TimetableEntry], lines: Sequence[PrintedLine]) -> bool:
    ranges = sum(entry.end is not None for entry in run)
    short = all(lines[entry.line].span.length <= _WIDE * 2 for entry in run)
    titled = sum(any(piece.length for piece in entry.title) for entry in run)
    enough = len(run) >= _FEWEST if ranges >= len(run) - 1 else len(run) >= _FEWEST + 1
    dense = run[-1].line - run[0].line <= 3 * len(run)
    return enough and short and dense and titled >= len(run) - 1 and run[0].start < run[-1].start


def _entry(text: str, lines: Sequence[PrintedLine], number: int) -> TimetableEntry | None:
    line = lines[number]
    if line.front or line.kind is BlockKind.HEADING and line.level == 1:
        return None
    inner = line.span.text(text)
    begin = _LEAD.match(inner)
    offset = begin.end() if begin else 0
    times = [TimeExpression(t.span.shift(line.span.start), t.value) for t in _times(inner)]
    if not times or times[0].span.start - line.span.start > offset:
        return None
    last, end = times[0].span, None
    if len(times) > 1 and _joins(text[times[0].span.end : times[1].span.start]):
        last, end = times[1].span, times[1].value
    after = _AFTER.match(text, last.end, line.span.end)
    rest = CharSpan(after.end() if after else last.end, line.span.end).trim(text)
    pieces = [CharSpan(max(c.start, rest.start), c.end) for c in line.columns if c.end > rest.start]
    title = tuple(p.trim(text) for p in pieces if p.length > 0)[:1] if rest.length else ()
    if end is None and title and title[0].text(text)[:1] in ",;":
        return None
    return TimetableEntry(times[0].value, end, title, CharSpan(times[0].span.start, max(rest.end, last.end)), number, last)


def _times(inner: str) -> list[TimeExpression]:
    """The times of a line; a bare hour before a range sign takes the mark of the second (`16-18h`)."""
    found = find_times(inner)
    bare = re.match(r"[\s*_•·|–—>-]*(?P<hour>\d\d?)\s*[-–—]\s*(?=\d\d?\s*[uh])", inner)
    if bare and found and found[0].span.start >= bare.end() and int(bare["hour"]) < 24:
        first = TimeExpression(CharSpan(*bare.span("hour")), f"{int(bare['hour']):02}:00")
        return [first, *found]
    return found


def _joins(between: str) -> bool:
    """Whether what stands between two times makes them a range."""
    flat = between.strip().casefold()
    words = {word for code in languages() for word in section(code, "dates")["words"]["to"]}
    return flat in words or bool(re.fullmatch(r"[-–—>|→/]+", flat))


def _with_rest(
    text: str, lines: Sequence[PrintedLine], run: Sequence[TimetableEntry], place: int
) -> TimetableEntry:
    """The entry with the lines below that carry its title on: indented columns without a time of their own."""
    entry = run[place]
    following = run[place + 1].line if place + 1 < len(run) else entry.line + 1
    own = lines[entry.line]
    pieces = list(entry.title)
    for line in lines[entry.line + 1 : following]:
        if line.level or line.kind is BlockKind.TABLE_ROW:
            break
        pieces.append(line.span)
    if own.kind is BlockKind.TABLE_ROW and not pieces:
        pieces = [c for c in own.columns if c.start >= entry.ends.end]
    span = cover([entry.span, *pieces]) if pieces else entry.span
    return TimetableEntry(entry.start, entry.end, tuple(pieces), span, entry.line, entry.ends)
