"""The rows of a record while they are changed: what refers to another row follows it wherever it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from minutes_nlp.records import Evidence, Meeting, MeetingRecord
from minutes_nlp.resolution.themes import document_themes
from minutes_nlp.spans import CharSpan

RECOGNISER = "minutes.correction.v1"
"""The name under which stands what a person added."""
PARTS: Mapping[str, str] = {
    "attendance": "attendance",
    "agenda_item": "agenda_items",
    "decision": "decisions",
    "action": "actions",
}
"""The part of a record that holds the rows of a kind."""


@dataclass(slots=True, eq=False)
class Slot:
    """A row, with the rows it refers to.

    Attributes:
        row: the row; its own indexes of other rows no longer count.
        item: for a decision or an action, its agenda item.
        attendees: for an action, the attendee that each owner is, if one.
        candidates: for an action, those who each owner may be.
    """

    row: Any
    item: Slot | None = None
    attendees: list[Slot | None] = field(default_factory=list)
    candidates: list[list[Slot]] = field(default_factory=list)

    @property
    def span(self) -> CharSpan:
        """Where the row stands in the text."""
        return CharSpan(self.row.evidence.start, self.row.evidence.end)

    def change(self, **values: object) -> None:
        """Give the row other values."""
        self.row = self.row.model_copy(update=values)


class Rows:
    """The rows of a record, by kind, in the order of the record."""

    def __init__(self, record: MeetingRecord) -> None:
        self.source = record
        self.meeting: Meeting = record.meeting
        self.themes_changed = False
        self.of: dict[str, list[Slot]] = {
            kind: [Slot(row) for row in getattr(record, part)] for kind, part in PARTS.items()
        }
        items, attendees = self.of["agenda_item"], self.of["attendance"]
        for slot in (*self.of["decision"], *self.of["action"]):
            slot.item = None if slot.row.item is None else items[slot.row.item]
        for slot in self.of["action"]:
            for owner in slot.row.owners:
                slot.attendees.append(None if owner.attendee is None else attendees[owner.attendee])
                slot.candidates.append([attendees[index] for index in owner.candidates])

    @property
    def text(self) -> str:
        """The document's text."""
        return self.source.text

    def evidence(self, span: CharSpan) -> Evidence:
        """The passage at `span`."""
        return Evidence(start=span.start, end=span.end, quote=span.text(self.text))

    def insert(self, kind: str, slot: Slot) -> None:
        """Put a row before the first that stands behind it in the text."""
        slots = self.of[kind]
        place = next((index for index, other in enumerate(slots) if other.span > slot.span), len(slots))
        slots.insert(place, slot)

    def language(self, span: CharSpan) -> str | None:
        """The language of the passage that `span` begins in."""
        found = (p.language for p in self.source.passages if p.start <= span.start < p.end)
        return next(found, None)

    def set_fact(self, name: str, value: object, anchor: CharSpan | None) -> None:
        """Give a fact of the meeting its value.

        Its proof stays if that is the passage which the correction was about (`anchor`), or if the value stays.
        """
        evidence = dict(self.meeting.evidence)
        proof = evidence.get(name)
        about = proof is not None and anchor is not None and anchor.overlaps(CharSpan(proof.start, proof.end))
        if value is None or not (about or value == getattr(self.meeting, name)):
            evidence.pop(name, None)
        self.meeting = self.meeting.model_copy(update={name: value, "evidence": evidence})

    def record(self) -> MeetingRecord:
        """The record with the rows as they are now.

        Raises:
            ValueError: a value does not stand where it says.
        """
        items, attendees = (
            {id(slot): index for index, slot in enumerate(self.of[kind])} for kind in ("agenda_item", "attendance")
        )
        for slot in (*self.of["decision"], *self.of["action"]):
            slot.change(item=None if slot.item is None else items[id(slot.item)])
        for slot in self.of["action"]:
            slot.change(
                owners=tuple(
                    owner.model_copy(
                        update={
                            "attendee": None if attendee is None else attendees[id(attendee)],
                            "candidates": tuple(attendees[id(candidate)] for candidate in candidates),
                        }
                    )
                    for owner, attendee, candidates in zip(
                        slot.row.owners, slot.attendees, slot.candidates, strict=True
                    )
                )
            )
        parts: dict[str, Any] = {part: tuple(slot.row for slot in self.of[kind]) for kind, part in PARTS.items()}
        themes = document_themes(parts["agenda_items"]) if self.themes_changed else self.source.themes
        source = self.source
        return MeetingRecord(
            document=source.document,
            text=source.text,
            meeting=self.meeting,
            schedule=source.schedule,
            themes=themes,
            passages=source.passages,
            **parts,
        )
