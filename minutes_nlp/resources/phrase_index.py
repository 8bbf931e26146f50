"""Which groups of phrases can occur in a text at all: told from its words, before any regular expression is tried."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from minutes_nlp.resources.lexicon import split_phrase

_REMEMBERED: Final = 1 << 15  # words of texts, of which the anchors are kept
_TEXTS: Final = 4096  # texts, of which the words and the answers are kept: many ask about the same ones
_EXPANSIONS: Final = 32  # a word of a phrase with more alternatives is no anchor
_EDGE: Final = 3  # letters of how a word begins or ends by which it is looked up
_RUN = re.compile(r"[\w*]+")
_WORD = re.compile(r"\w+")
_BRACKETS: Final = frozenset("()|")  # of alternatives inside alternatives: these are not taken apart
_ALTERNATIVES = re.compile(r"\(([^()]*)\)")
_DOTLESS = str.maketrans("İı", "ii")  # the letters that `re.IGNORECASE` equates and case folding does not
_NOTHING: Final[frozenset[int]] = frozenset()


_Form = Literal["word", "begin", "end"]
_Place = Literal["any", "first", "last"]


class _Anchor(NamedTuple):
    """A word, or how one begins or ends, without which a phrase cannot occur, and where in the text it must stand."""

    form: _Form
    letters: str
    place: _Place = "any"


_Need = frozenset[_Anchor]  # anchors one of which a text must have


class PhraseIndex:
    """Tells which groups of phrases a text may hold.

    A group is possible as soon as the text has, for one of its phrases, a word for each word of the phrase. So a group
    that is not possible is surely not there, and one that is possible has still to be searched.

    Args:
        groups: the phrases of each group, in the notation of `resources.lexicon`.
    """

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self._always: set[str] = set()
        self._phrases: dict[int, list[tuple[str, Sequence[frozenset[int]]]]] = {}  # by their rarest anchor
        numbers: dict[_Anchor, int] = {}
        for name, entries in groups.items():
            for phrase in entries:
                needs = [frozenset(numbers.setdefault(one, len(numbers)) for one in need) for need in _needs(phrase)]
                if not needs:
                    self._always.add(name)
                for number in needs[0] if needs else ():
                    self._phrases.setdefault(number, []).append((name, needs[1:]))
        self._anywhere = _Words(numbers, "any")
        self._first, self._last = _Words(numbers, "first"), _Words(numbers, "last")
        self._possible = functools.lru_cache(_TEXTS)(self._look_up)

    def possible(self, text: str) -> frozenset[str]:
        """The names of the groups of which a phrase may stand in `text`."""
        return self._possible(text)

    def _look_up(self, text: str) -> frozenset[str]:
        words, first, last = _words(text)
        present = self._first[first].union(self._last[last], *map(self._anywhere.__getitem__, words))
        found = set(self._always)
        for number in self._phrases.keys() & present:
            for name, needs in self._phrases[number]:
                if name not in found and not any(map(present.isdisjoint, needs)):
                    found.add(name)
        return frozenset(found)


class _Words(dict[str, frozenset[int]]):
    """The numbers of the anchors that a word of a text is one of; looked up when it is first met."""

    def __init__(self, numbers: Mapping[_Anchor, int], place: _Place) -> None:
        super().__init__()
        self._whole: dict[str, int] = {}
        self._begins: dict[str, list[tuple[str, int]]] = {}  # by their first letters
        self._ends: dict[str, list[tuple[str, int]]] = {}  # by their last ones
        for (form, letters, placed), number in numbers.items():
            if placed != place:
                continue
            if form == "word":
                self._whole[letters] = number
            elif form == "begin":
                self._begins.setdefault(letters[:_EDGE], []).append((letters, number))
            else:
                self._ends.setdefault(letters[-_EDGE:], []).append((letters, number))

    def __missing__(self, word: str) -> frozenset[int]:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = {self._whole[word]} if word in self._whole else set()
        for size in range(1, _EDGE + 1):
            found.update(number for letters, number in self._begins.get(word[:size], ()) if word.startswith(letters))
            found.update(number for letters, number in self._ends.get(word[-size:], ()) if word.endswith(letters))
        self[word] = frozenset(found) or _NOTHING
        return self[word]


@functools.lru_cache(_TEXTS)
def _words(text: str) -> tuple[frozenset[str], str, str]:
    """The words of a text, and the first and the last of them."""
    found = _WORD.findall(_folded(text)) or [""]
    return frozenset(found), found[0], found[-1]


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(_DOTLESS).casefold()


def _needs(phrase: str) -> list[_Need]:
    """What a text must have for each word of a phrase, the rarest first; empty if nothing can be told."""
    parts = split_phrase(phrase.removeprefix("^").removesuffix("$").strip())
    told = [part for part in parts if part != "..." and not part.endswith(")?")]
    needs = [_anchors_of(part, _longest_anchor) for part in told]
    if phrase.startswith("^") and told[:1] == parts[:1] and (anchors := _anchors_of(parts[0], _first_anchor)):
        needs.append(anchors)
    if phrase.endswith("$") and told[-1:] == parts[-1:] and (anchors := _anchors_of(parts[-1], _last_anchor)):
        needs.append(anchors)
    return sorted(filter(None, needs), key=_rarity, reverse=True)


def _rarity(need: _Need) -> tuple[bool, int]:
    """How seldom a text has one of these: less often at a place of its own, and the longer they are."""
    return all(anchor.place != "any" for anchor in need), min(len(anchor.letters) for anchor in need)


def _anchors_of(part: str, choose: Callable[[str], _Anchor | None]) -> _Need:
    """One anchor for every alternative of a word of a phrase; empty if one of them has none."""
    pieces = [piece.split("|") if odd else [piece] for odd, piece in _alternating(part)]
    readings = ["".join(reading) for reading in itertools.islice(itertools.product(*pieces), _EXPANSIONS + 1)]
    found = [choose(reading) for reading in readings]
    nested = any(not _BRACKETS.isdisjoint(reading) for reading in readings)
    if nested or len(readings) > _EXPANSIONS or None in found:
        return frozenset()
    return frozenset(anchor for anchor in found if anchor)


def _alternating(part: str) -> list[tuple[bool, str]]:
    return [(number % 2 == 1, piece) for number, piece in enumerate(_ALTERNATIVES.split(part))]


def _longest_anchor(word: str) -> _Anchor | None:
    found = [anchor for run in _RUN.findall(_folded(word)) if (anchor := _anchor(run))]
    return max(found, key=lambda anchor: len(anchor.letters), default=None)


def _first_anchor(word: str) -> _Anchor | None:
    """What the first word of a text must be that begins with `word`; `None` if that begins with a sign."""
    run = _RUN.match(_folded(word))
    anchor = _anchor(run[0]) if run else None
    return anchor._replace(place="first") if anchor else None


def _last_anchor(word: str) -> _Anchor | None:
    """What the last word of a text must be that ends with `word`; `None` if that ends with a sign."""
    runs = list(_RUN.finditer(_folded(word)))
    anchor = _anchor(runs[-1][0]) if runs and runs[-1].end() == len(_folded(word)) else None
    return anchor._replace(place="last") if anchor else None


def _anchor(run: str) -> _Anchor | None:
    """The anchor of a run of letters and `*`; `None` if it is open on both sides."""
    if "*" not in run:
        return _Anchor("word", run)
    first, last = run.split("*")[0], run.split("*")[-1]
    if not first and not last:
        return None
    return _Anchor("begin", first) if len(first) >= len(last) else _Anchor("end", last)
