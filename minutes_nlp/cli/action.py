"""`minutes action …`: what became of one action, and what was read wrongly in it."""

from __future__ import annotations

import dataclasses
import datetime
import sys
from contextlib import closing
from typing import Annotated, Any

import typer

from minutes_nlp.cli.correcting import Who, desk_of, tell, tell_again, today
from minutes_nlp.cli.frame import Command, commands_about
from minutes_nlp.cli.histories import history_page
from minutes_nlp.cli.output import width, write_json
from minutes_nlp.cli.problems import UsageError
from minutes_nlp.cli.session import session
from minutes_nlp.cli.show import parse_detail_format
from minutes_nlp.cli.values import parse_count, parse_day, parse_due

Id = Annotated[str, typer.Argument(metavar="ID", show_default=False)]
On = Annotated[datetime.date | None, typer.Option("--on", metavar="DATE", parser=parse_day, show_default=False)]
Misread = Annotated[bool, typer.Option("--misread", show_default=False)]
Quote = Annotated[str, typer.Option("--quote", metavar="TEXT", show_default=False)]
Nth = Annotated[int | None, typer.Option("--nth", metavar="N", parser=parse_count, show_default=False)]

app = commands_about()


def show(
    context: typer.Context,
    action: Id,
    format_: Annotated[str, typer.Option("--format", metavar="table|json", parser=parse_detail_format)] = "table",
) -> None:
    """What became of the action, with the passages."""
    from minutes_nlp.query.history import show_action

    here = session(context)
    with closing(here.open()) as db:
        found = show_action(db, action, today=datetime.date.today())  # noqa: DTZ011 - the user's own day
    if format_ == "json":
        write_json(dataclasses.asdict(found))
    else:
        sys.stdout.write("\n".join(history_page(found, here.say, width())) + "\n")


def done(context: typer.Context, action: Id, on: On = None, misread: Misread = False, who: Who = None) -> None:
    """The action is done."""
    _status(context, action, "done", on, misread, who)


def reopen(context: typer.Context, action: Id, on: On = None, misread: Misread = False, who: Who = None) -> None:
    """The action is open (again)."""
    _status(context, action, "open", on, misread, who)


def drop(context: typer.Context, action: Id, on: On = None, who: Who = None) -> None:
    """Nobody will do the action any more."""
    _status(context, action, "dropped", on, False, who)


def assign(
    context: typer.Context,
    action: Id,
    names: Annotated[list[str] | None, typer.Argument(metavar="NAMES…", show_default=False)] = None,
    nobody: Annotated[bool, typer.Option("--nobody", show_default=False)] = False,
    new: Annotated[bool, typer.Option("--new", show_default=False)] = False,
    on: On = None,
    who: Who = None,
) -> None:
    """Others have to do it."""
    from minutes_nlp.cli.assigning import assigned
    from minutes_nlp.query.places import find_row
    from minutes_nlp.store.identity import storable

    typed = [name for written in names or () if (name := storable(written).strip())]
    if bool(typed) == nobody:
        raise UsageError("usage.owners", "Give the names, or --nobody.", "Several names are several arguments.")
    here = session(context)
    with desk_of(here, who).reading() as db:
        owners = assigned(db, find_row(db, "action", action).meeting_id, typed, here.say, new=new)
    told = ", ".join(owner.described for owner in owners) or here.say("review.nothing")
    day = on.isoformat() if on else None
    correct_row(context, "action", action, "owners", [owner.name for owner in owners], who, told=told, on=day)


def due(
    context: typer.Context,
    action: Id,
    day: Annotated[str | None, typer.Argument(metavar="DATE", parser=parse_due, show_default=False)] = None,
    none: Annotated[bool, typer.Option("--none", show_default=False)] = False,
    on: On = None,
    who: Who = None,
) -> None:
    """It is due on another day."""
    if (day is None) != none:
        raise UsageError("usage.due", "Give the day or month, or --none.", "Write it as 2024-05-31 or 2024-05.")
    _correct(context, action, "due", day, on, who)


