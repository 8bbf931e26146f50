"""What was on the table and what came of it: timetable, agenda items, decisions, action items."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from minutes_nlp.records.evidence import Evidence, Found, IsoDayOrMonth

ActionStatus = Literal["open", "done"]
ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="HH:MM")]


class ScheduleEntry(Found):
    """A line of a printed timetable; `end` is `None` where only the start is printed."""

    start_time: ClockTime
    end_time: ClockTime | None = None
    title: str
    evidence: Evidence


class AgendaItem(Found):
    """A unit of the report. `evidence.quote` is the heading line; `extent_end` is where its content stops (exclusive).

    `level` is 1 for a main item. `themes` holds theme ids, on level-1 items only; empty means none was found.
    """

    number: str | None = None
    title: str
    level: Annotated[int, Field(ge=1, le=9)]
    themes: tuple[str, ...] = ()
    language: str | None = None
    evidence: Evidence
    extent_end: Annotated[int, Field(ge=0)]


class Decision(Found):
    """A statement by which this meeting settles something. `item` is the index of its agenda item, if any.

    `repeat` marks a passage that says again what an earlier one of the document said.
    """

    evidence: Evidence
    item: int | None = None
    language: str | None = None
    repeat: bool = False


class Owner(Found):
    """Who has to do something. `evidence` is where the name stands, `None` if it was taken from the context.

    `attendee` is the index in `MeetingRecord.attendance` when exactly one attendee fits. `candidates` lists the
    indexes when several fit; it is empty when none does.
    """

    name: str
    evidence: Evidence | None = None
    attendee: int | None = None
    candidates: tuple[int, ...] = ()


class Due(Found):
    """When something has to be done.

    `value` is the last day (`2024-05-31`) or the month (`2024-05`) meant, `None` for a vague expression (“soon”);
    `evidence` is the expression itself.
    """

    value: IsoDayOrMonth | None = None
    evidence: Evidence

    def last_day(self) -> datetime.date | None:
        """The last day that is still in time; a month gives its last day, a vague expression `None`."""
        if self.value is None:
            return None
        year, month, *day = map(int, self.value.split("-"))
        if day:
            return datetime.date(year, month, day[0])
        following = datetime.date(year + month // 12, month % 12 + 1, 1)
        return following - datetime.timedelta(days=1)


class ActionItem(Found):
    """A commitment or assignment. No `owners` means that nobody is named; no `due` that no deadline is given."""

    evidence: Evidence
    owners: tuple[Owner, ...] = ()
    due: Due | None = None
    status: ActionStatus = "open"
    item: int | None = None
    language: str | None = None
    repeat: bool = False
