"""`minutes add …`: what the program missed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from minutes_nlp.cli.action import Nth, Quote
from minutes_nlp.cli.correcting import Who, desk_of, tell
from minutes_nlp.cli.frame import Command, commands_about
from minutes_nlp.cli.session import session
from minutes_nlp.cli.values import parse_due

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from minutes_nlp.records.corrections import Kind
    from minutes_nlp.review.assignees import Assignee

Meeting = Annotated[str, typer.Option("--meeting", metavar="MEETING", show_default=False)]

app = commands_about()


def action(
    context: typer.Context,
    meeting: Meeting,
    quote: Quote,
    nth: Nth = None,
    owner: Annotated[list[str] | None, typer.Option("--owner", metavar="NAME", show_default=False)] = None,
    due: Annotated[str | None, typer.Option("--due", metavar="DATE", parser=parse_due, show_default=False)] = None,
    done: Annotated[bool, typer.Option("--done", show_default=False)] = False,
    new: Annotated[bool, typer.Option("--new", show_default=False)] = False,
    who: Who = None,
) -> None:
    """A passage is an action item."""
    owners = _owners(context, meeting, owner, new) if owner else []
    values: dict[str, Any] = {"owners": [one.name for one in owners]} if owners else {}
    values |= {"due": due} if due else {}
    values |= {"status": "done"} if done else {}
    _add(context, "action", meeting, quote, nth, values, who, ", ".join(one.described for one in owners))


def _owners(context: typer.Context, meeting: str, names: Sequence[str], new: bool) -> list[Assignee]:
    """Those whom the names mean."""
    from contextlib import closing

    from minutes_nlp.cli.assigning import assigned
    from minutes_nlp.query.references import find_meeting

    here = session(context)
    with closing(here.open()) as db:
        return assigned(db, find_meeting(db, meeting), names, here.say, new=new)


def decision(context: typer.Context, meeting: Meeting, quote: Quote, nth: Nth = None, who: Who = None) -> None:
    """A passage is a decision."""
    _add(context, "decision", meeting, quote, nth, {}, who)


def _add(
    context: typer.Context,
    kind: Kind,
    meeting: str,
    words: str,
    nth: int | None,
    values: Mapping[str, Any],
    who: str | None,
    owners: str = "",
) -> None:
    from minutes_nlp.query.places import shown
    from minutes_nlp.review.passages import find_passage
    from minutes_nlp.review.statements import document_of_meeting, of_passage

    here = session(context)
    desk = desk_of(here, who)
    with desk.reading() as db:
        document, text = document_of_meeting(db, meeting)
    passage = find_passage(text, words, nth)
    corrections = [of_passage(desk, kind, document, passage, text)]
    for field, value in values.items():
        corrections.append(of_passage(desk, kind, document, passage, text, field, value=value))
    outcome = desk.put(corrections)
    told = here.say(f"review.added.{kind}", quote=shown(passage.quote))
    who_does = f" ({here.say('columns.owners')}{here.say('help.colon')} {owners})" if owners else ""
    tell(here, desk, outcome, f"{told}{who_does}")


for _name, _function in (("action", action), ("decision", decision)):
    app.command(_name, cls=Command)(_function)
