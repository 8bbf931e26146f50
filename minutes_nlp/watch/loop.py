"""The watcher: looks, waits until files are whole, ingests them, and outlives what passes by itself."""

from __future__ import annotations

import dataclasses
import datetime
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from minutes_nlp.errors import MinutesError, StoreError, WatchError
from minutes_nlp.ingest import IngestReport, Places, Processing, Progress, ingest
from minutes_nlp.locking import exclusive
from minutes_nlp.store.connect import is_interrupt
from minutes_nlp.watch.arrivals import Arrivals, Look
from minutes_nlp.watch.folder import Scan, scan
from minutes_nlp.watch.trouble import stops_a_file, stops_the_run, waiting_time
from minutes_nlp.watch.wakeups import Changes, Polling

if TYPE_CHECKING:
    from minutes_nlp.pipeline.jobs import Processor


@dataclass(frozen=True, slots=True)
class Pace:
    """How the watcher keeps time.

    Attributes:
        settle: seconds for which a file may not change before it is taken.
        rescan: seconds after which the folder is looked at even if nothing was noticed.
        free: bytes that the disk of the database must have free; with less, nothing is begun.
    """

    settle: float = 3.0
    rescan: float = 60.0
    free: int = 50_000_000


class Tell(Protocol):
    """Is told what happens to the watcher itself, by the key of a message and its values.

    `started`, `watching` / `polling`; `away`, `emptied`, `full`, `waiting` (with the `problem`), each once until
    `recovered`; `blind` where the system gives no notices.
    """

    def __call__(self, event: str, **values: object) -> None:
        """This happens."""


def watch(
    places: Places,
    processing: Processing,
    changes: Changes,
    *,
    pace: Pace,
    progress: Progress,
    tell: Tell,
    clock: Callable[[], datetime.datetime],
    monotonic: Callable[[], float] = time.monotonic,
    goes_on: Callable[[], bool] = lambda: True,
) -> None:
    """Ingest new and changed files of the raw folder as they arrive, until it is interrupted.

    What came while nobody watched is caught up with first. Every file ends ingested, failed with a reason, or gone.

    Args:
        places: where the files, records and database are.
        processing: how documents are processed; the processor is built once.
        changes: what waits until something changes.
        pace: how long to wait for what.
        progress: is told of every file.
        tell: is told what happens to the watcher itself.
        clock: gives the moment to record; with a time zone.
        monotonic: seconds of a clock that only goes forward.
        goes_on: asked after every look; the watcher ends when it says no.

    Raises:
        WatchError: `watch.busy`: another watcher works on this database.
        StoreError: the database is of another program, of a later version, or damaged.
        ExtractionError: the recognisers are configured wrongly.
        KeyboardInterrupt: it was interrupted; only whole documents were stored.
    """
    with _alone(places.database):
        tell("started", folder=places.raw)
        tell("polling" if changes.polls else "watching")
        watcher = _Watcher(places, _built_once(processing), changes, pace, progress, tell, clock, monotonic)
        while True:
            pause = watcher.turn()
            if not goes_on():
                return
            watcher.wait(pause)


