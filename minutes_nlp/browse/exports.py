"""A list as a CSV file, however long, without holding it in memory."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

from datasette.utils.asgi import AsgiStream

from minutes_nlp.browse.page import Page
from minutes_nlp.resources.guard import guarded

Row = dict[str, Any]
Spoken = Mapping[str, Callable[[str], str]]
"""By column, what turns a code into what people read."""

_AT_ONCE = 1000
_NOTHING: Spoken = {}
_BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets take UTF-8 for something else


def csv_list(
    page: Page,
    name: str,
    columns: Sequence[str],
    ids: Sequence[str],
    rows_of: Callable[[sqlite3.Connection, Sequence[str]], Iterable[Row]],
    spoken: Spoken = _NOTHING,
) -> AsgiStream:
    """The rows with `ids` as a CSV file to be saved.

    Args:
        page: the request.
        name: of the file, without `.csv`.
        columns: the keys of a row that become columns, with headings in the reader's language.
        ids: of the rows, in order.
        rows_of: gives the rows with some ids.
        spoken: what the codes of a column are in the reader's language; the codes themselves stand in columns of their
            own, the last ones, for programs.
    """

    async def stream(writer: Any) -> None:
        await writer.write(_heading(page, columns, spoken))
        for start in range(0, len(ids), _AT_ONCE):
            rows = await page.ask(rows_of, ids[start : start + _AT_ONCE])
            await writer.write(csv_text(_cells(row, columns, spoken) for row in rows))

    return _file(name, stream)


def csv_rows(
    page: Page, name: str, columns: Sequence[str], rows: Sequence[Row], spoken: Spoken = _NOTHING
) -> AsgiStream:
    """The same for rows that are there already."""

    async def stream(writer: Any) -> None:
        await writer.write(_heading(page, columns, spoken))
        await writer.write(csv_text(_cells(row, columns, spoken) for row in rows))

    return _file(name, stream)


def _heading(page: Page, columns: Sequence[str], spoken: Spoken) -> str:
    named = [page.words(f"columns.{column}") for column in columns]
    codes = [
        page.words("tables.code", column=page.words(f"columns.{column}")) for column in columns if column in spoken
    ]
    return _BYTE_ORDER_MARK + csv_text([[*named, *codes]])


def _cells(row: Row, columns: Sequence[str], spoken: Spoken) -> list[object]:
    codes = [cell(row.get(column)) for column in columns if column in spoken]
    return [*(cell(_said(row.get(column), spoken.get(column))) for column in columns), *codes]


def _said(value: Any, say: Callable[[str], str] | None) -> object:
    """A code, or each of several, in the reader's language."""
    if say is None or value is None or value == "":
        return value
    return [say(code) for code in value] if isinstance(value, list) else say(value)


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
    return guarded(value) if isinstance(value, str) else value
