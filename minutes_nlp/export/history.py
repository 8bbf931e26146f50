"""What the last ingest and the corrections since changed: what the documents said before, kept until the next ingest
that changes something."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from minutes_nlp.export.lines import ledger_state
from minutes_nlp.export.records import unwritable

if TYPE_CHECKING:
    from minutes_nlp.query.differences import Side

FILE_NAME: Final = "last-ingest.jsonl"
CORRECTED: Final = "corrected-since.jsonl"
"""The same of the documents that were corrected after the last ingest, which it may not have touched."""


def history_path(database: Path) -> Path:
    """Where it is kept: beside the database."""
    return database.with_name(FILE_NAME)


def forget(database: Path) -> None:
    """Remove what is kept: it tells of another database."""
    for path in (history_path(database), database.with_name(CORRECTED)):
        path.unlink(missing_ok=True)


class Before:
    """Keeps what an ingest is about to replace. Nothing is written before the first document changes.

    Args:
        path: the file; that of an earlier ingest, and what was kept of corrections since, make place for it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._begun = False

    def _begin(self, db: sqlite3.Connection) -> None:
        self._path.write_bytes(_line({"ledger": ledger_state(db)}))
        self._path.with_name(CORRECTED).unlink(missing_ok=True)
        self._begun = True

    def keep(self, db: sqlite3.Connection, document: str, record: Path) -> None:
        """Keep what is known of a document, before it is stored anew.

        Args:
            db: the database, as it is before.
            document: the document's path.
            record: the file of its record, which need not exist.

        Raises:
            ExportError: it cannot be written.
        """
        before: Any = None
        if db.execute("SELECT 1 FROM documents WHERE path = ?", (document,)).fetchone() is not None:
            try:
                before = json.loads(record.read_bytes())
            except (OSError, ValueError):
                before = None  # it is lost: the document then counts as new
        entry = _line({"document": document, "before": before})
        try:
            if not self._begun:
                self._begin(db)
            with self._path.open("ab") as file:
                file.write(entry)
        except OSError as error:
            raise unwritable(self._path, error) from error


class BeforeCorrecting(Before):
    """Keeps what corrections are about to change, once for each document, beside what the last ingest changed.

    Args:
        beside: the database, or the log of corrections beside it.
    """

    def __init__(self, beside: Path) -> None:
        super().__init__(beside.with_name(CORRECTED))
        self._kept: set[str] | None = None

    def keep(self, db: sqlite3.Connection, document: str, record: Path) -> None:
        """See `Before.keep`."""
        if self._kept is None:
            self._kept = {entry["document"] for entry in _entries(self._path) if "document" in entry}
            self._begun = self._path.exists()
        if document not in self._kept:
            super().keep(db, document, record)
            self._kept.add(document)

    def _begin(self, db: sqlite3.Connection) -> None:
        self._path.write_bytes(_line({"ledger": ledger_state(db)}))
        self._begun = True


def read_before(path: Path) -> tuple[Side, tuple[str, ...]]:
    """What the documents that the last ingest stored, or that were corrected since, said before, and their paths.

    Both are empty if there was none. A last line that was not completely written is passed over.

    Args:
        path: as `history_path` gives it.
    """
    from minutes_nlp.query.differences import Side

    records: dict[str, Any] = {}
    ledger: dict[str, Any] | None = None
    documents: dict[str, None] = {}
    for entry in (*_entries(path), *_entries(path.with_name(CORRECTED))):
        if "ledger" in entry:
            if ledger is None:  # the earlier state
                ledger = {action["id"]: action for action in entry["ledger"]}
            continue
        if entry["document"] in documents:
            continue
        documents[entry["document"]] = None
        if entry["before"] is not None:
            records[entry["document"]] = entry["before"]
    return Side(records, ledger or {}), tuple(documents)


def _entries(path: Path) -> Iterator[dict[str, Any]]:
    """The entries of a file; none if it is not there."""
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return
    for line in lines:
        try:
            yield json.loads(line)
        except ValueError:
            continue


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
