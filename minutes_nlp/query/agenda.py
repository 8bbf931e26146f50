"""The open points of a body, for the agenda of its next meeting."""

from __future__ import annotations

import datetime
import sqlite3
from dataclasses import dataclass

from minutes_nlp.errors import QueryError
from minutes_nlp.query.filters import ActionFilter
from minutes_nlp.query.tasks import Task, find_tasks
from minutes_nlp.store.identity import fold

_MEETINGS = """
SELECT m.id, m.date, coalesce(m.body, m.title, d.path) AS name, m.series, m.next_meeting,
  m.date IS NOT NULL OR m.body IS NOT NULL OR EXISTS (SELECT 1 FROM actions WHERE meeting_id = m.id)
    OR EXISTS (SELECT 1 FROM attendance WHERE meeting_id = m.id) AS held
FROM meetings m JOIN documents d ON d.id = m.document_id
WHERE m.superseded_by IS NULL ORDER BY m.date IS NULL, m.date, d.path
"""

_THEMES = """
SELECT a.id, t.theme_id FROM actions a JOIN agenda_items i ON i.id = a.agenda_item_id
JOIN item_themes t ON t.agenda_item_id = i.main_item_id ORDER BY a.id, t.position
"""

_PROCEDURE = "meeting-procedure"
_SHOWN = 10  # candidates named in an error


@dataclass(frozen=True, slots=True)
class Points:
    """The open points about one theme, by its id; `None` for those about none."""

    theme: str | None
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class NextAgenda:
    """What the next meeting of a body has to talk about.

    Attributes:
        body: its name, as the latest minutes write it.
        date: the day of the next meeting, if the latest minutes give one that is still to come.
        last_date: the day of the latest meeting.
        points: by theme; those with the most urgent action first, those about no theme last.
    """

    body: str
    date: str | None
    last_date: str | None
    points: tuple[Points, ...]


def next_agenda(
    db: sqlite3.Connection, *, today: datetime.date, body: str | None = None, series: str | None = None
) -> NextAgenda:
    """The open points of the one body that is meant: of all its meetings, by whatever name each calls it.

    Args:
        db: the database.
        today: the day against which actions are overdue and meetings still to come.
        body: words of its name, each a substring, without case or accents; who is called just so goes before who is
            called so among other things. Where neither this nor `series` is given, files that tell of no meeting are
            no bodies.
        series: its key, as the column `series` of the table `meetings` has it.

    Raises:
        QueryError: `query.no_meetings`: there are none; `query.no_body`: no meeting fits;
            `query.several_bodies`, with their names.
    """
    every: dict[str, list[tuple[str, ...]]] = {}
    for row in db.execute(_MEETINGS):
        every.setdefault(row[3] or fold(row[2]), []).append(row)
    words = fold(body or "").split()
    found = {
        key: meetings
        for key, meetings in every.items()
        if (series is None or key == series)
        and any(all(word in fold(f"{meeting[2]} {meeting[3]}") for word in words) for meeting in meetings)
    }
    if not every:
        raise QueryError("query.no_meetings", "There are no meetings yet.", "Run `minutes ingest` first.")
    whole = fold(body or "").strip()
    if body is None and series is None:
        found = {key: meetings for key, meetings in found.items() if any(map(_was_held, meetings))} or found
    called = {key: meetings for key, meetings in found.items() if any(fold(m[2]) == whole for m in meetings)}
    found = called or found
    if not found:
        wanted = series or body or ""
        raise QueryError(
            "query.no_body", f"No body is called {wanted!r}.", "`minutes meetings` shows their names.", body=wanted
        )
    if len(found) > 1:
        names = sorted({meetings[-1][2] for meetings in found.values()})
        shown = "; ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
        raise QueryError(
            "query.several_bodies",
            f"That may be {len(found)} bodies: {shown}.",
            "Say which with --body or --series.",
            count=len(found),
            bodies=shown,
        )
    (meetings,) = found.values()
    ids = {meeting[0] for meeting in meetings}
    tasks = [task for task in find_tasks(db, ActionFilter(open=True, today=today)) if task.action.meeting_id in ids]
    dated = [meeting for meeting in meetings if meeting[1]]
    last = dated[-1] if dated else meetings[-1]
    announced = last[4]
    return NextAgenda(
        body=last[2],
        date=announced if announced and announced >= today.isoformat() else None,
        last_date=last[1],
        points=_by_theme(db, tasks),
    )


def _was_held(meeting: tuple[str, ...]) -> bool:
    """Whether a document tells of a meeting at all: a date, a body, who was there or what has to be done."""
    return bool(meeting[5])


def _by_theme(db: sqlite3.Connection, tasks: list[Task]) -> tuple[Points, ...]:
    themes: dict[str, str] = {}
    for action, theme in db.execute(_THEMES):
        if theme != _PROCEDURE:
            themes.setdefault(action, theme)
    found: dict[str | None, list[Task]] = {}
    for task in tasks:
        found.setdefault(themes.get(task.id), []).append(task)
    ordered = sorted(found, key=lambda theme: theme is None)  # sorting keeps the order of urgency
    return tuple(Points(theme, tuple(found[theme])) for theme in ordered)
