"""Actions to hand over, for the tests of what they are handed over in."""

from __future__ import annotations

import dataclasses
from typing import Any

from minutes_nlp.query.rows import ActionRow
from minutes_nlp.query.tasks import Event, Task

_ROW: dict[str, Any] = {
    "id": "0123456789abcdef",
    "action": "Noor maakt de affiche tegen 15 april.",
    "owners": ("Noor Verbiest",),
    "due": "2024-04-15",
    "due_text": "tegen 15 april",
    "due_last_day": "2024-04-15",
    "status": "open",
    "overdue": False,
    "meeting_id": "m",
    "meeting_date": "2024-03-04",
    "meeting_title": "Verslag werkgroep Wilgenhof",
    "meeting_body": "werkgroep Wilgenhof",
    "item_number": "2.1",
    "item_title": "Affiche",
    "language": "nl",
    "repeat": False,
    "recogniser": "test.v1",
    "confidence": 1.0,
    "document": "wilgenhof/2024-03-04.txt",
    "start": 210,
    "end": 247,
}


def task(**values: Any) -> Task:
    """An open action of a Dutch meeting, with some of its values changed; those of a `Task` itself among them."""
    of_task = {field.name for field in dataclasses.fields(Task)}
    row = {**_ROW, **{name: value for name, value in values.items() if name not in of_task or name == "action"}}
    known = {field.name: field for field in dataclasses.fields(ActionRow)}
    action = ActionRow(**{name: row.get(name) for name in known})
    own = {"status": row["status"], "opened_on": row["meeting_date"], "closed_on": None, "events": ()}
    own["passage"] = f"2.1 Affiche. {row['action']}"
    own |= {name: value for name, value in values.items() if name in of_task and name != "action"}
    return Task(action=action, **own)


def event(kind: str, day: str | None, **values: Any) -> Event:
    """What became of an action, said by a document."""
    own = {"document": "wilgenhof/2024-10-07.txt", "start": 10, "end": 20, "quote": "is klaar.."}
    own |= {"owners": None, "due": None, "correction": None}
    return Event(kind=kind, day=day, **{**own, **values})
