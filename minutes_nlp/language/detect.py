"""The language of each block: the words and what they are made of, the language's small words, and the document's.

Deterministic: the same text gives the same languages on every run and machine.

Source: a linear model over words and runs of letters (`minutes_nlp.language.ngrams`, made by `models/language/`). For
languages that it does not know (a folder of word lists of one's own), py3langid takes its place: a naive Bayes
classifier over byte n-grams, restricted to the candidates.

Quality: see `models/language/README.md`.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minutes_nlp.language.ngrams import shipped_letters
from minutes_nlp.resources import languages, section, words_cache

UNKNOWN = "unknown"
_TEMPERATURE = 4.0  # naive Bayes counts overlapping n-grams as independent: its scores are too sure of themselves
_TRUST = 0.6  # the same for the words of a line
_SMALL_WORD = 0.5  # log-odds that one small word of a language adds
_CAPITAL_NOUNS = ("de",)
_CAPITAL = 0.6  # log-odds that a capital inside a line, or a longer word without one, adds or takes from these
_MOST_CAPITALS = 4
_NOUN = 5  # letters
_SURE = 0.3
_PRIOR_WEIGHT = 0.02  # how much of the prior is spread evenly, so that no language is impossible
_REMEMBERED = 4096  # texts
_REMEMBERED_WORDS = 65536
_LETTERS = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#/]\w\S*")


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """The likeliest language of a text (or `unknown`) and its probability, 0 to 1."""

    language: str
    probability: float


class LanguageDetector:
    """Tells the languages of texts of one document.

    Args:
        candidates: ISO 639-1 codes to choose from; by default the languages that have word lists.
    """

    def __init__(self, candidates: Sequence[str] | None = None) -> None:
        self.candidates = tuple(candidates or languages())
        known = set(self.candidates) <= set(shipped_letters().languages)
        self._by_model = _Letters(self.candidates).scores if known else _Bytes(self.candidates).scores
        self._scores = functools.lru_cache(_REMEMBERED)(self._score)  # each text is asked about twice or more
        self._small = [frozenset(section(code, "language").get("small_words", ())) for code in self.candidates]
        self._small_in = functools.lru_cache(_REMEMBERED_WORDS)(self._languages_of_small)

    def _languages_of_small(self, word: str) -> tuple[bool, ...]:
        """For each candidate, whether a word in lower case is one of its small words."""
        return tuple(word in words for words in self._small)

    def scores(self, text: str) -> Mapping[str, float]:
        """Unnormalised log-likelihood of each language; all zero where the text says nothing."""
        return self._scores(text)

    def _score(self, text: str) -> Mapping[str, float]:
        text = _ADDRESS.sub(" ", text)
        words = _LETTERS.findall(text)
        if not words:
            return dict.fromkeys(self.candidates, 0.0)
        found = self._by_model(text, words)
        small = map(sum, zip(*map(self._small_in, map(str.casefold, words)), strict=True))
        return {
            language: score + _SMALL_WORD * count for (language, score), count in zip(found.items(), small, strict=True)
        }

    def guess(self, text: str, prior: Mapping[str, float] | None = None) -> LanguageGuess:
        """The language of a text, given how likely each is beforehand (need not sum to 1; default: all the same)."""
        scores = self.scores(text)
        if not any(scores.values()) and not _LETTERS.search(text):
            return LanguageGuess(UNKNOWN, 0.0)
        total = sum((prior or {}).values()) or 1.0
        even = 1.0 / len(self.candidates)
        weighted = {
            language: score
            + math.log(
                (1 - _PRIOR_WEIGHT) * ((prior or {}).get(language, 0.0) / total if prior else even)
                + _PRIOR_WEIGHT * even
            )
            for language, score in scores.items()
        }
        best = max(sorted(weighted), key=lambda language: weighted[language])
        normaliser = sum(math.exp(value - weighted[best]) for value in weighted.values())
        probability = 1.0 / normaliser
        return LanguageGuess(best if probability >= _SURE else UNKNOWN, probability)

    def detect(self, texts: Sequence[str]) -> list[LanguageGuess]:
        """The language of each text of one document; the longer ones say what to expect of the short ones."""
        prior = self.prior(texts)
        return [self.guess(text, prior) for text in texts]

    def prior(self, texts: Sequence[str]) -> dict[str, float]:
        """How much of the document is written in each language, by the texts that are sure by themselves."""
        share = dict.fromkeys(self.candidates, 0.0)
        for text in texts:
            words = len(_LETTERS.findall(text))
            if words < 4:
                continue
            alone = self.guess(text)
            if alone.language != UNKNOWN and alone.probability > 0.9:
                share[alone.language] += min(words, 60)
        return share if any(share.values()) else dict.fromkeys(self.candidates, 1.0)


class _Letters:
    """The model of words and letters, and how German writes its nouns; each word is looked at once."""

    def __init__(self, candidates: tuple[str, ...]) -> None:
        model = shipped_letters()
        self._columns = {language: model.languages.index(language) for language in candidates}
        self._of_word = functools.lru_cache(_REMEMBERED_WORDS)(model.scores)
        self._capitals = [language for language in candidates if language in _CAPITAL_NOUNS]

    def scores(self, text: str, words: Sequence[str]) -> dict[str, float]:
        """The sum over the words of `text`, less sure than if each told something of its own."""
        totals = [sum(column) for column in zip(*(self._of_word(word.casefold()) for word in words), strict=True)]
        found = {language: _TRUST * totals[column] for language, column in self._columns.items()}
        if len(words) > 1 and not _shouts(text):
            signs = sum(word.istitle() - (word.islower() and len(word) >= _NOUN) for word in words[1:])
            for language in self._capitals:
                found[language] += max(-_MOST_CAPITALS, min(_MOST_CAPITALS, signs)) * _CAPITAL
        best = max(found.values())
        return {language: score - best for language, score in found.items()}


class _Bytes:
    """py3langid."""

    def __init__(self, candidates: tuple[str, ...]) -> None:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        self._candidates = candidates
        self._model = LanguageIdentifier.from_model_file(MODEL_FILE)
        self._model.set_languages(list(candidates))

    def scores(self, text: str, words: Sequence[str]) -> dict[str, float]:  # noqa: ARG002 (as the other)
        ranked = dict(self._model.rank(text.casefold() if _shouts(text) else text))
        found = {language: float(ranked.get(language, 0.0)) for language in self._candidates}
        if min(found.values()) < -1e30:  # no known n-gram at all
            return dict.fromkeys(self._candidates, 0.0)
        best = max(found.values())
        return {language: (score - best) / _TEMPERATURE for language, score in found.items()}


def _shouts(text: str) -> bool:
    """Whether a text is all capitals or has one on every word: that says nothing of the language, and misleads."""
    return text.isupper() or text.istitle()


@words_cache()
def detector() -> LanguageDetector:
    """The detector for all languages that have word lists (loaded once)."""
    return LanguageDetector()
