"""Names of people as they are compared: in any order, with or without titles, accents, hyphens, initials."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from rapidfuzz.distance import OSA

from minutes_nlp.resources.folding import fold
from minutes_nlp.resources.lexicon import first_names, languages, section, words_cache

_MARKUP = re.compile(r"<[^>]*>|[()\[\]{}\"“”«»]")
_LAST_FIRST = re.compile(r"([^,|]+)[,|]([^,|]+)")
_DOUBLE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_WORD = re.compile(r"[^\W_]+|v/d")
_LEAST_PART = 3  # letters of the longest word of a name that is part of another
_LEAST_STEM = 3  # letters of a first name that is the beginning of another (Wout for Wouter)
_LEAST_MISSPELT = 4  # letters of a word of a whole name that may be misspelt
LEAST_MISSPELT_PART = 6
"""Letters of a family name that may be misspelt where it stands alone."""
_LEAST_ALONE = 7  # the same if the name is that one word


class Fit(IntEnum):
    """How well a shorter name fits a longer one, the best last."""

    NONE = 0
    LIKE = 1  # two first names one letter apart: only evidence of another kind makes them one person
    PART = 2
    INITIALS = 3
    SPELLING = 4
    EQUAL = 5


@dataclass(frozen=True)
class PersonName:
    """A name taken apart.

    Attributes:
        words: folded, in the order printed, titles left out, each particle joined to the word after it.
        plain: the same with particles as words of their own.
    """

    words: tuple[str, ...]
    plain: tuple[str, ...]

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.words, self.plain))

    @cached_property
    def key(self) -> str:
        """The words in the alphabet's order: the same whether the family name is printed first or last."""
        return " ".join(sorted(self.words))

    @cached_property
    def joined(self) -> str:
        """All letters in the order printed: `All Black`, `AllBlack`."""
        return "".join(self.words)

    @cached_property
    def whole(self) -> bool:
        """Whether it has two words that are no initials: a first and a family name, as far as one can see."""
        return sum(len(word) > 1 for word in self.words) > 1


@words_cache(200_000)
def person_name(printed: str) -> PersonName:
    """The name `printed`, taken apart; without words if it has no letters."""
    text = _MARKUP.sub(" ", printed).replace("’", "'")
    if last_first := _LAST_FIRST.fullmatch(text):
        text = f"{last_first[2]} {last_first[1]}"
    folded = _DOUBLE.sub(_one_first_name, re.sub(r"(?<=\w)'\s*", "", fold(text)))
    plain = _without_titles(tuple(_WORD.findall(folded)))
    return PersonName(_with_particles_joined(plain), plain)


def _one_first_name(match: re.Match[str]) -> str:
    """A double first name as one word, so that `Marie` is no part of Anne-Marie; other hyphens stay."""
    parts = match[0].split("-")
    return "".join(parts) if set(parts) <= first_names() else match[0]


def _without_titles(words: tuple[str, ...]) -> tuple[str, ...]:
    titles = _titles()
    while len(words) > 1:
        length = next((n for n in (3, 2, 1) if n < len(words) and words[:n] in titles), 0)
        if not length:
            break
        words = words[length:]
    return words


def _with_particles_joined(words: tuple[str, ...]) -> tuple[str, ...]:
    particles, abbreviated = _particles()
    joined: list[str] = []
    pending = ""
    for word in words:
        if word in particles:
            pending += abbreviated.get(word, word)
        else:
            joined.append(pending + word)
            pending = ""
    if pending:
        joined.append(pending)
    return tuple(joined)


@words_cache()
def _titles() -> frozenset[tuple[str, ...]]:
    listed = {title for code in languages() for title in section(code, "attendance")["people"]["titles"]}
    return frozenset(tuple(_WORD.findall(fold(title))) for title in listed)


