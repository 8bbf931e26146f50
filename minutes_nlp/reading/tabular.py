"""Everything that is printed in columns: tables drawn or aligned, and columns that are read one after the other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from minutes_nlp.reading.columns import Region, find_columns
from minutes_nlp.reading.document import Block, BlockKind, Cell
from minutes_nlp.reading.marks import KEY_VALUE, MARKER, Line, read_line
from minutes_nlp.reading.rows import has_marks, table_rows
from minutes_nlp.reading.ruled import ruled_table
from minutes_nlp.reading.sides import is_label, lists_side_by_side, two_languages
from minutes_nlp.reading.tables import TableBlocks, grid_table, pipe_table, row_block
from minutes_nlp.spans import CharSpan, cover

_SEPARATORS = (",", ";", ".", "-", "&", "/")
_SAME_EDGE = 3  # columns by which a table may shift on the next page


class Part(NamedTuple):
    """Lines of one column to be read by themselves; `width` of the column if its text is wrapped, else `None`."""

    lines: tuple[Line, ...]
    width: int | None


@dataclass(frozen=True, slots=True)
class Columns:
    """What lines in columns are: the rows of a table, or parts to be read one after the other; and how many lines."""

    used: int
    rows: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass
class Tables:
    """Finds the tables of a text and numbers them."""

    count: int = 0
    _last: Region | None = None
    _known: dict[CharSpan, Region | None] = field(default_factory=dict)  # by the first line

    def drawn(self, text: str, lines: Sequence[Line], first: int) -> Columns | None:
        """The table with borders or rules that starts at `lines[first]`, or `None`."""
        for reader in (grid_table, pipe_table, ruled_table):
            found: TableBlocks | None = reader(text, lines, first, self.count + 1)
            if found is not None:
                return self._table(text, found.blocks, found.used)
        return None

    def aligned(self, text: str, lines: Sequence[Line], first: int, breaks: frozenset[int]) -> Columns | None:
        """The columns aligned by white space or tabs that start at `lines[first]`, or `None`."""
        tabbed = tab_table(text, lines, first, self.count + 1)
        if tabbed is not None:
            return self._table(text, tabbed.blocks, tabbed.used)
        region = self._region(lines, first, breaks)
        if region is None:
            return None
        rows = table_rows(text, region)
        if parts := _side_by_side(text, rows):
            return Columns(region.used, (), parts)
        if pairs := key_values(text, rows, lines[first].indent):
            return Columns(region.used, pairs)
        same = first in breaks and self._last is not None and _same_columns(self._last, region)
        if not same:
            self.count += 1
        self._last = region
        header = has_marks(text, region)
        indent = lines[first].indent
        blocks = [
            row_block(row, header and n == 0, self.count, indent) for n, row in enumerate(_pair_by_pair(text, rows))
        ]
        return Columns(region.used, tuple(blocks))

    def starts(self, lines: Sequence[Line], first: int, breaks: frozenset[int]) -> bool:
        """Whether columns aligned by white space start at `lines[first]`."""
        return self._region(lines, first, breaks) is not None

    def _region(self, lines: Sequence[Line], first: int, breaks: frozenset[int]) -> Region | None:
        line = lines[first].span
        if line not in self._known:
            self._known[line] = find_columns(lines, first, breaks)
        return self._known[line]

    def _table(self, text: str, blocks: Sequence[Block], used: int) -> Columns:
        if parts := _bilingual(text, [block.cells for block in blocks]):
            return Columns(used, (), parts)
        self.count += 1
        return Columns(used, tuple(blocks))


def tab_table(text: str, lines: Sequence[Line], first: int, number: int) -> TableBlocks | None:
    """Lines whose cells tabs part, two at least, from `lines[first]` on; or `None`."""
    last = first
    while last < len(lines) and _is_tabbed(lines[last]):
        last += 1
    body = lines[first:last]
    if len(body) < 2:
        return None
    single = [_fields(text, line, merge=False) for line in body]
    rows = single if len({len(row) for row in single}) == 1 else [_fields(text, line, merge=True) for line in body]
    if sum(sum(span.length > 0 for span in row) > 1 for row in rows) < 2:
        return None
    width = max(map(len, rows))
    blocks = []
    for line, row in zip(body, rows, strict=True):
        cells = [Cell((span,) if span.length else ()) for span in row]
        blocks.append(row_block((*cells, *[Cell()] * (width - len(cells))), False, number, line.indent))
    return TableBlocks(blocks, len(body))


def _is_tabbed(line: Line) -> bool:
    return "\t" in line.body and not KEY_VALUE.match(line.body) and not MARKER.match(line.body)


def _fields(text: str, line: Line, *, merge: bool) -> list[CharSpan]:
    """The cells between the tabs of a line, trimmed; several tabs in a row count as one where `merge`."""
    bars = [line.start + i for i, sign in enumerate(line.body.rstrip()) if sign == "\t"]
    edges = [line.start - 1, *bars, line.span.end]
    found = [CharSpan(a + 1, b).trim(text) for a, b in itertools.pairwise(edges)]
    return [span for span in found if span.length] if merge else found


def _same_columns(before: Region, region: Region) -> bool:
    """Whether a table has the columns of the one before, so that it carries that on."""
    pairs = zip(before.columns, region.columns, strict=False)
    return len(before.columns) == len(region.columns) and all(abs(a[0] - b[0]) <= _SAME_EDGE for a, b in pairs)


def key_values(text: str, rows: Sequence[tuple[Cell, ...]], indent: int) -> tuple[Block, ...]:
    """The key–value blocks of two columns whose first holds keys with a colon; empty if they are not that.

    The lines of a value must run on; names below each other without a separator are better kept apart, as rows.
    """
    if any(len(row) != 2 for row in rows) or not rows[0][0].lines:
        return ()
    entries: list[tuple[CharSpan, list[CharSpan]]] = []
    for head, body in rows:
        if head.lines:
            if len(head.lines) > 1 or not head.text(text).endswith(":"):
                return ()
            entries.append((head.lines[0], list(body.lines)))
        elif not _runs_on(entries[-1][1][-1:], body, text):
            return ()
        else:
            entries[-1][1].extend(body.lines)
    return tuple(_key_value(text, key, lines, indent) for key, lines in entries)


def _runs_on(last: Sequence[CharSpan], body: Cell, text: str) -> bool:
    """Whether a value goes on with the lines of another cell: a separator stands between them."""
    return not last or last[0].text(text).endswith(_SEPARATORS) or body.text(text)[:1].islower()


def _key_value(text: str, key: CharSpan, value: Sequence[CharSpan], indent: int) -> Block:
    name = CharSpan(key.start, key.end - 1).trim(text)
    printed = (CharSpan(key.start, value[0].end), *value[1:]) if value else (key,)
    content = cover(value) if value else None
    return Block(BlockKind.KEY_VALUE, cover(printed), printed, indent=indent, key=name, value=content)


def _pair_by_pair(text: str, rows: list[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """Rows of labels and values side by side (`Datum | 3 mei | Aanwezig | Noor`), pair of columns after pair."""
    width = len(rows[0])
    if width < 4 or width % 2 or not all(is_label(cell.text(text)) for cell in rows[0][::2]):
        return rows
    pairs = [row[index : index + 2] for index in range(0, width, 2) for row in rows]
    return [pair for pair in pairs if any(cell.lines for cell in pair)]


def _side_by_side(text: str, rows: Sequence[tuple[Cell, ...]]) -> tuple[Part, ...]:
    """The parts of columns to be read one after the other; empty if it is a table."""
    heads = [cell.text(text) for cell in rows[0]]
    below = [[cell.text(text) for cell in column if cell.lines] for column in zip(*rows[1:], strict=True)]
    if not lists_side_by_side(heads, below or [[] for _ in heads]):
        return _bilingual(text, rows)
    columns = [[span for row in rows for span in row[index].lines] for index in range(len(heads))]
    return tuple(Part(_lines(text, column), None) for column in columns if column)


def _bilingual(text: str, rows: Sequence[tuple[Cell, ...]]) -> tuple[Part, ...]:
    """The cells of two columns in different languages, row by row; empty if they are not that."""
    if not rows or any(len(row) != 2 for row in rows):
        return ()
    sides = [" ".join(row[side].text(text) for row in rows) for side in (0, 1)]
    if not two_languages(*sides):
        return ()
    widths = [max(line.length for row in rows for line in row[side].lines) for side in (0, 1)]
    return tuple(
        Part(_lines(text, cell.lines), width)
        for row in rows
        for cell, width in zip(row, widths, strict=True)
        if cell.lines
    )


def _lines(text: str, spans: Sequence[CharSpan]) -> tuple[Line, ...]:
    """The pieces of a column as lines, with a blank one where the column has one."""
    lines: list[Line] = []
    for index, span in enumerate(spans):
        if index and text.count("\n", spans[index - 1].end, span.start) > 1:
            lines.append(Line(CharSpan(span.start, span.start), 0, ""))
        lines.append(read_line(text, span))
    return tuple(lines)
