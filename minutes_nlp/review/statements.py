"""Corrections ready to be written: of a row by its id, of a passage that was missed, of a person, of a link."""

from __future__ import annotations

import sqlite3
from typing import Any

from minutes_nlp.errors import ReviewError
from minutes_nlp.query.doubts import facts_of_meeting
from minutes_nlp.query.places import Place, document_text
from minutes_nlp.query.references import find_meeting
from minutes_nlp.records import Evidence
from minutes_nlp.records.corrections import Context, CorrectedDocument, Correction, Kind, OtherPassage
from minutes_nlp.resolution.correcting.anchors import context_of, locate
from minutes_nlp.review.desk import Desk
from minutes_nlp.spans import CharSpan
from minutes_nlp.store.corrections import corrections_of_row

_WAS = {
    ("action", "status"): "SELECT status FROM actions WHERE id = ?",
    ("action", "due"): "SELECT due FROM actions WHERE id = ?",
    ("attendance", "name"): "SELECT name FROM attendance WHERE id = ?",
    ("attendance", "status"): "SELECT status FROM attendance WHERE id = ?",
    ("attendance", "organisation"): "SELECT organisation FROM attendance WHERE id = ?",
    ("attendance", "role"): "SELECT role FROM attendance WHERE id = ?",
    ("agenda_item", "title"): "SELECT title FROM agenda_items WHERE id = ?",
}
_WERE = {
    ("action", "owners"): "SELECT name FROM action_owners WHERE action_id = ? ORDER BY position",
    ("agenda_item", "themes"): "SELECT theme_id FROM item_themes WHERE agenda_item_id = ? ORDER BY position",
}


def of_row(desk: Desk, db: sqlite3.Connection, place: Place, field: str, value: Any, **more: Any) -> Correction:
    """A correction of one field of a row.

    Args:
        desk: where it is made.
        db: the database, to look up what was there.
        place: the row.
        field: of its kind (`records.corrections.FIELDS`).
        value: the right value; for `quote` an `Evidence`.
        more: `on`, `other`.

    Raises:
        ReviewError: `review.on`: `on` is a day to come, or one before the action was agreed.
        ValueError: the field does not take that value.
    """
    if place.kind == "meeting":
        return of_fact(desk, db, place.id, field, value)
    if more.get("on") is not None:
        _check_day(desk, db, place, str(more["on"]))
    kind: Any = place.kind
    span, context = passage_of(db, place)
    if isinstance(value, Evidence):
        value = value.model_dump()
    return Correction.make(
        at=desk.clock(),
        who=desk.who,
        kind=kind,
        field=field,
        document=CorrectedDocument(path=place.path, sha256=place.sha256),
        span=span,
        context=context,
        value=value,
        was=_was(db, place, field),
        **more,
    )


def _check_day(desk: Desk, db: sqlite3.Connection, place: Place, day: str) -> None:
    sql = "SELECT opened_on FROM ledger_actions JOIN ledger_events e ON e.ledger_action_id = ledger_actions.id"
    row = db.execute(f"{sql} WHERE e.action_id = ? ORDER BY opened_on", (place.id,)).fetchone()
    first, last = (row[0] if row else None) or "", desk.clock().date().isoformat()
    if not first <= day <= last:
        raise ReviewError(
            "review.on",
            f"On {day} nothing can have become of this action: it was agreed on {first or '…'}, and today is {last}.",
            "Give another day with --on.",
            day=day,
            first=first or "…",
            last=last,
        )


def of_passage(
    desk: Desk, kind: Kind, document: CorrectedDocument, span: Evidence, text: str, field: str = "exists", **more: Any
) -> Correction:
    """A correction of a passage in which the machine found nothing; by default, that it is of this kind."""
    values = {"value": True, **more} if field == "exists" else more
    place = CharSpan(span.start, span.end)
    return Correction.make(
        at=desk.clock(),
        who=desk.who,
        kind=kind,
        field=field,
        document=document,
        span=span,
        context=context_of(place, text),
        **values,
    )


