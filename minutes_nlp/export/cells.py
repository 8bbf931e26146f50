"""What stands in the cells of a list that a spreadsheet opens; text stays text, whatever it begins with."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from minutes_nlp.export.words import Words
from minutes_nlp.query.tasks import Task

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff￾￿]")
REPLACEMENT: Final = "\ufffd"

Cell = str | int | None


class Column(NamedTuple):
    """A column of the list: the key of its heading, its width in characters, and how to get its value."""

    name: str
    width: int
    value: Callable[[Task, Words], Cell]


COLUMNS: Final[Sequence[Column]] = (
    Column("status", 10, lambda task, words: words(f"status.{shown_status(task)}")),
    Column("due", 12, lambda task, _: task.action.due or task.action.due_text),
    Column("owners", 28, lambda task, _: "; ".join(task.action.owners)),
    Column("action", 70, lambda task, _: task.text),
    Column("meeting_date", 12, lambda task, _: task.action.meeting_date),
    Column("meeting_body", 28, lambda task, _: task.action.meeting_body or task.action.meeting_title),
    Column("item", 32, lambda task, _: item_of(task)),
    Column("opened_on", 12, lambda task, _: task.opened_on),
    Column("closed_on", 12, lambda task, _: task.closed_on),
    Column("closing", 50, lambda task, _: closing_of(task)),
    Column("passage", 70, lambda task, _: task.passage),
    Column("document", 36, lambda task, _: task.action.document),
    Column("start", 9, lambda task, _: task.action.start),
    Column("end", 9, lambda task, _: task.action.end),
    Column("id", 18, lambda task, _: task.id),
)
"""The columns of CSV and XLSX, the evidence (passage, document, place in its text) among them."""


def shown_status(task: Task) -> str:
    """`open`, `overdue`, `done` or `dropped`."""
    return "overdue" if task.status == "open" and task.action.overdue else task.status


def item_of(task: Task) -> str | None:
    """Number and title of the agenda item; `None` if it stands under none."""
    return " ".join(filter(None, (task.action.item_number, task.action.item_title))) or None


def closing_of(task: Task) -> str | None:
    """The words that closed an action, and where they stand; `None` if it is open, or closed by a person."""
    ending = [event for event in task.events if event.kind in ("done", "dropped") and event.document]
    if task.status == "open" or not ending:
        return None
    last = ending[-1]
    return f"{' '.join((last.quote or '').split())} ({last.document}, {last.start}–{last.end})"


def printable(text: str) -> str:
    """`text` without the control characters that spreadsheets and XML refuse; each becomes `�`."""
    return _CONTROL.sub(REPLACEMENT, text)
