"""Step of the walk for lines with labels in them: `Aanwezig: An, Bo`, `Stad Gent: Cas Maes`, `Notulist: Dora`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from minutes_nlp.extraction.attendance_accept import full_names, holds_only_names, known_names
from minutes_nlp.extraction.attendance_entries import read_entries
from minutes_nlp.extraction.attendance_front import add_guests, fronts_roll
from minutes_nlp.extraction.attendance_labels import Labelled, find_labels
from minutes_nlp.extraction.attendance_lines import Line
from minutes_nlp.extraction.attendance_names import NAMES, organisation_of
from minutes_nlp.extraction.attendance_roll import LOOK_AHEAD, PRESENT, Roll
from minutes_nlp.extraction.attendance_words import Cue, read_cue
from minutes_nlp.spans import CharSpan


def read_labels(roll: Roll) -> bool:
    """Read the line if it has labels that matter; says whether it did."""
    line = roll.line
    labels = _labels_of(roll, line)
    if not labels:
        return False
    if not any(label.cue and label.cue.kind == "people" for label in labels):
        return _no_people(roll, labels)
    if labels[0].label.start > line.span.start + 2:
        _read_before(roll, CharSpan(line.span.start, labels[0].label.start).trim(roll.text))
    for label in labels:
        if label.cue:
            _read(roll, label, label.cue)
        else:
            add_guests(roll, label)
    return True


def _read_before(roll: Roll, span: CharSpan) -> None:
    """What stands before the first label of a line: the end of the open list, or a list before the report."""
    entries = known_names(read_entries(roll.text, span, one=roll.line.is_item))
    if roll.section:
        roll.add(entries, roll.section.cue, roll.group)
    elif roll.is_front and not roll.attendees and len(entries) > 1 and holds_only_names(roll.text, span, entries):
        roll.add(entries, PRESENT)


def _labels_of(roll: Roll, line: Line) -> list[Labelled]:
    labels = find_labels(roll.text, line.span, bare=roll.is_near and not line.is_heading)
    if not labels and line.key:  # an entry of the front matter has no colon
        value = line.value or CharSpan(line.key.end, line.key.end)
        return [Labelled(line.key, value, read_cue(roll.words(line.key)))]
    return labels


def _read(roll: Roll, label: Labelled, cue: Cue) -> None:
    """One label of a line that has at least one about people."""
    value = roll.words(label.value)
    empty = not any(character.isalpha() for character in value)
    if cue.kind == "elsewhere":
        roll.close()
    elif cue.kind == "group":
        inherited = roll.section.cue if roll.section and not roll.section.loose else PRESENT
        if roll.section or _begins_roll(roll):
            roll.add_value(label.value, replace(inherited, role=None))
    elif cue.kind == "people" and cue.role and not empty:
        roll.add_value(label.value, cue)
    elif cue.kind == "people" and empty and not cue.role:
        roll.open(cue, roll.line)
    elif cue.kind == "people" and not empty:
        level = roll.section.level if roll.section else 0
        roll.open(cue, roll.line, loose=not value.rstrip().endswith((",", ";"))).level = level
        roll.add_value(label.value, cue)


def _no_people(roll: Roll, labels: Sequence[Labelled]) -> bool:
    """Labels that name groups or organisations, inside a list; one of something else closes it."""
    label = labels[0]
    if label.cue and label.cue.kind in ("metadata", "elsewhere"):
        if roll.section and not roll.section.level:
            roll.close()
        return True
    section = roll.section
    if section is None and (_begins_roll(roll) or fronts_roll(roll)):
        section = roll.open(PRESENT, roll.line)
        section.rolled = True
    if section is None or (section.loose and not section.rolled):
        return add_guests(roll, label)
    organisation = None if label.cue else organisation_of(roll.text, label.label)
    if not label.value.length:
        roll.begin_group(organisation, roll.line)
        return True
    entries = full_names(roll.text, read_entries(roll.text, label.value), label.value)
    if not known_names(entries) and not (label.cue and roll.is_near):
        return False
    roll.begin_group(None, roll.line)
    roll.add(entries, section.cue, organisation)
    for other in labels[1:]:
        add_guests(roll, other)
    return True


def _begins_roll(roll: Roll) -> bool:
    """Whether lines `organisation: names` begin a roll that a later line (`Verontschuldigd: …`) shows to be one."""
    if roll.position > LOOK_AHEAD or not all(attendee.cue.role for attendee in roll.attendees):
        return False
    for number, line in enumerate(roll.lines[roll.position : roll.position + LOOK_AHEAD]):
        labels = find_labels(roll.text, line.span)
        if not labels:
            return False
        if any(label.cue and label.cue.kind == "people" for label in labels):
            return True
        entries = read_entries(roll.text, labels[0].value)
        if line.is_heading or not known_names(entries) or not all(e.kind in NAMES for e in entries):
            return number > 1
    return False
