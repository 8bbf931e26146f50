"""The closed list of themes, as the database holds it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable


def themes_of(db: sqlite3.Connection, table: str, column: str) -> dict[str, tuple[str, ...]]:
    """The theme ids in a table that links rows to themes, by the id in `column`, in their order."""
    found: dict[str, tuple[str, ...]] = {}
    sql = f"SELECT {column}, theme_id FROM {table} ORDER BY {column}, position"  # noqa: S608 names of our own tables
    for identifier, theme in db.execute(sql):
        found[identifier] = (*found.get(identifier, ()), theme)
    return found


def theme_labels(db: sqlite3.Connection, language: str, ids: Iterable[str] | None = None) -> dict[str, str]:
    """The labels of the themes in `language` (`nl`, `fr`, `en`, `de`; another gives English), by id.

    Args:
        ids: only these; default: all. An unknown id is left out.
    """
    column = language if language in ("nl", "fr", "en", "de") else "en"
    labels = dict(db.execute(f"SELECT id, {column} FROM themes ORDER BY id"))  # noqa: S608 one of four names
    return labels if ids is None else {identifier: labels[identifier] for identifier in ids if identifier in labels}
