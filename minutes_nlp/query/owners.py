"""Whose an action is: the person or the body meant, not the name as printed."""

from __future__ import annotations

import dataclasses
import functools
import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from minutes_nlp.errors import QueryError
from minutes_nlp.query.filters import words_in
from minutes_nlp.query.rows import ActionRow
from minutes_nlp.store.identity import fold

_PRINTED = """
SELECT o.action_id, o.name, coalesce(o.person_id, o.organisation_id, t.person_id)
FROM action_owners o LEFT JOIN attendance t ON t.id = o.attendance_id {where} ORDER BY o.action_id, o.position
"""
_OF_THESE = "WHERE {column} IN (SELECT value FROM json_each(?))"

_PRESENT = """
SELECT a.id, l.owners_action_id, l.owners, l.series FROM actions a LEFT JOIN ledger_actions l ON l.id = a.id
WHERE a.id IN (SELECT value FROM json_each(?))
"""

_SERIES_OF_PEOPLE = """
SELECT DISTINCT a.person_id, m.series FROM attendance a JOIN meetings m ON m.id = a.meeting_id
WHERE a.person_id IS NOT NULL AND m.series IS NOT NULL
"""

_NAMES = (
    "SELECT k.id, k.name, n.name_folded FROM people k LEFT JOIN person_names n ON n.person_id = k.id {where}",
    """SELECT k.id, k.name, n.name_folded FROM organisations k
        LEFT JOIN organisation_names n ON n.organisation_id = k.id {where}""",
)

_KNOWN = (
    ("people", "name_folded"),
    ("person_names", "name_folded"),
    ("organisations", "name_folded"),
    ("organisation_names", "name_folded"),
    ("action_owners", "name_folded"),
    ("attendance", "fold(name)"),
    ("ledger_actions", "fold(owners)"),
)

_LAST_BODY = """
SELECT coalesce(m.body, m.title) FROM attendance a JOIN meetings m ON m.id = a.meeting_id
WHERE a.person_id = ? ORDER BY m.date DESC, m.id LIMIT 1
"""

