"""Which person or body somebody means by a name or an id."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from minutes_nlp.errors import QueryError
from minutes_nlp.query.filters import words_in
from minutes_nlp.query.places import SHORTEST_PREFIX, several_called
from minutes_nlp.store.identity import fold, storable

_NEAR = 3  # names that are suggested


class Named(NamedTuple):
    """A person or a body: id and name."""

    id: str
    name: str


def find_person(db: sqlite3.Connection, reference: str) -> Named:
    """The person with this name (in any spelling that the minutes use, without case and accents) or id.

    Raises:
        QueryError: `query.no_person`, or, where a name has these words, `query.no_person_near`; `query.several_called`,
            with those that fit.
    """
    typed = storable(reference).strip()
    sql = "SELECT id, name FROM people WHERE length(?1) >= ?2 AND id >= ?1 AND id < ?1 || 'g' ORDER BY name, id"
    found = db.execute(sql, (typed.lower(), SHORTEST_PREFIX)).fetchall()
    if not found:
        sql = """SELECT id, name FROM people WHERE name_folded = ?1
            OR id IN (SELECT person_id FROM person_names WHERE name_folded = ?1) ORDER BY name, id"""
        found = db.execute(sql, (fold(typed),)).fetchall()
    if not found and (near := _near(db, typed)):
        raise QueryError(
            "query.no_person_near",
            f"There is nobody called {reference!r}. Do you mean {near}?",
            "Give the whole name, or the first digits of the id.",
            reference=reference,
            near=near,
        )
    if not found:
        raise QueryError(
            "query.no_person",
            f"There is nobody called {reference!r}.",
            "`minutes people --name …` finds people by a part of their name.",
            reference=reference,
        )
    if len(found) > 1:
        raise several_people(db, reference, found)
    return Named(*found[0])


def _near(db: sqlite3.Connection, typed: str) -> str:
    """The names of people with these words in one of them."""
    condition, words = words_in("name_folded", typed)
    sql = f"""SELECT name FROM people WHERE {condition}
        OR id IN (SELECT person_id FROM person_names WHERE {condition}) ORDER BY fold(name), name LIMIT {_NEAR}"""  # noqa: S608 of words_in
    return ", ".join(dict.fromkeys(row[0] for row in db.execute(sql, (*words, *words)))) if words else ""


def several_people(db: sqlite3.Connection, reference: str, found: Sequence[tuple[str, str]]) -> QueryError:
    """What to raise if several people fit: each by id, name, and where she last was, which tells namesakes apart."""
    sql = """SELECT coalesce(m.body, m.title, ''), coalesce(m.date, '') FROM attendance a
        JOIN meetings m ON m.id = a.meeting_id WHERE a.person_id = ? ORDER BY m.date DESC LIMIT 1"""
    described = []
    for identifier, name in found:
        last = db.execute(sql, (identifier,)).fetchone() or ()
        where = ", ".join(filter(None, last))
        described.append(f"{identifier} {name}" + (f" ({where})" if where else ""))
    return several_called(reference, described)


class Apart(NamedTuple):
    """Where two people stand in one list with different statuses: the meeting, and both as the list has them."""

    meeting: str
    first: str
    first_status: str
    second: str
    second_status: str


def listed_apart(db: sqlite3.Connection, one: str, other: str) -> Apart | None:
    """The latest list in which two people (ids) have different statuses, and so are hardly one; `None` if none has."""
    sql = """SELECT trim(coalesce(m.date, '') || ' ' || coalesce(m.title, d.path)), a.name, a.status, b.name, b.status
        FROM attendance a JOIN attendance b ON b.meeting_id = a.meeting_id AND b.status <> a.status
        JOIN meetings m ON m.id = a.meeting_id JOIN documents d ON d.id = m.document_id
        WHERE a.person_id = ? AND b.person_id = ? AND m.superseded_by IS NULL
        ORDER BY m.date DESC, d.path, a.position, b.position LIMIT 1"""
    row = db.execute(sql, (one, other)).fetchone()
    return None if row is None else Apart(*row)


def spellings(db: sqlite3.Connection, person: str) -> list[str]:
    """How the minutes write a person, by id."""
    sql = """SELECT name FROM person_names WHERE person_id = ?1
        UNION SELECT name FROM attendance WHERE person_id = ?1 ORDER BY name"""
    return [row[0] for row in db.execute(sql, (person,))]
