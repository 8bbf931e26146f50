"""What the last ingest changed: what its documents said before, kept until the next ingest that changes something."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any, Final

from minutes_nlp.export.lines import ledger_state
from minutes_nlp.export.records import unwritable
from minutes_nlp.query.differences import Side

FILE_NAME: Final = "last-ingest.jsonl"


def history_path(database: Path) -> Path:
    """Where it is kept: beside the database."""
    return database.with_name(FILE_NAME)


class Before:
    """Keeps what is about to be replaced. Nothing is written before the first document changes.

    Args:
        path: the file; that of an earlier ingest makes place for this one's.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._begun = False

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
                self._path.write_bytes(_line({"ledger": ledger_state(db)}))
                self._begun = True
            with self._path.open("ab") as file:
                file.write(entry)
        except OSError as error:
            raise unwritable(self._path, error) from error


def read_before(path: Path) -> tuple[Side, tuple[str, ...]]:
    """What the documents that the last ingest stored said before, and their paths; both empty if there was none.

    A last line that was not completely written is passed over.
    """
    records: dict[str, Any] = {}
    ledger: dict[str, Any] = {}
    documents: dict[str, None] = {}
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        lines = []
    for line in lines:
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if "ledger" in entry:
            ledger = {action["id"]: action for action in entry["ledger"]}
            continue
        documents[entry["document"]] = None
        if entry["before"] is not None:
            records.setdefault(entry["document"], entry["before"])
    return Side(records, ledger), tuple(documents)


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
