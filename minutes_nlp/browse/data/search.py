"""The search page: passages with the words typed, counted by facets, and agenda items on the theme that they name."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from minutes_nlp.browse.lists import Facet, Kept, Listing, Places
from minutes_nlp.query.search import make_query, snippet, themes_named
from minutes_nlp.store.connect import named_rows
from minutes_nlp.store.search import Query

Row = dict[str, Any]

FACETS = ("language", "body", "year")
"""The facets of the page."""

_MOST_RANKED = 10_000
_NOTHING = '""'  # the query that finds nothing

_LIST = "SELECT number, document_id, coalesce(language, '') FROM passages ORDER BY document_id, start_offset"

_DOCUMENTS = """
SELECT m.document_id, coalesce(o.name, m.body, ''), coalesce(m.date, '')
FROM meetings m LEFT JOIN organisations o ON o.id = m.organisation_id WHERE m.superseded_by IS NULL
"""

_RANKED = "SELECT rowid, rank FROM passages_fts WHERE passages_fts MATCH ?"
_COUNTED = "SELECT count(*) FROM (SELECT 1 FROM passages_fts WHERE passages_fts MATCH ? LIMIT ?)"
_MATCHED = "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ?"

_ROWS = """
SELECT p.number, p.text, p.kind, p.language, p.start_offset AS start, m.id AS meeting_id, m.date, m.title AS meeting,
  coalesce(o.name, m.body) AS body, d.path AS document
FROM passages p JOIN documents d ON d.id = p.document_id JOIN meetings m ON m.document_id = d.id
LEFT JOIN organisations o ON o.id = m.organisation_id
WHERE p.number IN (SELECT value FROM json_each(?))
"""

_ON_THEMES = """
SELECT i.title AS item, i.number AS item_number, i.position + 1 AS place, i.language, m.id AS meeting_id, m.date,
  m.title AS meeting, coalesce(o.name, m.body) AS body, t.theme_id AS theme
FROM item_themes t JOIN agenda_items i ON i.id = t.agenda_item_id JOIN meetings m ON m.id = i.meeting_id
LEFT JOIN organisations o ON o.id = m.organisation_id
WHERE t.theme_id IN (SELECT value FROM json_each(?)) AND m.superseded_by IS NULL
ORDER BY m.date DESC, m.id, i.position LIMIT ?
"""


class Found(NamedTuple):
    """The numbers of the passages that match, the best first; or in no order (`ranked` is false), where there are too
    many to rank. `query` marks the words in them."""

    query: Query
    numbers: Places
    ranked: bool


class Passages(Listing):
    """Every passage, those of the latest meeting first; `ids` are their numbers as text."""

    def __init__(self, numbers: Places, facets: dict[str, Facet]) -> None:
        super().__init__([str(number) for number in numbers], facets)
        self._order = np.argsort(numbers)
        self._sorted = numbers[self._order]

    def places(self, numbers: Places) -> Places:
        """The places in the list of the passages with these numbers, in their order; those not listed are left out."""
        if not len(self._sorted):
            return np.zeros(0, dtype=np.int64)
        found = np.minimum(np.searchsorted(self._sorted, numbers), len(self._sorted) - 1)
        places: Places = self._order[found[self._sorted[found] == numbers]]
        return places


def _make_list(db: sqlite3.Connection) -> Passages:
    documents = {row[0]: (row[1], row[2]) for row in db.execute(_DOCUMENTS)}
    rows = [(*row, *documents[row[1]]) for row in db.execute(_LIST) if row[1] in documents]
    rows.sort(key=lambda row: row[4], reverse=True)
    return Passages(
        np.array([row[0] for row in rows], dtype=np.int64),
        {
            "language": Facet.of(row[2] for row in rows),
            "body": Facet.of(row[3] for row in rows),
            "year": Facet.of(row[4][:4] for row in rows),
        },
    )


PASSAGES = Kept("passages", _make_list)
"""Every passage, those of the latest meeting first."""


def find(db: sqlite3.Connection, typed: str) -> Found:
    """The passages that answer what was typed."""
    query = make_query(db, typed)
    expression = query.expression or _NOTHING
    if db.execute(_COUNTED, (expression, _MOST_RANKED + 1)).fetchone()[0] > _MOST_RANKED:
        numbers = [row[0] for row in db.execute(_MATCHED, (expression,))]
        return Found(query, np.array(numbers, dtype=np.int64), ranked=False)
    rows = [tuple(row) for row in db.execute(_RANKED, (expression,))]
    table = np.array(rows, dtype=float).reshape(-1, 2)
    return Found(query, table[np.argsort(table[:, 1], kind="stable"), 0].astype(np.int64), ranked=True)


def passage_rows(db: sqlite3.Connection, numbers: Sequence[str], query: Query | None = None) -> list[Row]:
    """The passages with these numbers, in this order; with `query` also `parts`: the text around the hits, in pieces
    of which each is a hit or not."""
    listed = json.dumps([int(number) for number in numbers])
    rows = {str(row["number"]): row for row in named_rows(db.execute(_ROWS, (listed,)))}
    for row in rows.values():
        if query:
            hits = query.hits(row["text"], [row["language"]] if row["language"] else ())
            row["parts"] = pieces(*snippet(row["text"], hits))
    return [rows[number] for number in numbers if number in rows]


def pieces(text: str, hits: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it is a hit."""
    found, place = [], 0
    for start, end in hits:
        found += [(text[place:start], False), (text[start:end], True)]
        place = end
    return [piece for piece in [*found, (text[place:], False)] if piece[0]]


def items_on_themes(db: sqlite3.Connection, typed: str, limit: int = 8) -> list[Row]:
    """The latest agenda items under the themes that what was typed names in any language."""
    themes = themes_named(db, typed)
    return list(named_rows(db.execute(_ON_THEMES, (json.dumps(themes), limit)))) if themes else []
