"""What Datasette shows of each table: titles, descriptions, facets, labels."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from minutes_nlp.browse.language import page_language
from minutes_nlp.browse.questions import questions
from minutes_nlp.query.themes import theme_labels
from minutes_nlp.resources import section

_LISTS = (
    "meetings_view",
    "actions_view",
    "decisions_view",
    "people_view",
    "attendance_view",
    "passages",
    "documents",
    "ingest_errors",
)
"""What the first page offers to readers; the other tables stand below, for those who know what they look for."""

HIDDEN = (
    "attendance_candidates",
    "correction_targets",
    "ledger_state",
    "machine_records",
    "meeting_evidence",
    "owner_candidates",
    "owner_people",
    "people_state",
    "schema_migrations",
)
"""What serves the program alone; a table that it does not know is hidden as well."""

_LABEL_COLUMNS = {
    "documents": "path",
    "meetings": "title",
    "evidence": "quote",
    "people": "name",
    "organisations": "name",
    "attendance": "name",
    "agenda_items": "title",
    "passages": "text",
}

# None for the views: each facet would read a whole view, and our own pages have facets of them.
_FACETS: dict[str, list[str | dict[str, str]]] = {
    "action_owners": ["name"],
    "actions": ["status", "language", "is_repeat"],
    "agenda_items": ["level", "language"],
    "attendance": ["status", "role", "organisation_id"],
    "decisions": ["language", "is_repeat"],
    "documents": [{"array": "languages"}, "encoding", "media_type"],
    "evidence": ["kind"],
    "ingest_errors": ["code"],
    "item_themes": ["theme_id"],
    "meeting_themes": ["theme_id"],
    "meetings": ["body", "location"],
    "passages": ["kind", "language"],
}

_ORDER = {
    "actions_view": {"sort_desc": "date"},
    "attendance_view": {"sort_desc": "date"},
    "decisions_view": {"sort_desc": "date"},
    "ingest_errors": {"sort_desc": "at"},
    "meetings": {"sort_desc": "date"},
    "meetings_view": {"sort_desc": "date"},
    "open_actions": {"sort": "due_last_day"},
    "overdue_actions": {"sort": "due_last_day"},
    "people": {"sort": "name"},
}


def build_metadata(db: sqlite3.Connection, language: str, databases: Sequence[str]) -> dict[str, Any]:
    """Datasette's metadata for databases of one shape: texts, facets, labels and canned queries.

    Args:
        db: one of the databases; the names of its tables and columns are read, and the labels of the themes.
        language: of the texts (`nl`, `fr`, `en`; another gives English).
        databases: their names in addresses.
    """
    language = page_language(language)
    words = section(language, "browse")
    about = {
        "title": words["title"],
        "description": words["description"],
        "tables": {table: _table(table, columns, words, language) for table, columns in _columns(db).items()},
        "queries": questions(words, label=language),
    }
    return {
        "title": words["title"],
        "description": words["description"],
        "page": {**words["page"], "shown": _LISTS, "themes": theme_labels(db, language)},
        "databases": dict.fromkeys(databases, about),
    }


def _columns(db: sqlite3.Connection) -> dict[str, list[str]]:
    """The columns of each table and view, without those that the full-text index keeps for itself."""
    sql = """SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
        WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'passages\\_fts%' ESCAPE '\\' ORDER BY m.name, c.cid"""
    found: dict[str, list[str]] = {}
    for table, column in db.execute(sql):
        found.setdefault(table, []).append(column)
    return found


def _table(table: str, columns: list[str], words: Mapping[str, Any], language: str) -> dict[str, Any]:
    if table in HIDDEN or table not in words["tables"]:
        return {"hidden": True}
    title, description = words["tables"][table]
    described = {column: words["columns"][column] for column in columns if column in words["columns"]}
    about: dict[str, Any] = {"title": title, "description": description, "columns": described}
    about["facets"] = _FACETS.get(table, [])
    label = language if table == "themes" else _LABEL_COLUMNS.get(table)
    if label:
        about["label_column"] = label
    return {**about, **_ORDER.get(table, {})}
