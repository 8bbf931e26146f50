"""Where somebody corrects: the log and the database, and the way from a correction to both."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from minutes_nlp.errors import ReviewError, StoreError
from minutes_nlp.ledger.corrected import Corrections, Settled, settle
from minutes_nlp.locking import exclusive
from minutes_nlp.records import MeetingRecord
from minutes_nlp.records.corrections import Correction
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.correction_log import append, log_path, read_log
from minutes_nlp.store.corrections import machine_record
from minutes_nlp.store.load import load_record

WAIT = 5.0
"""Seconds to wait for an ingest that holds the database; after that the correction is only written down."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of corrections.

    Attributes:
        corrections: as they were written to the log.
        settled: what was stored anew; `None` if an ingest holds the database: it lays the corrections over the
            documents when it ends.
    """

    corrections: tuple[Correction, ...]
    settled: Settled | None


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody corrects.

    Attributes:
        database: the database; the log stands beside it.
        records: the folder of the records.
        who: who corrects.
        clock: gives the moment of a correction; with a time zone.
        directory: the user's list of people and bodies, if there is one.
        wait: seconds to wait for an ingest that holds the database.
    """

    database: Path
    records: Path
    who: str
    clock: Callable[[], datetime.datetime]
    directory: Path | None = None
    wait: float = WAIT

    @property
    def log(self) -> Path:
        """The log of corrections."""
        return log_path(self.database)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The database, for looking things up.

        Raises:
            StoreError: there is none yet, or it is of another version, or damaged.
        """
        with closing(open_database(self.database)) as db:
            yield db

    def put(self, corrections: Sequence[Correction]) -> Outcome:
        """Write corrections down, and lay them over the documents and the ledger.

        From the moment they are in the log they are not lost, whatever happens after.

        Raises:
            ReviewError: a correction does not fit its document; nothing was written.
            StoreError: the log or the database cannot be written.
        """
        self._check(corrections)
        written = tuple(append(self.log, corrections))
        try:
            with exclusive(self.database.with_name(self.database.name + ".lock"), wait=self.wait):
                return Outcome(written, self._settle())
        except StoreError as problem:
            if problem.code not in ("store.busy", "store.locked"):
                raise
            return Outcome(written, None)

    def _settle(self) -> Settled:
        with closing(open_database(self.database, mode="write")) as db:
            return settle(db, self.log, records=self.records, directory=self.directory)

    def _check(self, corrections: Sequence[Correction]) -> None:
        """See that the corrections can be laid over the documents they are about, before they are written."""
        held = Corrections([*read_log(self.log).corrections, *corrections])
        with self.reading() as db:
            for path in {correction.document.path for correction in corrections if correction.document}:
                applied = held.prepared(found_by_machine(db, path)).applied
                lost = {target.correction for target in applied.targets if target.start is None} if applied else set()
                for correction in corrections:
                    if correction.id in lost:
                        quote = correction.span.quote if correction.span else ""
                        raise ReviewError(
                            "review.lost",
                            f"“{quote}” does not stand in {path}.",
                            "Run `minutes ingest` first if the file changed.",
                            quote=quote,
                            path=path,
                        )


def found_by_machine(db: sqlite3.Connection, path: str) -> MeetingRecord:
    """What the machine found in a document, corrected or not.

    Raises:
        StoreError: `store.no_document`.
    """
    return machine_record(db, path) or load_record(db, path)
