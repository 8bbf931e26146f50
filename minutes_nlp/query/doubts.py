"""What is doubtful, worst first: issues, proposals, and what the recognisers are not sure of."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from minutes_nlp.query.places import TABLES, Place
from minutes_nlp.query.references import find_meetings
from minutes_nlp.store.connect import named_rows

DoubtKind = Literal["issue", "proposal", "action", "decision", "attendance", "agenda_item"]
KINDS: Final[tuple[DoubtKind, ...]] = ("issue", "proposal", "action", "decision", "attendance", "agenda_item")
BELOW: Final = 0.6
"""Confidence below which a row is doubtful, if nothing else is asked."""
_LOST: Final = "correction-lost"
_OF_A_LOST_CORRECTION: Final = 1.0  # somebody's work does not count any more: nothing is worse
_OF_AN_ISSUE: Final = 0.95

_WHERE = """m.id AS meeting_id, m.date AS meeting_date, m.title AS meeting_title, d.path, d.sha256,
  e.start_offset AS start, e.end_offset AS "end", e.quote"""
_FROM_HERE = """JOIN meetings m ON m.id = {table}.meeting_id JOIN documents d ON d.id = m.document_id"""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that a person should look at.

    Attributes:
        kind: what it is.
        id: of the row, the proposal or the issue.
        doubt: 0 to 1, the worst first: 1 for a correction that no longer fits, 0.95 for other issues, for a proposal
            how near it is to even odds (1 at a confidence of 0.5, 0.5 at 0 and 1), else 1 less the confidence.
        confidence: how sure the program is; `None` for an issue.
        meeting_id, meeting_date, meeting_title, document: where it stands.
        start, end, quote: the passage; `None` for an issue without one.
        about: for a proposal the event that it proposes, for an issue its code, else empty.
        details: what fills in the text of an issue.
        row: the row that can be corrected (for a fact of the meeting, the meeting), if there is one.
        action: for a proposal, the action that the passage may belong to.
        other: for an issue between two passages, the second one.
    """

    kind: DoubtKind
    id: str
    doubt: float
    confidence: float | None
    meeting_id: str
    meeting_date: str | None
    meeting_title: str | None
    document: str
    start: int | None
    end: int | None
    quote: str | None
    about: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    row: Place | None = None
    action: Place | None = None
    other: Place | None = None


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """A doubt for a list; `about` is the event that a proposal proposes or the code of an issue, `details` its JSON."""

    kind: str
    id: str
    doubt: float
    confidence: float | None
    about: str
    details: str
    quote: str | None
    meeting_id: str
    meeting_date: str | None
    meeting_title: str | None
    document: str
    start: int | None
    end: int | None


def doubt_row(doubt: Doubt) -> DoubtRow:
    """A doubt for a list."""
    names = [entry.name for entry in dataclasses.fields(DoubtRow) if entry.name != "details"]
    details = json.dumps(doubt.details, ensure_ascii=False) if doubt.details else ""
    return DoubtRow(details=details, **{name: getattr(doubt, name) for name in names})


def find_doubts(
    db: sqlite3.Connection,
    *,
    kinds: Sequence[DoubtKind] = KINDS,
    below: float = BELOW,
    meeting: str | None = None,
) -> list[Doubt]:
    """What is doubtful, worst first; of equal doubt the latest meeting first, then in the order of the document.

    Args:
        db: the database.
        kinds: which to list.
        below: rows with a confidence below this are doubtful.
        meeting: only of these meetings, as `find_meetings` takes it.

    Raises:
        QueryError: as `find_meetings`.
    """
    wanted = None if meeting is None else set(find_meetings(db, meeting))
    found: list[Doubt] = []
    for kind in dict.fromkeys(kinds):
        found += _FINDERS[kind](db, below) if kind in _FINDERS else _of_rows(db, kind, below)
    kept = [doubt for doubt in found if wanted is None or doubt.meeting_id in wanted]
    kept.sort(key=lambda doubt: (doubt.document, doubt.start or 0, doubt.id))
    kept.sort(key=lambda doubt: doubt.meeting_date or "", reverse=True)
    kept.sort(key=lambda doubt: -doubt.doubt)
    return kept


def still_there(db: sqlite3.Connection, doubt: Doubt) -> bool:
    """Whether it is still as doubtful as it was found."""
    if doubt.kind == "issue":
        sql, values = "SELECT 1 FROM issues WHERE id = ? AND settled_by IS NULL", [doubt.id]
    elif doubt.kind == "proposal":
        sql, values = "SELECT 1 FROM proposals WHERE id = ?", [doubt.id]
    else:
        sql = f"SELECT 1 FROM {TABLES[doubt.kind]} WHERE id = ? AND confidence < 1"  # noqa: S608 our own tables
        values = [doubt.id]
    return db.execute(sql, values).fetchone() is not None


def _of_rows(db: sqlite3.Connection, kind: DoubtKind, below: float) -> Iterator[Doubt]:
    table = TABLES[kind]
    repeats = "AND r.is_repeat = 0" if kind in ("action", "decision") else ""
    sql = f"""SELECT r.id, r.confidence, {_WHERE} FROM {table} r {_FROM_HERE.format(table="r")}
        JOIN evidence e ON e.id = r.evidence_id
        WHERE r.confidence < ? AND m.superseded_by IS NULL {repeats}"""  # noqa: S608 names of our own tables
    for row in named_rows(db.execute(sql, (below,))):
        place = _place(kind, row["id"], row)
        yield _doubt(kind, row, 1 - row["confidence"], row["confidence"], row=place)


