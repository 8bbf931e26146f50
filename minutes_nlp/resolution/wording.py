"""The words of a passage in the form in which passages of different meetings are compared.

Grammar is taken away: function words, endings, the names of the owners, the words of a status column. What is left are
stems, each with its weight: the rarer in a series of meetings, the more two passages that share it have in common.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from importlib import resources as package_files
from typing import Final

import Stemmer

from minutes_nlp.resources.folding import fold
from minutes_nlp.resources.lexicon import languages, section, words_cache

_WORD = re.compile(r"[^\W_]+(?:['’](?=\w))?")
_SHORTEST = 3  # letters of a word that says something
_WITHOUT_ENDING = 5  # letters of a stem that may lose a last `t` or `d`: `bezorgt`, `bezorgd`
_REMEMBERED = 1 << 16
_ADDRESS = re.compile(r"\]?\(?https?://\S+|www\.\S+")
_NUMBER = re.compile(r"\d")
_CHECKED = re.compile(r"\[[ xX]?\]")
_STEMMERS = {"nl": "dutch", "fr": "french", "en": "english", "de": "german"}


@dataclass(frozen=True, slots=True)
class Wording:
    """What a passage says, as a set of stems.

    Attributes:
        stems: content words and numbers.
        language: ISO 639-1 code, `None` if unknown.
        numbers: the stems with a digit.
    """

    stems: frozenset[str]
    language: str | None = None
    numbers: frozenset[str] = frozenset()


def wording(text: str, language: str | None, without: Iterable[str] = ()) -> Wording:
    """The wording of `text`, without the words of the names in `without`."""
    names = {word for name in without for word in fold(name).split()}
    found = frozenset(stems(text, language, names))
    return Wording(found, language, frozenset(stem for stem in found if _NUMBER.search(stem)))


def stems(text: str, language: str | None, without: Set[str] = frozenset()) -> list[str]:
    """The stems of the content words and the numbers of `text`, in their order.

    Args:
        text: a passage.
        language: ISO 639-1 code; a text of an unknown language keeps its endings.
        without: words, folded, that are left out.
    """
    grammar = _grammar(language)
    found = []
    for word in _WORD.findall(_CHECKED.sub(" ", _ADDRESS.sub(" ", text))):
        bare = word.rstrip("'’")
        if bare != word:  # `l'`, `d'`
            continue
        folded, stem = _stem(bare, language)
        if folded in grammar or folded in without:
            continue
        if _NUMBER.search(folded):
            found.append(folded.lstrip("0") or "0")
        elif len(folded) >= _SHORTEST:
            found.append(stem)
    return found


@words_cache(_REMEMBERED)
def _stem(word: str, language: str | None) -> tuple[str, str]:
    """A word folded, and its stem folded."""
    folded = fold(word)
    stemmer = _stemmer(language)
    stem = fold(stemmer.stemWord(word.lower())) if stemmer else folded
    return folded, stem[:-1] if stem[-1:] in ("t", "d") and len(stem) > _WITHOUT_ENDING else stem


@words_cache()
def _stemmer(language: str | None) -> Stemmer.Stemmer | None:
    name = _STEMMERS.get(language or "")
    return Stemmer.Stemmer(name) if name else None


@words_cache()
def _grammar(language: str | None) -> frozenset[str]:
    """The words that say nothing of the subject: function words, and what stands in a status column."""
    known = [language] if language in languages() else list(languages())
    words: set[str] = set()
    for code in known:
        words |= {fold(word) for word in section(code, "language").get("small_words", ())}
        ledger = section(code, "ledger")
        words |= {fold(word) for word in ledger.get("small_words", ())}
        words -= {fold(word) for word in ledger.get("telling_words", ())}
    return frozenset(words)


class Weights:
    """How much each stem tells: the logarithm of how few of the passages of a series have it.

    Args:
        passages: the passages that the meetings of the series are about.
    """

    def __init__(self, passages: Iterable[Wording]) -> None:
        listed = list(passages)
        self._count = Counter(stem for passage in listed for stem in passage.stems)
        self._all = len(listed)
        self._weights: dict[str, float] = {}
        self._sums: dict[frozenset[str], float] = {}

    def of(self, stem: str) -> float:
        """The weight of one stem, above 0; a stem that is in no passage weighs most."""
        weight = self._weights.get(stem)
        if weight is None:
            weight = self._weights[stem] = math.log(1 + (self._all + 1) / (self._count[stem] + 0.5))
        return weight

    def sum(self, stems_: frozenset[str]) -> float:
        """The weight of several."""
        known = self._sums.get(stems_)
        if known is None:
            known = self._sums[stems_] = math.fsum(map(self.of, stems_))
        return known

    def often(self, stem: str) -> bool:
        """Whether so many passages have the stem that sharing it is no reason to compare them."""
        return self._count[stem] > max(12, self._all // 20)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two passages say the same.

    Attributes:
        dice: the weight of what both have, as a share of the weight of both, 0 to 1.
        inside: the same as a share of the lighter one.
        covered: as a share of the first.
        shared: how many stems both have.
        contrast: whether each has stems that the other lacks; `other_numbers` whether each has numbers that it lacks.
    """

    dice: float
    inside: float
    covered: float
    shared: int
    contrast: bool = True
    other_numbers: bool = False


