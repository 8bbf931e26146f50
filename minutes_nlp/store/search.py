"""From what a user types to a query of the full-text index."""

from __future__ import annotations

import re
import unicodedata
from itertools import product

from minutes_nlp.store.identity import storable

_PHRASE_OR_WORD = re.compile(r'["“”«»]([^"“”«»]*)["“”«»]|(\S+)')
_LIGATURES = (("oe", "œ"), ("ae", "æ"))
_MOST_VARIANTS = 8


def match_expression(typed: str) -> str:
    """The FTS5 query for `typed`: every word has to occur; words in quotation marks, next to each other.

    A `*` at the end of a word stands for any ending. No other character means anything to the index, so that nothing
    a user types is a wrong query. A word with `oe` also finds `œ`, and the other way round (accents are the index's
    own affair).

    Returns:
        An empty text if nothing typed holds a letter or digit.
    """
    terms = []
    typed = storable(typed).replace("\0", " ")
    for phrase, word in _PHRASE_OR_WORD.findall(typed):
        term = phrase or word
        if any(_counts(character) for character in term):
            terms.append(_term(term.rstrip("*"), prefix=term.endswith("*") and not phrase))
    return " AND ".join(terms)


def _counts(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


def _term(text: str, *, prefix: bool) -> str:
    quoted = ['"{}"{}'.format(variant.replace('"', '""'), "*" if prefix else "") for variant in _variants(text)]
    return quoted[0] if len(quoted) == 1 else f"({' OR '.join(quoted)})"


def _variants(text: str) -> list[str]:
    """`text` with each ligature written both ways (the first few, should there be very many)."""
    pieces = re.split(r"(œ|oe|æ|ae)", text, flags=re.IGNORECASE)
    spellings = [next((pair for pair in _LIGATURES if piece.lower() in pair), (piece,)) for piece in pieces]
    found = ["".join(parts) for _, parts in zip(range(_MOST_VARIANTS), product(*spellings), strict=False)]
    return list(dict.fromkeys([text, *found]))
