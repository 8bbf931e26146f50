"""How the actions of the ledger stood on a day of the past."""

from __future__ import annotations

import datetime
import json
import sqlite3
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass

_EVENTS = """
SELECT v.ledger_action_id, v.kind, v.day, v.owners, v.action_id, v.due, v.due_last_day, u.quote, v.correction_id,
  l.series
FROM ledger_events v JOIN ledger_actions l ON l.id = v.ledger_action_id
LEFT JOIN actions x ON x.id = v.action_id LEFT JOIN evidence u ON u.id = x.due_evidence_id
ORDER BY v.ledger_action_id, v.position
"""
_DAYS = """
SELECT DISTINCT series, date FROM meetings WHERE date IS NOT NULL AND superseded_by IS NULL ORDER BY series, date
"""
_STATUS = {"done": "done", "dropped": "dropped", "reopened": "open"}


@dataclass(slots=True)
class State:
    """How an action stood: `owners` as they were named, by the action item `owners_action` (id) or by a correction
    (`None`), in a series of meetings; the other fields are those of `ActionRow`."""

    status: str = "open"
    owners: tuple[str, ...] = ()
    owners_action: str | None = None
    series: str | None = None
    due: str | None = None
    due_text: str | None = None
    due_last_day: str | None = None
    opened_on: str | None = None
    closed_on: str | None = None
    last_sign_on: str | None = None
    silent_meetings: int = 0


def states_at(db: sqlite3.Connection, day: datetime.date) -> dict[str, State]:
    """The state of each action (id) that had begun by the end of `day`.

    It is what its events up to that day say. An event without a day, of minutes that have no date, counts if no event
    before it is of a later day.
    """
    until = day.isoformat()
    found: dict[str, State] = {}
    over: set[str] = set()
    for action, kind, on, owners, named_by, due, last_day, due_text, correction, series in db.execute(_EVENTS):
        if action in over or (on is not None and on > until):
            over.add(action)
            continue
        state = found.get(action)
        if state is None:
            state = found[action] = State(opened_on=on, series=series)
        if owners is not None:
            state.owners, state.owners_action = tuple(json.loads(owners)), named_by
        if due is not None or kind == "created" or (kind == "postponed" and correction is not None):
            state.due, state.due_last_day, state.due_text = due, last_day, due_text
        if kind in _STATUS:
            state.status = _STATUS[kind]
            state.closed_on = None if state.status == "open" else on
        if on is not None and (state.last_sign_on is None or on > state.last_sign_on):
            state.last_sign_on = on
    days = _meeting_days(db)
    for state in found.values():
        held = days[state.series or ""]
        if state.last_sign_on is not None:
            state.silent_meetings = bisect_right(held, until) - bisect_right(held, state.last_sign_on)
    return found


def _meeting_days(db: sqlite3.Connection) -> dict[str, list[str]]:
    """The days of the meetings of each series, in order."""
    days: dict[str, list[str]] = defaultdict(list)
    for series, date in db.execute(_DAYS):
        days[series].append(date)
    return days
