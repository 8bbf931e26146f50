"""Sums with days: months of unequal length, weekdays, Easter. Weekdays are ISO (Monday is 1), months count from 1."""

from __future__ import annotations

import calendar
import datetime

from minutes_nlp.extraction.dates import TimeSpan

_MONTHS = 12


def easter(year: int) -> datetime.date:
    """Easter Sunday of the Gregorian calendar (the computus of Meeus, Jones and Butcher)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return datetime.date(year, month, day + 1)


def add_span(day: datetime.date, span: TimeSpan, sign: int = 1) -> datetime.date:
    """`day` moved by `span`; months are calendar months, clipped to the last day; hours count as begun days."""
    months = day.year * _MONTHS + day.month - 1 + sign * span.months
    year, month = divmod(months, _MONTHS)
    moved = datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    return moved + datetime.timedelta(days=sign * (span.days + -(-span.hours // 24)))


def last_day(year: int, month: int) -> datetime.date:
    """The last day of a month; `month` may run past December."""
    years, index = divmod(month - 1, _MONTHS)
    return datetime.date(year + years, index + 1, calendar.monthrange(year + years, index + 1)[1])


def month_text(year: int, month: int) -> str:
    return f"{year:04}-{month:02}"


def shifted_month(meeting: datetime.date, shift: int) -> tuple[int, int]:
    year, month = divmod(meeting.year * _MONTHS + meeting.month - 1 + shift, _MONTHS)
    return year, month + 1


def day_of_week(day: datetime.date, weekday: int) -> datetime.date:
    """That weekday of the calendar week (Monday to Sunday) in which `day` lies."""
    return day + datetime.timedelta(days=weekday - day.isoweekday())


def first_weekday(after: datetime.date, weekday: int, *, today_counts: bool = False) -> datetime.date:
    ahead = (weekday - after.isoweekday()) % 7
    return after + datetime.timedelta(days=ahead if ahead or today_counts else 7)
