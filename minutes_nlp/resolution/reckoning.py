"""The day that deadlines without a year are counted from: the meeting's, unless the document belies its year."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from minutes_nlp.resources.lexicon import languages, section, words_cache

_SHIFTS = (1, -1)
_HALF_YEAR = datetime.timedelta(days=183)
_YEAR = re.compile(r"(?<![\w.,/-])(?:19|20)\d\d(?![\w,/-])")


@dataclass(frozen=True, slots=True)
class _WeekdayDays:
    """Finds days of a month that are printed with their weekday and without a year (“lundi 11 mars”)."""

    pattern: re.Pattern[str]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Weekday (Monday is 1), day and month of each."""
        for found in self.pattern.finditer(text):
            yield self.weekdays[found["weekday"].casefold()], int(found["day"]), self.months[found["month"].casefold()]


@words_cache()
def _weekday_days() -> _WeekdayDays:
    weekdays: dict[str, int] = {}
    months: dict[str, int] = {}
    for language in languages():
        words = section(language, "dates")
        for names, table in ((weekdays, words["weekdays"]), (months, words["months"])):
            names.update((name.casefold(), int(number)) for number, listed in table.items() for name in listed)
    weekday, month = ("|".join(map(re.escape, names)) for names in (weekdays, months))
    pattern = rf"\b(?P<weekday>{weekday})\s+(?P<day>[0-3]?\d)\s+(?P<month>{month})\b(?!\s+\d)"
    return _WeekdayDays(re.compile(pattern, re.IGNORECASE), weekdays, months)


def reckoning_day(text: str, meeting: datetime.date | None) -> datetime.date | None:
    """The meeting's day, in the year that the rest of the document speaks of.

    The year of a printed date is easily wrong, in January above all. It is taken for wrong if no day that the text
    prints with its weekday (“lundi 11 mars”) has that weekday near the printed date, while all have it a year later
    (or earlier), and the text writes that other year out.

    Args:
        text: the whole document.
        meeting: the day of the meeting as the document gives it.

    Returns:
        That day, or the same day of the year before or after; `None` if `meeting` is.
    """
    years = {int(year) for year in _YEAR.findall(text)} if meeting else set()
    others = [shift for shift in _SHIFTS if meeting and meeting.year + shift in years]
    if meeting is None or not others:
        return meeting
    days = [*_weekday_days().find(text)]
    if not days or any(_falls_near(day, meeting) for day in days):
        return meeting
    for shift in others:
        moved = _moved(meeting, shift)
        if all(_falls_near(day, moved) for day in days):
            return moved
    return meeting


def _moved(day: datetime.date, years: int) -> datetime.date:
    """The same day of another year; of 29 February the day before."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap_day else day.day)


def _falls_near(printed: tuple[int, int, int], meeting: datetime.date) -> bool:
    """Whether a day has its printed weekday where it comes nearest to the meeting."""
    weekday, day, month = printed
    for year in (meeting.year - 1, meeting.year, meeting.year + 1):
        try:
            found = datetime.date(year, month, day)
        except ValueError:
            continue
        if abs(found - meeting) <= _HALF_YEAR and found.isoweekday() == weekday:
            return True
    return False
