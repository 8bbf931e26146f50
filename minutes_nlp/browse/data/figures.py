"""The numbers behind the charts."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

from minutes_nlp.browse.lists import Kept
from minutes_nlp.store.connect import named_rows

Row = dict[str, Any]

_MONTHS = """
SELECT month, sum(opened) AS opened, sum(closed) AS closed FROM (
  SELECT substr(opened_on, 1, 7) AS month, count(*) AS opened, 0 AS closed FROM ledger_actions
  WHERE opened_on IS NOT NULL GROUP BY 1
  UNION ALL
  SELECT substr(closed_on, 1, 7), 0, count(*) FROM ledger_actions WHERE closed_on IS NOT NULL GROUP BY 1)
GROUP BY month ORDER BY month
"""

_ATTENDANCE = """
SELECT coalesce(o.name, m.body) AS body, m.organisation_id, substr(m.date, 1, 4) AS year,
  count(DISTINCT m.id) AS meetings, sum(a.status = 'present') AS present, count(*) AS invited
FROM meetings m CROSS JOIN attendance a ON a.meeting_id = m.id LEFT JOIN organisations o ON o.id = m.organisation_id
WHERE m.superseded_by IS NULL AND m.date IS NOT NULL AND coalesce(o.name, m.body) IS NOT NULL
GROUP BY 1, 2, 3 ORDER BY 1, 3
"""


class Heat(NamedTuple):
    """Attendance per body and year: the years, and per body its page and the row of each year (`None`: no meeting)."""

    years: list[str]
    bodies: list[tuple[str, str | None, list[Row | None]]]


def _heat(db: sqlite3.Connection) -> Heat:
    rows = list(named_rows(db.execute(_ATTENDANCE)))
    years = sorted({row["year"] for row in rows})
    found: dict[tuple[str, str | None], dict[str, Row]] = {}
    for row in rows:
        found.setdefault((row["body"], row["organisation_id"]), {})[row["year"]] = row
    return Heat(years, [(*body, [cells.get(year) for year in years]) for body, cells in found.items()])


ACTION_MONTHS: Kept[Sequence[Row]] = Kept("action months", lambda db: list(named_rows(db.execute(_MONTHS))))
"""Per month, how many actions were opened and closed."""

ATTENDANCE_HEAT = Kept("attendance heat", _heat)
"""Attendance per body and year."""
