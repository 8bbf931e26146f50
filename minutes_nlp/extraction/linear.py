"""A linear classifier over hashed features: quick, small, and nothing of the text it learned from can be read in it."""

from __future__ import annotations

import functools
import math
import operator
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from minutes_nlp.errors import ResourceError

_MASK = 0xFFFFFFFF
_REMEMBERED = 1 << 16  # features of which the bucket is kept


class Buckets(dict[str, int]):
    """Which of `2 ** bits` weights each feature has, the same on every machine; worked out when it is first met."""

    def __init__(self, bits: int) -> None:
        super().__init__()
        self._shift = 32 - bits

    def __missing__(self, feature: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        mixed = (zlib.crc32(feature.encode()) * 0x9E3779B1) & _MASK
        found = self[feature] = mixed >> self._shift
        return found


@functools.cache
def buckets(bits: int) -> Buckets:
    """The buckets of a table of `2 ** bits` weights, shared by all models of that size."""
    return Buckets(bits)


def bucket(feature: str, bits: int) -> int:
    """Which of `2 ** bits` weights a feature has."""
    return buckets(bits)[feature]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights of one yes-or-no question.

    Attributes:
        weights: one per bucket; their number is a power of two.
        bias: score of a passage with no feature at all, in log-odds.
        slope, shift: calibration, `probability = sigmoid(slope * score + shift)`.
        threshold: the probability from which the answer is yes.
    """

    weights: npt.NDArray[np.float32]
    bias: float
    slope: float
    shift: float
    threshold: float

    def score(self, features: Mapping[str, float]) -> float:
        """The weighted sum of the features, in uncalibrated log-odds."""
        places = map(buckets(len(self.weights).bit_length() - 1).__getitem__, features)
        weights = map(self.weights.data.__getitem__, places)  # plain numbers, several times as fast as the array's
        total: float = sum(map(operator.mul, weights, features.values()))
        return self.bias + total

    def probability(self, features: Mapping[str, float]) -> float:
        """The calibrated probability of yes, 0 to 1."""
        value = self.slope * self.score(features) + self.shift
        return 1 / (1 + math.exp(-value)) if value > -700 else 0.0

    def save(self, path: Path) -> None:
        """Write the model; the weights in half precision, those that are zero cost nothing."""
        numbers = np.array([self.bias, self.slope, self.shift, self.threshold], dtype=np.float64)
        np.savez_compressed(path, weights=self.weights.astype(np.float16), numbers=numbers)

    @classmethod
    def load(cls, path: Any) -> LinearModel:
        """Read a model.

        Raises:
            ResourceError: the file is missing or no model.
        """
        try:
            with path.open("rb") as file, np.load(file) as content:
                weights = content["weights"].astype(np.float32)
                bias, slope, shift, threshold = map(float, content["numbers"])
        except (OSError, ValueError, KeyError) as error:
            raise ResourceError("resources.model", f"The model {path} cannot be read: {error}.", path=path) from error
        return cls(weights, bias, slope, shift, threshold)


@functools.cache
def shipped(name: str) -> LinearModel:
    """The model that the package brings under `minutes_nlp/trained/<name>.npz`.

    Raises:
        ResourceError: there is none.
    """
    return LinearModel.load(resources.files("minutes_nlp") / "trained" / f"{name}.npz")
