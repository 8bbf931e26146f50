"""What the pages of one meeting, one person and one body have in common: sections of entries, wrapped."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from minutes_nlp.cli.messages import Messages
from minutes_nlp.cli.output import cell

if TYPE_CHECKING:
    from minutes_nlp.query.rows import ActionRow


def action_line(row: ActionRow, say: Messages) -> str:
    """An action on one line: its words, then how it stands, who does it, when it is due."""
    from minutes_nlp.query.readable import one_line

    about = [say("values.status.overdue" if row.overdue else f"values.status.{row.status}")]
    about += [", ".join(row.owners)] if row.owners else []
    about += [row.due or row.due_text or ""] if row.due or row.due_text else []
    return f"{one_line(row.action)} [{' · '.join(about)}]"


def section(heading: str, entries: Iterable[str], columns: int, say: Messages) -> Iterator[str]:
    """A heading with its entries; nothing if there are none."""
    listed = list(entries)
    if not listed:
        return
    yield ""
    yield f"{heading} ({len(listed)})"
    for entry in listed:
        indent = " " * (len(entry) - len(entry.lstrip()))
        yield from wrapped(cell(entry, "", say), columns, f"  {indent}- ", f"  {indent}  ")


def wrapped(text: str, columns: int, first: str = "", further: str | None = None) -> list[str]:
    """`text` in lines of at most `columns` characters, the first indented by `first`, the others by `further`."""
    rest = "  " + first if further is None else further
    return textwrap.wrap(text, max(columns, 20), initial_indent=first, subsequent_indent=rest) or [first]
