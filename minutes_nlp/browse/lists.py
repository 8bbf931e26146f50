"""Lists with facets, kept in memory: which rows have which value, so that any choice is counted in milliseconds."""

from __future__ import annotations

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from minutes_nlp.store.connect import file_uri

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.integer]
_T = TypeVar("_T")


class Count(NamedTuple):
    """A value of a facet and how many rows have it."""

    value: str
    rows: int


class Facet:
    """The values of the rows for one question (“which body?”); a row may have none or several.

    Args:
        names: the values that occur.
        rows: the rows that have a value, one after the other, several times if they have several.
        found: for each of `rows` which of `names` it has.
    """

    def __init__(self, names: Sequence[str], rows: Places, found: Places) -> None:
        self.names = names
        self._codes = {name: code for code, name in enumerate(names)}
        self._rows = rows
        self._found = found

    @classmethod
    def of(cls, values: Iterable[str]) -> Facet:
        """The facet of rows that each have one value; an empty text is none."""
        codes: dict[str, int] = {}
        dense = np.array([codes.setdefault(value, len(codes)) for value in values], dtype=np.int32)
        rows = np.flatnonzero(dense != codes.get("", -1))
        return cls(list(codes), rows, dense[rows])

    @classmethod
    def of_many(cls, values: Iterable[Sequence[str]]) -> Facet:
        """The facet of rows that each have any number of values."""
        codes: dict[str, int] = {}
        rows: list[int] = []
        found: list[int] = []
        for row, named in enumerate(values):
            for name in dict.fromkeys(named):
                rows.append(row)
                found.append(codes.setdefault(name, len(codes)))
        return cls(list(codes), np.array(rows, dtype=np.int64), np.array(found, dtype=np.int32))

    def mask(self, value: str, size: int) -> Mask:
        """Which of `size` rows have `value`."""
        chosen = np.zeros(size, dtype=bool)
        code = self._codes.get(value)
        if code is not None:
            chosen[self._rows[self._found == code]] = True
        return chosen

    def counts(self, rows: Mask) -> list[Count]:
        """The values that `rows` have, the most frequent first, then by name."""
        numbers = np.bincount(self._found[rows[self._rows]], minlength=len(self.names))
        found = [Count(self.names[code], int(numbers[code])) for code in np.flatnonzero(numbers).tolist()]
        return sorted(found, key=lambda count: (-count.rows, count.value))


class Listing:
    """Rows in their order, with facets.

    Args:
        ids: of the rows, in the order of the list.
        facets: by name.
        days: by name, a day (ISO) of each row for questions like “before when?”; an empty text where it has none.
    """

    def __init__(
        self, ids: Sequence[str], facets: Mapping[str, Facet], days: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self.ids = ids
        self.facets = facets
        self._days = {name: np.array(values, dtype="U10") for name, values in (days or {}).items()}

    def __len__(self) -> int:
        return len(self.ids)

    def all(self) -> Mask:
        """Every row."""
        return np.ones(len(self.ids), dtype=bool)

    def choose(self, chosen: Mapping[str, Sequence[str]]) -> Mask:
        """The rows with all chosen values."""
        rows = self.all()
        for name, values in chosen.items():
            for value in values:
                rows &= self.facets[name].mask(value, len(self.ids))
        return rows

    def before(self, name: str, day: str) -> Mask:
        """The rows whose day `name` is before `day`; not those without a day."""
        days = self._days[name]
        rows: Mask = (days != "") & (days < day)
        return rows

    def at(self, places: Places) -> Mask:
        """The rows at `places`, from 0."""
        rows = np.zeros(len(self.ids), dtype=bool)
        rows[places] = True
        return rows

    def page(
        self, rows: Mask, offset: int, limit: int, *, by: str | None = None, descending: bool = False
    ) -> list[str]:
        """The ids of a page of `rows`.

        Args:
            rows: which.
            offset: how many to skip.
            limit: how many to give at most.
            by: the day to sort by, those without one last; default: the order of the list.
            descending: the latest day first.
        """
        places = np.flatnonzero(rows)
        if by is not None:
            days = self._days[by][places]
            order = np.argsort(days, kind="stable")
            if descending:
                order = order[::-1]
            missing = days[order] == ""
            places = places[np.concatenate((order[~missing], order[missing]))]
        return [self.ids[place] for place in places[offset : offset + limit]]


class Lists:
    """What is kept of one database, worked out again after another connection has changed it.

    Args:
        path: the database.
    """

    def __init__(self, path: Path) -> None:
        self._uri = f"{file_uri(path)}?mode=ro"
        self._lock = threading.Lock()
        self._making: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._watch: sqlite3.Connection | None = None
        self._version: int | None = None
        self._kept: dict[str, object] = {}

    def get(self, kind: Kept[_T], db: sqlite3.Connection) -> _T:
        """What `kind` makes of the database, kept until it changes; nobody waits for what another kind makes."""
        with self._lock:
            self._forget_if_changed()
            making = self._making[kind.name]
            if kind.name in self._kept:
                return self._kept[kind.name]  # type: ignore[return-value] # what its own `make` gave
        with making:
            with self._lock:
                self._forget_if_changed()
                version = self._version
                if kind.name in self._kept:
                    return self._kept[kind.name]  # type: ignore[return-value] # as above
            made = kind.make(db)
            with self._lock:
                self._forget_if_changed()
                if version == self._version:
                    self._kept[kind.name] = made
            return made

    def close(self) -> None:
        """Let go of the database."""
        with self._lock:
            if self._watch is not None:
                self._watch.close()
                self._watch = None

    def _forget_if_changed(self) -> None:
        if self._watch is None:
            self._watch = sqlite3.connect(self._uri, uri=True, check_same_thread=False)
        version = self._watch.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self._kept.clear()
            self._version = version


class Kept(NamedTuple, Generic[_T]):
    """Something worked out from a database and kept: its name, and how it is made."""

    name: str
    make: Callable[[sqlite3.Connection], _T]
