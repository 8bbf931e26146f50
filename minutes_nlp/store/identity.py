"""Stable ids, and the one form in which names are compared."""

from __future__ import annotations

import hashlib
from collections import Counter

from minutes_nlp.resources.folding import fold, storable

__all__ = ["RowIds", "fold", "stable_id", "storable"]

_ID_DIGITS = 16
_SEPARATOR = "\x1f"


def stable_id(*parts: str | int) -> str:
    """An id of 16 hexadecimal digits that depends on `parts` and their order only: the same on every machine."""
    joined = _SEPARATOR.join(str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_DIGITS]


class RowIds:
    """Hands out the ids of one document's rows: from the kind of row and its span.

    Two rows of the same kind at the same place get different ids, by their order.
    """

    def __init__(self, document_id: str) -> None:
        self._document_id = document_id
        self._seen: Counter[tuple[str, int, int]] = Counter()

    def of(self, kind: str, start: int = 0, end: int = 0) -> str:
        """The id of the next row of this `kind` at `[start, end)`."""
        place = (kind, start, end)
        self._seen[place] += 1
        return stable_id(self._document_id, *place, self._seen[place])
