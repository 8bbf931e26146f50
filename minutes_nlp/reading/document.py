"""What a reader makes of a file: its text, and the blocks it is made of, with exact offsets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from minutes_nlp.spans import CharSpan, cover


class BlockKind(StrEnum):
    """What a block is by its form alone; what it means is for the layout layer to say."""

    HEADING = "heading"  # marked as such: `#`, underlined, a style of the word processor
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_ROW = "table-row"
    KEY_VALUE = "key-value"  # `Datum: 3 mei 2024`, a scalar of the front matter
    RULE = "rule"  # a line that only separates
    CODE = "code"  # a fenced or literal block
    FIGURE = "figure"  # the words of one part of a drawing, as a flow chart
    FURNITURE = "furniture"  # running header, footer, page number; the first occurrence of a header is a paragraph


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its pieces in reading order, one per printed line; a cell may be empty."""

    lines: tuple[CharSpan, ...] = ()

    def text(self, source: str) -> str:
        """The cell's text with its lines joined by a space."""
        return " ".join(line.text(source) for line in self.lines)

    @property
    def span(self) -> CharSpan | None:
        """The smallest span with all the cell's lines; it may cover other cells' text. `None` if empty."""
        return cover(self.lines) if self.lines else None


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document.

    Attributes:
        kind: what it is by its form.
        span: from the first to the last character of the block, markup and markers included.
        lines: its content, one span per printed line, without markers, heading signs and surrounding white space;
            for a table row the lines of all cells in reading order; for a key–value line key and value.
        level: of a heading 1 to 6 as marked, of a list item its depth from 1, of what is indented below one the depth
            of that, of front matter how deep it is nested; otherwise 0.
        marker: what marks the item as printed (`-`, `1.`, `a)`, `[x]`), else empty.
        indent: columns of white space before the block (a tab goes to the next multiple of four).
        cells: of a table row.
        header: whether a table row is a header row.
        table: which table of the document a row belongs to, from 1 (the same where it goes on after a page break); 0
            for other blocks.
        key, value: of a key–value line; a `value` may be empty (`None`).
        strong: whether the whole content is set in bold or underscored marks.
        struck: whether the whole content, of a table row that of its first cell that is not empty, is struck out.
        page: the page it starts on, from 1, where the format has pages.
    """

    kind: BlockKind
    span: CharSpan
    lines: tuple[CharSpan, ...] = ()
    level: int = 0
    marker: str = ""
    indent: int = 0
    cells: tuple[Cell, ...] = ()
    header: bool = False
    table: int = 0
    key: CharSpan | None = None
    value: CharSpan | None = None
    strong: bool = False
    struck: bool = False
    page: int | None = None

    def text(self, source: str) -> str:
        """The content with its lines joined by a space."""
        return " ".join(line.text(source) for line in self.lines)


class ApartKind(StrEnum):
    """Why a passage of a file is no part of its text."""

    HEADER = "header"  # printed at the top of each page
    FOOTER = "footer"
    CONTENTS = "contents"  # a table of contents, an index
    COMMENT = "comment"  # a remark in the margin
    NAVIGATION = "navigation"  # what leads to other pages of a web site
    HIDDEN = "hidden"  # what a web page does not show
    MESSAGE = "message"  # of a mail: who wrote to whom about what; its text, if an attachment is the document
    MINUTES = "minutes"  # of a mail: name and size of an attachment, or its own name, that holds other minutes
    ATTACHMENT = "attachment"  # of a mail or a Word file: name and size of a file in it that is not (of) the document


@dataclass(frozen=True, slots=True)
class Apart:
    """A passage that the reader set apart: it is in the file, but neither in the text nor in a block."""

    kind: ApartKind
    text: str


@dataclass(frozen=True, slots=True)
class Ocr:
    """How much of a document was read from pictures.

    Attributes:
        pages: those whose text is what OCR made of a picture, from 1.
        confidence: of OCR in its words, the mean over those pages, 0 to 1; 0 if there is no such page.
        unread: pages that are pictures without text and were left out, since OCR is not installed.
    """

    pages: tuple[int, ...]
    confidence: float
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A file as read.

    Attributes:
        name: path shown and stored, relative to the ingested folder, with `/`.
        text: what all offsets refer to.
        blocks: in reading order, which is that of the text but for columns that are read one after the other. Their
            spans don't overlap, except those of rows whose cells run over several lines, of columns side by side, and
            of a paragraph with the page furniture that it is carried on across; their `lines` never do.
        sha256: of the file's bytes, hexadecimal.
        media_type: `text/plain`, `text/markdown`, `text/x-rst` …
        encoding: how the bytes were decoded (`utf-8`, `utf-8-sig`, `utf-16-le`, `cp1252` …).
        size: of the file in bytes.
        apart: what was set apart, in the order of the file; the same header of several sections once.
        ocr: which pages OCR read, and how surely; `None` where the file itself holds the text.
    """

    name: str
    text: str
    blocks: tuple[Block, ...]
    sha256: str
    media_type: str
    encoding: str
    size: int
    apart: tuple[Apart, ...] = ()
    ocr: Ocr | None = None
