"""`minutes agenda`: the open points of a body as the draft of its next agenda."""

from __future__ import annotations

import datetime
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from minutes_nlp.cli.problems import UsageError
from minutes_nlp.cli.questions import Words
from minutes_nlp.cli.session import session
from minutes_nlp.settings import LANGUAGES

_ENDINGS = (".md", ".markdown", ".txt")


def parse_languages(value: str) -> tuple[str, ...]:
    """Languages with commas between.

    Raises:
        UsageError: there is none, or one that the program does not speak.
    """
    wanted = tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
    unknown = [code for code in wanted if code not in LANGUAGES]
    if unknown or not wanted:
        known, asked = ", ".join(LANGUAGES), ", ".join(unknown)
        raise UsageError(
            "usage.language", f"There are no messages in {asked}.", f"Use {known}.", value=asked, known=known
        )
    return wanted


def agenda(
    context: typer.Context,
    next_: Annotated[bool, typer.Option("--next")] = True,  # noqa: ARG001 - says in full what the command does
    body: Words = None,
    series: Words = None,
    languages: Annotated[str, typer.Option("--languages", metavar="nl,fr")] = "nl,fr",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", show_default=False)] = None,
) -> None:
    """Write the draft of the next agenda."""
    from minutes_nlp.cli.files import linker, unknown_ending, write_out
    from minutes_nlp.export.agenda import agenda_markdown
    from minutes_nlp.export.words import Words as Texts
    from minutes_nlp.query.agenda import next_agenda

    here = session(context)
    if output is not None and output.suffix.lower() not in ("", *_ENDINGS):
        raise unknown_ending(output, _ENDINGS)
    texts = [Texts(language) for language in parse_languages(languages)]
    today = datetime.date.today()  # noqa: DTZ011 - the user's own day
    with closing(here.open()) as db:
        found = next_agenda(db, today=today, body=body, series=series)
    content = agenda_markdown(found, texts, linker(here.settings.raw_folder, output))
    write_out(content, output, here.say("files.written", path=output))
