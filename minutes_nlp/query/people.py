"""Who appears in the attendance lists, and what is known of one person?"""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Iterable
from typing import Final

from minutes_nlp.errors import QueryError
from minutes_nlp.query.actions import find_actions
from minutes_nlp.query.filters import ActionFilter, Conditions, words_in
from minutes_nlp.query.named import find_person, several_people
from minutes_nlp.query.people_rows import AffiliationRow, AttendedRow, PersonDetail, ThemeCount, UnsureRow
from minutes_nlp.query.rows import PersonRow
from minutes_nlp.store.connect import named_rows

_PEOPLE = """
SELECT id, name, organisations, meetings, present, excused, absent, open_actions, last_meeting FROM people_view
"""

_NAMED = "{name} OR id IN (SELECT person_id FROM person_names WHERE {also})"

_WITH_ORGANISATION = """id IN (
  SELECT a.person_id FROM affiliations a JOIN organisations g ON g.id = a.organisation_id
  WHERE {name} OR g.id IN (SELECT organisation_id FROM organisation_names WHERE {also}))"""

AFFILIATIONS: Final = """
SELECT person_id, person, organisation_id, organisation, first_day, last_day, meetings, source FROM affiliations
WHERE {column} = ? ORDER BY coalesce(last_day, '9999') DESC, first_day DESC, person, organisation
"""
"""The affiliations of one person or one body, the latest first."""

_ATTENDED = """
SELECT m.id AS meeting_id, m.date, m.title, m.body, a.name, a.status, a.role, a.organisation, d.path AS document
FROM attendance a JOIN meetings m ON m.id = a.meeting_id JOIN documents d ON d.id = m.document_id
WHERE m.superseded_by IS NULL AND {condition} ORDER BY m.date DESC, d.path, a.position
"""

_UNSURE = """
SELECT a.id AS attendance_id, a.name, (SELECT json_group_array(name) FROM (
    SELECT p.name FROM attendance_candidates c JOIN people p ON p.id = c.person_id WHERE c.attendance_id = a.id
    ORDER BY c.position)) AS candidates,
  a.status, a.organisation, m.id AS meeting_id, m.date AS meeting_date, m.body AS meeting_body, d.path AS document
FROM (SELECT DISTINCT attendance_id FROM attendance_candidates) u JOIN attendance a ON a.id = u.attendance_id
JOIN meetings m ON m.id = a.meeting_id AND m.superseded_by IS NULL JOIN documents d ON d.id = m.document_id
"""

_THEMES = """
SELECT t.theme_id, count(DISTINCT t.meeting_id) FROM meeting_themes t
WHERE t.meeting_id IN (SELECT value FROM json_each(?)) GROUP BY t.theme_id ORDER BY 2 DESC, 1
"""


def list_people(db: sqlite3.Connection, *, name: str | None = None, organisation: str | None = None) -> list[PersonRow]:
    """The people of the attendance lists, by name; however they are written in them.

    Args:
        name: words of one of the person's names, each a substring, without case or accents.
        organisation: likewise, of one of the names of an organisation that she stood for, by a list or the directory.
    """
    conditions = Conditions()
    if name:
        shown, words = words_in("fold(name)", name)
        also, _ = words_in("name_folded", name)
        conditions.add(_NAMED.format(name=shown, also=also), *words, *words)
    if organisation:
        shown, words = words_in("g.name_folded", organisation)
        also, _ = words_in("name_folded", organisation)
        conditions.add(_WITH_ORGANISATION.format(name=shown, also=also), *words, *words)
    return _people(db, conditions)


def list_unsure(db: sqlite3.Connection, *, name: str | None = None) -> list[UnsureRow]:
    """The names in attendance lists that several people fit, the latest meeting first.

    Args:
        db: the database.
        name: words of the name as printed, each a substring, without case or accents.
    """
    conditions = Conditions()
    if name:
        condition, words = words_in("fold(a.name)", name)
        conditions.add(condition, *words)
    sql = f"{_UNSURE} {conditions.where()} ORDER BY m.date DESC, d.path, a.position"
    rows = named_rows(db.execute(sql, conditions.values))
    return [UnsureRow(**{**row, "candidates": tuple(json.loads(row["candidates"]))}) for row in rows]


