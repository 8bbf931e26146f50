"""The two sides of a comparison: a database, a backup, a file of JSON lines, or a folder of records."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Collection, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from minutes_nlp.errors import ExportError, StoreError
from minutes_nlp.export.lines import ledger_state, record_lines
from minutes_nlp.query.differences import Side
from minutes_nlp.store.backup import DATABASE, copy_database, open_plainly
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.restore import read_backup

_SQLITE = b"SQLite format 3\0"


def load_side(path: Path) -> Side:
    """What `path` holds, whichever of the four it is. A database of an earlier version is brought up to date in a copy.

    Raises:
        ExportError: `export.no-side`: it is none of them; `export.side-unreadable`.
        StoreError: the database or backup cannot be read.
    """
    try:
        if path.is_dir():
            return side_of(file.read_text(encoding="utf-8") for file in sorted(path.rglob("*.json")))
        with path.open("rb") as file:
            head = file.read(len(_SQLITE))
        if head == _SQLITE:
            return _of_database(path)
        if zipfile.is_zipfile(path):
            with tempfile.TemporaryDirectory() as folder:
                read_backup(path, Path(folder))
                return _of_database(Path(folder) / DATABASE)
        with path.open(encoding="utf-8", newline="\n") as file_of_lines:
            return side_of(file_of_lines)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportError(
            "export.side-unreadable",
            f"{path} cannot be read: {reason}.",
            "Check the name, and whether you may read it.",
            path=path,
            reason=reason,
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ExportError(
            "export.no-side",
            f"{path} is no database, backup, export or folder of records.",
            "Give a database, a backup, a file of `minutes export --format jsonl`, or the folder structured/records.",
            path=path,
        ) from error


def side_of(lines: Iterable[str]) -> Side:
    """What lines of JSON hold: a record each, with `ledger` if it comes from an export.

    Raises:
        ValueError: a line is no JSON.
        KeyError, TypeError: it is no record.
    """
    records: dict[str, Any] = {}
    ledger: dict[str, Any] = {}
    for line in lines:
        if not line.strip():
            continue
        record = json.loads(line)
        ledger |= {action["id"]: action for action in record.pop("ledger", [])}
        records[record["document"]["path"]] = record
    return Side(records, ledger)


def side_of_database(db: sqlite3.Connection, documents: Collection[str] | None = None) -> Side:
    """What an open database holds of all documents, or of those named; its whole ledger in any case."""
    found = side_of(record_lines(db, documents))
    return Side(found.records, {action["id"]: action for action in ledger_state(db)})


def _of_database(path: Path) -> Side:
    try:
        with closing(open_database(path)) as db:
            return side_of_database(db)
    except StoreError as error:
        if error.code != "store.old":
            raise
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / DATABASE
        with closing(open_plainly(path)) as source, closing(open_plainly(copy, new=True)) as target:
            copy_database(source, target)
        with closing(open_database(copy, mode="write")) as db:
            return side_of_database(db)
