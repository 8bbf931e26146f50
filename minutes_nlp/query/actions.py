"""Which actions are there, now or on a day of the past?"""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from minutes_nlp.errors import QueryError
from minutes_nlp.query.filters import ActionFilter, Conditions, add_theme, words_in
from minutes_nlp.query.owned import OWNED_BY_BODY, OWNED_BY_PERSON
from minutes_nlp.query.owners import OwnerBook, Owners
from minutes_nlp.query.references import find_meetings, find_themes
from minutes_nlp.query.rows import ActionRow
from minutes_nlp.query.states import states_at
from minutes_nlp.store.identity import fold

_ACTIONS = """
SELECT a.id, e.quote, iif(l.id IS NULL, a.due, l.due), u.quote, iif(l.id IS NULL, a.due_last_day, l.due_last_day),
  coalesce(l.status, a.status), a.meeting_id, i.number, i.title, a.language, a.is_repeat, a.recogniser, a.confidence,
  e.start_offset, e.end_offset, l.owners_action_id, l.owners, l.series, l.opened_on, l.closed_on, l.last_sign_on,
  coalesce(l.silent_meetings, 0)
FROM actions a JOIN evidence e ON e.id = a.evidence_id LEFT JOIN ledger_actions l ON l.id = a.id
LEFT JOIN evidence u ON u.id = iif(l.id IS NULL, a.due_evidence_id, l.due_evidence_id)
LEFT JOIN agenda_items i ON i.id = a.agenda_item_id
"""

_ONE_ROW_EACH = """a.is_repeat = 0 AND a.meeting_id NOT IN (SELECT id FROM meetings WHERE superseded_by IS NOT NULL)
  AND (l.id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM ledger_events WHERE action_id = a.id))"""

_NO_OWNER = """CASE WHEN l.id IS NULL
  THEN NOT EXISTS (SELECT 1 FROM action_owners WHERE action_id = a.id) ELSE l.owners = '[]' END"""

_ORGANISATION = """coalesce(l.owners_action_id, a.id) IN (
  SELECT o.action_id FROM action_owners o LEFT JOIN attendance t ON t.id = o.attendance_id
  LEFT JOIN organisations g ON g.id IN (o.organisation_id, t.organisation_id) WHERE {owner} OR {organisation}
    OR g.id IN (SELECT organisation_id FROM organisation_names WHERE {also}))
  AND (l.id IS NULL OR l.owners_action_id IS NOT NULL)
  OR l.owners_action_id IS NULL AND EXISTS (SELECT 1 FROM json_each(l.owners) w WHERE
    fold(w.value) IN (SELECT name_folded FROM organisation_names WHERE organisation_id IN (
      SELECT organisation_id FROM organisation_names WHERE {also}))
    OR fold(w.value) IN (SELECT n.name_folded FROM person_names n JOIN attendance t ON t.person_id = n.person_id
      WHERE t.organisation_id IN (SELECT organisation_id FROM organisation_names WHERE {also})))"""

_OF_MEETINGS = """a.meeting_id IN ({meetings})
  OR a.id IN (SELECT ledger_action_id FROM ledger_events WHERE meeting_id IN ({meetings}))"""

_MEETINGS = """
SELECT m.id, m.date, m.title, m.body, d.path FROM meetings m JOIN documents d ON d.id = m.document_id
"""

_STATE: Final = (
    "status",
    "due",
    "due_text",
    "due_last_day",
    "opened_on",
    "closed_on",
    "last_sign_on",
    "silent_meetings",
)
"""The fields of a row that change with the day, besides its owners and whether it is overdue."""

_Meeting = tuple[str | None, str | None, str | None, str]


def find_actions(db: sqlite3.Connection, wanted: ActionFilter | None = None) -> list[ActionRow]:
    """The actions that `wanted` asks for (default: all), the most urgent first.

    Those with a deadline come first, by their last day; the others by the date of their meeting; then as in the
    document. An action that several meetings speak of is one row, at the passage that began it.

    Raises:
        QueryError: `query.no_today`: overdue was asked without a day; `query.no_meeting`; `query.no_theme`.
    """
    wanted = wanted or ActionFilter()
    if wanted.overdue and wanted.today is None:
        raise QueryError("query.no_today", "What is overdue depends on the day, and none was given.")
    conditions = _conditions(db, wanted)
    rows = db.execute(f"{_ACTIONS} {conditions.where()}", conditions.values).fetchall()
    meetings: dict[str, _Meeting] = {row[0]: row[1:] for row in db.execute(_MEETINGS)}
    book = OwnerBook(db)
    if wanted.as_of is not None:
        every = _rows(rows, meetings, book, ActionFilter(today=wanted.today))
        found = list(_as_of(db, every, book, wanted, wanted.as_of))
    else:
        found = list(_rows(rows, meetings, book, wanted))
    found.sort(key=_urgency)
    return found


def _rows(
    rows: Iterable[tuple[Any, ...]],
    meetings: Mapping[str, _Meeting],
    book: OwnerBook,
    wanted: ActionFilter,
) -> Iterator[ActionRow]:
    """The rows whose owners are those that `wanted` asks for; its other conditions have been seen to."""
    now = wanted.today.isoformat() if wanted.today else ""
    for row in rows:
        identifier, quote, due, due_text, last_day, status, meeting_id, number, title, language, repeat, *rest = row
        recogniser, confidence, start, end, by, names, series, opened_on, closed_on, last_sign_on, silent = rest
        owners = book.present(identifier, by, None if names is None else json.loads(names), series)
        if not _are_wanted(owners, wanted):
            continue
        date, meeting_title, body, path = meetings[meeting_id]
        yield ActionRow(
            identifier,
            quote,
            tuple(owner.name for owner in owners),
            due,
            due_text,
            last_day,
            status,
            last_day is not None and last_day < now and status == "open",
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
            opened_on or date,
            closed_on,
            last_sign_on or date,
            silent,
        )


