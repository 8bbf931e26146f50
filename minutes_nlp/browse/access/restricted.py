"""Which documents are confidential: what the log of corrections says, and the other versions of those meetings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from minutes_nlp.records.corrections import RESTRICTED, Correction, in_force
from minutes_nlp.store.correction_log import read_log
from minutes_nlp.store.corrections import mirrored_beyond

_LINKS = "SELECT m.document_id, o.document_id FROM meetings m JOIN meetings o ON o.id = m.superseded_by"


class Restricted(NamedTuple):
    """What only those with the right may see: ids of documents, and their paths and digests."""

    documents: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    def holds(self, correction: Correction) -> bool:
        """Whether a correction is about a confidential document."""
        about = (correction.document, correction.other.document if correction.other else None)
        return any(place.path in self.places or place.sha256 in self.places for place in about if place)


def known_corrections(db: sqlite3.Connection, log: Path) -> list[Correction]:
    """All corrections: of the log itself, as an ingest may not have taken them over yet, and of the database.

    Raises:
        StoreError: as `read_log`.
    """
    written = read_log(log).corrections
    return [*mirrored_beyond(db, {correction.id for correction in written}), *written]


def restricted(db: sqlite3.Connection, corrections: Sequence[Correction]) -> Restricted:
    """What is confidential.

    A document is meant by its path, or by its bytes under another path; the other versions of its meeting go with it.

    Args:
        db: the whole database.
        corrections: all, in the order of the log; of one document the last counts.
    """
    asked = dict(_asked(corrections))
    places = {place for place, wanted in asked.items() if wanted}
    if not places:
        return Restricted()
    rows = db.execute("SELECT id, path, sha256 FROM documents").fetchall()
    found = {identifier for identifier, path, sha256 in rows if path in places or sha256 in places}
    links = db.execute(_LINKS).fetchall()
    while more := {one for pair in links for one in pair if not found.isdisjoint(pair)} - found:
        found |= more
    for identifier, path, sha256 in rows:
        if identifier in found:
            places |= {path, sha256}
    return Restricted(frozenset(found), frozenset(places))


def _asked(corrections: Sequence[Correction]) -> Iterable[tuple[str, bool]]:
    for correction in in_force(corrections):
        if correction.kind == "meeting" and correction.field == RESTRICTED and correction.document is not None:
            yield correction.document.path, bool(correction.value)
            yield correction.document.sha256, bool(correction.value)