def of_link(desk: Desk, db: sqlite3.Connection, action: Place, later: Place, field: str, accepted: bool) -> Correction:
    """That a later passage belongs to an action (`same`), or ends it (`closes`); or that it does not."""
    text = document_text(db, later.path)
    other = OtherPassage(
        document=CorrectedDocument(path=later.path, sha256=later.sha256),
        span=Evidence(start=later.start, end=later.end, quote=later.quote),
        context=context_of(CharSpan(later.start, later.end), text),
    )
    span, context = passage_of(db, action)
    return Correction.make(
        at=desk.clock(),
        who=desk.who,
        kind="link",
        field=field,
        document=CorrectedDocument(path=action.path, sha256=action.sha256),
        span=span,
        context=context,
        value=accepted,
        other=other,
    )


def of_names(
    desk: Desk, kind: Kind, field: str, value: tuple[str, str], names: tuple[str, str] | None = None
) -> Correction:
    """A correction of a person or a body.

    Args:
        desk: where it is made.
        kind: `person` or `organisation`.
        field: `merge`, `split` or `rename`.
        value: the two that it is about: ids, a spelling, a new name (see `Correction.value`).
        names: both as people read them, for the log.
    """
    was = None if names is None else list(names)
    return Correction.make(at=desk.clock(), who=desk.who, kind=kind, field=field, value=list(value), was=was)


def of_fact(desk: Desk, db: sqlite3.Connection, meeting: str, field: str, value: str | bool | None) -> Correction:
    """A correction of a fact of a meeting, by the meeting's id.

    It goes by the passage that the fact was read from, else by the date or the title: when another meeting's minutes
    take the place of the file, it does not fit those.
    """
    sql = """SELECT d.path, d.sha256, d.text FROM documents d JOIN meetings m ON m.document_id = d.id WHERE m.id = ?"""
    path, sha256, text = db.execute(sql, (meeting,)).fetchone()
    span = _anchor(db, meeting, field)
    return Correction.make(
        at=desk.clock(),
        who=desk.who,
        kind="meeting",
        field=field,
        document=CorrectedDocument(path=path, sha256=sha256),
        span=span,
        context=context_of(CharSpan(span.start, span.end), text) if span else Context(),
        value=value,
        was=facts_of_meeting(db, meeting).get(field),
    )


def _anchor(db: sqlite3.Connection, meeting: str, field: str) -> Evidence | None:
    sql = """SELECT start_offset, end_offset, quote FROM meeting_evidence JOIN evidence ON id = evidence_id
        WHERE meeting_id = ? AND field IN (?, 'date', 'title') ORDER BY field <> ?, field <> 'date' LIMIT 1"""
    row = db.execute(sql, (meeting, field, field)).fetchone()
    return None if row is None else Evidence(start=row[0], end=row[1], quote=row[2])


def of_issue(desk: Desk, issue: str) -> Correction:
    """That an issue has been looked at and is settled."""
    return Correction.make(at=desk.clock(), who=desk.who, kind="issue", field="settled", value=issue)


def passage_of(db: sqlite3.Connection, place: Place) -> tuple[Evidence, Context]:
    """The passage that corrections of a row go by: where the machine found it, even if it has another quote now.

    So a correction outlives the undo of another one that moved the row.
    """
    text = document_text(db, place.path)
    for correction in reversed(corrections_of_row(db, place.id)):
        if correction.field == "quote" and correction.span is not None:
            found = locate(correction.span, correction.context, text)
            if found is not None:
                span = Evidence(start=found.start, end=found.end, quote=found.text(text))
                return span, context_of(found, text)
    here = CharSpan(place.start, place.end)
    return Evidence(start=place.start, end=place.end, quote=place.quote), context_of(here, text)


def _was(db: sqlite3.Connection, place: Place, field: str) -> Any:
    """The value before, as far as the row has one."""
    if sql := _WERE.get((place.kind, field)):
        return [row[0] for row in db.execute(sql, (place.id,))]
    if sql := _WAS.get((place.kind, field)):
        row = db.execute(sql, (place.id,)).fetchone()
        return row[0] if row else None
    if field == "quote":
        return {"start": place.start, "end": place.end, "quote": place.quote}
    return None


def document_of_meeting(db: sqlite3.Connection, reference: str) -> tuple[CorrectedDocument, str]:
    """The document of the meeting that `reference` names, and its text.

    Raises:
        QueryError: as `find_meeting`.
    """
    meeting = find_meeting(db, reference)
    sql = "SELECT path, sha256, text FROM documents d JOIN meetings m ON m.document_id = d.id WHERE m.id = ?"
    path, sha256, text = db.execute(sql, (meeting,)).fetchone()
    return CorrectedDocument(path=path, sha256=sha256), text
