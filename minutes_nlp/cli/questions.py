"""The commands that ask the database: actions, decisions, meetings, one meeting, people, a search."""

from __future__ import annotations

import datetime
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_nlp.cli.ocr import percent
from minutes_nlp.cli.output import parse_format, write_rows
from minutes_nlp.cli.session import session
from minutes_nlp.cli.values import parse_count, parse_day

if TYPE_CHECKING:
    from minutes_nlp.query.rows import ActionRow, DecisionRow

_DIGITS = 8
Format = Annotated[str, typer.Option("--format", metavar="table|json|csv", parser=parse_format)]
Words = Annotated[str | None, typer.Option(metavar="TEXT", show_default=False)]
Day = Annotated[datetime.date | None, typer.Option(metavar="DATE", parser=parse_day, show_default=False)]


def actions(
    context: typer.Context,
    open_: Annotated[bool, typer.Option("--open")] = False,
    done: Annotated[bool, typer.Option("--done")] = False,
    overdue: Annotated[bool, typer.Option("--overdue")] = False,
    owner: Words = None,
    organisation: Words = None,
    due_before: Day = None,
    due_after: Day = None,
    meeting: Words = None,
    theme: Words = None,
    stale: Annotated[int | None, typer.Option("--stale", metavar="N", parser=parse_count, show_default=False)] = None,
    ownerless: Annotated[bool, typer.Option("--ownerless")] = False,
    dateless: Annotated[bool, typer.Option("--dateless")] = False,
    as_of: Day = None,
    format_: Format = "table",
) -> None:
    """List action items."""
    from minutes_nlp.query.actions import find_actions
    from minutes_nlp.query.filters import ActionFilter
    from minutes_nlp.query.owners import check_known
    from minutes_nlp.query.readable import one_line
    from minutes_nlp.query.rows import ActionRow

    here = session(context)
    wanted = ActionFilter(
        open=open_,
        done=done,
        overdue=overdue,
        owner=owner,
        organisation=organisation,
        due_before=due_before,
        due_after=due_after,
        meeting=meeting,
        theme=theme,
        stale=stale,
        ownerless=ownerless,
        dateless=dateless,
        as_of=as_of,
        today=as_of or datetime.date.today(),  # noqa: DTZ011 - the user's own day
    )
    with closing(here.open()) as db:
        if owner:
            check_known(db, owner)
        rows = find_actions(db, wanted)
    columns = ["id", "due", "status", "owners", "action", "meeting_date", "meeting_body"]
    columns += ["last_sign_on", "silent_meetings"] if stale is not None else []
    shown = {
        "id": _short,
        "status": lambda row: "overdue" if row.overdue else row.status,
        "action": lambda row: one_line(row.action),
    }
    write_rows(rows, ActionRow, format_, columns, here.say, here.say("empty.actions"), shown)


def decisions(
    context: typer.Context,
    meeting: Words = None,
    theme: Words = None,
    search: Words = None,
    format_: Format = "table",
) -> None:
    """List decisions."""
    from minutes_nlp.query.decisions import find_decisions
    from minutes_nlp.query.rows import DecisionRow

    here = session(context)
    with closing(here.open()) as db:
        rows = find_decisions(db, meeting=meeting, theme=theme, search=search)
    columns = ("id", "meeting_date", "meeting_body", "item_title", "decision")
    write_rows(rows, DecisionRow, format_, columns, here.say, here.say("empty.decisions"), {"id": _short})


def _short(row: ActionRow | DecisionRow) -> str:
    """As many digits of the id as `minutes action` and `minutes decision` need to know which row is meant."""
    return row.id[:_DIGITS]


def meetings(
    context: typer.Context,
    body: Words = None,
    theme: Words = None,
    since: Day = None,
    until: Day = None,
    format_: Format = "table",
) -> None:
    """List meetings."""
    from minutes_nlp.query.meetings import list_meetings
    from minutes_nlp.query.rows import MeetingRow

    here = session(context)
    with closing(here.open()) as db:
        rows = list_meetings(db, body=body, theme=theme, since=since, until=until)
    columns = ["date", "body", "title", "decisions", "open_actions", "document"]
    columns += ["ocr"] if any(row.ocr_pages for row in rows) else []
    shown = {"ocr": lambda row: f"{percent(row.ocr_confidence)} %" if row.ocr_pages else ""}
    write_rows(rows, MeetingRow, format_, columns, here.say, here.say("empty.meetings"), shown)


def people(
    context: typer.Context,
    name: Words = None,
    organisation: Words = None,
    unsure: Annotated[bool, typer.Option("--unsure")] = False,
    format_: Format = "table",
) -> None:
    """List the people of the attendance lists."""
    from minutes_nlp.query.people import list_people, list_unsure
    from minutes_nlp.query.people_rows import UnsureRow
    from minutes_nlp.query.rows import PersonRow

    here = session(context)
    with closing(here.open()) as db:
        if unsure:
            found = list_unsure(db, name=name)
        else:
            rows = list_people(db, name=name, organisation=organisation)
    if unsure:
        unsure_columns = ("meeting_date", "meeting_body", "name", "candidates", "document")
        write_rows(found, UnsureRow, format_, unsure_columns, here.say, here.say("empty.unsure"))
        return
    columns = ("name", "organisations", "meetings", "present", "open_actions", "last_meeting")
    write_rows(rows, PersonRow, format_, columns, here.say, here.say("empty.people"))


def organisations(
    context: typer.Context,
    name: Words = None,
    kind: Words = None,
    format_: Format = "table",
) -> None:
    """List the bodies that the minutes name."""
    from minutes_nlp.query.organisations import list_organisations
    from minutes_nlp.query.people_rows import OrganisationRow

    here = session(context)
    with closing(here.open()) as db:
        rows = list_organisations(db, name=name, kind=kind)
    columns = ("name", "kind", "people", "meetings", "held", "open_actions", "last_meeting")
    shown = {"kind": lambda row: here.say.get(f"values.body_kind.{row.kind}", row.kind)}
    write_rows(rows, OrganisationRow, format_, columns, here.say, here.say("empty.organisations"), shown)


def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS…", show_default=False)],
    limit: Annotated[int, typer.Option("--limit", metavar="N", parser=parse_count)] = 20,
    format_: Format = "table",
) -> None:
    """Find passages with all the words."""
    from minutes_nlp.query.rows import PassageRow
    from minutes_nlp.query.search import search_passages

    here = session(context)
    typed = " ".join(words)
    with closing(here.open()) as db:
        rows = search_passages(db, typed, limit)
    columns = ("meeting_date", "snippet", "document")
    empty = here.say("empty.search", words=typed) if any(map(str.isalnum, typed)) else here.say("empty.no_word")
    write_rows(rows, PassageRow, format_, columns, here.say, empty)
