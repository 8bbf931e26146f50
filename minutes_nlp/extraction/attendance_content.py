"""Last step of the walk: the lines of an open list, and where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, takewhile

from minutes_nlp.extraction import attendance_names as names
from minutes_nlp.extraction.attendance_accept import full_names
from minutes_nlp.extraction.attendance_entries import read_entries
from minutes_nlp.extraction.attendance_lines import Line, shape_of
from minutes_nlp.extraction.attendance_names import NAMES, Kind, kind_of
from minutes_nlp.extraction.attendance_remarks import Entry
from minutes_nlp.extraction.attendance_roll import Roll, Section
from minutes_nlp.extraction.attendance_rows import read_row
from minutes_nlp.extraction.attendance_words import Cue
from minutes_nlp.reading import BlockKind
from minutes_nlp.spans import CharSpan

_GROUP_WORDS = 14
_ASIDE_WORDS = 12
_GLITCH_WORDS = 4
_SIBLINGS = 4  # lines above and below
_MAY_STAND_BETWEEN = (Kind.NOTE, Kind.NOBODY, Kind.FUNCTION, Kind.STATUS)
_NO_PERSON = frozenset({Kind.ORGANISATION, Kind.NAMELIKE, Kind.ACRONYM})


def read_content(roll: Roll) -> bool:
    """Read the line as part of the open list, or end the list; always done with the line."""
    line, section = roll.line, roll.section
    if section is None:
        return True
    if _is_group(roll, section):
        roll.begin_group(line.span, line)
        return True
    entries = read_row(roll) if roll.header else _line_entries(roll)
    if entries and _fits(roll, section, entries) and (not section.loose or _continues(line, entries)):
        section.shape = shape_of(line)
        roll.add(entries, _ticked(section.cue, line), roll.group)
        if section.cue.role and not section.level:
            roll.close()
    elif section.loose or not (_is_aside(roll) or _resumes(roll, section)):
        roll.close()
    return True


def _ticked(cue: Cue, line: Line) -> Cue:
    """What a check box says, if there is one."""
    return cue if line.ticked is None else replace(cue, status="present" if line.ticked else "absent")


def _is_group(roll: Roll, section: Section) -> bool:
    """Whether the line names an organisation whose people stand below it, deeper."""
    line = roll.line
    words = roll.words(line.span)
    if len(line.pieces) > 1 or (kind_of(words) is Kind.PERSON and not line.is_item) or section.loose:
        return False
    if roll.is_leaf or line.is_heading:
        above = section.group_line  # an item on the level of the groups before it is one without people
        return bool(
            above and above.is_item and line.is_item and (line.depth, line.indent) == (above.depth, above.indent)
        )
    if "," not in words.rstrip(",") and len(words.split()) <= _GROUP_WORDS:
        return True
    return kind_of(words) is Kind.ORGANISATION and kind_of(words.split(",")[0]) is not Kind.PERSON


def _line_entries(roll: Roll) -> list[Entry]:
    line = roll.line
    if len(line.pieces) < 2:
        one = line.is_item or roll.words(line.span).count(",") <= 2
        return full_names(roll.text, read_entries(roll.text, line.span, one=one), line.span)
    found: list[Entry] = []
    for span in _cells(roll, line):
        entries = read_entries(roll.text, span, one=True)
        if len(found) == 1 and entries and _stands_before_people(found[0], entries[0]):
            roll.begin_group(found.pop().name, line)
            found += entries
        elif found and entries and entries[0].kind is not Kind.PERSON and found[-1].organisation is None:
            found[-1] = replace(found[-1], organisation=entries[0].name)
        else:
            found += entries
    return full_names(roll.text, found, line.span)


def _cells(roll: Roll, line: Line) -> list[CharSpan]:
    """The pieces of a row; a cell with a name on each of its lines gives each of them."""
    found: list[CharSpan] = []
    for piece in line.pieces:
        apart = len(piece.lines) > 1 and all(kind_of(roll.words(span)) is Kind.PERSON for span in piece.lines)
        found += piece.lines if apart else (piece.span,)
    return found


def _stands_before_people(first: Entry, second: Entry) -> bool:
    """`Stad Gent | An Claes`: the organisation stands before its people."""
    if first.kind is Kind.ORGANISATION:
        return second.kind in (Kind.PERSON, Kind.NAMELIKE)
    return first.kind in (Kind.NAMELIKE, Kind.ACRONYM) and second.kind is Kind.PERSON


def _fits(roll: Roll, section: Section, entries: Sequence[Entry]) -> bool:
    """Whether a line looks like the lines of the list before it; one with a full name always does."""
    line = roll.line
    kinds = {entry.kind for entry in entries}
    if line.is_heading:
        return False
    if Kind.PERSON in kinds or any(entry.titled for entry in entries):
        return True
    if roll.header and any(entry.status for entry in entries) and kinds <= NAMES:
        return True  # a cell of the same row says whether that person was there
    unlikely = bool(roll.likely) and line.block not in roll.likely and not _stands_among_people(roll)
    if unlikely or any(names.reads_like_text(roll.words(entry.name)) for entry in entries):
        return False
    if section.found and section.shape != shape_of(line):
        return False
    if Kind.ORGANISATION in kinds:
        return line.is_item or (section.kinds <= _NO_PERSON and not line.table)
    if Kind.LOWER in kinds:
        return line.is_item or (len(entries) > 1 and not section.found)
    described = any(entry.organisation or entry.role or entry.status for entry in entries)
    single = all(" " not in roll.words(entry.name) for entry in entries)
    return not section.found or section.single or described or not single


def _stands_among_people(roll: Roll) -> bool:
    """Whether most items right above and below, of the same list, begin with a person's name."""
    line = roll.line
    if not line.is_item:
        return False
    shape, position = shape_of(line), roll.position
    above = takewhile(
        lambda other: shape_of(other) == shape, reversed(roll.lines[max(0, position - _SIBLINGS) : position])
    )
    below = takewhile(lambda other: shape_of(other) == shape, roll.lines[position + 1 : position + 1 + _SIBLINGS])
    named = [roll.names_someone(other) for other in chain(above, below)]
    return sum(named) >= 2 and sum(named) * 2 >= len(named)


def _continues(line: Line, entries: Sequence[Entry]) -> bool:
    """Whether a line after a full label still belongs to it: a paragraph of names with their organisations."""
    return line.kind is BlockKind.PARAGRAPH and all(e.kind is Kind.PERSON and e.organisation for e in entries)


def _is_aside(roll: Roll) -> bool:
    """A short remark inside a list (a count, a note, a lead-in) that does not end it."""
    words = roll.words(roll.line.span)
    if len(words.split()) > _ASIDE_WORDS:
        return False
    if roll.line.ticked is not None or not words[:1].isalpha() or words.rstrip().endswith(":"):
        return True
    return kind_of(words) in _MAY_STAND_BETWEEN


def _resumes(roll: Roll, section: Section) -> bool:
    """Whether one short line that cannot be read stands between names of the same list."""
    following = roll.lines[roll.position + 1 : roll.position + 3]
    if len(roll.words(roll.line.span).split()) > _GLITCH_WORDS or roll.line.block in roll.headings:
        return False
    fitting = [roll.names_someone(line) and shape_of(line) == section.shape for line in following]
    return len(following) == 2 and any(fitting)
