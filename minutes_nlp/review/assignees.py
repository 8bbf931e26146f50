"""Whom somebody means by a name to whom an action is given: one known person or body, or, said so, somebody new."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from minutes_nlp.errors import ReviewError
from minutes_nlp.query.places import SHORTEST_PREFIX
from minutes_nlp.resolution.names import Fit, fit, person_name
from minutes_nlp.resolution.organisations import in_register
from minutes_nlp.store.identity import fold, storable

_PEOPLE = "SELECT p.id, p.name, n.name FROM people p LEFT JOIN person_names n ON n.person_id = p.id"
_BODIES = "SELECT o.id, o.name, n.name FROM organisations o LEFT JOIN organisation_names n ON n.organisation_id = o.id"
_OF_MEETING = "SELECT person_id FROM attendance WHERE meeting_id = ? AND person_id IS NOT NULL"
_OF_SERIES = """SELECT a.person_id FROM attendance a JOIN meetings m ON m.id = a.meeting_id
    WHERE a.person_id IS NOT NULL AND m.series = (SELECT series FROM meetings WHERE id = ?)"""
_SERVICE = """SELECT 1 FROM action_owners o JOIN actions a ON a.id = o.action_id JOIN meetings m ON m.id = a.meeting_id
    WHERE o.name_folded = ? AND coalesce(o.person_id, o.organisation_id) IS NULL
    AND m.series = (SELECT series FROM meetings WHERE id = ?) AND o.id NOT IN (SELECT owner_id FROM owner_people)"""
_LAST_BODY = """SELECT coalesce(m.body, m.title) FROM attendance a JOIN meetings m ON m.id = a.meeting_id
    WHERE a.person_id = ? ORDER BY m.date DESC, m.id LIMIT 1"""

_LIKE_ENOUGH = 72  # per cent, from which a name is worth suggesting
_SUGGESTED = 3
_LISTED = 8


@dataclass(frozen=True, slots=True)
class Assignee:
    """Somebody, or a body, to whom an action can be given.

    Attributes:
        name: as it goes into the log.
        id: of the person or the body; `None` where only a name is known.
        where: where a person was last; tells namesakes apart. Empty for a body.
    """

    name: str
    id: str | None = None
    where: str = ""

    @property
    def described(self) -> str:
        """The name, with where she was last."""
        return f"{self.name} ({self.where})" if self.where else self.name


class Assignees:
    """Those to whom one action can be given.

    Args:
        db: the database.
        meeting: the meeting (id) whose minutes the action stands in: those on its list come first, then those of the
            other meetings of its series.
    """

    def __init__(self, db: sqlite3.Connection, meeting: str) -> None:
        self._db = db
        self._meeting = meeting
        self._people = _names(db, _PEOPLE)
        self._bodies = _names(db, _BODIES)
        self._near = [{row[0] for row in db.execute(sql, (meeting,))} for sql in (_OF_MEETING, _OF_SERIES)]

    def named(self, typed: str) -> tuple[Assignee, ...]:
        """Whom `typed` may mean: an id, or a name in any spelling; one is sure, several are not, none is nobody known.

        A single word means somebody of the meeting or its series only: elsewhere too many are called so. A service or
        function counts as known if the minutes of the series gave it an action.
        """
        name = storable(typed).strip().removeprefix("@").strip()
        if found := self._with_id(name):
            return found
        for scope in self._near:
            if found := self._fitting(name, scope):
                return found
        if found := tuple(self._body(key) for key, names in self._bodies.items() if fold(name) in map(fold, names)):
            return found
        if person_name(name).whole and (found := self._fitting(name, self._people)):
            return found
        if self._db.execute(_SERVICE, (fold(name), self._meeting)).fetchone() or in_register(name).key:
            return (Assignee(name),)
        return ()

    def only(self, typed: str, *, new: bool = False) -> Assignee:
        """The one whom `typed` means.

        Args:
            typed: a name or an id.
            new: take over a name that nobody has yet.

        Raises:
            ReviewError: `review.assignee-several`, with those that fit; `review.assignee-unknown`, or, if names look
                like it, `review.assignee-unknown-near` with these; `review.assignee-namesake`.
        """
        found = self.named(typed)
        if len(found) > 1:
            listed = "; ".join(f"{one.id} {one.described}" for one in found[:_LISTED])
            raise ReviewError(
                "review.assignee-several",
                f"“{typed}” may mean {len(found)}: {listed}.",
                "Give the whole name, or the id.",
                name=typed,
                count=len(found),
                candidates=listed + (" …" if len(found) > _LISTED else ""),
            )
        if found:
            return self.distinct(found[0])
        if new and person_name(typed).words:
            return Assignee(storable(typed).strip())
        near = ", ".join(one.name for one in self.like(typed))
        if near:
            raise ReviewError(
                "review.assignee-unknown-near",
                f"Nobody is called “{typed}”. Do you mean {near}?",
                "Give the whole name; if it is a new name, add --new.",
                name=typed,
                near=near,
            )
        raise ReviewError(
            "review.assignee-unknown", f"Nobody is called “{typed}”.", "If it is a new name, add --new.", name=typed
        )

    def like(self, typed: str) -> tuple[Assignee, ...]:
        """Those whose names look like what was typed, or have its words in them, the most alike first."""
        everybody = {key: names[0] for key, names in (*self._people.items(), *self._bodies.items())}
        scorer = fuzz.token_set_ratio if person_name(typed).whole else fuzz.partial_ratio
        found = process.extract(
            typed, everybody, scorer=scorer, processor=fold, score_cutoff=_LIKE_ENOUGH, limit=_SUGGESTED
        )
        return tuple(self._person(key) if key in self._people else self._body(key) for _, _, key in found)

    def distinct(self, chosen: Assignee) -> Assignee:
        """`chosen`, if her name means her alone here: the log goes by names.

        Raises:
            ReviewError: `review.assignee-namesake`: it means somebody else as well.
        """
        if chosen.id is not None and [one.id for one in self.named(chosen.name)] != [chosen.id]:
            raise ReviewError(
                "review.assignee-namesake",
                f"Several are called {chosen.name}, and the log goes by names.",
                "Give one of them another name first: `minutes person rename`.",
                name=chosen.name,
            )
        return chosen

    def _with_id(self, typed: str) -> tuple[Assignee, ...]:
        begun = typed.lower()
        if len(begun) < SHORTEST_PREFIX or any(sign not in "0123456789abcdef" for sign in begun):
            return ()
        people = [self._person(key) for key in self._people if key.startswith(begun)]
        return (*people, *(self._body(key) for key in self._bodies if key.startswith(begun)))

    def _fitting(self, typed: str, scope: Iterable[str]) -> tuple[Assignee, ...]:
        """Those of `scope` (ids of people) whom a name fits best."""
        wanted = person_name(typed)
        fits = {key: max(fit(wanted, person_name(name)) for name in self._people[key]) for key in scope}
        best = max(fits.values(), default=Fit.NONE)
        if best <= Fit.LIKE:
            return ()
        found = [self._person(key) for key, how in fits.items() if how == best]
        return tuple(sorted(found, key=lambda one: (fold(one.name), one.id or "")))

    def _person(self, key: str) -> Assignee:
        last = self._db.execute(_LAST_BODY, (key,)).fetchone()
        return Assignee(self._people[key][0], key, (last[0] or "") if last else "")

    def _body(self, key: str) -> Assignee:
        return Assignee(self._bodies[key][0], key)


def _names(db: sqlite3.Connection, sql: str) -> dict[str, Sequence[str]]:
    """The names of each person or body (id), the one shown first."""
    found: dict[str, list[str]] = {}
    for key, shown, name in db.execute(sql):
        names = found.setdefault(key, [shown])
        if name is not None and name not in names:
            names.append(name)
    return dict(found)
