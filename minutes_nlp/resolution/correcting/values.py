"""What a correction makes of a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from minutes_nlp.records import ActionItem, Attendance, Decision, Evidence
from minutes_nlp.records.corrections import Correction
from minutes_nlp.records.items import Due, Owner
from minutes_nlp.resolution.correcting.agenda import add_item, item_at
from minutes_nlp.resolution.correcting.anchors import locate
from minutes_nlp.resolution.correcting.claims import Change
from minutes_nlp.resolution.correcting.slots import RECOGNISER, Rows, Slot
from minutes_nlp.resolution.people import match_owner
from minutes_nlp.resources.lexicon import words_of_all
from minutes_nlp.spans import CharSpan


def add_row(rows: Rows, kind: str, span: CharSpan) -> Slot:
    """The row of a passage in which the machine found nothing, as bare as it comes."""
    if kind == "agenda_item":
        return add_item(rows, span)
    proof = rows.evidence(span)
    slot = Slot(_bare(kind, rows, span))
    slot.change(evidence=proof, recogniser=RECOGNISER)
    if kind != "attendance":
        slot.item = item_at(rows, span.start)
    rows.insert(kind, slot)
    return slot


def _bare(kind: str, rows: Rows, span: CharSpan) -> Any:
    proof = rows.evidence(span)
    if kind == "attendance":
        return Attendance(name=" ".join(proof.quote.split()), status="present", evidence=proof)
    if kind == "decision":
        return Decision(evidence=proof, language=rows.language(span))
    return ActionItem(evidence=proof, language=rows.language(span))


def change_row(rows: Rows, kind: str, slot: Slot, change: Change) -> None:
    """Give a row the corrected values. It is certain from then on: somebody has looked at it."""
    slot.change(confidence=1.0)
    if change.quote is not None and slot.span != change.quote:
        slot.change(evidence=rows.evidence(change.quote))
        rows.of[kind].remove(slot)
        rows.insert(kind, slot)
    for field, correction in change.values.items():
        _SETTERS.get((kind, field), _plain)(rows, slot, correction)


def _plain(_rows: Rows, slot: Slot, correction: Correction) -> None:
    slot.change(**{correction.field: correction.value})


def _themes(rows: Rows, slot: Slot, correction: Correction) -> None:
    assert isinstance(correction.value, list)
    slot.change(themes=tuple(correction.value))
    rows.themes_changed = True


def _owners(rows: Rows, slot: Slot, correction: Correction) -> None:
    """The owners as given; each is proved by the action's own words, where they name it."""
    assert isinstance(correction.value, list)
    owners, slot.attendees, slot.candidates = [], [], []
    attendees = rows.of["attendance"]
    for name in map(str, correction.value):
        owners.append(Owner(name=name, evidence=_mention(rows, slot, name), recogniser=RECOGNISER))
        match = match_owner(name, [attendee.row.name for attendee in attendees])
        slot.attendees.append(None if match.attendee is None else attendees[match.attendee])
        slot.candidates.append([attendees[index] for index in match.candidates])
    slot.change(owners=tuple(owners))


def _mention(rows: Rows, slot: Slot, name: str) -> Evidence | None:
    """Where the words of an action name somebody, by the whole name, the first or the family name, if they do."""
    first, _, family = name.partition(" ")
    for part in (name, first, family):
        if not part or part.casefold() in words_of_all("name_particles"):
            continue
        if found := re.search(rf"(?<!\w){re.escape(part)}(?!\w)", slot.row.evidence.quote):
            return rows.evidence(CharSpan(*found.span()).shift(slot.span.start))
    return None


def _due(rows: Rows, slot: Slot, correction: Correction) -> None:
    """The deadline as given; it is proved by the passage given with it, the one read before, or the whole action."""
    if correction.value is None:
        slot.change(due=None)
        return
    proof = slot.row.due.evidence if slot.row.due else slot.row.evidence
    if correction.other is not None and correction.other.document == correction.document:
        place = locate(correction.other.span, correction.other.context, rows.text)
        proof = rows.evidence(place) if place else proof
    slot.change(due=Due(value=str(correction.value), evidence=proof, recogniser=RECOGNISER))


_SETTERS: Mapping[tuple[str, str], Callable[[Rows, Slot, Correction], None]] = {
    ("agenda_item", "themes"): _themes,
    ("action", "owners"): _owners,
    ("action", "due"): _due,
}


def owners_follow(rows: Rows, names_before: Mapping[int, str]) -> None:
    """After the attendance list changed: owners keep their attendee under the new name, or are looked up again.

    Args:
        rows: of the record.
        names_before: the names of the attendees that were there before, by the identity of their slot.
    """
    attendees = rows.of["attendance"]
    there = {id(slot) for slot in attendees}
    names = [slot.row.name for slot in attendees]
    for action in rows.of["action"]:
        owners = list(action.row.owners)
        for index, owner in enumerate(owners):
            attendee = action.attendees[index]
            if attendee is not None and id(attendee) in there:
                action.candidates[index] = [slot for slot in action.candidates[index] if id(slot) in there]
                if owner.name == names_before.get(id(attendee)):
                    owners[index] = owner.model_copy(update={"name": attendee.row.name})
                continue
            match = match_owner(owner.name, names)
            action.attendees[index] = None if match.attendee is None else attendees[match.attendee]
            action.candidates[index] = [attendees[candidate] for candidate in match.candidates]
            if match.attendee is not None:
                owners[index] = owner.model_copy(update={"name": names[match.attendee]})
        action.change(owners=tuple(owners))
