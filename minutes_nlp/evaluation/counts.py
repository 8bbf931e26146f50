"""Counting agreement: true and false positives and negatives per layer, and what follows from them."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from minutes_nlp.spans import CharSpan

_WORDS = re.compile(r"[^\W_]+")


class Tally(NamedTuple):
    """True positives, false positives, false negatives."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def plus(self, other: Tally) -> Tally:
        """The sum of two tallies."""
        return Tally(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 if nothing was found."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 0 if there is no gold."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; NaN if there is neither gold nor anything found."""
        return 2 * self.tp / (2 * self.tp + self.fp + self.fn) if any(self) else float("nan")


@dataclass
class Counts:
    """The tally of every layer."""

    layers: dict[str, Tally] = field(default_factory=dict)

    def add(self, layer: str, tp: int, fp: int, fn: int) -> None:
        """Add to a layer's tally."""
        self.layers[layer] = self.layers.get(layer, Tally()).plus(Tally(tp, fp, fn))

    def add_sets(self, layer: str, gold: set[str], found: set[str]) -> None:
        """Add the agreement of two sets."""
        self.add(layer, len(gold & found), len(found - gold), len(gold - found))

    def add_value(self, layer: str, gold: Any, found: Any, same: Callable[[Any, Any], bool]) -> None:
        """Add one optional value: a wrong one is both false and missed."""
        if gold and found and same(gold, found):
            self.add(layer, 1, 0, 0)
        else:
            self.add(layer, 0, int(bool(found)), int(bool(gold)))

    def group(self, prefix: str) -> Tally:
        """The sum of all layers whose name begins with `prefix`."""
        total = Tally()
        for name, tally in self.layers.items():
            if name.startswith(prefix):
                total = total.plus(tally)
        return total


def words(value: object) -> frozenset[str]:
    """The words of a string without case, accents and punctuation; none for what is no string."""
    if not isinstance(value, str):
        return frozenset()
    flat = unicodedata.normalize("NFKD", value).casefold()
    return frozenset(_WORDS.findall("".join(c for c in flat if not unicodedata.combining(c))))


def jaccard(one: object, other: object) -> float:
    """Shared words over all words of two strings; 0 if neither has any."""
    a, b = words(one), words(other)
    return len(a & b) / len(a | b) if a | b else 0.0


def intersection_over_union(one: CharSpan, other: CharSpan) -> float:
    """Shared over covered characters of two spans; 0 for an empty or impossible span."""
    if not 0 <= one.start < one.end or not 0 <= other.start < other.end:
        return 0.0
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / (max(one.end, other.end) - min(one.start, other.start))


def pair(gold: Sequence[Any], found: Sequence[Any], similarity: Callable[[Any, Any], float]) -> list[tuple[int, int]]:
    """One-to-one pairs `(gold index, found index)`, the most similar first; similarity 0 makes no pair."""
    ranked = sorted(
        ((similarity(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(found)),
        key=lambda entry: (-entry[0], entry[1], entry[2]),
    )
    pairs: list[tuple[int, int]] = []
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    for value, i, j in ranked:
        if value > 0 and i not in taken_gold and j not in taken_found:
            pairs.append((i, j))
            taken_gold.add(i)
            taken_found.add(j)
    return pairs


def bootstrap(tallies: Iterable[Tally], rounds: int = 400, seed: int = 0) -> tuple[float, float]:
    """The 95 % interval of F1 when documents are drawn again with replacement; NaN twice if nothing was counted."""
    documents = list(tallies)
    drawn = random.Random(seed)  # noqa: S311 (a statistic, no secret)
    values: list[float] = []
    for _ in range(rounds if documents else 0):
        total = Tally()
        for tally in drawn.choices(documents, k=len(documents)):
            total = total.plus(tally)
        if any(total):
            values.append(total.f1)
    if not values:
        return float("nan"), float("nan")
    values.sort()
    return values[int(0.025 * len(values))], values[int(0.975 * len(values)) - 1]
