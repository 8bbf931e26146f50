"""`minutes watch`: take files as they arrive."""

from __future__ import annotations

import datetime
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_nlp.cli.ingest import told_left
from minutes_nlp.cli.messages import Messages
from minutes_nlp.cli.problems import explain
from minutes_nlp.cli.session import session
from minutes_nlp.cli.tables import clean
from minutes_nlp.cli.values import parse_seconds
from minutes_nlp.cli.work import parse_jobs, processing
from minutes_nlp.errors import MinutesError

if TYPE_CHECKING:
    from minutes_nlp.ingest import Entry

_SETTLE = "3"


def watch(
    context: typer.Context,
    settle: Annotated[float, typer.Option("--settle", metavar="SECONDS", parser=parse_seconds)] = _SETTLE,  # type: ignore[assignment] # Typer parses it
    poll: Annotated[
        float | None, typer.Option("--poll", metavar="SECONDS", parser=parse_seconds, show_default=False)
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", metavar="N", parser=parse_jobs, show_default=False)
    ] = None,
) -> None:
    """Watch the raw folder until Ctrl-C or SIGTERM, both of which end it tidily with exit code 0."""
    from minutes_nlp.ingest import Places
    from minutes_nlp.watch import Pace, changes_in
    from minutes_nlp.watch import watch as run_watch

    here = session(context)
    settings = here.settings
    places = Places(settings.raw_folder, settings.structured_folder / "records", here.database, settings.directory_path)
    log = _Log(here.say, lambda: datetime.datetime.now().astimezone())
    signal.signal(signal.SIGTERM, _stop)
    if sys.platform == "win32":
        signal.signal(signal.SIGBREAK, _stop)
    try:
        run_watch(
            places,
            processing(settings, jobs),
            changes_in(places.raw, poll),
            pace=Pace(settle=settle),
            progress=log,
            tell=log.tell,
            clock=lambda: datetime.datetime.now(datetime.UTC),
        )
    except KeyboardInterrupt:
        log.tell("stopped")


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


class _Log:
    """Writes one line per file and event to standard error, each with its time.

    Args:
        say: the texts in the user's language.
        clock: gives the time of a line, in the user's own time zone.
    """

    def __init__(self, say: Messages, clock: Callable[[], datetime.datetime]) -> None:
        self.say = say
        self.clock = clock
        self._gone: set[str] = set()  # told already: each ingest reports them anew

    def line(self, text: str) -> None:
        """Write a line."""
        sys.stderr.write(f"{self.clock():%Y-%m-%d %H:%M:%S}  {clean(text)}\n")
        sys.stderr.flush()

    def tell(self, event: str, **values: object) -> None:
        """Something happens to the watcher itself."""
        problem = values.pop("problem", None)
        if isinstance(problem, MinutesError):
            values["problem"] = self.say.error(problem)[0]
        elif isinstance(problem, BaseException):
            values["problem"] = explain(problem, self.say)[0]
        self.line(self.say(f"watch.{event}", **values))

    def start(self, total: int) -> None:
        """There are `total` files to look at."""

    def begin(self, name: str) -> None:
        """This file is looked at now."""

    def end(self, entry: Entry) -> None:
        """That file is done."""
        if entry.kind == "missing":
            if entry.name not in self._gone:
                self._gone.add(entry.name)
                self.line(self.say("ingest.gone", name=entry.name))
            return
        self._gone.discard(entry.name)
        if entry.problem is not None:
            self.line(self.say("watch.failed", name=entry.name, reason=" ".join(self.say.error(entry.problem))))
        elif entry.kind in ("new", "changed", "reread"):
            told = self.say(f"ingest.line.{entry.kind}", actions=entry.actions, decisions=entry.decisions)
            self.line(f"{entry.name}{self.say('help.colon')} {told}")
            if entry.left:
                self.line(told_left(entry, self.say))
