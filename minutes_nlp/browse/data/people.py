"""People: the list, and everything about one."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from minutes_nlp.browse.lists import Kept
from minutes_nlp.store.connect import named_rows
from minutes_nlp.store.identity import fold

Row = dict[str, Any]

_LIST = """
SELECT p.id, p.name, p.name_folded AS folded, coalesce(t.meetings, 0) AS meetings, coalesce(t.present, 0) AS present,
  t.last_meeting
FROM people p LEFT JOIN (
  SELECT a.person_id, count(*) AS meetings, sum(a.status = 'present') AS present, max(m.date) AS last_meeting
  FROM attendance a JOIN meetings m ON m.id = a.meeting_id
  WHERE m.superseded_by IS NULL AND a.person_id IS NOT NULL GROUP BY a.person_id) t ON t.person_id = p.id
ORDER BY p.name_folded, p.id
"""

_NAMES = "SELECT person_id, name_folded FROM person_names"

_ORGANISATIONS = """
SELECT DISTINCT a.person_id, o.name FROM attendance a JOIN organisations o ON o.id = a.organisation_id
WHERE a.person_id IS NOT NULL ORDER BY o.name
"""

_BODIES = """
SELECT a.person_id, coalesce(o.name, m.body) AS body FROM attendance a JOIN meetings m ON m.id = a.meeting_id
LEFT JOIN organisations o ON o.id = m.organisation_id
WHERE m.superseded_by IS NULL AND coalesce(o.name, m.body) IS NOT NULL
  AND a.person_id IN (SELECT value FROM json_each(?))
GROUP BY a.person_id, body ORDER BY count(*) DESC, body
"""

_BODIES_SHOWN = 3

_OPEN = """
SELECT o.person_id, count(DISTINCT l.id) FROM ledger_actions l JOIN action_owners o ON o.action_id = l.owners_action_id
WHERE l.status = 'open' AND o.person_id IS NOT NULL GROUP BY o.person_id
"""

_PERSON = "SELECT id, name FROM people WHERE id = ?"

_SPELLINGS = "SELECT name FROM person_names WHERE person_id = ? ORDER BY name"

_AFFILIATIONS = """
SELECT organisation_id, organisation, min(first_day) AS first_day, max(last_day) AS last_day, sum(meetings) AS meetings
FROM affiliations WHERE person_id = ? GROUP BY organisation_id ORDER BY max(last_day) DESC, organisation
"""

_ATTENDANCE = """
SELECT m.id AS meeting_id, m.date, m.title AS meeting, coalesce(o.name, m.body) AS body, a.status, a.role,
  a.organisation, a.id
FROM attendance a JOIN meetings m ON m.id = a.meeting_id LEFT JOIN organisations o ON o.id = m.organisation_id
WHERE a.person_id = ? AND m.superseded_by IS NULL ORDER BY m.date IS NULL, m.date DESC, m.id
"""

_ACTIONS = """
SELECT id FROM ledger_actions WHERE id IN (
  SELECT l.id FROM action_owners o JOIN ledger_actions l ON l.owners_action_id = o.action_id WHERE o.person_id = ?1
  UNION SELECT l.id FROM ledger_actions l JOIN json_each(l.owners) n
    JOIN person_names p ON p.name_folded = fold(n.value) AND p.person_id = ?1 WHERE l.owners_action_id IS NULL)
ORDER BY status <> 'open', due_last_day IS NULL, due_last_day, id
"""


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person: spellings of the name, whom she stood for, every meeting (the latest first), ids of her actions."""

    person: Row
    spellings: list[str]
    affiliations: list[Row]
    attendance: list[Row]
    actions: list[str]


def _people(db: sqlite3.Connection) -> list[Row]:
    rows = list(named_rows(db.execute(_LIST)))
    spellings: dict[str, list[str]] = {}
    for person, folded in db.execute(_NAMES):
        spellings.setdefault(person, []).append(folded)
    organisations: dict[str, list[str]] = {}
    for person, name in db.execute(_ORGANISATIONS):
        organisations.setdefault(person, []).append(name)
    open_ = dict(tuple(row) for row in db.execute(_OPEN))
    told_apart = _told_apart(db, rows)
    for row in rows:
        row["told_apart"] = told_apart.get(row["id"], [])
        row["folded"] = "\n".join([row["folded"], *spellings.get(row["id"], ())])
        row["organisations"] = organisations.get(row["id"], [])
        row["open_actions"] = open_.get(row["id"], 0)
    return rows


def _told_apart(db: sqlite3.Connection, rows: list[Row]) -> dict[str, list[str]]:
    """By id of each who shares a name with another: the bodies most often met with, if possible not the other's."""
    named: dict[str, list[str]] = {}
    for row in rows:
        named.setdefault(row["folded"], []).append(row["id"])
    alike = [ids for ids in named.values() if len(ids) > 1]
    bodies: dict[str, list[str]] = {person: [] for ids in alike for person in ids}
    for person, body in db.execute(_BODIES, (json.dumps(list(bodies)),)):
        bodies[person].append(body)
    found = {}
    for ids in alike:
        for person in ids:
            others = {body for other in ids if other != person for body in bodies[other]}
            own = [body for body in bodies[person] if body not in others]
            found[person] = (own or bodies[person])[:_BODIES_SHOWN]
    return found


PEOPLE = Kept("people", _people)
"""Everybody, by name; `folded` has every spelling, `told_apart` the bodies of who shares a name with another."""


def matching(rows: list[Row], typed: str) -> list[Row]:
    """The rows one of whose names has every word typed, without case or accents."""
    wanted = fold(typed).split()
    return [row for row in rows if any(all(word in name for word in wanted) for name in row["folded"].split("\n"))]


def load_person(db: sqlite3.Connection, identifier: str) -> PersonPage | None:
    """The person with this id, or `None`."""
    person = next(named_rows(db.execute(_PERSON, (identifier,))), None)
    if person is None:
        return None
    values = (identifier,)
    return PersonPage(
        person=person,
        spellings=[row[0] for row in db.execute(_SPELLINGS, values) if row[0] != person["name"]],
        affiliations=list(named_rows(db.execute(_AFFILIATIONS, values))),
        attendance=list(named_rows(db.execute(_ATTENDANCE, values))),
        actions=[row[0] for row in db.execute(_ACTIONS, values)],
    )
