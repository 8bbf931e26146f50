"""The document as an attendance list shows it: printed lines, and the pieces that stand side by side in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minutes_nlp.extraction.attendance_names import Kind, kind_of
from minutes_nlp.extraction.attendance_words import read_cue
from minutes_nlp.language import NormalisedText, TextBlock
from minutes_nlp.reading import BlockKind
from minutes_nlp.spans import CharSpan

CELL_WIDTH = 10
_GAP = re.compile(r"\s{3,}|\t+")
_TICKED = re.compile(r"\[[xX]\]|☒|☑|✓|✔")
_UNTICKED = re.compile(r"\[ \]|☐|✗|✘")
_BOX = re.compile(r"\s*(?:☒|☑|☐|✓|✔|✗|✘|\[[ xX]\])\s*")
_ROUND_BULLET = re.compile(r"o\s?(?=[A-ZÀ-Þ])")  # a hollow bullet that was read as a letter
_DASH_BULLET = re.compile(r"[−–—-]$")
_NUMBERED_TITLE = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=[^\W\d_])")  # `2   Présences`, `2.1 Sur place`
_TITLE_WORDS = 6
_NAME_END = re.compile(r"[,(–:-]")
_LIST_WIDTH = 60  # a paragraph whose lines are all shorter is a list with one entry per line, not wrapped text


@dataclass(frozen=True, slots=True)
class Piece:
    """Text between two wide gaps of a line, or a table cell.

    `column` is where it begins, counted from the margin; of a cell its number times `CELL_WIDTH`. `lines` are the
    printed lines of a cell.
    """

    span: CharSpan
    column: int
    lines: tuple[CharSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line (or a wrapped paragraph, or a table row).

    Attributes:
        span: in the normalised text.
        pieces: what stands side by side, empty cells left out; one for ordinary text.
        block: index of its block.
        kind: of its block.
        depth: of a list item, its level; of a heading, its level; of other text, 0.
        indent: columns before it.
        table: number of the table that a row belongs to, else 0.
        header: whether it is marked as a header row.
        strong: whether it is set in bold.
        numbered: whether it is an item with a number.
        key, value: of an entry of the front matter.
        ticked: of an item with a check box, whether it is ticked; else `None`.
    """

    span: CharSpan
    pieces: tuple[Piece, ...]
    block: int
    kind: BlockKind
    depth: int = 0
    indent: int = 0
    table: int = 0
    header: bool = False
    strong: bool = False
    ticked: bool | None = None
    numbered: bool = False
    key: CharSpan | None = None
    value: CharSpan | None = None

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return self.kind is BlockKind.LIST_ITEM

    @property
    def is_heading(self) -> bool:
        """Whether it is marked as a heading."""
        return self.kind is BlockKind.HEADING


def shape_of(line: Line) -> tuple[object, ...]:
    """What the lines of one list have in common."""
    return (line.kind, line.depth, line.ticked is None, line.numbered)


def read_lines(normalised: NormalisedText) -> list[Line]:
    """All lines of the document in order."""
    return [line for index in range(len(normalised.blocks)) for line in _lines_of(normalised, index)]


def _lines_of(normalised: NormalisedText, index: int) -> Iterator[Line]:
    block = normalised.blocks[index]
    if block.cells:
        yield from _row(normalised, index)
        return
    for number, (span, indent, deeper) in enumerate(_groups(normalised, block)):
        marker = block.block.marker if number == 0 else ""
        ticked, content = _tick(normalised.text, span, marker)
        kind = BlockKind.LIST_ITEM if deeper else block.kind
        if number and kind is BlockKind.LIST_ITEM and not deeper and indent <= block.block.indent:
            kind = BlockKind.PARAGRAPH if read_cue(span.text(normalised.text)) else kind  # a label below the list
        title = _numbered_title(normalised.text, content) if kind is BlockKind.PARAGRAPH else None
        if title:
            yield Line(title[0], (Piece(title[0], indent),), index, BlockKind.HEADING, title[1], indent)
            continue
        pieces = tuple(_pieces(normalised.text, content, indent))
        yield Line(
            content,
            pieces,
            index,
            kind,
            block.block.level + deeper if kind is not BlockKind.PARAGRAPH else 0,
            indent + deeper,
            strong=block.block.strong,
            ticked=ticked,
            numbered=marker[:1].isdigit() or marker[:1].isalpha(),
            key=block.key if number == 0 else None,
            value=block.value if number == 0 else None,
        )


def _row(normalised: NormalisedText, index: int) -> Iterator[Line]:
    """The line of a table row; a row that is only a bullet and a list below it gives a line for each of its lines."""
    block = normalised.blocks[index]
    pieces = tuple(_cell(normalised, block, number) for number in range(len(block.cells)))
    filled = tuple(piece for piece in pieces if piece.span.length)
    if len(filled) == 2 and _DASH_BULLET.match(filled[0].span.text(normalised.text)):
        for number, span in enumerate(filled[1].lines):
            round_bullet = _ROUND_BULLET.match(span.text(normalised.text))
            content = CharSpan(span.start + (round_bullet.end() if round_bullet else 0), span.end)
            depth = 1 + (number > 0)
            yield Line(content, (Piece(content, depth),), index, BlockKind.LIST_ITEM, depth, depth)
        return
    yield Line(block.span, filled, index, block.kind, table=block.block.table, header=block.block.header)


