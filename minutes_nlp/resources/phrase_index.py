"""Which groups of phrases can occur in a text at all: told from its words, before any regular expression is tried."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Mapping
from typing import Final, Literal, NamedTuple

from minutes_nlp.resources.lexicon import split_phrase

_REMEMBERED: Final = 1 << 15  # words of texts, of which the groups are kept
_EXPANSIONS: Final = 32  # a word of a phrase with more alternatives is no anchor
_RUN = re.compile(r"[\w*]+")
_WORD = re.compile(r"\w+")
_ALTERNATIVES = re.compile(r"\(([^()]*)\)")
_DOTLESS = str.maketrans("İı", "ii")  # the letters that `re.IGNORECASE` equates and case folding does not


_Form = Literal["word", "begin", "end"]


class _Anchor(NamedTuple):
    """A word, or how one begins or ends, without which a phrase cannot occur."""

    form: _Form
    letters: str


class PhraseIndex:
    """Tells which groups of phrases a text may hold.

    A phrase is looked up by its longest word; a group is possible as soon as the text has that word of one of its
    phrases. So a group that is not possible is surely not there, and one that is possible has still to be searched.

    Args:
        groups: the phrases of each group, in the notation of `resources.lexicon`.
    """

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self._always: set[str] = set()
        self._by: dict[_Form, dict[str, set[str]]] = {"word": {}, "begin": {}, "end": {}}
        for name, entries in groups.items():
            for phrase in entries:
                found = _anchors(phrase)
                if not found:
                    self._always.add(name)
                for anchor in found:
                    self._by[anchor.form].setdefault(anchor.letters, set()).add(name)
        self._begin_lengths = sorted(set(map(len, self._by["begin"])))
        self._end_lengths = sorted(set(map(len, self._by["end"])))
        self._telling_nothing: set[str] = set()
        self._of_word = functools.lru_cache(_REMEMBERED // 8)(self._look_up)

    def possible(self, text: str) -> set[str]:
        """The names of the groups of which a phrase may stand in `text`."""
        found = set(self._always)
        for word in _words(text) - self._telling_nothing:
            groups = self._of_word(word)
            found |= groups
            if not groups:
                self._pass_over(word)
        return found

    def _pass_over(self, word: str) -> None:
        """Remember that a word, as most do, belongs to no phrase."""
        if len(self._telling_nothing) >= _REMEMBERED:
            self._telling_nothing.clear()
        self._telling_nothing.add(word)

    def _look_up(self, word: str) -> frozenset[str]:
        found = set(self._by["word"].get(word, ()))
        for length in self._begin_lengths:
            found.update(self._by["begin"].get(word[:length], ()))
        for length in self._end_lengths:
            found.update(self._by["end"].get(word[-length:], ()))
        return frozenset(found)


@functools.lru_cache(64)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(_folded(text)))


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(_DOTLESS).casefold()


def _anchors(phrase: str) -> tuple[_Anchor, ...]:
    """The anchors of a phrase, one of which a text must have; empty if none can be told."""
    parts = split_phrase(phrase.removeprefix("^").removesuffix("$").strip())
    choices = [_anchors_of(part) for part in parts if part != "..." and not part.endswith(")?")]
    return max(choices, key=lambda found: min((len(anchor.letters) for anchor in found), default=0), default=())


def _anchors_of(part: str) -> tuple[_Anchor, ...]:
    """One anchor for every alternative of a word of a phrase; empty if one of them has none."""
    pieces = [piece.split("|") if odd else [piece] for odd, piece in _alternating(part)]
    readings = list(itertools.islice(itertools.product(*pieces), _EXPANSIONS + 1))
    found = [_longest_anchor("".join(reading)) for reading in readings]
    if len(readings) > _EXPANSIONS or None in found:
        return ()
    return tuple(anchor for anchor in found if anchor)


def _alternating(part: str) -> list[tuple[bool, str]]:
    return [(number % 2 == 1, piece) for number, piece in enumerate(_ALTERNATIVES.split(part))]


def _longest_anchor(word: str) -> _Anchor | None:
    found = [anchor for run in _RUN.findall(_folded(word)) if (anchor := _anchor(run))]
    return max(found, key=lambda anchor: len(anchor.letters), default=None)


def _anchor(run: str) -> _Anchor | None:
    """The anchor of a run of letters and `*`; `None` if it is open on both sides."""
    if "*" not in run:
        return _Anchor("word", run)
    first, last = run.split("*")[0], run.split("*")[-1]
    if not first and not last:
        return None
    return _Anchor("begin", first) if len(first) >= len(last) else _Anchor("end", last)