NOTHING: Final = Likeness(0.0, 0.0, 0.0, 0)
"""What two passages have in common that have nothing in common."""


def likeness(one: Wording, other: Wording, weights: Weights) -> Likeness:
    """Compare two passages; of two languages by the translations of their words.

    Where the languages differ, a stem counts as shared if one of its translations is there, or the same word.
    """
    if one.language and other.language and one.language != other.language:
        return _across(one, other, weights)
    both = one.stems & other.stems
    contrast = both != one.stems and both != other.stems
    first, second, shared = weights.sum(one.stems), weights.sum(other.stems), weights.sum(both)
    if not first or not second:
        return NOTHING
    measures = 2 * shared / (first + second), shared / min(first, second), shared / first
    return Likeness(*measures, len(both), contrast, _differ(one.numbers, other.numbers))


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each has what the other lacks."""
    return bool(one - other) and bool(other - one)


def _across(one: Wording, other: Wording, weights: Weights) -> Likeness:
    forth = frozenset(stem for stem in one.stems if _meets(stem, one.language, other))
    back = frozenset(stem for stem in other.stems if _meets(stem, other.language, one))
    first, second = weights.sum(one.stems), weights.sum(other.stems)
    shared_first, shared_second = weights.sum(forth), weights.sum(back)
    if not first or not second:
        return NOTHING
    shares = shared_first / first, shared_second / second
    numbers = _differ(one.numbers, other.numbers)
    return Likeness(sum(shares) / 2, max(shares), shares[0], min(len(forth), len(back)), True, numbers)


def _meets(stem: str, language: str | None, other: Wording) -> bool:
    """Whether `other` has the stem itself (`budget`) or a translation."""
    if stem in other.stems:
        return True
    return not other.stems.isdisjoint(translations(stem, language, other.language))


def translations(stem: str, language: str | None, into: str | None) -> frozenset[str]:
    """The stems in another language that may say what `stem` says; empty if none is known."""
    return _dictionary().get((language, into), {}).get(stem, frozenset())


@words_cache()
def _dictionary() -> Mapping[tuple[str | None, str | None], Mapping[str, frozenset[str]]]:
    """What was learned from parallel texts, and the words listed by hand."""
    forth: dict[str, set[str]] = {}
    root = package_files.files("minutes_nlp.resources")
    learned = root / "translations.tsv"
    lines = learned.read_text(encoding="utf-8").splitlines() if learned.is_file() else []
    for line in lines:
        dutch, french, _ = line.split("\t")
        forth.setdefault(dutch, set()).add(french)
    for dutch, french in _listed():
        for stem in stems(dutch, "nl"):
            forth.setdefault(stem, set()).update(stems(french, "fr"))
    back: dict[str, set[str]] = {}
    for dutch, others in forth.items():
        for french in others:
            back.setdefault(french, set()).add(dutch)
    return {("nl", "fr"): _frozen(forth), ("fr", "nl"): _frozen(back)}


def _listed() -> Sequence[tuple[str, str]]:
    return [(dutch, french) for dutch, french in section("nl", "ledger").get("french", {}).items()]


def _frozen(found: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {stem: frozenset(others) for stem, others in found.items()}
