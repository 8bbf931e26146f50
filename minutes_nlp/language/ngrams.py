"""A word's language by what it is made of: a linear model over the word itself and its runs of two to five letters.

Each run of letters, with `<` and `>` at the ends of the word, has a place in a table of `2 ** bits` rows, one column
per language; the score of a word is the sum of its rows. Nothing of the texts it was made from can be read in the
table. `models/language/` makes it.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from minutes_nlp.errors import ResourceError

SHORTEST, LONGEST = 2, 5
_STEP, _MIX, _MASK = 0x01000193, 0x9E3779B1, 0xFFFFFFFF
_WHOLE = 0x51ED27  # where the hash of a whole word begins, so that it is no run of letters


def hashes(word: str) -> Iterator[int]:
    """A 32-bit hash of the word, then one of each of its runs of letters, by where they begin."""
    letters = [ord(letter) for letter in f"<{word}>"]
    whole = _WHOLE
    for letter in letters:
        whole = (whole * _STEP + letter) & _MASK
    yield (whole * _MIX) & _MASK
    for start in range(len(letters)):
        run = 0
        for length, letter in enumerate(letters[start : start + LONGEST], 1):
            run = (run * _STEP + letter) & _MASK
            if length >= SHORTEST:
                yield (run * _MIX) & _MASK


def share_of_a_run(runs: int) -> float:
    """How much each of a word's `runs` runs of letters counts, where the word itself counts 1."""
    return 1 / math.sqrt(runs) if runs else 0.0


@dataclass(frozen=True)
class LetterModel:
    """The table.

    Attributes:
        languages: ISO 639-1 codes, in the order of the columns.
        weights: of shape `(2 ** bits, len(languages))`, natural log-odds over `scale`.
        scale: what a weight of 1 stands for.
    """

    languages: tuple[str, ...]
    weights: npt.NDArray[np.int8]
    scale: float

    def scores(self, word: str) -> tuple[float, ...]:
        """The log-odds of each language, by a word in lower case; they are comparable with one another only."""
        shift = 32 - (len(self.weights).bit_length() - 1)
        rows = self.weights.take([value >> shift for value in hashes(word)], axis=0)
        runs = np.add.reduce(rows[1:], axis=0, dtype=np.int32) * share_of_a_run(len(rows) - 1)
        return tuple([value * self.scale for value in (rows[0] + runs).tolist()])

    def save(self, path: Any) -> None:
        """Write the table; what is zero costs nothing."""
        codes = np.array(self.languages)
        np.savez_compressed(path, languages=codes, weights=self.weights, scale=np.float64(self.scale))

    @classmethod
    def load(cls, path: Any) -> LetterModel:
        """Read a table.

        Raises:
            ResourceError: the file is missing or holds no table.
        """
        try:
            with path.open("rb") as file, np.load(file) as content:
                languages = tuple(str(code) for code in content["languages"])
                return cls(languages, content["weights"], float(content["scale"]))
        except (OSError, ValueError, KeyError) as error:
            raise ResourceError("resources.model", f"The model {path} cannot be read: {error}.", path=path) from error


@functools.cache
def shipped_letters() -> LetterModel:
    """The model that the package brings.

    Raises:
        ResourceError: it is missing.
    """
    return LetterModel.load(resources.files("minutes_nlp") / "trained" / "language.npz")


def quantised(weights: npt.NDArray[np.float64], languages: Sequence[str]) -> LetterModel:
    """The model with weights of one byte; the largest one in two thousand are cut off."""
    scale = float(np.quantile(np.abs(weights), 0.9995)) / 127 or 1.0
    return LetterModel(tuple(languages), np.clip(np.round(weights / scale), -127, 127).astype(np.int8), scale)
