"""The numbered steps that bring a database to the shape this program knows.

A step is a file `schema/<number>_<name>.sql`. It runs in one transaction, which also records it in the table
`schema_migrations`; a step that fails leaves nothing behind. Steps are never edited once published.
"""

from __future__ import annotations

import datetime
import functools
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from typing import NamedTuple

from minutes_nlp.errors import StoreError
from minutes_nlp.store.stems import word_stems

LATEST = 4
"""The number of the newest step; a test compares it with the files."""

_HISTORY = """
CREATE TABLE IF NOT EXISTS schema_migrations (
  number INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  applied_at TEXT NOT NULL
) STRICT
"""


class Migration(NamedTuple):
    """One step: its number (from 1, without gaps), its name and its SQL."""

    number: int
    name: str
    sql: str


@functools.cache
def migrations() -> tuple[Migration, ...]:
    """The steps of this program, in order."""
    found = []
    for file in (resources.files("minutes_nlp.store") / "schema").iterdir():
        named = re.fullmatch(r"(\d{4})_(\w+)\.sql", file.name)
        if named:
            found.append(Migration(int(named[1]), named[2], file.read_text(encoding="utf-8")))
    return tuple(sorted(found))


def version(db: sqlite3.Connection) -> int:
    """The number of the newest step that `db` has had; 0 for a database without any."""
    known = db.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'").fetchone()
    if known is None:
        return 0
    newest: int | None = db.execute("SELECT max(number) FROM schema_migrations").fetchone()[0]
    return newest or 0


def check_not_newer(db: sqlite3.Connection, newest: int = LATEST) -> int:
    """The version of `db`, if it is at most `newest`.

    Raises:
        StoreError: `store.newer`: a later program made this database.
    """
    number = version(db)
    if number > newest:
        raise StoreError(
            "store.newer",
            f"The database has version {number}; this program knows up to {newest}.",
            "Install the newer version of the program that made it.",
            version=number,
            known=newest,
        )
    return number


def migrate(
    db: sqlite3.Connection,
    steps: Sequence[Migration] | None = None,
    *,
    clock: Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC),
) -> list[Migration]:
    """Take the steps that `db` has not had, each in a transaction of its own.

    Args:
        db: a connection in autocommit mode.
        steps: all steps, in order; default: those of this program.
        clock: gives the time that is recorded with a step.

    Returns:
        The steps that were taken; empty if the database was up to date.

    Raises:
        StoreError: `store.newer`: the database has steps that are not among `steps`.
    """
    steps = migrations() if steps is None else steps
    db.create_function("word_stems", 2, word_stems, deterministic=True)  # step 4 fills a column with it
    check_not_newer(db, steps[-1].number if steps else 0)
    taken = []
    for step in steps:
        if version(db) >= step.number:
            continue
        db.execute("BEGIN IMMEDIATE")
        try:
            if _take(db, step, clock()):
                taken.append(step)
        except BaseException:
            db.rollback()
            raise
        db.execute("COMMIT")
    return taken


def _take(db: sqlite3.Connection, step: Migration, at: datetime.datetime) -> bool:
    """Take `step` inside the open transaction; false if another process took it while this one waited."""
    db.execute(_HISTORY)
    if version(db) >= step.number:
        return False
    for statement in statements(step.sql):
        db.execute(statement)
    row = (step.number, step.name, at.isoformat(timespec="seconds"))
    db.execute("INSERT INTO schema_migrations (number, name, applied_at) VALUES (?, ?, ?)", row)
    return True


def statements(sql: str) -> Iterator[str]:
    """The statements of a script one by one (`executescript` would commit the open transaction).

    A trigger's body belongs to its statement; a statement ends at the end of a line.
    """
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        yield pending
