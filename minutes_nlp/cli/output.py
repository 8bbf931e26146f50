"""Rows for people (a table, or blocks on a narrow terminal) and for programs (JSON, CSV)."""

from __future__ import annotations

import csv
import dataclasses
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TextIO

from minutes_nlp.cli.messages import Messages
from minutes_nlp.cli.problems import UsageError
from minutes_nlp.cli.tables import clean, table_lines

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FORMATS = ("table", "json", "csv")
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
    """Write `value` as JSON to standard output, with a final line break."""
    machine_stream().write(_json(value, indent) + "\n")


def _json(value: Any, indent: int | None = None) -> str:
    """JSON text; lone surrogates, which UTF-8 cannot hold, are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def write_rows(
    rows: Sequence[DataclassInstance],
    kind: type,
    format_: str,
    columns: Sequence[str],
    say: Messages,
    empty: str,
    shown: Mapping[str, Callable[[Any], object]] = MappingProxyType({}),
) -> None:
    """Write the rows in the format asked for.

    Args:
        rows: dataclass instances of one `kind`, whose values are plain or tuples of plain values.
        kind: the dataclass; gives the fields of CSV even if there is no row.
        format_: one of `FORMATS`. JSON and CSV have every field, under its name in the code; a table has `columns`.
        columns: fields shown in a table, whose headings are the messages `columns.<field>`.
        say: the messages.
        empty: what to say (on standard error) where a table would have no row.
        shown: for a column of the table, what to show of a row instead of the field of that name.
    """
    names = [field.name for field in dataclasses.fields(kind)]
    if format_ == "json":
        objects = [_json({name: getattr(row, name) for name in names}) for row in rows]
        machine_stream().write("[\n" + ",\n".join(objects) + "\n]\n" if objects else "[]\n")
    elif format_ == "csv":
        writer = csv.writer(machine_stream(), lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_flat(getattr(row, name)) for name in names] for row in rows)
    elif not rows:
        sys.stderr.write(empty + "\n")
    else:
        headings = [say(f"columns.{name}") for name in columns]
        write_table(headings, [_column(rows, name, say, shown.get(name)) for name in columns], say)


def write_table(headings: Sequence[str], columns: Sequence[Sequence[str]], say: Messages) -> None:
    """Print columns of text as a table that fits the terminal."""
    lines: Iterator[str] = table_lines(headings, columns, width(), say("help.colon"))
    sys.stdout.write("\n".join(lines) + "\n")


def _flat(value: object) -> object:
    """One CSV cell: several values are joined with `; `, nested ones are JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (tuple, list)):
        if any(isinstance(entry, (tuple, list, dict)) for entry in value):
            return _json(value)
        return "; ".join(map(str, value))
    return value


def _column(
    rows: Iterable[object], name: str, say: Messages, shown: Callable[[Any], object] | None = None
) -> list[str]:
    """One column of all rows as people read it."""
    show, value_of = shower(name, say), shown or attrgetter(name)
    return [show(value_of(row)) for row in rows]


def cell(value: object, name: str, say: Messages) -> str:
    """A value as people read it: words of the program translated, white space joined, no control characters."""
    return shower(name, say)(value)


def shower(name: str, say: Messages) -> Callable[[object], str]:
    """What turns the values of the field `name` into the text that people read."""
    words = say.find("values", name)
    translations: Mapping[str, str] = words if isinstance(words, Mapping) else {}
    yes, no = say("values.yes"), say("values.no")

    def show(value: object) -> str:
        if value is None:
            return ""
        if value is True or value is False:
            return yes if value else no
        if isinstance(value, (tuple, list)):
            return ", ".join(map(show, value))
        text = clean(str(value))
        return translations.get(text, text)

    return show
