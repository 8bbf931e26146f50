"""Actions through time: the list with its facets, rows of it, and the history of one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from minutes_nlp.browse.data.meetings import meeting_facts, themes_of_items
from minutes_nlp.browse.lists import Facet, Kept, Listing
from minutes_nlp.query.owners import Owner, OwnerBook
from minutes_nlp.store.connect import named_rows

Row = dict[str, Any]

FACETS = ("body", "owner", "theme", "language", "year")
"""The facets of the list of actions, as the page shows them; `status` is one too, chosen by the tabs."""

_LIST = """
SELECT l.id, l.status, coalesce(l.due_last_day, ''), l.owners, coalesce(l.opened_on, ''), coalesce(l.closed_on, ''),
  coalesce(a.language, ''), a.meeting_id, a.agenda_item_id, l.owners_action_id, l.series
FROM ledger_actions l JOIN actions a ON a.id = l.id
"""

_NO_DAY = "9999-99-99"

_ROWS = """
SELECT l.id, e.quote AS action, l.status, l.due, l.due_last_day, l.owners, l.opened_on, l.closed_on, l.last_sign_on,
  l.silent_meetings, l.latest_action_id, l.owners_action_id, l.series, a.language, a.meeting_id, m.date,
  m.title AS meeting, coalesce(o.name, m.body) AS body, m.organisation_id, i.number AS item_number, i.title AS item,
  i.position + 1 AS place, d.path AS document
FROM ledger_actions l JOIN actions a ON a.id = l.id JOIN evidence e ON e.id = a.evidence_id
JOIN meetings m ON m.id = a.meeting_id JOIN documents d ON d.id = m.document_id
LEFT JOIN organisations o ON o.id = m.organisation_id LEFT JOIN agenda_items i ON i.id = a.agenda_item_id
WHERE l.id IN (SELECT value FROM json_each(?))
"""

_EVENTS = """
SELECT v.kind, v.day, v.meeting_id, v.action_id, v.owners, v.due, v.method, v.confidence, e.quote,
  e.start_offset AS start, e.end_offset AS "end", m.title AS meeting, m.date, c.who, c.at
FROM ledger_events v LEFT JOIN evidence e ON e.id = v.evidence_id LEFT JOIN meetings m ON m.id = v.meeting_id
LEFT JOIN corrections c ON c.id = v.correction_id
WHERE v.ledger_action_id = ? ORDER BY v.position
"""

_PROPOSALS = """
SELECT p.id, p.event, p.meeting_id, p.action_id, p.method, p.confidence, e.quote, e.start_offset AS start,
  e.end_offset AS "end", m.title AS meeting, m.date
FROM proposals p JOIN evidence e ON e.id = p.evidence_id JOIN meetings m ON m.id = p.meeting_id
WHERE p.ledger_action_id = ? ORDER BY m.date, e.start_offset
"""

_THEMES = """
SELECT t.theme_id FROM actions a JOIN agenda_items i ON i.id = a.agenda_item_id
JOIN item_themes t ON t.agenda_item_id = i.main_item_id WHERE a.id = ? ORDER BY t.position
"""

_BEGUN_BY = "SELECT ledger_action_id FROM ledger_events WHERE action_id = ? LIMIT 1"


@dataclass(frozen=True, slots=True)
class History:
    """One action through time: how it stands now, what became of it in order, and what may have."""

    action: Row
    events: list[Row]
    proposals: list[Row]
    themes: list[str]


def _make_list(db: sqlite3.Connection) -> Listing:
    meetings, themes, book = meeting_facts(db), themes_of_items(db), OwnerBook(db)
    rows = []
    for *row, owners_action, series in db.execute(_LIST):
        row[3] = [owner.name for owner in book.present(row[0], owners_action, json.loads(row[3]), series)]
        rows.append((*row, *meetings[row[7]]))
    rows.sort(key=lambda row: (row[2] or _NO_DAY, row[10], row[0]))
    return Listing(
        [row[0] for row in rows],
        {
            "status": Facet.of(row[1] for row in rows),
            "body": Facet.of(row[9] for row in rows),
            "owner": Facet.of_many(row[3] for row in rows),
            "theme": Facet.of_many(themes.get(row[8], ()) for row in rows),
            "language": Facet.of(row[6] for row in rows),
            "year": Facet.of(row[10][:4] for row in rows),
        },
        {
            "due": [row[2] for row in rows],
            "date": [row[10] for row in rows],
            "opened": [row[4] for row in rows],
            "closed": [row[5] for row in rows],
        },
    )


ACTIONS = Kept("actions", _make_list)
"""The actions of the ledger: the most urgent first, those without a deadline last."""


def action_rows(db: sqlite3.Connection, ids: Sequence[str]) -> list[Row]:
    """The actions with these ids, in this order; `owners` are pairs of a name and the address of the owner's page."""
    rows = {row["id"]: row for row in named_rows(db.execute(_ROWS, (json.dumps(ids),)))}
    book = OwnerBook(db, [row["owners_action_id"] for row in rows.values() if row["owners_action_id"]])
    for row in rows.values():
        owners = book.present(row["id"], row["owners_action_id"], json.loads(row["owners"]), row["series"])
        row["owners"] = list({owner.name: _page_of(owner) for owner in owners}.items())
    return [rows[identifier] for identifier in ids if identifier in rows]


def _page_of(owner: Owner) -> str | None:
    """The address of the page of a person or a body; `None` where only a name is known."""
    return owner.id and f"/{'organisations' if owner.is_body else 'people'}/{owner.id}"


def load_history(db: sqlite3.Connection, identifier: str) -> History | None:
    """The history of an action; `None` if there is none with this id.

    Args:
        identifier: of the action in the ledger, or of any action item that belongs to it.
    """
    rows = action_rows(db, [identifier])
    if not rows:
        begun = db.execute(_BEGUN_BY, (identifier,)).fetchone()
        rows = action_rows(db, [begun[0]]) if begun else []
    if not rows:
        return None
    action = rows[0]
    events = list(named_rows(db.execute(_EVENTS, (action["id"],))))
    for event in events:
        event["owners"] = json.loads(event["owners"]) if event["owners"] else None
    return History(
        action=action,
        events=events,
        proposals=list(named_rows(db.execute(_PROPOSALS, (action["id"],)))),
        themes=[row[0] for row in db.execute(_THEMES, (action["id"],))],
    )
