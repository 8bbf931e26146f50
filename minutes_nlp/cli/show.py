"""`minutes show`: all that is known of one meeting."""

from __future__ import annotations

import dataclasses
import datetime
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_nlp.cli.messages import Messages
from minutes_nlp.cli.ocr import ocr_facts
from minutes_nlp.cli.output import cell, width, write_json
from minutes_nlp.cli.pages import action_line, section, wrapped
from minutes_nlp.cli.problems import UsageError
from minutes_nlp.cli.session import session

if TYPE_CHECKING:
    from minutes_nlp.query.rows import AttendanceRow, MeetingDetail

_FACTS = ("date", "start_time", "end_time", "body", "location", "next_meeting", "languages", "themes")
_ABOUT_THE_FILE = ("document", "id", "missing_since")
_STATUSES = ("present", "excused", "absent")


def parse_detail_format(value: str) -> str:
    """`table` or `json`: one meeting is no list, so it has no CSV.

    Raises:
        UsageError: it is another word.
    """
    known = ("table", "json")
    if value not in known:
        raise UsageError(
            "usage.format",
            f"There is no format {value}.",
            f"Use {', '.join(known)}.",
            value=value,
            known=", ".join(known),
        )
    return value


def show(
    context: typer.Context,
    meeting: Annotated[str, typer.Argument(metavar="MEETING", show_default=False)],
    format_: Annotated[str, typer.Option("--format", metavar="table|json", parser=parse_detail_format)] = "table",
) -> None:
    """Show one meeting."""
    from minutes_nlp.query.meetings import show_meeting
    from minutes_nlp.query.themes import theme_labels

    here = session(context)
    with closing(here.open()) as db:
        detail = show_meeting(db, meeting, today=datetime.date.today())  # noqa: DTZ011 - the user's own day
        labels = theme_labels(db, here.say.language, detail.meeting.themes)
    if format_ == "json":
        write_json(dataclasses.asdict(detail))
        return
    themes = tuple(labels.get(theme, theme) for theme in detail.meeting.themes)
    shown = dataclasses.replace(detail, meeting=dataclasses.replace(detail.meeting, themes=themes))
    sys.stdout.write("\n".join(page(shown, here.say, width())) + "\n")


def page(detail: MeetingDetail, say: Messages, columns: int) -> Iterator[str]:
    """The lines of a meeting's page, none wider than `columns` (save single words that are)."""
    meeting = detail.meeting
    yield from wrapped(cell(meeting.title or meeting.document, "title", say), columns)
    for name in (*_FACTS, *_ABOUT_THE_FILE):
        if value := cell(getattr(meeting, name), name, say):
            yield from wrapped(f"{say(f'columns.{name}')}{say('help.colon')} {value}", columns, "  ")
    for label, value in ocr_facts(meeting.ocr_pages, meeting.ocr_confidence, meeting.ocr_unread, say):
        yield from wrapped(f"{label}{say('help.colon')} {value}", columns, "  ")
    for status in _STATUSES:
        names = [_attendee(entry, say) for entry in detail.attendance if entry.status == status]
        yield from section(say(f"values.status.{status}"), names, columns, say)
    schedule = [f"{e.start_time}{f'–{e.end_time}' if e.end_time else ''} {e.title}" for e in detail.schedule]
    yield from section(say("show.schedule"), schedule, columns, say)
    items = [f"{'  ' * (i.level - 1)}{f'{i.number} ' if i.number else ''}{i.title}" for i in detail.items]
    yield from section(say("show.items"), items, columns, say)
    yield from section(say("show.decisions"), [row.decision for row in detail.decisions], columns, say)
    yield from section(say("show.actions"), [action_line(row, say) for row in detail.actions], columns, say)


def _attendee(entry: AttendanceRow, say: Messages) -> str:
    about = [cell(value, name, say) for name, value in (("organisation", entry.organisation), ("role", entry.role))]
    return entry.name + (f" ({', '.join(filter(None, about))})" if any(about) else "")
