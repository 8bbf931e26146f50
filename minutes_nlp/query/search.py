"""Where do the minutes speak of something?"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

from minutes_nlp.query.rows import PassageRow
from minutes_nlp.resources import languages, section, words_cache
from minutes_nlp.resources.folding import fold
from minutes_nlp.store.connect import named_rows
from minutes_nlp.store.search import Query
from minutes_nlp.store.stems import Stems

_SNIPPET_CHARACTERS = 280
_BEFORE = 60
_MOST_NAMES = 5

_PASSAGES = """
SELECT p.text, p.kind, p.language, m.id AS meeting_id, m.date AS meeting_date, m.title AS meeting_title,
  d.path AS document, p.start_offset AS start, p.end_offset AS "end"
FROM passages_fts JOIN passages p ON p.number = passages_fts.rowid JOIN documents d ON d.id = p.document_id
JOIN meetings m ON m.document_id = d.id
WHERE passages_fts MATCH ? ORDER BY bm25(passages_fts), m.date DESC, d.path, p.position LIMIT ?
"""

_OTHER_NAMES = """
SELECT DISTINCT name FROM organisation_names WHERE organisation_id IN (
  SELECT organisation_id FROM organisation_names WHERE {conditions}) AND length(name) > 3 ORDER BY name
"""


def search_passages(db: sqlite3.Connection, words: str, limit: int = 20) -> list[PassageRow]:
    """The passages that hold all `words`, the best first; case, accents and inflection don't matter.

    A passage that holds another name of the body that `words` name does as well.

    Args:
        words: as typed: words, `"words next to each other"`, `begin*`; no character makes a query wrong.
        limit: how many passages to give at most.

    Returns:
        An empty list also if `words` holds no letter or digit.
    """
    query = make_query(db, words)
    if not query:
        return []
    rows = named_rows(db.execute(_PASSAGES, (query.expression, limit)))
    found = []
    for row in rows:
        hits = query.hits(row["text"], [row["language"]] if row["language"] else ())
        found.append(PassageRow(**{**row, "hits": hits, "snippet": snippet(row["text"], hits)[0]}))
    return found


def make_query(db: sqlite3.Connection, words: str) -> Query:
    """The query for what was typed, with the other names of the body that it names, if it names any."""
    return Query(words, other_names(db, words))


def other_names(db: sqlite3.Connection, words: str) -> list[str]:
    """The names, in any language, of the bodies one of whose names has all `words`; none if these are too many."""
    wanted = re.findall(r"\w{3,}", fold(words))
    if not wanted:
        return []
    condition = " AND ".join("(' ' || name_folded || ' ') LIKE ?" for _ in wanted)
    sql = _OTHER_NAMES.format(conditions=condition)
    found = [row[0] for row in db.execute(sql, [f"% {word} %" for word in wanted])]
    return found if len(found) <= _MOST_NAMES else []


def themes_named(db: sqlite3.Connection, words: str) -> list[str]:
    """The ids of the themes one of whose labels, in any language, has every word of `words`, inflected or not.

    Words that say nothing of a subject ("and") don't count, neither in `words` nor in the labels.
    """
    stems = Stems()
    wanted = [stems.of_forms(word) or {word} for word in re.findall(r"\w+", words) if fold(word) not in _empty_words()]
    if not wanted:
        return []
    found = []
    for identifier, *labels in db.execute("SELECT id, nl, fr, en, de FROM themes ORDER BY id"):
        for label in labels:
            telling = (word for word in re.findall(r"\w+", label) if fold(word) not in _empty_words())
            named = set().union(*(stems.of(word) for word in telling))
            if all(named & word for word in wanted):
                found.append(identifier)
                break
    return found


@words_cache()
def _empty_words() -> frozenset[str]:
    """Words of any language that say nothing of a subject, folded."""
    return frozenset(fold(word) for code in languages() for word in section(code, "search")["subject"]["empty"])


def snippet(text: str, hits: Sequence[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """`text` cut to the surroundings of the first hits, with `…` where something was left out.

    Returns:
        The cut text, and the places of the hits in it.
    """
    if len(text) <= _SNIPPET_CHARACTERS + _BEFORE:
        return text, tuple(hits)
    start = max(0, hits[0][0] - _BEFORE) if hits else 0
    if start:
        start = text.rfind(" ", 0, start) + 1
    end = min(len(text), start + _SNIPPET_CHARACTERS)
    if end < len(text):
        end = max(text.rfind(" ", start, end), hits[0][1] if hits else start + 1)
    before = "…" if start else ""
    moved = tuple((a - start + len(before), b - start + len(before)) for a, b in hits if start <= a and b <= end)
    return before + text[start:end] + ("…" if end < len(text) else ""), moved
