"""The rules: which sequence of word classes says what.

Some rules count only in their place (`needs`), since “8/10” may be a mark: where a preposition leads to the date
(`introduction`), where that calls it a deadline (`deadline`), where it fills its cell, bracket or line (`alone`), or
where a preposition leads to it or it fills its cell (`context`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from minutes_nlp.extraction.dates import meanings as say
from minutes_nlp.extraction.dates.expressions import Past, Recurring, ThisMeeting, Vague

Need = Literal["nothing", "context", "introduction", "deadline", "alone"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern in the notation of `grammar`, what it says, and where it counts."""

    pattern: str
    build: say.Builder
    needs: Need = "nothing"


_WEEKDAY = "( article? weekday|weekday_short daypart? comma? at? )?"
_DAY = "d:day|ordinal|number_word|ordinal_word dot?"
_MONTH = "m:month|month_short|month_misspelt"
_YEAR = "( comma? of? y:year|short_year )?"
_NTH = "n:ordinal|ordinal_word|day"
_EDGE = "e:edge dash? of? article?"
_COUNT = "n:count|number_word"
_DASH = "dash"
_JOIN = "( o:or|and / dash / to )"
_MONTHS = "month|month_short"
_BOUNDARY = "dot|comma|open|sign|at|clock|by|or|and|article|number_word"
_YEAR_GIVEN = "comma? of? y:year|short_year"
_MONTHS_BETWEEN = "( slash_sign|dash|comma month|month_short )* ( dash / to / and / slash_sign )"
_NTH_OF = "( w:weekday / period_weekend )"
_NOT_NEXT_WEEK = "!period_week"


ABSOLUTE = (
    Rule(f"{_WEEKDAY} article? x:date", say.complete),
    Rule(f"{_WEEKDAY} article? x:date_like", say.complete, needs="context"),
    Rule(f"{_WEEKDAY} ( article / day_article )? {_DAY} of? {_MONTH} {_YEAR}", say.day_month),
    Rule(f"{_WEEKDAY} article? {_DAY} m:month slash_sign month y:year", say.day_month),
    Rule(f"{_WEEKDAY} d:day {_DASH} m:month|month_short {_DASH} y:year|short_year|two_digits", say.day_month),
    Rule(f"{_WEEKDAY} d:day slash_sign m:month|month_short slash_sign y:year|two_digits", say.day_month),
    Rule(f"{_WEEKDAY} article? d:day {_DASH} m:month|month_short", say.day_month, needs="context"),
    Rule("( article? weekday|weekday_short daypart? comma? at? / day_article ) article? x:pair", say.pair),
    Rule("article? x:pair", say.pair, needs="context"),
    Rule(f"article? w:weekday|weekday_short comma? article? d:day|ordinal !unit|meeting|{_MONTHS}", say.day_only),
    Rule(f"day_article d:day|ordinal &{_BOUNDARY}", say.day_only),
    Rule(f"article d:day|ordinal &{_BOUNDARY}", say.day_only, needs="introduction"),
    Rule(f"{_WEEKDAY} article? d:day|ordinal this_month", say.day_of_month(0)),
    Rule(f"{_WEEKDAY} article? d:day|ordinal of? this period_month", say.day_of_month(0)),
    Rule("article? d:ordinal|day of article? period_month", say.day_of_month(0)),
    Rule("article? d:day|ordinal of? article? next period_month", say.day_of_month(1)),
    Rule("article? d:day|ordinal of? article? period_month next", say.day_of_month(1)),
    Rule(
        f"b:between? article? ( weekday|weekday_short )? d:day|ordinal dot? ( a:month|month_short )? {_JOIN} article? "
        f"( weekday|weekday_short )? f:day|ordinal dot? of? {_MONTH} {_YEAR}",
        say.days,
    ),
    Rule(f"article? x:span of? {_MONTH} {_YEAR}", say.span_and_month),
    Rule("x:span_month", say.span_and_month),
)

MONTH_FIRST = (
    Rule(f"{_WEEKDAY} m:month|month_short article? d:day|ordinal ( comma? y:year )?", say.day_month),
    Rule(f"{_WEEKDAY} m:month|month_short d:day|ordinal {_JOIN} f:day|ordinal ( comma? y:year )?", say.days),
    Rule(f"{_WEEKDAY} m:month|month_short x:span ( comma? y:year )?", say.span_and_month),
)

MONTHS = (
    Rule("m:month", say.month, needs="context"),
    Rule("m:month_short", say.sure_month, needs="context"),
    Rule(f"article? ( period_month of? )? m:month|month_short {_YEAR_GIVEN}", say.month),
    Rule("article? period_month of? m:month", say.month, needs="context"),
    Rule("x:month_year", say.month_of_number, needs="context"),
    Rule(f"article? {_EDGE} ( period_month of? )? {_MONTH} {_YEAR}", say.month),
    Rule(f"between? a:month|month_short {_MONTHS_BETWEEN} {_MONTH}", say.months, needs="context"),
    Rule(f"between? a:month|month_short {_MONTHS_BETWEEN} {_MONTH} {_YEAR_GIVEN}", say.months),
    Rule(f"article? {_NTH} period_week of? ( period_month of? )? {_MONTH} {_YEAR}", say.part_of_month),
    Rule(f"article? {_NTH} period_half of? ( period_month of? )? {_MONTH} {_YEAR}", say.part_of_month),
    Rule("article? ( ordinal|ordinal_word )? m:month_week", say.part_of_month),
    Rule(f"article? {_NTH} {_NTH_OF} of? ( period_month of? )? {_MONTH} {_YEAR}", say.nth_weekday(None)),
    Rule(f"article? {_NTH} {_NTH_OF} of? article? this? period_month", say.nth_weekday(0)),
    Rule(f"article? {_NTH} {_NTH_OF} of? article? next period_month", say.nth_weekday(1)),
    Rule(f"article? {_NTH} {_NTH_OF} of? article? period_month next", say.nth_weekday(1)),
)

