"""Draws PDFs for tests: what stands where on a page is said in points from the top left."""

from __future__ import annotations

from collections.abc import Sequence

from fpdf import FPDF

from minutes_nlp.reading.document import Block, SourceDocument
from minutes_nlp.reading.pdf import PdfReader
from minutes_nlp.reading.readers import Limits

LEFT, WIDTH = 60.0, 475.0


class Drawn(FPDF):
    """A PDF with pages of A4 in points, and letters of 11 points."""

    def __init__(self) -> None:
        super().__init__(unit="pt", format="A4")
        self.set_auto_page_break(auto=False)
        self.set_margins(LEFT, 40)
        self.down = 60.0

    def sheet(self) -> Drawn:
        """Begin a page."""
        self.add_page()
        self.set_font("Helvetica", size=11)
        self.down = 60.0
        return self

    def at(self, x: float, y: float, text: str, *, size: float = 11, bold: bool = False) -> Drawn:
        """Print one line with its left end at `x`, standing on `y`."""
        self.set_font("Helvetica", style="B" if bold else "", size=size)
        self.text(x, y, text)
        return self

    def line_of(self, text: str, *, size: float = 11, bold: bool = False, indent: float = 0) -> Drawn:
        """Print one line below the last one."""
        self.at(LEFT + indent, self.down, text, size=size, bold=bold)
        self.down += 1.25 * size
        return self

    def space(self, points: float = 12) -> Drawn:
        """Leave room."""
        self.down += points
        return self

    def running(self, text: str, *, x: float = LEFT, width: float = WIDTH, y: float | None = None) -> Drawn:
        """Print a paragraph as a word processor breaks it, and leave a little room below."""
        self.set_font("Helvetica", size=11)
        if y is not None:
            self.down = y
        for line in self.multi_cell(width, 14, text, dry_run=True, output="LINES"):
            self.at(x, self.down, line.strip())
            self.down += 14
        return self.space(8)

    def ruled(self, rows: Sequence[Sequence[str]], widths: Sequence[float], *, bold_first: bool = True) -> Drawn:
        """Print a table with a line around each cell."""
        for number, row in enumerate(rows):
            x = LEFT
            for text, width in zip(row, widths, strict=True):
                self.rect(x, self.down - 12, width, 18)
                self.at(x + 4, self.down, text, bold=bold_first and number == 0)
                x += width
            self.down += 18
        return self.space()

    def bytes(self) -> bytes:
        """The file."""
        return bytes(self.output())


def read(content: bytes, limits: Limits = Limits()) -> SourceDocument:
    return PdfReader().read(content, "verslag.pdf", limits)


def shown(document: SourceDocument) -> list[tuple[str, str]]:
    """Kind and text of each block; a row with its cells."""
    return [(block.kind.value, words(document, block)) for block in document.blocks]


def words(document: SourceDocument, block: Block) -> str:
    if block.cells:
        return " | ".join(cell.text(document.text) for cell in block.cells)
    return f"{block.marker} {block.text(document.text)}".strip()
