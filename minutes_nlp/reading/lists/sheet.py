"""A CSV file or an Excel workbook as rows of text, as they are printed."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading.archive import damaged
from minutes_nlp.reading.encoding import decode
from minutes_nlp.reading.formats import foreign_format
from minutes_nlp.reading.readers import Limits, read_bytes
from minutes_nlp.resources.guard import unguarded

_DELIMITERS: Final = ",;\t|"
_MOST_ROWS: Final = 20_000
_MOST_COLUMNS: Final = 200
_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm"})
_WORKBOOK: Final = b"PK\x03\x04"

Rows = list[list[str]]


def read_sheet(path: Path, *, sheet: str | None = None, limits: Limits = Limits()) -> Rows:
    """The rows that `numbered_rows` gives, without their numbers."""
    return [row for _, row in numbered_rows(path, sheet=sheet, limits=limits)]


def numbered_rows(path: Path, *, sheet: str | None = None, limits: Limits = Limits()) -> list[tuple[int, list[str]]]:
    """The rows of a CSV file or of one sheet of a workbook (`.xlsx`): every cell on one line, empty rows left out.

    Each comes with its number in the spreadsheet, from 1. Days are written `2024-05-31`, whole numbers without a
    point. All rows have as many cells as the longest.

    Args:
        path: the file; what it is, its content says.
        sheet: the name of the sheet; by default the one that was open when the workbook was saved.
        limits: how large a file may be.

    Raises:
        ReadingError: as `read_bytes`; `reading.damaged`; `lists.no-sheet`; `lists.format`: it is neither;
            `lists.empty`; `lists.too-long`.
    """
    content = read_bytes(path, limits)
    if content.startswith(_WORKBOOK):
        rows = list(_of_workbook(content, path, sheet))
    elif (form := foreign_format(content)) is not None:
        raise _not_a_list(path, form)
    else:
        rows = list(_of_csv(_decoded(content, path)))
    kept = [(number, row) for number, row in enumerate(rows, start=1) if any(row)]
    if not kept:
        raise ReadingError("lists.empty", f"There are no rows in {path}.", "Choose another file or sheet.", path=path)
    width = max(len(row) - next((n for n, cell in enumerate(reversed(row)) if cell), len(row)) for _, row in kept)
    return [(number, (row + [""] * width)[:width]) for number, row in kept]


def _decoded(content: bytes, path: Path) -> str:
    """The text of a CSV file; what is called a workbook and is neither is a broken one."""
    try:
        return decode(content, path.name)[0]
    except ReadingError as error:
        if path.suffix.casefold() in _WORKBOOKS:
            raise damaged(str(path)) from error
        raise


def _of_workbook(content: bytes, path: Path, name: str | None) -> Iterator[list[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise _not_a_list(path, str(error)) from error
    try:
        if name is not None and name not in book.sheetnames:
            known = ", ".join(book.sheetnames)
            raise ReadingError(
                "lists.no-sheet",
                f"{path} has no sheet {name}.",
                f"There is: {known}.",
                path=path,
                name=name,
                known=known,
            )
        sheet = book[name] if name is not None else book.active
        if sheet is None:
            return
        yield from _limited(path, ([_printed(value) for value in row] for row in sheet.iter_rows(values_only=True)))
    finally:
        book.close()


def _printed(value: object) -> str:
    """A value of a workbook as people read it, on one line."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _of_csv(text: str) -> Iterator[list[str]]:
    head = text[:8192]
    try:
        delimiter = csv.Sniffer().sniff(head, _DELIMITERS).delimiter
    except csv.Error:
        delimiter = max(_DELIMITERS, key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    yield from _limited(None, ([" ".join(unguarded(cell).split()) for cell in row] for row in rows))


def _limited(path: Path | None, rows: Iterable[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows):
        if number >= _MOST_ROWS or len(row) > _MOST_COLUMNS:
            where = path or "The file"
            raise ReadingError(
                "lists.too-long",
                f"{where} has more than {_MOST_ROWS} rows or {_MOST_COLUMNS} columns.",
                "Keep only the list in it.",
                path=where,
                rows=_MOST_ROWS,
                columns=_MOST_COLUMNS,
            )
        yield row


def _not_a_list(path: Path, reason: str) -> ReadingError:
    return ReadingError(
        "lists.format",
        f"{path} is no list that can be read: {reason}.",
        "Save it as an Excel workbook (.xlsx) or as CSV.",
        path=path,
        reason=reason,
    )
