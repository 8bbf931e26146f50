"""Finds dates and clock times in a text and says what they mean; `resolution.dates` works the dates out.

| module | what it holds |
|---|---|
| `expressions` | what a date expression can say |
| `words` | the classes of date words, from `resources/<iso>/dates.toml` |
| `tokens` | words, numbers and signs with their classes |
| `grammar` | the notation for sequences of classes |
| `rules` | which sequence says what |
| `find` | finding dates in a text |
| `times` | finding clock times |
"""

from minutes_nlp.extraction.dates.expressions import (
    DateExpression,
    DayMonth,
    DayOnly,
    Edge,
    ExactDay,
    Expression,
    Feast,
    InTime,
    Introduction,
    Month,
    NextMeeting,
    NthWeekday,
    Offset,
    Past,
    Period,
    Range,
    Recurring,
    RelativePeriod,
    RelativeWeekday,
    ThisMeeting,
    TimeExpression,
    TimeSpan,
    Vague,
    WeekNumber,
    WeekOf,
    Year,
    YearPart,
)
from minutes_nlp.extraction.dates.find import find_dates, find_days
from minutes_nlp.extraction.dates.times import find_times

__all__ = [
    "DateExpression",
    "DayMonth",
    "DayOnly",
    "Edge",
    "ExactDay",
    "Expression",
    "Feast",
    "InTime",
    "Introduction",
    "Month",
    "NextMeeting",
    "NthWeekday",
    "Offset",
    "Past",
    "Period",
    "Range",
    "Recurring",
    "RelativePeriod",
    "RelativeWeekday",
    "ThisMeeting",
    "TimeExpression",
    "TimeSpan",
    "Vague",
    "WeekNumber",
    "WeekOf",
    "Year",
    "YearPart",
    "find_dates",
    "find_days",
    "find_times",
]
