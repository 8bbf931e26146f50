"""Opening the database: for reading, or for writing (which creates and migrates it)."""

from __future__ import annotations

import contextlib
import sqlite3
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from minutes_nlp.errors import StoreError
from minutes_nlp.store.identity import fold
from minutes_nlp.store.migrations import LATEST, check_not_newer, migrate
from minutes_nlp.store.stems import has_present_stems, refresh_stems

Mode = Literal["read", "write"]

_OLDEST_SQLITE = (3, 37)  # the first with strict tables
_WAIT_SECONDS = 30.0
CACHE_KIB = 32 * 1024
"""How much of the database (kibibytes) a connection keeps in memory at most: a large one is read in no order."""


def open_database(path: Path, *, mode: Mode = "read") -> sqlite3.Connection:
    """A connection to the database at `path`, with foreign keys enforced.

    Args:
        path: the database file.
        mode: `read` never changes a row and needs an existing database of this program's version; `write` makes the
            file and its folder if need be, migrates it, and works the stems of its passages out again if other rules
            made them.

    Returns:
        A connection in autocommit mode (`transaction` groups statements), with the SQL function `fold(text)`.

    Raises:
        StoreError: `store.missing` (nothing to read yet), `store.old` (to be migrated by an ingest first),
            `store.newer` (made by a later program), `store.corrupt` (no SQLite database, or damaged),
            `store.foreign` (another program's database), `store.unopenable` (no permission, a folder),
            `store.locked` (another process holds it for longer than half a minute), `store.sqlite` (the SQLite that
            Python was built with is too old).
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        oldest = ".".join(map(str, _OLDEST_SQLITE))
        raise StoreError(
            "store.sqlite",
            f"This Python has SQLite {sqlite3.sqlite_version}; the database needs {oldest} or later.",
            "Install a newer Python.",
            version=sqlite3.sqlite_version,
            oldest=oldest,
        )
    if mode == "read" and not path.exists():
        raise StoreError(
            "store.missing",
            f"There is no database at {path} yet.",
            "Run `minutes ingest` first.",
            path=path,
        )
    connection: sqlite3.Connection | None = None
    try:
        connection = _connect(path, mode)
        _prepare(connection, path, mode)
    except StoreError:
        _close(connection)
        raise
    except (sqlite3.Error, OSError) as error:
        _close(connection)
        raise _explained(error, path) from error
    return connection


@contextlib.contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing: what is done inside is written at the end, or, after any exception (Ctrl-C too), not at all.

    Raises:
        StoreError: `store.locked`, if another process keeps writing.
    """
    try:
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise _explained(error, None) from error
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


def named_rows(cursor: sqlite3.Cursor) -> Iterator[dict[str, Any]]:
    """The rows of `cursor`, each as its values by column name."""
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def file_uri(path: Path) -> str:
    """The `file:` URI by which SQLite opens `path`, whatever characters it has; Windows shares included."""
    posix = path.absolute().as_posix()
    return "file://" + urllib.parse.quote(posix if posix.startswith("/") else f"/{posix}")


def _connect(path: Path, mode: Mode) -> sqlite3.Connection:
    if mode == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
    # Reading opens for writing where possible: only so can SQLite undo what a killed writer left half done.
    uri = f"{file_uri(path)}?mode={'rw' if mode == 'read' else 'rwc'}"
    return sqlite3.connect(uri, uri=True, timeout=_WAIT_SECONDS, isolation_level=None)


_interrupts: list[KeyboardInterrupt] = []  # that came while SQLite called a function of ours


def _fold(text: str | None) -> str | None:
    try:
        return None if text is None else fold(text)
    except KeyboardInterrupt as interrupt:
        _interrupts.append(interrupt)
        raise


def is_interrupt(problem: BaseException) -> bool:
    """Whether the user (Ctrl-C) or the system stops the program.

    If that comes while SQLite calls a function of ours, SQLite forgets it and reports an error of its own.
    """
    if isinstance(problem, sqlite3.OperationalError) and _interrupts:
        _interrupts.clear()
        return True
    return isinstance(problem, KeyboardInterrupt)


def _prepare(db: sqlite3.Connection, path: Path, mode: Mode) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA recursive_triggers = ON")  # REPLACE then fires the triggers that keep the full-text index
    db.create_function("fold", 1, _fold, deterministic=True)
    db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    if mode == "read":
        db.execute("PRAGMA query_only = ON")
    number = check_not_newer(db)
    if number == 0 and db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise StoreError(
            "store.foreign",
            f"{path} is a database of another program.",
            "Choose another file for the database.",
            path=path,
        )
    if mode == "write":
        migrate(db)
        if not has_present_stems(db):
            with transaction(db):
                refresh_stems(db)
    elif number < LATEST:
        raise StoreError(
            "store.old",
            f"The database {path} has version {number}; this program needs {LATEST}.",
            "Run `minutes ingest` once: it brings the database up to date.",
            path=path,
            version=number,
            known=LATEST,
        )


def _close(connection: sqlite3.Connection | None) -> None:
    if connection is not None:
        connection.close()


def _explained(error: sqlite3.Error | OSError, path: Path | None) -> StoreError:
    where = path or "the database"
    text = str(error)
    if "locked" in text or "busy" in text:
        return StoreError(
            "store.locked",
            f"{where} is in use by another process.",
            "Wait until it has finished, then try again.",
            path=where,
        )
    if isinstance(error, sqlite3.OperationalError | OSError):
        return StoreError(
            "store.unopenable",
            f"{where} cannot be opened: {text}.",
            "Check that it is a file you may read and write.",
            path=where,
            reason=text,
        )
    return StoreError(
        "store.corrupt",
        f"{where} is no usable SQLite database: {text}.",
        "Move it away and ingest again: the database is rebuilt from the files.",
        path=where,
        reason=text,
    )
