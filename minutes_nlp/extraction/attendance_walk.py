"""The walk through the document: labels and titles open lists of people, headings and running text end them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from minutes_nlp.extraction.attendance_content import read_content
from minutes_nlp.extraction.attendance_front import read_front
from minutes_nlp.extraction.attendance_groups import read_groups
from minutes_nlp.extraction.attendance_labelled import read_labels
from minutes_nlp.extraction.attendance_lines import Line
from minutes_nlp.extraction.attendance_roll import Attendee, Roll
from minutes_nlp.extraction.attendance_rows import read_columns, read_table_header
from minutes_nlp.extraction.attendance_titles import read_title

_STEPS: tuple[Callable[[Roll], bool], ...] = (
    read_table_header,
    read_columns,
    read_labels,
    read_groups,
    read_title,
    read_front,
    read_content,
)


def find_listed(
    text: str, lines: Sequence[Line], *, headings: frozenset[int] = frozenset(), likely: frozenset[int] = frozenset()
) -> list[Attendee]:
    """All people of lists and labels, in the order of the text; the same person may be among them several times.

    Args:
        text: the normalised text.
        lines: all its lines.
        headings: blocks that are headings of the report; no list goes on behind one.
        likely: blocks that the layout takes for attendance; empty if it does not know.
    """
    roll = Roll(text, lines, headings, likely)
    for position in range(len(lines)):
        roll.position = position
        next(step for step in _STEPS if step(roll))
    roll.close()
    return roll.attendees
