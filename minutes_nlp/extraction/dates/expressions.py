"""What a date expression says, before it is worked out: a small closed set of frozen dataclasses.

Months count from 1; weekdays are ISO (Monday is 1); spans are half-open code-point offsets into the text searched.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from minutes_nlp.spans import CharSpan

Edge = Literal["begin", "middle", "end"]
Period = Literal["week", "weekend", "month", "quarter", "half", "year"]
Introduction = Literal["none", "by", "within", "at", "article", "after", "since", "every", "of"]


@dataclass(frozen=True, slots=True)
class ExactDay:
    """A complete day: “3 april 2023”, “27/06/2018”."""

    day: datetime.date


@dataclass(frozen=True, slots=True)
class DayMonth:
    """A day of a month without its year: “15 mei”, “31/12”."""

    day: int
    month: int


@dataclass(frozen=True, slots=True)
class DayOnly:
    """A day of an unnamed month: “vrijdag de 16e”, “le 15 du mois prochain”.

    `shift` counts months from the meeting's; `None` where the text does not say which month. `weekday` is the
    weekday printed beside it, if any.
    """

    day: int
    weekday: int | None = None
    shift: int | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """A month, whole or its beginning, middle or end: “in juni”, “eind januari 2024”, “mi-mai”."""

    month: int
    year: int | None = None
    edge: Edge | None = None


@dataclass(frozen=True, slots=True)
class YearPart:
    """A numbered quarter (`parts` 4) or half (`parts` 2) of a year: “eind Q3”, “deuxième trimestre 2025”."""

    part: int
    parts: int
    year: int | None = None
    edge: Edge | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """A year by its number: “eind 2025”, “in 2024”."""

    year: int
    edge: Edge | None = None


@dataclass(frozen=True, slots=True)
class RelativePeriod:
    """A period counted from the meeting's own (`shift` 0): “deze week”, “la fin du mois prochain”."""

    period: Period
    shift: int = 0
    edge: Edge | None = None


@dataclass(frozen=True, slots=True)
class WeekNumber:
    """An ISO week: “week 23”, “S12 2026”."""

    week: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class WeekOf:
    """The week in which another day lies: “de week van 5 februari”."""

    day: Expression


@dataclass(frozen=True, slots=True)
class RelativeWeekday:
    """A weekday: the first after the meeting, or that of the calendar week `week_shift` weeks on.

    `plus_days` is added (“vrijdag over een week”); `today_counts` is whether the meeting's own day will do.
    """

    weekday: int
    week_shift: int | None = None
    plus_days: int = 0
    today_counts: bool = False


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """The first, second … or last (-1) weekday of a month; `month` 0 counts `shift` months from the meeting.

    `weekday` 0 is the weekend.
    """

    nth: int
    weekday: int
    month: int
    year: int | None = None
    shift: int = 0


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A length of time; hours are kept as such, months are calendar months."""

    days: int = 0
    months: int = 0
    hours: int = 0

    def times(self, count: int) -> TimeSpan:
        """The span `count` times over."""
        return TimeSpan(self.days * count, self.months * count, self.hours * count)


@dataclass(frozen=True, slots=True)
class InTime:
    """So long after the meeting: “binnen twee weken”, “morgen”, “sous huitaine”."""

    span: TimeSpan


@dataclass(frozen=True, slots=True)
class Offset:
    """So long before (or after) something else: “drie dagen vóór de volgende vergadering”."""

    span: TimeSpan
    before: bool
    anchor: Expression


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The next meeting; `month` where the text names the month of the meeting meant."""

    month: int | None = None


@dataclass(frozen=True, slots=True)
class ThisMeeting:
    """The meeting whose minutes these are."""


@dataclass(frozen=True, slots=True)
class Feast:
    """A feast day: a fixed `month` and `day`, or (`month` 0) `day` days from Easter Sunday."""

    month: int
    day: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """From one day or month to another: “tussen 21 en 25 juni”."""

    first: Expression
    last: Expression


@dataclass(frozen=True, slots=True)
class Vague:
    """A time that is no day: “zo snel mogelijk”, “avant les vacances”."""


@dataclass(frozen=True, slots=True)
class Past:
    """A time before the meeting: “vorige week”, “jeudi dernier”."""


@dataclass(frozen=True, slots=True)
class Recurring:
    """A time that comes again and again: “elke maandag”."""


Expression = (
    ExactDay
    | DayMonth
    | DayOnly
    | Month
    | YearPart
    | Year
    | RelativePeriod
    | WeekNumber
    | WeekOf
    | RelativeWeekday
    | NthWeekday
    | InTime
    | Offset
    | NextMeeting
    | ThisMeeting
    | Feast
    | Range
    | Vague
    | Past
    | Recurring
)


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date expression in a text.

    `span` is the whole phrase with its preposition and a clock time that follows, `core` the date itself.
    `introduction` is what kind of word leads to it; `alone` whether it fills its cell, bracket or line;
    `is_deadline` whether it is introduced as a deadline (“tegen”, “d'ici”) or is one by its meaning (“asap”).
    """

    span: CharSpan
    core: CharSpan
    meaning: Expression
    introduction: Introduction = "none"
    alone: bool = False
    is_deadline: bool = False


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A clock time in a text, as `HH:MM` from `00:00` to `23:59`."""

    span: CharSpan
    value: str
