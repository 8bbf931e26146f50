"""The printed lines of a document with the columns they are set in, and the facts that are printed as key and value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from minutes_nlp.extraction.meeting_words import MeetingWords, folded, meeting_words
from minutes_nlp.language import NormalisedText
from minutes_nlp.reading import BlockKind
from minutes_nlp.spans import CharSpan

_COLUMN_GAP = re.compile(r"\s{3,}|\t+")
_COMMENT = re.compile(r"<!--+\s*(?P<text>.*?)\s*--+>")
_SHORT = 8  # words of a value below its key
_COMMENT_SIGN = re.compile(r"<!--+[^<>]{0,8}--+>")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as printed, or a row of a table.

    Attributes:
        span: in the normalised text.
        block: index of the block it belongs to; several lines may share one.
        kind: the form of that block.
        columns: what is set apart by wide gaps, tabs or cell borders; a single one for most lines.
        language: of the block.
        front: whether it is an entry of the front matter (its columns are key and value) or a comment in the markup.
        strong: whether it is a marked heading or wholly bold.
        level: of a marked heading, otherwise 0.
        marker: of a list item or heading, as printed.
    """

    span: CharSpan
    block: int
    kind: BlockKind
    columns: tuple[CharSpan, ...]
    language: str
    front: bool = False
    strong: bool = False
    level: int = 0
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that stands under a key: what kinds of fact it may hold, where it stands, and in which line."""

    names: tuple[str, ...]
    value: CharSpan
    line: int
    front: bool


def printed_lines(normalised: NormalisedText) -> list[PrintedLine]:
    """All lines of the document in order."""
    return [line for index in range(len(normalised.blocks)) for line in _lines_of(normalised, index)]


def _lines_of(normalised: NormalisedText, index: int) -> Iterator[PrintedLine]:
    block, text = normalised.blocks[index], normalised.text
    strong = block.kind is BlockKind.HEADING or block.block.strong
    level = block.block.level if block.kind is BlockKind.HEADING else 0

    def line(span: CharSpan, columns: tuple[CharSpan, ...], *, front: bool = False) -> PrintedLine:
        return PrintedLine(span, index, block.kind, columns, block.language, front, strong, level, block.block.marker)

    if block.cells:
        yield line(block.span, tuple(cell for cell in block.cells if cell.length))
    elif block.key and block.value and ":" not in text[block.key.end : block.value.start]:
        yield line(block.span, (block.key, without_comment_signs(text, block.value)), front=True)
    else:
        pieces = [normalised.offsets.from_source(piece, block.span) for piece in block.block.lines]
        for piece in (p.trim(text) for p in pieces if p):
            comment = _COMMENT.fullmatch(piece.text(text))
            if comment:
                inner = CharSpan(*comment.span("text")).shift(piece.start)
                key, colon, _ = inner.text(text).partition(":")
                if colon:
                    value = CharSpan(inner.start + len(key) + 1, inner.end).trim(text)
                    yield line(inner, (CharSpan(inner.start, inner.start + len(key)), value), front=True)
            elif piece.length:
                yield line(piece, tuple(columns(text, piece)))


def without_comment_signs(text: str, span: CharSpan) -> CharSpan:
    """The span without the signs of markup comments and quotes at its ends."""
    start, end = span
    while found := _COMMENT_SIGN.match(text, start, end):
        start = found.end()
    while (tail := list(_COMMENT_SIGN.finditer(text, start, end))) and tail[-1].end() == end:
        end = tail[-1].start()
    return CharSpan(start, end).trim(text).trim(text, "\"'`")


def _is_list(text: str, lines: Sequence[PrintedLine], number: int, place: int) -> bool:
    """Whether two rows or more with numbers stand below a column's head: a list of dates, not one fact."""
    under = [line for line in lines[number + 1 : number + 3] if len(line.columns) > max(place, 1)]
    return len(under) == 2 and all(any(map(str.isdigit, line.columns[place].text(text))) for line in under)


def columns(text: str, span: CharSpan) -> Iterator[CharSpan]:
    """The pieces of a line between wide gaps; none is empty."""
    start = span.start
    for gap in _COLUMN_GAP.finditer(text, span.start, span.end):
        if gap.start() > start:
            yield CharSpan(start, gap.start())
        start = gap.end()
    if start < span.end:
        yield CharSpan(start, span.end)