@contextmanager
def _alone(database: Path) -> Iterator[None]:
    """Hold the lock of the watcher while the block runs."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        try:
            stack.enter_context(exclusive(database.with_name(database.name + ".watch.lock")))
        except StoreError as error:
            raise WatchError(
                "watch.busy",
                f"Another `minutes watch` works on {database}.",
                "One is enough: stop the other first.",
                path=database,
            ) from error
        yield


def _built_once(processing: Processing) -> Processing:
    """The same processing, whose processor is built only once however often it is asked for."""
    built: list[Processor] = []

    def build() -> Processor:
        if not built:
            built.append(processing.build())
        return built[0]

    return dataclasses.replace(processing, build=build)


class _Watcher:
    """What the watcher remembers between two looks."""

    def __init__(
        self,
        places: Places,
        processing: Processing,
        changes: Changes,
        pace: Pace,
        progress: Progress,
        tell: Tell,
        clock: Callable[[], datetime.datetime],
        monotonic: Callable[[], float],
    ) -> None:
        self.places = places
        self.processing = processing
        self.changes = changes
        self.pace = pace
        self.progress = progress
        self.tell = tell
        self.clock = clock
        self.monotonic = monotonic
        self.arrivals = Arrivals(pace.settle)
        self._device: int | None = None  # where the folder was when it last had files
        self._absent = False  # something is gone that the database was not told of
        self._tries = 0  # how often the present trouble was met
        self._trouble = ""

    def turn(self) -> float:
        """Look at the folder once and ingest what is ready; returns the seconds after which to look again."""
        now = self.monotonic()
        try:
            seen = scan(self.places.raw, self.places.records.parent)
        except OSError as error:
            return self._in_trouble("away", "away", folder=self.places.raw, reason=error.strerror or str(error))
        credible = self._credible(seen)
        look = self.arrivals.look(seen.signatures, now)
        self._absent = self._absent or bool(look.gone)
        if look.ready or (self._absent and credible):
            return self._ingest(seen, look, credible)
        if credible:
            self._out_of_trouble()
        return self._pause(look.next_at)

    def wait(self, seconds: float) -> None:
        """Wait for a change; without notices of the system, look every few seconds instead."""
        try:
            self.changes.wait(seconds)
        except OSError as error:
            if self.places.raw.is_dir():
                self.tell("blind", reason=error.strerror or str(error))
                self.changes = Polling(self.pace.settle)
            else:
                Polling(seconds).wait(min(seconds, self.pace.settle))

    def _credible(self, seen: Scan) -> bool:
        """Whether files that are not in the folder are gone: an empty folder may be a share that is not mounted."""
        if seen.signatures:
            self._device = seen.device
            return True
        if self._device == seen.device:
            return True
        self._in_trouble("emptied", "emptied", folder=self.places.raw)
        return False

    def _ingest(self, seen: Scan, look: Look, credible: bool) -> float:
        folder = self.places.database.parent
        try:
            if (free := shutil.disk_usage(folder).free) < self.pace.free:
                return self._in_trouble("full", "full", folder=folder, megabytes=free // 1_000_000)
            found = seen.part(look.ready, absences=credible)
            report = ingest(found, self.places, self.processing, progress=self.progress, clock=self.clock)
        except Exception as problem:
            if is_interrupt(problem):
                raise KeyboardInterrupt from problem
            if not stops_the_run(problem):
                raise
            code = problem.code if isinstance(problem, MinutesError) else type(problem).__name__
            return self._in_trouble(code, "waiting", problem=problem)
        if credible:
            self._absent = False
        self.arrivals.take(look.ready)
        self._note(report)
        self._out_of_trouble()
        return 0.0  # the folder may have changed while it was read

    def _note(self, report: IngestReport) -> None:
        now = self.monotonic()
        for entry in report.entries:
            if entry.problem is None:
                self.arrivals.settled(entry.name)
            elif stops_a_file(entry.problem):
                self.arrivals.again(entry.name, now)

    def _in_trouble(self, code: str, event: str, **values: object) -> float:
        """Tell of it if it is new; returns how long to wait."""
        if code != self._trouble:
            self._trouble, self._tries = code, 0
            self.tell(event, seconds=round(waiting_time(0)), **values)
        pause = waiting_time(self._tries)
        self._tries += 1
        return min(pause, self.pace.rescan)

    def _out_of_trouble(self) -> None:
        if self._trouble:
            self._trouble, self._tries = "", 0
            self.tell("recovered")

    def _pause(self, next_at: float | None) -> float:
        until = self.pace.rescan if next_at is None else next_at - self.monotonic()
        return max(0.0, min(until, self.pace.rescan))
