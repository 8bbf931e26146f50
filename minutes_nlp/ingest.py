"""From the files in a folder to their records in `structured/`: what is new or changed is read, the rest is skipped.

Per document the JSON record is written first and the database commits last, so the database never knows a document
whose record is not there. If the program is killed in between, the record is newer than the rows; the next ingest
finds the old fingerprint or digest in the database and does that document again. If the database refuses the rows,
the record is put back as it was.
"""

from __future__ import annotations

import datetime
import functools
import sqlite3
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, get_args

from minutes_nlp.discovery import Discovery, Ignored, SourceFile, discover, ignored_because, same_name
from minutes_nlp.errors import MinutesError, ReadingError, StoreError
from minutes_nlp.export.history import Before, history_path
from minutes_nlp.export.records import (
    check_writable,
    record_path,
    remove_leftovers,
    restored_on_failure,
    write_record,
)
from minutes_nlp.ledger.corrected import read_corrections, settle
from minutes_nlp.locking import exclusive
from minutes_nlp.pipeline.jobs import AUTOMATIC, Job, Outcome, Outcomes, Processor, automatic, process_here, unexpected
from minutes_nlp.pipeline.timings import timed
from minutes_nlp.reading import Limits, read_safely
from minutes_nlp.reading.readers import digest, read_bytes
from minutes_nlp.reading.safely import unpack
from minutes_nlp.resolution.directory import load_directory
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.correction_log import log_path
from minutes_nlp.store.ledger import open_issues
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

    from minutes_nlp.reading.bundle import Member
    from minutes_nlp.records import MeetingRecord

Kind = Literal["new", "changed", "reread", "unchanged", "missing", "ignored", "failed"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Processing:
    """How documents are processed.

    Attributes:
        fingerprint: changes whenever `build` would give a processor that makes other records.
        build: makes the processor; called only once a document has to be processed, since that takes seconds.
        limits: how large a file may be.
        share: has several processes do the work, called with the documents and the number of processes; `None`: this
            process does all.
        jobs: how many processes; `AUTOMATIC` chooses by the number of files.
    """

    fingerprint: str
    build: Callable[[], Processor]
    limits: Limits = field(default_factory=Limits)
    share: Callable[[Iterable[Job], int], Outcomes] | None = None
    jobs: int = AUTOMATIC

    def run(self, jobs: Iterable[Job], files: int) -> Outcomes:
        """The outcomes of all jobs in their order; `files` says how many there may be."""
        count = automatic(files) if self.jobs == AUTOMATIC else self.jobs
        if self.share is None or count == 1:
            return process_here(jobs, self.build)
        return self.share(jobs, count)


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are: the raw folder that names are relative to, the folder of the records, the database.

    `directory` is the user's list of people and bodies, if there is one.
    """

    raw: Path
    records: Path
    database: Path
    directory: Path | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened to one file.

    Attributes:
        name: the file's name in the records.
        kind: what happened; `reread` is a file that is as it was and was processed once more, since the program or its
            settings changed, or its record was gone.
        actions, decisions: how many were found; 0 unless the file was processed.
        problem: why it failed; for an ignored file `None`, and `reason` says why.
        left: further minutes in a mail, which were not read: name and size as attached, or the name of the mail for its
            text.
        reason: `hidden`, `temporary`, `output`, `again`, `loop`, `outside` for an ignored file, else empty.
    """

    name: str
    kind: Kind
    actions: int = 0
    decisions: int = 0
    problem: MinutesError | None = None
    reason: str = ""
    left: tuple[str, ...] = ()


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
    """What an ingest did, file by file in the order of their names.

    `corrected` are documents that only got other corrections; `torn` is the beginning of a last line of the log of
    corrections that was never finished, and so does not count; `issues` is the number of things that do not add up and
    were not known before.
    """

    entries: list[Entry] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)
    torn: str = ""
    issues: int = 0

    def counts(self) -> Counter[Kind]:
        """How many files of each kind."""
        return Counter(entry.kind for entry in self.entries)

    def of_kind(self, kind: Kind) -> list[Entry]:
        """The files of one kind."""
        return [entry for entry in self.entries if entry.kind == kind]


