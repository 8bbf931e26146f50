"""How a user names a meeting or a theme, and what is meant by it."""

from __future__ import annotations

import re
import sqlite3

from minutes_nlp.errors import QueryError
from minutes_nlp.store.identity import fold, storable

_SHORTEST_PREFIX = 4
_SHOWN_CANDIDATES = 10

_BY = (
    "m.id = ?1",
    "m.date = ?1",
    "d.path = ?1",
    "substr(d.path, -length(?1) - 1) = '/' || ?1",
    "length(?1) >= ?2 AND substr(m.id, 1, length(?1)) = ?1",
)


def find_meetings(db: sqlite3.Connection, reference: str) -> list[str]:
    """The ids of the meetings that `reference` names, by date.

    Args:
        reference: a meeting's id or at least its first four digits, its date (`2024-05-31`), or the path of its
            document or the end of it (whole folder names). The first of these that fits any meeting counts.

    Raises:
        QueryError: `query.no_meeting`.
    """
    wanted = storable(reference).strip().replace("\\", "/")
    for condition in _BY:
        sql = f"""SELECT m.id FROM meetings m JOIN documents d ON d.id = m.document_id
            WHERE {condition} AND ?2 ORDER BY m.date, d.path"""  # noqa: S608 conditions of this module
        found = [row[0] for row in db.execute(sql, (wanted, _SHORTEST_PREFIX))]
        if found:
            return found
    raise QueryError(
        "query.no_meeting",
        f"There is no meeting {reference!r}.",
        "`minutes meetings` lists them; give an id, a date or a path.",
        reference=reference,
    )


def find_meeting(db: sqlite3.Connection, reference: str) -> str:
    """The id of the one meeting that `reference` names (see `find_meetings`).

    Raises:
        QueryError: `query.no_meeting`; `query.several_meetings`, with the candidates.
    """
    found = find_meetings(db, reference)
    if len(found) == 1:
        return found[0]
    shown = [_described(db, identifier) for identifier in found[:_SHOWN_CANDIDATES]]
    candidates = "; ".join(shown) + (" …" if len(found) > len(shown) else "")
    raise QueryError(
        "query.several_meetings",
        f"{reference!r} names {len(found)} meetings: {candidates}.",
        "Give the id of one of them.",
        reference=reference,
        count=len(found),
        candidates=candidates,
    )


def _described(db: sqlite3.Connection, identifier: str) -> str:
    sql = "SELECT m.date, m.title, d.path FROM meetings m JOIN documents d ON d.id = m.document_id WHERE m.id = ?"
    date, title, path = db.execute(sql, (identifier,)).fetchone()
    return " ".join(part for part in (identifier, date, f"{title} ({path})" if title else path) if part)


def find_themes(db: sqlite3.Connection, words: str) -> list[str]:
    """The ids of the themes meant: the one with this id, else those with all `words` in one of their labels.

    Raises:
        QueryError: `query.no_theme`, with the ids that exist.
    """
    rows = db.execute("SELECT id, nl, fr, en, de FROM themes ORDER BY id").fetchall()
    wanted = fold(words)
    for identifier, *_ in rows:
        if re.sub(r"\W+", "-", wanted).strip("-") == identifier:
            return [identifier]
    parts = wanted.split()
    found = [
        identifier
        for identifier, *labels in rows
        if parts and any(all(part in fold(label) for part in parts) for label in labels)
    ]
    if not found:
        listed = ", ".join(identifier for identifier, *_ in rows)
        raise QueryError(
            "query.no_theme",
            f"There is no theme {words!r}.",
            f"The themes are: {listed}." if listed else "",
            theme=words,
            themes=listed,
        )
    return found
