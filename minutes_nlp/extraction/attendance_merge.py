"""One finding per person, though a person may be named several times: in the list, as chair, in the text."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from minutes_nlp.extraction.attendance_entries import has_initial, with_initials
from minutes_nlp.extraction.attendance_names import Kind
from minutes_nlp.extraction.attendance_roll import Attendee
from minutes_nlp.extraction.attendance_words import fold
from minutes_nlp.extraction.base import AttendeeFinding
from minutes_nlp.records.people import Status

_CONFIDENCE = {Kind.PERSON: 0.95, Kind.NAMELIKE: 0.85, Kind.ACRONYM: 0.75, Kind.LOWER: 0.75, Kind.ORGANISATION: 0.7}
_REMEMBERED = 4096  # names
_WORD = re.compile(r"[^\W_]+")


@functools.lru_cache(_REMEMBERED)
def name_words(name: str) -> frozenset[str]:
    """The words of a name without case and accents."""
    flat = unicodedata.normalize("NFKD", name).casefold()
    return frozenset(_WORD.findall("".join(c for c in flat if not unicodedata.combining(c))))


def finding(text: str, attendee: Attendee) -> AttendeeFinding:
    """What the list says of one person."""
    entry = attendee.entry
    organisation = entry.organisation or attendee.organisation
    return AttendeeFinding(
        name=_readable(entry.name.text(text)),
        span=entry.name,
        status=entry.status or attendee.cue.status or "present",
        organisation=_readable(organisation.text(text)) if organisation else None,
        role=entry.role or attendee.cue.role,
        confidence=_CONFIDENCE.get(entry.kind, 0.7),
    )


def _readable(text: str) -> str:
    """On one line, without the bar between the cells of a given and a family name."""
    return " ".join(text.replace("|", " ").split())


def initials_restored(text: str, found: Sequence[Attendee]) -> list[Attendee]:
    """The attendees; where most names of the document begin with an initial, an `M.` before a name is one, too."""
    entries = [attendee.entry for attendee in found]
    if 2 * sum(has_initial(text, entry) for entry in entries) < len(entries):
        return list(found)
    restored = with_initials(text, entries)
    return [replace(attendee, entry=entry) for attendee, entry in zip(found, restored, strict=True)]


def without_rosters(text: str, found: Sequence[Attendee]) -> list[Attendee]:
    """The attendees without those of a roster, if another list says who came; it gives the organisations then."""
    others = [a for a in found if not a.roster]
    came = sum(a.cue.status == "present" and a.cue.role is None for a in others)
    rosters = [a for a in found if a.roster]
    if not rosters or came < 2:
        return list(found)
    known = {_surname(text, a): a.entry.organisation for a in rosters}
    return [
        replace(a, organisation=known.get(_surname(text, a)))
        if a.entry.organisation is None and a.organisation is None
        else a
        for a in others
    ]


def _surname(text: str, attendee: Attendee) -> tuple[str, str]:
    """The first letter and the last word of a name: `J Zwart` and `Jo Zwart` are one person in one document."""
    words = _WORD.findall(fold(attendee.entry.name.text(text)))
    return (words[0][:1], words[-1]) if words else ("", "")


def merge(
    listed: Sequence[AttendeeFinding], told: Sequence[AttendeeFinding] = (), known: Sequence[AttendeeFinding] = ()
) -> list[AttendeeFinding]:
    """The findings with those of one person made one, where they first stand.

    Args:
        listed: those of lists and labels. A shorter name with a role (`Voorzitter: An`) is the person whose full name
            has its words, if there is only one.
        told: those of running text: a shorter name is the only person it fits; one that fits several is left out.
        known: people who count only if they are found elsewhere, too.

    Returns:
        What is said once holds: a role, an organisation. A list's status outweighs that of a role.
    """
    merged: list[AttendeeFinding] = []
    for new in listed:
        fitting = _equal(new, merged) or [
            i for i, old in enumerate(merged) if (new.role or old.role or _is_recalled(new, old)) and _is_part(new, old)
        ]
        _place(new, fitting if len(fitting) == 1 else [], merged)
    for new in told:
        fitting = _equal(new, merged) or [i for i, old in enumerate(merged) if _is_part(new, old)]
        if len(fitting) <= 1:
            _place(new, fitting, merged)
    for new in known:
        fitting = _equal(new, merged) or [i for i, old in enumerate(merged) if _is_part(new, old)]
        if len(fitting) == 1:
            old = merged[fitting[0]]
            merged[fitting[0]] = replace(old, role=old.role or new.role)
    return merged


def _place(new: AttendeeFinding, fitting: Sequence[int], merged: list[AttendeeFinding]) -> None:
    if fitting:
        merged[fitting[0]] = _joined(merged[fitting[0]], new)
    else:
        merged.append(new)


def _equal(new: AttendeeFinding, known: Sequence[AttendeeFinding]) -> list[int]:
    words = name_words(new.name)
    return [i for i, old in enumerate(known) if name_words(old.name) == words][:1]


def _is_part(new: AttendeeFinding, old: AttendeeFinding) -> bool:
    a, b = name_words(new.name), name_words(old.name)
    return bool(a) and bool(b) and (a < b or b < a)


def _is_recalled(new: AttendeeFinding, old: AttendeeFinding) -> bool:
    """Whether another list calls somebody of a list of full names by the first name only."""
    words = old.name.split()
    full = len(words) > 1 and len(words[-1].strip(".")) > 1
    return full and words[0] == new.name and new.status != old.status


def _joined(old: AttendeeFinding, new: AttendeeFinding) -> AttendeeFinding:
    status: Status = new.status if new.role is None and old.role is not None else old.status
    longer = new if len(name_words(new.name)) > len(name_words(old.name)) else old
    return replace(
        old,
        name=longer.name,
        span=longer.span,
        status=status,
        organisation=old.organisation or new.organisation,
        role=old.role or new.role,
        confidence=max(old.confidence, new.confidence),
    )
