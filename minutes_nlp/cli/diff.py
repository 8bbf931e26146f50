"""`minutes diff`: what changed between two ingests."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_nlp.cli.output import write_rows
from minutes_nlp.cli.questions import Format
from minutes_nlp.cli.session import Session, session

if TYPE_CHECKING:
    from minutes_nlp.query.differences import Side


def diff(
    context: typer.Context,
    old: Annotated[Path | None, typer.Argument(metavar="OLD", show_default=False)] = None,
    new: Annotated[Path | None, typer.Argument(metavar="NEW", show_default=False)] = None,
    everything: Annotated[bool, typer.Option("--all")] = False,
    format_: Format = "table",
) -> None:
    """List what changed, by document and field."""
    from minutes_nlp.query.differences import Difference, differences

    here = session(context)
    before, after = _last_ingest(here) if old is None else _given(here, old, new)
    found = differences(before, after, everything=everything)
    columns = ("document", "part", "field", "change", "what", "old", "new")
    write_rows(found, Difference, format_, columns, here.say, here.say("empty.differences"))
    if found and format_ == "table":
        count = len({one.document for one in found})
        sys.stdout.write("\n" + here.say("diff.count", differences=len(found), documents=count) + "\n")


def _last_ingest(here: Session) -> tuple[Side, Side]:
    """What the documents of the last ingest said before it, and what they say now."""
    from minutes_nlp.export.history import history_path, read_before
    from minutes_nlp.export.sides import side_of_database
    from minutes_nlp.query.differences import Side

    before, documents = read_before(history_path(here.database))
    with closing(here.open()) as db:
        now = side_of_database(db, documents)
    return before, Side(now.records, now.ledger if documents else {})


def _given(here: Session, old: Path, new: Path | None) -> tuple[Side, Side]:
    from minutes_nlp.export.sides import load_side, side_of_database

    before = load_side(old)
    if new is not None:
        return before, load_side(new)
    with closing(here.open()) as db:
        return before, side_of_database(db)
