"""A Datasette plugin: the SQL functions of the canned queries."""

from __future__ import annotations

import sqlite3
from typing import Any

from datasette import hookimpl

from minutes_nlp.browse.state import is_ours
from minutes_nlp.store.identity import fold
from minutes_nlp.store.search import match_expression

_NOTHING = '""'  # the full-text query that finds nothing


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection, datasette: Any) -> None:
    """Add `fold(text)`, by which names are compared, and `match_words(text)`, which makes a full-text query.

    On our sites Datasette's own `escape_fts`, which makes the query of a table's search, is the same as `match_words`:
    inflection is forgiven there too, and nothing that is typed is an error.
    """
    conn.create_function("fold", 1, _fold, deterministic=True)
    conn.create_function("match_words", 1, _match_words, deterministic=True)
    if is_ours(datasette):
        conn.create_function("escape_fts", 1, _match_words, deterministic=True)


def _fold(value: object) -> str | None:
    return None if value is None else fold(str(value))


def _match_words(value: object) -> str:
    return match_expression("" if value is None else str(value)) or _NOTHING
