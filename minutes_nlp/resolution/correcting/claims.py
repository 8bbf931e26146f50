"""Which row the corrections of a passage are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from minutes_nlp.records.corrections import Correction
from minutes_nlp.resolution.correcting.slots import Slot
from minutes_nlp.spans import CharSpan

SAME_ROW = 0.5
"""Intersection over union from which a row is the one that was corrected."""


class Change(NamedTuple):
    """What the corrections of one passage say of its row.

    Attributes:
        span: the passage.
        quote: the passage that the row has instead, if that was corrected.
        values: of every other field the last correction.
        rejected: there is no such row.
        adds: the row has to be there, even if the machine did not find it.
        absorbed: passages whose row, if there is one, turned out to be this one.
    """

    span: CharSpan
    quote: CharSpan | None
    values: Mapping[str, Correction]
    rejected: bool
    adds: bool
    absorbed: tuple[CharSpan, ...] = ()


class Claims(NamedTuple):
    """Per change the row that it is about, and the rows that have to go."""

    rows: list[Slot | None]
    superfluous: list[Slot]


def claim(slots: Sequence[Slot], changes: Sequence[Change]) -> Claims:
    """Give every change its row: the one at the corrected quote, else the one that shares most with the passage.

    No row is given twice. Superfluous are: of a rejected passage every row that is nearly the same and that no other
    change is about; a row still at the passage of a change whose corrected quote has a row of its own; one at an
    absorbed passage.
    """
    rows: list[Slot | None] = [None] * len(changes)
    taken: set[int] = set()
    there = {slot.span for slot in slots}
    leaving = {change.span for change in changes if change.quote is not None and change.quote not in there}
    for index, change in enumerate(changes):
        fitting = (s for s in slots if s.span == change.quote and id(s) not in taken and s.span not in leaving)
        moved = next(fitting, None)
        if moved is not None and not change.rejected:
            rows[index] = moved
            taken.add(id(moved))
    already = [row is not None for row in rows]
    pairs = [
        (-shared, index, position)
        for index, change in enumerate(changes)
        if rows[index] is None
        for position, slot in enumerate(slots)
        if (shared := overlap(slot.span, change.span)) >= SAME_ROW
    ]
    for _, index, position in sorted(pairs):
        slot = slots[position]
        if rows[index] is None and id(slot) not in taken:
            rows[index] = slot
            taken.add(id(slot))
    superfluous = [
        slot
        for slot in slots
        if id(slot) not in taken
        and any(
            (change.rejected and overlap(slot.span, change.span) >= SAME_ROW)
            or (has and slot.span == change.span)
            or slot.span in change.absorbed
            for change, has in zip(changes, already, strict=True)
        )
    ]
    superfluous += [row for row, change in zip(rows, changes, strict=True) if row is not None and change.rejected]
    return Claims([None if change.rejected else row for row, change in zip(rows, changes, strict=True)], superfluous)


def overlap(one: CharSpan, other: CharSpan) -> float:
    """Intersection over union of two spans; equal empty ones give 1."""
    if one == other:
        return 1.0
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / (one.length + other.length - max(0, shared) or 1)
