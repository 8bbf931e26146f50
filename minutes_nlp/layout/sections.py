"""What the blocks of a document are for: title, attendance, timetable, the headings of the report and their content."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from minutes_nlp.spans import CharSpan


class Label(StrEnum):
    """What a block is for."""

    TITLE = "title"
    METADATA = "metadata"  # date, place, times, author, address of the body …
    ATTENDANCE = "attendance"
    TIMETABLE = "timetable"
    AGENDA_LIST = "agenda-list"  # the announced agenda, not the report itself
    HEADING = "heading"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the report.

    Attributes:
        block: index of the block that holds it.
        line: the whole printed line (of a table row the cell that names the item), in the normalised text; a number
            that the reader took for the marker of a list stands before it.
        number: as printed (`3`, `2.1`, `IV`, `A`), without its stop; `None` if there is none.
        title: the words without number and markup.
        level: 1 for the main items.
        end: where its content stops in the normalised text (exclusive): the next heading of the same or a higher
            level, or the end; sub-items lie inside.
        confidence: 0 to 1.
    """

    block: int
    line: CharSpan
    number: str | None
    title: str
    level: int
    end: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Layout:
    """The roles of all blocks.

    Attributes:
        labels: one per block.
        headings: in the order of the text.
        heading_of: for each block the index in `headings` of the innermost heading it stands under (a heading block
            names itself), or `None` before the first.
    """

    labels: tuple[Label, ...]
    headings: tuple[Heading, ...]
    heading_of: tuple[int | None, ...]
    _parents: tuple[int | None, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_parents", _parents(self.headings))

    def path(self, block: int) -> tuple[Heading, ...]:
        """The headings that a block stands under, outermost first; empty before the first heading."""
        index = self.heading_of[block]
        found: list[Heading] = []
        while index is not None:
            found.append(self.headings[index])
            index = self._parents[index]
        return tuple(reversed(found))

    def main_item(self, block: int) -> int | None:
        """The index in `headings` of the level-1 heading that a block stands under, or `None`."""
        index = self.heading_of[block]
        while index is not None and self.headings[index].level > 1:
            index = self._parents[index]
        return index


def _parents(headings: tuple[Heading, ...]) -> tuple[int | None, ...]:
    """For each heading the index of the last one before it of a lower level, or `None`."""
    found: list[int | None] = []
    above: list[int] = []
    for index, heading in enumerate(headings):
        while above and headings[above[-1]].level >= heading.level:
            above.pop()
        found.append(above[-1] if above else None)
        above.append(index)
    return tuple(found)