_SHOWN_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Owner:
    """A person or a body that has to do something.

    Attributes:
        id: of the person or the body; `None` where only a name is known.
        name: the full name, else the name as printed.
        spellings: all names, folded (see `fold`).
        is_body: whether `id` is that of a body.
    """

    id: str | None
    name: str
    spellings: frozenset[str]
    is_body: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What is the same for one owner, and sorts by name."""
        return (fold(self.name), self.id or "")

    def fits(self, words: Sequence[str]) -> bool:
        """Whether one of the names holds all these folded words."""
        return any(all(word in name for word in words) for name in self.spellings)


Owners = tuple[Owner, ...]


class OwnerBook:
    """Who the owners are that passages and corrections name: looked up once, for many actions.

    Args:
        db: the database.
        actions: the ids of the action items whose passages are asked about, if these are few; default: all.
    """

    def __init__(self, db: sqlite3.Connection, actions: Collection[str] | None = None) -> None:
        self._db = db
        where, values = _of_these("o.action_id", actions)
        printed = db.execute(_PRINTED.format(where=where), values).fetchall()
        self._known = _known(db, None if actions is None else {row[2] for row in printed})
        self._printed: dict[str, list[Owner]] = defaultdict(list)
        owners: dict[tuple[str, str | None], Owner] = {}
        for action, name, identifier in printed:
            if (name, identifier) not in owners:
                owners[name, identifier] = self._owner(name, identifier)
            self._printed[action].append(owners[name, identifier])

    def present(
        self, action: str, owners_action: str | None, names: Sequence[str] | None, series: str | None
    ) -> Owners:
        """The owners of an action as they stand, each once.

        Args:
            action: the id of the action.
            owners_action: the action item that names them; `None` if a correction does, or the ledger lacks the action.
            names: as the ledger has them; `None` if it lacks the action: then the action's own passage names them.
            series: of the action's meetings: of several people of one name, she who takes part in these is meant.
        """
        if names is None:
            return _each_once(self._printed.get(action, ()))
        if owners_action is not None:
            return _each_once(self._printed.get(owners_action, ()))
        return _each_once(self.called(name, series) for name in names)

    def called(self, name: str, series: str | None = None) -> Owner:
        """Whom a name means where no passage tells: the person, else the body, of which it is a name of one alone."""
        for owners in self._by_name:
            fitting = owners.get(fold(name), ())
            if len(fitting) > 1 and series is not None:
                fitting = [owner for owner in fitting if series in self._series.get(owner.id or "", ())] or fitting
            if len(fitting) == 1:
                return fitting[0]
            if fitting:
                break
        return _only_named(name)

    def _owner(self, name: str, identifier: str | None) -> Owner:
        people, bodies = self._known
        owner = people.get(identifier or "") or bodies.get(identifier or "") or _only_named(name)
        if fold(name) in owner.spellings:
            return owner
        # As this passage writes it counts as well.
        return dataclasses.replace(owner, spellings=owner.spellings | {fold(name)})

    @functools.cached_property
    def _by_name(self) -> list[dict[str, list[Owner]]]:
        """Everybody, and then every body, by each of the names."""
        return [_by_name(owners.values()) for owners in _known(self._db)]

    @functools.cached_property
    def _series(self) -> Mapping[str, frozenset[str]]:
        """The series of meetings that each person (id) takes part in."""
        found: dict[str, set[str]] = defaultdict(set)
        for person, series in self._db.execute(_SERIES_OF_PEOPLE):
            found[person].add(series)
        return {person: frozenset(series) for person, series in found.items()}


def owners_of(db: sqlite3.Connection, rows: Sequence[ActionRow]) -> dict[str, Owners]:
    """The owners of the actions as they stand now, each once, by the id of the action.

    A name in a correction is the person's, else the body's, if it is a name of one alone.
    """
    book = OwnerBook(db)
    present = db.execute(_PRESENT, (json.dumps([row.id for row in rows]),))
    return {
        action: book.present(action, owners_action, None if names is None else json.loads(names), series)
        for action, owners_action, names, series in present
    }


def apart(db: sqlite3.Connection, owners: Sequence[Owner]) -> dict[tuple[str, str], str]:
    """What tells those who are called alike apart, by `Owner.key`: where each last was, else digits of the id.

    Those whose name is theirs alone are not in it, nor somebody of whom only the name is known.
    """
    alike: dict[str, list[Owner]] = defaultdict(list)
    for owner in owners:
        alike[fold(owner.name)].append(owner)
    found = {}
    for group in alike.values():
        known = [owner for owner in group if owner.id] if len(group) > 1 else []
        bodies = [next((str(row[0] or "") for row in db.execute(_LAST_BODY, (owner.id,))), "") for owner in known]
        folded = [fold(body) for body in bodies]
        for owner, body in zip(known, bodies, strict=True):
            alone = body and folded.count(fold(body)) == 1
            found[owner.key] = body if alone else (owner.id or "")[:_SHOWN_DIGITS]
    return found


def check_known(db: sqlite3.Connection, name: str) -> None:
    """Nothing if any person, body or owner has these words in a name.

    Raises:
        QueryError: `query.no_person`.
    """
    for table, column in _KNOWN:
        condition, words = words_in(column, name)
        if db.execute(f"SELECT 1 FROM {table} WHERE {condition} LIMIT 1", words).fetchone():  # noqa: S608 of this module
            return
    raise QueryError(
        "query.no_person",
        f"There is nobody called {name!r}.",
        "`minutes people --name …` finds people by a part of their name.",
        reference=name,
    )


def _known(db: sqlite3.Connection, ids: Collection[str | None] | None = None) -> tuple[dict[str, Owner], ...]:
    """The people and the bodies by id; all, or those with these ids."""
    found = []
    where, values = _of_these("k.id", ids)
    for is_body, sql in enumerate(_NAMES):
        names: dict[str, str] = {}
        spellings: dict[str, set[str]] = defaultdict(set)
        for identifier, name, folded in db.execute(sql.format(where=where), values):
            names[identifier] = name
            spellings[identifier] |= {fold(name), *([folded] if folded else [])}
        found.append({key: Owner(key, name, frozenset(spellings[key]), bool(is_body)) for key, name in names.items()})
    return tuple(found)


def _of_these(column: str, values: Collection[str | None] | None) -> tuple[str, tuple[str, ...]]:
    """A condition that a column has one of the values, with what fills its placeholder; none without values."""
    return ("", ()) if values is None else (_OF_THESE.format(column=column), (json.dumps(list(values)),))


def _by_name(owners: Iterable[Owner]) -> dict[str, list[Owner]]:
    found: dict[str, list[Owner]] = defaultdict(list)
    for owner in owners:
        for name in owner.spellings:
            found[name].append(owner)
    return found


def _each_once(owners: Iterable[Owner]) -> Owners:
    listed = tuple(owners)
    return listed if len(listed) < 2 else tuple({owner.key: owner for owner in listed}.values())


def _only_named(name: str) -> Owner:
    return Owner(None, name, frozenset({fold(name)}))
