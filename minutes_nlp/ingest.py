"""From the files in a folder to their records in `structured/`: what is new or changed is read, the rest is skipped.

Per document the JSON record is written first and the database commits last, so the database never knows a document
whose record is not there. If the program is killed in between, the record is newer than the rows; the next ingest
finds the old fingerprint or digest in the database and does that document again. If the database refuses the rows,
the record is put back as it was.
"""

from __future__ import annotations

import datetime
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, get_args

from minutes_nlp.discovery import Discovery, SourceFile, discover
from minutes_nlp.errors import MinutesError, ReadingError, StoreError
from minutes_nlp.export.records import record_path, unwritable, write_record
from minutes_nlp.locking import exclusive
from minutes_nlp.reading.readers import Limits, digest, read_bytes, read_content
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import (
    KnownDocument,
    clear_error,
    failed_paths,
    known_documents,
    mark_found,
    mark_missing,
    save_error,
    save_record,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from minutes_nlp.reading.document import SourceDocument
    from minutes_nlp.records import MeetingRecord

Kind = Literal["new", "changed", "unchanged", "missing", "ignored", "failed"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Processor(Protocol):
    """What turns a document into its record."""

    def process(self, document: SourceDocument) -> MeetingRecord:
        """The record of one document."""


@dataclass(frozen=True, slots=True)
class Processing:
    """How documents are processed.

    Attributes:
        fingerprint: changes whenever `build` would give a processor that makes other records.
        build: makes the processor; called only once a document has to be processed, since that takes seconds.
        limits: how large a file may be.
    """

    fingerprint: str
    build: Callable[[], Processor]
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are: the raw folder that names are relative to, the folder of the records, the database."""

    raw: Path
    records: Path
    database: Path


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened to one file.

    Attributes:
        name: the file's name in the records.
        kind: what happened.
        actions, decisions: how many were found; 0 unless the file was processed.
        problem: why it failed; for an ignored file `None`, and `reason` says why.
        reason: `hidden`, `temporary`, `output`, `again`, `loop` for an ignored file, else empty.
    """

    name: str
    kind: Kind
    actions: int = 0
    decisions: int = 0
    problem: MinutesError | None = None
    reason: str = ""


class Progress(Protocol):
    """Is told how far the ingest is."""

    def start(self, total: int) -> None:
        """There are `total` files to look at."""

    def begin(self, name: str) -> None:
        """This file is looked at now."""

    def end(self, entry: Entry) -> None:
        """That file is done, whatever became of it."""


@dataclass(slots=True)
class IngestReport:
    """What an ingest did, file by file in the order of their names."""

    entries: list[Entry] = field(default_factory=list)

    def counts(self) -> Counter[Kind]:
        """How many files of each kind."""
        return Counter(entry.kind for entry in self.entries)

    def of_kind(self, kind: Kind) -> list[Entry]:
        """The files of one kind."""
        return [entry for entry in self.entries if entry.kind == kind]


def ingest(
    paths: Sequence[Path],
    places: Places,
    processing: Processing,
    *,
    progress: Progress,
    clock: Callable[[], datetime.datetime],
) -> IngestReport:
    """Bring the records and the database up to date with the files.

    A file that fails is noted in the database and the rest goes on; what was stored of it before stays. Documents of
    a walked folder whose file is gone are flagged and reported, never removed. Ctrl-C leaves whole documents only.

    Args:
        paths: files and folders; empty: the raw folder.
        places: where the files, records and database are.
        processing: how documents are processed.
        progress: is told of every file.
        clock: gives the moment to record; with a time zone.

    Raises:
        ReadingError: a path does not exist.
        StoreError: the database cannot be opened or written, or another ingest is running.
        ExtractionError: the recognisers are configured wrongly.
    """
    if not paths and not places.raw.is_dir():
        raise ReadingError(
            "ingest.no-raw", f"There is no folder {places.raw}.", "Make it and put minutes there.", path=places.raw
        )
    found = discover(paths or [places.raw], places.raw, leave_out=places.records.parent)
    places.database.parent.mkdir(parents=True, exist_ok=True)
    places.records.mkdir(parents=True, exist_ok=True)
    _check_writable(places.records)
    lock = places.database.with_name(places.database.name + ".lock")
    with exclusive(lock), closing(open_database(places.database, mode="write")) as db:
        return _Run(db, places, processing, progress, clock).run(found)


def _check_writable(folder: Path) -> None:
    """Say so now, not after the first document was processed."""
    if not os.access(folder, os.W_OK):
        raise StoreError(
            "ingest.not-writable", f"{folder} may not be written to.", "Give yourself the right.", path=folder
        )


class _Run:
    """One ingest, with the database open and locked."""

    def __init__(
        self,
        db: sqlite3.Connection,
        places: Places,
        processing: Processing,
        progress: Progress,
        clock: Callable[[], datetime.datetime],
    ) -> None:
        self.db = db
        self.places = places
        self.processing = processing
        self.progress = progress
        self.clock = clock
        self.known = known_documents(db)
        self.report = IngestReport()
        self._processor: Processor | None = None

    def run(self, found: Discovery) -> IngestReport:
        """Look at every file found, then at the documents whose file was not found."""
        self.progress.start(len(found.files) + len(found.unreadable))
        for file in found.files:
            self.progress.begin(file.name)
            self._note(self._ingest(file))
        for name, problem in found.unreadable:
            self._note(self._failed(name, None, problem))
        for ignored in found.ignored:
            self._note(Entry(ignored.name, "ignored", reason=ignored.reason))
        self._notice_absences(found)
        self.report.entries.sort(key=lambda entry: entry.name)
        return self.report

    def _notice_absences(self, found: Discovery) -> None:
        """Flag the documents whose file is gone, and forget the failures of files that are gone."""
        present = {file.name for file in found.files} | {name for name, _ in found.unreadable}
        gone = [name for name in self.known if name not in present and found.covers(name)]
        mark_missing(self.db, gone, at=self.clock())
        for name in gone:
            self._note(Entry(name, "missing"))
        for name in failed_paths(self.db):
            if name not in present and found.covers(name):
                clear_error(self.db, name)

    def _note(self, entry: Entry) -> None:
        self.report.entries.append(entry)
        self.progress.end(entry)

    def _ingest(self, file: SourceFile) -> Entry:
        """Read, process and store one file, unless that was done already."""
        sha256: str | None = None
        try:
            content = read_bytes(file.path, self.processing.limits)
            sha256 = digest(content)
            known = self.known.get(file.name)
            if known is not None and self._is_current(known, sha256):
                if known.missing_since is not None:
                    mark_found(self.db, [file.name])
                return Entry(file.name, "unchanged")
            document = read_content(content, name=file.name, limits=self.processing.limits)
        except MinutesError as problem:
            return self._failed(file.name, sha256, problem)
        processor = self._built()
        try:
            record = processor.process(document)
            self._store(record)
        except (sqlite3.Error, StoreError) as problem:
            if not isinstance(problem, StoreError) or problem.code != "store.refused":
                raise  # the database is in trouble, not the document
            return self._failed(file.name, sha256, problem)
        except MinutesError as problem:
            return self._failed(file.name, sha256, problem)
        except Exception as problem:  # noqa: BLE001 - whatever one document brings about, the others are still read
            return self._failed(file.name, sha256, unexpected(file.name, problem))
        kind: Kind = "new" if known is None else "changed"
        return Entry(file.name, kind, actions=len(record.actions), decisions=len(record.decisions))

    def _is_current(self, known: KnownDocument, sha256: str) -> bool:
        """Whether the same bytes were processed in the same way, and the record is still there."""
        same = (known.sha256, known.pipeline) == (sha256, self.processing.fingerprint)
        return same and record_path(known.path, self.places.records).is_file()

    def _built(self) -> Processor:
        if self._processor is None:
            self._processor = self.processing.build()
        return self._processor

    def _store(self, record: MeetingRecord) -> None:
        with _restored_on_failure(record_path(record.document.path, self.places.records)):
            write_record(record, self.places.records)
            save_record(self.db, record, ingested_at=self.clock(), pipeline=self.processing.fingerprint)

    def _failed(self, name: str, sha256: str | None, problem: MinutesError) -> Entry:
        save_error(
            self.db,
            path=name,
            sha256=sha256,
            code=problem.code,
            message=problem.message,
            hint=problem.hint,
            at=self.clock(),
        )
        return Entry(name, "failed", problem=problem)


def unexpected(name: str, problem: Exception) -> MinutesError:
    """The error to report when a document brings about an exception that nobody foresaw.

    Its reason is the exception that came first: spaCy turns some into one that says something else.
    """
    first: BaseException = problem
    while first.__cause__ is not None:
        first = first.__cause__
    reason = f"{type(first).__name__}: {first}"
    return MinutesError(
        "ingest.unexpected",
        f"{name} could not be processed ({reason}).",
        "This is a fault of the program; please report it.",
        path=name,
        reason=reason,
    )


@contextmanager
def _restored_on_failure(path: Path) -> Iterator[None]:
    """Put the file at `path` back as it was, or away if it was not there, when the block fails (Ctrl-C included)."""
    try:
        before = path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        yield
    except BaseException:
        if before is None:
            path.unlink(missing_ok=True)
        elif path.read_bytes() != before:
            spare = path.with_name(f".{path.name}.restored")
            spare.write_bytes(before)
            spare.replace(path)
        raise
