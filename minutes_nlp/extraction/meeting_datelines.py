"""The lines of the head that say when and where the meeting was, in parts: a day, times, what remains."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minutes_nlp.extraction.dates import TimeExpression, find_times
from minutes_nlp.extraction.meeting_dates import Dated, expected
from minutes_nlp.extraction.meeting_lines import Fact, PrintedLine, head_length, report_begin
from minutes_nlp.extraction.meeting_title import Title
from minutes_nlp.extraction.meeting_words import folded, meeting_words
from minutes_nlp.reading import BlockKind
from minutes_nlp.resources import languages, section, words_cache
from minutes_nlp.spans import CharSpan

_NEAR = 6  # lines after the title, or after the top, in which a dateline may stand
_LONGEST = 24  # words
_LONGEST_IN_SENTENCE = 3  # words of a piece in a line that ends in a stop, unless it is a place
_LONGEST_WITHOUT_DAY = 10  # words beside a time
_BREAK = re.compile(r"\s*[|;/()\[\]·•@<>]+\s*|(?:^|\s+)[-–—]+(?:\s+|$)|\.\s+(?=[A-ZÀ-Ý])|\s{3,}")
_WORD = re.compile(r"[^\W_][\w'’.-]*")
_SIGNS = " ,.;:–—-/|·•*_()[]@<>~"


@dataclass(frozen=True, slots=True)
class Dateline:
    """A line with a day or a time and little else, or the part of a title, or the value of a key, that is such.

    Attributes:
        line: its number.
        days: the days in it.
        times: the times in it.
        rests: what is neither day nor time, in pieces between them and between signs; commas don't divide.
        before: how many of `rests` stand before the first day or time.
    """

    line: int
    days: tuple[Dated, ...]
    times: tuple[TimeExpression, ...]
    rests: tuple[CharSpan, ...]
    before: int


def find_datelines(
    text: str, lines: Sequence[PrintedLine], facts: Sequence[Fact], title: Title | None
) -> list[Dateline]:
    """The datelines of a document in order; empty if its head has none.

    Args:
        text: the normalised text.
        lines: its printed lines.
        facts: keys and values found in them.
        title: the title, if there is one: what stands after the day in it is read as a dateline.
    """
    words = meeting_words()
    titles = dict(zip(title.lines, title.parts, strict=False)) if title else {}
    last = (max(titles) if titles else 0) + _NEAR
    lowest = min(last + _NEAR, report_begin(lines))
    head = min(head_length(text, lines, words), last + 1)
    under_key = {
        fact.line: fact.value
        for fact in reversed(facts)
        if {"date", "meeting_date", "time"} & set(fact.names) and not fact.front and fact.line <= lowest
    }
    found = []
    for number, line in enumerate(lines[: max(head, *under_key, 0) + 1]):
        if number in under_key:
            span = under_key[number]
        elif number < head and not line.front and (not line.level or number in titles):
            span = titles.get(number, line.span)
        else:
            continue
        dateline = _dateline(text, line, number, span, own=number in titles)
        if dateline and (number in titles or number in under_key or _is_short(text, line, dateline)):
            found.append(dateline)
    return found


def _is_short(text: str, line: PrintedLine, dateline: Dateline) -> bool:
    """Whether a line is a dateline by its length, and is about the meeting; without a day it has to be shorter."""
    known = meeting_words()
    inner = line.span.text(text)
    first = _WORD.search(inner)
    other = any(known.says(name, inner) for name in ("next_meeting", "earlier_minutes"))
    if _is_sentence(text, line, dateline) or line.kind is BlockKind.TABLE_ROW:
        return False
    if other or known.letterhead.match(inner) or "://" in inner or (first and folded(first[0]) in known.no_title):
        return False
    if dateline.days:
        return len(inner.split()) <= _LONGEST
    remaining = [rest.text(text) for rest in dateline.rests]
    return sum(len(rest.split()) for rest in remaining) <= _LONGEST_WITHOUT_DAY and not any(":" in r for r in remaining)


def _is_sentence(text: str, line: PrintedLine, dateline: Dateline) -> bool:
    """Whether a line ends as a sentence and says more than when and where."""
    known = meeting_words()
    if not line.span.text(text).rstrip().endswith("."):
        return False
    long = [rest.text(text) for rest in dateline.rests if len(rest.text(text).split()) > _LONGEST_IN_SENTENCE]
    return any(not (known.place_lead.match(rest) or known.place.match(rest)) for rest in long)


def _dateline(text: str, line: PrintedLine, number: int, span: CharSpan, *, own: bool) -> Dateline | None:
    """The parts of a passage; `None` without day and time, or if the day is another's (never so in the title)."""
    days = expected(text, span, line.language)
    if days and not own and meeting_words().says("not_meeting", text[span.start : days[0][0].start]):
        return None
    times = [
        TimeExpression(time.span.shift(span.start), time.value)
        for time in find_times(span.text(text), expected=True)
        if not any(day.overlaps(time.span.shift(span.start)) for day, _ in days)
    ]
    taken = sorted([*(day for day, _ in days), *(time.span for time in times)])
    if not taken:
        return None
    edges = [span.start, *(one.end for one in taken)]
    stops = [*(one.start for one in taken), span.end]
    rests, before = [], 0
    for place, (start, stop) in enumerate(zip(edges, stops, strict=True)):
        pieces = [piece for piece in _pieces(text, CharSpan(start, max(start, stop))) if piece.length]
        rests += pieces
        before = len(rests) if place == 0 else before
    return Dateline(number, tuple(days), tuple(times), tuple(rests), before)


