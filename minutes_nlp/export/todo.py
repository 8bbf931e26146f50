"""Actions as todo.txt (https://github.com/todotxt/todo.txt): one line each, for the many programs that read it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from minutes_nlp.export.cells import printable
from minutes_nlp.query.tasks import Task


def todo_text(tasks: Iterable[Task]) -> str:
    """One line per action; dropped ones are left out, since the format has no word for them.

    `x` and the day it was done · the day it was given · its words · `+body` `@owner` · `due:` the last day ·
    `src:` document and place in its text · `id:`.
    """
    return "".join(f"{_line(task)}\n" for task in tasks if task.status != "dropped")


def _line(task: Task) -> str:
    row = task.action
    parts = []
    if task.status == "done":
        parts.append("x")
        # A day of creation is only one if a day of completion stands before it.
        parts += [day for day in (task.closed_on, task.opened_on) if day] if task.closed_on else []
    elif task.opened_on:
        parts.append(task.opened_on)
    text = " ".join(printable(task.text).split())
    parts.append(text if parts else re.sub(r"^(?=x |\([A-Z]\) |\d{4}-\d{2}-\d{2} )", "- ", text))
    if body := row.meeting_body or row.meeting_title:
        parts.append(f"+{_word(body)}")
    parts += [f"@{_word(owner)}" for owner in row.owners]
    if row.due_last_day:
        parts.append(f"due:{row.due_last_day}")
    parts.append(f"src:{_word(row.document)}#{row.start}-{row.end}")
    parts.append(f"id:{task.id}")
    return " ".join(parts)


def _word(text: str) -> str:
    """`text` as one word."""
    return "_".join(printable(text).split())
