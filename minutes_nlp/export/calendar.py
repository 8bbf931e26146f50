"""Actions as the tasks of a calendar (iCalendar VTODO, RFC 5545), such that importing them again updates them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from minutes_nlp.errors import ExportError
from minutes_nlp.export.cells import item_of, printable
from minutes_nlp.export.words import Words
from minutes_nlp.query.tasks import Task

if TYPE_CHECKING:
    from icalendar import Todo

_DOMAIN: Final = "minutes-nlp"
_STATUS: Final = {"open": "NEEDS-ACTION", "done": "COMPLETED", "dropped": "CANCELLED"}
_MIDDAY: Final = datetime.time(12, tzinfo=datetime.UTC)  # of this hour everybody in Europe has the same day
_REVISION: Final = ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED")
_UID = re.compile(rf"([0-9a-f]{{16}})@{_DOMAIN}")


@dataclass(frozen=True, slots=True)
class Exported:
    """A task of an earlier file: what it was, and which revision."""

    todo: Todo
    content: bytes
    sequence: int
    modified: datetime.datetime


def calendar_bytes(
    tasks: Iterable[Task], words: Words, *, now: datetime.datetime, before: Mapping[str, Exported] | None = None
) -> bytes:
    """The actions as an iCalendar file.

    A task keeps its UID for as long as the action lives. `SEQUENCE` goes up and `LAST-MODIFIED` moves when anything
    about it changes; a task that is as it was in the earlier file stays byte for byte. One that the earlier file had
    and that is no longer among `tasks` is cancelled, so that a calendar does not keep it open for ever.

    Args:
        tasks: what to write.
        words: the language of the descriptions.
        now: the moment of the export, with a time zone; whole seconds count.
        before: the tasks of the file that this one takes the place of (`read_calendar`).
    """
    from icalendar import Calendar

    now = now.astimezone(datetime.UTC).replace(microsecond=0)
    earlier = dict(before or {})
    calendar = Calendar()
    calendar.add("prodid", "-//minutes-nlp//tasks//")
    calendar.add("version", "2.0")
    for task in tasks:
        calendar.add_component(_revised(_todo(task, words), len(task.events), earlier.pop(task.id, None), now))
    for exported in earlier.values():
        calendar.add_component(_revised(_cancelled(exported.todo), 0, exported, now))
    content: bytes = calendar.to_ical()
    return content


def read_calendar(content: bytes) -> dict[str, Exported]:
    """The tasks of a file that `calendar_bytes` made, by the id of their action; others are left out.

    Raises:
        ExportError: `export.no-calendar`: it is no iCalendar file.
    """
    from icalendar import Calendar, Todo

    try:
        calendar = Calendar.from_ical(content)
    except (ValueError, IndexError, KeyError) as error:
        raise ExportError(
            "export.no-calendar",
            f"The file is there already, and is no calendar: {error}.",
            "Choose another name.",
            reason=str(error),
        ) from error
    found = {}
    for todo in calendar.walk("VTODO"):
        named = _UID.fullmatch(todo.uid)
        modified = todo.LAST_MODIFIED
        if isinstance(todo, Todo) and named is not None and modified is not None:
            found[named[1]] = Exported(todo, _content(todo), todo.sequence, modified)
    return found


def _todo(task: Task, words: Words) -> Todo:
    from icalendar import Todo, vText

    row = task.action
    todo = Todo()
    todo.add("uid", f"{task.id}@{_DOMAIN}")
    todo.add("summary", printable(task.text))
    todo.add("description", _description(task, words))
    todo.add("status", _STATUS[task.status])
    todo.add("percent-complete", 100 if task.status == "done" else 0)
    if row.due_last_day:
        todo.add("due", datetime.date.fromisoformat(row.due_last_day))
    if task.opened_on:
        todo.add("created", _moment(task.opened_on))
    if task.status == "done" and task.closed_on:
        todo.add("completed", _moment(task.closed_on))
    for owner in row.owners:
        todo.add("contact", printable(owner))
    if body := row.meeting_body or row.meeting_title:
        todo.add("categories", [printable(body)])
    own = {"quote": printable(row.action), "document": printable(row.document), "place": f"{row.start}-{row.end}"}
    for name, value in own.items():
        todo.add(f"x-minutes-{name}", vText(value), parameters={"VALUE": "TEXT"})
    return todo


def _description(task: Task, words: Words) -> str:
    row = task.action
    held = ", ".join(filter(None, (row.meeting_title or row.meeting_body, words.day(row.meeting_date))))
    lines = [
        words("task.owners", names=", ".join(row.owners)) if row.owners else words("task.nobody"),
        words("task.due", due=words.day(row.due) if row.due else row.due_text) if row.due or row.due_text else "",
        words("task.meeting", meeting=held) if held else "",
        words("task.item", item=item_of(task)) if item_of(task) else "",
        words("task.passage", passage=" ".join(task.passage.split())),
        words("task.source", document=row.document, start=row.start, end=row.end),
    ]
    return printable("\n".join(filter(None, lines)))


def _moment(day: str) -> datetime.datetime:
    return datetime.datetime.combine(datetime.date.fromisoformat(day), _MIDDAY)


def _cancelled(todo: Todo) -> Todo:
    changed: Todo = todo.copy(recursive=True)
    for name in (*_REVISION, "STATUS"):
        changed.pop(name, None)
    changed.add("status", _STATUS["dropped"])
    return changed


def _revised(todo: Todo, events: int, before: Exported | None, now: datetime.datetime) -> Todo:
    """`todo` with its revision: that of the earlier file if nothing changed, else the next."""
    if before is not None and before.content == _content(todo):
        sequence, modified = before.sequence, before.modified
    else:
        sequence = max(events - 1, 0, -1 if before is None else before.sequence + 1)
        modified = now
    todo.add("sequence", sequence)
    todo.add("dtstamp", modified)
    todo.add("last-modified", modified)
    return todo


def _content(todo: Todo) -> bytes:
    """All of a task but its revision."""
    bare = todo.copy(recursive=True)
    for name in _REVISION:
        bare.pop(name, None)
    content: bytes = bare.to_ical(sorted=True)
    return content
