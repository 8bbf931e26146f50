"""Which bodies do the minutes name, and what is known of one of them?"""

from __future__ import annotations

import datetime
import sqlite3

from minutes_nlp.errors import QueryError
from minutes_nlp.query.actions import find_actions
from minutes_nlp.query.filters import ActionFilter, Conditions, words_in
from minutes_nlp.query.named import Named
from minutes_nlp.query.people import affiliations, attended_meetings, theme_counts
from minutes_nlp.query.people_rows import HeldRow, NameRow, OrganisationDetail, OrganisationRow
from minutes_nlp.query.places import SHORTEST_PREFIX, several_called
from minutes_nlp.store.connect import named_rows
from minutes_nlp.store.identity import fold, storable

_ORGANISATIONS = """
SELECT o.id, o.name, o.kind, o.source, (SELECT name FROM organisations WHERE id = o.successor_id) AS successor,
  (SELECT count(DISTINCT a.person_id) FROM attendance a JOIN meetings m ON m.id = a.meeting_id
    WHERE a.organisation_id = o.id AND m.superseded_by IS NULL) AS people,
  (SELECT count(DISTINCT a.meeting_id) FROM attendance a JOIN meetings m ON m.id = a.meeting_id
    WHERE a.organisation_id = o.id AND m.superseded_by IS NULL) AS meetings,
  (SELECT count(*) FROM meetings WHERE organisation_id = o.id AND superseded_by IS NULL) AS held,
  (SELECT count(*) FROM (
    SELECT w.action_id AS id FROM action_owners w WHERE w.organisation_id = o.id
    UNION SELECT w.action_id FROM attendance t CROSS JOIN action_owners w ON w.attendance_id = t.id
      WHERE t.organisation_id = o.id) named
    JOIN actions c ON c.id = named.id JOIN meetings m ON m.id = c.meeting_id
    LEFT JOIN ledger_actions l ON l.owners_action_id = c.id
    WHERE m.superseded_by IS NULL AND CASE WHEN l.id IS NOT NULL THEN l.status = 'open'
      ELSE c.status = 'open' AND c.is_repeat = 0 AND NOT EXISTS (SELECT 1 FROM ledger_events WHERE action_id = c.id)
      END) AS open_actions,
  (SELECT max(date) FROM (
    SELECT date FROM meetings WHERE organisation_id = o.id AND superseded_by IS NULL
    UNION ALL SELECT m.date FROM attendance a CROSS JOIN meetings m ON m.id = a.meeting_id
      WHERE a.organisation_id = o.id AND m.superseded_by IS NULL)) AS last_meeting
FROM organisations o
"""

_NAMED = "{name} OR o.id IN (SELECT organisation_id FROM organisation_names WHERE {also})"

_HELD = """
SELECT m.id AS meeting_id, m.date, m.title, m.body, d.path AS document
FROM meetings m JOIN documents d ON d.id = m.document_id
WHERE m.organisation_id = ? AND m.superseded_by IS NULL ORDER BY m.date DESC, d.path
"""


def list_organisations(
    db: sqlite3.Connection, *, name: str | None = None, kind: str | None = None
) -> list[OrganisationRow]:
    """The bodies that the minutes or the user's directory name, by name.

    Args:
        db: the database.
        name: words of one of its names in any language, each a substring, without case or accents.
        kind: of this kind only (`social-centre`, `municipality`, `federal` …).
    """
    conditions = Conditions()
    if name:
        shown, words = words_in("o.name_folded", name)
        also, _ = words_in("name_folded", name)
        conditions.add(_NAMED.format(name=shown, also=also), *words, *words)
    if kind:
        conditions.add("o.kind = ?", kind)
    sql = f"{_ORGANISATIONS} {conditions.where()} ORDER BY o.name_folded, o.name, o.id"
    return [OrganisationRow(**row) for row in named_rows(db.execute(sql, conditions.values))]


def show_organisation(
    db: sqlite3.Connection, reference: str, *, today: datetime.date | None = None
) -> OrganisationDetail:
    """All that is known of one body.

    Args:
        db: the database.
        reference: one of its names in any language, or its id; words of a name do if they fit no other body.
        today: the day against which open actions are overdue; without it none is.

    Raises:
        QueryError: `query.no_organisation`; `query.several_called`, with those that fit.
    """
    identifier = find_organisation(db, reference).id
    row = next(named_rows(db.execute(f"{_ORGANISATIONS} WHERE o.id = ?", (identifier,))))
    attended = attended_meetings(db, "a.organisation_id = ?", identifier)
    held = tuple(HeldRow(**found) for found in named_rows(db.execute(_HELD, (identifier,))))
    predecessors = db.execute("SELECT name FROM organisations WHERE successor_id = ? ORDER BY name", (identifier,))
    return OrganisationDetail(
        organisation=OrganisationRow(**row),
        names=_names(db, identifier, row["name"]),
        predecessors=tuple(found[0] for found in predecessors),
        affiliations=affiliations(db, "organisation_id", identifier),
        meetings=attended,
        held=held,
        actions=tuple(find_actions(db, ActionFilter(body_id=identifier, today=today))),
        themes=theme_counts(db, [*(one.meeting_id for one in attended), *(one.meeting_id for one in held)]),
    )


def find_organisation(db: sqlite3.Connection, reference: str) -> Named:
    """The body with this name (in any language, without case and accents) or id; else the only one whose name has
    these words.

    Raises:
        QueryError: `query.no_organisation`; `query.several_called`, with those that fit.
    """
    typed = storable(reference).strip()
    by_id = (
        "SELECT id, name FROM organisations WHERE length(?1) >= ?2 AND id >= ?1 AND id < ?1 || 'g' ORDER BY name, id"
    )
    found = db.execute(by_id, (typed.lower(), SHORTEST_PREFIX)).fetchall()
    words = fold(typed).split()
    part, values = words_in("name_folded", typed)
    for condition, filled in (("name_folded = ?", [" ".join(words)]), (part, values)):
        if not found and words:
            sql = f"""SELECT id, name FROM organisations WHERE {condition}
                OR id IN (SELECT organisation_id FROM organisation_names WHERE {condition}) ORDER BY name, id"""  # noqa: S608 ours
            found = db.execute(sql, (*filled, *filled)).fetchall()
    if not found:
        raise QueryError(
            "query.no_organisation",
            f"There is no organisation called {reference!r}.",
            "`minutes organisations --name …` finds them by a part of their name.",
            reference=reference,
        )
    if len(found) > 1:
        raise several_called(reference, [f"{identifier} {name}" for identifier, name in found])
    return Named(*found[0])


def _names(db: sqlite3.Connection, identifier: str, shown: str) -> tuple[NameRow, ...]:
    sql = """SELECT name, language, short FROM organisation_names WHERE organisation_id = ?
        ORDER BY name <> ?, short, language IS NULL, language, name"""
    return tuple(NameRow(name, language, bool(short)) for name, language, short in db.execute(sql, (identifier, shown)))
