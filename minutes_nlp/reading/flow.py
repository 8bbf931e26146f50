"""What readers of formatted documents hand on: paragraphs and tables in reading order, with what the format says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from minutes_nlp.reading.document import Apart, ApartKind


class Role(Enum):
    """What the format itself says of a paragraph."""

    BODY = auto()  # nothing: it is read as a line of plain text is
    HEADING = auto()
    ITEM = auto()  # of a list; without marker: what goes on with the item above it
    PAIR = auto()  # a term with its description; the first line is the term
    COLUMNS = auto()  # lines whose white space draws columns
    FIGURE = auto()  # the words of one part of a drawing


@dataclass(slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        lines: as broken by hand; a line may be empty.
        role: what the format says it is.
        level: of a heading from 1; of a list item its depth from 1.
        marker: the number or bullet that the program prints before it (`2.1`, `a)`, `-`).
        strong: whether all of it is bold.
        struck: whether all of it is struck out.
        size: of its letters in half points, where it is the same throughout; 0 if unknown.
        page: that it starts on, from 1; 0 if unknown.
    """

    lines: list[str]
    role: Role = Role.BODY
    level: int = 0
    marker: str = ""
    strong: bool = False
    struck: bool = False
    size: int = 0
    page: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing of it can be seen."""
        return not any(line.strip() for line in self.lines)


@dataclass(slots=True)
class Row:
    """A row of a table: its cells, a merged one followed by empty ones for the columns that it covers."""

    cells: list[list[Element]]
    header: bool = False

    def filled(self) -> list[list[Element]]:
        """The cells that hold something."""
        return [cell for cell in self.cells if any(not paragraph.empty for paragraph in paragraphs(cell))]


@dataclass(slots=True)
class Table:
    """A table."""

    rows: list[Row]


Element = Paragraph | Table


@dataclass(slots=True)
class Flow:
    """The content of a document."""

    elements: list[Element] = field(default_factory=list)
    apart: list[Apart] = field(default_factory=list)

    def set_apart(self, kind: ApartKind, elements: list[Element]) -> None:
        """Keep passages beside the text; what is empty, or a header or footer that is there already, is left out."""
        text = "\n".join(line.strip() for paragraph in paragraphs(elements) for line in printed(paragraph)).strip()
        repeated = kind in (ApartKind.HEADER, ApartKind.FOOTER) and Apart(kind, text) in self.apart
        if text and not repeated:
            self.apart.append(Apart(kind, text))


def paragraphs(elements: list[Element]) -> Iterator[Paragraph]:
    """All paragraphs, those in the cells of tables included, in reading order."""
    for element in elements:
        if isinstance(element, Paragraph):
            yield element
        else:
            for row in element.rows:
                for cell in row.cells:
                    yield from paragraphs(cell)


def printed(paragraph: Paragraph) -> list[str]:
    """The lines that are not empty, trimmed, the first with its marker before it."""
    lines = [stripped for line in paragraph.lines if (stripped := line.strip())]
    if lines and paragraph.marker:
        lines[0] = f"{paragraph.marker} {lines[0]}"
    return lines
