"""What became of one action, passage by passage?"""

from __future__ import annotations

import datetime
import json
import sqlite3
from dataclasses import dataclass

from minutes_nlp.query.actions import find_actions
from minutes_nlp.query.filters import ActionFilter
from minutes_nlp.query.places import find_row
from minutes_nlp.query.rows import ActionRow
from minutes_nlp.store.connect import named_rows

_BEGUN_BY = "SELECT ledger_action_id FROM ledger_events WHERE action_id = ? ORDER BY ledger_action_id = ? DESC LIMIT 1"

_EVENTS = """
SELECT v.kind, v.day, v.owners, v.due, e.quote, d.path AS document, e.start_offset AS start, e.end_offset AS "end",
  m.title AS meeting_title, v.method, v.confidence, v.correction_id AS correction, c.who
FROM ledger_events v LEFT JOIN evidence e ON e.id = v.evidence_id LEFT JOIN documents d ON d.id = e.document_id
LEFT JOIN meetings m ON m.id = v.meeting_id LEFT JOIN corrections c ON c.id = v.correction_id
WHERE v.ledger_action_id = ? ORDER BY v.position
"""

_PROPOSALS = """
SELECT p.id, p.event, m.date AS day, e.quote, d.path AS document, e.start_offset AS start, e.end_offset AS "end",
  m.title AS meeting_title, p.method, p.confidence
FROM proposals p JOIN evidence e ON e.id = p.evidence_id JOIN documents d ON d.id = e.document_id
JOIN meetings m ON m.id = p.meeting_id
WHERE p.ledger_action_id = ? ORDER BY p.confidence DESC, m.date, e.start_offset
"""


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """What one passage, or one person, says became of the action.

    Attributes:
        kind: as in the table `ledger_events`.
        day: of the meeting, or the one given with the correction; `None` if the minutes have no date.
        owners, due: the new ones; `None` where they stay.
        quote, document, start, end, meeting_title: the passage (offsets half-open); `None` if a person said so.
        method, confidence: the rule that linked it, and how sure that is.
        correction, who: the correction that says so and who made it; `None` if a passage does.
    """

    kind: str
    day: str | None
    owners: tuple[str, ...] | None
    due: str | None
    quote: str | None
    document: str | None
    start: int | None
    end: int | None
    meeting_title: str | None
    method: str
    confidence: float
    correction: str | None
    who: str | None


@dataclass(frozen=True, slots=True)
class HistoryProposal:
    """What a passage may say of the action, but not surely; fields as those of `HistoryEvent`."""

    id: str
    event: str
    day: str | None
    quote: str
    document: str
    start: int
    end: int
    meeting_title: str | None
    method: str
    confidence: float


@dataclass(frozen=True, slots=True)
class ActionHistory:
    """An action as it stands now, what became of it in order, and what may have."""

    action: ActionRow
    events: tuple[HistoryEvent, ...]
    proposals: tuple[HistoryProposal, ...]


def show_action(db: sqlite3.Connection, reference: str, *, today: datetime.date | None = None) -> ActionHistory:
    """All that is known of the action that a passage belongs to.

    Args:
        reference: the id, or how it begins, of the action or of any action item that says it.
        today: the day against which it is overdue; without it, it is not.

    Raises:
        QueryError: `query.short_id`, `query.no_row`, `query.several_rows`.
    """
    place = find_row(db, "action", reference)
    begun = db.execute(_BEGUN_BY, (place.id, place.id)).fetchone()
    identifier = begun[0] if begun else place.id
    rows = find_actions(db, ActionFilter(id=identifier, today=today))
    rows = rows or find_actions(db, ActionFilter(id=identifier, today=today, repeats=True))
    return ActionHistory(
        rows[0],
        tuple(
            HistoryEvent(**{**row, "owners": None if row["owners"] is None else tuple(json.loads(row["owners"]))})
            for row in named_rows(db.execute(_EVENTS, (identifier,)))
        ),
        tuple(HistoryProposal(**row) for row in named_rows(db.execute(_PROPOSALS, (identifier,)))),
    )
