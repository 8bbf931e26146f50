"""Works out which day or month a date expression means, and which expression is the deadline of an action item.

The conventions are those of the annotation guideline: the first such day on or after the meeting, the last day of a
range or of the end of a period, the Friday of a week, the month itself where only a month is given.
"""

from __future__ import annotations

import calendar
import datetime
import itertools
import re
from dataclasses import dataclass
from functools import singledispatch

from minutes_nlp.extraction.dates import (
    DateExpression,
    DayMonth,
    DayOnly,
    ExactDay,
    Expression,
    Feast,
    InTime,
    Month,
    NextMeeting,
    NthWeekday,
    Offset,
    Past,
    Range,
    Recurring,
    RelativePeriod,
    RelativeWeekday,
    ThisMeeting,
    WeekNumber,
    WeekOf,
    Year,
    YearPart,
    find_dates,
)
from minutes_nlp.resolution.days import (
    add_span,
    day_of_week,
    easter,
    first_weekday,
    last_day,
    month_text,
    shifted_month,
)
from minutes_nlp.resources import languages
from minutes_nlp.resources.lexicon import phrases, section
from minutes_nlp.spans import CharSpan

_FRIDAY, _SUNDAY = 5, 7
_MONTHS = 12
_LEAP_CYCLE = 8  # a 29 February comes round within so many years
_LIKELY_PAST_DAYS = 300  # a day without year that would lie further ahead has most likely just passed


_OF_EVENTS = frozenset({"none", "within", "at", "article"})  # how a date is introduced that may tell when it happened
_CLAUSE = re.compile(r"[.;:,!?()|\n–—]|\s-\s")

_Valued = tuple[DateExpression, str | None]
_WHOLE_DAY = len("2026-11-26")


@dataclass(frozen=True, slots=True)
class _Context:
    """The days that relative expressions start from."""

    meeting: datetime.date | None
    next_meeting: datetime.date | None


Moment = datetime.date | str | None  # a day, a month as `YYYY-MM`, or nothing that can be known


@singledispatch
def _moment(expression: Expression, context: _Context) -> Moment:  # noqa: ARG001 - vague, past and recurring ones
    return None


@_moment.register
def _(expression: ExactDay, context: _Context) -> Moment:  # noqa: ARG001
    return expression.day


@_moment.register
def _(expression: DayMonth, context: _Context) -> Moment:
    if context.meeting is None:
        return None
    for year in range(context.meeting.year, context.meeting.year + _LEAP_CYCLE + 1):
        if expression.day <= calendar.monthrange(year, expression.month)[1]:
            day = datetime.date(year, expression.month, expression.day)
            if day >= context.meeting:
                return day
    return None


@_moment.register
def _(expression: DayOnly, context: _Context) -> Moment:
    meeting = context.meeting
    if meeting is None:
        return None
    shifts = range(3) if expression.shift is None else (expression.shift,)
    for shift in shifts:
        year, month = shifted_month(meeting, shift)
        if expression.day <= calendar.monthrange(year, month)[1]:
            day = datetime.date(year, month, expression.day)
            fits = expression.weekday is None or day.isoweekday() == expression.weekday
            if fits and (day >= meeting or expression.shift is not None):
                return day
    return None if expression.weekday is None else first_weekday(meeting, expression.weekday)


@_moment.register
def _(expression: Month, context: _Context) -> Moment:
    year = expression.year
    if year is None:
        if context.meeting is None:
            return None
        year = context.meeting.year + (expression.month < context.meeting.month)
    return last_day(year, expression.month) if expression.edge == "end" else month_text(year, expression.month)


@_moment.register
def _(expression: YearPart, context: _Context) -> Moment:
    if expression.edge in ("begin", "middle"):
        return None
    months = _MONTHS // expression.parts
    if expression.year is not None:
        # A half-year by itself is too long to be a deadline; a quarter of a given year is planned by its end.
        whole = expression.parts == 4 or expression.edge == "end"
        return last_day(expression.year, expression.part * months) if whole else None
    if expression.edge is None or context.meeting is None:
        return None
    end = last_day(context.meeting.year, expression.part * months)
    return end if end >= context.meeting else last_day(context.meeting.year + 1, expression.part * months)


@_moment.register
def _(expression: Year, context: _Context) -> Moment:  # noqa: ARG001
    return datetime.date(expression.year, _MONTHS, 31) if expression.edge == "end" else None


@_moment.register
def _(expression: RelativePeriod, context: _Context) -> Moment:
    meeting, shift, at_end = context.meeting, expression.shift, expression.edge == "end"
    if meeting is None:
        return None
    if expression.period in ("week", "weekend"):
        weekday = _FRIDAY if expression.period == "week" else _SUNDAY
        return day_of_week(meeting, weekday) + datetime.timedelta(weeks=shift)
    if expression.period == "month":
        year, month = shifted_month(meeting, shift)
        return last_day(year, month) if at_end else month_text(year, month)
    months = {"quarter": 3, "half": 6}.get(expression.period, _MONTHS)
    part = (meeting.month - 1) // months + 1 + shift
    return last_day(meeting.year, part * months) if at_end else None


