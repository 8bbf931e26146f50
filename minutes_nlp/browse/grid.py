"""Printed lines that stand side by side, as rows and cells: two languages in columns, keys beside values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

_RULE = re.compile(r"[\s|+=:_-]*[-=_]{3,}[\s|+=:_-]*")
_GAP = re.compile(r"\t+[ \t]*| {2,}[ \t]*")
_WORD = re.compile(r"\w")
_NEAR = 2  # characters by which the lines of a column may begin beside one another
_MOST_COLUMNS = 8
_TAB = 8


class Piece(NamedTuple):
    """What a printed line has in one column: half-open offsets into the text."""

    start: int
    end: int


Row = list[list[Piece]]
"""For each column the pieces of the lines that the row was printed on."""


class _Line(NamedTuple):
    """Its pieces, each with where it begins, in characters from the margin or by column; and whether a row ends before
    it."""

    pieces: list[tuple[int, Piece]]
    is_apart: bool


def lay_out(
    text: str, start: int, end: int, begins: Callable[[Piece], bool], is_key: Callable[[Piece], bool]
) -> list[Row] | None:
    """The rows of lines that are printed side by side.

    Args:
        text: of the document.
        start, end: half-open offsets of the lines.
        begins: whether something new begins in a piece. A line in which nothing does goes on with the row before it;
            between borders every line is a row, or all those between two ruled lines are one.
        is_key: whether a piece says what the one after it is: a column begins there, even if on no other line.

    Returns:
        Rows of equally many columns, two at least; `None` if the lines have no columns in common.
    """
    printed = [(found.start() + start, found[0]) for found in re.finditer(r"[^\n]+", text[start:end])]
    is_ruled = any(_RULE.fullmatch(line) for _, line in printed)
    worded = [line for _, line in printed if _WORD.search(line)]
    has_borders = bool(worded) and all("|" in line for line in worded)
    lines = list(_lines(printed, _between_borders if has_borders else _between_gaps))
    columns = _by_number(lines) if has_borders else _by_margin(lines, is_key)
    if not 2 <= len(columns) <= _MOST_COLUMNS:
        return None
    rows: list[Row] = []
    for line in lines:
        begun = not is_ruled if has_borders else any(begins(piece) for _, piece in line.pieces)
        if not rows or line.is_apart or begun:
            rows.append([[] for _ in columns])
        for at, piece in line.pieces:
            place = max(number for number, column in enumerate(columns) if number == 0 or column <= at + _NEAR)
            rows[-1][place].append(piece)
    return rows


def _lines(
    printed: Sequence[tuple[int, str]], divide: Callable[[int, str], list[tuple[int, Piece]]]
) -> Iterator[_Line]:
    is_apart = False
    for start, line in printed:
        if _WORD.search(line):
            yield _Line(divide(start, line), is_apart)
            is_apart = False
        else:
            is_apart = True


def _between_borders(start: int, line: str) -> list[tuple[int, Piece]]:
    """The pieces between vertical lines, each at ten times the number of its column, so that none is near another."""
    cells, place = [], 0
    for cell in line.split("|"):
        cells.append((place, cell))
        place += len(cell) + 1
    if not cells[0][1].strip():
        cells = cells[1:]
    return [(10 * number, _trimmed(start + at, cell)) for number, (at, cell) in enumerate(cells) if cell.strip()]


def _between_gaps(start: int, line: str) -> list[tuple[int, Piece]]:
    """The pieces between wide gaps, each at the place where it is printed."""
    pieces, place = [], 0
    for gap in [*_GAP.finditer(line), None]:
        chunk = line[place : gap.start() if gap else len(line)]
        if chunk.strip():
            margin = len(line[: place + len(chunk) - len(chunk.lstrip())].expandtabs(_TAB))
            pieces.append((margin, _trimmed(start + place, chunk)))
        place = gap.end() if gap else len(line)
    return pieces


def _trimmed(start: int, chunk: str) -> Piece:
    begin = start + len(chunk) - len(chunk.lstrip())
    return Piece(begin, begin + len(chunk.strip()))


def _by_number(lines: Sequence[_Line]) -> list[int]:
    return sorted({at for line in lines for at, _ in line.pieces})


def _by_margin(lines: Sequence[_Line], is_key: Callable[[Piece], bool]) -> list[int]:
    """Where columns begin: places at which several lines have a piece, or one has a key; of a single line, each of its
    pieces."""
    keys = {at for line in lines for at, piece in line.pieces if is_key(piece)}
    counts = Counter(at for line in lines for at, _ in line.pieces)
    clusters: list[list[int]] = []
    for at in sorted(counts):
        if clusters and at - clusters[-1][-1] <= _NEAR:
            clusters[-1].append(at)
        else:
            clusters.append([at])
    least = 2 if len(lines) > 2 else 1
    found = [cluster[0] for cluster in clusters if sum(counts[at] for at in cluster) >= least or keys & set(cluster)]
    return found if not clusters or clusters[0][0] in found else [clusters[0][0], *found]
