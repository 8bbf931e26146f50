"""`minutes review`: go through what is doubtful, worst first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_nlp.cli.asking import Dialogue, about
from minutes_nlp.cli.correcting import Who, desk_of
from minutes_nlp.cli.output import write_rows
from minutes_nlp.cli.problems import UsageError
from minutes_nlp.cli.questions import Format, Words
from minutes_nlp.cli.session import session
from minutes_nlp.cli.values import parse_share

if TYPE_CHECKING:
    from minutes_nlp.cli.session import Session
    from minutes_nlp.query.doubts import Doubt

_BELOW = "0.6"


def parse_kind(value: str) -> str:
    """A kind of doubt.

    Raises:
        UsageError: it is another word.
    """
    from minutes_nlp.query.doubts import KINDS

    if value not in KINDS:
        known = ", ".join(KINDS)
        raise UsageError("usage.kind", f"There is no kind {value}.", f"Use {known}.", value=value, known=known)
    return value


def review(
    context: typer.Context,
    meeting: Words = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", parser=parse_kind, show_default=False)
    ] = None,
    below: Annotated[float, typer.Option("--below", metavar="N", parser=parse_share)] = _BELOW,  # type: ignore[assignment] # Typer parses it
    list_: Annotated[bool, typer.Option("--list", show_default=False)] = False,
    format_: Format = "table",
    who: Who = None,
) -> None:
    """Ask about what is doubtful, or list it."""
    from minutes_nlp.cli.walk import Walk
    from minutes_nlp.query.doubts import KINDS, DoubtKind, find_doubts

    here = session(context)
    desk = desk_of(here, who)
    kinds: Sequence[DoubtKind] = [known for known in KINDS if not kind or known in kind]
    with desk.reading() as db:
        doubts = find_doubts(db, kinds=kinds, below=below, meeting=meeting)
    if list_ or format_ != "table":
        _list(here, doubts, format_)
        return
    if not doubts:
        _list(here, [], "table")
        return
    Walk(desk, doubts, Dialogue(here.say)).run()


def _list(here: Session, doubts: list[Doubt], format_: str) -> None:
    from minutes_nlp.query.doubts import DoubtRow, doubt_row

    texts = {doubt.id: about(doubt, here.say) for doubt in doubts}
    columns = ("kind", "doubt", "about", "quote", "meeting_date", "document")
    shown = {"about": lambda row: texts[row.id]}
    write_rows(list(map(doubt_row, doubts)), DoubtRow, format_, columns, here.say, here.say("empty.review"), shown)
