"""Tables in plain text: Markdown pipe tables, Pandoc and reStructuredText grid tables."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from minutes_nlp.reading.document import Block, BlockKind, Cell
from minutes_nlp.reading.marks import Line
from minutes_nlp.spans import CharSpan, cover

_GRID_RULE = re.compile(r"\+(?:[-=:]+\+)+\s*$")
_PIPE_DELIMITER = re.compile(r"\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$|\|[-: |]+\|?[ \t]*$")
_PIPE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class TableBlocks:
    """The rows of a table (none if it is empty), and how many lines it took."""

    blocks: list[Block]
    used: int


def grid_table(text: str, lines: Sequence[Line], first: int, number: int) -> TableBlocks | None:
    """The grid table that starts at `lines[first]`, or `None` if there is none."""
    if not _GRID_RULE.match(lines[first].body):
        return None
    last = first
    while last + 1 < len(lines) and lines[last + 1].body.startswith(("+", "|")):
        last += 1
    rules = [i for i in range(first, last + 1) if _GRID_RULE.match(lines[i].body)]
    blocks = []
    for top, bottom in itertools.pairwise([*rules, last + 1]):
        closed = bottom <= last
        header = closed and "=" in lines[bottom].body and "=" not in lines[top].body
        rows = [_pipe_pieces(text, line) for line in lines[top + 1 : bottom]]
        width = max((len(row) for row in rows), default=0)
        cells = tuple(
            Cell(tuple(row[column] for row in rows if column < len(row) and row[column].length))
            for column in range(width)
        )
        if any(cell.lines for cell in cells):
            blocks.append(row_block(cells, header, number, lines[first].indent))
    return TableBlocks(blocks, last - first + 1)


def pipe_table(text: str, lines: Sequence[Line], first: int, number: int) -> TableBlocks | None:
    """The Markdown table whose first line is `lines[first]`: at least two lines with pipes, or `None`."""
    if "|" not in lines[first].body:
        return None
    closed = lines[first].body.startswith("|")
    delimiter = next((i for i, line in enumerate(lines[first : first + 2]) if _PIPE_DELIMITER.match(line.body)), None)
    if delimiter is None and not closed:
        return None
    last = first
    while last < len(lines) and _PIPE.search(lines[last].body) and (delimiter is not None or _opens(lines[last])):
        last += 1
    body = lines[first:last]
    if len(body) < 2:
        return None
    blocks = []
    for index, line in enumerate(body):
        if _PIPE_DELIMITER.match(line.body):
            continue
        cells = tuple(Cell((piece,) if piece.length else ()) for piece in _pipe_pieces(text, line))
        if any(cell.lines for cell in cells):
            blocks.append(row_block(cells, delimiter == 1 and index == 0, number))
    return TableBlocks(blocks, len(body))


def _opens(line: Line) -> bool:
    return line.body.startswith("|")


def _pipe_pieces(text: str, line: Line) -> list[CharSpan]:
    """The trimmed pieces between the pipes of a line; outer pipes don't count."""
    bars = [line.start + m.start() for m in _PIPE.finditer(line.body)]
    edges = [line.start - 1, *bars, line.span.end]
    pieces = [CharSpan(a + 1, b).trim(text) for a, b in itertools.pairwise(edges)]
    if bars and bars[0] == line.start:
        pieces = pieces[1:]
    if bars and not text[bars[-1] + 1 : line.span.end].strip():
        pieces = pieces[:-1]
    return pieces


def row_block(cells: tuple[Cell, ...], header: bool, number: int, indent: int = 0) -> Block:
    """The block of a row; at least one of its cells holds something."""
    spans = tuple(line for cell in cells for line in cell.lines)
    return Block(BlockKind.TABLE_ROW, cover(spans), spans, indent=indent, cells=cells, header=header, table=number)
