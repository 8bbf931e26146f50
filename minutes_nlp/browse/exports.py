"""A list as a CSV file, however long, without holding it in memory."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

from datasette.utils.asgi import AsgiStream

from minutes_nlp.browse.page import Page

Row = dict[str, Any]

_AT_ONCE = 1000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets take UTF-8 for something else


def csv_list(
    page: Page,
    name: str,
    columns: Sequence[str],
    ids: Sequence[str],
    rows_of: Callable[[sqlite3.Connection, Sequence[str]], Iterable[Row]],
) -> AsgiStream:
    """The rows with `ids` as a CSV file to be saved.

    Args:
        page: the request.
        name: of the file, without `.csv`.
        columns: the keys of a row that become columns, with headings in the reader's language.
        ids: of the rows, in order.
        rows_of: gives the rows with some ids.
    """

    async def stream(writer: Any) -> None:
        await writer.write(_heading(page, columns))
        for start in range(0, len(ids), _AT_ONCE):
            rows = await page.ask(rows_of, ids[start : start + _AT_ONCE])
            await writer.write(csv_text([[cell(row.get(column)) for column in columns] for row in rows]))

    return _file(name, stream)


def csv_rows(page: Page, name: str, columns: Sequence[str], rows: Sequence[Row]) -> AsgiStream:
    """The same for rows that are there already."""

    async def stream(writer: Any) -> None:
        await writer.write(_heading(page, columns))
        await writer.write(csv_text([[cell(row.get(column)) for column in columns] for row in rows]))

    return _file(name, stream)


def _heading(page: Page, columns: Sequence[str]) -> str:
    return _BYTE_ORDER_MARK + csv_text([[page.words(f"columns.{column}") for column in columns]])


def _file(name: str, stream: Callable[[Any], Awaitable[None]]) -> AsgiStream:
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return AsgiStream(stream, headers=headers, content_type="text/csv; charset=utf-8")


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Rows as lines of CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def cell(value: object) -> object:
    """A value as a cell: several are joined with `; `; what a spreadsheet would take for a formula is made a text."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return cell("; ".join(str(entry[0] if isinstance(entry, tuple) else entry) for entry in value))
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
