"""What the database keeps of corrections: the log again, what the machine had found, and what each is about now."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from typing import NamedTuple

from minutes_nlp.records import MeetingRecord
from minutes_nlp.records.corrections import Correction
from minutes_nlp.store.connect import transaction
from minutes_nlp.store.rows import Tables


class TargetRow(NamedTuple):
    """What a correction is about in a document.

    Attributes:
        correction: its id.
        role: `passage` or `other`.
        start, end: where the passage stands (offsets into the document's text); `None` if it is no longer there.
        table, row: the table of the row that it is about and the row's place in the record; `None` if there is none.
    """

    correction: str
    role: str
    start: int | None
    end: int | None
    table: str | None = None
    row: int | None = None


class Applied(NamedTuple):
    """What was done to a document's record before it was stored.

    Attributes:
        machine: what the machine had found.
        digest: changes whenever other corrections are in force.
        targets: what each correction is about.
    """

    machine: MeetingRecord
    digest: str
    targets: Sequence[TargetRow]


class Standing(NamedTuple):
    """A document and the digest of the corrections that its rows were made with, empty if there was none."""

    path: str
    sha256: str
    digest: str


def mirror_log(db: sqlite3.Connection, corrections: Sequence[Correction]) -> bool:
    """Make the table `corrections` the log, line for line; every correction of the table has to be in the log.

    Returns:
        Whether anything changed.
    """
    wanted = [(number, correction.id) for number, correction in enumerate(corrections, 1)]
    if db.execute("SELECT number, id FROM corrections ORDER BY number").fetchall() == wanted:
        return False
    known = {row[0] for row in db.execute("SELECT id FROM corrections")}
    with transaction(db):
        db.execute("UPDATE corrections SET number = -number")  # out of the way of the new numbers
        for number, correction in enumerate(corrections, 1):
            if correction.id in known:
                db.execute("UPDATE corrections SET number = ? WHERE id = ?", (number, correction.id))
            else:
                _insert(db, number, correction)
    return True


def _insert(db: sqlite3.Connection, number: int, correction: Correction) -> None:
    place = correction.document.path if correction.document else None
    sql = """INSERT INTO corrections (number, id, at, who, kind, field, document_path, undoes, content)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
    values = (correction.at, correction.who, correction.kind, correction.field, place, correction.undoes)
    db.execute(sql, (number, correction.id, *values, correction.line()))


def mirrored_log(db: sqlite3.Connection) -> list[Correction]:
    """The log as the database holds it."""
    rows = db.execute("SELECT content FROM corrections ORDER BY number")
    return [Correction.model_validate_json(row[0]) for row in rows]


def mirrored_beyond(db: sqlite3.Connection, known: Collection[str]) -> list[Correction]:
    """The corrections that the database holds and that are not among those `known` (ids), in their order."""
    rows = db.execute("SELECT id, content FROM corrections ORDER BY number")
    return [Correction.model_validate_json(content) for identifier, content in rows if identifier not in known]


def standings(db: sqlite3.Connection) -> list[Standing]:
    """Every document with the corrections that its rows were made with."""
    sql = """SELECT path, sha256, coalesce(applied, '') FROM documents
        LEFT JOIN machine_records ON document_id = id ORDER BY path"""
    return [Standing(*row) for row in db.execute(sql)]


def machine_record(db: sqlite3.Connection, path: str) -> MeetingRecord | None:
    """What the machine found in a document that was corrected; `None` if it was not."""
    sql = "SELECT record, text FROM machine_records JOIN documents ON document_id = id WHERE path = ?"
    row = db.execute(sql, (path,)).fetchone()
    return None if row is None else MeetingRecord.model_validate({**json.loads(row[0]), "text": row[1]})


def insert_applied(db: sqlite3.Connection, document_id: str, applied: Applied, tables: Tables) -> None:
    """Store what was done to a record whose rows are `tables`, inside the transaction that stores those."""
    record = json.dumps(applied.machine.model_dump(mode="json", exclude={"text"}), ensure_ascii=False)
    sql = "INSERT INTO machine_records (document_id, record, applied) VALUES (?, ?, ?)"
    db.execute(sql, (document_id, record, applied.digest))
    for target in applied.targets:
        row = tables[target.table][target.row]["id"] if target.table and target.row is not None else None
        sql = """INSERT INTO correction_targets
            (correction_id, document_id, role, row_id, start_offset, end_offset) VALUES (?, ?, ?, ?, ?, ?)"""
        db.execute(sql, (target.correction, document_id, target.role, row, target.start, target.end))


def corrections_of_row(db: sqlite3.Connection, row_id: str) -> list[Correction]:
    """The corrections in force that are about a row, in the order of the log."""
    sql = """SELECT content FROM correction_targets JOIN corrections ON id = correction_id
        WHERE row_id = ? AND role = 'passage' ORDER BY number"""
    return [Correction.model_validate_json(row[0]) for row in db.execute(sql, (row_id,))]


def rows_of_corrections(db: sqlite3.Connection, corrections: Sequence[str]) -> list[str]:
    """The ids of the rows that corrections are about, each once."""
    sql = "SELECT row_id FROM correction_targets WHERE correction_id = ? AND row_id IS NOT NULL ORDER BY row_id"
    return list(dict.fromkeys(row[0] for correction in corrections for row in db.execute(sql, (correction,))))
