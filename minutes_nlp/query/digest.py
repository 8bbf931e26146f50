"""What each person or body still has to do."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from minutes_nlp.query.filters import ActionFilter
from minutes_nlp.query.owners import Owner, apart, check_known, owners_of
from minutes_nlp.query.references import find_meetings
from minutes_nlp.query.tasks import Task, find_tasks
from minutes_nlp.store.identity import fold


@dataclass(frozen=True, slots=True)
class Share:
    """What one owner has to do: an owner without a name stands for those actions that name nobody.

    `tasks` are in the order of urgency; one with several owners is in the share of each. `apart` is what tells her from
    others of the same name: where she last was, else digits of the id; empty where the name does.
    """

    owner: str
    tasks: tuple[Task, ...]
    apart: str = ""

    @property
    def label(self) -> str:
        """The owner's name, with what tells her from others of that name."""
        return f"{self.owner} ({self.apart})" if self.apart else self.owner

    @property
    def overdue(self) -> int:
        """How many are too late."""
        return sum(task.action.overdue for task in self.tasks)

    def language(self, known: Sequence[str], otherwise: str) -> str:
        """The language that most of the passages are in, if it is one of `known`."""
        counts = {code: sum(task.action.language == code for task in self.tasks) for code in known}
        best = max(counts, key=lambda code: counts[code], default=otherwise)
        return best if counts.get(best) else otherwise


@dataclass(frozen=True, slots=True)
class Digest:
    """What is still to be done: as of a day, by owner; what was asked for is repeated in it."""

    as_of: datetime.date
    shares: tuple[Share, ...]
    owner: str | None = None
    meetings: tuple[str, ...] = ()
    since: datetime.date | None = None


def make_digest(
    db: sqlite3.Connection,
    *,
    today: datetime.date,
    owner: str | None = None,
    organisation: str | None = None,
    meeting: str | None = None,
    since: datetime.date | None = None,
) -> Digest:
    """The open actions by owner, owners in the order of the alphabet, those that name nobody last.

    Args:
        db: the database.
        today: the day against which actions are overdue.
        owner: only of this person or body (see `ActionFilter.owner`); the digest then has what these have to do.
        organisation: only of this body, or of people who stand for it.
        meeting: only of the meetings that this names (see `find_meetings`).
        since: only of meetings on this day or later.

    Raises:
        QueryError: `query.no_meeting`; `query.no_person`: nobody has `owner` in a name.
    """
    if owner:
        check_known(db, owner)
    wanted = ActionFilter(open=True, owner=owner, organisation=organisation, meeting=meeting, today=today)
    tasks = find_tasks(db, wanted)
    if since is not None:
        tasks = [task for task in tasks if (task.action.meeting_date or "") >= since.isoformat()]
    held = _titles(db, find_meetings(db, meeting)) if meeting else ()
    return Digest(today, _shares(db, tasks, owner), owner or organisation or None, held, since)


def _shares(db: sqlite3.Connection, tasks: Sequence[Task], owner: str | None) -> tuple[Share, ...]:
    """The tasks by person or body, under their full names. Who asked for one sees only those that fit, if any does."""
    people: dict[tuple[str, str], Owner] = {}
    found: dict[tuple[str, str], list[Task]] = {}
    unowned: list[Task] = []
    words = fold(owner or "").split()
    owners = owners_of(db, [task.action for task in tasks])
    for task in tasks:
        all_of_it = owners[task.id]
        named = replace(task, action=replace(task.action, owners=tuple(each.name for each in all_of_it)))
        fitting = [each for each in all_of_it if each.fits(words)] if words else []
        for each in fitting or all_of_it:
            people.setdefault(each.key, each)
            found.setdefault(each.key, []).append(named)
        if not all_of_it:
            unowned.append(named)
    told = apart(db, list(people.values()))
    shares = [Share(people[key].name, tuple(found[key]), told.get(key, "")) for key in sorted(found)]
    return (*shares, *([Share("", tuple(unowned))] if unowned else []))


def _titles(db: sqlite3.Connection, ids: Sequence[str]) -> tuple[str, ...]:
    sql = """SELECT m.date, coalesce(m.title, m.body, d.path) FROM meetings m
        JOIN documents d ON d.id = m.document_id WHERE m.id = ?"""
    rows = [db.execute(sql, (identifier,)).fetchone() for identifier in ids]
    return tuple(" · ".join(filter(None, row)) for row in rows)


def only(digest: Digest, share: Share) -> Digest:
    """The digest for one owner alone."""
    return replace(digest, shares=(share,), owner=share.owner)
