"""What a run of tokens says: builders from the values that a rule remembered to the meaning of the expression.

A builder gives `None` where the run is no date after all (31 June). The names of the remembered values: `d` day, `f`
last day, `m` month, `a` first month, `y` year, `w` weekday, `e` edge, `p` period, `n` count or rank, `u` unit, `s` a
shift in days, `x` whatever is complete by itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import cast

from minutes_nlp.extraction.dates.expressions import (
    DayMonth,
    DayOnly,
    Edge,
    ExactDay,
    Expression,
    Feast,
    InTime,
    Month,
    NextMeeting,
    NthWeekday,
    Period,
    Range,
    RelativePeriod,
    RelativeWeekday,
    TimeSpan,
    Vague,
    WeekNumber,
    Year,
    YearPart,
)
from minutes_nlp.extraction.dates.grammar import Match
from minutes_nlp.extraction.dates.tokens import valid_day

Builder = Callable[[Match], Expression | None]
_LEAP_YEAR = 2000  # a day that exists in some year exists in this one
_WEEKS = 53
_MOST_IN_MONTH = 5  # no weekday comes more often in a month


def _edge(match: Match) -> Edge | None:
    return cast("Edge | None", match.word("e"))


def _period(match: Match) -> Period:
    return cast(Period, match.word("p"))


def _day(day: int, month: int, year: int | None) -> ExactDay | DayMonth | None:
    """A day with or without its year; `None` if there is no such day."""
    exact = valid_day(year or _LEAP_YEAR, month, day)
    if exact is None:
        return None
    return ExactDay(exact) if year else DayMonth(day, month)


def complete(match: Match) -> Expression:
    return ExactDay(datetime.date(*match.numbers("x")))


def day_month(match: Match) -> Expression | None:
    return _day(match.number("d"), match.number("m"), match.maybe("y"))


def pair(match: Match) -> Expression | None:
    day, month = match.numbers("x")
    return _day(day, month, None)


def day_only(match: Match) -> Expression | None:
    day = match.number("d")
    return DayOnly(day, match.maybe("w"), match.maybe("s")) if day <= 31 else None


def day_of_month(shift: int) -> Builder:
    def build(match: Match) -> Expression | None:
        day = match.number("d")
        return DayOnly(day, match.maybe("w"), shift) if day <= 31 else None

    return build


def days(match: Match) -> Expression | None:
    """Several days of one month: a range, or the first of those that are merely listed (“1 en 2 juni”)."""
    first = _day(match.number("d"), match.maybe("a") or match.number("m"), match.maybe("y"))
    last = _day(match.number("f"), match.number("m"), match.maybe("y"))
    if first is None or last is None:
        return None
    listed = "o" in match.values and "b" not in match.values
    return first if listed else Range(first, last)


def span_and_month(match: Match) -> Expression | None:
    numbers = match.numbers("x")
    first, last = numbers[0], numbers[1]
    month = match.number("m") if "m" in match.values else numbers[2]
    begin, end = _day(first, month, match.maybe("y")), _day(last, month, match.maybe("y"))
    return Range(begin, end) if begin and end else None


def month(match: Match) -> Expression:
    return Month(match.number("m"), match.maybe("y"), _edge(match))


def sure_month(match: Match) -> Expression | None:
    """A month by its abbreviation alone, unless that is a name as well (“Jan”)."""
    token = match.tokens[match.start]
    return month(match) if "month_short_sure" in token.meaning else None


def month_of_number(match: Match) -> Expression:
    month, year = match.numbers("x")
    return Month(month, year)


def months(match: Match) -> Expression:
    year = match.maybe("y")
    return Range(Month(match.number("a"), year), Month(match.number("m"), year))


def part_of_month(match: Match) -> Expression:
    return Month(match.number("m"), match.maybe("y"), "middle")


def nth_weekday(shift: int | None) -> Builder:
    def build(match: Match) -> Expression | None:
        nth = match.number("n")
        if nth > _MOST_IN_MONTH:
            return None
        month, shifted = (match.number("m"), 0) if shift is None else (0, shift)
        return NthWeekday(nth, match.maybe("w") or 0, month, match.maybe("y"), shifted)

    return build


def year_part(parts: int) -> Builder:
    def build(match: Match) -> Expression | None:
        part = match.number("n")
        part = parts if part == -1 else part
        return YearPart(part, parts, match.maybe("y"), _edge(match)) if 1 <= part <= parts else None

    return build


def year(match: Match) -> Expression:
    return Year(match.number("y"), _edge(match))


def relative(shift: int) -> Builder:
    return lambda match: RelativePeriod(_period(match), shift, _edge(match))


def end_of_period(match: Match) -> Expression:
    return RelativePeriod(cast(Period, match.word("x")), 0, "end")


def weekday(week_shift: int | None = None, *, today_counts: bool = False) -> Builder:
    return lambda match: RelativeWeekday(match.number("w"), week_shift, match.maybe("s") or 0, today_counts)


def weekday_in(match: Match) -> Expression | None:
    span = _unit(match).times(match.number("n"))
    return None if span.months or span.hours else RelativeWeekday(match.number("w"), None, span.days)


def week(match: Match) -> Expression | None:
    week = match.numbers("x")[-1] if "x" in match.values else match.number("n")
    return WeekNumber(week, match.maybe("y")) if 1 <= week <= _WEEKS else None


def _unit(match: Match) -> TimeSpan:
    days, months, hours = match.numbers("u")
    return TimeSpan(days, months, hours)


def in_time(match: Match) -> Expression:
    count = match.numbers("x")[-1] if "x" in match.values else match.number("n") if "n" in match.values else 1
    return InTime(_unit(match).times(count))


def one_in_time(match: Match) -> Expression:
    """“Within the week” is a week; “within the weeks to come” is no length at all."""
    singular = any("period" in token.meaning for token in match.tokens[match.start : match.end])
    return InTime(_unit(match)) if singular else Vague()


def day_word(match: Match) -> Expression:
    return InTime(TimeSpan(days=match.number("x")))


def next_meeting(match: Match) -> Expression:
    return NextMeeting(match.maybe("m"))


def feast(match: Match) -> Expression:
    month, day = match.numbers("x")
    return Feast(month, day, match.maybe("y"))


def always(expression: Expression) -> Builder:
    return lambda _match: expression
