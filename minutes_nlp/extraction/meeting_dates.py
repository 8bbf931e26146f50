"""The days in the lines and sentences that tell of a meeting, and the years that they stand in."""

from __future__ import annotations

import datetime
import re

from minutes_nlp.extraction.dates import DayMonth, ExactDay, Range, find_dates
from minutes_nlp.extraction.meeting_written import written_days
from minutes_nlp.resources import words_cache
from minutes_nlp.spans import CharSpan

# Numbers alone, where a date is expected: in a title, under a key, on a line of the head.
_NUMERIC = re.compile(
    r"""(?<![\d./-])(?:
      (?P<y>\d{4})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?=T|(?!\d))
    | (?P<day>\d\d?)(?:\ ?[-/.]\ ?(?P<month>\d\d?)\ ?[-/. ]\ ?|\ (?P<spaced>\d\d)\ (?=\d{4}))
      ['’]?(?P<year>\d{4}|\d\d)(?![\d:])
    | (?P<only>\d\d?)/(?P<of>\d\d?)(?![\d/])
    )""",
    re.VERBOSE,
)

Dated = tuple[CharSpan, ExactDay | DayMonth]


def dated(text: str, span: CharSpan, language: str) -> list[Dated]:
    """The days in a passage, with or without their year; a language is only where the search for words begins."""
    inner = span.text(text)
    if not any(map(str.isdigit, inner)):
        return [(where.shift(span.start), meaning) for where, meaning in written_days(inner)]
    return [(where.shift(span.start), meaning) for where, meaning in _dated(inner, language)]


@words_cache(maxsize=256)  # the same lines are asked for the date, the times and the place
def _dated(inner: str, language: str) -> tuple[Dated, ...]:
    found = _days_in(inner, language)
    if any(isinstance(meaning, ExactDay) for _, meaning in found):
        return found
    if written := written_days(inner):
        return tuple(written)
    further = _days_in(inner, "unknown")  # words of two languages in one date (`3 mei/mai 2024`)
    return further if any(isinstance(meaning, ExactDay) for _, meaning in further) else found or further


def _days_in(inner: str, language: str) -> tuple[Dated, ...]:
    found: list[Dated] = []
    for expression in find_dates(inner, language):
        meaning = expression.meaning.first if isinstance(expression.meaning, Range) else expression.meaning
        if isinstance(meaning, ExactDay | DayMonth):
            found.append((expression.core, meaning))
    return tuple(found)


def numeric(text: str, span: CharSpan) -> list[Dated]:
    """Days written in numbers alone, in whatever way; only for places where a date is to be expected."""
    found: list[Dated] = []
    for match in _NUMERIC.finditer(text, span.start, span.end):
        where = CharSpan(*match.span())
        if match["only"]:
            partial = DayMonth(int(match["only"]), int(match["of"]))
            found += [(where, partial)] if day_of(2000, partial) else []
            continue
        year = match["y"] or match["year"]
        month = int(match["m"] or match["month"] or match["spaced"])
        day = day_of(int(year) + (2000 if len(year) == 2 else 0), DayMonth(int(match["d"] or match["day"]), month))
        found += [(where, ExactDay(day))] if day else []
    return found


def expected(text: str, span: CharSpan, language: str) -> list[Dated]:
    """The days of a passage in which a date is to be expected: as `dated`, then also numbers alone."""
    found = dated(text, span, language)
    if any(isinstance(meaning, ExactDay) for _, meaning in found):
        return found
    return [one for one in numeric(text, span) if isinstance(one[1], ExactDay)] or found or numeric(text, span)


def nearest(meaning: ExactDay | DayMonth, reference: datetime.date | None) -> datetime.date | None:
    """The day meant, if need be in the year that brings it nearest to a reference; `None` without one."""
    if isinstance(meaning, ExactDay):
        return meaning.day
    if reference is None:
        return None
    days = [day_of(reference.year + shift, meaning) for shift in (-1, 0, 1)]
    return min((day for day in days if day), key=lambda day: abs(day - reference), default=None)


def first_after(meaning: ExactDay | DayMonth, reference: datetime.date | None) -> datetime.date | None:
    """The day meant, if need be the first such day after a reference; `None` without one."""
    if isinstance(meaning, ExactDay):
        return meaning.day
    if reference is None:
        return None
    days = [day_of(reference.year + shift, meaning) for shift in (0, 1)]
    return next((day for day in days if day and day > reference), None)


def day_of(year: int, meaning: DayMonth) -> datetime.date | None:
    """That day, or `None` if the calendar has none such."""
    try:
        return datetime.date(year, meaning.month, meaning.day)
    except ValueError:
        return None
