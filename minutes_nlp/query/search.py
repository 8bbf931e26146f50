"""Where do the minutes speak of something?"""

from __future__ import annotations

import re
import sqlite3

from minutes_nlp.query.rows import PassageRow
from minutes_nlp.store.connect import named_rows
from minutes_nlp.store.search import match_expression

_OPEN, _CLOSE = "\ue000", "\ue001"  # private-use characters mark the hits: minutes do not contain them
_SNIPPET_WORDS = 40

_PASSAGES = """
SELECT p.text, snippet(passages_fts, 0, '', '', '…', ?) AS snippet, highlight(passages_fts, 0, ?, ?) AS hits,
  p.kind, p.language, m.id AS meeting_id, m.date AS meeting_date, m.title AS meeting_title, d.path AS document,
  p.start_offset AS start, p.end_offset AS "end"
FROM passages_fts JOIN passages p ON p.number = passages_fts.rowid JOIN documents d ON d.id = p.document_id
JOIN meetings m ON m.document_id = d.id
WHERE passages_fts MATCH ? ORDER BY bm25(passages_fts), m.date DESC, d.path, p.position LIMIT ?
"""


def search_passages(db: sqlite3.Connection, words: str, limit: int = 20) -> list[PassageRow]:
    """The passages that hold all `words`, the best first; case and accents don't matter.

    Args:
        words: as typed: words, `"words next to each other"`, `begin*`; no character makes a query wrong.
        limit: how many passages to give at most.

    Returns:
        An empty list also if `words` holds no letter or digit.
    """
    expression = match_expression(words)
    if not expression:
        return []
    rows = named_rows(db.execute(_PASSAGES, (_SNIPPET_WORDS, _OPEN, _CLOSE, expression, limit)))
    return [PassageRow(**{**row, "hits": _hits(row["text"], row["hits"])}) for row in rows]


def _hits(text: str, marked: str) -> tuple[tuple[int, int], ...]:
    """The marked places of `text`; none if the text itself has the marks, so that they mean nothing."""
    if _OPEN in text or _CLOSE in text:
        return ()
    hits, removed = [], 0
    for found in re.finditer(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}", marked):
        hits.append((found.start() - removed, found.start() - removed + len(found[1])))
        removed += len(_OPEN + _CLOSE)
    return tuple(hits)