def ingest(
    paths: Sequence[Path] | Discovery,
    places: Places,
    processing: Processing,
    *,
    progress: Progress,
    clock: Callable[[], datetime.datetime],
) -> IngestReport:
    """Bring the records and the database up to date with the files.

    A file that fails is noted in the database and the rest goes on; what was stored of it before stays. Documents of
    a walked folder whose file is gone are flagged and reported, never removed. Ctrl-C leaves whole documents only.
    Corrections are laid over what the machine finds; at the end those that were made meanwhile, and the ledger follows.

    Args:
        paths: files and folders; empty: the raw folder. Or the files themselves, if whoever asks has looked already.
        places: where the files, records and database are.
        processing: how documents are processed.
        progress: is told of every file.
        clock: gives the moment to record; with a time zone.

    Raises:
        ReadingError: a path does not exist.
        StoreError: the database cannot be opened or written, or another ingest is running.
        ExtractionError: the recognisers are configured wrongly.
        SettingsError: the user's list of people and bodies is wrong: said before any work is done.
    """
    load_directory(places.directory)
    if not paths and not places.raw.is_dir():
        raise ReadingError(
            "ingest.no-raw", f"There is no folder {places.raw}.", "Make it and put minutes there.", path=places.raw
        )
    if isinstance(paths, Discovery):
        found = paths
    else:
        found = discover(paths or [places.raw], places.raw, leave_out=places.records.parent)
    places.database.parent.mkdir(parents=True, exist_ok=True)
    places.records.mkdir(parents=True, exist_ok=True)
    check_writable(places.records)
    lock = places.database.with_name(places.database.name + ".lock")
    with exclusive(lock), closing(open_database(places.database, mode="write")) as db:
        remove_leftovers(places.records)
        return _Run(db, places, processing, progress, clock).run(found)


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
        self.failed = set(failed_paths(db))
        self.before = Before(history_path(places.database))
        self.log = log_path(places.database)
        self.corrections = read_corrections(db, self.log)
        self.report = IngestReport()
        self._issues = open_issues(db)
        self._unsettled: deque[tuple[str, str, Callable[[], Entry] | None]] = deque()
        self.found = Discovery()
        self.inside: set[str] = set()  # names of members of archives
        self.total = 0

    def run(self, found: Discovery) -> IngestReport:
        """Look at every file found, then at the documents whose file was not found."""
        self.found = found
        self.total = len(found.files) + len(found.unreadable)
        self.progress.start(self.total)
        with closing(self.processing.run(self._jobs(found.files), len(found.files))) as outcomes:
            for outcome in outcomes:
                self._settle()
                name, sha256, _ = self._unsettled.popleft()
                self._note(self._finished(name, sha256, outcome))
        self._settle()
        for name, problem in found.unreadable:
            self._note(self._failed(name, None, problem))
        for ignored in found.ignored:
            self._note(Entry(ignored.name, "ignored", reason=ignored.reason))
        self._notice_absences(found)
        self._settle_corrections()
        self.report.entries.sort(key=lambda entry: entry.name)
        return self.report

    def _notice_absences(self, found: Discovery) -> None:
        """Flag the documents whose file is gone, and forget the failures of files that are gone."""
        present = {file.name for file in found.files} | {name for name, _ in found.unreadable} | self.inside
        gone = [name for name in self.known if name not in present and found.covers(name)]
        mark_missing(self.db, gone, at=self.clock())
        for name in gone:
            self._note(Entry(name, "missing"))
        for name in failed_paths(self.db):
            if name not in present and found.covers(name):
                clear_error(self.db, name)

    def _settle_corrections(self) -> None:
        """Lay over the documents what was corrected since; then the ledger follows."""
        self.report.torn = self.corrections.torn
        settled = settle(self.db, self.log, records=self.places.records, directory=self.places.directory)
        self.report.corrected = settled.stored
        self.report.issues = len(open_issues(self.db) - self._issues)
        for name, problem in settled.refused:
            self._note(self._failed(name, None, problem))

    def _note(self, entry: Entry) -> None:
        self.report.entries.append(entry)
        self.progress.end(entry)

    def _jobs(self, files: Iterable[SourceFile]) -> Iterator[Job]:
        """What is to be processed. Every document is put down as unsettled, with what is to be done if it is no job."""
        for file in files:
            self.progress.begin(file.name)
            try:
                with timed("reading"):
                    content = read_bytes(file.path, self.processing.limits)
            except MinutesError as problem:
                self._put_down(file.name, "", functools.partial(self._failed, file.name, None, problem))
                continue
            sha256 = digest(content)
            if not self._stays(file.name, sha256):
                yield from self._opened(file.name, content, sha256)

    def _opened(self, name: str, content: bytes, sha256: str) -> Iterator[Job]:
        """The jobs in a file: itself, or its members if it is an archive."""
        try:
            with timed("reading"):
                members = unpack(content, name=name, limits=self.processing.limits)
            if members is None:
                yield self._job(name, content, sha256)
            else:
                yield from self._members(name, members)
        except MinutesError as problem:
            self.found.unreadable.append((name, problem))

    def _members(self, archive: str, members: Iterable[Member]) -> Iterator[Job]:
        """The jobs in an archive, each named by its path in it; what it lost since the last time is missing."""
        self.found.files = [file for file in self.found.files if file.name != archive]
        self.found.scopes.append(f"{archive}/")
        self.total -= 1  # it is no document itself
        clear_error(self.db, archive)
        for member in members:
            name = f"{archive}/{member.path}"
            if (reason := ignored_because(member.path)) is not None:
                self.found.ignored.append(Ignored(name, reason))
                continue
            self.total += 1
            self.progress.start(self.total)
            self.progress.begin(name)
            problem = same_name(name) if name in self.inside else member.problem
            self.inside.add(name)
            sha256 = digest(member.content)
            if problem is not None:
                self._put_down(name, "", functools.partial(self._failed, name, None, problem))
            elif not self._stays(name, sha256):
                yield self._job(name, member.content, sha256)

    def _job(self, name: str, content: bytes, sha256: str) -> Job:
        self._put_down(name, sha256, None)
        read = functools.partial(read_safely, content, name=name, limits=self.processing.limits)
        return Job(name, read, len(content), self.processing.limits.working_seconds)

    def _stays(self, name: str, sha256: str) -> bool:
        """Whether a document is as it was the last time, which is then put down."""
        known = self.known.get(name)
        if known is None or not self._is_current(known, sha256):
            return False
        self._put_down(name, sha256, functools.partial(self._unchanged, known))
        return True

    def _put_down(self, name: str, sha256: str, settle: Callable[[], Entry] | None) -> None:
        self._unsettled.append((name, sha256, settle))
        if settle is not None and len(self._unsettled) == 1:
            self._settle()  # nothing before it is still being processed

    def _settle(self) -> None:
        """Do what is to be done for the files before the first that is still being processed."""
        while self._unsettled and (settle := self._unsettled[0][2]) is not None:
            self._unsettled.popleft()
            self._note(settle())

    def _unchanged(self, known: KnownDocument) -> Entry:
        if known.missing_since is not None:
            mark_found(self.db, [known.path])
        if known.path in self.failed:
            clear_error(self.db, known.path)  # it is again as it was before it failed
        return Entry(known.path, "unchanged")

    def _finished(self, name: str, sha256: str, outcome: Outcome) -> Entry:
        """Store what came of a file."""
        record = outcome.record
        if record is None:
            assert outcome.problem is not None
            return self._failed(name, sha256, outcome.problem)
        try:
            with timed("store"):
                record = self._store(record)
        except (sqlite3.Error, StoreError) as problem:
            if not isinstance(problem, StoreError) or problem.code != "store.refused":
                raise  # the database is in trouble, not the document
            return self._failed(name, sha256, problem)
        except MinutesError as problem:
            return self._failed(name, sha256, problem)
        except Exception as problem:  # noqa: BLE001 - whatever one document brings about, the others are still read
            return self._failed(name, sha256, unexpected(name, problem))
        kind = self._kind(name, sha256)
        return Entry(name, kind, len(record.actions), len(record.decisions), left=outcome.left)

    def _kind(self, name: str, sha256: str) -> Kind:
        """What a document that was processed is: `reread` if its bytes are those of the last time."""
        known = self.known.get(name)
        if known is None:
            return "new"
        return "reread" if known.sha256 == sha256 else "changed"

    def _is_current(self, known: KnownDocument, sha256: str) -> bool:
        """Whether the same bytes were processed in the same way, and the record is still there."""
        same = (known.sha256, known.pipeline) == (sha256, self.processing.fingerprint)
        return same and record_path(known.path, self.places.records).is_file()

    def _store(self, machine: MeetingRecord) -> MeetingRecord:
        """Store what the machine found, corrected; returns that."""
        record, applied = self.corrections.prepared(machine)
        path = record_path(record.document.path, self.places.records)
        self.before.keep(self.db, record.document.path, path)
        with restored_on_failure(path):
            write_record(record, self.places.records)
            fingerprint = self.processing.fingerprint
            save_record(self.db, record, ingested_at=self.clock(), pipeline=fingerprint, applied=applied)
        return record

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
