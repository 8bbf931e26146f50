"""What the first page shows beside the actions: the latest meetings, and how much there is to check."""

from __future__ import annotations

import sqlite3
from typing import Any, NamedTuple

from minutes_nlp.store.connect import named_rows

Row = dict[str, Any]

_LATEST = """
SELECT m.id, m.date, m.title, coalesce(o.name, m.body) AS body,
  (SELECT count(*) FROM decisions WHERE meeting_id = m.id AND is_repeat = 0) AS decisions,
  (SELECT count(*) FROM actions WHERE meeting_id = m.id AND is_repeat = 0) AS actions
FROM meetings m LEFT JOIN organisations o ON o.id = m.organisation_id
WHERE m.superseded_by IS NULL AND m.date IS NOT NULL ORDER BY m.date DESC, m.id LIMIT ?
"""

_TO_CHECK = """
SELECT (SELECT count(*) FROM issues WHERE settled_by IS NULL), (SELECT count(*) FROM proposals),
  (SELECT count(*) FROM ingest_errors)
"""


class ToCheck(NamedTuple):
    """How many facts do not add up, how many links wait for a person, how many files could not be read."""

    issues: int
    proposals: int
    errors: int


def latest_meetings(db: sqlite3.Connection, limit: int = 8) -> list[Row]:
    """The meetings with the latest dates."""
    return list(named_rows(db.execute(_LATEST, (limit,))))


def to_check(db: sqlite3.Connection) -> ToCheck:
    """What waits for a person."""
    return ToCheck(*db.execute(_TO_CHECK).fetchone())
