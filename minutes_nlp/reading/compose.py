"""From paragraphs and tables to the text of a document and its blocks.

The text is what a person would type who copies the page: a blank line between paragraphs, numbers and bullets before
list items, a row of a table on a line. What the format calls a heading, a list item or a row becomes a block as it is;
everything else is read as lines of plain text are, so that typed numbers, keys and columns count here too.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from minutes_nlp.reading.blocks import split_run
from minutes_nlp.reading.document import Block, BlockKind, Cell
from minutes_nlp.reading.flow import Element, Paragraph, Role, Row, Table, paragraphs, printed
from minutes_nlp.reading.marks import MARKER, Line, read_line
from minutes_nlp.reading.sides import two_languages
from minutes_nlp.reading.tables import row_block
from minutes_nlp.reading.tabular import Tables
from minutes_nlp.reading.wrap import WrapStyle
from minutes_nlp.spans import CharSpan, cover

_STEP = "    "  # before a list item for each level
_LOWEST = 6  # level of a heading
_BETWEEN = " | "  # cells of a row
_TYPED = WrapStyle(None)


def compose(elements: Sequence[Element]) -> tuple[str, tuple[Block, ...]]:
    """The text of a document and its blocks, whose offsets increase; both empty if nothing can be seen."""
    composer = _Composer()
    for element in elements:
        composer.add(element)
    return composer.finish()


@dataclass(slots=True)
class _Run:
    """Lines to be read as plain text; `None` is a blank one. Of the spans in `strong` and `struck` all is set so."""

    lines: list[CharSpan | None] = field(default_factory=list)
    strong: list[CharSpan] = field(default_factory=list)
    struck: list[CharSpan] = field(default_factory=list)


@dataclass(slots=True)
class _Rows:
    """The rows of one table."""

    blocks: list[Block] = field(default_factory=list)


class _Composer:
    """Writes the text first; the blocks are made of it when it is whole."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.pieces: list[Block | _Run | _Rows] = []
        self.tabbed = False  # whether the last thing written was a line with tabs

    def add(self, element: Element) -> None:
        if isinstance(element, Table):
            self._table(element)
        elif element.role in (Role.BODY, Role.COLUMNS):
            self._body(element)
        elif not element.empty:
            self._marked(element)

    def finish(self) -> tuple[str, tuple[Block, ...]]:
        text = "".join(self.parts)
        tables = Tables()
        blocks: list[Block] = []
        for piece in self.pieces:
            if isinstance(piece, Block):
                blocks.append(piece)
            elif isinstance(piece, _Rows):
                tables.count += 1
                blocks += [replace(block, table=tables.count) for block in piece.blocks]
            else:
                blocks += _read(text, piece, tables)
        return text, tuple(blocks)

    def _write(self, text: str) -> CharSpan:
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return CharSpan(start, self.length)

    def _part(self, sign: str = "\n\n") -> None:
        if self.length:
            self._write(sign)

    def _body(self, paragraph: Paragraph) -> None:
        """Add a paragraph whose lines are read as plain text; those with tabs may be rows of columns."""
        if paragraph.empty:
            self.tabbed = False
            return
        drawn = paragraph.role is Role.COLUMNS
        lines = [line.rstrip() if drawn else _typed(line) for line in paragraph.lines if line.strip()]
        columns = len(lines) == 1 and "\t" in lines[0].strip()
        close = columns and self.tabbed
        self._part("\n" if close else "\n\n")
        run = self._run()
        if run.lines and not close:
            run.lines.append(None)
        start = self.length
        for number, line in enumerate(lines):
            if number:
                self._write("\n")
            run.lines.append(self._write(line))
        whole = CharSpan(start, self.length)
        if paragraph.strong:
            run.strong.append(whole)
        if paragraph.struck:
            run.struck.append(whole)
        self.tabbed = columns

    def _run(self) -> _Run:
        if self.pieces and isinstance(last := self.pieces[-1], _Run):
            return last
        run = _Run()
        self.pieces.append(run)
        return run

    def _marked(self, paragraph: Paragraph) -> None:
        """Add a paragraph that the format calls a heading, a list item, a pair or a part of a drawing."""
        self.tabbed = False
        self._part("\n" if self._follows(paragraph) else "\n\n")
        indent = len(_STEP) * (paragraph.level - 1) if paragraph.role is Role.ITEM else 0
        self._write(" " * indent)
        start = self.length
        if paragraph.marker:
            self._write(paragraph.marker + " ")
        texts = [line.strip() for line in paragraph.lines if line.strip()]
        spans = []
        for number, line in enumerate(texts):
            if number:
                self._write("\n" + " " * indent)
            spans.append(self._write(line))
        marker = paragraph.marker
        if marker and not MARKER.match(f"{marker} x") and not marker.startswith("["):
            spans[0], marker = CharSpan(start, spans[0].end), ""  # `2.1` and `Artikel 3` are part of the line
        self._blocks(paragraph, CharSpan(start, self.length), spans, texts, marker)

    def _follows(self, paragraph: Paragraph) -> bool:
        """Whether a list item comes right after another."""
        last = self.pieces[-1] if self.pieces else None
        return paragraph.role is Role.ITEM and isinstance(last, Block) and last.kind is BlockKind.LIST_ITEM

    def _blocks(self, paragraph: Paragraph, span: CharSpan, spans: list[CharSpan], texts: list[str], mark: str) -> None:
        """Add the block of a paragraph, for a list item perhaps several."""
        if paragraph.role is Role.FIGURE:
            self.pieces.append(Block(BlockKind.FIGURE, span, tuple(spans)))
        elif paragraph.role is Role.PAIR:
            key = CharSpan(spans[0].start, spans[0].start + len(texts[0].rstrip(": ")))
            value = cover(spans[1:]) if len(spans) > 1 else None
            self.pieces.append(Block(BlockKind.KEY_VALUE, span, tuple(spans), key=key, value=value))
        elif paragraph.role is Role.HEADING:
            level = min(paragraph.level, _LOWEST)
            self.pieces.append(Block(BlockKind.HEADING, span, tuple(spans), level, mark, strong=True))
        else:
            item = Block(
                BlockKind.LIST_ITEM if paragraph.marker else BlockKind.PARAGRAPH,
                span,
                level=paragraph.level,
                marker=mark,
                indent=len(_STEP) * (paragraph.level - 1),
                strong=paragraph.strong,
                struck=paragraph.struck,
            )
            first, *others = _joined(spans, texts)
            self.pieces.append(replace(item, span=CharSpan(span.start, first[-1].end), lines=first))
            for lines in others:
                more = replace(item, kind=BlockKind.PARAGRAPH, marker="")
                self.pieces.append(replace(more, span=cover(lines), lines=lines))

    def _table(self, table: Table) -> None:
        rows = [row for row in table.rows if row.filled()]
        if is_layout(rows):
            for row in rows:
                for cell in row.cells:
                    for element in cell:
                        self.add(element)
            return
        width = max((len(row.cells) for row in rows), default=0)
        for row in rows:
            filled = row.filled()
            if len(filled) == 1 and width > 1 and _reads_as_text(filled[0]):
                for element in filled[0]:
                    self.add(element)
            else:
                self._row(row, width, first=row is rows[0])

    def _row(self, row: Row, width: int, *, first: bool) -> None:
        """Write a row on a line, the pieces of its cells on lines of their own."""
        last = self.pieces[-1] if self.pieces else None
        rows = last if isinstance(last, _Rows) and not first else _Rows()
        self._part("\n" if rows is last else "\n\n")
        self.tabbed = False
        if rows is not last:
            self.pieces.append(rows)
        cells = []
        for number, cell in enumerate(row.cells):
            if number:
                self._write(_BETWEEN)
            spans = []
            for count, line in enumerate(_cell_lines(cell)):
                if count:
                    self._write("\n")
                spans.append(self._write(line))
            cells.append(Cell(tuple(spans)))
        cells += [Cell()] * (width - len(cells))
        shown = [paragraph for paragraph in paragraphs(row.filled()[0]) if not paragraph.empty]
        block = row_block(tuple(cells), row.header, 0)
        rows.blocks.append(replace(block, struck=all(paragraph.struck for paragraph in shown)))


