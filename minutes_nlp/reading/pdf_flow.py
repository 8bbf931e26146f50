"""From the pages of a PDF to paragraphs and tables in reading order, and to what is set apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import attrgetter

from minutes_nlp.reading.document import Apart, ApartKind
from minutes_nlp.reading.flow import Paragraph, Row, Table, paragraphs
from minutes_nlp.reading.paged import Paged
from minutes_nlp.reading.pdf_boxes import are_lanes, boxes_of, by_box, is_drawing, lies_in
from minutes_nlp.reading.pdf_columns import regions
from minutes_nlp.reading.pdf_furniture import repeated_aside, set_apart, without_numbers
from minutes_nlp.reading.pdf_headings import mark_headings
from minutes_nlp.reading.pdf_lines import PrintedLine, leading, lines_of, turned_lines
from minutes_nlp.reading.pdf_page import Page, Word
from minutes_nlp.reading.pdf_paragraphs import Drafting, elements_of
from minutes_nlp.reading.pdf_rules import level_grids
from minutes_nlp.reading.pdf_tables import Cell, Grid, ruled

_HALF = 0.5  # of the widest line, from which a line tells where lines end
_ROOM = 0.85  # of the width of a page, where lines end if that cannot be told
_TWO_COLUMNS = 3  # edges of columns
_SEVERAL = 4  # paragraphs, or lines, of a cell that holds running text
_NAME_WORDS = 7  # of the head of a column
_MARK = 3  # letters that are more than a mark
_COUNTED = re.compile(r"\d[\d\s./:-]*$")
_SAME_EDGES = 6.0  # points by which the columns of a table may differ on the next page

Parts = list[list[Word]]  # the words of a cell outside boxes, then those in each box


def flow_of(pages: Sequence[Page]) -> tuple[list[Paged], list[Apart]]:
    """The paragraphs and tables with the page that each starts on, and the passages set apart."""
    lines = [lines_of(page.words) for page in pages]
    aside = set_apart(pages, lines)
    apart = [Apart(kind, lines[number][index].text) for (number, index), kind in sorted(aside.items())]
    turned = [list(turned_lines(page.aside)) for page in pages]
    labels = repeated_aside(turned)
    apart += [
        Apart(ApartKind.HEADER, line.text)
        for sideways in turned
        for line in sideways
        if without_numbers(line.text) in labels
    ]
    kept = [
        [line for index, line in enumerate(printed) if (number, index) not in aside]
        for number, printed in enumerate(lines)
    ]
    drafting = Drafting(leading([line for printed in kept for line in printed]))
    layout = _Layout(drafting, _edge(pages, kept))
    for page, printed, sideways in zip(pages, kept, turned, strict=True):
        layout.page(page, printed)
        for line in sideways:
            if without_numbers(line.text) not in labels:
                drafting.region([line], page.number, layout.edge)
    placed = elements_of(drafting.done)
    mark_headings(drafting.done, placed)
    return placed, list(dict.fromkeys(apart))


def _edge(pages: Sequence[Page], lines: Sequence[Sequence[PrintedLine]]) -> float:
    """Where the lines of running text end, in points from the left."""
    printed = [line for page in lines for line in page]
    widest = max((line.right - line.left for line in printed), default=0.0)
    ends = sorted(line.right for line in printed if line.right - line.left >= _HALF * widest)
    room = _ROOM * max((page.width for page in pages), default=0.0)
    if len(ends) < 3:
        return max([room, *ends])
    return max(ends[int(0.9 * (len(ends) - 1))], 0.75 * room)


class _Layout:
    """Puts the lines and tables of page after page in order."""

    def __init__(self, drafting: Drafting, edge: float) -> None:
        self.drafting, self.edge = drafting, edge
        self._open: tuple[Table, Grid] | None = None  # a table that reaches down to where the last page ends

    def page(self, page: Page, lines: list[PrintedLine]) -> None:
        """Add a page."""
        words = [word for line in lines for word in line.words]
        found, frames = ruled(page)
        boxes = boxes_of(frames, words)
        tables = [grid for grid in found if len(grid.edges) >= _TWO_COLUMNS]
        grids = [*tables, *level_grids(page, words, tables)]
        lanes = [
            grid for grid in grids if not _is_table(_inside(grid, words, boxes), grid, page, self.drafting.leading)
        ]
        grids = [grid for grid in grids if grid not in lanes]
        lanes = [grid for grid in lanes if are_lanes(grid, boxes)]
        free = [word for word in words if not any(grid.holds(word) for grid in (*grids, *lanes))]
        alone = [box for box in boxes if not any(lies_in(box, grid) for grid in (*grids, *lanes))]
        free, boxed = by_box(free, alone)
        outside = lines_of(free) if grids or lanes or alone else lines
        drawn = is_drawing({box: inside for box, inside in boxed.items() if inside})
        areas: list[Grid | Cell] = [*grids, *lanes, *(box for box, inside in boxed.items() if inside)]
        for area in sorted(areas, key=attrgetter("top")):
            place = _place(area, outside)
            above = [line for line in outside if line.base <= place + line.size]
            outside = outside[len(above) :]
            self._text(above, page)
            if isinstance(area, Cell):
                self._box(boxed[area], area, page, drawn=drawn)
            elif area in lanes:
                self._drawing(_inside(area, words, boxes), page)
            else:
                self._table(area, _inside(area, words, boxes), page)
        self._text(outside, page)

    def _box(self, words: Sequence[Word], box: Cell, page: Page, *, drawn: bool) -> None:
        self._open = None
        if drawn:
            self.drafting.figure(lines_of(words), page.number)
        else:
            _draft(self.drafting, words, box, page)

    def _drawing(self, inside: Sequence[Parts], page: Page) -> None:
        """Add what stands in the lanes of a drawing, lane by lane: their names, and each box by itself."""
        self._open = None
        for part in (part for parts in inside for part in parts if part):
            self.drafting.figure(lines_of(part), page.number)

    def _text(self, lines: Sequence[PrintedLine], page: Page) -> None:
        if not lines:
            return
        self._open = None
        for region in regions(lines, self.edge):
            self.drafting.region(region.lines, page.number, region.edge, region.shift)

    def _table(self, grid: Grid, inside: Sequence[Parts], page: Page) -> None:
        rows = _rows(grid, inside, page, self.drafting.leading)
        if self._open is not None and _same_columns(self._open[1], grid):
            table = self._open[0]
            table.rows += rows[1:] if _texts(rows[0]) == _texts(table.rows[0]) else rows
        else:
            table = Table(rows)
            bold = rows[0].header and not all(row.header for row in rows[1:])
            for row in rows:
                row.header = False
            rows[0].header = len(rows) > 1 and (bold or _heads(rows))
            self.drafting.table(table, page.number)
        self._open = (table, grid)


def _place(area: Grid | Cell, lines: Sequence[PrintedLine]) -> float:
    """Down to where the lines come before a table or a box: for a box beside lines down to where it ends."""
    beside = isinstance(area, Cell) and any(area.top < line.base < area.bottom for line in lines)
    return area.bottom if beside else area.top


def _draft(drafting: Drafting, words: Sequence[Word], cell: Cell, page: Page) -> list[PrintedLine]:
    """Add the words of a cell or of a box, which has as much room on the right as on the left; their lines."""
    printed = lines_of(words)
    margin = max(0.0, min(line.left for line in printed) - cell.left)
    drafting.region(printed, page.number, cell.right - margin)
    return printed


def _is_table(inside: Sequence[Parts], grid: Grid, page: Page, usual: float) -> bool:
    """Whether lines rule a table, and not only frame running text or a part of its cells."""
    if not any(any(parts) for parts in inside):
        return False
    letters = running = 0
    for cell, parts in zip(grid.cells, inside, strict=True):
        printed = lines_of(parts[0])
        count = sum(len(word.text) for part in parts for word in part)
        letters += count
        if cell.rows > 1 and len(printed) >= _SEVERAL and _beside(cell, grid, inside):
            return False
        drafting = Drafting(leading(printed) or usual)
        drafting.region(printed, page.number, cell.right)
        running += count if len(drafting.done) >= _SEVERAL else 0
    return running <= letters / 2


def _beside(cell: Cell, grid: Grid, inside: Sequence[Parts]) -> bool:
    """Whether several of the rows that a cell covers hold something in other cells."""
    covered = range(cell.row, cell.row + cell.rows)
    others = zip(grid.cells, inside, strict=True)
    held = {other.row for other, parts in others if any(parts) and other.column != cell.column}
    return len(held.intersection(covered)) > 1


def _inside(grid: Grid, words: Sequence[Word], boxes: Iterable[Cell]) -> list[Parts]:
    """The words in each cell of a table, those in boxes apart."""
    inside: list[list[Word]] = [[] for _ in grid.cells]
    for word in words:
        found = next((index for index, cell in enumerate(grid.cells) if cell.holds(word)), None)
        if found is not None:
            inside[found].append(word)
    parts = (by_box(held, boxes) for held in inside)
    return [[plain, *filter(None, boxed.values())] for plain, boxed in parts]


def _same_columns(grid: Grid, other: Grid) -> bool:
    return len(grid.edges) == len(other.edges) and all(
        abs(a - b) <= _SAME_EDGES for a, b in zip(grid.edges, other.edges, strict=True)
    )


def _rows(grid: Grid, inside: Sequence[Parts], page: Page, usual: float) -> list[Row]:
    """The rows of a table; each is a header if all in it is bold."""
    rows: dict[int, Row] = {}
    bold: dict[int, bool] = {}
    width = len(grid.edges) - 1
    for cell, parts in zip(grid.cells, inside, strict=True):
        row = rows.setdefault(cell.row, Row([[] for _ in range(width)]))
        for part in filter(None, parts):
            drafting = Drafting(leading(lines_of(part)) or usual)
            printed = _draft(drafting, part, cell, page)
            found = [element for element, _ in elements_of(drafting.done)]
            for paragraph in paragraphs(found):
                paragraph.page = page.number
            row.cells[cell.column] += found
            bold[cell.row] = bold.get(cell.row, True) and all(line.bold for line in printed)
    for number, row in rows.items():
        row.header = bold.get(number, False)
    filled = [rows[number] for number in sorted(rows) if rows[number].filled()]
    return filled or [Row([[] for _ in range(width)])]


def _heads(rows: Sequence[Row]) -> bool:
    """Whether the first row names the columns: short words over one that holds nothing but marks, numbers or dates."""
    first, *below = map(_texts, rows)
    if not all(first) or any(len(text.split()) > _NAME_WORDS or _COUNTED.search(text) for text in first):
        return False
    columns = [[text for row in below if (text := row[index])] for index in range(len(first))]
    return any(len(column) > 1 and all(_marks(text) for text in column) for column in columns)


def _marks(text: str) -> bool:
    return len(text) < _MARK or bool(_COUNTED.match(text))


def _texts(row: Row) -> list[str]:
    """What stands in each cell of a row."""
    return [
        " ".join(line for element in cell if isinstance(element, Paragraph) for line in element.lines)
        for cell in row.cells
    ]
