"""Keeps records in step with the log of corrections: what the machine found, corrected, is what is stored.

The log beside the database is the truth; the table `corrections` is a copy of it. Each document remembers which
corrections its rows were made with, so a correction that was written while an ingest ran, or before the program was
killed, is laid over it the next time anybody looks.
"""

from __future__ import annotations

import datetime
import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from minutes_nlp.errors import StoreError
from minutes_nlp.export.records import record_path, restored_on_failure, write_record
from minutes_nlp.ledger import refresh
from minutes_nlp.records import MeetingRecord
from minutes_nlp.records.corrections import Correction, in_force
from minutes_nlp.resolution.correcting.filing import Target
from minutes_nlp.resolution.corrections import apply
from minutes_nlp.store.correction_log import append, read_log
from minutes_nlp.store.corrections import Applied, TargetRow, machine_record, mirror_log, mirrored_beyond, standings
from minutes_nlp.store.load import load_record
from minutes_nlp.store.write import save_record

if TYPE_CHECKING:
    from minutes_nlp.export.history import BeforeCorrecting


class Prepared(NamedTuple):
    """A record ready to be stored, and how corrections changed it (`None` if there are none)."""

    record: MeetingRecord
    applied: Applied | None


class Corrections:
    """The corrections in force, found by document.

    Args:
        log: all corrections in their order, undone ones and undos included.
        torn: the beginning of a last line that was never finished, if there was one.
    """

    def __init__(self, log: Sequence[Correction] = (), torn: str = "") -> None:
        self.log = tuple(log)
        self.torn = torn
        self.in_force = tuple(in_force(log))
        self._by_place: dict[str, list[int]] = defaultdict(list)
        for number, correction in enumerate(self.in_force):
            places = [correction.document, correction.other.document if correction.other else None]
            for key in {key for place in places if place for key in (place.path, place.sha256)}:
                self._by_place[key].append(number)

    def of(self, path: str, sha256: str) -> list[Correction]:
        """Those that are about a document, in the order of the log; by its path, or its bytes under another path."""
        numbers = {number for key in (path, sha256) for number in self._by_place.get(key, ())}
        return [self.in_force[number] for number in sorted(numbers)]

    def prepared(self, machine: MeetingRecord) -> Prepared:
        """What has to be stored of a document in which the machine found `machine`."""
        own = self.of(machine.document.path, machine.document.sha256)
        if not own:
            return Prepared(machine, None)
        corrected = apply(machine, own)
        return Prepared(corrected.record, Applied(machine, digest(own), tuple(map(_row, corrected.targets))))


def digest(corrections: Iterable[Correction]) -> str:
    """Changes whenever other corrections are in force; empty if none are."""
    names = "".join(correction.id for correction in corrections)
    return hashlib.sha256(names.encode()).hexdigest()[:16] if names else ""


def _row(target: Target) -> TargetRow:
    start, end = target.span or (None, None)
    return TargetRow(target.correction, target.role, start, end, target.part, target.row)


def read_corrections(db: sqlite3.Connection, log: Path) -> Corrections:
    """The corrections of the log, with the database's copy of it brought up to date.

    What the copy has and the log has not (the file was lost, or an older one put back) is added to the log again:
    a correction is only ever taken back by an undo.

    Raises:
        StoreError: as `read_log` and `append`.
    """
    found = read_log(log)
    known = {correction.id for correction in found.corrections}
    if lost := mirrored_beyond(db, known):
        append(log, lost)
        found = read_log(log)
    mirror_log(db, found.corrections)
    return Corrections(found.corrections, found.torn)


class Settled(NamedTuple):
    """What `settle` did.

    Attributes:
        corrections: those of the log.
        stored: paths of the documents that were stored anew.
        refused: documents whose corrected record the database does not take, with the reason; they stay as they were.
    """

    corrections: Corrections
    stored: list[str]
    refused: list[tuple[str, StoreError]]


def settle(db: sqlite3.Connection, log: Path, *, records: Path, directory: Path | None) -> Settled:
    """Lay the corrections of the log over every document that lacks one, and bring the ledger up to date.

    Args:
        db: opened for writing, and locked against other writers.
        log: the log of corrections.
        records: the folder of the records.
        directory: the user's list of people and bodies, if there is one.

    Raises:
        StoreError: the log or the database cannot be read or written.
        ExportError: a record cannot be written.
    """
    from minutes_nlp.export.history import BeforeCorrecting

    stored: dict[str, None] = {}
    before = BeforeCorrecting(log)
    while True:
        length = _length(log)
        corrections = read_corrections(db, log)
        settled = Settled(corrections, [], [])
        _lay(db, settled, records, before)
        stored |= dict.fromkeys(settled.stored)
        refresh(db, directory=directory, corrections=corrections.in_force)
        if _length(log) == length:  # else somebody corrected meanwhile, and may no longer wait for the database
            return settled._replace(stored=list(stored))


def _length(log: Path) -> int:
    """Bytes in the log; what is appended while `read_corrections` mends it makes one more round."""
    return log.stat().st_size if log.exists() else 0


def _lay(db: sqlite3.Connection, settled: Settled, records: Path, before: BeforeCorrecting) -> None:
    """Store anew every document whose rows were made with other corrections than those in force."""
    for standing in standings(db):
        if digest(settled.corrections.of(standing.path, standing.sha256)) == standing.digest:
            continue
        try:
            _store_again(db, standing.path, settled.corrections, records, before)
        except StoreError as problem:
            if problem.code != "store.refused":
                raise  # the database is in trouble, not the document
            settled.refused.append((standing.path, problem))
        else:
            settled.stored.append(standing.path)


def _store_again(
    db: sqlite3.Connection, path: str, corrections: Corrections, records: Path, before: BeforeCorrecting
) -> None:
    """Store what the machine found in a document with the corrections of today."""
    prepared = corrections.prepared(machine_record(db, path) or load_record(db, path))
    row = db.execute("SELECT ingested_at, pipeline, missing_since FROM documents WHERE path = ?", (path,)).fetchone()
    ingested_at, pipeline, missing_since = row
    before.keep(db, path, record_path(path, records))
    with restored_on_failure(record_path(path, records)):
        write_record(prepared.record, records)
        save_record(
            db,
            prepared.record,
            ingested_at=datetime.datetime.fromisoformat(ingested_at),
            pipeline=pipeline,
            applied=prepared.applied,
            missing_since=missing_since,
        )