def is_layout(rows: Sequence[Row]) -> bool:
    """Whether a table only places things on the page: a box with text, two languages side by side, tables in it."""
    if all(len(row.cells) == 1 for row in rows):
        return any(len(list(paragraphs(cell))) > 1 for row in rows for cell in row.filled())
    elements = [element for row in rows for cell in row.cells for element in cell]
    inner = sum(_letters([element]) for element in elements if isinstance(element, Table))
    if inner > _letters(elements) / 2:
        return True
    if any(len(row.cells) != 2 for row in rows):
        return False
    sides = (" ".join(_text(row.cells[side]) for row in rows) for side in (0, 1))
    return two_languages(*sides)


def _letters(elements: list[Element]) -> int:
    return sum(len(line) for paragraph in paragraphs(elements) for line in paragraph.lines)


def _text(elements: list[Element]) -> str:
    return " ".join(line for paragraph in paragraphs(elements) for line in printed(paragraph))


def _reads_as_text(cell: list[Element]) -> bool:
    """Whether the only cell of a row holds several paragraphs, one of them a heading or a list item."""
    shown = [element for element in cell if isinstance(element, Table) or not element.empty]
    return len(shown) > 1 and any(isinstance(e, Table) or e.role in (Role.HEADING, Role.ITEM) for e in shown)


