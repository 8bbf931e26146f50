"""Organisations: the list, and everything about one."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from minutes_nlp.browse.lists import Kept
from minutes_nlp.store.connect import named_rows

Row = dict[str, Any]

_LIST = """
SELECT o.id, o.name, o.name_folded AS folded, o.kind,
  (SELECT count(*) FROM meetings m WHERE m.organisation_id = o.id AND m.superseded_by IS NULL) AS meetings,
  (SELECT max(date) FROM meetings m WHERE m.organisation_id = o.id) AS last_meeting,
  (SELECT count(DISTINCT person_id) FROM attendance a WHERE a.organisation_id = o.id) AS people
FROM organisations o ORDER BY o.name_folded, o.id
"""

_NAMES = "SELECT organisation_id, name_folded FROM organisation_names"

_ORGANISATION = """
SELECT o.id, o.name, o.kind, o.successor_id, s.name AS successor
FROM organisations o LEFT JOIN organisations s ON s.id = o.successor_id WHERE o.id = ?
"""

_OWN_NAMES = "SELECT name, language, short FROM organisation_names WHERE organisation_id = ? ORDER BY language, name"

_PREDECESSORS = "SELECT id, name FROM organisations WHERE successor_id = ? ORDER BY name"

# As the view `affiliations`, but from the one organisation on: `+` keeps SQLite from going through all people.
_PEOPLE = """
SELECT person_id, person, min(first_day) AS first_day, max(last_day) AS last_day, sum(meetings) AS meetings FROM (
  SELECT a.person_id, p.name AS person, min(m.date) AS first_day, max(m.date) AS last_day,
    count(DISTINCT m.id) AS meetings
  FROM attendance a CROSS JOIN meetings m ON m.id = a.meeting_id CROSS JOIN people p ON p.id = a.person_id
  WHERE a.organisation_id = ?1 AND m.superseded_by IS NULL GROUP BY +a.person_id
  UNION ALL
  SELECT f.person_id, p.name, f.from_day, f.until_day, 0
  FROM person_affiliations f JOIN people p ON p.id = f.person_id WHERE f.organisation_id = ?1)
GROUP BY person_id ORDER BY max(last_day) DESC, sum(meetings) DESC LIMIT 50
"""

_MEETINGS = """
SELECT id FROM meetings WHERE organisation_id = ? AND superseded_by IS NULL ORDER BY date IS NULL, date DESC LIMIT 25
"""

_ACTIONS = """
SELECT l.id FROM ledger_actions l WHERE l.id IN (
  SELECT o.action_id FROM action_owners o WHERE o.organisation_id = ?1
  UNION SELECT a.id FROM actions a JOIN meetings m ON m.id = a.meeting_id WHERE m.organisation_id = ?1)
ORDER BY l.status <> 'open', l.due_last_day IS NULL, l.due_last_day, l.id LIMIT 500
"""

_ATTENDANCE = """
SELECT substr(m.date, 1, 7) AS month, a.status, count(*) AS number
FROM meetings m JOIN attendance a ON a.meeting_id = m.id
WHERE m.organisation_id = ? AND m.superseded_by IS NULL AND m.date IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """An organisation: its names, who stood for it, what it met on, what it or its meetings have to do."""

    organisation: Row
    names: list[Row]
    predecessors: list[Row]
    people: list[Row]
    meetings: list[str]
    actions: list[str]
    attendance: list[Row]


def _organisations(db: sqlite3.Connection) -> list[Row]:
    rows = list(named_rows(db.execute(_LIST)))
    names: dict[str, list[str]] = {}
    for organisation, folded in db.execute(_NAMES):
        names.setdefault(organisation, []).append(folded)
    for row in rows:
        row["folded"] = "\n".join([row["folded"], *names.get(row["id"], ())])
    return rows


ORGANISATIONS = Kept("organisations", _organisations)
"""Every organisation, by name; `folded` has all its names."""


def load_organisation(db: sqlite3.Connection, identifier: str) -> OrganisationPage | None:
    """The organisation with this id, or `None`."""
    values = (identifier,)
    organisation = next(named_rows(db.execute(_ORGANISATION, values)), None)
    if organisation is None:
        return None
    return OrganisationPage(
        organisation=organisation,
        names=[row for row in named_rows(db.execute(_OWN_NAMES, values)) if row["name"] != organisation["name"]],
        predecessors=list(named_rows(db.execute(_PREDECESSORS, values))),
        people=list(named_rows(db.execute(_PEOPLE, values))),
        meetings=[row[0] for row in db.execute(_MEETINGS, values)],
        actions=[row[0] for row in db.execute(_ACTIONS, values)],
        attendance=list(named_rows(db.execute(_ATTENDANCE, values))),
    )
