"""Whether the database is sound: what SQLite says of it, and whether every quote still stands in its text."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple


class Finding(NamedTuple):
    """The result of one check.

    Attributes:
        check: `integrity`, `foreign-keys`, `evidence`, `full-text`, `missing` or `failed`.
        sound: whether all is well.
        rows: how many were checked or, if not sound, are wrong.
        detail: the first thing that is wrong, as SQLite says it; empty if sound.
    """

    check: str
    sound: bool
    rows: int
    detail: str = ""


_MISQUOTED = """SELECT e.id FROM evidence e JOIN documents d ON d.id = e.document_id
WHERE e.quote IS NOT substr(d.text, e.start_offset + 1, e.end_offset - e.start_offset)"""


def check(db: sqlite3.Connection) -> list[Finding]:
    """Run every check; a damaged database gives findings, not an exception."""
    checks = {
        "integrity": _integrity,
        "foreign-keys": _foreign_keys,
        "evidence": _evidence,
        "full-text": _full_text,
        "missing": _missing,
        "failed": _failed,
    }
    found = []
    for name, run in checks.items():
        try:
            found.append(run(db))
        except sqlite3.Error as error:
            found.append(Finding(name, False, 1, str(error)))
    return found


def _integrity(db: sqlite3.Connection) -> Finding:
    wrong = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
    return Finding("integrity", not wrong, len(wrong), wrong[0] if wrong else "")


def _foreign_keys(db: sqlite3.Connection) -> Finding:
    wrong = db.execute("PRAGMA foreign_key_check").fetchall()
    return Finding("foreign-keys", not wrong, len(wrong), f"{wrong[0][0]} → {wrong[0][2]}" if wrong else "")


def _evidence(db: sqlite3.Connection) -> Finding:
    wrong = db.execute(_MISQUOTED).fetchall()
    checked = db.execute("SELECT count(*) FROM evidence").fetchone()[0]
    return Finding("evidence", not wrong, len(wrong) or checked, wrong[0][0] if wrong else "")


def _full_text(db: sqlite3.Connection) -> Finding:
    """Let FTS5 compare its index with the passages, word by word; where that may not be, compare the numbers."""
    checked: int = db.execute("SELECT count(*) FROM passages").fetchone()[0]
    indexed: int = db.execute("SELECT count(*) FROM passages_fts_docsize").fetchone()[0]
    if checked != indexed:
        return Finding("full-text", False, abs(checked - indexed), f"{indexed} / {checked}")
    read_only = db.execute("PRAGMA query_only").fetchone()[0]
    try:
        db.execute("PRAGMA query_only = OFF")  # the check is spelt as an INSERT, but writes nothing
        db.execute("INSERT INTO passages_fts(passages_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.OperationalError:  # a file that may not be written, or another process writing
        pass
    except sqlite3.DatabaseError as error:
        return Finding("full-text", False, checked, str(error))
    finally:
        db.execute(f"PRAGMA query_only = {read_only}")
    return Finding("full-text", True, checked)


def _missing(db: sqlite3.Connection) -> Finding:
    gone = [row[0] for row in db.execute("SELECT path FROM documents WHERE missing_since IS NOT NULL ORDER BY path")]
    return Finding("missing", True, len(gone), ", ".join(gone[:3]))


def _failed(db: sqlite3.Connection) -> Finding:
    failed = [row[0] for row in db.execute("SELECT path FROM ingest_errors ORDER BY path")]
    return Finding("failed", True, len(failed), ", ".join(failed[:3]))
