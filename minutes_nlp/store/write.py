"""Putting records and failures into the database, one transaction per document."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from sqlite_utils import Database

from minutes_nlp.errors import StoreError
from minutes_nlp.records import MeetingRecord
from minutes_nlp.resources import themes
from minutes_nlp.store.connect import transaction
from minutes_nlp.store.corrections import Applied, insert_applied
from minutes_nlp.store.rows import TABLES, RecordRows, Tables

_SHARED_BY_DOCUMENTS = frozenset({"people", "organisations"})
_NAMED_BY = {"people": ("person_id", "name"), "organisations": ("organisation_id", "organisation")}
_THEME_COLUMNS = ("id", "nl", "fr", "en", "de", "scope")


class Saved(NamedTuple):
    """What `save_record` did: the ids of the document and its meeting, and whether older rows made place for it."""

    document_id: str
    meeting_id: str
    replaced: bool


class KnownDocument(NamedTuple):
    """A document that the database holds.

    `pipeline` is the fingerprint of the pipeline that read it; `missing_since` is the moment (ISO 8601, UTC) at which
    its file was first found gone, `None` while it is there.
    """

    path: str
    sha256: str
    pipeline: str
    missing_since: str | None


def save_record(
    db: sqlite3.Connection,
    record: MeetingRecord,
    *,
    ingested_at: datetime.datetime,
    pipeline: str = "",
    applied: Applied | None = None,
    missing_since: str | None = None,
) -> Saved:
    """Store `record` in place of what was stored of the same document, and drop its ingest error, all or nothing.

    Args:
        db: a connection opened for writing.
        record: what was found in the document.
        ingested_at: the moment to record; with a time zone.
        pipeline: fingerprint of the pipeline that made the record (`known_documents` gives it back).
        applied: how corrections changed the record; `None` if there are none.
        missing_since: the moment at which its file was found gone, if it is.

    Raises:
        StoreError: `store.refused`: a constraint of the database is not met (a theme outside the list, a day that
            does not exist, a text with NUL characters); `store.locked`. The rows stored before are then unchanged.
    """
    try:
        built = RecordRows(record, ingested_at=ingested_at, pipeline=pipeline)
        built.tables["documents"][0]["missing_since"] = missing_since
        with transaction(db):
            replaced = _delete_document(db, built.document_id)
            _sync_themes(db)
            _insert(db, built.tables)
            if applied is not None:
                insert_applied(db, built.document_id, applied, built.tables)
            _rename(db, built.tables)
            _forget_error(db, record.document.path)
    except (sqlite3.IntegrityError, ValueError) as error:  # ValueError: a text that is no Unicode, a day in no calendar
        raise StoreError(
            "store.refused",
            f"The record of {record.document.path} does not fit the database: {error}.",
            path=record.document.path,
            reason=str(error),
        ) from error
    return Saved(built.document_id, built.meeting_id, replaced)


def save_error(
    db: sqlite3.Connection,
    *,
    path: str,
    sha256: str | None,
    code: str,
    message: str,
    hint: str,
    at: datetime.datetime,
) -> None:
    """Note that the file `path` could not be ingested, in place of an earlier note on it.

    `sha256` is `None` if the file could not even be read. What was stored of the document before stays.
    """
    row = {"path": path, "sha256": sha256, "code": code, "message": message, "hint": hint, "at": _moment(at)}
    with transaction(db):
        Database(db).table("ingest_errors").upsert(row, pk="path")


def clear_error(db: sqlite3.Connection, path: str) -> None:
    """Forget the ingest error of `path`, if there is one."""
    with transaction(db):
        _forget_error(db, path)


def failed_paths(db: sqlite3.Connection) -> list[str]:
    """The paths of the files that could not be ingested, in the alphabet's order."""
    return [row[0] for row in db.execute("SELECT path FROM ingest_errors ORDER BY path")]


def known_documents(db: sqlite3.Connection) -> dict[str, KnownDocument]:
    """The documents that the database holds, by path."""
    rows = db.execute("SELECT path, sha256, pipeline, missing_since FROM documents ORDER BY path")
    return {row[0]: KnownDocument(*row) for row in rows}


def mark_missing(db: sqlite3.Connection, paths: Iterable[str], *, at: datetime.datetime) -> list[str]:
    """Flag the documents whose file is gone; their rows stay.

    Returns:
        Those of `paths` that were not flagged before.
    """
    flagged = []
    with transaction(db):
        for path in paths:
            sql = "UPDATE documents SET missing_since = ? WHERE path = ? AND missing_since IS NULL"
            if db.execute(sql, (_moment(at), path)).rowcount:
                flagged.append(path)
    return flagged


