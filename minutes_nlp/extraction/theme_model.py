"""The trained model of themes: one linear question per theme of the closed list, over hashed features of an item."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from minutes_nlp.errors import ResourceError
from minutes_nlp.extraction.linear import buckets

MOST = 3  # themes of one item, by the guideline
PROCEDURE = "meeting-procedure"
_WORDS = re.compile(r"[^\W\d_]{3,}")
_BEGINNING = 7  # letters of a word that count: endings differ
_LONGEST = 9  # classes of length


@dataclass(frozen=True, slots=True)
class ThemeItem:
    """What is looked at of a main item.

    Attributes:
        title: its heading and those of its sub-items.
        content: all else.
        keywords: what the keywords of each theme add up to in it, in whatever language.
        headings: the themes with a keyword in its headings.
        document: each theme's share of the whole document, by keywords.
        words: how many words the content has.
    """

    title: str
    content: str
    keywords: Mapping[str, float]
    headings: frozenset[str]
    document: Mapping[str, float]
    words: int


def theme_features(item: ThemeItem) -> dict[str, float]:
    """The features of an item: its keywords (the same in every language), its words, how long it is."""
    found: dict[str, float] = {}
    total, most = sum(item.keywords.values()) or 1.0, max(item.keywords.values(), default=1.0)
    for theme, score in item.keywords.items():
        found[f"share={theme}"] = 2 * score / total
        found[f"most={theme}"] = score / most
        found[f"score={theme}"] = 0.7 * math.log1p(score)
    found |= {f"document={theme}": 1.5 * share for theme, share in item.document.items()}
    found |= {f"heading={theme}": 1.0 for theme in item.headings}
    found |= {f"title={word[:_BEGINNING]}": 1.0 for word in _WORDS.findall(item.title.casefold())}
    counts = Counter(word[:_BEGINNING] for word in _WORDS.findall(item.content.casefold()))
    length = math.sqrt(sum(math.log1p(count) ** 2 for count in counts.values())) or 1.0
    found |= {f"word={word}": 2 * math.log1p(count) / length for word, count in counts.items()}
    found[f"length={min(_LONGEST, int(math.log2(item.words + 1)))}"] = 1.0
    return found


@dataclass(frozen=True)
class ThemeModel:
    """Weights of all themes.

    Attributes:
        themes: ids, in the order of the columns.
        weights: of shape `(2 ** bits, len(themes))`; times `scale`, they add up to a score (about 1 for yes, 0 for no).
        bias: score of each theme without any feature.
        scale: what a weight of 1 stands for.
        lowest: score from which a theme is taken.
        share: the part of the best theme's score that it must have.
    """

    themes: tuple[str, ...]
    weights: npt.NDArray[np.int8]
    bias: npt.NDArray[np.float64]
    scale: float
    lowest: float
    share: float

    def scores(self, features: Mapping[str, float]) -> npt.NDArray[np.float64]:
        """The score of each theme."""
        bits = len(self.weights).bit_length() - 1
        places = list(map(buckets(bits).__getitem__, features))
        values = np.array(list(features.values()))
        return self.bias + self.scale * (values @ self.weights[places].astype(np.float64))

    def choose(self, features: Mapping[str, float]) -> tuple[str, ...]:
        """One to three themes, the likeliest first; procedure stands alone."""
        return chosen(self.scores(features), self.themes, self.lowest, self.share)

    def save(self, path: Any) -> None:
        """Write the model; weights that are zero cost nothing."""
        numbers = np.array([self.scale, self.lowest, self.share])
        names = np.array(self.themes)
        np.savez_compressed(path, themes=names, weights=self.weights, bias=self.bias, numbers=numbers)

    @classmethod
    def load(cls, path: Any) -> ThemeModel:
        """Read a model.

        Raises:
            ResourceError: the file is missing or no model.
        """
        try:
            with path.open("rb") as file, np.load(file) as content:
                names = tuple(str(theme) for theme in content["themes"])
                scale, lowest, share = map(float, content["numbers"])
                return cls(names, content["weights"], content["bias"], scale, lowest, share)
        except (OSError, ValueError, KeyError) as error:
            raise ResourceError("resources.model", f"The model {path} cannot be read: {error}.", path=path) from error


def chosen(scores: npt.NDArray[np.float64], themes: tuple[str, ...], lowest: float, share: float) -> tuple[str, ...]:
    """The best themes by their scores: the very best, and up to two more that are high enough."""
    ranked = [int(place) for place in np.argsort(-scores, kind="stable")[:MOST]]
    best = scores[ranked[0]]
    kept = [themes[ranked[0]]]
    kept += [themes[place] for place in ranked[1:] if scores[place] >= max(lowest, share * best)]
    if kept[0] == PROCEDURE:
        return (PROCEDURE,)
    return tuple(theme for theme in kept if theme != PROCEDURE)


@functools.cache
def shipped_themes() -> ThemeModel:
    """The model that the package brings.

    Raises:
        ResourceError: it is missing.
    """
    return ThemeModel.load(resources.files("minutes_nlp") / "trained" / "themes.npz")
