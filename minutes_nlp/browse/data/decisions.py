"""The list of decisions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from minutes_nlp.browse.data.meetings import meeting_facts, themes_of_items
from minutes_nlp.browse.lists import Facet, Kept, Listing, Places
from minutes_nlp.store.connect import named_rows

Row = dict[str, Any]

_LIST = """
SELECT c.id, coalesce(c.language, ''), c.meeting_id, c.agenda_item_id, c.position
FROM decisions c JOIN meetings m ON m.id = c.meeting_id WHERE c.is_repeat = 0 AND m.superseded_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM pairs WHERE kind = 'decision' AND second_id = c.id)
"""

_ROWS = """
SELECT c.id, e.quote AS decision, m.date, coalesce(o.name, m.body) AS body, m.title AS meeting, c.meeting_id,
  i.number AS item_number, i.title AS item, c.language, c.confidence, d.path AS document,
  (SELECT json_group_array(theme_id) FROM (
    SELECT theme_id FROM item_themes WHERE agenda_item_id = i.main_item_id ORDER BY position)) AS themes
FROM decisions c JOIN evidence e ON e.id = c.evidence_id JOIN meetings m ON m.id = c.meeting_id
JOIN documents d ON d.id = m.document_id LEFT JOIN organisations o ON o.id = m.organisation_id
LEFT JOIN agenda_items i ON i.id = c.agenda_item_id
WHERE c.id IN (SELECT value FROM json_each(?))
"""

_PASSAGES = """
SELECT coalesce(t.first_id, c.id), p.number FROM decisions c
LEFT JOIN pairs t ON t.kind = 'decision' AND t.second_id = c.id
CROSS JOIN evidence e ON e.id = c.evidence_id
CROSS JOIN passages p ON p.document_id = e.document_id
  AND p.start_offset < e.end_offset AND p.end_offset > e.start_offset
WHERE c.is_repeat = 0
"""


def _make_list(db: sqlite3.Connection) -> Listing:
    meetings, themes = meeting_facts(db), themes_of_items(db)
    rows = [(*row, *meetings[row[2]]) for row in db.execute(_LIST)]
    rows.sort(key=lambda row: (row[2], row[4]))
    rows.sort(key=lambda row: row[6], reverse=True)
    return Listing(
        [row[0] for row in rows],
        {
            "body": Facet.of(row[5] for row in rows),
            "theme": Facet.of_many(themes.get(row[3], ()) for row in rows),
            "language": Facet.of(row[1] for row in rows),
            "year": Facet.of(row[6][:4] for row in rows),
        },
        {"date": [row[6] for row in rows]},
    )


DECISIONS = Kept("decisions", _make_list)
"""The decisions, those of the latest meeting first; what says another again, in whatever language, is left out."""


def decision_rows(db: sqlite3.Connection, ids: Sequence[str]) -> list[Row]:
    """The decisions with these ids, in this order."""
    rows = {row["id"]: row for row in named_rows(db.execute(_ROWS, (json.dumps(ids),)))}
    for row in rows.values():
        row["themes"] = json.loads(row["themes"])
    return [rows[identifier] for identifier in ids if identifier in rows]


class Standing(NamedTuple):
    """Which decisions stand, in whole or in part, in which passages: the n-th of one in the n-th of the other.

    `decisions` are places in the list of decisions, `passages` numbers of passages.
    """

    decisions: Places
    passages: Places

    def within(self, passages: Places) -> Places:
        """The places of the decisions that stand in `passages`."""
        return self.decisions[np.isin(self.passages, passages)]


def _make_standing(db: sqlite3.Connection) -> Standing:
    places = {identifier: place for place, identifier in enumerate(_make_list(db).ids)}
    pairs = [(places[row[0]], row[1]) for row in db.execute(_PASSAGES) if row[0] in places]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return Standing(table[:, 0], table[:, 1])


STANDING = Kept("decisions in passages", _make_standing)
"""Where the decisions stand; one said in two languages, or in two copies, stands in all of these passages."""
