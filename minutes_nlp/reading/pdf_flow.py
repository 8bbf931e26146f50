"""From the pages of a PDF to paragraphs and tables in reading order, and to what is set apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter

from minutes_nlp.reading.document import Apart
from minutes_nlp.reading.flow import Element, Paragraph, Role, Row, Table, paragraphs
from minutes_nlp.reading.paged import Paged
from minutes_nlp.reading.pdf_columns import regions
from minutes_nlp.reading.pdf_furniture import set_apart
from minutes_nlp.reading.pdf_lines import PrintedLine, leading, lines_of
from minutes_nlp.reading.pdf_page import Page, Word
from minutes_nlp.reading.pdf_paragraphs import Draft, Drafting, elements_of
from minutes_nlp.reading.pdf_rules import level_grids
from minutes_nlp.reading.pdf_tables import Cell, Grid, grids_of

_HALF = 0.5  # of the widest line, from which a line tells where lines end
_ROOM = 0.85  # of the width of a page, where lines end if that cannot be told
_LARGER = 1.12  # times the usual size: letters of a heading
_HEADING_WORDS = 15
_SAME_SIZE = 0.15  # times a size
_LETTERHEAD = 3  # bold lines at the top that are one
_EVEN = 0.6  # of the letters that have the usual size, below which sizes tell nothing
_SENTENCE = (".", ":", ";", ",", "?")
_NUMBERED = re.compile(
    r"(?:(?P<arabic>\d{1,2}(?:\.\d{1,2}){0,3})[.):]?|(?P<roman>[IVX]{1,5}(?:\.\d{1,2}){0,3})[.)])(?:\s+\S|[A-Z])"
)
_TWO_COLUMNS = 3  # edges of columns
_SEVERAL = 4  # paragraphs, or lines, of a cell that holds running text
_NAME_WORDS = 7  # of the head of a column
_MARK = 3  # letters that are more than a mark
_COUNTED = re.compile(r"\d[\d\s./:-]*$")
_SAME_EDGES = 6.0  # points by which the columns of a table may differ on the next page


def flow_of(pages: Sequence[Page]) -> tuple[list[Paged], list[Apart]]:
    """The paragraphs and tables with the page that each starts on, and the passages set apart."""
    lines = [lines_of(page.words) for page in pages]
    aside = set_apart(pages, lines)
    apart: list[Apart] = []
    for (number, index), kind in sorted(aside.items()):
        passage = Apart(kind, lines[number][index].text)
        if passage not in apart:
            apart.append(passage)
    kept = [
        [line for index, line in enumerate(printed) if (number, index) not in aside]
        for number, printed in enumerate(lines)
    ]
    drafting = Drafting(leading([line for printed in kept for line in printed]))
    layout = _Layout(drafting, _edge(pages, kept))
    for page, printed in zip(pages, kept, strict=True):
        layout.page(page, printed)
    usual = _usual(drafting.done)
    placed = elements_of(drafting.done)
    _headings(drafting.done, placed, usual)
    _letterhead(placed)
    return placed, apart


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
        ruled = [grid for grid in grids_of(page) if len(grid.edges) >= _TWO_COLUMNS]
        grids = sorted([*ruled, *level_grids(page, words, ruled)], key=attrgetter("top"))
        grids = [grid for grid in grids if _is_table(grid, words, page, self.drafting.leading)]
        outside = _outside(lines, grids)
        for grid in grids:
            above = [line for line in outside if line.base <= grid.top + line.size]
            outside = outside[len(above) :]
            self._text(above, page)
            self._table(grid, words, page)
        self._text(outside, page)
        for word in page.aside:
            self.drafting.region(lines_of([word]), page.number, self.edge)

    def _text(self, lines: Sequence[PrintedLine], page: Page) -> None:
        if not lines:
            return
        self._open = None
        for region in regions(lines, self.edge):
            self.drafting.region(region.lines, page.number, region.edge)

    def _table(self, grid: Grid, words: Sequence[Word], page: Page) -> None:
        rows = _rows(grid, words, page, self.drafting.leading)
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


def _is_table(grid: Grid, words: Sequence[Word], page: Page, usual: float) -> bool:
    """Whether lines rule a table, and not only frame running text or a part of its cells."""
    inside = _inside(grid, words)
    if not any(inside):
        return False
    letters = running = 0
    for cell, held in zip(grid.cells, inside, strict=True):
        printed = lines_of(held)
        count = sum(len(word.text) for word in held)
        letters += count
        if cell.rows > 1 and len(printed) >= _SEVERAL and _beside(cell, grid, inside):
            return False
        drafting = Drafting(leading(printed) or usual)
        drafting.region(printed, page.number, cell.right)
        running += count if len(drafting.done) >= _SEVERAL else 0
    return running <= letters / 2


def _beside(cell: Cell, grid: Grid, inside: Sequence[Sequence[Word]]) -> bool:
    """Whether several of the rows that a cell covers hold something in other cells."""
    covered = range(cell.row, cell.row + cell.rows)
    held = {other.row for other, words in zip(grid.cells, inside, strict=True) if words and other.column != cell.column}
    return len(held.intersection(covered)) > 1


def _inside(grid: Grid, words: Sequence[Word]) -> list[list[Word]]:
    """The words in each cell of a table."""
    inside: list[list[Word]] = [[] for _ in grid.cells]
    for word in words:
        found = next((index for index, cell in enumerate(grid.cells) if cell.holds(word)), None)
        if found is not None:
            inside[found].append(word)
    return inside


def _outside(lines: Sequence[PrintedLine], grids: Sequence[Grid]) -> list[PrintedLine]:
    """The lines without the words that stand in tables."""
    if not grids:
        return list(lines)
    left = [word for line in lines for word in line.words if not any(grid.holds(word) for grid in grids)]
    return lines_of(left)


def _same_columns(grid: Grid, other: Grid) -> bool:
    return len(grid.edges) == len(other.edges) and all(
        abs(a - b) <= _SAME_EDGES for a, b in zip(grid.edges, other.edges, strict=True)
    )


def _rows(grid: Grid, words: Sequence[Word], page: Page, usual: float) -> list[Row]:
    """The rows of a table; each is a header if all in it is bold."""
    rows: dict[int, Row] = {}
    inside = _inside(grid, words)
    bold: dict[int, bool] = {}
    width = len(grid.edges) - 1
    for index, cell in enumerate(grid.cells):
        row = rows.setdefault(cell.row, Row([[] for _ in range(width)]))
        printed = lines_of(inside[index])
        if printed:
            margin = max(0.0, min(line.left for line in printed) - cell.left)
            drafting = Drafting(leading(printed) or usual)
            drafting.region(printed, page.number, cell.right - margin)
            row.cells[cell.column] = [element for element, _ in elements_of(drafting.done)]
            for paragraph in paragraphs(row.cells[cell.column]):
                paragraph.page = page.number
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


def _usual(drafts: Sequence[Draft | tuple[Table, int]]) -> tuple[float, bool]:
    """The size in points of most letters, and whether they are bold; size 0 if they differ at random, as of OCR."""
    counts: dict[tuple[float, bool], int] = {}
    for draft in drafts:
        if isinstance(draft, Draft):
            letters = sum(len(line.text) for printed in draft.lines for line in printed)
            counts[draft.size, draft.bold] = counts.get((draft.size, draft.bold), 0) + letters
    size, bold = max(counts, key=lambda look: counts[look], default=(0.0, False))
    alike = sum(count for (other, _), count in counts.items() if abs(other - size) < _SAME_SIZE * size)
    return (size if alike >= _EVEN * sum(counts.values()) else 0.0), bold


def _headings(drafts: Sequence[Draft | tuple[Table, int]], placed: Sequence[Paged], usual: tuple[float, bool]) -> None:
    """Make headings of the paragraphs that look so; the largest letters are level 1, bold ones below larger ones.

    Where one kind of letters has numbers of several depths (`2`, `2.1`), these part the levels. Several headings in a
    row without numbers are no headings.
    """
    looks = [_look(draft, element, usual) for draft, (element, _) in zip(drafts, placed, strict=True)]
    plain = [look is not None and not look[2] for look in looks]
    for index, look in enumerate(looks):
        if look is None or not plain[index]:
            continue
        beside = [plain[other] for other in (index - 1, index + 1) if 0 <= other < len(looks)]
        many = sum(plain) > max(3, len(looks) / 3)
        if any(beside) or many:
            looks[index] = None
    kinds = sorted({(size, bold) for look in looks if look for size, bold, _ in [look]}, reverse=True)
    for (element, _), look in zip(placed, looks, strict=True):
        if look is None or not isinstance(element, Paragraph):
            continue
        size, bold, depth = look
        depths = [other[2] for other in looks if other and other[:2] == (size, bold) and other[2]]
        below = depth - min(depths) if depth else 0
        element.role, element.level = Role.HEADING, kinds.index((size, bold)) + 1 + below


def _look(
    draft: Draft | tuple[Table, int], element: Element, usual: tuple[float, bool]
) -> tuple[float, bool, int] | None:
    """Size, boldness and depth of the number (0 without) of what looks like a heading; else `None`."""
    if not isinstance(draft, Draft) or not isinstance(element, Paragraph) or draft.columns or len(draft.lines) != 1:
        return None
    text = element.lines[0].strip()
    numbered = _NUMBERED.match(f"{element.marker} {text}".strip())
    if (
        len(text.split()) > _HEADING_WORDS
        or (not numbered and text.endswith(_SENTENCE))
        or not any(map(str.isalpha, text))
    ):
        return None
    if draft.marker and not numbered:
        return None
    larger = draft.size >= _LARGER * usual[0] > 0
    bolder = draft.bold and not usual[1] and draft.size >= 0.95 * usual[0]
    if not (larger or bolder) or not (numbered or draft.above):
        return None
    return draft.size, draft.bold, _depth(numbered) if numbered else 0


def _depth(numbered: re.Match[str]) -> int:
    return str(numbered["arabic"] or numbered["roman"]).count(".") + 1


def _letterhead(placed: Sequence[Paged]) -> None:
    """Take the lines of a letterhead or a title page, on the first page before the text, for plain ones."""
    top: list[Paragraph] = []
    for element, page in placed:
        if not isinstance(element, Paragraph) or page > placed[0][1] or element.marker or element.role is Role.COLUMNS:
            break
        text = " ".join(element.lines)
        if len(text.split()) > _HEADING_WORDS or text.endswith(":"):
            break
        if element.role is Role.HEADING and _NUMBERED.match(text):
            break
        top.append(element)
    if sum(len(p.lines) for p in top if p.strong or p.role is Role.HEADING) >= _LETTERHEAD:
        for paragraph in top:
            paragraph.strong = paragraph.role is Role.HEADING