def _cell_lines(cell: list[Element]) -> list[str]:
    """The lines of a cell; a row of a table in it is one line."""
    lines: list[str] = []
    for element in cell:
        if isinstance(element, Paragraph):
            lines += printed(element)
        else:
            lines += [" ".join(filter(None, map(_text, row.cells))) for row in element.rows if row.filled()]
    return lines


def _typed(line: str) -> str:
    """A line without white space around it; before a typed marker it stays, since it tells the depth."""
    bare = line.strip()
    return line.rstrip() if MARKER.match(bare) else bare


def _joined(spans: Sequence[CharSpan], texts: Sequence[str]) -> list[tuple[CharSpan, ...]]:
    """The lines of a list item, parted where one is a line of its own, as in a list typed with hard breaks."""
    groups: list[list[CharSpan]] = []
    before: Line | None = None
    for span, text in zip(spans, texts, strict=True):
        line = read_line(text, CharSpan(0, len(text)))
        if before is not None and not MARKER.match(text) and _TYPED.joins(before.body, before, line, deeper=False):
            groups[-1].append(span)
        else:
            groups.append([span])
        before = line
    return [tuple(group) for group in groups]


def _read(text: str, run: _Run, tables: Tables) -> list[Block]:
    """The blocks of lines of plain text, with what is bold or struck out as such; a bold line is no key with value."""
    end = 0
    lines: list[Line] = []
    for span in run.lines:
        if span is None:
            lines.append(Line(CharSpan(end, end), 0, ""))
        else:
            lines.append(read_line(text, span))
            end = span.end
    return [_as_set(block, run) for block in split_run(text, lines, tables)]


def _as_set(block: Block, run: _Run) -> Block:
    """A block with what is said of its letters."""
    strong = block.kind not in (BlockKind.TABLE_ROW, BlockKind.RULE) and _within(block.span, run.strong)
    if strong:
        kind = BlockKind.PARAGRAPH if block.kind is BlockKind.KEY_VALUE else block.kind
        block = replace(block, kind=kind, key=None, value=None)
    return replace(block, strong=block.strong or strong, struck=block.struck or _within(block.span, run.struck))


def _within(span: CharSpan, marked: Sequence[CharSpan]) -> bool:
    """Whether a span lies in one of others, which are in order and apart."""
    place = bisect.bisect_right(marked, span.start, key=lambda whole: whole.start) - 1
    return place >= 0 and marked[place].contains(span)
