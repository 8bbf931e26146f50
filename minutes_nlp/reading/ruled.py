"""Tables whose columns dashes draw: Pandoc's simple and multiline tables, the simple ones of reStructuredText."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from minutes_nlp.reading.document import Cell
from minutes_nlp.reading.marks import Line
from minutes_nlp.reading.tables import TableBlocks, row_block
from minutes_nlp.spans import CharSpan

_COLUMNS = re.compile(r"(?:-{2,}(?:[ ]+-{2,})+|={2,}(?:[ ]+={2,})+)[ \t]*$")
_WHOLE = re.compile(r"-{6,}[ \t]*$")
_SIGNS = "-="
_LONGEST_HEADER = 8  # lines between a whole rule and the rule that draws the columns
_LONGEST_TABLE = 2000


def ruled_table(text: str, lines: Sequence[Line], first: int, number: int) -> TableBlocks | None:
    """The table that starts at `lines[first]`, or `None` if there is none.

    The columns reach from each run of dashes to the next. With blank lines between the rows a row may run over several
    lines; otherwise each line is a row, unless its first cell is empty (which carries the row above on).
    """
    ahead = lines[first + 1].body[:1] if first + 1 < len(lines) else ""
    drawn = _drawn(lines, first) if lines[first].body[:1] in _SIGNS or (ahead and ahead in _SIGNS) else None
    if drawn is None:
        return None
    head, rule, last = drawn
    columns = [lines[rule].indent + m.start() for m in re.finditer(r"[-=]+", lines[rule].body)]
    header = [line for line in lines[head:rule] if not _is_rule(line)]
    body = list(itertools.dropwhile(lambda line: line.blank, lines[rule + 1 : last]))
    inner = next((i for i, line in enumerate(body) if _is_rule(line)), None)
    if not header and inner is not None:  # reStructuredText: the header stands between two rules
        header, body = body[:inner], body[inner + 1 :]
    rows = [(group, False) for group in _groups(body, columns, equals=lines[rule].body.startswith("="))]
    if any(not line.blank for line in header):
        rows.insert(0, ([line for line in header if not line.blank], True))
    blocks = []
    for group, is_header in rows:
        cells = cells_of(text, group, columns)
        if any(cell.lines for cell in cells):
            blocks.append(row_block(cells, is_header, number, lines[first].indent))
    closing = last < len(lines) and _is_rule(lines[last])
    return TableBlocks(blocks, last - first + int(closing)) if blocks else None


def _is_rule(line: Line) -> bool:
    return bool(_COLUMNS.match(line.body) or _WHOLE.match(line.body))


def _drawn(lines: Sequence[Line], first: int) -> tuple[int, int, int] | None:
    """Where the header starts, the line that draws the columns, and the line that closes the table."""
    opening = lines[first].body
    if _COLUMNS.match(opening):
        rule, head = first, first
    elif _WHOLE.match(opening) or (first + 1 < len(lines) and _COLUMNS.match(lines[first + 1].body)):
        reach = range(first + 1, min(first + _LONGEST_HEADER, len(lines)))
        found = next((i for i in reach if _COLUMNS.match(lines[i].body)), None)
        if found is None or any(lines[i].blank for i in range(first + 1, found)):
            return None
        rule, head = found, first
    else:
        return None
    if lines[rule].body.startswith("="):
        return _with_close(head, rule, _equals_close(lines, rule, headed=head < rule))
    if _WHOLE.match(opening) or head == rule:
        return _with_close(head, rule, next(_rules_after(lines, rule), None))
    blank = (i for i in range(rule + 1, len(lines)) if lines[i].blank)
    return head, rule, next(blank, len(lines))


def _with_close(head: int, rule: int, close: int | None) -> tuple[int, int, int] | None:
    return (head, rule, close) if close is not None else None


def _rules_after(lines: Sequence[Line], rule: int) -> Iterator[int]:
    return (i for i in range(rule + 1, min(len(lines), rule + _LONGEST_TABLE)) if _is_rule(lines[i]))


def _equals_close(lines: Sequence[Line], rule: int, *, headed: bool) -> int | None:
    """The rule that ends a reStructuredText table: the one with a blank line or nothing after it."""
    for i in _rules_after(lines, rule):
        if lines[i].body.startswith("=") and (headed or i + 1 >= len(lines) or lines[i + 1].blank):
            return i
    return None


def _groups(body: Sequence[Line], columns: Sequence[int], *, equals: bool) -> list[list[Line]]:
    """The lines of each row; `equals` signs rule tables in which blank lines mean nothing."""
    parts = [list(g) for blank, g in itertools.groupby(body, key=lambda line: line.blank) if not blank]
    parts = [[line for line in part if not _is_rule(line)] for part in parts]
    if len(parts) > 1 and not equals:
        return [part for part in parts if part]
    rows: list[list[Line]] = []
    for line in itertools.chain.from_iterable(parts):
        second = columns[1] if len(columns) > 1 else 0
        if rows and line.indent >= second:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def cells_of(text: str, lines: Sequence[Line], columns: Sequence[int]) -> tuple[Cell, ...]:
    """The cells of a row printed on `lines`, cut where the columns start; a word belongs where it starts."""
    cells: list[list[CharSpan]] = [[] for _ in columns]
    for line in lines:
        edges = [line.start]
        for column in columns[1:]:
            place = max(0, min(len(line.body), column - line.indent))
            while 0 < place < len(line.body) and not line.body[place - 1].isspace() and not line.body[place].isspace():
                place += 1
            edges.append(max(edges[-1], line.start + place))
        for cell, (start, end) in zip(cells, itertools.pairwise([*edges, line.span.end]), strict=True):
            piece = CharSpan(start, end).trim(text)
            if piece.length:
                cell.append(piece)
    return tuple(Cell(tuple(cell)) for cell in cells)