def _groups(normalised: NormalisedText, block: TextBlock) -> Iterator[tuple[CharSpan, int, int]]:
    """The block in pieces that are read as lines: span, indentation, and 1 if it is an item below the block's own."""
    text = normalised.text
    printed = _printed(normalised, block)
    apart = _apart(text, printed)
    start: tuple[CharSpan, int] | None = None
    for number, (span, indent) in enumerate(printed):
        bullet = _ROUND_BULLET.match(span.text(text)) if number else None
        if bullet and block.kind is BlockKind.LIST_ITEM:
            if start:
                yield (*start, 0)
            start = None
            yield CharSpan(span.start + bullet.end(), span.end), indent, 1
        elif start is None:
            start = (span, indent)
        elif apart or _opens_label(text, span, keyed=block.key is not None):
            yield (*start, 0)
            start = (span, indent)
        else:
            start = (CharSpan(start[0].start, span.end), start[1])
    if start:
        yield (*start, 0)


def _opens_label(text: str, span: CharSpan, *, keyed: bool) -> bool:
    """Whether a printed line begins with a label of its own; below another label an unknown one will do."""
    colon = text.find(": ", span.start, span.end)
    label = text[span.start : colon].strip() if colon > span.start else ""
    if not label or not (label[0].isupper() or keyed):
        return False
    if read_cue(label) is not None:
        return True
    return keyed and label[0].isupper() and len(label.split()) <= 4 and "," not in label


def _cell(normalised: NormalisedText, block: TextBlock, number: int) -> Piece:
    span = block.cells[number]
    found = [normalised.offsets.from_source(line, span) for line in block.block.cells[number].lines]
    return Piece(span, number * CELL_WIDTH, tuple(line for line in found if line is not None and line.length))


def _printed(normalised: NormalisedText, block: TextBlock) -> list[tuple[CharSpan, int]]:
    """The block's printed lines in the normalised text, with the columns before each."""
    lines = block.block.lines
    found: list[tuple[CharSpan, int]] = []
    for number, line in enumerate(lines):
        span = normalised.offsets.from_source(line, block.span)
        if span is None or not span.length:
            continue
        indent = block.block.indent if not number else max(0, line.start - lines[number - 1].end - 1)
        found.append((span, indent))
    return found


def _apart(text: str, printed: Sequence[tuple[CharSpan, int]]) -> bool:
    """Whether the lines of a block are to be read one by one: columns, or a list without markers."""
    if len(printed) < 2:
        return False
    inner = [_GAP.search(span.text(text)) is not None for span, _ in printed]
    if sum(inner) * 2 >= len(printed):
        return True
    widths = [span.length + indent for span, indent in printed]
    if max(widths[:-1]) >= _LIST_WIDTH:
        return False
    ends = [span.text(text).rstrip() for span, _ in printed]
    starts_high = all(end[:1].isupper() or not end[:1].isalpha() for end in ends)
    return starts_high and all(end.count(",") <= 1 for end in ends)


def _pieces(text: str, span: CharSpan, indent: int) -> Iterator[Piece]:
    start = span.start
    for gap in _GAP.finditer(span.text(text)):
        if text[span.start : span.start + gap.start()].rstrip().endswith((",", ";")):
            continue  # a gap inside a list of names separates nothing
        yield Piece(CharSpan(start, span.start + gap.start()), indent + start - span.start)
        start = span.start + gap.end()
    yield Piece(CharSpan(start, span.end), indent + start - span.start)


def _numbered_title(text: str, span: CharSpan) -> tuple[CharSpan, int] | None:
    """The words of a title printed behind a bare number, and its level; `None` for names and whatever else."""
    words = span.text(text)
    number = _NUMBERED_TITLE.match(words)
    if number is None:
        return None
    title = words[number.end() :]
    if not title[0].isupper() or len(title.split()) > _TITLE_WORDS or _GAP.search(title) or title.endswith((".", ",")):
        return None
    if _may_be_name(title) or _may_be_name(_NAME_END.split(title)[0]):
        return None
    return CharSpan(span.start + number.end(), span.end), number[1].count(".") + 1


def _may_be_name(words: str) -> bool:
    kind = kind_of(words)
    return kind is Kind.PERSON or (kind is Kind.NAMELIKE and " " in words.strip())


def _tick(text: str, span: CharSpan, marker: str) -> tuple[bool | None, CharSpan]:
    """Whether a check box before the line is ticked, and the span without it."""
    box = _BOX.match(span.text(text))
    sign = box[0] if box else marker
    ticked = True if _TICKED.search(sign) else False if _UNTICKED.search(sign) else None
    return ticked, CharSpan(span.start + box.end(), span.end) if box else span
