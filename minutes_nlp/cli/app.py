"""The program `minutes`: its global options, its commands, and what happens when one fails."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from minutes_nlp import __version__
from minutes_nlp.cli import (
    action,
    add,
    agenda,
    backup,
    blocks,
    browse,
    decision,
    diff,
    digest,
    doctor,
    evaluate,
    export,
    extract,
    golden,
    import_,
    ingest,
    issues,
    log,
    meeting,
    organisation,
    person,
    questions,
    review,
    show,
    train,
    user,
    watch,
)
from minutes_nlp.cli.frame import PROGRAM, Command, Group, SubGroup, localise
from minutes_nlp.cli.messages import Messages, choose_language, hoist_global_options, option_value
from minutes_nlp.cli.problems import FAILED, INTERRUPTED, UsageError, report
from minutes_nlp.cli.session import Session, session
from minutes_nlp.errors import SettingsError
from minutes_nlp.settings import LANGUAGES, Settings, load_settings

GLOBAL_OPTIONS = ("--lang", "--database")
COMMANDS: tuple[tuple[str, Callable[..., None] | typer.Typer], ...] = (
    ("ingest", ingest.ingest),
    ("watch", watch.watch),
    ("actions", questions.actions),
    ("decisions", questions.decisions),
    ("meetings", questions.meetings),
    ("show", show.show),
    ("people", questions.people),
    ("organisations", questions.organisations),
    ("search", questions.search),
    ("issues", issues.issues),
    ("review", review.review),
    ("action", action.app),
    ("decision", decision.app),
    ("person", person.app),
    ("organisation", organisation.app),
    ("meeting", meeting.app),
    ("add", add.app),
    ("log", log.log),
    ("undo", log.undo),
    ("golden", golden.golden),
    ("browse", browse.browse),
    ("user", user.app),
    ("digest", digest.digest),
    ("agenda", agenda.agenda),
    ("export", export.export),
    ("import", import_.import_),
    ("diff", diff.diff),
    ("backup", backup.backup),
    ("restore", backup.restore),
    ("extract", extract.extract),
    ("text", extract.text),
    ("blocks", blocks.blocks),
    ("schema", extract.schema),
    ("evaluate", evaluate.evaluate),
    ("train", train.train),
    ("doctor", doctor.doctor),
)


def parse_language(value: str) -> str:
    """A language that the program speaks.

    Raises:
        UsageError: it is another one.
    """
    if value not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise UsageError(
            "usage.language", f"There are no messages in {value}.", f"Use {known}.", value=value, known=known
        )
    return value


def _version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"{PROGRAM} {__version__}\n")
        raise typer.Exit


def start(
    context: typer.Context,
    lang: Annotated[str | None, typer.Option("--lang", metavar="nl|fr|en", parser=parse_language)] = None,
    database: Annotated[Path | None, typer.Option("--database", metavar="FILE")] = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,  # noqa: ARG001 - done by `_version`
) -> None:
    """Take the global options; the messages speak the language already, since even the help does."""
    here = session(context)
    here.asked_database, here.asked_language = database, lang


def build(say: Messages) -> Group:
    """The command line, speaking the language of `say`."""
    app = typer.Typer(cls=Group, name=PROGRAM, rich_markup_mode=None, add_completion=False, no_args_is_help=False)
    app.callback(cls=Group, invoke_without_command=False)(start)
    for name, function in COMMANDS:
        if isinstance(function, typer.Typer):
            app.add_typer(function, name=name, cls=function.info.cls or SubGroup)
        else:
            app.command(name, cls=Command)(function)
    return localise(app, say, [name for name, _ in COMMANDS])


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code: 0 fine, 1 failed, 2 wrong command line, 130 interrupted."""
    hoisted = hoist_global_options(arguments, GLOBAL_OPTIONS)
    settings = _settings()
    configured = None if isinstance(settings, SettingsError) else settings.language
    say = Messages(choose_language(option_value(hoisted, "--lang"), configured, os.environ))
    try:
        command = build(say)
        result = command.main(
            args=hoisted or ["--help"], prog_name=PROGRAM, standalone_mode=False, obj=Session(say, settings)
        )
        sys.stdout.flush()
    except BrokenPipeError:
        return _closed_pipe()
    except (Exception, KeyboardInterrupt) as problem:  # noqa: BLE001 - the last resort: no traceback for users
        if isinstance(problem, OSError) and problem.filename is None:
            _give_up_output()  # it may be our output that cannot be written: a full disk
        return report(KeyboardInterrupt() if _is_interrupt(problem) else problem, say)
    if result == INTERRUPTED:  # how Typer reports Ctrl-C
        return report(KeyboardInterrupt(), say)
    return result if isinstance(result, int) else 0


def _is_interrupt(problem: BaseException) -> bool:
    if type(problem).__module__ != "sqlite3":
        return False
    from minutes_nlp.store.connect import is_interrupt

    return is_interrupt(problem)


def _settings() -> Settings | SettingsError:
    try:
        return load_settings(Path())
    except SettingsError as error:
        return error


def _closed_pipe() -> int:
    """Whoever reads our output has gone (`minutes actions | head`): stop without a word."""
    _give_up_output()
    return FAILED


def _give_up_output() -> None:
    """Let nothing more be written to standard output, not even by the interpreter when it ends."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - for the interpreter's last flush


def main() -> None:
    """The entry point of the command `minutes`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter shows `?`
    sys.exit(run(sys.argv[1:]))
