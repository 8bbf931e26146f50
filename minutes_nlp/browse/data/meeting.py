"""Everything that one meeting's page shows."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from minutes_nlp.browse.document import Passage
from minutes_nlp.store.connect import named_rows

Row = dict[str, Any]

_MEETING = """
SELECT m.id, m.title, m.body, m.date, m.start_time, m.end_time, m.location, m.next_meeting, m.recogniser, m.confidence,
  m.series, m.superseded_by, m.organisation_id, o.name AS organisation, d.id AS document_id, d.path, d.media_type,
  d.languages, d.missing_since, d.size, d.ocr_pages, d.ocr_confidence, d.ocr_unread, d.text
FROM meetings m JOIN documents d ON d.id = m.document_id LEFT JOIN organisations o ON o.id = m.organisation_id
WHERE m.id = ?
"""

_FACTS = """
SELECT f.field, e.start_offset AS start, e.end_offset AS "end", e.quote
FROM meeting_evidence f JOIN evidence e ON e.id = f.evidence_id WHERE f.meeting_id = ? ORDER BY e.start_offset
"""

_ATTENDANCE = """
SELECT a.id, a.name, a.status, a.organisation, a.role, a.person_id, a.organisation_id, a.recogniser, a.confidence,
  e.start_offset AS start, e.end_offset AS "end"
FROM attendance a JOIN evidence e ON e.id = a.evidence_id WHERE a.meeting_id = ? ORDER BY a.position
"""

_SCHEDULE = """
SELECT s.id, s.start_time, s.end_time, s.title, s.recogniser, s.confidence,
  e.start_offset AS start, e.end_offset AS "end"
FROM schedule_entries s JOIN evidence e ON e.id = s.evidence_id WHERE s.meeting_id = ? ORDER BY s.position
"""

_ITEMS = """
SELECT i.id, i.position + 1 AS place, i.number, i.title, i.level, i.language, i.recogniser, i.confidence,
  e.start_offset AS start, e.end_offset AS "end",
  (SELECT json_group_array(theme_id) FROM (
    SELECT theme_id FROM item_themes WHERE agenda_item_id = i.id ORDER BY position)) AS themes
FROM agenda_items i JOIN evidence e ON e.id = i.evidence_id WHERE i.meeting_id = ? ORDER BY i.position
"""

_DECISIONS = """
SELECT c.id, e.quote, c.language, c.is_repeat, c.recogniser, c.confidence, i.position + 1 AS place,
  e.start_offset AS start, e.end_offset AS "end"
FROM decisions c JOIN evidence e ON e.id = c.evidence_id LEFT JOIN agenda_items i ON i.id = c.agenda_item_id
WHERE c.meeting_id = ? ORDER BY e.start_offset
"""

_ACTIONS = """
SELECT a.id, e.quote, a.status, a.due, a.due_last_day, a.language, a.is_repeat, a.recogniser, a.confidence,
  i.position + 1 AS place, e.start_offset AS start, e.end_offset AS "end",
  u.start_offset AS due_start, u.end_offset AS due_end, a.due_confidence
