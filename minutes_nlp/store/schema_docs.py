"""The page that describes the database, made from a real database and the descriptions in `schema.toml`.

Run `python -m minutes_nlp.store.schema_docs docs/schema.md` after a change; a test compares.
"""

from __future__ import annotations

import functools
import sqlite3
import sys
import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from minutes_nlp.errors import StoreError
from minutes_nlp.store.migrations import LATEST, migrate

_INTRODUCTION = f"""# The database

SQLite, version {LATEST} of the schema. Made by `python -m minutes_nlp.store.schema_docs docs/schema.md`: do not edit.

Foreign keys are enforced, and everything found in a document goes when the document goes. Days are ISO 8601 text.
Offsets count Unicode code points of `documents.text` from 0; the end is exclusive. A quote that is not exactly the text
at its offsets cannot be written, by whatever program: triggers refuse it.
"""


class Column(NamedTuple):
    """A column of a table or view: its type, whether NULL may stand in it, what it refers to, what it means."""

    name: str
    type: str
    nullable: bool
    references: str
    description: str


class Relation(NamedTuple):
    """A table or view with its columns."""

    name: str
    is_view: bool
    description: str
    columns: list[Column]


def relations(db: sqlite3.Connection) -> list[Relation]:
    """The tables, in the order in which they were made, then the views.

    Raises:
        StoreError: `store.undescribed`: a table, view or column has no description, or a description has no column.
    """
    sql = "SELECT name, type = 'view' FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY type, rowid"
    found = [_relation(db, name, bool(is_view)) for name, is_view in db.execute(sql) if not _is_internal(name)]
    unknown = set(_descriptions()["tables"]) - {relation.name for relation in found}
    if unknown:
        raise _undescribed(f"schema.toml describes what does not exist: {', '.join(sorted(unknown))}")
    return found


def schema_page(db: sqlite3.Connection) -> str:
    """The page in Markdown."""
    return "\n".join([_INTRODUCTION, *(line for relation in relations(db) for line in _section(relation))])


def _is_internal(table: str) -> bool:
    """Whether SQLite or its full-text index keeps the table for itself."""
    return table.startswith(("sqlite_", "passages_fts"))


@functools.cache
def _descriptions() -> dict[str, Any]:
    return tomllib.loads((resources.files("minutes_nlp.store") / "schema.toml").read_text(encoding="utf-8"))


def _undescribed(message: str) -> StoreError:
    return StoreError("store.undescribed", f"{message}.")


def _relation(db: sqlite3.Connection, name: str, is_view: bool) -> Relation:
    tables = _descriptions()["tables"]
    if name not in tables:
        raise _undescribed(f"schema.toml has no description of {name}")
    about = tables[name]
    own = {**tables.get(about.get("like"), {}).get("columns", {}), **about.get("columns", {})}
    targets = {row[3]: f"{row[2]}.{row[4]}" for row in db.execute(f"PRAGMA foreign_key_list({name})")}
    columns = []
    for _, column, type_, not_null, _, _ in db.execute(f"PRAGMA table_info({name})"):
        description = own.pop(column, None) or _descriptions()["columns"].get(column)
        if description is None:
            raise _undescribed(f"schema.toml has no description of {name}.{column}")
        columns.append(Column(column, type_, not not_null, targets.get(column, ""), description))
    if own:
        raise _undescribed(f"schema.toml describes what does not exist: {name}.{', '.join(own)}")
    return Relation(name, is_view, about["description"], columns)


def _section(relation: Relation) -> Iterator[str]:
    yield f"## {relation.name}{' (view)' if relation.is_view else ''}"
    yield f"\n{relation.description}\n"
    if relation.is_view:
        yield "| column | meaning |\n|---|---|"
        yield from (f"| `{column.name}` | {column.description} |" for column in relation.columns)
    else:
        yield "| column | type | NULL | refers to | meaning |\n|---|---|---|---|---|"
        for column in relation.columns:
            target = f"`{column.references}`" if column.references else ""
            null = "yes" if column.nullable else ""
            yield f"| `{column.name}` | {column.type} | {null} | {target} | {column.description} |"
    yield ""


def main(arguments: list[str]) -> None:
    """Write the page to the file named first in `arguments`, or to standard output."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    migrate(db)
    page = schema_page(db)
    if arguments:
        Path(arguments[0]).write_text(page, encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(page)


if __name__ == "__main__":
    main(sys.argv[1:])
