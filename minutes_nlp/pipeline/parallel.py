"""Several documents at once, in processes of their own. Nothing heavy is loaded in the process that asks."""

from __future__ import annotations

import functools
import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from minutes_nlp.errors import ExtractionError, MinutesError
from minutes_nlp.pipeline.jobs import Job, Outcome, Outcomes, attempt, process_here
from minutes_nlp.pipeline.timings import Timings, collecting, current
from minutes_nlp.resources import lexicon

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from minutes_nlp.pipeline.settings import PipelineSettings
    from minutes_nlp.reading import SourceDocument
    from minutes_nlp.records import MeetingRecord

_START: Final = "spawn"  # the only way that every system has, and the only one that is safe beside threads
_AHEAD: Final = 32  # documents per process that are read or done before their turn, while a long one is worked at
_EARLY: Final = 1.5  # a job is begun while the others give each further process so many times as much to do
_PATIENCE: Final = 5.0  # seconds in which a process that was told to end does


def process_all(
    documents: Iterable[SourceDocument], settings: PipelineSettings | None = None, *, jobs: int = 1
) -> Iterator[MeetingRecord]:
    """The records of many documents, in their order.

    Args:
        documents: what was read.
        settings: which recogniser does what.
        jobs: how many processes; each loads the pipeline anew (a second or two), so that few documents gain nothing.

    Raises:
        ValueError: `jobs` is below 1.
        ExtractionError: the recognisers are configured wrongly.
        MinutesError: a document could not be processed.
    """
    tasks = (Job(document.name, functools.partial(_given, document), len(document.text)) for document in documents)
    for outcome in process_jobs(tasks, settings, jobs=jobs):
        if outcome.record is None:
            assert outcome.problem is not None
            raise outcome.problem
        yield outcome.record


def _given(document: SourceDocument) -> SourceDocument:
    return document


def process_jobs(tasks: Iterable[Job], settings: PipelineSettings | None = None, *, jobs: int = 1) -> Outcomes:
    """The outcomes of many jobs, in their order, the same however many processes there are.

    A process that dies costs the document it was at; another takes its place. When the iteration is given up (Ctrl-C)
    all processes end at once.

    Args:
        tasks: what is to be processed; taken a few at a time.
        settings: which recogniser does what.
        jobs: how many processes; with 1 there is none beside this one.

    Raises:
        ValueError: `jobs` is below 1.
        ExtractionError: the recognisers are configured wrongly, or no process could be started.
    """
    if jobs < 1:
        raise ValueError(f"{jobs} processes can do nothing")
    if jobs == 1:
        from minutes_nlp.pipeline import build_pipeline

        return process_here(tasks, lambda: build_pipeline(settings))
    return _Crew(settings, jobs).run(tasks)


@dataclass(slots=True)
class _Worker:
    """A process, our end of the line to it, and the job it is at; it cannot take one before it is `ready`."""

    process: BaseProcess
    line: Connection
    ready: bool = False
    position: int | None = None

    @property
    def idle(self) -> bool:
        return self.ready and self.position is None