def _are_wanted(owners: Owners, wanted: ActionFilter) -> bool:
    """Whether one of the owners is whom `wanted` asks for."""
    words = fold(wanted.owner or "").split()
    if wanted.owner_id is not None and all(owner.id != wanted.owner_id for owner in owners):
        return False
    return not wanted.owner or not words or any(owner.fits(words) for owner in owners)


def _as_of(
    db: sqlite3.Connection, rows: Iterable[ActionRow], book: OwnerBook, wanted: ActionFilter, day: datetime.date
) -> Iterator[ActionRow]:
    """The rows as they stood on a day, those that `wanted` still asks for."""
    states = states_at(db, day)
    known = {row[0] for row in db.execute("SELECT id FROM ledger_actions")}
    now = (wanted.today or day).isoformat()
    for row in rows:
        state = states.get(row.id)
        if state is None and (row.id in known or (row.meeting_date or "") > day.isoformat()):
            continue  # it had not begun
        if state is not None:
            owners = book.present(row.id, state.owners_action, state.owners, state.series)
            if not _are_wanted(owners, wanted):
                continue
            late = state.due_last_day is not None and state.due_last_day < now and state.status == "open"
            values = {name: getattr(state, name) for name in _STATE}
            row = replace(row, overdue=late, owners=tuple(owner.name for owner in owners), **values)  # noqa: PLW2901
        elif not _are_wanted(book.present(row.id, None, None, None), wanted):
            continue
        if _is_wanted(row, wanted):
            yield row


def _is_wanted(row: ActionRow, wanted: ActionFilter) -> bool:
    """Whether the state of a row is what is asked for."""
    last_day = row.due_last_day
    return (
        wanted.status in (None, row.status)
        and (not wanted.overdue or row.overdue)
        and (wanted.stale is None or row.silent_meetings >= wanted.stale)
        and not (wanted.ownerless and row.owners)
        and not (wanted.dateless and row.due)
        and (not wanted.due_before or (last_day is not None and last_day < wanted.due_before.isoformat()))
        and (not wanted.due_after or (last_day is not None and last_day > wanted.due_after.isoformat()))
    )


def _urgency(row: ActionRow) -> tuple[str, str, str, int]:
    return (row.due_last_day or "9999-99-99", row.meeting_date or "", row.document, row.start)


def count_known(db: sqlite3.Connection, identifiers: Iterable[str]) -> int:
    """How many of these ids are ids of actions."""
    sql = "SELECT count(*) FROM actions WHERE id IN (SELECT value FROM json_each(?))"
    known: int = db.execute(sql, (json.dumps(sorted(set(identifiers))),)).fetchone()[0]
    return known


def _state_conditions(wanted: ActionFilter) -> Conditions:
    """The conditions on how an action stands now."""
    conditions = Conditions()
    last_day = "iif(l.id IS NULL, a.due_last_day, l.due_last_day)"
    if wanted.status:
        conditions.add("coalesce(l.status, a.status) = ?", wanted.status)
    if wanted.overdue and wanted.today:
        conditions.add(f"{last_day} < ?", wanted.today.isoformat())
    if wanted.stale is not None:
        conditions.add("coalesce(l.silent_meetings, 0) >= ?", wanted.stale)
    if wanted.ownerless:
        conditions.add(_NO_OWNER)
    if wanted.dateless:
        conditions.add(f"{last_day} IS NULL")
    if wanted.due_before:
        conditions.add(f"{last_day} < ?", wanted.due_before.isoformat())
    if wanted.due_after:
        conditions.add(f"{last_day} > ?", wanted.due_after.isoformat())
    return conditions


def _conditions(db: sqlite3.Connection, wanted: ActionFilter) -> Conditions:
    """The conditions in SQL; those on the state are left to `_is_wanted` where an earlier day is asked for."""
    conditions = Conditions() if wanted.as_of else _state_conditions(wanted)
    if not wanted.repeats:
        conditions.add(_ONE_ROW_EACH)
    if wanted.id:
        conditions.add("a.id = ?", wanted.id)
    if wanted.owner_id:
        conditions.add(OWNED_BY_PERSON, wanted.owner_id, wanted.owner_id)
    if wanted.body_id:
        conditions.add(OWNED_BY_BODY, wanted.body_id, wanted.body_id)
    if wanted.organisation:
        owner, words = words_in("o.name_folded", wanted.organisation)
        organisation, _ = words_in("g.name_folded", wanted.organisation)
        also, _ = words_in("name_folded", wanted.organisation)
        conditions.add(_ORGANISATION.format(owner=owner, organisation=organisation, also=also), *words * 5)
    if wanted.meeting:
        meetings = find_meetings(db, wanted.meeting)
        if wanted.repeats:
            conditions.add_in("a.meeting_id", meetings)
        else:
            marks = ", ".join("?" * len(meetings))
            conditions.add(_OF_MEETINGS.format(meetings=marks), *meetings, *meetings)
    if wanted.theme:
        add_theme(conditions, find_themes(db, wanted.theme))
    return conditions
