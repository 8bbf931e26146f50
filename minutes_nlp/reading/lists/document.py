"""An action list as a document: a text that says what its columns mean, followed by its rows as they are printed.

```
Action list: minutes-nlp 1
Title: Acties 2025
Date: 2026-11-27
Body: Stuurgroep Wilgenhof
Columns: number, action, owner, due, status

Nr → Wat → Wie → Tegen → Status        (→ stands for a tab)
1 → De affiche maken → Noor Verbiest → 15/04/2026 → open
```

The head is the same in every language. `Body` may be missing, and so may the row of headings: `Headings: no`.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading.document import Block, BlockKind, Cell, SourceDocument
from minutes_nlp.reading.encoding import decode
from minutes_nlp.reading.lists.columns import ROLES, Role
from minutes_nlp.reading.readers import Limits, digest
from minutes_nlp.spans import CharSpan

MEDIA_TYPE: Final = "text/x-minutes-actions"
SUFFIX: Final = ".tsv"

_MAGIC: Final = "Action list: minutes-nlp 1"
_OCCASION = re.compile(r"(?m)^(?:Title|Date): .*\n")
_LINE = re.compile(r"[^\n]*")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the text: the whole line, and its cells without white space around them."""

    span: CharSpan
    cells: tuple[CharSpan, ...]


@dataclass(frozen=True, slots=True)
class ActionList:
    """A list read again; all spans count code points of its text.

    `head` gives where the value of each line of the head stands, by its name in lower case.
    """

    head: Mapping[str, CharSpan]
    roles: tuple[Role, ...]
    headings: Row | None
    rows: tuple[Row, ...]


def compose(
    rows: Sequence[Sequence[str]],
    roles: Sequence[Role],
    *,
    title: str,
    date: datetime.date,
    body: str | None = None,
    headings: bool = True,
) -> str:
    """The text of a list.

    Args:
        rows: the cells as they are printed; tabs and line breaks in them become spaces.
        roles: what each column means.
        title: what the list is called.
        date: the day whose state it gives: deadlines without a year are counted from it.
        body: the group whose list it is, if it is that of one.
        headings: whether the first of `rows` are the headings.
    """
    head = [_MAGIC, f"Title: {_one_line(title)}", f"Date: {date.isoformat()}"]
    head += [f"Body: {_one_line(body)}"] if body else []
    head += [f"Columns: {', '.join(roles)}"]
    head += [] if headings else ["Headings: no"]
    lines = ["\t".join(map(_one_line, row)) for row in rows]
    return "\n".join([*head, "", *lines]) + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def without_occasion(text: str) -> str:
    """The text of a list without its title and day: the same whenever, and under whatever name, it is taken over."""
    return _OCCASION.sub("", text, count=2)


def parse(text: str) -> ActionList:
    """A text that `compose` made, possibly edited by hand since.

    Raises:
        ValueError: it is no such text: a line of the head is missing or says nothing.
    """
    lines = [found.span() for found in _LINE.finditer(text) if found.start() == 0 or text[found.start() - 1] == "\n"]
    if not lines or text[slice(*lines[0])].rstrip() != _MAGIC:
        raise ValueError(f"it does not begin with {_MAGIC!r}")
    head: dict[str, CharSpan] = {}
    number = 1
    while number < len(lines) and text[slice(*lines[number])].strip():
        start, end = lines[number]
        name, colon, value = text[start:end].partition(":")
        if not colon:
            raise ValueError(f"{text[start:end]!r} has no colon")
        at = end - len(value)
        head[name.strip().lower()] = CharSpan(at, end).trim(text)
        number += 1
    if "columns" not in head or "date" not in head:
        raise ValueError("it has no Columns or no Date")
    datetime.date.fromisoformat(head["date"].text(text))
    roles = tuple(part.strip() for part in head["columns"].text(text).split(","))
    if unknown := [role for role in roles if role not in ROLES]:
        raise ValueError(f"there is no kind of column {unknown[0]!r}")
    rows = [row for start, end in lines[number:] if (row := _row(text, start, end)) is not None]
    headed = "headings" not in head and bool(rows)
    return ActionList(head, cast("tuple[Role, ...]", roles), rows[0] if headed else None, tuple(rows[headed:]))


def actions_of(text: str) -> tuple[str, str, Counter[str]]:
    """The title and the day of a list, and how often it has each action, in the words of the cell.

    Raises:
        ValueError: as `parse`.
    """
    found = parse(text)
    place = found.roles.index("action") if "action" in found.roles else -1
    cells = [row.cells[place].text(text) for row in found.rows if 0 <= place < len(row.cells)]
    title = found.head["title"].text(text) if "title" in found.head else ""
    return title, found.head["date"].text(text), Counter(filter(None, cells))


def _row(text: str, start: int, end: int) -> Row | None:
    if not text[start:end].strip():
        return None
    cells, at = [], start
    for cell in text[start:end].split("\t"):
        cells.append(CharSpan(at, at + len(cell)).trim(text) if cell.strip() else CharSpan(at, at))
        at += len(cell) + 1
    return Row(CharSpan(start, end).trim(text), tuple(cells))


class ListReader:
    """Reads what `compose` wrote; everything else that is text is for the reader of text."""

    name = "list"

    def score(self, content: bytes, suffix: str) -> float:  # noqa: ARG002 - a reader is asked so
        """1 for a file that begins as a list does, else 0."""
        return 1.0 if content.removeprefix(b"\xef\xbb\xbf").startswith(_MAGIC.encode()) else 0.0

    def read(self, content: bytes, name: str, limits: Limits) -> SourceDocument:  # noqa: ARG002 - as above
        """See `Reader.read`."""
        text, encoding = decode(content, name)
        try:
            found = parse(text)
        except ValueError as error:
            raise ReadingError(
                "lists.head",
                f"{name} is no action list: {error}.",
                "Mend its first lines, or import the list again.",
                path=name,
                reason=str(error),
            ) from error
        return SourceDocument(
            name=name,
            text=text,
            blocks=tuple(_blocks(found, text)),
            sha256=digest(content),
            media_type=MEDIA_TYPE,
            encoding=encoding,
            size=len(content),
        )


def _blocks(found: ActionList, text: str) -> Iterator[Block]:
    for value in found.head.values():
        start = text.rfind("\n", 0, value.start) + 1
        key = CharSpan(start, text.index(":", start))
        yield Block(
            BlockKind.KEY_VALUE,
            CharSpan(start, value.end),
            (key, *([value] if value.length else [])),
            key=key,
            value=value,
        )
    for row in (*([found.headings] if found.headings else ()), *found.rows):
        cells = tuple(Cell((cell,) if cell.length else ()) for cell in row.cells)
        lines = tuple(cell for cell in row.cells if cell.length)
        yield Block(BlockKind.TABLE_ROW, row.span, lines, cells=cells, header=row is found.headings, table=1)
