"""A record as a person corrected it: what the machine found, and the corrections laid over it.

Corrections of one passage form a group, which is about one row: the row of that kind whose span shares at least half
of its characters with the passage. If the machine finds no such row (any more), it is added again at the passage,
unless the group says that there is none. So a correction outlives another model, and a document that changed
(`anchors`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from minutes_nlp.records import MeetingRecord
from minutes_nlp.records.corrections import RESTRICTED, CorrectedDocument, Correction
from minutes_nlp.records.meeting import DocumentFacts
from minutes_nlp.resolution.correcting.agenda import remove_item
from minutes_nlp.resolution.correcting.anchors import locate
from minutes_nlp.resolution.correcting.claims import claim
from minutes_nlp.resolution.correcting.filing import Filing, Group, Role, Target
from minutes_nlp.resolution.correcting.slots import PARTS, Rows, Slot
from minutes_nlp.resolution.correcting.values import add_row, change_row, owners_follow

_ORDER = ("attendance", "agenda_item", "decision", "action")  # owners are looked up among the attendees


class Corrected(NamedTuple):
    """A corrected record, and what each of its corrections is about; those without a span could not be applied."""

    record: MeetingRecord
    targets: tuple[Target, ...]


def concerns(correction: Correction, document: DocumentFacts) -> tuple[Role, ...]:
    """Which passages of a correction stand in a document: one of the same path, or with the same bytes."""
    other = correction.other.document if correction.other else None
    places: tuple[tuple[Role, CorrectedDocument | None], ...] = (("passage", correction.document), ("other", other))
    return tuple(role for role, place in places if place is not None and _same(place, document))


def _same(place: CorrectedDocument, document: DocumentFacts) -> bool:
    return place.path == document.path or place.sha256 == document.sha256


def apply(record: MeetingRecord, corrections: Iterable[Correction]) -> Corrected:
    """Lay corrections over a record; what was laid over it before stays as it is.

    Args:
        record: what the machine found in a document.
        corrections: those in force, in the order of the log; those of other documents are passed over.

    Returns:
        The record as corrected; of several corrections of one field the last counts.
    """
    filing = Filing(record.text, record.document.sha256)
    own = []
    for correction in corrections:
        roles = concerns(correction, record.document)
        if "passage" in roles:
            own.append(correction)
        if "other" in roles and correction.other is not None:
            place = locate(correction.other.span, correction.other.context, record.text)
            filing.elsewhere.append(Target(correction.id, "other", place))
    filing.file(own)
    rows = Rows(record)
    by_kind: dict[str, list[Group]] = defaultdict(list)
    for group in filing.groups.values():
        by_kind[group.kind].append(group)
    for kind in _ORDER:
        _lay(rows, kind, by_kind[kind])
    for correction, anchor in filing.of_meeting:
        if correction.field != RESTRICTED:
            rows.set_fact(correction.field, correction.value, anchor)
    return Corrected(rows.record(), tuple(_targets(filing)))


def _lay(rows: Rows, kind: str, groups: Sequence[Group]) -> None:
    """Lay the corrections of one kind over the rows, and note which row each group is about."""
    slots = rows.of[kind]
    names = {id(slot): slot.row.name for slot in slots} if kind == "attendance" else {}
    changes = [group.change() for group in groups]
    claims = claim(slots, changes)
    for gone in claims.superfluous:
        if kind == "agenda_item":
            remove_item(rows, gone)
        else:
            slots.remove(gone)
    found: list[Slot | None] = []
    for kept, change in zip(claims.rows, changes, strict=True):
        if kept is None and change.adds and not change.rejected:
            kept = add_row(rows, kind, change.quote or change.span)  # noqa: PLW2901 - the row there is now
        if kept is not None and change.adds:
            change_row(rows, kind, kept, change)
        found.append(kept)
    if kind == "attendance" and names != {id(slot): slot.row.name for slot in slots}:
        owners_follow(rows, names)
    places = {id(slot): index for index, slot in enumerate(slots)}
    for group, slot in zip(groups, found, strict=True):
        group.row = None if slot is None else places[id(slot)]


def _targets(filing: Filing) -> Iterable[Target]:
    yield from filing.elsewhere
    for group in filing.groups.values():
        for correction in group.corrections:
            yield Target(correction.id, "passage", group.quote or group.span, PARTS[group.kind], group.row)
    for correction, anchor in filing.of_meeting:
        if anchor is not None:
            yield Target(correction.id, "passage", anchor)
