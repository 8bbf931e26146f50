"""Themes: their labels, how often each came up, and what was decided and is to be done under one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from minutes_nlp.browse.lists import Kept
from minutes_nlp.query.themes import theme_labels
from minutes_nlp.store.connect import named_rows

Row = dict[str, Any]

_LANGUAGES = ("nl", "fr", "en", "de")

_YEARS = """
SELECT t.theme_id AS theme, substr(m.date, 1, 4) AS year, count(*) AS items, count(DISTINCT m.id) AS meetings
FROM item_themes t JOIN agenda_items i ON i.id = t.agenda_item_id JOIN meetings m ON m.id = i.meeting_id
WHERE m.superseded_by IS NULL AND m.date IS NOT NULL
GROUP BY 1, 2 ORDER BY 1, 2
"""

_NAMES = "SELECT id, nl, fr, en, de, scope FROM themes WHERE id = ?"


def _labels(db: sqlite3.Connection) -> dict[str, dict[str, str]]:
    return {language: theme_labels(db, language) for language in _LANGUAGES}


THEME_LABELS = Kept("theme labels", _labels)
"""The label of each theme, by language and then by id."""

THEME_YEARS: Kept[Sequence[Row]] = Kept("theme years", lambda db: list(named_rows(db.execute(_YEARS))))
"""Per theme and year, in how many agenda items and meetings it came up."""


def theme_names(db: sqlite3.Connection, identifier: str) -> Row | None:
    """A theme with its labels in all languages, or `None`."""
    return next(named_rows(db.execute(_NAMES, (identifier,))), None)
