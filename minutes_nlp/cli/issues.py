"""`minutes issues`: what does not add up in the minutes."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_nlp.cli.messages import Messages
from minutes_nlp.cli.output import write_rows
from minutes_nlp.cli.problems import UsageError
from minutes_nlp.cli.questions import Format, Words
from minutes_nlp.cli.session import session

if TYPE_CHECKING:
    from minutes_nlp.query.issues import IssueRow

CODES = (
    "correction-lost",
    "due-before-meeting",
    "file-date-differs",
    "items-out-of-order",
    "owner-unknown",
    "present-and-excused",
    "row-deadline-unread",
    "row-without-action",
    "same-meeting-twice",
    "twins-differ",
    "weekday-differs",
)


def parse_code(value: str) -> str:
    """One of `CODES`.

    Raises:
        UsageError: it is another word.
    """
    if value not in CODES:
        known = ", ".join(CODES)
        raise UsageError("usage.issue", f"There is no issue {value}.", f"Use {known}.", value=value, known=known)
    return value


def issues(
    context: typer.Context,
    meeting: Words = None,
    code: Annotated[str | None, typer.Option("--code", metavar="CODE", parser=parse_code, show_default=False)] = None,
    settled: Annotated[bool, typer.Option("--settled")] = False,
    format_: Format = "table",
) -> None:
    """List what does not add up."""
    from minutes_nlp.query.issues import IssueRow, list_issues

    here = session(context)
    with closing(here.open()) as db:
        rows = list_issues(db, meeting=meeting, code=code, settled=settled)
    columns = ("meeting_date", "meeting_body", "problem", "quote", "document")
    shown = {"problem": lambda row: issue_text(row, here.say)}
    write_rows(rows, IssueRow, format_, columns, here.say, here.say("empty.issues"), shown)


def issue_text(row: IssueRow, say: Messages) -> str:
    """What is wrong, in the user's language."""
    return say(f"issues.{row.code}", **json.loads(row.details))