def facts(text: str, lines: Sequence[PrintedLine], words: MeetingWords | None = None) -> list[Fact]:
    """Values under a known key, in order: `Datum: …`, a row with the key in its first cell, a key above its value."""
    known = words or meeting_words()
    found: list[Fact] = []
    for number, line in enumerate(lines):
        if line.front:
            names = known.fact_of(line.columns[0].text(text))
            found += [Fact(names, line.columns[1], number, front=True)] if names else []
            continue
        has_colon = len(line.columns) == 1 and known.key.match(line.span.text(text)) is not None
        found += (_pairs if has_colon else _in_columns)(text, lines, number, known)
    return found


def _pairs(text: str, lines: Sequence[PrintedLine], number: int, words: MeetingWords) -> list[Fact]:
    """`Key: value`, several of them where a line holds several; an empty value stands on the next line."""
    line = lines[number]
    if len(line.columns) > 1 and line.kind is BlockKind.TABLE_ROW:
        return []
    matches = list(words.key.finditer(line.span.text(text)))
    if not matches or matches[0].start() > 0:
        return []
    ends = [match.start() for match in matches[1:]] + [line.span.length]
    found = []
    for match, end in zip(matches, ends, strict=True):
        value = CharSpan(match.end(), end).shift(line.span.start).trim(text).trim(text, " -–|;,*_")
        if not value.length and number + 1 < len(lines):
            value = _below(text, lines, number, words)
        names = words.fact_of(match["key"])
        if names and value.length:
            found.append(Fact(names, value, number, front=False))
    return found


def _below(text: str, lines: Sequence[PrintedLine], number: int, words: MeetingWords) -> CharSpan:
    """The line below a key without a value if it may be the value, else an empty span."""
    line, below = lines[number], lines[number + 1]
    inner = below.columns[0].text(text)
    heads_part = folded(inner).strip(" .:") in words.no_title or inner.rstrip().endswith((":", "."))
    if (
        below.level
        or below.marker
        or below.front
        or heads_part
        or (below.block != line.block and len(inner.split()) > 8)
    ):
        return CharSpan(line.span.end, line.span.end)
    return below.columns[0]


def head_length(text: str, lines: Sequence[PrintedLine], words: MeetingWords | None = None) -> int:
    """How many lines stand above the first list item, numbered heading or part of the minutes with its own heading."""
    known = words or meeting_words()
    for number, line in enumerate(lines):
        first, colon, _ = line.span.text(text).partition(":")
        flat = folded(first).strip(" .*_#")
        if not line.front and (line.marker or flat in known.no_title or (colon and flat in known.people)):
            return number
    return len(lines)


def report_begin(lines: Sequence[PrintedLine]) -> int:
    """The first numbered line with text below it; what stands under a key further down is said of something else."""
    for number, (line, below) in enumerate(pairwise(lines)):
        if line.marker[:1].isalnum() and not line.front and not below.marker[:1].isalnum():
            return number
    return len(lines)


def _in_columns(text: str, lines: Sequence[PrintedLine], number: int, words: MeetingWords) -> list[Fact]:
    """A key in one column: its value beside it, below it, or after it without a colon."""
    line = lines[number]
    below = lines[number + 1] if number + 1 < len(lines) else None
    found = []
    for place, column in enumerate(line.columns):
        names = words.fact_of(column.text(text))
        if not names:
            continue
        if place + 1 < len(line.columns):
            found.append(Fact(names, line.columns[place + 1], number, front=False))
        alone = len(line.columns) == 1
        if alone and (line.level or line.marker or (below and len(below.span.text(text).split()) > _SHORT)):
            continue
        if _is_list(text, lines, number, place):
            continue
        if below and place < len(below.columns) and not words.fact_of(below.columns[place].text(text)):
            found.append(Fact(names, below.columns[place], number, front=False))
    first = re.match(r"[^\W\d_]+(?=\s+\S)", line.columns[0].text(text)) if line.columns else None
    if first and not found and words.fact_of(first[0]) in {("date",), ("meeting_date",)}:
        value = CharSpan(line.columns[0].start + first.end(), line.columns[0].end).trim(text)
        if re.match(r"(?:[^\W\d_]+\s+)?\d", value.text(text)) and value.length < 40:
            found.append(Fact(words.fact_of(first[0]), value, number, front=False))
    return found
