"""Rows for people (a table, or blocks on a narrow terminal) and for programs (JSON, CSV)."""

from __future__ import annotations

import csv
import dataclasses
import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from minutes_nlp.cli.messages import Messages
from minutes_nlp.cli.problems import UsageError, printable

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FORMATS = ("table", "json", "csv")
_COLUMN_AT_LEAST = 9  # a column narrower than this cuts words apart
_GAP = 2
_WIDTH_IN_A_FILE = 160


def parse_format(value: str) -> str:
    """One of `FORMATS`.

    Raises:
        UsageError: it is another word.
    """
    if value not in FORMATS:
        known = ", ".join(FORMATS)
        raise UsageError("usage.format", f"There is no format {value}.", f"Use {known}.", value=value, known=known)
    return value


def width() -> int:
    """Columns to fill: those of the terminal (or of `COLUMNS`); wide where the output goes to a file."""
    return shutil.get_terminal_size((_WIDTH_IN_A_FILE, 24)).columns


def machine_stream() -> TextIO:
    """Standard output for programs: always UTF-8, with `\\n`, whatever the locale says."""
    stream = sys.stdout
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="strict", newline="\n")
    return stream


def write_json(value: Any, *, indent: int | None = 2) -> None:
    """Write `value` as JSON to standard output, with a final line break; lone surrogates are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    machine_stream().write(text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")


def write_rows(
    rows: Sequence[DataclassInstance], kind: type, format_: str, columns: Sequence[str], say: Messages, empty: str
) -> None:
    """Write the rows in the format asked for.

    Args:
        rows: dataclass instances of one `kind`.
        kind: the dataclass; gives the fields of CSV even if there is no row.
        format_: one of `FORMATS`. JSON and CSV have every field, under its name in the code; a table has `columns`.
        columns: fields shown in a table, whose headings are the messages `columns.<field>`.
        say: the messages.
        empty: what to say (on standard error) where a table would have no row.
    """
    if format_ == "json":
        write_json([dataclasses.asdict(row) for row in rows])
    elif format_ == "csv":
        _write_csv(rows, [field.name for field in dataclasses.fields(kind)])
    elif not rows:
        sys.stderr.write(empty + "\n")
    else:
        headings = [say(f"columns.{name}") for name in columns]
        cells = [[cell(getattr(row, name), name, say) for name in columns] for row in rows]
        write_table(headings, cells, width())


def _write_csv(rows: Iterable[DataclassInstance], names: list[str]) -> None:
    writer = csv.writer(machine_stream(), lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_flat(getattr(row, name)) for name in names] for row in rows)


def _flat(value: object) -> object:
    """One CSV cell: several values are joined with `; `, nested records are JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (tuple, list)):
        if any(dataclasses.is_dataclass(entry) or isinstance(entry, dict) for entry in value):
            return json.dumps([_plain(entry) for entry in value], ensure_ascii=False)
        return "; ".join(map(str, value))
    return json.dumps(_plain(value), ensure_ascii=False) if dataclasses.is_dataclass(value) else value


def _plain(value: Any) -> Any:
    is_record = dataclasses.is_dataclass(value) and not isinstance(value, type)
    return dataclasses.asdict(value) if is_record else value


def cell(value: object, name: str, say: Messages) -> str:
    """A value as people read it: words of the program translated, white space joined, no control characters."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("values.yes" if value else "values.no")
    if isinstance(value, (tuple, list)):
        return ", ".join(cell(entry, name, say) for entry in value)
    text = " ".join(str(value).split())
    return printable(say.get(f"values.{name}.{text}", text) if text else text)


def write_table(headings: Sequence[str], cells: Sequence[Sequence[str]], columns: int) -> None:
    """Print a table that fits `columns`; where it cannot, each row becomes a block of `heading: value` lines."""
    needed = sum(min(_COLUMN_AT_LEAST, max(map(len, column))) for column in zip(headings, *cells, strict=True))
    if needed + _GAP * (len(headings) - 1) > columns:
        _write_blocks(headings, cells, columns)
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading, column in zip(headings, zip(*cells, strict=True), strict=True):
        least = min(_COLUMN_AT_LEAST, max(len(heading), *map(len, column)))
        table.add_column(Text(heading, overflow="fold"), overflow="fold", min_width=least)
    for row in cells:
        table.add_row(*(Text(value, overflow="fold") for value in row))
    Console(width=columns, highlight=False, markup=False, emoji=False).print(table)


def _write_blocks(headings: Sequence[str], cells: Sequence[Sequence[str]], columns: int) -> None:
    for number, row in enumerate(cells):
        if number:
            sys.stdout.write("\n")
        for heading, value in zip(headings, row, strict=True):
            if value:
                lines = textwrap.wrap(f"{heading}: {value}", max(columns, 10), subsequent_indent="  ")
                sys.stdout.write("\n".join(lines) + "\n")
