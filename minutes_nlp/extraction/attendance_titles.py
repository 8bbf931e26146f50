"""Step of the walk for headings and lines of their own that announce people: `## Aanwezig`, `Leden`, `Stad Gent`."""

from __future__ import annotations

from minutes_nlp.extraction.attendance_accept import holds_only_names
from minutes_nlp.extraction.attendance_entries import read_entries
from minutes_nlp.extraction.attendance_names import Kind
from minutes_nlp.extraction.attendance_roll import LOOK_AHEAD, PRESENT, Roll
from minutes_nlp.extraction.attendance_words import Cue, may_give_status, read_cue

_TITLE_WORDS = 8


def read_title(roll: Roll) -> bool:
    """Read the line if it is a title that opens, divides or ends a list; says whether it did."""
    line = roll.line
    words = roll.words(line.span)
    cue = read_cue(words)
    ends = line.block in roll.headings and roll.section and not roll.is_inside and not cue
    if ends and not roll.names_someone(line):
        roll.finish()
        return True
    if may_give_status(words) and roll.names_someone(line) and _called(roll):
        return False
    if line.is_heading and roll.section and not roll.is_inside:
        roll.close()
    if len(words.split()) > _TITLE_WORDS or len(line.pieces) > 1 or line.ticked is not None:
        return False
    if cue is None or (cue.kind == "group" and roll.names_someone(line)):
        return (line.is_heading or line.strong) and _subtitle(roll)
    if cue.role and not ((roll.section or roll.is_near) and roll.lists_person(roll.position + 1)):
        return False
    return _announced(roll, cue)


def _announced(roll: Roll, cue: Cue) -> bool:
    """A title whose words the lists know."""
    line = roll.line
    bare_item = line.is_item and roll.is_leaf
    if cue.kind == "people" and not bare_item:
        roll.open(cue, line)
        return True
    if cue.kind == "group":
        if roll.section is None and (_begins_roll(roll) or _goes_on(roll)):
            roll.open(PRESENT, line)
        if roll.section is None or bare_item:
            return False
        if roll.section.found and not roll.is_inside and roll.section.cue.status != "present":
            roll.open(PRESENT, line)  # guests, after those who were excused
        roll.begin_group(None, line)
        return True
    if cue.kind in ("metadata", "elsewhere") and not line.is_item:
        roll.close()
        return True
    return False


def _subtitle(roll: Roll) -> bool:
    """A title below that of the list: the organisation of those listed under it."""
    line = roll.line
    below = roll.is_inside if line.is_heading else roll.section and roll.lists_person(roll.position + 1)
    if below:
        roll.begin_group(line.span, line)
    elif roll.section and line.is_heading:
        roll.close()
    return bool(below)


def _called(roll: Roll) -> bool:
    """Whether a line gives a name and whether that person is there (`An Claes – aanwezig`); two may open a roll."""
    said = []
    for line in roll.lines[roll.position : roll.position + 2]:
        entries = read_entries(roll.text, line.span, one=True)
        said.append(bool(entries) and entries[0].kind is Kind.PERSON and entries[0].status is not None)
    if roll.section is None and said == [True, True]:
        roll.open(PRESENT, roll.line)
    return said[0] and roll.section is not None


def _goes_on(roll: Roll) -> bool:
    """Whether a heading of a group (`Gäste`), right below a list of people, stands over nothing but names."""
    if not roll.line.is_heading or roll.position - roll.last > 2 or roll.position + 1 >= len(roll.lines):
        return False
    span = roll.lines[roll.position + 1].span
    return bool(roll.attendees) and holds_only_names(roll.text, span, read_entries(roll.text, span))


def _begins_roll(roll: Roll) -> bool:
    """Whether a group (`Membres du bureau`) opens a roll near the top, without a word of presence."""
    if roll.position >= 2 * LOOK_AHEAD or roll.attendees:
        return False
    return roll.lists_person(roll.position + 1) and roll.lists_person(roll.position + 2)
