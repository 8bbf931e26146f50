"""Step of the walk for lines with labels in them: `Aanwezig: An, Bo`, `Stad Gent: Cas Maes`, `Notulist: Dora`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from minutes_nlp.extraction.attendance_accept import full_names, holds_only_names, known_names
from minutes_nlp.extraction.attendance_entries import read_entries
from minutes_nlp.extraction.attendance_front import add_guests, fronts_roll
from minutes_nlp.extraction.attendance_labels import Labelled, find_labels
from minutes_nlp.extraction.attendance_lines import Line
from minutes_nlp.extraction.attendance_names import NAMES, Kind, kind_of, organisation_of
from minutes_nlp.extraction.attendance_remarks import Entry
from minutes_nlp.extraction.attendance_roll import LOOK_AHEAD, PRESENT, Roll
from minutes_nlp.extraction.attendance_words import Cue, fold, pattern, read_cue, speaks_of_next
from minutes_nlp.spans import CharSpan

_BELOW = 4  # lines
_NOBODY = frozenset(("-", "–", "—", "/", "//", "0"))  # what stands behind a label for nobody


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
    elif cue.kind == "people" and cue.role and _is_of_next(roll):
        return  # who will lead the next meeting
    elif cue.kind == "people" and cue.role and not empty:
        roll.add_value(label.value, cue)
    elif cue.kind == "people" and not cue.role and (missing := _all_but(roll, label.value)):
        roll.close()
        roll.add_value(missing, replace(cue, status="absent" if cue.status == "present" else "present"))
    elif cue.kind == "people" and value.strip(" *_.") in _NOBODY:
        roll.close()
    elif cue.kind == "people" and empty and (not cue.role or _heads_column(roll)):
        roll.open(cue, roll.line)
    elif cue.kind == "people" and not empty:
        level = roll.section.level if roll.section else 0
        roll.open(cue, roll.line, loose=not value.rstrip().endswith((",", ";"))).level = level
        roll.add_value(label.value, cue)


def _heads_column(roll: Roll) -> bool:
    """Whether a bare label of a role stands, right behind a list of people, above a person: the next column's head."""
    listing = roll.section is not None and not roll.section.loose and roll.last == roll.position - 1
    return listing and roll.lists_person(roll.position + 1)


def _all_but(roll: Roll, value: CharSpan) -> CharSpan | None:
    """Whom `all but An, Bo` leaves out; `None` if it says nothing of the kind."""
    words = fold(roll.words(value))
    but = pattern("labels", "but").search(words)
    if but is None or kind_of(words[: but.start()]) is not Kind.NOBODY:
        return None
    return CharSpan(value.start + but.end(), value.end).trim(roll.text)


def _is_of_next(roll: Roll) -> bool:
    """Whether the line stands below a heading, or right below a line, about the next meeting."""
    above = roll.lines[max(0, roll.position - _BELOW) : roll.position]
    titles = [line for line in above if line.is_heading or line.block in roll.headings][-1:] + list(above[-1:])
    return any(speaks_of_next(roll.words(line.span)) for line in titles)


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
    sure = known_names(entries) or (section.rolled and _are_full(roll, entries))
    if not sure and not (label.cue and roll.is_near):
        return False
    roll.begin_group(None, roll.line)
    roll.add(entries, section.cue, organisation)
    for other in labels[1:]:
        add_guests(roll, other)
    return True


def _are_full(roll: Roll, entries: Sequence[Entry]) -> bool:
    """Whether entries are names of two words or more, though nobody knows the first names."""
    return bool(entries) and all(e.kind is Kind.NAMELIKE and " " in roll.words(e.name) for e in entries)


def _begins_roll(roll: Roll) -> bool:
    """Whether lines `organisation: names` begin a roll that a later line (`Verontschuldigd: …`) shows to be one."""
    if roll.position > LOOK_AHEAD or not all(attendee.cue.role for attendee in roll.attendees):
        return False
    surely = 0  # lines with a name that is known
    for number, line in enumerate(roll.lines[roll.position : roll.position + LOOK_AHEAD]):
        labels = find_labels(roll.text, line.span)
        if not labels:
            return False
        if any(label.cue and label.cue.kind == "people" for label in labels):
            return True
        entries = read_entries(roll.text, labels[0].value)
        surely += bool(known_names(entries))
        if line.is_heading or not entries or not all(e.kind in NAMES for e in entries) or 2 * surely < number:
            return number > 1
    return False
