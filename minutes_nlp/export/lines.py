"""Records as JSON lines: the same content gives the same bytes, whenever and wherever it was ingested."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Collection, Iterator
from typing import Any

from minutes_nlp.query.tasks import all_events
from minutes_nlp.store.load import load_record

_DOCUMENTS = "SELECT path FROM documents ORDER BY path"

_LEDGER = """
SELECT d.path, l.id, l.status, l.owners, l.due, l.opened_on, l.closed_on
FROM ledger_actions l JOIN actions a ON a.id = l.id JOIN meetings m ON m.id = a.meeting_id
JOIN documents d ON d.id = m.document_id ORDER BY d.path, a.position
"""


def record_lines(db: sqlite3.Connection, documents: Collection[str] | None = None) -> Iterator[str]:
    """One line per document (or only those named), in the order of their paths, each ended by a line break.

    A line has the fields of a record, and `ledger`: the actions that began in the document as they stand now, each
    with what became of it and the passages that say so. Nothing in it tells when or where it was ingested.
    """
    ledger = _ledger(db)
    for (path,) in db.execute(_DOCUMENTS).fetchall():
        if documents is not None and path not in documents:
            continue
        record = load_record(db, path).model_dump(mode="json")
        yield json.dumps({**record, "ledger": ledger.get(path, [])}, ensure_ascii=False, separators=(",", ":")) + "\n"


def ledger_state(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """All actions of the ledger as they stand now, by the document that they began in."""
    return [entry for entries in _ledger(db).values() for entry in entries]


def _ledger(db: sqlite3.Connection) -> dict[str, list[dict[str, Any]]]:
    events = all_events(db)
    found: dict[str, list[dict[str, Any]]] = {}
    for path, identifier, status, owners, due, opened, closed in db.execute(_LEDGER):
        entry = {"id": identifier, "status": status, "owners": json.loads(owners), "due": due}
        entry |= {"opened_on": opened, "closed_on": closed}
        entry["events"] = [dataclasses.asdict(event) for event in events.get(identifier, ())]
        found.setdefault(path, []).append(entry)
    return found
