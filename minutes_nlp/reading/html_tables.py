"""The tables of a web page: cells that cover several columns or rows leave empty ones beside and below them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from minutes_nlp.reading.archive import Element
from minutes_nlp.reading.flow import Element as FlowElement
from minutes_nlp.reading.flow import Row, Table, paragraphs

_WIDEST = 64  # columns and rows that a cell may stand for


def read_table(element: Element, content: Callable[[Element], list[FlowElement]]) -> Table:
    """The rows of a `table` element.

    Args:
        element: the table.
        content: reads what is in a cell.
    """
    rows: list[Row] = []
    below: dict[int, int] = {}  # columns that a cell further up covers, for so many rows
    for row, headed in _rows(element):
        cells: list[list[FlowElement]] = []
        heads = []
        for cell in row.iterchildren("td", "th"):
            _cover(cells, below)
            inner = content(cell)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(cells), len(cells) + wide):
                if high > 1:
                    below[column] = high - 1
            cells += [inner, *([] for _ in range(wide - 1))]
            if any(not paragraph.empty for paragraph in paragraphs(inner)):
                heads.append(cell.tag == "th")
        _cover(cells, below)
        rows.append(Row(cells, headed or (bool(heads) and all(heads))))
    return Table(rows)


def _rows(table: Element) -> Iterator[tuple[Element, bool]]:
    """The rows of a table, and whether they stand in its head."""
    for child in table:
        if child.tag == "tr":
            yield child, False
        elif child.tag in ("thead", "tbody", "tfoot"):
            for row in child.iterchildren("tr"):
                yield row, child.tag == "thead"


def _cover(cells: list[list[FlowElement]], below: dict[int, int]) -> None:
    """Add empty cells for the next columns that a cell further up covers."""
    while below.get(len(cells), 0) > 0:
        below[len(cells)] -= 1
        cells.append([])


def _span(cell: Element, name: str) -> int:
    return min(max(integer(cell.get(name), 1), 1), _WIDEST)


def integer(text: str | None, otherwise: int) -> int:
    """A whole number as an attribute gives it, or `otherwise`."""
    try:
        return otherwise if text is None or len(text) > 9 else int(text)
    except ValueError:
        return otherwise
