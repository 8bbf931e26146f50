"""The rows of the ledger: what it is worked out from, and what was worked out."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from minutes_nlp.store.connect import named_rows
from minutes_nlp.store.identity import stable_id

Row = dict[str, Any]

_MEETINGS = """
SELECT m.id, m.document_id, d.path, d.sha256, d.pipeline, d.languages, m.body, m.organisation_id, m.date, m.title,
  d.missing_since IS NOT NULL AS gone, d.media_type
FROM meetings m JOIN documents d ON d.id = m.document_id ORDER BY m.date IS NULL, m.date, d.path
"""
_INPUTS = {
    "meetings": """SELECT m.id, m.document_id, d.path, d.sha256, d.pipeline, d.languages, m.body, m.date, m.title,
        m.next_meeting, d.missing_since IS NOT NULL AS gone, d.media_type
        FROM meetings m JOIN documents d ON d.id = m.document_id WHERE m.series = ?
        ORDER BY m.date IS NULL, m.date, d.path""",
    "actions": """SELECT a.id, a.meeting_id, a.status, a.due, a.due_last_day, a.due_evidence_id, u.quote AS due_text,
        u.start_offset AS due_start, u.end_offset AS due_end, a.language, a.is_repeat, a.evidence_id, e.document_id,
        e.start_offset, e.end_offset, e.quote, i.title AS item, i.number AS item_number
        FROM actions a JOIN evidence e ON e.id = a.evidence_id LEFT JOIN evidence u ON u.id = a.due_evidence_id
        LEFT JOIN agenda_items i ON i.id = a.agenda_item_id
        WHERE a.meeting_id IN (SELECT id FROM meetings WHERE series = ?)
        ORDER BY a.meeting_id, e.start_offset, a.position""",
    "owners": """SELECT o.id, o.action_id, o.name, o.person_id, o.organisation_id, o.attendance_id, o.evidence_id,
        v.quote, EXISTS (SELECT 1 FROM owner_candidates WHERE owner_id = o.id)
        OR EXISTS (SELECT 1 FROM owner_people WHERE owner_id = o.id) AS has_candidates
        FROM action_owners o LEFT JOIN evidence v ON v.id = o.evidence_id JOIN actions a ON a.id = o.action_id
        WHERE a.meeting_id IN (SELECT id FROM meetings WHERE series = ?) ORDER BY o.action_id, o.position""",
    "decisions": """SELECT c.id, c.meeting_id, c.language, c.is_repeat, c.evidence_id, e.document_id, e.start_offset,
        e.end_offset, e.quote, i.title AS item, i.number AS item_number
        FROM decisions c JOIN evidence e ON e.id = c.evidence_id LEFT JOIN agenda_items i ON i.id = c.agenda_item_id
        WHERE c.meeting_id IN (SELECT id FROM meetings WHERE series = ?)
        ORDER BY c.meeting_id, e.start_offset, c.position""",
    "attendance": """SELECT id, meeting_id, name, person_id, status, evidence_id FROM attendance
        WHERE meeting_id IN (SELECT id FROM meetings WHERE series = ?) ORDER BY meeting_id, position""",
    "items": """SELECT i.id, i.meeting_id, i.number, i.title, i.level, i.evidence_id, e.start_offset, i.extent_end
        FROM agenda_items i JOIN evidence e ON e.id = i.evidence_id
        WHERE i.meeting_id IN (SELECT id FROM meetings WHERE series = ?) ORDER BY i.meeting_id, i.position""",
    "dates": """SELECT x.meeting_id, x.evidence_id, e.start_offset, e.end_offset, e.quote
        FROM meeting_evidence x JOIN evidence e ON e.id = x.evidence_id
        WHERE x.field = 'date' AND x.meeting_id IN (SELECT id FROM meetings WHERE series = ?) ORDER BY x.meeting_id""",
    "targets": """SELECT t.correction_id, t.role, t.row_id, t.document_id, t.start_offset, t.end_offset
        FROM correction_targets t JOIN meetings m ON m.document_id = t.document_id
        WHERE m.id IN (SELECT id FROM meetings WHERE series = ?) ORDER BY t.correction_id, t.document_id, t.role""",
}

Tables = dict[str, list[Row]]


class LedgerMeeting(NamedTuple):
    """A meeting as far as it tells to which series it belongs.

    `languages` are ISO 639-1 codes, the main one first; `gone` says that its file is not there any more; `media_type`
    is that of the document.
    """

    id: str
    document_id: str
    path: str
    sha256: str
    pipeline: str
    languages: tuple[str, ...]
    body: str | None
    organisation_id: str | None
    date: str | None
    title: str | None
    gone: bool = False
    media_type: str = ""


def ledger_meetings(db: sqlite3.Connection) -> list[LedgerMeeting]:
    """All meetings, in the order of their days, those without a day last."""
    rows = named_rows(db.execute(_MEETINGS))
    return [
        LedgerMeeting(**{**row, "languages": tuple(json.loads(row["languages"])), "gone": bool(row["gone"])})
        for row in rows
    ]


def assign_series(db: sqlite3.Connection, series: Mapping[str, str]) -> None:
    """Note the series of each meeting (by id), and forget the series that have no meeting any more."""
    known = dict(db.execute("SELECT id, series FROM meetings"))
    changed = [(key, identifier) for identifier, key in series.items() if known[identifier] != key]
    db.executemany("UPDATE meetings SET series = ? WHERE id = ?", changed)
    for (key,) in db.execute("SELECT series FROM ledger_state").fetchall():
        if key not in set(series.values()):
            forget_series(db, key)
            db.execute("DELETE FROM ledger_state WHERE series = ?", (key,))


class Inputs:
    """The rows of a series that its ledger is worked out from (see `_INPUTS`).

    Most series have not changed since their ledger was worked out: their rows are only read to tell so.
    """

    def __init__(self, db: sqlite3.Connection, series: str) -> None:
        found = {name: db.execute(sql, (series,)) for name, sql in _INPUTS.items()}
        self._columns = {name: [column[0] for column in cursor.description] for name, cursor in found.items()}
        self._rows = {name: cursor.fetchall() for name, cursor in found.items()}

    def corrections(self) -> set[str]:
        """The ids of the corrections that are about its documents."""
        place = self._columns["targets"].index("correction_id")
        return {row[place] for row in self._rows["targets"]}

    def fingerprint(self, *more: str) -> str:
        """Changes whenever the rows do, or anything in `more`."""
        content = repr((self._columns, self._rows, more))
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def tables(self) -> Tables:
        """The rows by table."""
        return {
            name: [dict(zip(self._columns[name], row, strict=True)) for row in rows]
            for name, rows in self._rows.items()
        }


def known_fingerprint(db: sqlite3.Connection, series: str) -> str | None:
    """What the ledger of a series was last worked out from; `None` if it never was."""
    row = db.execute("SELECT fingerprint FROM ledger_state WHERE series = ?", (series,)).fetchone()
    return row[0] if row else None


def document_text(db: sqlite3.Connection, document_id: str) -> str:
    """The whole text of a document."""
    return str(db.execute("SELECT text FROM documents WHERE id = ?", (document_id,)).fetchone()[0])


def document_passages(db: sqlite3.Connection, document_id: str) -> list[tuple[int, str, str | None, str]]:
    """The blocks of a document: start, kind, language, text."""
    sql = "SELECT start_offset, kind, language, text FROM passages WHERE document_id = ? ORDER BY position"
    return db.execute(sql, (document_id,)).fetchall()


def add_evidence(db: sqlite3.Connection, document_id: str, start: int, end: int, quote: str) -> str:
    """The id of the passage that the ledger quotes, which is written down if it is new."""
    identifier = stable_id(document_id, "ledger", start, end)
    sql = """INSERT OR IGNORE INTO evidence (id, document_id, kind, start_offset, end_offset, quote)
        VALUES (?, ?, 'ledger', ?, ?, ?)"""
    db.execute(sql, (identifier, document_id, start, end, quote))
    return identifier


_FORGET = (
    "DELETE FROM ledger_actions WHERE series = ?",
    """DELETE FROM ledger_actions WHERE id IN (
        SELECT a.id FROM actions a JOIN meetings m ON m.id = a.meeting_id WHERE m.series = ?)""",
    "DELETE FROM issues WHERE meeting_id IN (SELECT id FROM meetings WHERE series = ?)",
    """DELETE FROM pairs WHERE kind = 'decision' AND second_id IN (
        SELECT c.id FROM decisions c JOIN meetings m ON m.id = c.meeting_id WHERE m.series = ?)""",
    """DELETE FROM pairs WHERE kind = 'action' AND second_id IN (
        SELECT a.id FROM actions a JOIN meetings m ON m.id = a.meeting_id WHERE m.series = ?)""",
    """DELETE FROM evidence WHERE kind = 'ledger' AND document_id IN (
        SELECT document_id FROM meetings WHERE series = ?)""",
)


def forget_series(db: sqlite3.Connection, series: str) -> None:
    """Remove what was worked out of a series: its actions with their events and proposals, pairs and issues."""
    for sql in _FORGET:
        db.execute(sql, (series,))


def write_series(
    db: sqlite3.Connection, series: str, state: str, superseded: Mapping[str, str], rows: Mapping[str, Sequence[Row]]
) -> None:
    """Store what was worked out of a series whose old rows are gone.

    Args:
        db: inside a transaction.
        state: the fingerprint.
        superseded: meetings (id) by the one (id) that counts instead.
        rows: by table, in an order that the foreign keys allow.
    """
    db.execute("UPDATE meetings SET superseded_by = NULL WHERE series = ? AND superseded_by IS NOT NULL", (series,))
    db.executemany(
        "UPDATE meetings SET superseded_by = ? WHERE id = ?", [(new, old) for old, new in superseded.items()]
    )
    for table, entries in rows.items():
        _insert(db, table, entries)
    sql = "INSERT INTO ledger_state VALUES (?, ?) ON CONFLICT (series) DO UPDATE SET fingerprint = excluded.fingerprint"
    db.execute(sql, (series, state))


def drop_stale_pairs(db: sqlite3.Connection) -> None:
    """Remove the pairs of which a passage is gone."""
    for sql in (
        """DELETE FROM pairs WHERE kind = 'decision' AND (first_id NOT IN (SELECT id FROM decisions)
            OR second_id NOT IN (SELECT id FROM decisions))""",
        """DELETE FROM pairs WHERE kind = 'action' AND (first_id NOT IN (SELECT id FROM actions)
            OR second_id NOT IN (SELECT id FROM actions))""",
    ):
        db.execute(sql)


def open_issues(db: sqlite3.Connection) -> frozenset[str]:
    """The ids of the issues that nobody settled."""
    return frozenset(row[0] for row in db.execute("SELECT id FROM issues WHERE settled_by IS NULL"))


def _insert(db: sqlite3.Connection, table: str, entries: Iterable[Row]) -> None:
    for entry in entries:
        columns = ", ".join(entry)
        sql = f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(entry))})"  # noqa: S608 - our own names
        db.execute(sql, tuple(entry.values()))
