"""From what a user types to a query of the full-text index, and to the places in a text that answer it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from minutes_nlp.resources.folding import fold
from minutes_nlp.store.identity import storable
from minutes_nlp.store.stems import Stems

_PHRASE_OR_WORD = re.compile(r'["“”«»]([^"“”«»]*)["“”«»]|(\S+)')
_LIGATURES = (("oe", "œ"), ("ae", "æ"))
_MOST_VARIANTS = 8
_TOKEN = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")  # as `unicode61` divides a text

Span = tuple[int, int]


class _Term(NamedTuple):
    """One word or phrase: the spellings of its words (each a sequence), its stems, whether any ending will do."""

    spellings: list[list[str]]
    stems: frozenset[str]
    prefix: bool


class Query:
    """What was typed: every word has to occur, in any inflection; words in quotation marks, as typed and adjoining.

    A `*` at the end of a word stands for any ending. No other character means anything, so that nothing a user types
    is a wrong query. A word with `oe` also finds `œ`, and the other way round; accents and capitals don't matter.

    Args:
        typed: as typed.
        others: further texts, each of which will do as well if its words stand next to each other (the names of the
            same body in another language).
    """

    def __init__(self, typed: str, others: Iterable[str] = ()) -> None:
        stems = Stems()
        self._terms = list(_terms(storable(typed).replace("\0", " "), stems))
        quoted = (storable(other).replace("\0", " ").replace('"', " ") for other in others)
        self._others = [term for other in quoted for term in _terms(f'"{other}"', stems)]

    def __bool__(self) -> bool:
        """Whether anything was typed that can be searched for."""
        return bool(self._terms)

    @property
    def expression(self) -> str:
        """The FTS5 query; empty if no letter or digit was typed."""
        whole = " AND ".join(map(_expression, self._terms))
        others = [_expression(other) for other in self._others] if self._terms else []
        return " OR ".join([f"({whole})", *others]) if others else whole

    def hits(self, text: str, languages: Iterable[str] = ()) -> tuple[Span, ...]:
        """The places of `text` where the words stand: half-open offsets, in order, without overlaps.

        Args:
            languages: of the text; none: any.
        """
        tokens = [(found.start(), found.end(), fold(found[0]), found[0]) for found in _TOKEN.finditer(text)]
        stems = Stems(languages)
        found: set[Span] = set()
        for term in (*self._terms, *self._others):
            found.update(_places(term, tokens, stems))
        return tuple(_apart(sorted(found)))


def match_expression(typed: str) -> str:
    """The FTS5 query for `typed` (see `Query`); an empty text if nothing typed holds a letter or digit."""
    return Query(typed).expression


def _terms(typed: str, stems: Stems) -> Iterator[_Term]:
    for phrase, word in _PHRASE_OR_WORD.findall(typed):
        term = phrase or word
        if not any(map(_counts, term)):
            continue
        prefix = term.endswith("*") and not phrase
        spellings = [words for variant in _variants(term.rstrip("*")) if (words := _TOKEN.findall(variant))]
        if spellings:
            one = not phrase and not prefix and len(spellings[0]) == 1
            yield _Term(spellings, frozenset(stems.of_forms(spellings[0][0]) if one else ()), prefix)


def _counts(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


def _expression(term: _Term) -> str:
    words = ["text : {}{}".format(_quoted(" ".join(words)), "*" if term.prefix else "") for words in term.spellings]
    stems = [f"stems : {_quoted(stem)}" for stem in sorted(term.stems)]
    either = [*words, *stems]
    return either[0] if len(either) == 1 else f"({' OR '.join(either)})"


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""'))


def _variants(text: str) -> list[str]:
    """`text` with each ligature written both ways (the first few, should there be very many)."""
    pieces = re.split(r"(œ|oe|æ|ae)", text, flags=re.IGNORECASE)
    spellings = [next((pair for pair in _LIGATURES if piece.lower() in pair), (piece,)) for piece in pieces]
    found = ["".join(parts) for _, parts in zip(range(_MOST_VARIANTS), product(*spellings), strict=False)]
    return list(dict.fromkeys([text, *found]))


def _places(term: _Term, tokens: list[tuple[int, int, str, str]], stems: Stems) -> Iterator[Span]:
    for words in {tuple(map(fold, spelling)) for spelling in term.spellings}:
        for place in range(len(tokens) - len(words) + 1):
            run = tokens[place : place + len(words)]
            last = run[-1][2].startswith(words[-1]) if term.prefix else run[-1][2] == words[-1]
            if last and all(token[2] == word for token, word in zip(run[:-1], words[:-1], strict=True)):
                yield run[0][0], run[-1][1]
    if term.stems:
        for start, end, _, word in tokens:
            if term.stems & stems.of(word):
                yield start, end


def _apart(spans: list[Span]) -> Iterator[Span]:
    """The spans without those that begin inside the one before."""
    behind = 0
    for start, end in spans:
        if start >= behind:
            yield start, end
            behind = end
