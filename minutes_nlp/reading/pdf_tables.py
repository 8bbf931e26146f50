"""Tables that drawn lines rule: where their cells are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from minutes_nlp.reading.pdf_page import Page, Ruling, Word

NEAR = 3.0  # points within which lines meet, or are one
MOST_LINES = 1500  # of a page: more is a drawing
_NARROWEST = 6.0  # points of a column or a row


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its edges in points, its row and column from 0, and how many columns and rows it covers."""

    left: float
    top: float
    right: float
    bottom: float
    row: int
    column: int
    columns: int
    rows: int

    def holds(self, word: Word) -> bool:
        """Whether the middle of a word lies in the cell."""
        x, y = (word.left + word.right) / 2, word.base - 0.3 * word.size
        return self.left <= x < self.right and self.top <= y < self.bottom


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its cells from left to right and top to bottom, and where its columns are parted."""

    cells: tuple[Cell, ...]
    edges: tuple[float, ...]
    top: float
    bottom: float

    def holds(self, word: Word) -> bool:
        """Whether the middle of a word lies in the table."""
        x, y = (word.left + word.right) / 2, word.base - 0.3 * word.size
        return self.edges[0] <= x < self.edges[-1] and self.top <= y < self.bottom


def ruled(page: Page) -> tuple[list[Grid], list[Cell]]:
    """What drawn lines close in, from top to bottom: tables with at least two cells, and boxes by themselves.

    A table in a cell of another is left out.
    """
    level, upright = whole(page.level), whole(page.upright)
    if not 2 <= len(level) <= MOST_LINES or not 2 <= len(upright) <= MOST_LINES:
        return [], []
    found = [grid for group in _connected(level, upright) if (grid := _grid(*group)) is not None]
    found.sort(key=lambda grid: (grid.top, grid.edges[0]))
    tables = [grid for grid in found if len(grid.cells) > 1]
    tables = [grid for grid in tables if not any(_inside(grid, other) for other in tables if other is not grid)]
    return tables, [grid.cells[0] for grid in found if len(grid.cells) == 1]


def _inside(grid: Grid, other: Grid) -> bool:
    return (
        other.top <= grid.top
        and grid.bottom <= other.bottom
        and other.edges[0] <= grid.edges[0]
        and grid.edges[-1] <= other.edges[-1]
    )


def whole(rulings: Sequence[Ruling]) -> list[Ruling]:
    """Lines drawn piece by piece, or twice, as one."""
    lanes: list[list[Ruling]] = []
    for ruling in sorted(rulings, key=attrgetter("at")):
        if lanes and ruling.at - lanes[-1][0].at <= NEAR:
            lanes[-1].append(ruling)
        else:
            lanes.append([ruling])
    joined: list[Ruling] = []
    for lane in lanes:
        at = sum(ruling.at for ruling in lane) / len(lane)
        start = end = None
        for ruling in sorted(lane, key=attrgetter("start")):
            if end is None or start is None or ruling.start > end + NEAR:
                if start is not None and end is not None:
                    joined.append(Ruling(at, start, end))
                start, end = ruling.start, ruling.end
            else:
                end = max(end, ruling.end)
        if start is not None and end is not None:
            joined.append(Ruling(at, start, end))
    return joined


def meet(level: Ruling, upright: Ruling) -> bool:
    return (
        level.start - NEAR <= upright.at <= level.end + NEAR and upright.start - NEAR <= level.at <= upright.end + NEAR
    )


def _connected(level: Sequence[Ruling], upright: Sequence[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """The lines in groups that hang together."""
    waiting = set(range(len(upright)))
    left = set(range(len(level)))
    groups = []
    while left:
        rows, columns, new = {left.pop()}, set[int](), True
        fresh = set(rows)
        while new:
            touched = {c for c in waiting if any(meet(level[r], upright[c]) for r in fresh)}
            waiting -= touched
            columns |= touched
            fresh = {r for r in left if any(meet(level[r], upright[c]) for c in touched)}
            left -= fresh
            rows |= fresh
            new = bool(fresh)
        groups.append(([level[r] for r in rows], [upright[c] for c in columns]))
    return groups


def _grid(level: list[Ruling], upright: list[Ruling]) -> Grid | None:
    ys, xs = _places(level), _places(upright)
    if len(ys) < 2 or len(xs) < 2:
        return None
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            across, down = column + 1, row + 1
            while across < len(xs) - 1 and not _drawn(upright, xs[across], ys[row], ys[row + 1]):
                across += 1
            while down < len(ys) - 1 and not _drawn(level, ys[down], xs[column], xs[across]):
                down += 1
            taken |= {(r, c) for r in range(row, down) for c in range(column, across)}
            cells.append(Cell(xs[column], ys[row], xs[across], ys[down], row, column, across - column, down - row))
    if len(cells) == 1 and not all(
        [*(_drawn(level, y, xs[0], xs[-1]) for y in ys), *(_drawn(upright, x, ys[0], ys[-1]) for x in xs)]
    ):
        return None
    return Grid(tuple(cells), tuple(xs), ys[0], ys[-1])


def _places(rulings: Sequence[Ruling]) -> list[float]:
    """Where lines lie, those that are nearly one as one."""
    places: list[float] = []
    for ruling in sorted(rulings, key=attrgetter("at")):
        if not places or ruling.at - places[-1] >= _NARROWEST:
            places.append(ruling.at)
    return places


def _drawn(rulings: Sequence[Ruling], at: float, start: float, end: float) -> bool:
    """Whether most of the stretch from `start` to `end` is drawn at `at`."""
    covered = sum(
        max(0.0, min(ruling.end, end) - max(ruling.start, start))
        for ruling in rulings
        if abs(ruling.at - at) < _NARROWEST
    )
    return covered >= 0.5 * (end - start)