def _pieces(text: str, span: CharSpan) -> Iterator[CharSpan]:
    """The pieces of a passage between signs, without the words that lead to days and times."""
    start, inner = 0, span.text(text)
    for sign in [*_BREAK.finditer(inner), None]:
        stop = sign.start() if sign else len(inner)
        yield without_connectives(text, CharSpan(span.start + start, span.start + max(start, stop)))
        start = sign.end() if sign else stop


def without_connectives(text: str, span: CharSpan) -> CharSpan:
    """The passage without signs and connecting words at its end, and the names of weekdays at its ends."""
    tokens = list(_WORD.finditer(text, span.start, span.end))
    while tokens and _connects(tokens[-1][0]):
        tokens.pop()
    while tokens and _names_day(tokens[0][0]):
        tokens.pop(0)
    if not tokens:
        return CharSpan(span.start, span.start)
    end = span.end if tokens[-1].end() >= span.end - 1 else tokens[-1].end()
    return CharSpan(tokens[0].start(), end).trim(text).trim(text, _SIGNS)


def _connects(word: str) -> bool:
    return folded(word).strip(".") in _connectives() or _names_day(word)


def _names_day(word: str) -> bool:
    flat = folded(word).strip(".")
    names, abbreviations = _day_words()
    return flat in abbreviations or flat.startswith(names)  # `zaterdagochtend`


@words_cache()
def _connectives() -> frozenset[str]:
    classes = ("at", "of", "to", "between", "article", "hour_mark", "time_word", "hour_lead", "after", "daypart")
    words = (word for code in languages() for name in classes for word in section(code, "dates")["words"][name])
    return frozenset(folded(word) for word in words) | meeting_words().links


@words_cache()
def _day_words() -> tuple[tuple[str, ...], frozenset[str]]:
    """The weekdays by their names and by their abbreviations."""
    contents = [section(code, "dates") for code in languages()]
    names = (name for content in contents for listed in content["weekdays"].values() for name in listed)
    short = (name for content in contents for listed in content["weekday_abbreviations"].values() for name in listed)
    return tuple(sorted({folded(name) for name in names})), frozenset(folded(name) for name in short)