@_moment.register
def _(expression: WeekNumber, context: _Context) -> Moment:
    if expression.year is not None:
        return _iso_friday(expression.year, expression.week)
    if context.meeting is None:
        return None
    year = context.meeting.isocalendar().year
    monday = day_of_week(context.meeting, 1)
    for candidate in (year, year + 1):
        friday = _iso_friday(candidate, expression.week)
        if friday is not None and friday >= monday:
            return friday
    return None


def _iso_friday(year: int, week: int) -> datetime.date | None:
    try:
        return datetime.date.fromisocalendar(year, week, _FRIDAY)
    except ValueError:
        return None


@_moment.register
def _(expression: WeekOf, context: _Context) -> Moment:
    day = _moment(expression.day, context)
    return day_of_week(day, _FRIDAY) if isinstance(day, datetime.date) else None


@_moment.register
def _(expression: RelativeWeekday, context: _Context) -> Moment:
    if context.meeting is None:
        return None
    if expression.week_shift is not None:
        return day_of_week(context.meeting, expression.weekday) + datetime.timedelta(weeks=expression.week_shift)
    first = first_weekday(context.meeting, expression.weekday, today_counts=expression.today_counts)
    return first + datetime.timedelta(days=expression.plus_days)


@_moment.register
def _(expression: NthWeekday, context: _Context) -> Moment:
    meeting, year, month = context.meeting, expression.year, expression.month
    if month == 0:
        if meeting is None:
            return None
        year, month = shifted_month(meeting, expression.shift)
    if year is not None:
        return _nth(expression, year, month)
    if meeting is None:
        return None
    day = _nth(expression, meeting.year, month)
    return day if day is not None and day >= meeting else _nth(expression, meeting.year + 1, month)


def _nth(expression: NthWeekday, year: int, month: int) -> datetime.date | None:
    """The nth weekday of a month; a weekend is counted by its Saturday and ends on its Sunday."""
    weekday = expression.weekday or _SUNDAY - 1
    if expression.nth > 0:
        first = first_weekday(datetime.date(year, month, 1), weekday, today_counts=True)
        day = first + datetime.timedelta(weeks=expression.nth - 1)
    else:
        last = last_day(year, month)
        day = last - datetime.timedelta(days=(last.isoweekday() - weekday) % 7)
    if day.month != month:
        return None
    return day if expression.weekday else day + datetime.timedelta(days=1)


@_moment.register
def _(expression: InTime, context: _Context) -> Moment:
    return add_span(context.meeting, expression.span) if context.meeting else None


@_moment.register
def _(expression: Offset, context: _Context) -> Moment:
    anchor = _moment(expression.anchor, context)
    return (
        add_span(anchor, expression.span, -1 if expression.before else 1) if isinstance(anchor, datetime.date) else None
    )


@_moment.register
def _(expression: NextMeeting, context: _Context) -> Moment:
    following = context.next_meeting
    if expression.month is None or (following is not None and following.month == expression.month):
        return following
    return _moment(Month(expression.month), context)


@_moment.register
def _(expression: ThisMeeting, context: _Context) -> Moment:  # noqa: ARG001
    return context.meeting


@_moment.register
def _(expression: Feast, context: _Context) -> Moment:
    if expression.year is not None:
        return _feast(expression, expression.year)
    if context.meeting is None:
        return None
    day = _feast(expression, context.meeting.year)
    return day if day >= context.meeting else _feast(expression, context.meeting.year + 1)


def _feast(expression: Feast, year: int) -> datetime.date:
    if expression.month:
        return datetime.date(year, expression.month, expression.day)
    return easter(year) + datetime.timedelta(days=expression.day)


@_moment.register
def _(expression: Range, context: _Context) -> Moment:
    last = _moment(expression.last, context)
    return last if last is not None else _moment(expression.first, context)


def resolve(
    expression: DateExpression, *, meeting: datetime.date | None, next_meeting: datetime.date | None
) -> str | None:
    """The last day, or the month, that an expression means.

    Args:
        expression: as `find_dates` gives it.
        meeting: the day of the meeting; `None` if unknown, and then whatever is relative to it is unknown too.
        next_meeting: the day of the next meeting, if the document gives it.

    Returns:
        `YYYY-MM-DD`, or `YYYY-MM` where only a month is given; `None` for what is vague, past, or cannot be known.
    """
    moment = _moment(expression.meaning, _Context(meeting, next_meeting))
    return moment.isoformat() if isinstance(moment, datetime.date) else moment


