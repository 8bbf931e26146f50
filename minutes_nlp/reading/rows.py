"""From pieces in columns to the rows of a table: which lines make one row, and which column a mark stands under."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes_nlp.reading.columns import Piece, Region, column_of
from minutes_nlp.reading.document import Cell
from minutes_nlp.spans import CharSpan

Cells = list[list[CharSpan]]
_MARK = 2  # characters of a sign in a column of marks
_NEAR = 4  # columns between a header and marks that stand beside, not under it
_WRAPPED = 25  # columns from which a first cell may be wrapped text beside another
_WIDE = 40  # columns from which a cell is wrapped text rather than a list of names
_ENDS = re.compile(r"[.!?:;)\]][\"'”’»)\]]*$")
_LOW = re.compile(r"[a-zß-ÿœ(&/+,;]")
_QUOTES = "\"'“‘«„"
_HANGING = re.compile(r"(?:[^\W\d_]-|[,/&]|\s[a-zà-ÿ]{1,3})$")


def table_rows(text: str, region: Region) -> list[tuple[Cell, ...]]:
    """The rows of a region, each with a cell for every column; a cell that runs over several lines stays one."""
    columns = _with_marks(text, region)
    widths = [0] * len(columns)
    placed = [_place(text, row, columns, header=index == 0) for index, row in enumerate(region.rows)]
    for cells in placed:
        for index, cell in enumerate(cells):
            if cell:
                widths[index] = max(widths[index], *(span.length for span in cell))
    rows: list[Cells] = []
    after_blank = True
    for cells in placed:
        if not any(cells):
            after_blank = True
            continue
        if rows and not after_blank and _carries_on(text, rows[-1], cells, widths):
            for cell, more in zip(rows[-1], cells, strict=True):
                cell.extend(more)
        else:
            rows.append([list(cell) for cell in cells])
        after_blank = False
    return [tuple(Cell(tuple(cell)) for cell in row) for row in rows]


def has_marks(text: str, region: Region) -> bool:
    """Whether a column but the first holds nothing but marks (`x`) below its first line, which is a header then."""
    below = _below(region)[1:]
    return any(column and all(_is_mark(text, piece) for piece in column) for column in below)


def _below(region: Region) -> list[list[Piece]]:
    """The pieces of each column from the second line on."""
    below: list[list[Piece]] = [[] for _ in region.columns]
    for row in region.rows[1:]:
        for piece in row:
            below[column_of(piece, region.columns)].append(piece)
    return below


def _is_mark(text: str, piece: Piece) -> bool:
    sign = piece.span.text(text)
    return len(sign) <= _MARK and not sign.isdigit()


def _with_marks(text: str, region: Region) -> list[tuple[int, int]]:
    """The columns, those of marks parted or joined so that each has its own word of the header.

    A header may be printed so tight (`Present Excused`) that its columns seem one, or so that marks stand beside it.
    """
    columns: list[tuple[int, int]] = []
    for column, pieces in zip(region.columns, _below(region), strict=True):
        head = [piece for piece in region.rows[0] if column_of(piece, region.columns) == len(columns)]
        marks = bool(pieces) and all(_is_mark(text, piece) for piece in pieces)
        clusters = _clusters(pieces) if marks else []
        words = [m for piece in head for m in re.finditer(r"\S+", piece.span.text(text))]
        if len(head) == 1 and len(clusters) > 1 and len(words) == len(clusters):
            begin = head[0].left
            edges = [
                (min(begin + w.start(), c[0]), max(begin + w.end(), c[1])) for w, c in zip(words, clusters, strict=True)
            ]
            columns += edges
        else:
            columns.append(column)
    return _joined(text, region, columns)


def _clusters(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Where marks stand: runs of columns parted by at least two empty ones."""
    found: list[tuple[int, int]] = []
    for piece in sorted(pieces):
        if found and piece.left - found[-1][1] < 2:
            found[-1] = (found[-1][0], max(found[-1][1], piece.right))
        else:
            found.append((piece.left, piece.right))
    return found


def _joined(text: str, region: Region, columns: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Columns with a header alone are joined with the marks beside them that have none."""
    heads = {column_of(piece, columns) for piece in region.rows[0]}
    below: dict[int, list[Piece]] = {}
    for row in region.rows[1:]:
        for piece in row:
            below.setdefault(column_of(piece, columns), []).append(piece)
    joined: list[tuple[int, int]] = []
    alone = False  # whether the last column is a header with nothing below
    for index, column in enumerate(columns):
        marks = index in below and all(_is_mark(text, piece) for piece in below[index])
        if alone and marks and index not in heads and column[0] - joined[-1][1] <= _NEAR:
            joined[-1] = (joined[-1][0], column[1])
            alone = False
            continue
        joined.append(column)
        alone = index in heads and index not in below
    return joined


def _place(text: str, row: Sequence[Piece], columns: Sequence[tuple[int, int]], *, header: bool) -> Cells:
    """The pieces of a line in their columns; a header that covers several columns is parted at its spaces."""
    cells: Cells = [[] for _ in columns]
    for piece in row:
        over = [i for i, (left, right) in enumerate(columns) if left < piece.right and piece.left < right]
        if not header or len(over) < 2:
            cells[column_of(piece, columns)].append(piece.span)
            continue
        for word in re.finditer(r"\S+", piece.span.text(text)):
            part = Piece(piece.left + word.start(), piece.left + word.end(), piece.span)
            span = CharSpan(piece.span.start + word.start(), piece.span.start + word.end())
            cell = cells[column_of(part, columns)]
            if cell and cell[-1].end > piece.span.start:
                cell[-1] = CharSpan(cell[-1].start, span.end)
            else:
                cell.append(span)
    return cells


def _carries_on(text: str, above: Cells, cells: Cells, widths: Sequence[int]) -> bool:
    """Whether a line without blank line before it goes on with the cells of the row above.

    It does if one of its cells plainly goes on with the one above. A line that fills the first column together with
    another starts a row, unless all of its cells go on and are wide enough for wrapped text.
    """
    filled = [index for index, cell in enumerate(cells) if cell]
    if any(not above[index] for index in filled):
        return False
    goes_on = (_goes_on(above[index][-1].text(text), cells[index][0].text(text), widths[index]) for index in filled)
    if cells[0] and len(filled) > 1:
        return min(widths[index] for index in filled) >= _WRAPPED and all(goes_on)
    return any(goes_on)


def _goes_on(last: str, now: str, width: int) -> bool:
    """Whether a line of a cell goes on with the line above: by its first sign, by a break, or since that was full."""
    if _HANGING.search(last) or _LOW.match(now) or (now[0] in _QUOTES and not _ENDS.search(last)):
        return True
    needed = len(last) + 1 + len(now.split(maxsplit=1)[0])
    return width >= _WIDE and needed > width and not _ENDS.search(last)
