"""`minutes digest`: what each person or body still has to do."""

from __future__ import annotations

import datetime
import os
import re
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_nlp.cli.problems import UsageError
from minutes_nlp.cli.questions import Day, Words
from minutes_nlp.cli.session import session
from minutes_nlp.settings import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from minutes_nlp.query.digest import Digest, Share

_ENDINGS = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".eml": "eml"}
_LONGEST_NAME = 80


def digest(
    context: typer.Context,
    owner: Words = None,
    organisation: Words = None,
    meeting: Words = None,
    since: Day = None,
    format_: Annotated[str | None, typer.Option("--format", metavar="md|html|eml")] = None,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", show_default=False)] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="ADDRESS", show_default=False)] = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="ADDRESS", show_default=False)] = None,
) -> None:
    """Write what is still to be done; into a folder, one file per owner."""
    from minutes_nlp.cli.files import choose_format, write_out
    from minutes_nlp.export.words import Words as Texts
    from minutes_nlp.query.digest import make_digest, only

    here = session(context)
    path = Path(output) if output else None
    folder = path if path is not None and output is not None and _means_folder(output) else None
    chosen = choose_format(format_, None if folder else path, _ENDINGS, "md")
    if (to or from_) and chosen != "eml":
        raise UsageError("usage.no_mail", "Only a mail has addresses.", "Add --format eml.")
    today = datetime.date.today()  # noqa: DTZ011 - the user's own day
    with closing(here.open()) as db:
        found = make_digest(db, today=today, owner=owner, organisation=organisation, meeting=meeting, since=since)
    render = _renderer(chosen, here.settings.raw_folder, to, from_)
    if folder is None:
        write_out(render(found, here.say.language, path), path, here.say("files.written", path=path))
        return
    if not found.shares:
        sys.stderr.write(Texts(here.say.language)("digest.nothing") + "\n")
    taken: set[str] = set()
    for share in found.shares:
        language = here.asked_language or share.language(LANGUAGES, here.say.language)
        path = folder / f"{_file_name(share, Texts(language)('digest.nobody'), taken)}.{chosen}"
        write_out(render(only(found, share), language, path), path)
        sys.stdout.write(f"{path}\n")


def _means_folder(output: str) -> bool:
    """Whether it is a folder, or ends as one that is still to be made."""
    return Path(output).is_dir() or output.endswith(("/", os.sep))


def _file_name(share: Share, nobody: str, taken: set[str]) -> str:
    """A name without ending for the file of a share, that no other has; it is then in `taken`."""
    from minutes_nlp.store.identity import fold

    name = re.sub(r"[^\w]+", "-", fold(share.label)).strip("-")[:_LONGEST_NAME]
    name = found = name or re.sub(r"[^\w]+", "-", fold(nobody)).strip("-")
    number = 1
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    taken.add(found)
    return found


def _renderer(
    format_: str, raw: Path, to: str | None, sender: str | None
) -> Callable[[Digest, str, Path | None], str | bytes]:
    from minutes_nlp.cli.files import linker
    from minutes_nlp.export.digest import digest_html, digest_mail, digest_markdown
    from minutes_nlp.export.words import Words as Texts

    def render(found: Digest, language: str, path: Path | None) -> str | bytes:
        words = Texts(language)
        if format_ == "eml":
            return digest_mail(found, words, now=datetime.datetime.now().astimezone(), to=to, sender=sender)
        written = digest_html if format_ == "html" else digest_markdown
        return written(found, words, linker(raw, path))

    return render