@words_cache()
def _particles() -> tuple[frozenset[str], Mapping[str, str]]:
    lists = [section(code, "people") for code in languages()]
    particles = {fold(word).strip("'") for entries in lists for word in entries["particles"]}
    abbreviated = {short: whole for entries in lists for short, whole in entries.get("abbreviated", {}).items()}
    return frozenset(particles), abbreviated


@words_cache(200_000)
def fit(short: PersonName, full: PersonName) -> Fit:
    """How `short` fits `full`; `LIKE`, `SPELLING` and `EQUAL` hold in both directions."""
    if not short.words or not full.words:
        return Fit.NONE
    if short.key == full.key or short.joined == full.joined:
        return Fit.EQUAL
    if spelling := _misspelt(short, full):
        return spelling
    if _initials(short.plain, full.plain) or _initials(short.words, full.words):
        return Fit.INITIALS
    if _part(short.words, full.words) or _tail(short.plain, full.plain) or _misspelt_part(short.words, full.words):
        return Fit.PART
    return Fit.NONE


def _misspelt(one: PersonName, other: PersonName) -> Fit:
    """All words are the same but one, which differs by one letter or is a first name cut short."""
    if len(one.words) != len(other.words):
        return Fit.NONE
    left = list(one.words)
    right: list[str] = []
    for word in other.words:
        if word in left:
            left.remove(word)
        else:
            right.append(word)
    if len(left) != 1:
        return Fit.NONE
    alone = len(one.words) == 1
    shorter, longer = sorted((left[0], right[0]), key=len)
    known = {shorter, longer} & first_names()
    if len(shorter) >= (_LEAST_ALONE if alone else _LEAST_MISSPELT) and one_letter_apart(shorter, longer):
        if alone:
            return Fit.NONE if known else Fit.SPELLING
        return Fit.LIKE if len(known) == 2 else Fit.SPELLING
    cut_short = longer in known and shorter not in known and len(shorter) >= _LEAST_STEM and longer.startswith(shorter)
    return Fit.SPELLING if cut_short and not alone else Fit.NONE


def one_letter_apart(first: str, second: str) -> bool:
    """Whether two words differ by one letter (added, left out, another, two swapped); ij, ei and y are the same."""
    return OSA.distance(same_sounds(first), same_sounds(second), score_cutoff=1) <= 1


def same_sounds(word: str) -> str:
    """`word` with y for ij and ei."""
    return word.replace("ij", "y").replace("ei", "y")


def _initials(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Every word equals, or as a single letter begins, a word of the full name; one of them is a whole word."""
    if len(short) < 2 or len(short) > len(full) or all(len(word) > 1 for word in short):
        return False
    rest = list(full)
    whole = 0
    for word in sorted(short, key=len, reverse=True):
        hit = word if word in rest else next((w for w in rest if len(word) == 1 and w.startswith(word)), None)
        if hit is None:
            return False
        whole += hit == word and len(word) > 1
        rest.remove(hit)
    return whole > 0


def _part(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """All words are words of the full name, which has more; or their letters are those of some (`Jean Michel`)."""
    if max(map(len, short)) < _LEAST_PART:
        return False
    if len(short) < len(full) and all(short.count(word) <= full.count(word) for word in short):
        return True
    letters = "".join(short)
    if letters not in "".join(full):
        return False
    slices = (full[at:end] for at in range(len(full)) for end in range(at + 1, len(full) + 1))
    return any(part != full and "".join(part) == letters for part in slices)


def _misspelt_part(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """The one word is a word of the full name but for a letter; never a first name."""
    if len(short) != 1 or len(full) < 2 or len(short[0]) < LEAST_MISSPELT_PART or short[0] in first_names():
        return False
    return any(len(w) >= LEAST_MISSPELT_PART and w not in first_names() and one_letter_apart(short[0], w) for w in full)


def _tail(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """The words stand in the full name one after the other: `Belle` for Van Belle."""
    if len(short) >= len(full) or max(map(len, short)) <= _LEAST_PART:
        return False
    return any(full[at : at + len(short)] == short for at in range(len(full) - len(short) + 1))
