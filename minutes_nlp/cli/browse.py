"""`minutes browse`: the database in the web browser."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from minutes_nlp.cli.session import session
from minutes_nlp.cli.values import parse_port

PORT = 8001


def browse(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", metavar="N", parser=parse_port)] = PORT,
    open_browser: Annotated[bool, typer.Option("--open/--no-open")] = True,
) -> None:
    """Serve the database on this machine until Ctrl-C."""
    here = session(context)
    here.open().close()  # a missing or damaged database is told before the server is loaded
    from minutes_nlp.browse.server import serve

    def ready(url: str) -> None:
        sys.stdout.write(here.say("browse.serving", url=url) + "\n")
        sys.stdout.flush()

    serve(here.database, port=port, open_browser=open_browser, language=here.say.language, ready=ready)
