"""Columns that are read one after the other: two languages side by side, lists with a heading each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from minutes_nlp.resources import languages, section, words_cache

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 4000  # characters of a column that are looked at
_LEAST = 3  # small words that tell a language
_MARGIN = 2.0  # how many times the small words of the next language


def two_languages(left: str, right: str) -> bool:
    """Whether two texts are plainly in different languages, by their small words."""
    first, second = _language(left[:_SAMPLE]), _language(right[:_SAMPLE])
    return first is not None and second is not None and first != second


@words_cache()
def _small_words() -> dict[str, frozenset[str]]:
    return {code: frozenset(section(code, "language").get("small_words", ())) for code in languages()}


def _language(text: str) -> str | None:
    counts: Counter[str] = Counter()
    for word in _WORD.findall(text.casefold()):
        counts.update(code for code, small in _small_words().items() if word in small)
    ranked = [*counts.most_common(2), ("", 0), ("", 0)]
    (best, most), (_, next_) = ranked[0], ranked[1]
    return best if most >= _LEAST and most >= _MARGIN * next_ else None


@words_cache()
def _heads(key: str) -> frozenset[str]:
    return frozenset(word.casefold() for code in languages() for word in section(code, "reading").get(key, ()))


def lists_side_by_side(heads: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether columns each list something of their own: those present beside the date, or beside those excused.

    Args:
        heads: the first cell of each column.
        below: the other cells of each column; marks (`x`) under a head make it a table.
    """
    plain = [_plain(head) for head in heads]
    status = [head in _heads("status_heads") for head in plain]
    if not any(status) or not all(s or head in _heads("beside_heads") for s, head in zip(status, plain, strict=True)):
        return False
    listed = [cell for is_status, column in zip(status, below, strict=True) if is_status for cell in column]
    return sum(len(cell) > 4 for cell in listed) > len(listed) / 2


def is_label(text: str) -> bool:
    """Whether a text is one that stands over content of its own (`Aanwezig:`, `secrétaire`)."""
    return _plain(text) in _heads("status_heads") | _heads("beside_heads")


def _plain(text: str) -> str:
    return text.strip(" *_:\u00a0").casefold()
