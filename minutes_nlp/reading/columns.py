"""Columns that are drawn by white space alone, as `pdftotext -layout` and people with a space bar print them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from minutes_nlp.reading.marks import MARKER, Line, atx, is_rule
from minutes_nlp.reading.sides import is_label
from minutes_nlp.spans import CharSpan

_PIECE = re.compile(r"\S+(?:[ \xa0]\S+)*")
_NUMBER = re.compile(r"[*_]{0,3}(?:\d{1,3}|[ivxIVX]{1,5})(?:\.\d{1,3}){0,3}(?: ?[-–—.)/:°])?$")
_BORDER = ("|", "+-", "+=", "```", "~~~")
WIDEST = 400  # columns of a line that is looked at
_MOST_BLANK = 3  # blank lines inside a table
_MOST_LEFT = 3  # lines one after the other with the first column alone
_WIDE_GAP = 3
_BESIDE = 4  # columns by which a cell may stand beside its header
_ENOUGH = 4  # lines from which a gap of two columns is no accident


class Piece(NamedTuple):
    """Text between two wide gaps of a line: its columns (end exclusive), and its span."""

    left: int
    right: int
    span: CharSpan


@dataclass(frozen=True, slots=True)
class Region:
    """Lines printed in columns.

    Attributes:
        used: the number of lines, from the first.
        columns: left and right edge of each column (end exclusive).
        rows: the pieces of each line, one list for each line of the region; empty for a blank line.
    """

    used: int
    columns: tuple[tuple[int, int], ...]
    rows: tuple[tuple[Piece, ...], ...]


def pieces_of(line: Line) -> list[Piece]:
    """The pieces of a line between gaps of two columns or more; a bullet or number belongs to the text after it."""
    if not line.body or len(line.body) + line.indent > WIDEST:
        return []
    shift = line.indent
    found = [
        Piece(shift + m.start(), shift + m.end(), CharSpan(line.start + m.start(), line.start + m.end()))
        for m in _PIECE.finditer(line.body)
    ]
    if len(found) > 1 and _is_marker(line, found):
        found[:2] = [Piece(found[0].left, found[1].right, CharSpan(found[0].span.start, found[1].span.end))]
    return found


def _is_marker(line: Line, pieces: Sequence[Piece]) -> bool:
    """Whether the first piece is a bullet, or the number of an item that is alone on its line."""
    first = line.body[: pieces[0].right - pieces[0].left]
    marker = MARKER.match(line.body)
    if marker and marker["marker"] == first and not marker["number"]:
        return True
    return len(pieces) == 2 and bool(_NUMBER.match(first) or (marker and marker["marker"] == first))


def _mask(pieces: Sequence[Piece]) -> int:
    """The columns that pieces fill, as a bit mask."""
    filled = 0
    for piece in pieces:
        filled |= ((1 << (piece.right - piece.left)) - 1) << piece.left
    return filled


def _free(filled: int, left: int, right: int, width: int) -> bool:
    """Whether `width` columns side by side between two columns are not filled."""
    open_ = ~filled & (((1 << (right - left)) - 1) << left)
    for _ in range(width - 1):
        open_ &= open_ >> 1
    return open_ != 0


def _runs(filled: int, gap: int) -> list[tuple[int, int]]:
    """The filled columns of a mask, in runs that gaps of at least `gap` part."""
    bits = bin(filled)[:1:-1]
    return [m.span() for m in re.finditer(rf"1+(?:0{{1,{gap - 1}}}1+)*", bits)]


def find_columns(lines: Sequence[Line], first: int, breaks: frozenset[int]) -> Region | None:
    """The region in columns that starts at `lines[first]`, or `None` if the line starts none.

    Args:
        lines: of the whole text.
        first: index of the line that would start it.
        breaks: indices of the lines that begin a page; no region reaches across.
    """
    if "  " not in lines[first].body and "\t" not in lines[first].body:
        return None
    start = pieces_of(lines[first])
    if len(start) < 2 or _starts_other(lines[first]) or _bulleted(lines[first]):
        return None
    body, indent = lines[first].body, lines[first].indent
    listed = all(is_label(body[piece.left - indent : piece.right - indent]) for piece in start)
    rows = _Growth(start, listed=listed).collect(lines, first, breaks)
    several = [row for row in rows if len(row) > 1]
    filled = 0
    for row in rows:
        filled |= _mask(row)
    columns = _runs(filled, 2) if len(several) >= _ENOUGH else _supported(_runs(filled, 2), several)
    across = [row for row in rows if len({column_of(piece, columns) for piece in row}) > 1]
    if len(columns) < 2 or not across or (len(across) == 1 and not _alone(across[0], rows, columns)):
        return None
    return Region(len(rows), tuple(columns), tuple(map(tuple, rows)))


def _supported(runs: Sequence[tuple[int, int]], rows: Sequence[Sequence[Piece]]) -> list[tuple[int, int]]:
    """The runs as columns, joined where the gap between them is narrow on every line."""
    gaps = [(a.right, b.left) for row in rows for a, b in itertools.pairwise(row) if b.left - a.right >= _WIDE_GAP]
    columns = list(runs[:1])
    for run in runs[1:]:
        if any(left <= columns[-1][1] and run[0] <= right for left, right in gaps):
            columns.append(run)
        else:
            columns[-1] = (columns[-1][0], run[1])
    return columns


def _alone(row: Sequence[Piece], rows: Sequence[Sequence[Piece]], columns: Sequence[tuple[int, int]]) -> bool:
    """Whether a single line with several pieces is a table: three of them, or a second one that goes on below."""
    if len(row) > 2:
        return all(b.left - a.right >= _WIDE_GAP for a, b in itertools.pairwise(row))
    below = [piece for other in rows if other is not row for piece in other]
    return bool(below) and all(piece.left == row[1].left and column_of(piece, columns) > 0 for piece in below)


def column_of(piece: Piece, columns: Sequence[tuple[int, int]]) -> int:
    """The index of the column that holds most of a piece, or else stands nearest to it."""
    for index, (left, right) in enumerate(columns):
        if left <= piece.left and piece.right <= right:
            return index
    shared = [min(piece.right, right) - max(piece.left, left) for left, right in columns]
    return shared.index(max(shared))


def _starts_other(line: Line) -> bool:
    """Whether a line is a heading, a rule, or part of a table with borders."""
    sharp = atx(line.body)
    return line.body.startswith(_BORDER) or is_rule(line.body) or (sharp is not None and sharp.gap)


def _bulleted(line: Line) -> bool:
    """Whether a line is an item of a list by its bullet: gaps inside it make no table."""
    marker = MARKER.match(line.body)
    return marker is not None and not marker["number"]


class _Growth:
    """Adds line after line as long as the gaps of all lines stay open together."""

    def __init__(self, start: list[Piece], *, listed: bool = False) -> None:
        self.rows: list[list[Piece]] = [start]
        self.listed = listed  # every column has a label over it: the first may be longer than the others
        self.hanging = 0  # lines of such a first column alone, at the end
        self.filled = _mask(start)
        self.masks = {self.filled}  # of each line so far
        self.first_end = start[0].right  # of the first column
        self.starts = {piece.left for piece in start}
        self.opening = ""  # first piece of the last line with several
        self.alone = True  # there is one line so far
        self.left_only = 0  # lines in the first column alone, at the end
        self.blank = 0  # blank lines at the end

    def collect(self, lines: Sequence[Line], first: int, breaks: frozenset[int]) -> list[list[Piece]]:
        """The rows from `lines[first]` on, without those at the end that don't belong to them."""
        index = first + 1
        while index < len(lines) and index not in breaks:
            line = lines[index]
            if line.blank:
                self.blank += 1
                if self.blank > _MOST_BLANK:
                    break
                self.rows.append([])
            elif not self._take(line):
                break
            index += 1
        return self._trimmed()

    def _take(self, line: Line) -> bool:
        pieces = pieces_of(line)
        if not pieces or _starts_other(line) or not self._fits(pieces):
            return False
        aligned = any(abs(piece.left - start) <= 1 for piece in pieces for start in self.starts)
        if len(pieces) == 1 and self._in_first(pieces[0]):
            marked = MARKER.match(line.body) is not None
            if (self.blank and marked) or self.blank > 1 or self.left_only >= _MOST_LEFT:
                return False
            self.left_only += 1
            hangs = not (self.blank or marked or ":" in line.body) and pieces[0].right < self.rows[0][1].left
            self.hanging = self.hanging + 1 if hangs else 0
        else:
            if not aligned and self.blank and (len(pieces) == 1 or self.blank > 1):
                return False
            self.left_only = self.hanging = 0
            self.opening = line.body[: pieces[0].right - pieces[0].left]
        self.rows.append(pieces)
        self.alone = False
        mask = _mask(pieces)
        if mask not in self.masks:
            self.masks.add(mask)
            self.filled |= mask
            self.first_end = _runs(self.filled, 2)[0][1]
        self.starts.update(piece.left for piece in pieces)
        self.blank = 0
        return True

    def _in_first(self, piece: Piece) -> bool:
        return piece.left < self.first_end

    def _fits(self, pieces: Sequence[Piece]) -> bool:
        """Whether every gap so far, and every wide gap of the new line, stays open."""
        mask = _mask(pieces)
        if mask in self.masks:
            return True
        together = self.filled | mask
        runs = _runs(self.filled, 2)
        gaps = [(a[1], b[0]) for a, b in itertools.pairwise(runs)]
        if not all(_free(together, left, right, 2) for left, right in gaps):
            return False
        if self.alone:  # a header may stand closer than what is below it
            return len(_runs(together, 2)) > 1 and (len(pieces) == 1 or self._below_first(pieces))
        own = [(a.right, b.left) for a, b in itertools.pairwise(pieces) if b.left - a.right >= _WIDE_GAP]
        return all(_free(together, left, right, 2) for left, right in own)

    def _below_first(self, pieces: Sequence[Piece]) -> bool:
        """Whether one of the pieces beyond the first column stands under one of the first line, or nearly."""
        return any(
            piece.left - _BESIDE < over.right and over.left < piece.right + _BESIDE
            for piece in pieces[1:]
            for over in self.rows[0][1:]
        )

    def _trimmed(self) -> list[list[Piece]]:
        """Without blank lines at the end, nor lines in the first column alone but one below a label.

        Where every column has a label, the first column goes on to its own end.
        """
        rows = self.rows
        while rows and not rows[-1]:
            rows.pop()
        tail = 0 if self.listed and self.hanging == self.left_only else self.left_only
        if tail > 1 or (tail and (len(rows) < 2 or not rows[-2] or not is_label(self.opening))):
            while tail and rows:
                tail -= bool(rows.pop())
        while rows and not rows[-1]:
            rows.pop()
        return rows
