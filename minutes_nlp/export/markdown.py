"""Markdown: text that shows as it is, and the actions as a table."""

from __future__ import annotations

import re
from collections.abc import Iterable

from minutes_nlp.export.cells import item_of, printable, shown_status
from minutes_nlp.export.sheets import Link
from minutes_nlp.export.words import Words
from minutes_nlp.query.tasks import Task

_BLANK = re.compile(r"[^\S\u00a0\u202f]+")  # a no-break space, as before a French colon, stays
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LIST_SIGN = re.compile(r"^(\s*)(?:([-+])(?=\s|$)|(\d+)([.)])(?=\s|$))")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>#|~&.)+-])")
_COLUMNS = ("status", "due", "owners", "action", "meeting_date", "meeting_body", "item", "document")


def literal(text: str) -> str:
    """`text` on one line, such that no sign in it means anything to Markdown.

    Example:
        >>> literal("1. <b> *x*")
        '1\\\\. \\\\<b\\\\> \\\\*x\\\\*'
    """
    line = _SIGNS.sub(r"\\\1", _BLANK.sub(" ", printable(text)).strip())
    return _LIST_SIGN.sub(lambda sign: f"{sign[1]}\\{sign[2]}" if sign[2] else f"{sign[1]}{sign[3]}\\{sign[4]}", line)


def plain(markdown: str) -> str:
    """What `literal` escaped, as people read it where nothing shows Markdown."""
    return _ESCAPED.sub(r"\1", markdown)


def linked(text: str, address: str | None) -> str:
    """`text` as a link, or as it is where there is no address."""
    return literal(text) if address is None else f"[{literal(text)}]({address.replace('(', '%28').replace(')', '%29')})"


def markdown_table(tasks: Iterable[Task], words: Words, link: Link) -> str:
    """The actions as one table, the passage of each in its document linked."""
    lines = [f"# {words('actions')}", ""]
    lines.append("| " + " | ".join(words(f"columns.{name}") for name in _COLUMNS) + " |")
    lines.append("|" + " --- |" * len(_COLUMNS))
    for task in tasks:
        row = task.action
        place = f"{row.document} [{row.start}–{row.end}]"
        cells = (
            words(f"status.{shown_status(task)}"),
            literal(row.due or row.due_text or ""),
            literal("; ".join(row.owners)),
            literal(task.text),
            row.meeting_date or "",
            literal(row.meeting_body or row.meeting_title or ""),
            literal(item_of(task) or ""),
            linked(place, link(row.document)),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
