"""Which row a person means by an id or its first digits, and where that row stands."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from minutes_nlp.errors import QueryError
from minutes_nlp.store.identity import storable

SHORTEST_PREFIX: Final = 4
"""Digits of an id that have to be given at least."""
_SHOWN = 6
_SHOWN_LETTERS = 60
TABLES: Final = {
    "action": "actions",
    "decision": "decisions",
    "attendance": "attendance",
    "agenda_item": "agenda_items",
}
"""The table of each kind of row that stands somewhere in a document."""


@dataclass(frozen=True, slots=True)
class Place:
    """A row and where it stands: offsets half-open into the text of the document at `path`."""

    kind: str
    id: str
    meeting_id: str
    path: str
    sha256: str
    start: int
    end: int
    quote: str


def find_row(db: sqlite3.Connection, kind: str, reference: str) -> Place:
    """The row of a kind (`TABLES`) with this id, or whose id begins so.

    Raises:
        QueryError: `query.short_id`; `query.no_row`; `query.several_rows`, with those that fit.
    """
    wanted = checked_prefix(reference)
    sql = f"""SELECT r.id, r.meeting_id, d.path, d.sha256, e.start_offset, e.end_offset, e.quote
        FROM {TABLES[kind]} r JOIN evidence e ON e.id = r.evidence_id JOIN documents d ON d.id = e.document_id
        WHERE r.id >= ?1 AND r.id < ?1 || 'g' ORDER BY d.path, e.start_offset"""  # noqa: S608 our own tables
    found = [Place(kind, *row) for row in db.execute(sql, (wanted,))]
    if not found:
        raise QueryError(
            "query.no_row",
            f"Nothing of that kind has the id {reference}.",
            "The lists with --format json give the ids.",
            reference=reference,
        )
    if len(found) > 1:
        raise several(reference, [f"{place.id} {shown(place.quote)}" for place in found])
    return found[0]


def checked_prefix(reference: str) -> str:
    """The first digits of an id, as they are compared.

    Raises:
        QueryError: `query.short_id`: too few to go by.
    """
    wanted = storable(reference).strip().lower()
    if len(wanted) < SHORTEST_PREFIX:
        raise QueryError(
            "query.short_id",
            f"{reference!r} is too short for an id.",
            f"Give at least {SHORTEST_PREFIX} of its digits.",
            reference=reference,
            digits=SHORTEST_PREFIX,
        )
    return wanted


def several(reference: str, found: list[str]) -> QueryError:
    """What to raise if an id may mean several rows."""
    listed = "; ".join(found[:_SHOWN]) + (" …" if len(found) > _SHOWN else "")
    return QueryError(
        "query.several_rows",
        f"{reference} may mean {len(found)}: {listed}.",
        "Give more digits of its id.",
        reference=reference,
        count=len(found),
        candidates=listed,
    )


def several_called(name: str, found: list[str]) -> QueryError:
    """What to raise if several people or bodies fit a name."""
    listed = "; ".join(found[:_SHOWN]) + (" …" if len(found) > _SHOWN else "")
    return QueryError(
        "query.several_called",
        f"“{name}” may mean {len(found)}: {listed}.",
        "Give the whole name, or the first digits of the id.",
        name=name,
        count=len(found),
        candidates=listed,
    )


def shown(quote: str) -> str:
    """A quote on one line, cut where it gets long."""
    line = " ".join(quote.split())
    return line if len(line) <= _SHOWN_LETTERS else f"{line[: _SHOWN_LETTERS - 1]}…"


def document_text(db: sqlite3.Connection, path: str) -> str:
    """The text of the document at `path`, empty if there is none."""
    row = db.execute("SELECT text FROM documents WHERE path = ?", (path,)).fetchone()
    return row[0] if row else ""
