"""`minutes ingest`: bring records and database up to date with the files."""

from __future__ import annotations

import datetime
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from minutes_nlp.cli.messages import Messages
from minutes_nlp.cli.output import write_table
from minutes_nlp.cli.problems import FAILED, StoppedError
from minutes_nlp.cli.session import session
from minutes_nlp.cli.tables import clean
from minutes_nlp.cli.work import parse_jobs, processing, write_timings

if TYPE_CHECKING:
    from minutes_nlp.ingest import Entry, IngestReport

_QUIET = ("unchanged", "ignored")  # kinds of which only the number is told


def ingest(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATHS…", show_default=False)] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", metavar="N", parser=parse_jobs, show_default=False)
    ] = None,
    timings: Annotated[bool, typer.Option("--timings", show_default=False)] = False,
) -> None:
    """Ingest files and folders; exit code 1 if one of them failed."""
    from minutes_nlp.ingest import Places
    from minutes_nlp.ingest import ingest as run_ingest
    from minutes_nlp.pipeline.timings import Timings, collecting
    from minutes_nlp.store.connect import is_interrupt
    from minutes_nlp.store.correction_log import log_path

    here = session(context)
    settings, say = here.settings, here.say
    places = Places(settings.raw_folder, settings.structured_folder / "records", here.database, settings.directory_path)
    measured = Timings()
    with _progress(say) as progress, collecting(measured) if timings else nullcontext():
        try:
            report = run_ingest(
                paths or [],
                places,
                processing(settings, jobs),
                progress=progress,
                clock=lambda: datetime.datetime.now(datetime.UTC),
            )
        except (KeyboardInterrupt, sqlite3.OperationalError) as problem:
            if not is_interrupt(problem):
                raise
            raise StoppedError(
                "ingest.interrupted",
                f"Stopped after {progress.done} of {progress.total} files.",
                "What was done is kept; run it again for the rest.",
                done=progress.done,
                total=progress.total,
            ) from None
    _summarise(report, say)
    if report.torn:
        sys.stderr.write(say("ingest.torn", path=log_path(here.database)) + "\n")
    if timings:
        write_timings(measured, say)
    if report.of_kind("failed"):
        raise typer.Exit(FAILED)


def _summarise(report: IngestReport, say: Messages) -> None:
    from minutes_nlp.ingest import KINDS

    counts = report.counts()
    told = [say(f"ingest.{kind}", count=counts[kind]) for kind in KINDS if counts[kind]]
    sys.stdout.write((", ".join(told) if told else say("ingest.nothing")) + ".\n")
    if report.corrected:
        sys.stdout.write(say("ingest.corrected", names=", ".join(map(clean, report.corrected))) + "\n")
    if report.issues:
        sys.stdout.write(say("ingest.issues", count=report.issues) + "\n")
    for entry in report.of_kind("missing"):
        sys.stdout.write(say("ingest.gone", name=clean(entry.name)) + "\n")
    for entry in report.of_kind("ignored"):
        reason = say(f"ingest.because.{entry.reason}")
        sys.stdout.write(say("ingest.left_out", name=clean(entry.name), reason=reason) + "\n")
    for entry in report.entries:
        if entry.left:
            sys.stdout.write(told_left(entry, say) + "\n")
    if failed := report.of_kind("failed"):
        sys.stdout.write(f"\n{say('ingest.failures')}\n")
        headings = [say(f"columns.{name}") for name in ("file", "problem", "remedy")]
        rows = [(entry.name, *say.error(entry.problem)) for entry in failed if entry.problem]
        write_table(headings, [[clean(text) for text in column] for column in zip(*rows, strict=True)], say)


def told_left(entry: Entry, say: Messages) -> str:
    """That a file holds further minutes, which were not read."""
    others = (say("ingest.mail_text") if other == entry.name else clean(other) for other in entry.left)
    return say("ingest.left", name=clean(entry.name), others=", ".join(others))


class _Silent:
    """Tells nothing, where only one file is read and its outcome is told anyway."""

    def start(self, total: int) -> None:
        """There are `total` files to look at."""

    def begin(self, name: str) -> None:
        """This file is looked at now."""

    def end(self, entry: Entry) -> None:
        """That file is done."""


def quiet_progress() -> _Silent:
    """A progress that tells nothing."""
    return _Silent()


class _Plain:
    """One line per file, for logs and pipes."""

    def __init__(self, say: Messages) -> None:
        self.say = say
        self.done = self.total = 0

    def start(self, total: int) -> None:
        """There are `total` files to look at."""
        self.total = total

    def begin(self, name: str) -> None:
        """This file is looked at now."""

    def end(self, entry: Entry) -> None:
        """That file is done."""
        if entry.kind in ("missing", "ignored"):
            return
        self.done += 1
        if entry.kind not in _QUIET:
            self.line(f"[{self.done}/{self.total}] {clean(entry.name)}{self.say('help.colon')} {self._outcome(entry)}")

    def line(self, text: str) -> None:
        """Print a line."""
        sys.stderr.write(text + "\n")
        sys.stderr.flush()

    def _outcome(self, entry: Entry) -> str:
        if entry.problem is not None:
            return clean(self.say.error(entry.problem)[0])
        return self.say(f"ingest.line.{entry.kind}", actions=entry.actions, decisions=entry.decisions)


class _Bar(_Plain):
    """A bar on the terminal, with a line above it for every file that was processed."""

    def __init__(self, say: Messages, bar: Any) -> None:
        super().__init__(say)
        self.bar = bar
        self.task = bar.add_task("", total=None)

    def start(self, total: int) -> None:
        """There are `total` files to look at."""
        super().start(total)
        self.bar.update(self.task, total=total)

    def begin(self, name: str) -> None:
        """This file is looked at now."""
        self.bar.update(self.task, description=clean(name))

    def end(self, entry: Entry) -> None:
        """That file is done."""
        super().end(entry)
        self.bar.update(self.task, completed=self.done)

    def line(self, text: str) -> None:
        """Print a line above the bar."""
        self.bar.console.print(text, markup=False, highlight=False)


@contextmanager
def _progress(say: Messages) -> Iterator[_Plain]:
    if not sys.stderr.isatty():
        yield _Plain(say)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (MofNCompleteColumn(), BarColumn(bar_width=20), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _Bar(say, bar)
