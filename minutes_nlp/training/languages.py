"""Fitting the model that tells languages by words and letters: weighted words of each language, in a few seconds."""

from __future__ import annotations

import lzma
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from minutes_nlp.language.ngrams import LetterModel, hashes, quantised, share_of_a_run
from minutes_nlp.training.lines import sentences_of, treebank_files

_WORD = re.compile(r"[^\W\d_]+")
_NAMES = ("PROPN", "X", "NUM")
_RARE_IN_TEXT = 3  # times that raw text must have a word
_LONGEST_WORD = 30
_BATCH = 4096

Shares = Mapping[str, float]  # word -> its part of all words of a language


@dataclass(frozen=True, slots=True)
class LetterSettings:
    """How the model is fitted.

    Attributes:
        bits: `2 ** bits` rows.
        rarest: share of all words of a language below which a word does not teach.
        power: of the share, so that common words don't teach all.
        plain: how much a word teaches without its accents, against 1 with them.
        rate: step of AdaGrad.
        epochs: how often each word is shown.
        seed: of the order.
    """

    bits: int = 18
    rarest: float = 1e-7
    power: float = 0.5
    plain: float = 0.15
    rate: float = 0.3
    epochs: int = 3
    seed: int = 0


def raw_text_shares(folder: Path) -> dict[str, float]:
    """The words of the `.xz` files of a folder; empty if there are none."""
    counts: Counter[str] = Counter()
    for path in sorted(folder.glob("*.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as text:
            counts.update(_WORD.findall(text.read().casefold()))
    total = sum(counts.values())
    return {word: count / total for word, count in counts.items() if count >= _RARE_IN_TEXT}


def treebank_shares(treebanks: Path, language: str) -> dict[str, float]:
    """The words of the treebanks that train, proper names and foreign words aside; empty if there are none."""
    counts: Counter[str] = Counter()
    for path in treebank_files(treebanks, language, "train"):
        for sentence in sentences_of(path):
            kept = [token.form.casefold() for token in sentence if token.pos not in _NAMES and not token.foreign]
            counts.update(part for form in kept for part in _WORD.findall(form))
    total = sum(counts.values())
    return {word: count / total for word, count in counts.items()}


def list_shares(frequencies: Mapping[str, float], rarest: float) -> dict[str, float]:
    """The words of a list of frequencies; what is written with an apostrophe or a hyphen is taken apart."""
    found: dict[str, float] = defaultdict(float)
    for word, share in frequencies.items():
        if share >= rarest:
            for part in _WORD.findall(word):
                found[part.casefold()] += share
    return dict(found)


def mean_shares(sources: Sequence[Shares]) -> dict[str, float]:
    """The mean of several sources of one language; those that are empty don't count."""
    kept = [source for source in sources if source]
    found: dict[str, float] = defaultdict(float)
    for source in kept:
        for word, share in source.items():
            found[word] += share / len(kept)
    return dict(found)


def fit_letters(words: Mapping[str, Shares], settings: LetterSettings = LetterSettings()) -> LetterModel:
    """Fit the model by logistic regression (AdaGrad); the same words give the same model.

    Args:
        words: the words of each language, in lower case, with their shares; every language weighs the same.
        settings: how to fit.
    """
    languages = sorted(words)
    names, targets = _targets([words[language] for language in languages], settings)
    table = _table(names, settings.bits)
    dice = np.random.default_rng(settings.seed)
    weights = np.zeros((2**settings.bits, len(languages)), dtype=np.float32)
    squares = np.full((2**settings.bits, 1), 1e-2, dtype=np.float32)
    for _ in range(settings.epochs):
        order = dice.permutation(len(names))
        shown, wanted = table[order], targets[order]
        for start in range(0, len(names), _BATCH):
            batch, right = shown[start : start + _BATCH], wanted[start : start + _BATCH]
            gradient = batch.T @ (_softmax(batch @ weights) * right.sum(axis=1, keepdims=True) - right)
            squares += (gradient * gradient).mean(axis=1, keepdims=True)
            weights -= settings.rate * gradient / np.sqrt(squares)
    weights -= weights.mean(axis=1, keepdims=True)
    return quantised(weights.astype(np.float64), languages)


def _softmax(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def _targets(words: Sequence[Shares], settings: LetterSettings) -> tuple[list[str], npt.NDArray[np.float32]]:
    """All words, sorted, and how much each is a word of each language; on average a word weighs 1."""
    weighed: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(words))
    for column, shares in enumerate(words):
        kept = {w: s**settings.power for w, s in sorted(shares.items()) if s >= settings.rarest}
        kept = {word: weight for word, weight in kept.items() if len(word) <= _LONGEST_WORD}
        for word, weight in list(kept.items()):
            plain = _without_accents(word)
            if plain != word:
                kept[plain] = kept.get(plain, 0.0) + settings.plain * weight
        total = sum(kept.values())
        for word, weight in kept.items():
            weighed[word][column] += weight / total
    names = sorted(weighed)
    targets = np.array([weighed[name] for name in names])
    return names, (targets * len(names) / targets.sum()).astype(np.float32)


def _without_accents(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _table(words: Sequence[str], bits: int) -> Any:
    """One row per word, in the places that `LetterModel.scores` looks at."""
    from scipy.sparse import csr_matrix

    starts, columns, values = [0], [], []
    for word in words:
        places = [value >> (32 - bits) for value in hashes(word)]
        columns.append(np.array(places, dtype=np.int32))
        values.append(np.full(len(places), share_of_a_run(len(places) - 1), dtype=np.float32))
        values[-1][0] = 1.0
        starts.append(starts[-1] + len(places))
    return csr_matrix((np.concatenate(values), np.concatenate(columns), starts), shape=(len(words), 2**bits))
