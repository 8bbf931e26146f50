"""`minutes person …`: who is who."""

from __future__ import annotations

import dataclasses
import datetime
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_nlp.cli.asking import Dialogue
from minutes_nlp.cli.correcting import Who, desk_of, tell
from minutes_nlp.cli.frame import Command, commands_about
from minutes_nlp.cli.output import parse_format, width, write_json, write_rows
from minutes_nlp.cli.problems import UsageError
from minutes_nlp.cli.session import Session, session

if TYPE_CHECKING:
    from minutes_nlp.query.named import Apart

Person = Annotated[str, typer.Argument(metavar="PERSON", show_default=False)]
Format = Annotated[str, typer.Option("--format", metavar="table|json|csv", parser=parse_format)]
Name = Annotated[str, typer.Argument(metavar="NAME", show_default=False)]
Other = Annotated[str, typer.Argument(metavar="OTHER", show_default=False)]

app = commands_about(otherwise="show")


def show(context: typer.Context, person: Person, format_: Format = "table") -> None:
    """Show all that is known of one person."""
    from minutes_nlp.cli.who import person_page
    from minutes_nlp.query.people import show_person
    from minutes_nlp.query.people_rows import AttendedRow
    from minutes_nlp.query.themes import theme_labels

    here = session(context)
    with closing(here.open()) as db:
        detail = show_person(db, person, today=datetime.date.today())  # noqa: DTZ011 - the user's own day
        labels = theme_labels(db, here.say.language)
    if format_ == "csv":
        write_rows(detail.meetings, AttendedRow, format_, (), here.say, "")
    elif format_ == "json":
        write_json(dataclasses.asdict(detail))
    else:
        sys.stdout.write("\n".join(person_page(detail, labels, here.say, width())) + "\n")


def merge(
    context: typer.Context,
    person: Person,
    other: Other,
    yes: Annotated[bool, typer.Option("--yes", "-y")] = False,
    who: Who = None,
) -> None:
    """Two people of the list are one."""
    from minutes_nlp.query.named import find_person, listed_apart

    here = session(context)
    with desk_of(here, who).reading() as db:
        stays, goes = find_person(db, person), find_person(db, other)
        apart = listed_apart(db, stays.id, goes.id)
    if stays.id == goes.id:
        raise UsageError(
            "usage.same_person", f"{person} and {other} are one person already.", "Name two others.", name=stays.name
        )
    if apart and not yes and not _are_one(here, apart):
        sys.stdout.write(here.say("review.nothing_done") + "\n")
        return
    _say_of(context, "merge", stays.id, goes.id, (stays.name, goes.name), who)


def _are_one(here: Session, apart: Apart) -> bool:
    """Whether two people are one all the same, although a list has them with different statuses.

    Raises:
        UsageError: there is nobody to ask.
    """
    first_status, second_status = (
        here.say(f"who.was.{status}") for status in (apart.first_status, apart.second_status)
    )
    if not sys.stdin.isatty():
        raise UsageError(
            "usage.listed_apart",
            f"In one list they have different statuses: {apart.first} and {apart.second}, {apart.meeting}.",
            "Add --yes if they are one person all the same.",
            meeting=apart.meeting,
            first=apart.first,
            first_status=first_status,
            second=apart.second,
            second_status=second_status,
        )
    told = apart._replace(first_status=first_status, second_status=second_status)
    dialogue = Dialogue(here.say)
    dialogue.show(here.say("review.ask.apart", **told._asdict()))
    return dialogue.agrees(here.say("review.ask.apart_one"))


def split(context: typer.Context, person: Person, name: Name, who: Who = None) -> None:
    """A spelling is that of somebody else."""
    from minutes_nlp.query.named import find_person, spellings
    from minutes_nlp.store.identity import fold

    here = session(context)
    with desk_of(here, who).reading() as db:
        found = find_person(db, person)
        written = spellings(db, found.id)
    fitting = [spelling for spelling in written if fold(spelling) == fold(name)]
    if not fitting:
        listed = ", ".join(written)
        raise UsageError(
            "usage.no_spelling",
            f"{found.name} is never written {name}.",
            f"There is: {listed}.",
            name=found.name,
            spelling=name,
            spellings=listed,
        )
    _say_of(context, "split", found.id, fitting[0], (found.name, fitting[0]), who)


def rename(context: typer.Context, person: Person, name: Name, who: Who = None) -> None:
    """The person has another name."""
    from minutes_nlp.query.named import find_person
    from minutes_nlp.store.identity import storable

    here = session(context)
    wanted = storable(name).strip()
    if not wanted:
        raise UsageError("usage.missing_name", "The name is empty.", "Give the name between quotes.")
    with desk_of(here, who).reading() as db:
        found = find_person(db, person)
    _say_of(context, "rename", found.id, wanted, (found.name, wanted), who)


def _say_of(
    context: typer.Context, field: str, first: str, second: str, names: tuple[str, str], who: str | None
) -> None:
    from minutes_nlp.review.statements import of_names

    here = session(context)
    desk = desk_of(here, who)
    outcome = desk.put([of_names(desk, "person", field, (first, second), names)])
    tell(here, desk, outcome, here.say(f"review.done.person.{field}", first=names[0], second=names[1]))


for _name, _function in (("show", show), ("merge", merge), ("split", split), ("rename", rename)):
    app.command(_name, cls=Command)(_function)
