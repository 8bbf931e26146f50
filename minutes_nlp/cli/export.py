"""`minutes export`: hand over actions and records to other programs."""

from __future__ import annotations

import datetime
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_nlp.cli.problems import UsageError
from minutes_nlp.cli.questions import Words
from minutes_nlp.cli.session import Session, session

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from minutes_nlp.export.words import Words as Texts
    from minutes_nlp.query.filters import ActionFilter
    from minutes_nlp.query.tasks import Task

_ENDINGS = {".ics": "ics", ".csv": "csv", ".xlsx": "xlsx", ".md": "md", ".txt": "todo", ".jsonl": "jsonl"}


def export(
    context: typer.Context,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", show_default=False)] = None,
    format_: Annotated[str | None, typer.Option("--format", metavar="ics|csv|xlsx|md|todo|jsonl")] = None,
    open_: Annotated[bool, typer.Option("--open")] = False,
    done: Annotated[bool, typer.Option("--done")] = False,
    overdue: Annotated[bool, typer.Option("--overdue")] = False,
    owner: Words = None,
    organisation: Words = None,
    meeting: Words = None,
    theme: Words = None,
) -> None:
    """Write actions, or whole records, in the format asked for."""
    from minutes_nlp.cli.files import choose_format, write_out
    from minutes_nlp.export.lines import record_lines
    from minutes_nlp.query.filters import ActionFilter
    from minutes_nlp.query.owners import check_known

    here = session(context)
    chosen = choose_format(format_, output, _ENDINGS, None)
    wanted = ActionFilter(
        open=open_,
        done=done,
        overdue=overdue,
        owner=owner,
        organisation=organisation,
        meeting=meeting,
        theme=theme,
        today=datetime.date.today(),  # noqa: DTZ011 - the user's own day
    )
    if chosen == "jsonl" and any((open_, done, overdue, owner, organisation, meeting, theme)):
        raise UsageError("usage.whole_records", "jsonl has whole records.", "Leave the conditions on actions out.")
    with closing(here.open()) as db:
        if owner:
            check_known(db, owner)
        if chosen == "jsonl":
            lines = list(record_lines(db))
            content: str | bytes = "".join(lines)
            told = here.say("export.records", path=output, count=len(lines))
        else:
            content, count = _actions(db, here, chosen, wanted, output)
            told = here.say("export.actions", path=output, count=count)
    write_out(content, output, told)


def _actions(
    db: sqlite3.Connection, here: Session, format_: str, wanted: ActionFilter, output: Path | None
) -> tuple[str | bytes, int]:
    """The content of the file, and how many actions it has."""
    from minutes_nlp.cli.files import linker
    from minutes_nlp.export.markdown import markdown_table
    from minutes_nlp.export.sheets import csv_text, xlsx_bytes
    from minutes_nlp.export.todo import todo_text
    from minutes_nlp.export.words import Words as Texts
    from minutes_nlp.query.tasks import find_tasks

    words = Texts(here.say.language)
    link = linker(here.settings.raw_folder, output)
    tasks = find_tasks(db, wanted)
    content: dict[str, Callable[[], str | bytes]] = {
        "ics": lambda: _calendar(db, tasks, words, output),
        "csv": lambda: csv_text(tasks, words),
        "xlsx": lambda: xlsx_bytes(tasks, words, link),
        "md": lambda: markdown_table(tasks, words, link),
        "todo": lambda: todo_text(tasks),
    }
    return content[format_](), len(tasks)


def _calendar(db: sqlite3.Connection, tasks: list[Task], words: Texts, output: Path | None) -> bytes:
    """The tasks, and those of the earlier file that no longer fit the conditions: a calendar has to hear of them."""
    from minutes_nlp.export.calendar import calendar_bytes, read_calendar
    from minutes_nlp.query.tasks import tasks_with

    before = read_calendar(output.read_bytes()) if output is not None and output.is_file() else {}
    listed = {task.id for task in tasks}
    others = tasks_with(db, [identifier for identifier in before if identifier not in listed])
    return calendar_bytes([*tasks, *others], words, now=datetime.datetime.now(datetime.UTC), before=before)