FROM actions a JOIN evidence e ON e.id = a.evidence_id LEFT JOIN evidence u ON u.id = a.due_evidence_id
LEFT JOIN agenda_items i ON i.id = a.agenda_item_id
WHERE a.meeting_id = ? ORDER BY e.start_offset
"""

_OWNERS = """
SELECT o.action_id, o.name, o.person_id, e.start_offset AS start, e.end_offset AS "end"
FROM actions a JOIN action_owners o ON o.action_id = a.id LEFT JOIN evidence e ON e.id = o.evidence_id
WHERE a.meeting_id = ? ORDER BY o.action_id, o.position
"""

_HISTORIES = """
SELECT a.id, coalesce(v.ledger_action_id, l.id) AS history, g.status, g.due, g.due_last_day
FROM actions a LEFT JOIN ledger_events v ON v.action_id = a.id LEFT JOIN ledger_actions l ON l.id = a.id
LEFT JOIN ledger_actions g ON g.id = coalesce(v.ledger_action_id, l.id)
WHERE a.meeting_id = ? AND g.id IS NOT NULL
"""

_THEMES = "SELECT theme_id FROM meeting_themes WHERE meeting_id = ? ORDER BY position"

_PASSAGES = """
SELECT start_offset, end_offset, kind, level, language FROM passages WHERE document_id = ? ORDER BY position
"""

_NEIGHBOURS = """
SELECT m.id, m.date, m.title FROM meetings m
WHERE m.series = ?1 AND m.series <> '' AND m.superseded_by IS NULL AND m.date {compared} ?2
ORDER BY m.date {order} LIMIT 1
"""

_ISSUES = """
SELECT s.id, s.code, s.details, e.start_offset AS start, e.end_offset AS "end"
FROM issues s LEFT JOIN evidence e ON e.id = s.evidence_id
WHERE s.meeting_id = ? AND s.settled_by IS NULL ORDER BY s.code, e.start_offset
"""


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """What the minutes of one meeting say, in rows as the queries above name their columns.

    `owners` and `histories` are by the id of the action; a history is the id of the ledger action, its status, its
    deadline and its last day.
    """

    meeting: Row
    passages: list[Passage]
    facts: list[Row]
    attendance: list[Row]
    schedule: list[Row]
    items: list[Row]
    decisions: list[Row]
    actions: list[Row]
    owners: dict[str, list[Row]]
    histories: dict[str, Row]
    themes: list[str]
    previous: Row | None
    next: Row | None
    issues: list[Row]


def load_meeting(db: sqlite3.Connection, identifier: str) -> MeetingPage | None:
    """The meeting with this id, or `None`."""

    def rows(sql: str, *values: object) -> list[Row]:
        return list(named_rows(db.execute(sql, values)))

    found = rows(_MEETING, identifier)
    if not found:
        return None
    meeting = found[0]
    meeting["languages"] = json.loads(meeting["languages"])
    items = rows(_ITEMS, identifier)
    for item in items:
        item["themes"] = json.loads(item["themes"])
    owners: dict[str, list[Row]] = {}
    for owner in rows(_OWNERS, identifier):
        owners.setdefault(owner["action_id"], []).append(owner)
    around = [
        rows(_NEIGHBOURS.format(compared=compared, order=order), meeting["series"], meeting["date"])
        for compared, order in (("<", "DESC"), (">", "ASC"))
    ]
    return MeetingPage(
        meeting=meeting,
        passages=[Passage(*row) for row in db.execute(_PASSAGES, (meeting["document_id"],))],
        facts=rows(_FACTS, identifier),
        attendance=rows(_ATTENDANCE, identifier),
        schedule=rows(_SCHEDULE, identifier),
        items=items,
        decisions=rows(_DECISIONS, identifier),
        actions=rows(_ACTIONS, identifier),
        owners=owners,
        histories={row["id"]: row for row in rows(_HISTORIES, identifier)},
        themes=[row["theme_id"] for row in rows(_THEMES, identifier)],
        previous=next(iter(around[0]), None),
        next=next(iter(around[1]), None),
        issues=rows(_ISSUES, identifier),
    )


def meeting_of_document(db: sqlite3.Connection, path: str) -> str | None:
    """The id of the meeting whose document has this path, or `None`."""
    sql = "SELECT m.id FROM meetings m JOIN documents d ON d.id = m.document_id WHERE d.path = ?"
    row = db.execute(sql, (path,)).fetchone()
    return row[0] if row else None


def load_file(db: sqlite3.Connection, identifier: str) -> str | None:
    """The path of the document of the meeting with this id, or `None`."""
    sql = "SELECT d.path FROM meetings m JOIN documents d ON d.id = m.document_id WHERE m.id = ?"
    row = db.execute(sql, (identifier,)).fetchone()
    return row[0] if row else None
