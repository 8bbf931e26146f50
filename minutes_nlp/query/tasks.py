"""Actions with all that is handed over with them: what became of them, and the passage that each stands in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from minutes_nlp.query.actions import find_actions
from minutes_nlp.query.filters import ActionFilter
from minutes_nlp.query.readable import one_line, passage_at
from minutes_nlp.query.rows import ActionRow

_STATES = "SELECT id, status, opened_on, closed_on FROM ledger_actions"

_EVENTS = """
SELECT v.ledger_action_id, v.kind, v.day, d.path, e.start_offset, e.end_offset, e.quote, v.owners, v.due,
  v.correction_id
FROM ledger_events v LEFT JOIN evidence e ON e.id = v.evidence_id LEFT JOIN documents d ON d.id = e.document_id
ORDER BY v.ledger_action_id, v.position
"""


@dataclass(frozen=True, slots=True)
class Event:
    """What became of an action on a day: kind as in the table `ledger_events`, and the passage that says so.

    `document`, `start`, `end` and `quote` are `None` where a person said so, not a document; `correction` is then set.
    `owners` and `due` are the new ones where the event changed them.
    """

    kind: str
    day: str | None
    document: str | None
    start: int | None
    end: int | None
    quote: str | None
    owners: tuple[str, ...] | None
    due: str | None
    correction: str | None


@dataclass(frozen=True, slots=True)
class Task:
    """An action to hand over.

    Attributes:
        action: the action as it stands now.
        status: `open`, `done` or `dropped`.
        opened_on, closed_on: days (ISO 8601); `None` where the minutes do not say.
        passage: the whole block of text that holds the action, as it can be read: a paragraph, a list item, the row of
            a table with ` | ` between its cells.
        events: what became of it, in order; empty if the ledger knows nothing of it yet.
    """

    action: ActionRow
    status: str
    opened_on: str | None
    closed_on: str | None
    passage: str
    events: tuple[Event, ...]

    @property
    def id(self) -> str:
        """The id of the action, the same for as long as it lives."""
        return self.action.id

    @property
    def text(self) -> str:
        """The words of the action on one line."""
        return one_line(self.action.action)


def find_tasks(db: sqlite3.Connection, wanted: ActionFilter | None = None) -> list[Task]:
    """The actions that `wanted` asks for (default: all), in the order of `find_actions`.

    Raises:
        QueryError: as `find_actions`.
    """
    states = {row[0]: row[1:] for row in db.execute(_STATES)}
    events = all_events(db)
    return list(_tasks(db, find_actions(db, wanted), states, events))


def tasks_with(db: sqlite3.Connection, ids: Collection[str]) -> list[Task]:
    """The actions with these ids, if there are any."""
    return [task for task in find_tasks(db) if task.id in ids] if ids else []


def all_events(db: sqlite3.Connection) -> dict[str, tuple[Event, ...]]:
    """What became of every action of the ledger, by its id."""
    found: dict[str, list[Event]] = {}
    for action, kind, day, path, start, end, quote, owners, due, correction in db.execute(_EVENTS):
        named = None if owners is None else tuple(json.loads(owners))
        found.setdefault(action, []).append(Event(kind, day, path, start, end, quote, named, due, correction))
    return {action: tuple(events) for action, events in found.items()}


def _tasks(
    db: sqlite3.Connection,
    rows: list[ActionRow],
    states: dict[str, tuple[str, str | None, str | None]],
    events: dict[str, tuple[Event, ...]],
) -> Iterator[Task]:
    for row in rows:
        status, opened, closed = states.get(row.id, (row.status, row.meeting_date, None))
        passage = passage_at(db, row.document, row.start, row.end) or one_line(row.action)
        yield Task(row, status, opened, closed, passage, events.get(row.id, ()))
