"""Step of the walk for lists before the report that give organisations with their people below, and no other label."""

from __future__ import annotations

from minutes_nlp.extraction.attendance_entries import read_entries
from minutes_nlp.extraction.attendance_lines import Line
from minutes_nlp.extraction.attendance_names import Kind, kind_of
from minutes_nlp.extraction.attendance_roll import PRESENT, Roll
from minutes_nlp.extraction.attendance_words import read_cue

_WORDS = 10  # words that the name of an organisation may have
_GROUPS, _PEOPLE = 2, 3  # fewer are no list for sure


def read_groups(roll: Roll) -> bool:
    """Read the line if it is an organisation whose people stand below it, in a list of at least two of them."""
    position = roll.position
    if not roll.is_front or not _heads(roll, position):
        return False
    goes_on = roll.section is not None and roll.section.group is not None and roll.last == position - 1
    if not goes_on:
        listed = any(attendee.cue.role is None for attendee in roll.attendees)
        if roll.section is not None or listed or not _is_roll(roll, position):
            return False
        roll.open(PRESENT, roll.line)
    roll.begin_group(roll.line.span, roll.line)
    return True


def _is_roll(roll: Roll, position: int) -> bool:
    """Whether organisations with people follow one another from here on.

    Half of the organisations at least must read as such, or something be said of a person that lists of people say.
    """
    groups = organisations = people = 0
    described = False
    while position < len(roll.lines) and _heads(roll, position):
        head = roll.lines[position]
        groups += 1
        organisations += _is_organisation(roll.words(head.span))
        position += 1
        while position < len(roll.lines) and _below(head, roll.lines[position]) and roll.lists_person(position):
            (person,) = read_entries(roll.text, roll.lines[position].span, one=True)
            described = described or bool(person.status or person.role or person.titled)
            people += 1
            position += 1
    return groups >= _GROUPS and people >= _PEOPLE and (described or 2 * organisations >= groups)


def _heads(roll: Roll, position: int) -> bool:
    """Whether the line at `position` may name an organisation, and one person stands on the line below it, deeper."""
    line = roll.lines[position]
    words = roll.words(line.span)
    if line.is_heading or len(line.pieces) > 1 or len(words.split()) > _WORDS or words.rstrip().endswith((".", ":")):
        return False
    if position + 1 >= len(roll.lines) or not _below(line, roll.lines[position + 1]):
        return False
    return kind_of(words) is not Kind.PERSON and read_cue(words) is None and roll.lists_person(position + 1)


def _below(head: Line, line: Line) -> bool:
    """Whether a line is printed as one that belongs to the head above it."""
    if head.is_item:
        return line.is_item and line.depth > head.depth
    return line.indent > head.indent or (head.strong and line.is_item)


def _is_organisation(words: str) -> bool:
    return words.isupper() or kind_of(words) is Kind.ORGANISATION