def show_person(db: sqlite3.Connection, reference: str, *, today: datetime.date | None = None) -> PersonDetail:
    """All that is known of one person.

    Args:
        db: the database.
        reference: a name of hers, in any spelling, or her id; words of a name do if they fit nobody else.
        today: the day against which open actions are overdue; without it none is.

    Raises:
        QueryError: `query.no_person`; `query.several_called`, with those that fit.
    """
    identifier = _identified(db, reference)
    attended = attended_meetings(db, "a.person_id = ?", identifier)
    unsure = "a.id IN (SELECT attendance_id FROM attendance_candidates WHERE person_id = ?)"
    names = db.execute("SELECT name FROM person_names WHERE person_id = ? ORDER BY fold(name), name", (identifier,))
    return PersonDetail(
        person=_row(db, identifier),
        names=tuple(row[0] for row in names),
        source=db.execute("SELECT source FROM people WHERE id = ?", (identifier,)).fetchone()[0],
        affiliations=affiliations(db, "person_id", identifier),
        meetings=attended,
        unsure=attended_meetings(db, unsure, identifier),
        actions=tuple(find_actions(db, ActionFilter(owner_id=identifier, today=today))),
        themes=theme_counts(db, (row.meeting_id for row in attended if row.status == "present")),
    )


def affiliations(db: sqlite3.Connection, column: str, identifier: str) -> tuple[AffiliationRow, ...]:
    """The affiliations of the person or the organisation (`column` is `person_id` or `organisation_id`)."""
    rows = db.execute(AFFILIATIONS.format(column=column), (identifier,))
    return tuple(AffiliationRow(*row) for row in rows)


def attended_meetings(db: sqlite3.Connection, condition: str, identifier: str) -> tuple[AttendedRow, ...]:
    """The entries `a` of attendance lists that fulfil a condition, in which `identifier` fills every `?`."""
    sql = _ATTENDED.format(condition=condition)
    return tuple(AttendedRow(**row) for row in named_rows(db.execute(sql, (identifier,) * condition.count("?"))))


def theme_counts(db: sqlite3.Connection, meetings: Iterable[str]) -> tuple[ThemeCount, ...]:
    """The themes of these meetings, the most common first."""
    return tuple(ThemeCount(*row) for row in db.execute(_THEMES, (json.dumps(sorted(set(meetings))),)))


def _identified(db: sqlite3.Connection, reference: str) -> str:
    try:
        return find_person(db, reference).id
    except QueryError as error:
        if not error.code.startswith("query.no_person"):
            raise
        condition, words = words_in("name_folded", reference)
        sql = f"""SELECT id, name FROM people WHERE {condition}
            OR id IN (SELECT person_id FROM person_names WHERE {condition}) ORDER BY name, id"""  # noqa: S608 of words_in
        found = db.execute(sql, (*words, *words)).fetchall() if words else []
        if not found:
            raise
        if len(found) > 1:
            raise several_people(db, reference, found) from error
        return str(found[0][0])


def _row(db: sqlite3.Connection, identifier: str) -> PersonRow:
    """The person's figures; all zero for somebody who stands in the directory and in no list."""
    conditions = Conditions()
    conditions.add("id = ?", identifier)
    rows = _people(db, conditions)
    if rows:
        return rows[0]
    name = db.execute("SELECT name FROM people WHERE id = ?", (identifier,)).fetchone()[0]
    return PersonRow(identifier, name, (), 0, 0, 0, 0, 0, None)


def _people(db: sqlite3.Connection, conditions: Conditions) -> list[PersonRow]:
    sql = f"{_PEOPLE} {conditions.where()} ORDER BY fold(name), name, id"
    rows = named_rows(db.execute(sql, conditions.values))
    return [PersonRow(**{**row, "organisations": tuple(json.loads(row["organisations"]))}) for row in rows]
