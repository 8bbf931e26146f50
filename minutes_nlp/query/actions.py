"""Which action items are there?"""

from __future__ import annotations

import sqlite3

from minutes_nlp.errors import QueryError
from minutes_nlp.query.filters import ActionFilter, Conditions, add_theme, words_in
from minutes_nlp.query.references import find_meetings, find_themes
from minutes_nlp.query.rows import ActionRow

_ACTIONS = """
SELECT a.id, e.quote, a.due, u.quote, a.due_last_day, a.status, a.meeting_id, i.number, i.title, a.language,
  a.is_repeat, a.recogniser, a.confidence, e.start_offset, e.end_offset
FROM actions a JOIN evidence e ON e.id = a.evidence_id
LEFT JOIN evidence u ON u.id = a.due_evidence_id LEFT JOIN agenda_items i ON i.id = a.agenda_item_id
"""

_OWNER = """a.id IN (
  SELECT o.action_id FROM action_owners o LEFT JOIN attendance t ON t.id = o.attendance_id
  LEFT JOIN people p ON p.id = t.person_id WHERE {owner} OR {person})"""

_ORGANISATION = """a.id IN (
  SELECT o.action_id FROM action_owners o LEFT JOIN attendance t ON t.id = o.attendance_id
  LEFT JOIN organisations g ON g.id = t.organisation_id WHERE {owner} OR {organisation})"""

_MEETINGS = """
SELECT m.id, m.date, m.title, m.body, d.path FROM meetings m JOIN documents d ON d.id = m.document_id
"""

_Meeting = tuple[str | None, str | None, str | None, str]


def find_actions(db: sqlite3.Connection, wanted: ActionFilter | None = None) -> list[ActionRow]:
    """The actions that `wanted` asks for (default: all), the most urgent first.

    Those with a deadline come first, by their last day; the others by the date of their meeting; then as in the
    document.

    Raises:
        QueryError: `query.no_today`: overdue was asked without a day; `query.no_meeting`; `query.no_theme`.
    """
    wanted = wanted or ActionFilter()
    conditions = _conditions(db, wanted)
    today = wanted.today.isoformat() if wanted.today else ""
    rows = db.execute(f"{_ACTIONS} {conditions.where()}", conditions.values).fetchall()
    meetings: dict[str, _Meeting] = {row[0]: row[1:] for row in db.execute(_MEETINGS)}
    owners = _owners(db)
    found = []
    for row in rows:
        identifier, quote, due, due_text, last_day, status, meeting_id, number, title, language, repeat, *rest = row
        recogniser, confidence, start, end = rest
        date, meeting_title, body, path = meetings[meeting_id]
        overdue = last_day is not None and last_day < today and status == "open"
        found.append(
            ActionRow(
                identifier,
                quote,
                owners.get(identifier, ()),
                due,
                due_text,
                last_day,
                status,
                overdue,
                meeting_id,
                date,
                meeting_title,
                body,
                number,
                title,
                language,
                bool(repeat),
                recogniser,
                confidence,
                path,
                start,
                end,
            )
        )
    found.sort(key=_urgency)
    return found


def _urgency(row: ActionRow) -> tuple[str, str, str, int]:
    return (row.due_last_day or "9999-99-99", row.meeting_date or "", row.document, row.start)


def _owners(db: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """The names of the owners of each action that has any."""
    owners: dict[str, tuple[str, ...]] = {}
    for action, name in db.execute("SELECT action_id, name FROM action_owners ORDER BY action_id, position"):
        owners[action] = (*owners[action], name) if action in owners else (name,)
    return owners


def _own_conditions(wanted: ActionFilter) -> Conditions:
    """The conditions on the columns of the action itself."""
    conditions = Conditions()
    if wanted.open != wanted.done:
        conditions.add("a.status = ?", "open" if wanted.open else "done")
    if not wanted.repeats:
        conditions.add("a.is_repeat = 0")
    if wanted.overdue:
        if wanted.today is None:
            raise QueryError("query.no_today", "What is overdue depends on the day, and none was given.")
        conditions.add("a.status = 'open' AND a.due_last_day < ?", wanted.today.isoformat())
    if wanted.due_before:
        conditions.add("a.due_last_day < ?", wanted.due_before.isoformat())
    if wanted.due_after:
        conditions.add("a.due_last_day > ?", wanted.due_after.isoformat())
    return conditions


def _conditions(db: sqlite3.Connection, wanted: ActionFilter) -> Conditions:
    conditions = _own_conditions(wanted)
    if wanted.owner:
        owner, words = words_in("o.name_folded", wanted.owner)
        person, _ = words_in("p.name_folded", wanted.owner)
        conditions.add(_OWNER.format(owner=owner, person=person), *words, *words)
    if wanted.organisation:
        owner, words = words_in("o.name_folded", wanted.organisation)
        organisation, _ = words_in("g.name_folded", wanted.organisation)
        conditions.add(_ORGANISATION.format(owner=owner, organisation=organisation), *words, *words)
    if wanted.meeting:
        conditions.add_in("a.meeting_id", find_meetings(db, wanted.meeting))
    if wanted.theme:
        add_theme(conditions, find_themes(db, wanted.theme))
    return conditions
