"""Corrections of the invented records, for the tests of the log, of the review and of what is laid over a record."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

from hypothesis import strategies as st

from minutes_nlp.records import Evidence, MeetingRecord
from minutes_nlp.records.corrections import CorrectedDocument, Correction
from minutes_nlp.resolution.correcting.anchors import context_of
from minutes_nlp.spans import CharSpan
from tests.invented_records import NOON, evidence

_moments = itertools.count()


def moment() -> datetime.datetime:
    """A later moment at every call."""
    return NOON + datetime.timedelta(seconds=next(_moments))


def document(record: MeetingRecord) -> CorrectedDocument:
    return CorrectedDocument(path=record.document.path, sha256=record.document.sha256)


def correct(
    record: MeetingRecord, kind: Any, field: str, passage: Evidence | str, value: Any, **more: Any
) -> Correction:
    """A correction of the row at a passage, as a command makes it."""
    span = evidence(record.text, passage) if isinstance(passage, str) else passage
    context = context_of(CharSpan(span.start, span.end), record.text)
    return Correction.make(
        at=moment(),
        who="an",
        kind=kind,
        field=field,
        document=document(record),
        span=span,
        context=context,
        value=value,
        **more,
    )


def undo(correction: Correction) -> Correction:
    return Correction.make(at=moment(), who="an", kind="undo", field="undone", undoes=correction.id)


@st.composite
def corrections_of(draw: st.DrawFn, record: MeetingRecord) -> Correction:
    """Any correction of a row of `record`, or of a passage in which there is none."""
    kind = draw(st.sampled_from(("action", "decision", "attendance", "agenda_item", "meeting")))
    if kind == "meeting":
        field, value = draw(st.sampled_from(_FACTS))
        return Correction.make(
            at=moment(), who="an", kind="meeting", field=field, document=document(record), value=value
        )
    rows = {"action": record.actions, "decision": record.decisions, "attendance": record.attendance}
    known = [row.evidence for row in rows.get(kind, record.agenda_items)]
    passages = [passage(record, p.start, p.end) for p in record.passages]
    span = draw(st.sampled_from(known + passages))
    choices = _VALUES[kind]
    field, value = draw(st.sampled_from(choices))
    if field == "quote":
        value = draw(st.sampled_from(known + passages)).model_dump()
    return correct(record, kind, field, span, value)


def passage(record: MeetingRecord, start: int, end: int) -> Evidence:
    return Evidence(start=start, end=end, quote=record.text[start:end])


_FACTS = (
    ("title", "Ander verslag"),
    ("date", "2024-03-05"),
    ("location", None),
    ("start_time", "10:00"),
    ("body", None),
)
_VALUES: dict[str, tuple[tuple[str, Any], ...]] = {
    "action": (
        ("status", "done"),
        ("owners", ["Fien Draulans"]),
        ("owners", []),
        ("due", "2024-06"),
        ("due", None),
        ("quote", None),
        ("exists", True),
        ("exists", False),
    ),
    "decision": (("quote", None), ("exists", True), ("exists", False)),
    "attendance": (
        ("name", "Noor Verbist"),
        ("status", "absent"),
        ("organisation", None),
        ("role", "secretary"),
        ("exists", True),
        ("exists", False),
    ),
    "agenda_item": (("title", "Iets anders"), ("themes", ["finance"]), ("exists", True), ("exists", False)),
}
