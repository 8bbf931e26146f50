"""What waits for a person: facts that do not add up, links that are not sure, files that could not be read."""

from __future__ import annotations

import sqlite3
from typing import Any

from minutes_nlp.store.connect import named_rows

Row = dict[str, Any]

MOST_SHOWN = 200
"""Rows of each kind on the page."""
_ALL = -1

_ISSUES = """
SELECT s.id, s.code, s.details, s.meeting_id, m.title AS meeting, m.date, coalesce(o.name, m.body) AS body,
  d.path AS document, e.quote, e.start_offset AS start, e.end_offset AS "end"
FROM issues s JOIN meetings m ON m.id = s.meeting_id JOIN documents d ON d.id = m.document_id
LEFT JOIN organisations o ON o.id = m.organisation_id LEFT JOIN evidence e ON e.id = s.evidence_id
WHERE s.settled_by IS NULL ORDER BY m.date DESC, m.id, e.start_offset LIMIT ?
"""

_PROPOSALS = """
SELECT p.id, p.event, p.ledger_action_id, p.meeting_id, p.method, p.confidence, b.quote AS action, e.quote,
  e.start_offset AS start, e.end_offset AS "end", m.title AS meeting, m.date, d.path AS document
FROM proposals p JOIN evidence e ON e.id = p.evidence_id JOIN meetings m ON m.id = p.meeting_id
JOIN documents d ON d.id = m.document_id
JOIN actions a ON a.id = p.ledger_action_id JOIN evidence b ON b.id = a.evidence_id
ORDER BY m.date DESC, m.id, e.start_offset LIMIT ?
"""

_ERRORS = "SELECT path, code, message, hint, at FROM ingest_errors ORDER BY at DESC, path LIMIT ?"


def issue_rows(db: sqlite3.Connection, limit: int = _ALL) -> list[Row]:
    """Facts that do not add up, those of the latest meeting first; at most `limit`, by default all."""
    return list(named_rows(db.execute(_ISSUES, (limit,))))


def proposal_rows(db: sqlite3.Connection, limit: int = _ALL) -> list[Row]:
    """Passages that may say what became of an action, those of the latest meeting first; at most `limit`."""
    return list(named_rows(db.execute(_PROPOSALS, (limit,))))


def error_rows(db: sqlite3.Connection, limit: int = _ALL) -> list[Row]:
    """Files that could not be read, the latest first; at most `limit`."""
    return list(named_rows(db.execute(_ERRORS, (limit,))))
