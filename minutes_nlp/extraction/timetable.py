"""Reads a printed timetable: lines or rows with a time, and what is planned then."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from minutes_nlp.extraction.dates import TimeExpression, find_times
from minutes_nlp.extraction.meeting_lines import PrintedLine
from minutes_nlp.reading import BlockKind
from minutes_nlp.resources import languages, section, words_cache
from minutes_nlp.spans import CharSpan, cover

_LEAD = re.compile(r"[\s*_•·|–—>-]*")
_AFTER = re.compile(r"[\s:–—|*_.)\]>-]*")
_TRAILING_SIGNS = " :–—|*_.(-\t"
_BARE_RANGE = re.compile(r"[\s*_•·|–—>-]*(?P<hour>\d\d?)\s*[-–—]\s*(?=\d\d?\s*[uh])")
_FEWEST = 3  # lines with a range; of lines with a start alone, one more
_LONGEST = 180  # characters: a longer line that begins with a time is running text
_NEXT_LINES = 4  # how far apart two entries may stand, lines of their titles aside


@dataclass(frozen=True, slots=True)
class TimetableEntry:
    """A line of the timetable.

    Attributes:
        start, end: `HH:MM`; `end` may be missing.
        title: where the title stands, in pieces in order; empty if none is printed.
        span: times and title.
        line: number of the line that it begins on.
        ends: where the last of its times stands.
    """

    start: str
    end: str | None
    title: tuple[CharSpan, ...]
    span: CharSpan
    line: int
    ends: CharSpan


def read_timetable(text: str, lines: Sequence[PrintedLine]) -> list[TimetableEntry]:
    """The entries of the document's first timetable in order; empty if it has none.

    At least three entries that follow one another closely, with times that never go back, and most with an end: a
    time here and there in running minutes is no timetable.
    """
    runs: list[list[TimetableEntry]] = []
    for number in range(len(lines)):
        entry = _entry(text, lines, number)
        if entry is None:
            continue
        if runs and _follows(lines, runs[-1][-1], entry):
            runs[-1].append(entry)
        else:
            runs.append([entry])
    for run in runs:
        whole = [_with_rest(lines, run, place) for place in range(len(run))]
        if _is_timetable(whole, lines):
            return whole
    return []


def _follows(lines: Sequence[PrintedLine], before: TimetableEntry, entry: TimetableEntry) -> bool:
    """Whether an entry carries a timetable on: later, and near; items under a time alone may stand between."""
    between = lines[before.line + 1 : entry.line]
    near = len(between) < _NEXT_LINES or (not before.title and all(line.marker for line in between))
    return near and entry.start >= (before.end or before.start) and not any(line.level for line in between)


def _is_timetable(run: Sequence[TimetableEntry], lines: Sequence[PrintedLine]) -> bool:
    ranges = sum(entry.end is not None for entry in run)
    short = all(lines[entry.line].span.length <= _LONGEST for entry in run)
    titled = sum(bool(entry.title) for entry in run)
    enough = len(run) >= (_FEWEST if ranges >= len(run) - 1 else _FEWEST + 1)
    return enough and short and titled >= len(run) - 1 and run[0].start < run[-1].start


def _entry(text: str, lines: Sequence[PrintedLine], number: int) -> TimetableEntry | None:
    """The entry that a line is: times first, or a range last."""
    line = lines[number]
    if line.front or line.level == 1:
        return None
    inner = line.span.text(text)
    times = [TimeExpression(time.span.shift(line.span.start), time.value) for time in _times(inner)]
    if not times:
        return None
    lead = _LEAD.match(inner)
    if times[0].span.start - line.span.start > (lead.end() if lead else 0):
        return _range_last(text, line, number, times)
    last, end = times[0].span, None
    if len(times) > 1 and joins_times(text[times[0].span.end : times[1].span.start]):
        last, end = times[1].span, times[1].value
    after = _AFTER.match(text, last.end, line.span.end)
    rest = CharSpan(after.end() if after else last.end, line.span.end).trim(text)
    if end is None and rest.text(text)[:1] in set(",;"):
        return None
    pieces = [CharSpan(max(c.start, rest.start), c.end).trim(text) for c in line.columns if c.end > rest.start]
    title = tuple(piece for piece in pieces[:1] if rest.length and piece.length)
    span = CharSpan(times[0].span.start, max([last.end, *(piece.end for piece in title)]))
    return TimetableEntry(times[0].value, end, title, span, number, last)


def _range_last(text: str, line: PrintedLine, number: int, times: Sequence[TimeExpression]) -> TimetableEntry | None:
    """`Onthaal   9:00 tot 9:15`: an entry whose range ends the line."""
    if len(times) != 2 or text[times[1].span.end : line.span.end].strip(_TRAILING_SIGNS + ")"):
        return None
    if not joins_times(text[times[0].span.end : times[1].span.start]):
        return None
    title = CharSpan(line.span.start, times[0].span.start).trim(text, _TRAILING_SIGNS)
    words = title.text(text).split()
    if len(words) > 1 and words[-1].casefold() in _words("between", "of", "time_word"):
        title = CharSpan(title.start, title.end - len(words[-1])).trim(text, _TRAILING_SIGNS)
    if not title.length or ":" in title.text(text):
        return None
    return TimetableEntry(times[0].value, times[1].value, (title,), line.span, number, times[1].span)


def _times(inner: str) -> list[TimeExpression]:
    """The times of a line; a bare hour before a range sign takes the mark of the second (`16-18h`)."""
    found = find_times(inner)
    bare = _BARE_RANGE.match(inner)
    if bare and found and found[0].span.start >= bare.end() and int(bare["hour"]) < 24:
        return [TimeExpression(CharSpan(*bare.span("hour")), f"{int(bare['hour']):02}:00"), *found]
    return found


@words_cache()
def _words(*names: str) -> frozenset[str]:
    return frozenset(word for code in languages() for name in names for word in section(code, "dates")["words"][name])


def joins_times(between: str) -> bool:
    """Whether what stands between two times makes them a range."""
    flat = between.strip().casefold()
    return flat in _words("to") or bool(re.fullmatch(r"[-–—>|→/]+", flat))


def _with_rest(lines: Sequence[PrintedLine], run: Sequence[TimetableEntry], place: int) -> TimetableEntry:
    """The entry with the lines up to the next one, which carry its title on or are its title."""
    entry = run[place]
    last = place + 1 == len(run)
    following = min(entry.line + 1 + _NEXT_LINES, len(lines)) if last else run[place + 1].line
    pieces = list(entry.title)
    for line in lines[entry.line + 1 : following]:
        continues = line.columns and line.columns[0].start > line.span.start  # a row whose first cell is empty
        if line.level or (line.kind is BlockKind.TABLE_ROW and not continues):
            break
        if last and not (continues or (line.marker and not entry.title)):
            break
        pieces += line.columns if continues else [line.span]
    return replace(entry, title=tuple(pieces), span=cover([entry.span, *pieces]))
