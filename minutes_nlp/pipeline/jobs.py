"""One document to process: how it is read, what became of it. Loads nothing heavy."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from minutes_nlp.errors import ExtractionError, MinutesError
from minutes_nlp.pipeline.deadline import Deadline, TimeUp
from minutes_nlp.pipeline.timings import Timings, current, timed

if TYPE_CHECKING:
    from minutes_nlp.reading.document import SourceDocument
    from minutes_nlp.records import MeetingRecord

AUTOMATIC: Final = 0
_FILES_PER_PROCESS: Final = 12  # fewer don't pay for the second or two in which a process starts
_MOST_PROCESSES: Final = 8  # each takes some 200 MB


class Processor(Protocol):
    """What turns a document into its record."""

    def process(self, document: SourceDocument) -> MeetingRecord:
        """The record of one document."""


@dataclass(frozen=True, slots=True)
class Job:
    """A document to be processed.

    Attributes:
        name: it is known by.
        read: gives the document (for another process: a module's function or a `partial`).
        size: how much work it is beside others, in bytes or characters; 0 where nobody knows.
        seconds: how long the recognisers may take for it, on the clock; 0 for as long as it takes.
    """

    name: str
    read: Callable[[], SourceDocument]
    size: int = 0
    seconds: float = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: a record, or the problem that prevented it; `timings` if another process measured any.

    `left` names further minutes in the file, which were not read.
    """

    name: str
    record: MeetingRecord | None = None
    problem: MinutesError | None = None
    timings: Timings | None = None
    left: tuple[str, ...] = ()


Outcomes = Generator[Outcome, None, None]
"""What became of several jobs, in their order; closing it ends the work."""


def size_of(path: Path) -> int:
    """The size of a file in bytes; 0 if it cannot be told (reading it will say why)."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def automatic(files: int) -> int:
    """How many processes suit so many files: one for a handful, at most one per core that may be used, at most 8."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, files // _FILES_PER_PROCESS, _MOST_PROCESSES))


def process_here(jobs: Iterable[Job], build: Callable[[], Processor]) -> Outcomes:
    """The outcomes of the jobs, one after the other in this process.

    Args:
        jobs: what is to be processed.
        build: makes the processor; called once, when the first document was read.

    Raises:
        ExtractionError: the recognisers are configured wrongly.
    """
    built: list[Processor] = []

    def processor() -> Processor:
        if not built:
            built.append(build())
        return built[0]

    for job in jobs:
        yield attempt(job, processor)


def attempt(job: Job, processor: Callable[[], Processor]) -> Outcome:
    """Read and process one document; whatever it brings about is its outcome, and no exception."""
    from minutes_nlp.reading.document import ApartKind

    try:
        with timed("reading"):
            document = job.read()
    except MinutesError as problem:
        return Outcome(job.name, problem=problem)
    except Exception as problem:  # noqa: BLE001 - whatever one document brings about, the others are still read
        return Outcome(job.name, problem=unexpected(job.name, problem))
    built = processor()
    try:
        with Deadline(job.seconds):
            record = built.process(document)
    except TimeUp:
        return Outcome(job.name, problem=_too_long(job))
    except MinutesError as problem:
        return Outcome(job.name, problem=problem)
    except Exception as problem:  # noqa: BLE001 - as above
        return Outcome(job.name, problem=unexpected(job.name, problem))
    if (timings := current()) is not None:
        timings.words += len(document.text.split())
    left = tuple(piece.text for piece in document.apart if piece.kind is ApartKind.MINUTES)
    return Outcome(job.name, record, left=left)


def _too_long(job: Job) -> ExtractionError:
    return ExtractionError(
        "pipeline.time",
        f"{job.name} takes more than {job.seconds:g} seconds to look through.",
        "See whether it is a report at all; if so, split it, or raise `limits.working_seconds` in minutes.toml.",
        path=job.name,
        limit=f"{job.seconds:g}",
    )


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
