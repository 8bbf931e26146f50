"""Actions as CSV and as an Excel workbook."""

from __future__ import annotations

import csv
import datetime
import io
import re
import urllib.parse
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from minutes_nlp.export.cells import COLUMNS, Cell, printable
from minutes_nlp.export.words import Words
from minutes_nlp.query.tasks import Task
from minutes_nlp.resources.guard import guarded

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST_CELL: Final = 32_767  # characters, by Excel
_LONGEST_SHEET_NAME: Final = 31
_DAYS: Final = ("due", "meeting_date", "opened_on", "closed_on")
_WRAPPED: Final = ("action", "owners", "item", "closing", "passage", "meeting_body")

Link = Callable[[str], str | None]
"""From a document's path to the address by which it is opened, or `None`."""


def csv_text(tasks: Iterable[Task], words: Words) -> str:
    """The actions as CSV with a heading line: commas, double quotes where needed, lines ended by CR LF (RFC 4180).

    It begins with a byte-order mark, without which Excel takes UTF-8 for something else. A text that a spreadsheet
    would take for a formula has an apostrophe before it (`cells.unguarded` takes it away).
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([words(f"columns.{column.name}") for column in COLUMNS])
    for task in tasks:
        writer.writerow([_plain(column.value(task, words)) for column in COLUMNS])
    return "\ufeff" + stream.getvalue()


def _plain(value: Cell) -> str:
    return "" if value is None else guarded(printable(str(value)))


def xlsx_bytes(tasks: Iterable[Task], words: Words, link: Link) -> bytes:
    """The actions as a workbook of one sheet: filters on every column, the heading row fixed, documents as links.

    Days are dates of the workbook; every other value is text, also one that begins like a formula.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = words("actions")[:_LONGEST_SHEET_NAME]
    for number, task in enumerate(tasks, start=2):
        for place, column in enumerate(COLUMNS, start=1):
            _fill(sheet, number, place, column.name, column.value(task, words), link)
    _dress(sheet, words)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(sheet: Worksheet, row: int, place: int, name: str, value: Cell, link: Link) -> None:
    from openpyxl.styles import Alignment, Font

    cell = sheet.cell(row=row, column=place)
    cell.alignment = Alignment(vertical="top", wrap_text=name in _WRAPPED)
    if value is None:
        return
    if isinstance(value, int):
        cell.value = value
    elif name in _DAYS and _DAY.fullmatch(value):
        cell.value = datetime.date.fromisoformat(value)
        cell.number_format = "yyyy-mm-dd"
    else:
        cell.value = printable(value)[:_LONGEST_CELL]
        cell.data_type = "s"  # or a text that begins with `=` would be a formula
        if name == "document" and (address := link(value)) is not None:
            cell.hyperlink = address
            cell.font = Font(color="0563C1", underline="single")


def _dress(sheet: Worksheet, words: Words) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(COLUMNS, start=1):
        head = sheet.cell(row=1, column=place, value=words(f"columns.{column.name}"))
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor="DDE6F0")
        head.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{max(sheet.max_row, 1)}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr] # a new sheet has its properties


def quoted(path: str) -> str:
    """A path as part of an address."""
    return urllib.parse.quote(path, errors="surrogatepass")