def mark_found(db: sqlite3.Connection, paths: Iterable[str]) -> None:
    """Take the flag of `mark_missing` off: the files are there (again)."""
    with transaction(db):
        sql = "UPDATE documents SET missing_since = NULL WHERE path = ? AND missing_since IS NOT NULL"
        db.executemany(sql, [(path,) for path in paths])


def delete_document(db: sqlite3.Connection, path: str) -> bool:
    """Remove a document with all its rows; false if the database does not hold it."""
    with transaction(db):
        row = db.execute("SELECT id FROM documents WHERE path = ?", (path,)).fetchone()
        return row is not None and _delete_document(db, row[0])


def _forget_error(db: sqlite3.Connection, path: str) -> None:
    db.execute("DELETE FROM ingest_errors WHERE path = ?", (path,))


def _moment(at: datetime.datetime) -> str:
    return at.isoformat(timespec="seconds")


def _delete_document(db: sqlite3.Connection, identifier: str) -> bool:
    """Delete a document, and the people and organisations that no other one names.

    What the ledger says of its meeting goes too, so that the ledger of the series is worked out again.
    """
    sql = "DELETE FROM ledger_state WHERE series = (SELECT series FROM meetings WHERE document_id = ?)"
    db.execute(sql, (identifier,))
    named: dict[str, list[str]] = {}
    for table, (reference, _) in _NAMED_BY.items():
        sql = f"""SELECT DISTINCT a.{reference} FROM attendance a JOIN meetings m ON m.id = a.meeting_id
            WHERE m.document_id = ? AND a.{reference} IS NOT NULL"""  # noqa: S608 names of our own tables
        named[table] = [row[0] for row in db.execute(sql, (identifier,))]
    deleted = db.execute("DELETE FROM documents WHERE id = ?", (identifier,)).rowcount > 0
    for table, identifiers in named.items():
        _refresh_names(db, table, identifiers)
    return deleted


def _insert(db: sqlite3.Connection, tables: Tables) -> None:
    for table in TABLES:
        if rows := tables[table]:
            how = "INSERT OR IGNORE" if table in _SHARED_BY_DOCUMENTS else "INSERT"
            columns, values = ", ".join(rows[0]), ", ".join(f":{column}" for column in rows[0])
            db.executemany(f"{how} INTO {table} ({columns}) VALUES ({values})", rows)


def _rename(db: sqlite3.Connection, tables: Tables) -> None:
    """Name whoever is in the new list; who is printed there under the present name only keeps it."""
    for table, (reference, printed) in _NAMED_BY.items():
        spellings: dict[str, set[str]] = {}
        for row in tables["attendance"]:
            if row[reference] is not None:
                spellings.setdefault(str(row[reference]), set()).add(str(row[printed]))
        named = f"SELECT name FROM {table} WHERE id = ?"  # noqa: S608 name of our own table
        changed = [key for key, names in spellings.items() if {db.execute(named, (key,)).fetchone()[0]} != names]
        _refresh_names(db, table, changed)


def _refresh_names(db: sqlite3.Connection, table: str, identifiers: Iterable[str]) -> None:
    """Give each the spelling that most attendance lists print, and remove who is in no list any more.

    Where several spellings are equally common, the last one by code points counts: `José` rather than `JOSE`. So the
    names do not depend on the order of ingest. Who is called otherwise than printed keeps the name: a directory or a
    correction says so.
    """
    reference, printed = _NAMED_BY[table]
    spelling = f"""SELECT {printed} FROM (
            SELECT {printed}, count(*) AS times FROM attendance WHERE {reference} = ?1 GROUP BY {printed})
        WHERE fold({printed}) = (SELECT name_folded FROM {table} WHERE id = ?1)
        ORDER BY times DESC, {printed} DESC LIMIT 1"""  # noqa: S608 names of our own columns
    listed = f"SELECT 1 FROM attendance WHERE {reference} = ? LIMIT 1"  # noqa: S608 name of our own column
    for identifier in identifiers:
        row = db.execute(spelling, (identifier,)).fetchone()
        if row is not None:
            db.execute(f"UPDATE {table} SET name = ? WHERE id = ? AND name <> ?", (row[0], identifier, row[0]))  # noqa: S608
        elif db.execute(listed, (identifier,)).fetchone() is None:
            db.execute(f"DELETE FROM {table} WHERE id = ?", (identifier,))  # noqa: S608 name of our own table


def _sync_themes(db: sqlite3.Connection) -> None:
    """Bring the labels of the closed list into the database; a theme that left the list stays while it is used."""
    listed = [tuple(theme[column] for column in _THEME_COLUMNS) for theme in themes()]
    if set(db.execute(f"SELECT {', '.join(_THEME_COLUMNS)} FROM themes")) >= set(listed):  # noqa: S608
        return
    rows = [dict(zip(_THEME_COLUMNS, row, strict=True)) for row in listed]
    Database(db).table("themes").upsert_all(rows, pk="id")
