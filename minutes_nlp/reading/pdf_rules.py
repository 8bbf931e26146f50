"""Tables that only level lines rule: their columns are told by the white space that runs through all rows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from operator import attrgetter

from minutes_nlp.reading.marks import MARKER
from minutes_nlp.reading.pdf_lines import lines_of
from minutes_nlp.reading.pdf_page import Page, Ruling, Word
from minutes_nlp.reading.pdf_tables import NEAR, Cell, Grid, meet, whole

_SHORTEST = 120.0  # points of a line across a table
_FEWEST = 3  # lines
_HIGHEST = 200.0  # points of a row
_RIVER = 1.6  # times the size of the letters: white space between columns
_COLUMNS = 2  # of a table
_MANY = 6  # rows through which no narrow white space runs by chance
_BROOK = 0.6  # times the size: white space between columns of so many rows
_SAME = 2.0  # points within which lines of several cells stand level
_ROWS = 3  # lines that stand level in several cells: rows of their own, which no line parts


def level_grids(page: Page, words: Sequence[Word], ruled: Sequence[Grid]) -> list[Grid]:
    """The tables of a page without upright lines, from top to bottom.

    Args:
        page: what is drawn on it.
        words: those that are its text.
        ruled: the tables with upright lines, which are left alone.
    """
    upright = whole(page.upright)
    free = [
        line
        for line in whole(page.level)
        if line.end - line.start >= _SHORTEST
        and not any(meet(line, other) and _inside(line, other) for other in upright)
        and not any(grid.top - NEAR <= line.at <= grid.bottom + NEAR for grid in ruled)
    ]
    found = (_grid(lines, words) for lines in _stacks(free))
    return sorted((grid for grid in found if grid is not None), key=attrgetter("top"))


def _inside(line: Ruling, upright: Ruling) -> bool:
    """Whether an upright line stands between the ends of a level one, and is not a part of a frame."""
    return line.start + NEAR < upright.at < line.end - NEAR


def _stacks(lines: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    """Lines of the same width one below the other, no further apart than a row is high."""
    waiting = sorted(lines, key=attrgetter("at"))
    while waiting:
        stack = [waiting[0]]
        for line in waiting[1:]:
            same = abs(line.start - stack[0].start) <= NEAR and abs(line.end - stack[0].end) <= NEAR
            if same and line.at - stack[-1].at <= _HIGHEST:
                stack.append(line)
        waiting = [line for line in waiting if line not in stack]
        if len(stack) >= _FEWEST:
            yield stack


def _grid(lines: Sequence[Ruling], words: Sequence[Word]) -> Grid | None:
    """The table between lines; `None` if it has no columns, or rows that the lines don't part."""
    left, right = lines[0].start, lines[0].end
    words = [w for w in words if left - NEAR <= (w.left + w.right) / 2 <= right + NEAR]
    ys = [line.at for line in lines]
    bands = [[w for w in words if top <= _middle(w) < bottom] for top, bottom in itertools.pairwise(ys)]
    inside = [word for band in bands for word in band]
    rivers = _rivers(inside, _RIVER if len(bands) < _MANY else _BROOK)
    if not rivers:
        return None
    xs = [min(left, *(w.left for w in inside)), *rivers, max(right, *(w.right for w in inside)) + 1.0]
    columns = list(itertools.pairwise(xs))
    for outer in (_beyond(ys, words, rivers, above=True), _beyond(ys, words, rivers, above=False)):
        if outer is not None:
            ys = sorted([*ys, outer])
    bands = [[w for w in words if top <= _middle(w) < bottom] for top, bottom in itertools.pairwise(ys)]
    held = [[[w for w in band if a <= (w.left + w.right) / 2 < b] for a, b in columns] for band in bands]
    if not _is_table(held):
        return None
    cells = [
        Cell(a, ys[row], b, ys[row + 1], row, column, 1, 1)
        for row in range(len(bands))
        for column, (a, b) in enumerate(columns)
    ]
    return Grid(tuple(cells), tuple(xs), ys[0], ys[-1])


def _beyond(ys: Sequence[float], words: Sequence[Word], rivers: Sequence[float], *, above: bool) -> float | None:
    """Where a row ends that stands over the first line, or below the last, since lines only part the rows.

    It is as high as the lowest other row at most, and its words stand in several columns.
    """
    height = min(bottom - top for top, bottom in itertools.pairwise(ys))
    begin, end = (ys[0] - height, ys[0]) if above else (ys[-1], ys[-1] + height)
    row = [word for word in words if begin <= _middle(word) < end]
    crossed = any(word.left < river < word.right for word in row for river in rivers)
    columns = {sum(river < word.left for river in rivers) for word in row}
    if crossed or len(columns) < _COLUMNS:
        return None
    return begin if above else end


def _middle(word: Word) -> float:
    return word.base - 0.3 * word.size


def _rivers(words: Sequence[Word], width: float) -> list[float]:
    """The middles of the white space (`width` times the size of letters) that no word reaches into."""
    found: list[float] = []
    reached = None
    for word in sorted(words, key=attrgetter("left")):
        if reached is not None and word.left - reached >= width * word.size:
            found.append((reached + word.left) / 2)
        reached = word.right if reached is None else max(reached, word.right)
    return found


def _is_table(held: Sequence[Sequence[Sequence[Word]]]) -> bool:
    """Whether at least two columns say something in half of the rows each, and the lines part all rows.

    A column of bullets or numbers beside a single one of text is a list.
    """
    said = [
        sum(any(any(map(str.isalpha, w.text)) for w in cell) for cell in column) for column in zip(*held, strict=True)
    ]
    if sum(count >= max(2, len(held) / 2) for count in said) < _COLUMNS:
        return False
    marks = [word.text for row in held for word in row[0]]
    if len(held[0]) == 2 and all(map(MARKER.fullmatch, marks)):
        return False
    return not any(_holds_rows(row) for row in held)


def _holds_rows(row: Sequence[Sequence[Word]]) -> bool:
    """Whether lines of two cells stand level again and again, as rows without lines between them do."""
    bases = [[line.base for line in lines_of(cell)] for cell in row]
    return any(
        sum(any(abs(base - other) <= _SAME for other in beside) for base in cell) >= _ROWS and len(cell) == len(beside)
        for cell, beside in itertools.combinations(bases, 2)
    )
