"""Whether a passage says again what an earlier one of the same document said."""

from __future__ import annotations

import re

_SHARED = 0.8
_WORD = re.compile(r"[^\W_]{3,}")
_ENOUGH = 3  # fewer words may recur by chance


class Repeats:
    """The passages seen so far, as sets of words."""

    def __init__(self) -> None:
        self._passages: list[frozenset[str]] = []

    def seen(self, text: str) -> bool:
        """Whether an earlier passage has nearly the same words; the passage counts as seen from now on."""
        words = frozenset(_WORD.findall(text.casefold()))
        known = len(words) >= _ENOUGH and any(
            len(words & other) >= _SHARED * min(len(words), len(other)) and len(other) >= _ENOUGH
            for other in self._passages
        )
        self._passages.append(words)
        return known
