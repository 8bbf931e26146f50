"""Which decisions were taken?"""

from __future__ import annotations

import sqlite3

from minutes_nlp.query.filters import Conditions, add_theme, words_in
from minutes_nlp.query.references import find_meetings, find_themes
from minutes_nlp.query.rows import DecisionRow
from minutes_nlp.query.themes import themes_of
from minutes_nlp.store.connect import named_rows

_DECISIONS = """
SELECT c.id, e.quote AS decision, m.id AS meeting_id, m.date AS meeting_date, m.title AS meeting_title,
  m.body AS meeting_body, i.number AS item_number, i.title AS item_title, coalesce(i.main_item_id, i.id) AS themes,
  c.language, c.is_repeat AS repeat, c.recogniser, c.confidence, d.path AS document, e.start_offset AS start,
  e.end_offset AS "end"
FROM decisions c JOIN evidence e ON e.id = c.evidence_id JOIN meetings m ON m.id = c.meeting_id
JOIN documents d ON d.id = m.document_id LEFT JOIN agenda_items i ON i.id = c.agenda_item_id
"""

_ONE_ROW_EACH = """c.is_repeat = 0 AND m.superseded_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM pairs WHERE kind = 'decision' AND second_id = c.id)"""


def find_decisions(
    db: sqlite3.Connection,
    *,
    meeting: str | None = None,
    theme: str | None = None,
    search: str | None = None,
    repeats: bool = False,
) -> list[DecisionRow]:
    """The decisions, newest meeting first, in the order of the document; meetings without a date come last.

    Args:
        meeting: of the meetings that this names (see `find_meetings`).
        theme: id of a theme, or part of its label, of the main agenda item.
        search: words that the decision contains, each a substring, without case or accents.
        repeats: also those that only say again what another passage said, in the same document or in another language,
            and those of superseded versions.

    Raises:
        QueryError: `query.no_meeting`, `query.no_theme`.
    """
    conditions = Conditions()
    if meeting:
        conditions.add_in("m.id", find_meetings(db, meeting))
    if theme:
        add_theme(conditions, find_themes(db, theme))
    if search:
        condition, words = words_in("fold(e.quote)", search)
        conditions.add(condition, *words)
    if not repeats:
        conditions.add(_ONE_ROW_EACH)
    sql = f"{_DECISIONS} {conditions.where()} ORDER BY m.date DESC, d.path, c.position"
    themes = themes_of(db, "item_themes", "agenda_item_id")
    return [
        DecisionRow(**{**row, "themes": themes.get(row["themes"], ()), "repeat": bool(row["repeat"])})
        for row in named_rows(db.execute(sql, conditions.values))
    ]
