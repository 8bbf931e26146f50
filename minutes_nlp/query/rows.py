"""The rows that answer a question.

Days are ISO 8601 text, times `HH:MM`, offsets code points into the document's text (end exclusive), confidences 0 to 1.
`None` means that the minutes do not say. `document` is the path below the folder that was ingested.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action, as it stands now or stood on the day that was asked for; `action` is how the first minutes put it.

    `owners` are the people and bodies meant, by the names that the program shows; somebody unknown as printed.
    `due` is a day or a month as the minutes give it, `due_text` the words; `due_last_day` the last day that is in time.
    `status` is `open`, `done` or `dropped`; `overdue` is true if it is open after its last day (never without a `today`
    in the filter). `opened_on`, `closed_on`, `last_sign_on` are days of meetings or corrections; `silent_meetings` is
    the number of meetings of the series since the last sign.
    """

    id: str
    action: str
    owners: tuple[str, ...]
    due: str | None
    due_text: str | None
    due_last_day: str | None
    status: str
    overdue: bool
    meeting_id: str
    meeting_date: str | None
    meeting_title: str | None
    meeting_body: str | None
    item_number: str | None
    item_title: str | None
    language: str | None
    repeat: bool
    recogniser: str
    confidence: float
    document: str
    start: int
    end: int
    opened_on: str | None = None
    closed_on: str | None = None
    last_sign_on: str | None = None
    silent_meetings: int = 0


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision; `themes` are the theme ids of the main agenda item that it stands under."""

    id: str
    decision: str
    meeting_id: str
    meeting_date: str | None
    meeting_title: str | None
    meeting_body: str | None
    item_number: str | None
    item_title: str | None
    themes: tuple[str, ...]
    language: str | None
    repeat: bool
    recogniser: str
    confidence: float
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting with its figures.

    Attendance is counted by status, agenda items at level 1, decisions and actions without those that are said again.
    `missing_since` is the moment at which its file was found gone. `ocr_pages` are the pages that OCR read,
    `ocr_confidence` how sure it was of their words, `ocr_unread` those left out for want of OCR; all empty where the
    file holds the text.
    """

    id: str
    date: str | None
    title: str | None
    body: str | None
    location: str | None
    start_time: str | None
    end_time: str | None
    next_meeting: str | None
    languages: tuple[str, ...]
    present: int
    excused: int
    absent: int
    items: int
    decisions: int
    actions: int
    open_actions: int
    themes: tuple[str, ...]
    document: str
    missing_since: str | None
    ocr_pages: tuple[int, ...] = ()
    ocr_confidence: float | None = None
    ocr_unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """One entry of an attendance list, as printed."""

    name: str
    status: str
    organisation: str | None
    role: str | None
    confidence: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One line of a timetable."""

    start_time: str
    end_time: str | None
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An agenda item; `start` and `end` are those of its heading, `extent_end` is where its content stops."""

    id: str
    number: str | None
    title: str
    level: int
    themes: tuple[str, ...]
    language: str | None
    start: int
    end: int
    extent_end: int


@dataclass(frozen=True, slots=True)
class MeetingDetail:
    """All that the minutes of one meeting say, in the order of the document."""

    meeting: MeetingRow
    attendance: tuple[AttendanceRow, ...]
    schedule: tuple[ScheduleRow, ...]
    items: tuple[ItemRow, ...]
    decisions: tuple[DecisionRow, ...]
    actions: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A name of the attendance lists, with what it did; `organisations` as printed beside it, in the alphabet's order.

    `open_actions` counts those whose owner is surely this attendee.
    """

    id: str
    name: str
    organisations: tuple[str, ...]
    meetings: int
    present: int
    excused: int
    absent: int
    open_actions: int
    last_meeting: str | None


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage that holds the words; `hits` are the places in `text` (start, end) where they stand.

    `snippet` is `text` cut to the surroundings of the hits, with `…` where something was left out.
    """

    text: str
    snippet: str
    hits: tuple[tuple[int, int], ...]
    kind: str
    language: str | None
    meeting_id: str
    meeting_date: str | None
    meeting_title: str | None
    document: str
    start: int
    end: int
