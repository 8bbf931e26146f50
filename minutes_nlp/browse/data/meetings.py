"""The list of meetings."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from minutes_nlp.browse.lists import Facet, Kept, Listing
from minutes_nlp.store.connect import named_rows

Row = dict[str, Any]

FACETS = ("body", "theme", "language", "year")
"""The facets of the lists of meetings and of decisions."""

_LIST = """
SELECT m.id, coalesce(m.date, '') AS date, coalesce(o.name, m.body, '') AS body, d.languages
FROM meetings m JOIN documents d ON d.id = m.document_id LEFT JOIN organisations o ON o.id = m.organisation_id
WHERE m.superseded_by IS NULL ORDER BY m.date IS NULL, m.date DESC, m.id
"""

_THEMES = "SELECT meeting_id, theme_id FROM meeting_themes ORDER BY meeting_id, position"

_ROWS = """
SELECT m.id, m.date, m.title, coalesce(o.name, m.body) AS body, m.location, m.organisation_id, d.path AS document,
  (SELECT count(*) FROM attendance WHERE meeting_id = m.id AND status = 'present') AS present,
  (SELECT count(*) FROM decisions WHERE meeting_id = m.id AND is_repeat = 0) AS decisions,
  (SELECT count(*) FROM actions WHERE meeting_id = m.id AND is_repeat = 0) AS actions
FROM meetings m JOIN documents d ON d.id = m.document_id LEFT JOIN organisations o ON o.id = m.organisation_id
WHERE m.id IN (SELECT value FROM json_each(?))
"""


_FACTS = """
SELECT m.id, coalesce(o.name, m.body, '') AS body, coalesce(m.date, '') AS date
FROM meetings m LEFT JOIN organisations o ON o.id = m.organisation_id
"""

_ITEM_THEMES = """
SELECT i.id, t.theme_id FROM item_themes t JOIN agenda_items i ON i.main_item_id = t.agenda_item_id
ORDER BY t.agenda_item_id, t.position
"""


def meeting_facts(db: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """The body and the day of every meeting, by its id; empty texts where they are not known."""
    return {row[0]: (row[1], row[2]) for row in db.execute(_FACTS)}


def themes_of_items(db: sqlite3.Connection) -> dict[str | None, list[str]]:
    """The themes of every agenda item that has any (those of its main item), by its id."""
    themes: dict[str | None, list[str]] = {}
    for item, theme in db.execute(_ITEM_THEMES):
        themes.setdefault(item, []).append(theme)
    return themes


def _make_list(db: sqlite3.Connection) -> Listing:
    themes: dict[str, list[str]] = {}
    for meeting, theme in db.execute(_THEMES):
        themes.setdefault(meeting, []).append(theme)
    rows = [tuple(row) for row in db.execute(_LIST)]
    return Listing(
        [row[0] for row in rows],
        {
            "body": Facet.of(row[2] for row in rows),
            "theme": Facet.of_many(themes.get(row[0], ()) for row in rows),
            "language": Facet.of_many(json.loads(row[3]) for row in rows),
            "year": Facet.of(row[1][:4] for row in rows),
        },
        {"date": [row[1] for row in rows]},
    )


MEETINGS = Kept("meetings", _make_list)
"""The meetings, the latest first; versions that another one replaced are left out."""


def meeting_rows(db: sqlite3.Connection, ids: Sequence[str]) -> list[Row]:
    """The meetings with these ids, in this order."""
    rows = {row["id"]: row for row in named_rows(db.execute(_ROWS, (json.dumps(ids),)))}
    return [rows[identifier] for identifier in ids if identifier in rows]
