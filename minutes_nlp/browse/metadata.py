"""What Datasette shows of each table: titles, descriptions, facets, labels."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from minutes_nlp.browse.questions import questions
from minutes_nlp.query.themes import theme_labels
from minutes_nlp.resources import section

DATABASE = "minutes"
"""The name of the database in addresses: `/minutes/open_actions`."""

STYLE = "/look/minutes.css"
"""The address of our own style sheet."""

LANGUAGES = ("nl", "fr", "en")
"""The languages that the pages have texts in."""

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

_HIDDEN = ("schema_migrations", "meeting_evidence", "owner_candidates")

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

_ARRAYS_OF_ACTIONS = [{"array": "owners"}, {"array": "themes"}]
_FACETS: dict[str, list[str | dict[str, str]]] = {
    "action_owners": ["name"],
    "actions": ["status", "language", "is_repeat"],
    "actions_view": ["status", *_ARRAYS_OF_ACTIONS, "language"],
    "agenda_items": ["level", "language"],
    "attendance": ["status", "role", "organisation_id"],
    "attendance_view": ["status", "role", "organisation"],
    "decisions": ["language", "is_repeat"],
    "decisions_view": [{"array": "themes"}, "language"],
    "documents": [{"array": "languages"}, "encoding", "media_type"],
    "evidence": ["kind"],
    "ingest_errors": ["code"],
    "item_themes": ["theme_id"],
    "meeting_themes": ["theme_id"],
    "meetings": ["body", "location"],
    "meetings_view": ["body", {"array": "languages"}, {"array": "themes"}],
    "open_actions": [*_ARRAYS_OF_ACTIONS, "language"],
    "overdue_actions": [*_ARRAYS_OF_ACTIONS, "language"],
    "passages": ["kind", "language"],
    "people_view": [{"array": "organisations"}],
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
    "people_view": {"sort": "name"},
}


def page_language(language: str) -> str:
    """`language`, if the pages have texts in it, else English."""
    return language if language in LANGUAGES else "en"


def build_metadata(db: sqlite3.Connection, language: str) -> dict[str, Any]:
    """Datasette's metadata for the database: texts, facets, labels and canned queries.

    Args:
        db: the database; the names of its tables and columns are read, and the labels of the themes.
        language: of the texts (`nl`, `fr`, `en`; another gives English).
    """
    language = page_language(language)
    words = section(language, "browse")
    return {
        "title": words["title"],
        "description": words["description"],
        "page": {**words["page"], "shown": _LISTS, "themes": theme_labels(db, language)},
        "extra_css_urls": [STYLE],
        "databases": {
            DATABASE: {
                "title": words["title"],
                "description": words["description"],
                "tables": {table: _table(table, columns, words, language) for table, columns in _columns(db).items()},
                "queries": questions(words, label=language),
            }
        },
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
    if table in _HIDDEN:
        return {"hidden": True}
    title, description = words["tables"][table]
    described = {column: words["columns"][column] for column in columns if column in words["columns"]}
    about: dict[str, Any] = {"title": title, "description": description, "columns": described}
    about["facets"] = _FACETS.get(table, [])
    label = language if table == "themes" else _LABEL_COLUMNS.get(table)
    if label:
        about["label_column"] = label
    return {**about, **_ORDER.get(table, {})}
