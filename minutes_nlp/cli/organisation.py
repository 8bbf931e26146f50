"""`minutes organisation …`: all that is known of a body, and which body is which."""

from __future__ import annotations

import dataclasses
import datetime
import sys
from contextlib import closing
from typing import Annotated

import typer

from minutes_nlp.cli.correcting import Who, desk_of, tell
from minutes_nlp.cli.frame import Command, commands_about
from minutes_nlp.cli.output import parse_format, width, write_json, write_rows
from minutes_nlp.cli.problems import UsageError
from minutes_nlp.cli.session import session

Organisation = Annotated[str, typer.Argument(metavar="ORGANISATION", show_default=False)]
Other = Annotated[str, typer.Argument(metavar="OTHER", show_default=False)]
Name = Annotated[str, typer.Argument(metavar="NAME", show_default=False)]
Format = Annotated[str, typer.Option("--format", metavar="table|json|csv", parser=parse_format)]

app = commands_about(otherwise="show")


def show(context: typer.Context, organisation: Organisation, format_: Format = "table") -> None:
    """Show all that is known of one body."""
    from minutes_nlp.cli.who import organisation_page
    from minutes_nlp.query.organisations import show_organisation
    from minutes_nlp.query.people_rows import AttendedRow
    from minutes_nlp.query.themes import theme_labels

    here = session(context)
    with closing(here.open()) as db:
        detail = show_organisation(db, organisation, today=datetime.date.today())  # noqa: DTZ011 - the user's own day
        labels = theme_labels(db, here.say.language)
    if format_ == "csv":
        write_rows(detail.meetings, AttendedRow, format_, (), here.say, "")
    elif format_ == "json":
        write_json(dataclasses.asdict(detail))
    else:
        sys.stdout.write("\n".join(organisation_page(detail, labels, here.say, width())) + "\n")


def merge(context: typer.Context, organisation: Organisation, other: Other, who: Who = None) -> None:
    """Two bodies of the list are one."""
    from minutes_nlp.query.organisations import find_organisation

    here = session(context)
    with desk_of(here, who).reading() as db:
        stays, goes = find_organisation(db, organisation), find_organisation(db, other)
    if stays.id == goes.id:
        raise UsageError(
            "usage.same_organisation",
            f"{organisation} and {other} are one body already.",
            "Name two others.",
            name=stays.name,
        )
    _say_of(context, "merge", stays.id, goes.id, (stays.name, goes.name), who)


def rename(context: typer.Context, organisation: Organisation, name: Name, who: Who = None) -> None:
    """The body has another name."""
    from minutes_nlp.query.organisations import find_organisation
    from minutes_nlp.store.identity import storable

    here = session(context)
    wanted = storable(name).strip()
    if not wanted:
        raise UsageError("usage.missing_name", "The name is empty.", "Give the name between quotes.")
    with desk_of(here, who).reading() as db:
        found = find_organisation(db, organisation)
    _say_of(context, "rename", found.id, wanted, (found.name, wanted), who)


def _say_of(
    context: typer.Context, field: str, first: str, second: str, names: tuple[str, str], who: str | None
) -> None:
    from minutes_nlp.review.statements import of_names

    here = session(context)
    desk = desk_of(here, who)
    outcome = desk.put([of_names(desk, "organisation", field, (first, second), names)])
    tell(here, desk, outcome, here.say(f"review.done.organisation.{field}", first=names[0], second=names[1]))


for _name, _function in (("show", show), ("merge", merge), ("rename", rename)):
    app.command(_name, cls=Command)(_function)
