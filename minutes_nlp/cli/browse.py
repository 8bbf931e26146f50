"""`minutes browse`: the database in the web browser."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_nlp.cli.session import Session, session
from minutes_nlp.cli.values import parse_port

if TYPE_CHECKING:
    import sqlite3

    from minutes_nlp.browse.access.guarded import Guard
    from minutes_nlp.records.corrections import Correction

HOST = "127.0.0.1"
PORT = 8001


def browse(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", metavar="N", parser=parse_port)] = PORT,
    open_browser: Annotated[bool, typer.Option("--open/--no-open")] = True,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS")] = HOST,
    public: Annotated[str, typer.Option("--public", metavar="URL", show_default=False)] = "",
    write: Annotated[bool, typer.Option("--write", show_default=False)] = False,
) -> None:
    """Serve the database until Ctrl-C: on this machine, or for others who sign in."""
    here = session(context)
    here.open().close()  # a missing or damaged database is told before the server is loaded
    from minutes_nlp.browse.server import serve

    def ready(url: str) -> None:
        sys.stdout.write(here.say("browse.serving", url=url) + "\n")
        sys.stdout.flush()

    serve(
        here.database,
        host=host,
        port=port,
        open_browser=open_browser,
        language=here.say.language,
        originals=here.settings.raw_folder,
        ready=ready,
        guard=_guard(here, write),
        public=public,
    )


def _guard(here: Session, write: bool) -> Guard:
    """The accounts beside the database, and what the pages may not know themselves."""
    from minutes_nlp.browse.access.accounts import AccountBook
    from minutes_nlp.browse.access.guarded import Guard
    from minutes_nlp.cli.desks import BrowserDesk
    from minutes_nlp.ledger import refresh

    directory = here.settings.directory_path

    def reckon(db: sqlite3.Connection, corrections: Sequence[Correction]) -> None:
        refresh(db, directory=directory, corrections=corrections)

    return Guard(AccountBook.of(here.database), reckon, BrowserDesk(here) if write else None)
