"""Taking documents out of a copy of the database, with all that follows from them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from minutes_nlp.browse.access.restricted import Restricted
from minutes_nlp.errors import StoreError
from minutes_nlp.records.corrections import Correction, in_force
from minutes_nlp.store.connect import transaction

Reckon = Callable[[sqlite3.Connection, Sequence[Correction]], None]
"""Works out people, bodies and the ledger of a database from its documents and the corrections in force."""

_SERIES = """
SELECT series FROM meetings WHERE document_id IN (SELECT id FROM temp.hidden)
UNION SELECT l.series FROM ledger_actions l JOIN ledger_events e ON e.ledger_action_id = l.id
  WHERE e.correction_id IN (SELECT id FROM temp.silenced)
UNION SELECT m.series FROM issues i JOIN meetings m ON m.id = i.meeting_id
  WHERE i.settled_by IN (SELECT id FROM temp.silenced)
"""

_LEDGER = (
    "DELETE FROM ledger_state WHERE series IN (SELECT series FROM temp.touched)",
    """DELETE FROM issues WHERE meeting_id IN (
         SELECT id FROM meetings WHERE series IN (SELECT series FROM temp.touched))""",
    "DELETE FROM ledger_actions WHERE series IN (SELECT series FROM temp.touched)",
)
_DOCUMENTS = (
    "DELETE FROM documents WHERE id IN (SELECT id FROM temp.hidden)",
    "DELETE FROM corrections WHERE id IN (SELECT id FROM temp.silenced)",
    "DELETE FROM people_state",
)


def leave_out(db: sqlite3.Connection, hidden: Restricted, corrections: Sequence[Correction], reckon: Reckon) -> None:
    """Make a copy of the database what it would be had the confidential documents never been there.

    Files that could not be read go too: who only looks need not know of them, and one may be confidential.

    Args:
        db: the copy, opened for writing; nobody else has it.
        hidden: what is confidential.
        corrections: all, in the order of the log.
        reckon: works out what follows from the documents.

    Raises:
        StoreError: `store.corrupt`: something still points to what was taken out.
    """
    db.execute("PRAGMA secure_delete = ON")  # nothing of it stays in the unused pages of the file
    db.execute("DELETE FROM ingest_errors")
    if not hidden.places:
        return
    silenced: set[str] = set()
    for one in corrections:
        if hidden.holds(one) or one.undoes in silenced:
            silenced.add(one.id)
    _note(db, "hidden", "id", hidden.documents)
    _note(db, "silenced", "id", silenced)
    _note(db, "touched", "series", [row[0] for row in db.execute(_SERIES)])
    with transaction(db):
        for statement in (*_LEDGER, *_DOCUMENTS):
            db.execute(statement)
    reckon(db, [one for one in in_force(corrections) if one.id not in silenced and _is_known(db, one)])
    with transaction(db):
        # Whoever merged two names may have named somebody who is only in confidential minutes.
        db.execute("DELETE FROM corrections WHERE kind IN ('person', 'organisation')")
        db.execute("INSERT INTO passages_fts(passages_fts) VALUES ('optimize')")  # else deleted words stay in the index
    if broken := db.execute("PRAGMA foreign_key_check").fetchone():
        raise StoreError(
            "store.corrupt",
            "The copy of the database without confidential meetings does not hold together.",
            path=db.execute("PRAGMA database_list").fetchone()[2],
            reason=f"foreign key of {broken[0]}",
        )


def _is_known(db: sqlite3.Connection, correction: Correction) -> bool:
    """Whether the copy has the correction: the log may be ahead of the database that was copied."""
    return db.execute("SELECT 1 FROM corrections WHERE id = ?", (correction.id,)).fetchone() is not None


def _note(db: sqlite3.Connection, table: str, column: str, values: object) -> None:
    db.execute(f"CREATE TEMP TABLE {table} ({column} TEXT PRIMARY KEY)")
    assert isinstance(values, set | frozenset | list)
    db.executemany(f"INSERT OR IGNORE INTO temp.{table} VALUES (?)", [(value,) for value in values])  # noqa: S608 - ours