def find_due(
    text: str, language: str, *, meeting: datetime.date | None, next_meeting: datetime.date | None
) -> tuple[CharSpan, str | None] | None:
    """The deadline of an action item.

    Of several the first counts that can be worked out; a date before a colon only names the topic if others follow.
    A date that belongs to something else (“het verslag van 3 mei”) or tells when something was done (“verstuurd op
    3 mei”) is no deadline, nor is a day that has passed unless it stands alone in its cell or is called a deadline.

    Args:
        text: the passage that states the action: a sentence, list item or table row.
        language: ISO 639-1 code of the passage, or anything else if unknown.
        meeting: the day of the meeting, if known.
        next_meeting: the day of the next meeting, if known.

    Returns:
        The span of the whole phrase in `text` (code points, end exclusive) and the value as `resolve` gives it (`None`
        for a vague or unknown one); `None` if the passage gives no deadline.
    """
    known = [
        (one, None if one.introduction == "after" else resolve(one, meeting=meeting, next_meeting=next_meeting))
        for one in find_dates(text, language)
        if _may_be_due(one) and not _is_of_event(text, one, language)
    ]
    known = _narrowed(known, text)
    offered = [(one, value) for one, value in known if one.is_deadline or _is_plausible(one, value, text, meeting)]
    if not offered:
        return None
    chosen, value = min(offered, key=lambda pair: (pair[1] is None, _is_topic(pair[0], text)))
    return chosen.span, value


def _narrowed(known: list[_Valued], text: str) -> list[_Valued]:
    """The same, an expression taking the day in brackets right behind it (`next week (Monday 11 March)`)."""
    found = list(known)
    for number, ((one, value), (other, day)) in enumerate(itertools.pairwise(known)):
        bracketed = text[one.span.end : other.span.start].strip() == "("
        if bracketed and value and day and _lies_in(day, value):
            found[number] = (one, day)
    return found


def _lies_in(day: str, period: str) -> bool:
    """Whether a day lies in a month, or in the same week as another day."""
    if len(period) < _WHOLE_DAY or len(day) < _WHOLE_DAY:
        return day.startswith(period)
    one, other = (datetime.date.fromisoformat(value).isocalendar()[:2] for value in (day, period))
    return one == other


def _may_be_due(expression: DateExpression) -> bool:
    if isinstance(expression.meaning, Past | Recurring | ThisMeeting):
        return False
    if expression.introduction == "of":
        return isinstance(expression.meaning, NextMeeting)
    return expression.introduction not in ("since", "every")


def _is_of_event(text: str, date: DateExpression, language: str) -> bool:
    """Whether the words right before a date say that something was done then, and nothing in their clause that it will
    be; or name an event that takes place then (`de uitnodiging voor de vergadering 6 juli`, `qui aura lieu le 6`)."""
    if date.introduction not in _OF_EVENTS or language not in languages():
        return False
    words = section(language, "actions").get("due", {})
    clause = _CLAUSE.split(text[: date.span.start])[-1]
    bare = date.introduction == "none" and not date.is_deadline
    if bare and phrases(tuple(words.get("events", ()))).search(clause):
        return True
    if phrases(tuple(words.get("held", ()))).search(clause):
        return True
    happened = phrases(tuple(words.get("happened", ()))).search(clause)
    return happened is not None and not phrases(tuple(words.get("ahead", ()))).search(clause)


def _is_plausible(expression: DateExpression, value: str | None, text: str, meeting: datetime.date | None) -> bool:
    """Whether a date that nothing calls a deadline may be one by its place and its distance."""
    past = value is not None and meeting is not None and value < meeting.isoformat()[: len(value)]
    if expression.alone:
        return not past or _fills_cell(expression, text)
    if past or (expression.introduction == "none" and expression.span.start > 0 and _is_topic(expression, text)):
        return False
    bare = expression.introduction in ("none", "article")
    named = expression.meaning.last if isinstance(expression.meaning, Range) else expression.meaning
    if bare and isinstance(named, Month) and named.year is None:
        return named.edge is not None
    if value is None or meeting is None:
        return True
    if isinstance(expression.meaning, DayMonth):
        return (datetime.date.fromisoformat(value) - meeting).days <= _LIKELY_PAST_DAYS
    return True


def _is_topic(expression: DateExpression, text: str) -> bool:
    """Whether a date that is not called a deadline ends what stands before a colon: “Braderie 14/2: …”."""
    return not expression.is_deadline and text[expression.span.end :].lstrip().startswith(":")


def _fills_cell(expression: DateExpression, text: str) -> bool:
    """Whether the expression is a whole table cell, or the whole text."""
    before, after = text[: expression.span.start].rstrip(), text[expression.span.end :].lstrip()
    return (not before and not after) or before.endswith("|") or after.startswith("|")