def _proposals(db: sqlite3.Connection, _below: float) -> Iterator[Doubt]:
    sql = f"""SELECT r.id, r.confidence, r.event, r.ledger_action_id, {_WHERE} FROM proposals r
        {_FROM_HERE.format(table="r")} JOIN evidence e ON e.id = r.evidence_id"""  # noqa: S608 our own text
    for row in named_rows(db.execute(sql)):
        sure = row["confidence"]
        found = _doubt("proposal", row, 1 - abs(sure - 0.5), sure, about=row["event"])
        yield dataclasses.replace(
            found, row=_place("passage", row["id"], row), action=place_of_row(db, "action", row["ledger_action_id"])
        )


def _issues(db: sqlite3.Connection, _below: float) -> Iterator[Doubt]:
    sql = f"""SELECT r.id, r.code, r.details, r.evidence_id, r.other_evidence_id, {_WHERE}
        FROM issues r {_FROM_HERE.format(table="r")}
        LEFT JOIN evidence e ON e.id = r.evidence_id WHERE r.settled_by IS NULL"""  # noqa: S608 our own text
    for row in named_rows(db.execute(sql)):
        doubt = _OF_A_LOST_CORRECTION if row["code"] == _LOST else _OF_AN_ISSUE
        about, details = row["code"], json.loads(row["details"])
        found, other = _row_at(db, row["evidence_id"]), _passage(db, row["other_evidence_id"])
        yield _doubt("issue", row, doubt, None, about=about, details=details, row=found, other=other)


_FINDERS = {"issue": _issues, "proposal": _proposals}


def _doubt(kind: DoubtKind, values: Mapping[str, Any], doubt: float, sure: float | None, **more: Any) -> Doubt:
    where = {name: values[name] for name in ("meeting_id", "meeting_date", "meeting_title", "start", "end", "quote")}
    return Doubt(kind, values["id"], round(doubt, 4), sure, document=values["path"], **where, **more)


def _place(kind: str, identifier: str, row: Mapping[str, Any]) -> Place:
    names = ("meeting_id", "path", "sha256", "start", "end", "quote")
    return Place(kind, identifier, **{name: row[name] for name in names})


_ROWS_AT: Final = (
    *((kind, f"SELECT id FROM {table} WHERE evidence_id = ?") for kind, table in TABLES.items()),  # noqa: S608 our own
    ("action", "SELECT id FROM actions WHERE due_evidence_id = ?"),
    ("action", "SELECT action_id FROM action_owners WHERE evidence_id = ?"),
    ("meeting", "SELECT meeting_id FROM meeting_evidence WHERE evidence_id = ?"),
)


def _row_at(db: sqlite3.Connection, evidence: str | None) -> Place | None:
    """The row that stands at a piece of evidence, or of which it proves a part."""
    for kind, sql in _ROWS_AT:
        found = db.execute(sql, (evidence,)).fetchone()
        if found is not None:
            place = _passage(db, evidence)
            if kind != "meeting" or place is None:
                return place_of_row(db, kind, found[0])
            return dataclasses.replace(place, kind=kind, id=found[0])
    return None


def _passage(db: sqlite3.Connection, evidence: str | None) -> Place | None:
    """Where a piece of evidence stands."""
    sql = """SELECT e.id, m.id AS meeting_id, d.path, d.sha256, e.start_offset AS start, e.end_offset AS "end", e.quote
        FROM evidence e JOIN documents d ON d.id = e.document_id JOIN meetings m ON m.document_id = d.id
        WHERE e.id = ?"""
    row = next(named_rows(db.execute(sql, (evidence,))), None)
    return None if row is None else Place("passage", **row)


def place_of_row(db: sqlite3.Connection, kind: str, identifier: str) -> Place | None:
    """Where the row with this id stands, if there is one."""
    sql = f"""SELECT r.meeting_id, d.path, d.sha256, e.start_offset AS start, e.end_offset AS "end", e.quote
        FROM {TABLES[kind]} r JOIN evidence e ON e.id = r.evidence_id JOIN documents d ON d.id = e.document_id
        WHERE r.id = ?"""  # noqa: S608 names of our own tables
    row = next(named_rows(db.execute(sql, (identifier,))), None)
    return None if row is None else Place(kind, identifier, **row)


def values_of_row(db: sqlite3.Connection, place: Place) -> dict[str, Any]:
    """What can be corrected in a row, by field, as it is now; in the order in which people are asked."""
    if place.kind == "action":
        sql = "SELECT name FROM action_owners WHERE action_id = ? ORDER BY position"
        owners = tuple(row[0] for row in db.execute(sql, (place.id,)))
        due, status = db.execute("SELECT due, status FROM actions WHERE id = ?", (place.id,)).fetchone()
        return {"owners": owners, "due": due, "status": status, "quote": place.quote}
    if place.kind == "decision":
        return {"quote": place.quote}
    if place.kind == "attendance":
        sql = "SELECT name, status, organisation, role FROM attendance WHERE id = ?"
        return next(named_rows(db.execute(sql, (place.id,))))
    if place.kind == "meeting":
        return facts_of_meeting(db, place.id)
    return {"title": db.execute("SELECT title FROM agenda_items WHERE id = ?", (place.id,)).fetchone()[0]}


def facts_of_meeting(db: sqlite3.Connection, meeting: str) -> dict[str, Any]:
    """What can be corrected of a meeting itself, by field, as it is now."""
    sql = "SELECT title, body, date, start_time, end_time, location, next_meeting FROM meetings WHERE id = ?"
    return next(named_rows(db.execute(sql, (meeting,))))