class _Crew:
    """Hands jobs out to processes, and puts what they return in order."""

    def __init__(self, settings: PipelineSettings | None, size: int) -> None:
        self.settings = settings
        self.size = size
        self.workers: list[_Worker] = []
        self.names: dict[int, str] = {}  # of the jobs handed out
        self.waiting: deque[tuple[int, Job]] = deque()
        self.done: dict[int, Outcome] = {}

    def run(self, tasks: Iterable[Job]) -> Outcomes:
        """All outcomes, in the order of the tasks."""
        numbered = enumerate(tasks)
        position = 0  # of the outcome whose turn it is
        try:
            while True:
                while len(self.waiting) + len(self.names) + len(self.done) < _AHEAD * self.size:
                    task = next(numbered, None)
                    if task is None:
                        break
                    self.waiting.append(task)
                self._hand_out()
                if position in self.done:
                    yield self._counted(self.done.pop(position))
                    position += 1
                elif self.names or self.waiting:
                    self._listen()
                else:
                    return
        finally:
            self._dismiss()

    def _counted(self, outcome: Outcome) -> Outcome:
        timings = current()
        if timings is not None and outcome.timings is not None:
            timings.add(outcome.timings)
        return replace(outcome, timings=None)

    def _hand_out(self) -> None:
        """Give every idle process a job; start further ones while there are more jobs than processes."""
        while len(self.workers) < min(self.size, len(self.waiting) + len(self.names)):
            self.workers.append(self._start())
        for worker in [worker for worker in self.workers if worker.idle]:
            if not self.waiting:
                return
            position, job = self._next()
            self.names[position] = job.name
            worker.position = position
            try:
                worker.line.send(job)
            except OSError:  # it died while it was idle
                self._bury(worker)

    def _next(self) -> tuple[int, Job]:
        """Take the oldest job; a large one before its turn if else it would still be worked at when all are done."""
        largest = max(self.waiting, key=lambda task: task[1].size)
        others = sum(job.size for _, job in self.waiting) - largest[1].size
        if _EARLY * largest[1].size * (self.size - 1) < others:
            return self.waiting.popleft()
        self.waiting.remove(largest)
        return largest

    def _start(self) -> _Worker:
        context: Any = multiprocessing.get_context(_START)
        ours, theirs = context.Pipe()
        arguments = (theirs, self.settings, lexicon.overlaid(), current() is not None)
        process = context.Process(target=_serve, args=arguments, daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _listen(self) -> None:
        """Wait until a process has something to say, or ends."""
        heard = wait([worker.line for worker in self.workers])
        for worker in [worker for worker in self.workers if worker.line in heard]:
            try:
                said = worker.line.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            if isinstance(said, MinutesError):
                raise said  # the recognisers cannot be built
            if not worker.ready:
                worker.ready = True
            elif worker.position is not None:
                self.names.pop(worker.position)
                self.done[worker.position] = said
                worker.position = None

    def _bury(self, worker: _Worker) -> None:
        """A process has ended by itself: its job failed."""
        self.workers.remove(worker)
        worker.process.join(_PATIENCE)
        ended = worker.process.exitcode
        if not worker.ready:
            raise ExtractionError(
                "pipeline.no-worker",
                f"A process that should share the work ended at once (exit code {ended}).",
                "Try it with --jobs 1.",
                ended=ended,
            )
        if worker.position is not None:
            name = self.names.pop(worker.position)
            self.done[worker.position] = Outcome(name, problem=_died(name, ended))

    def _dismiss(self) -> None:
        for worker in self.workers:
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join(_PATIENCE)
            worker.line.close()


def _died(name: str, ended: int | None) -> MinutesError:
    return MinutesError(
        "pipeline.worker-died",
        f"{name} could not be processed: the process that was at it ended (exit code {ended}).",
        "Perhaps memory ran out: try it again with --jobs 1.",
        path=name,
        ended=ended,
    )


def _serve(line: Connection, settings: PipelineSettings | None, words: Path | None, measured: bool) -> None:
    """What a process does: build the pipeline, then process one job after the other until the line is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of the terminal; ours answers it
    from minutes_nlp.pipeline import build_pipeline

    try:
        lexicon.overlay(words)
        pipeline = build_pipeline(settings)
    except MinutesError as problem:
        line.send(problem)
        return
    line.send(None)
    while True:
        try:
            job = line.recv()
        except (EOFError, OSError):
            return
        if measured:
            with collecting(Timings()) as timings:
                outcome = replace(attempt(job, lambda: pipeline), timings=timings)
        else:
            outcome = attempt(job, lambda: pipeline)
        try:
            line.send(outcome)
        except BrokenPipeError:  # the process that asked was killed
            return
