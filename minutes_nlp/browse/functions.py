"""A Datasette plugin: the SQL functions of the canned queries, and what the templates need."""

from __future__ import annotations

import json
import re
import sqlite3
from typing import Any

import markupsafe
from datasette import hookimpl

from minutes_nlp.browse.metadata import DATABASE
from minutes_nlp.store.identity import fold, stable_id
from minutes_nlp.store.search import match_expression

_ARRAYS = ("languages", "organisations", "owners", "themes")
_DAY_OR_MONTH = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_NOTHING = '""'  # the full-text query that finds nothing


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Add `fold(text)`, by which names are compared, and `match_words(text)`, which makes a full-text query."""
    conn.create_function("fold", 1, _fold, deterministic=True)
    conn.create_function("match_words", 1, _match_words, deterministic=True)


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(datasette: Any) -> dict[str, Any]:
    """Give every template `site`: the words of the pages, the questions and the tables with their titles."""
    whole = datasette.metadata()
    about = whole["databases"][DATABASE]
    page = whole["page"]
    shared = {"title": whole["title"], "description": whole["description"], "page": page, "database": DATABASE}
    lists = [name for name in page["shown"] if name in about["tables"]]
    return {"site": {**shared, "tables": about["tables"], "queries": about["queries"], "lists": lists}}


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(
    row: Any, value: object, column: str, table: str | None, datasette: Any
) -> markupsafe.Markup | str | None:
    """Show a value as people read it: a meeting and a document have links, arrays are lists, themes have labels."""
    if not isinstance(value, str):
        return None
    if _DAY_OR_MONTH.fullmatch(value):
        return markupsafe.Markup('<span class="nowrap">{}</span>').format(value)
    if column == "document":
        return _link(datasette, "documents", stable_id(value), value)
    if (table, column) == ("meetings_view", "title"):
        return _link(datasette, "meetings", row["id"], value)
    if column in _ARRAYS and table is not None and value.startswith("["):
        labels = datasette.metadata("page")["themes"] if column == "themes" else {}
        return ", ".join(labels.get(entry, entry) for entry in json.loads(value))
    return None


def _link(datasette: Any, table: str, identifier: str, text: str) -> markupsafe.Markup:
    address = f"{datasette.urls.table(DATABASE, table)}/{identifier}"
    return markupsafe.Markup('<a href="{}">{}</a>').format(address, text)


def _fold(value: object) -> str | None:
    return None if value is None else fold(str(value))


def _match_words(value: object) -> str:
    return match_expression("" if value is None else str(value)) or _NOTHING
