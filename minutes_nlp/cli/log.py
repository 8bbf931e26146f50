"""`minutes log` and `minutes undo`: what was corrected, and taking it back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_nlp.cli.action import described
from minutes_nlp.cli.correcting import Who, desk_of, tell
from minutes_nlp.cli.output import write_rows
from minutes_nlp.cli.questions import Day, Format, Words
from minutes_nlp.cli.session import session

if TYPE_CHECKING:
    from minutes_nlp.records.corrections import Correction
    from minutes_nlp.review.history import LogRow


def log(
    context: typer.Context,
    meeting: Words = None,
    since: Day = None,
    who: Who = None,
    format_: Format = "table",
) -> None:
    """List the corrections, the newest first."""
    from minutes_nlp.review.history import LogRow, log_rows
    from minutes_nlp.store.correction_log import log_path, read_log

    here = session(context)
    path = log_path(here.database)
    found = read_log(path)
    documents = None if meeting is None else _documents(context, meeting)
    rows = log_rows(found.corrections, who=who, since=since, documents=documents)
    columns = ("id", "at", "who", "about", "value", "quote", "document")
    say = here.say
    shown = {
        "id": lambda row: row.id[:8],
        "at": lambda row: row.at[:16].replace("T", " "),
        "about": lambda row: (
            " ".join(filter(None, (say(f"review.about.{row.kind}.{row.field}"), row.undoes and row.undoes[:8], row.on)))
            + (f" ({say('review.taken_back')})" if row.undone else "")
        ),
        "value": lambda row: None if row.undoes else described(say, row.field, _readable(row)),
    }
    write_rows(rows, LogRow, format_, columns, say, say("empty.log"), shown)
    if found.torn:
        sys.stderr.write(say("review.torn", path=path) + "\n")


def _readable(row: LogRow) -> object:
    """The value; of people and bodies, whose values are ids, the names as they were."""
    return row.was if row.kind in ("person", "organisation") and row.was else row.value


def _documents(context: typer.Context, meeting: str) -> list[str]:
    """The documents of the meetings that a reference names."""
    from contextlib import closing

    from minutes_nlp.query.references import find_meetings

    with closing(session(context).open()) as db:
        sql = "SELECT d.path FROM documents d JOIN meetings m ON m.document_id = d.id WHERE m.id = ?"
        return [db.execute(sql, (found,)).fetchone()[0] for found in find_meetings(db, meeting)]


def undo(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID…", show_default=False)],
    who: Who = None,
) -> None:
    """Take corrections back; undoing an undo brings back what it took away."""
    from minutes_nlp.review.history import undo_of
    from minutes_nlp.store.correction_log import read_log

    here = session(context)
    desk = desk_of(here, who)
    log = list(read_log(desk.log).corrections)
    undos: list[Correction] = []
    told: list[str] = []
    for reference in ids:
        correction, target = undo_of(desk, [*log, *undos], reference)
        undos.append(correction)
        about = here.say(f"review.about.{target.kind}.{target.field}").rstrip("\u00a0 :")
        told.append(here.say("review.done.undo", id=target.id[:8], about=about))
    tell(here, desk, desk.put(undos), "; ".join(told))
