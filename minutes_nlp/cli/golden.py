"""`minutes golden`: keep a corrected meeting as a case that must stay right."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from minutes_nlp.cli.session import session


def golden(
    context: typer.Context,
    meeting: Annotated[str, typer.Argument(metavar="MEETING", show_default=False)],
    output: Annotated[Path, typer.Option("--output", metavar="FOLDER")] = Path("corrected"),
    replace: Annotated[bool, typer.Option("--replace", show_default=False)] = False,
) -> None:
    """Copy the document of a meeting and its corrected record where `evaluate` and `train` read them."""
    from minutes_nlp.review.golden import keep_case
    from minutes_nlp.review.statements import document_of_meeting

    here = session(context)
    settings = here.settings
    with closing(here.open()) as db:
        document, _ = document_of_meeting(db, meeting)
        case = keep_case(
            db, settings.raw_folder, document.path, output, limits=settings.reading_limits(), replace=replace
        )
    sys.stdout.write(here.say("review.golden.written", document=case.document, gold=case.gold) + "\n")
    sys.stdout.write(here.say("review.golden.again", folder=output) + "\n")
