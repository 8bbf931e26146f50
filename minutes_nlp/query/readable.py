"""Passages as people read them: on one line, the cells of a table apart, without the columns that stand beside them."""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_right
from typing import Final, NamedTuple

_BETWEEN_CELLS = re.compile(r"[^\S\n]*\|[^\S\n]*|[^\S\n]*\t\s*|(?<=\S)[ \xa0]{3,}(?=\S)")
_RULE = re.compile(r"[\s|+=:_-]*")
_BETWEEN: Final = " | "

_PASSAGES = """
SELECT p.start_offset, p.end_offset, p.text FROM passages p JOIN documents d ON d.id = p.document_id
WHERE d.path = ? AND p.start_offset < ? AND p.end_offset > ? ORDER BY p.position
"""
_BESIDE = """
SELECT 1 FROM passages p JOIN documents d ON d.id = p.document_id
WHERE d.path = ?1 AND p.start_offset < ?3 AND p.end_offset > ?2 AND (p.start_offset, p.end_offset) <> (?2, ?3) LIMIT 1
"""


class _Block(NamedTuple):
    """A block of a document: half-open offsets, and the text between them, whatever stands beside its lines."""

    start: int
    end: int
    text: str


def one_line(text: str) -> str:
    """`text` on one line, with ` | ` between what stands in different cells; lines that only rule a table are left out.

    Cells are told by a vertical stroke, a tab, or three spaces.
    """
    lines = (_cells(line) for line in text.splitlines() if not _RULE.fullmatch(line))
    return " ".join(" ".join(filter(None, lines)).split())


def _cells(line: str) -> str:
    return _BETWEEN.join(_BETWEEN_CELLS.split(line.strip())).strip(" |")


def passage_at(db: sqlite3.Connection, document: str, start: int, end: int) -> str:
    """The blocks that hold a passage, each as `one_line` gives it, a line each; empty if none does.

    Args:
        db: the database.
        document: path of the document.
        start, end: of the passage, offsets into the document's text, end exclusive.
    """
    blocks = [_Block(*row) for row in db.execute(_PASSAGES, (document, end, start))]
    woven = (block for block in blocks if "\n" in block.text)  # on one line, nothing stands between
    if not any(db.execute(_BESIDE, (document, block.start, block.end)).fetchone() for block in woven):
        return "\n".join(one_line(block.text) for block in blocks)
    text = str(db.execute("SELECT text FROM documents WHERE path = ?", (document,)).fetchone()[0])
    own = [column for block in blocks if (column := _column(text, block, start)) is not None]
    return "\n".join(own or [one_line(block.text) for block in blocks])


def _column(text: str, block: _Block, place: int) -> str | None:
    """The words of a block of a table whose cells go on over several lines: in every line, the cell of its own column.

    Args:
        text: of the document.
        block: the block.
        place: an offset that has to stand in it.

    Returns:
        The words on one line; `None` if the offset stands in another column.
    """
    column = block.start - _line_start(text, block.start)
    words, holds = [], False
    at = _line_start(text, block.start)
    while at < block.end:
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        borders = [(0, 0), *(match.span() for match in _BETWEEN_CELLS.finditer(text, at, stop))]
        borders = [(max(first - at, 0), max(last - at, 0)) for first, last in borders]
        index = bisect_right([last for _, last in borders], column) - 1
        first = at + borders[index][1]
        last = at + borders[index + 1][0] if index + 1 < len(borders) else stop
        words.append(text[max(first, block.start) : min(last, block.end)])
        holds = holds or first <= place < max(last, first + 1)
        at = stop + 1
    return one_line("\n".join(words)) if holds else None


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1