def reject(context: typer.Context, action: Id, who: Who = None) -> None:
    """The passage is no action item."""
    _correct(context, action, "exists", False, None, who)


def confirm(context: typer.Context, action: Id, who: Who = None) -> None:
    """The passage is an action item."""
    _correct(context, action, "exists", True, None, who)


def quote(context: typer.Context, action: Id, quote: Quote, nth: Nth = None, who: Who = None) -> None:
    """Other words of the document are the action item."""
    correct_quote(context, "action", action, quote, nth, who)


def _status(
    context: typer.Context, reference: str, value: str, on: datetime.date | None, misread: bool, who: str | None
) -> None:
    if misread and on is not None:
        raise UsageError("usage.misread", "--misread and --on exclude each other.", "Leave one of them out.")
    day = None if misread else on or datetime.date.fromisoformat(today())
    _correct(context, reference, "status", value, day, who)


def _correct(
    context: typer.Context, reference: str, field: str, value: Any, on: datetime.date | None, who: str | None
) -> None:
    correct_row(context, "action", reference, field, value, who, on=on.isoformat() if on else None)


def correct_row(
    context: typer.Context,
    kind: str,
    reference: str,
    field: str,
    value: Any,
    who: str | None,
    *,
    told: str | None = None,
    **more: Any,
) -> None:
    """Correct one field of the row that `reference` names, and tell what was done.

    Args:
        context: of the command.
        kind, reference: the row.
        field, value: what is right.
        who: who corrects, if the command line says so.
        told: the value as the user is told of it.
        more: of the correction (`on`, `other`).
    """
    from minutes_nlp.query.places import find_row, shown
    from minutes_nlp.review.repeated import says_nothing_new
    from minutes_nlp.review.statements import of_row

    here = session(context)
    desk = desk_of(here, who)
    with desk.reading() as db:
        place = find_row(db, kind, reference)
        correction = of_row(desk, db, place, field, value, **more)
        again = says_nothing_new(db, place, correction)
    if again:
        tell_again(here, shown(place.quote))
        return
    outcome = desk.put([correction])
    said = ("confirmed" if value else "rejected") if field == "exists" else field
    about = here.say(
        f"review.done.{kind}.{said}", value=told or described(here.say, field, value), quote=shown(place.quote)
    )
    day = here.say("review.on", day=correction.on) if correction.on else ""
    tell(here, desk, outcome, f"{about} {day}", row=place.id)


def correct_quote(
    context: typer.Context, kind: str, reference: str, words: str, nth: int | None, who: str | None
) -> None:
    """Give the row that `reference` names another passage of its document."""
    from minutes_nlp.query.places import document_text, find_row
    from minutes_nlp.review.passages import find_passage

    with desk_of(session(context), who).reading() as db:
        place = find_row(db, kind, reference)
        passage = find_passage(document_text(db, place.path), words, nth)
    correct_row(context, kind, place.id, "quote", passage, who)


def described(say: Any, field: str, value: Any) -> str:
    """A value as a sentence shows it."""
    from minutes_nlp.query.places import shown

    if isinstance(value, bool):
        return str(say(f"review.exists.{'yes' if value else 'no'}"))
    if value in (None, [], ()):
        return str(say("review.nothing"))
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if hasattr(value, "quote"):
        return str(say("help.quoted", text=shown(value.quote)))
    words = say.find("values", field)
    return str((words if isinstance(words, dict) else {}).get(value, value))


for _name, _function in (
    ("show", show),
    ("done", done),
    ("reopen", reopen),
    ("assign", assign),
    ("due", due),
    ("drop", drop),
    ("confirm", confirm),
    ("reject", reject),
    ("quote", quote),
):
    app.command(_name, cls=Command)(_function)
