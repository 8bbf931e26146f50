"""Whether somebody says once more what was said already: it would only be one more line in the log."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from minutes_nlp.query.places import Place
from minutes_nlp.records.corrections import RESTRICTED, Correction, in_force
from minutes_nlp.store.corrections import corrections_of_row

_NOW = """
SELECT l.id, l.status, l.owners, l.due FROM ledger_actions l JOIN ledger_events e ON e.ledger_action_id = l.id
WHERE e.action_id = ?1 OR l.id = ?1 ORDER BY l.id = ?1 DESC LIMIT 1
"""
_LAST = """
SELECT correction_id, day FROM ledger_events WHERE ledger_action_id = ? AND kind IN (SELECT value FROM json_each(?))
ORDER BY position DESC LIMIT 1
"""
_EVENTS = {
    "status": ("done", "dropped", "reopened"),
    "owners": ("created", "reassigned"),
    "due": ("created", "postponed", "restated"),
}
"""The kinds of event of an action that change a field."""


def says_nothing_new(db: sqlite3.Connection, place: Place, correction: Correction) -> bool:
    """Whether a correction of a row changes nothing, since people said the same of it before, and it still holds.

    That the program says so too does not count: said by a person, it holds whatever the program finds later. Only an
    action that is open need not be opened.

    Args:
        db: the database, with the ledger.
        place: the row.
        correction: of it, not yet written.
    """
    if correction.is_event:
        return _is_so(db, place, correction)
    if isinstance(correction.value, dict):  # a passage: the row stands there already
        return (correction.value.get("start"), correction.value.get("end")) == (place.start, place.end)
    before = [known for known in corrections_of_row(db, place.id) if known.field == correction.field]
    return bool(before) and not before[-1].is_event and before[-1].value == correction.value


def _is_so(db: sqlite3.Connection, place: Place, correction: Correction) -> bool:
    """Whether an action stands as the correction says, by the word of somebody, on its day or before."""
    row = db.execute(_NOW, (place.id,)).fetchone()
    if row is None:
        return False
    now = {"status": row[1], "owners": json.loads(row[2]), "due": row[3]}[correction.field]
    wanted = list(correction.value) if correction.field == "owners" else correction.value  # type: ignore[arg-type]
    if now != wanted:
        return False
    last = db.execute(_LAST, (row[0], json.dumps(_EVENTS[correction.field]))).fetchone()
    if last is None or last[0] is None:
        return bool(now == "open" and correction.field == "status")
    return (last[1] or "") <= (correction.on or "")


def is_restricted_by(log: Sequence[Correction], path: str, sha256: str) -> bool | None:
    """What was last said of whether the meeting of a document is confidential; `None` if nothing was."""
    said = [
        bool(correction.value)
        for correction in in_force(log)
        if correction.field == RESTRICTED
        and correction.document is not None
        and (correction.document.path == path or correction.document.sha256 == sha256)
    ]
    return said[-1] if said else None