PERIODS = (
    Rule(f"article? ( {_EDGE} )? {_NTH} period_quarter {_YEAR}", say.year_part(4)),
    Rule(f"article? ( {_EDGE} )? quarter_mark n:day ( slash_sign / dash )? {_YEAR}", say.year_part(4)),
    Rule("y:year dash? quarter_mark n:day", say.year_part(4)),
    Rule(f"article? ( {_EDGE} )? {_NTH} period_half {_YEAR}", say.year_part(2)),
    Rule(f"article? {_EDGE} period_year? y:year|short_year", say.year),
    Rule("article? period_year? y:year", say.year, needs="introduction"),
    Rule(f"article? ( {_EDGE} )? next p:period", say.relative(1)),
    Rule(f"article? ( {_EDGE} )? p:period next", say.relative(1)),
    Rule(f"article? ( {_EDGE} )? this p:period ( dash? here )?", say.relative(0)),
    Rule(f"article? {_EDGE} p:period ( dash? here )?", say.relative(0)),
    Rule("at|by article? p:period_weekend", say.relative(0)),
    Rule(f"article? week_mark dot? n:count !{_MONTHS} ( of? y:year|short_year )?", say.week),
    Rule("article? week_mark x:span ( of? y:year|short_year )?", say.week),
)

RELATIVE = (
    Rule("w:weekday daypart?", say.weekday()),
    Rule(f"article? next w:weekday daypart? {_NOT_NEXT_WEEK}", say.weekday()),
    Rule("article? w:weekday next daypart?", say.weekday()),
    Rule("article? this w:weekday daypart?", say.weekday(today_counts=True)),
    Rule("article w:weekday daypart?", say.weekday(), needs="deadline"),
    Rule("article? w:weekday s:weekday_shift", say.weekday()),
    Rule("article? w:weekday daypart? of? article? next period_week", say.weekday(1)),
    Rule("article? w:weekday daypart? of? article? period_week next", say.weekday(1)),
    Rule("article? next period_week at? article? w:weekday daypart?", say.weekday(1)),
    Rule("w:weekday daypart? of? article? this period_week", say.weekday(0)),
    Rule("this period_week at? article? w:weekday daypart?", say.weekday(0)),
    Rule(f"article? w:weekday in|within article? {_COUNT} u:unit", say.weekday_in),
    Rule("x:day_word daypart?", say.day_word),
    Rule(f"in|within article? next? soft? {_COUNT} next? u:unit", say.in_time),
    Rule(f"in|within article? next? soft? ( count|number_word ) ( dash / to / or / and ) {_COUNT} u:unit", say.in_time),
    Rule("in|within article? next? soft? x:span u:unit", say.in_time),
    Rule("within article? next? u:unit", say.one_in_time),
    Rule("within article? u:unit next", say.one_in_time),
    Rule("in|within article? u:span_word", say.in_time),
    Rule("article? x:period_end", say.end_of_period, needs="context"),
    Rule("during|in article p:period !of|month ( dash? here )?", say.relative(0)),
    Rule("article? next !period unit", say.always(Vague())),
)

MEETINGS = (
    Rule("article? next word? meeting", say.next_meeting),
    Rule("article? next occasion", say.next_meeting),
    Rule("article? meeting next !period|unit|weekday", say.next_meeting),
    Rule("article? occasion next", say.next_meeting),
    Rule("article? m:month|month_short meeting", say.next_meeting),
    Rule("article? meeting of? m:month !day|ordinal", say.next_meeting, needs="introduction"),
    Rule("article? this meeting", say.always(ThisMeeting())),
)

OTHERS = (
    Rule(f"day_article x:feast {_YEAR}", say.feast),
    Rule(f"with article? x:feast {_YEAR}", say.feast),
    Rule(f"article? feast of article? {_DAY} of? {_MONTH} {_YEAR}", say.day_month),
    Rule(f"article? x:feast {_YEAR}", say.feast, needs="context"),
    Rule(f"article? ( {_EDGE} )? holiday", say.always(Vague()), needs="introduction"),
    Rule(f"article? ( {_EDGE} )? season", say.always(Vague()), needs="introduction"),
    Rule("vague", say.always(Vague())),
    Rule("vague_alone", say.always(Vague()), needs="alone"),
    Rule("article? previous period|weekday|meeting|occasion|unit|month", say.always(Past())),
    Rule("article? period|weekday|meeting|occasion|month previous", say.always(Past())),
    Rule(
        "every article? ( ordinal|ordinal_word|count|number_word )? period|weekday|unit|occasion",
        say.always(Recurring()),
    ),
)


def rules(*, month_first: bool) -> tuple[Rule, ...]:
    """All rules, the more telling before the less; `month_first` adds “May 3”."""
    first = MONTH_FIRST if month_first else ()
    return (*ABSOLUTE, *first, *MONTHS, *PERIODS, *RELATIVE, *MEETINGS, *OTHERS)
