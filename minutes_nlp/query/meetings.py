"""Which meetings are there, and what do the minutes of one say?"""

from __future__ import annotations

import datetime
import json
import sqlite3

from minutes_nlp.query.actions import find_actions
from minutes_nlp.query.decisions import find_decisions
from minutes_nlp.query.filters import ActionFilter, Conditions, words_in
from minutes_nlp.query.references import find_meeting, find_themes
from minutes_nlp.query.rows import AttendanceRow, ItemRow, MeetingDetail, MeetingRow, ScheduleRow
from minutes_nlp.store.connect import named_rows

_OF_SOME_THEME = "id IN (SELECT meeting_id FROM meeting_themes WHERE theme_id IN ({placeholders}))"

_MEETINGS = """
SELECT id, date, title, body, location, start_time, end_time, next_meeting, languages, present, excused, absent, items,
  decisions, actions, open_actions, themes, document, missing_since,
  coalesce((SELECT d.ocr_pages FROM documents d WHERE d.path = document), '[]') AS ocr_pages,
  (SELECT d.ocr_confidence FROM documents d WHERE d.path = document) AS ocr_confidence,
  coalesce((SELECT d.ocr_unread FROM documents d WHERE d.path = document), '[]') AS ocr_unread
FROM meetings_view
"""

_ATTENDANCE = """
SELECT a.name, a.status, a.organisation, a.role, a.confidence, e.start_offset AS start, e.end_offset AS "end"
FROM attendance a JOIN evidence e ON e.id = a.evidence_id WHERE a.meeting_id = ? ORDER BY a.position
"""

_SCHEDULE = """
SELECT s.start_time, s.end_time, s.title, e.start_offset AS start, e.end_offset AS "end"
FROM schedule_entries s JOIN evidence e ON e.id = s.evidence_id WHERE s.meeting_id = ? ORDER BY s.position
"""

_ITEMS = """
SELECT i.id, i.number, i.title, i.level,
  (SELECT json_group_array(theme_id) FROM (
    SELECT theme_id FROM item_themes WHERE agenda_item_id = i.id ORDER BY position)) AS themes,
  i.language, e.start_offset AS start, e.end_offset AS "end", i.extent_end
FROM agenda_items i JOIN evidence e ON e.id = i.evidence_id WHERE i.meeting_id = ? ORDER BY i.position
"""


def list_meetings(
    db: sqlite3.Connection,
    *,
    body: str | None = None,
    theme: str | None = None,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> list[MeetingRow]:
    """The meetings, newest first; those without a date come last.

    Args:
        body: words of the group's name, or of the title where no group is named; each a substring, without case or
            accents.
        theme: id of a theme, or part of its label, that the meeting is about.
        since: held on this day or later; a meeting without a date is then left out.
        until: held on this day or earlier; likewise.

    Raises:
        QueryError: `query.no_theme`.
    """
    conditions = Conditions()
    if body:
        condition, words = words_in("fold(coalesce(body, title, ''))", body)
        conditions.add(condition, *words)
    if theme:
        themes = find_themes(db, theme)
        conditions.add(_OF_SOME_THEME.format(placeholders=", ".join("?" * len(themes))), *themes)
    if since:
        conditions.add("date >= ?", since.isoformat())
    if until:
        conditions.add("date <= ?", until.isoformat())
    sql = f"{_MEETINGS} {conditions.where()} ORDER BY date DESC, document"
    return _meetings(db.execute(sql, conditions.values))


def show_meeting(db: sqlite3.Connection, reference: str, *, today: datetime.date | None = None) -> MeetingDetail:
    """All that the minutes of one meeting say.

    Args:
        reference: the meeting's id or the beginning of it, its date, or the path of its document (see `find_meetings`).
        today: the day against which open actions are overdue; without it none is.

    Raises:
        QueryError: `query.no_meeting`; `query.several_meetings`, with the candidates.
    """
    identifier = find_meeting(db, reference)
    actions = find_actions(db, ActionFilter(meeting=identifier, today=today, repeats=True))
    return MeetingDetail(
        meeting=_meetings(db.execute(f"{_MEETINGS} WHERE id = ?", (identifier,)))[0],
        attendance=tuple(AttendanceRow(**row) for row in named_rows(db.execute(_ATTENDANCE, (identifier,)))),
        schedule=tuple(ScheduleRow(**row) for row in named_rows(db.execute(_SCHEDULE, (identifier,)))),
        items=tuple(
            ItemRow(**{**row, "themes": tuple(json.loads(row["themes"]))})
            for row in named_rows(db.execute(_ITEMS, (identifier,)))
        ),
        decisions=tuple(find_decisions(db, meeting=identifier, repeats=True)),
        actions=tuple(sorted(actions, key=lambda action: (action.start, action.end))),
    )


def _meetings(cursor: sqlite3.Cursor) -> list[MeetingRow]:
    """The rows of `_MEETINGS`; what is several stands there as a JSON array."""
    arrays = ("languages", "themes", "ocr_pages", "ocr_unread")
    return [
        MeetingRow(**{**row, **{column: tuple(json.loads(row[column])) for column in arrays}})
        for row in named_rows(cursor)
    ]
