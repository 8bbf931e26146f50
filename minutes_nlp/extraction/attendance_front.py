"""Lists before the report that no word of presence announces: `Bestuurders: An, Bo`, or nothing but names."""

from __future__ import annotations

from minutes_nlp.extraction import attendance_names as names
from minutes_nlp.extraction.attendance_accept import full_names, holds_only_names, known_names
from minutes_nlp.extraction.attendance_entries import read_entries
from minutes_nlp.extraction.attendance_labels import Labelled, find_labels
from minutes_nlp.extraction.attendance_lines import Line, shape_of
from minutes_nlp.extraction.attendance_names import Kind, kind_of, organisation_of
from minutes_nlp.extraction.attendance_remarks import Entry
from minutes_nlp.extraction.attendance_roll import PRESENT, Roll

_GROUP_WORDS = 6
_FEW = 3  # names in one line, or lines with a name, without anything that says that they are a list


def add_guests(roll: Roll, label: Labelled) -> bool:
    """A category of people (`Interprète : …`) after lists that were complete: they were there, too.

    Returns:
        Whether there was anybody.
    """
    after = roll.section is not None and bool(roll.attendees)
    if (roll.line.is_item and not after) or _speaks(roll, label):
        return False
    if not roll.is_front and (label.cue is None or roll.section is None or not roll.attendees):
        return False
    entries = full_names(roll.text, read_entries(roll.text, label.value), label.value)
    if not (roll.is_front and holds_only_names(roll.text, label.value, entries)):
        entries = known_names(entries)
    if label.cue is None or not roll.attendees:
        if not _may_be_group(roll, label) or not holds_only_names(roll.text, label.value, entries):
            return False
        if not roll.attendees and len(entries) < 2:
            return False
    roll.add(entries, PRESENT, None if label.cue else organisation_of(roll.text, label.label))
    return bool(entries)


def fronts_roll(roll: Roll) -> bool:
    """Whether a line `label: names` before the report begins a roll: of several names, or with another such line."""
    if not roll.is_front or any(attendee.cue.role is None for attendee in roll.attendees):
        return False
    counts = []
    for line in roll.lines[roll.position : roll.position + 2]:
        labels = find_labels(roll.text, line.span)
        if not labels or line.is_heading or line.is_item or not _may_be_group(roll, labels[0]):
            break
        entries = read_entries(roll.text, labels[0].value)
        if not holds_only_names(roll.text, labels[0].value, entries):
            break
        counts.append(len(entries))
    return len(counts) > 1 or sum(counts) > 1


def _may_be_group(roll: Roll, label: Labelled) -> bool:
    """Whether a label can be the name of a group or an organisation."""
    if label.cue and label.cue.kind in ("metadata", "elsewhere"):
        return False
    return len(roll.words(label.label).split()) <= _GROUP_WORDS and not _speaks(roll, label)


def _speaks(roll: Roll, label: Labelled) -> bool:
    """Whether a label names a person, whose words follow."""
    person = kind_of(roll.words(names.strip_titles(roll.text, label.label))) is Kind.PERSON
    return person and names.begins_with_name(roll.text, label.label)


def read_front(roll: Roll) -> bool:
    """Read a line before the report that is nothing but names, if it and those beside it are a list for sure."""
    line = roll.line
    if not roll.is_front or roll.header or line.table or line.depth > 1 or line.is_heading:
        return False
    opened = roll.section is not None and not roll.section.loose
    if opened or any(attendee.cue.role is None for attendee in roll.attendees):
        return False
    entries = _only_names(roll, line)
    if not entries:
        return False
    sure = sum(entry.kind is Kind.PERSON or entry.status is not None for entry in entries)
    told = any(entry.status for entry in entries)
    alone = sure >= _FEW and (roll.position > 0 or told) and not line.is_item
    if not alone and not _lists_below(roll, entries):
        return False
    roll.open(PRESENT, line).shape = shape_of(line)
    roll.add(entries, PRESENT)
    return True


def _only_names(roll: Roll, line: Line) -> list[Entry]:
    entries = read_entries(roll.text, line.span, one=line.is_item)
    return entries if holds_only_names(roll.text, line.span, entries) else []


def _lists_below(roll: Roll, first: list[Entry]) -> bool:
    """Whether the lines below are names as well, and something is said of one of them that lists of people say."""
    found = list(first)
    lines = roll.lines[roll.position + 1 : roll.position + _FEW]
    for line in lines:
        entries = [] if line.is_heading else _only_names(roll, line)
        if not entries:
            return False
        found += entries
    return len(lines) == _FEW - 1 and any(entry.role or entry.status or entry.organisation for entry in found)
