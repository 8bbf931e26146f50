"""People and bodies in the database: what they are worked out from, and putting the result there."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from minutes_nlp.store.connect import transaction
from minutes_nlp.store.identity import fold

_LOOKED_AT = (
    "SELECT id, name, meeting_id, organisation, role, person_id, organisation_id FROM attendance ORDER BY id",
    "SELECT m.id, m.body, m.date, d.path, m.organisation_id FROM meetings m JOIN documents d ON d.id = m.document_id "
    "ORDER BY m.id",
    "SELECT id, name, action_id, attendance_id, person_id, organisation_id FROM action_owners ORDER BY id",
    "SELECT owner_id, attendance_id FROM owner_candidates ORDER BY owner_id, position",
    "SELECT id, name, source FROM people ORDER BY id",
    "SELECT id, name, source FROM organisations ORDER BY id",
)
_AT_ONCE = 1000  # rows
_VALUES = Sequence[str | int | None]


class ListedName(NamedTuple):
    """An entry of an attendance list, as far as it tells who somebody is."""

    id: str
    name: str
    meeting: str
    organisation: str | None


class HeldMeeting(NamedTuple):
    """A meeting: the group that met as printed, its day, the path and the media type of its document."""

    id: str
    body: str | None
    day: str | None
    path: str
    media_type: str = ""


class NamedOwner(NamedTuple):
    """An owner of an action: its meeting, and the entries of the attendance list that it may be (one only is sure)."""

    id: str
    name: str
    meeting: str
    entries: tuple[str, ...]


def listed_names(db: sqlite3.Connection) -> list[ListedName]:
    """All entries of attendance lists, by meeting, in their order."""
    sql = "SELECT id, name, meeting_id, organisation FROM attendance ORDER BY meeting_id, position"
    return [ListedName(*row) for row in db.execute(sql)]


def held_meetings(db: sqlite3.Connection) -> dict[str, HeldMeeting]:
    """All meetings by id."""
    sql = """SELECT m.id, m.body, m.date, d.path, d.media_type FROM meetings m JOIN documents d ON d.id = m.document_id
        ORDER BY m.id"""
    return {row[0]: HeldMeeting(*row) for row in db.execute(sql)}


def role_holders(db: sqlite3.Connection) -> dict[tuple[str, str], tuple[str, ...]]:
    """Who chairs or writes the minutes of each meeting: the entries (ids) of its list by meeting (id) and role."""
    found: dict[tuple[str, str], list[str]] = {}
    sql = "SELECT meeting_id, role, id FROM attendance WHERE role IS NOT NULL ORDER BY meeting_id, position"
    for meeting, role, entry in db.execute(sql):
        found.setdefault((meeting, role), []).append(entry)
    return {key: tuple(entries) for key, entries in found.items()}


def named_owners(db: sqlite3.Connection) -> list[NamedOwner]:
    """All owners of actions; of one that several attendees fit, all of these."""
    candidates: dict[str, list[str]] = {}
    for owner, entry in db.execute("SELECT owner_id, attendance_id FROM owner_candidates ORDER BY owner_id, position"):
        candidates.setdefault(owner, []).append(entry)
    sql = """SELECT o.id, o.name, a.meeting_id, o.attendance_id FROM action_owners o
        JOIN actions a ON a.id = o.action_id ORDER BY o.id"""
    return [
        NamedOwner(identifier, name, meeting, (entry,) if entry else tuple(candidates.get(identifier, ())))
        for identifier, name, meeting, entry in db.execute(sql)
    ]


@dataclass(slots=True)
class Who:
    """Who and which body a row names; with several people who fit, those (`person` is then `None`)."""

    person: str | None = None
    organisation: str | None = None
    candidates: tuple[str, ...] = ()


@dataclass(slots=True)
class PeopleRows:
    """All rows on people and bodies; ids as of `stable_id`.

    Attributes:
        people: id, name, source.
        person_names: person id, name, source.
        organisations: id, name, kind, source, successor id.
        organisation_names: organisation id, name, language, 1 for a short one.
        affiliations: person id, position, organisation id, first day, last day.
        attendance: who each entry is, by its id.
        owners: who each owner is, by its id.
        meetings: the organisation that met, by the meeting's id.
    """

    people: list[tuple[str, str, str]] = field(default_factory=list)
    person_names: list[tuple[str, str, str]] = field(default_factory=list)
    organisations: list[tuple[str, str, str, str, str | None]] = field(default_factory=list)
    organisation_names: list[tuple[str, str, str | None, int]] = field(default_factory=list)
    affiliations: list[tuple[str, int, str, str | None, str | None]] = field(default_factory=list)
    attendance: dict[str, Who] = field(default_factory=dict)
    owners: dict[str, Who] = field(default_factory=dict)
    meetings: dict[str, str | None] = field(default_factory=dict)


def fingerprint(db: sqlite3.Connection, *others: str) -> str:
    """Changes whenever what people and bodies are worked out from does, or what came of it, or one of `others`."""
    digest = hashlib.sha256(repr(others).encode("utf-8", "surrogatepass"))
    for sql in _LOOKED_AT:
        cursor = db.execute(sql)
        while rows := cursor.fetchmany(_AT_ONCE):
            digest.update(repr(rows).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def is_current(db: sqlite3.Connection, mark: str) -> bool:
    """Whether `mark` is the fingerprint with which people and bodies were last saved."""
    row: tuple[str] | None = db.execute("SELECT fingerprint FROM people_state").fetchone()
    return row == (mark,)


def save_people(db: sqlite3.Connection, rows: PeopleRows, *others: str) -> None:
    """Bring the database's people and bodies to what `rows` say; only what differs is written, all or nothing.

    Args:
        db: opened for writing.
        rows: all of them.
        others: what else they were worked out from (see `fingerprint`).

    Raises:
        StoreError: `store.locked`.
    """
    with contextlib.nullcontext() if db.in_transaction else transaction(db):
        _upsert(db, "people", ("name", "name_folded", "source"), {p[0]: (p[1], fold(p[1]), p[2]) for p in rows.people})
        bodies = {body[0]: (body[1], fold(body[1]), *body[2:4]) for body in rows.organisations}
        _upsert(db, "organisations", ("name", "name_folded", "kind", "source"), bodies)
        _refer(db, "organisations", ("successor_id",), {body[0]: (body[4],) for body in rows.organisations})
        _refer(db, "attendance", ("person_id", "organisation_id"), _references(rows.attendance))
        _refer(db, "action_owners", ("person_id", "organisation_id"), _references(rows.owners))
        _refer(db, "meetings", ("organisation_id",), {key: (body,) for key, body in rows.meetings.items()})
        _sync(db, "person_names", {(person, name, fold(name), source) for person, name, source in rows.person_names})
        names = {(body, name, fold(name), language, short) for body, name, language, short in rows.organisation_names}
        _sync(db, "organisation_names", names)
        _sync(db, "person_affiliations", set(rows.affiliations))
        _sync(db, "attendance_candidates", _candidates(rows.attendance))
        _sync(db, "owner_people", _candidates(rows.owners))
        for table, kept in (("people", rows.people), ("organisations", rows.organisations)):
            _delete_others(db, table, {row[0] for row in kept})
        db.execute("INSERT OR REPLACE INTO people_state VALUES (1, ?)", (fingerprint(db, *others),))


def _references(found: Mapping[str, Who]) -> dict[str, tuple[str | None, ...]]:
    return {identifier: (who.person, who.organisation) for identifier, who in found.items()}


def _candidates(found: Mapping[str, Who]) -> set[tuple[str, int, str]]:
    return {
        (identifier, position, person)
        for identifier, who in found.items()
        for position, person in enumerate(who.candidates)
    }


def _upsert(db: sqlite3.Connection, table: str, columns: Sequence[str], wanted: Mapping[str, _VALUES]) -> None:
    """Insert the rows that are missing, and change those that differ; `wanted` holds the values by id."""
    present = _present(db, table, columns)
    missing = [(identifier, *values) for identifier, values in wanted.items() if identifier not in present]
    places = ", ".join("?" * (len(columns) + 1))
    db.executemany(f"INSERT INTO {table} (id, {', '.join(columns)}) VALUES ({places})", missing)  # noqa: S608 own names
    _refer(db, table, columns, {key: values for key, values in wanted.items() if key in present})


def _refer(db: sqlite3.Connection, table: str, columns: Sequence[str], wanted: Mapping[str, _VALUES]) -> None:
    """Change the rows whose values differ."""
    present = _present(db, table, columns)
    changed = [(*values, key) for key, values in wanted.items() if present.get(key) != tuple(values)]
    settings = ", ".join(f"{column} = ?" for column in columns)
    db.executemany(f"UPDATE {table} SET {settings} WHERE id = ?", changed)  # noqa: S608 own names


def _present(db: sqlite3.Connection, table: str, columns: Sequence[str]) -> dict[str, tuple[str | int | None, ...]]:
    sql = f"SELECT id, {', '.join(columns)} FROM {table}"  # noqa: S608 own names
    return {row[0]: row[1:] for row in db.execute(sql)}


def _sync(db: sqlite3.Connection, table: str, wanted: Collection[tuple[str | int | None, ...]]) -> None:
    """Have a table hold exactly the rows `wanted`, all columns in their order; its first two columns are the key."""
    present = set(db.execute(f"SELECT * FROM {table}"))  # noqa: S608 own name
    columns = [row[1] for row in db.execute("SELECT * FROM pragma_table_info(?)", (table,))]
    gone = [row[:2] for row in present if row not in wanted]
    db.executemany(f"DELETE FROM {table} WHERE {columns[0]} = ? AND {columns[1]} = ?", gone)  # noqa: S608 own names
    new: Iterable[tuple[str | int | None, ...]] = sorted((row for row in wanted if row not in present), key=repr)
    db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", new)  # noqa: S608 own name


def _delete_others(db: sqlite3.Connection, table: str, kept: Collection[str]) -> None:
    gone = [row for row in db.execute(f"SELECT id FROM {table}") if row[0] not in kept]  # noqa: S608 own name
    db.executemany(f"DELETE FROM {table} WHERE id = ?", gone)  # noqa: S608 own name
