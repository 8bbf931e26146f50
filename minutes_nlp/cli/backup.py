"""`minutes backup` and `minutes restore`: a copy of the database and the corrections, and the way back."""

from __future__ import annotations

import datetime
import os
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_nlp.cli.messages import Messages
from minutes_nlp.cli.session import session

if TYPE_CHECKING:
    from minutes_nlp.store.backup import Summary


def backup(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE|DIR/", show_default=False)],
) -> None:
    """Copy the database and the corrections into one file, or into a new one in a folder."""
    from minutes_nlp.store.backup import back_up

    here = session(context)
    summary = back_up(here.database, Path(file), folder=file.endswith(("/", os.sep)), at=_now())
    sys.stdout.write(_told(summary, "backup.made", here.say) + "\n")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)],
    force: Annotated[bool, typer.Option("--force")] = False,
) -> None:
    """Put a backup in place of the database and the corrections."""
    from minutes_nlp.export.history import forget
    from minutes_nlp.export.records import write_records
    from minutes_nlp.store.restore import restore as run_restore

    here = session(context)
    done = run_restore(file, here.database, force=force, at=_now())
    with closing(here.open()) as db:
        forget(here.database)
        write_records(db, here.settings.structured_folder / "records")
    sys.stdout.write(_told(done.summary, "backup.restored", here.say) + "\n")
    if done.kept is not None:
        sys.stdout.write(here.say("backup.kept", path=done.kept) + "\n")


def _now() -> datetime.datetime:
    return datetime.datetime.now().astimezone()


def _told(summary: Summary, key: str, say: Messages) -> str:
    return say(
        key,
        path=summary.path,
        made_at=summary.made_at.replace("T", " ")[:16],
        documents=summary.documents,
        corrections=summary.corrections,
    )
