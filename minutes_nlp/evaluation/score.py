"""Scores of a set of records: each layer's precision, recall and F1 over all documents, with a bootstrap interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from minutes_nlp.errors import EvaluationError
from minutes_nlp.evaluation.counts import Tally, bootstrap
from minutes_nlp.evaluation.layers import LAYERS, Comparison, Difference, compare
from minutes_nlp.records.gold import load_gold

__all__ = ["LayerScore", "Scores", "load_gold", "score"]


@dataclass(frozen=True, slots=True)
class LayerScore:
    """A layer's figures over all documents; `low` and `high` bound its F1 with 95 % confidence."""

    layer: str
    tally: Tally
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Scores:
    """`layers` in the order of `LAYERS`, those without gold or findings left out; `differences` by document."""

    documents: tuple[str, ...]
    layers: tuple[LayerScore, ...]
    differences: Mapping[str, tuple[Difference, ...]]

    def f1(self, layer: str) -> float:
        """A layer's F1; NaN if there was nothing to score."""
        return next((s.tally.f1 for s in self.layers if s.layer == layer), float("nan"))


def score(pairs: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any], str]]) -> Scores:
    """Score records against gold.

    Args:
        pairs: by document name: its gold, what was found (the evaluation view), and the text that offsets refer to.

    Raises:
        EvaluationError: there is nothing to score.
    """
    if not pairs:
        raise EvaluationError("evaluation.empty", "There is no gold document to score.")
    compared = {name: compare(gold, found, text) for name, (gold, found, text) in pairs.items()}
    layers = [_layer(layer, compared) for layer in LAYERS]
    differences = {name: tuple(c.differences) for name, c in compared.items()}
    return Scores(tuple(compared), tuple(s for s in layers if any(s.tally)), differences)


def _layer(layer: str, compared: Mapping[str, Comparison]) -> LayerScore:
    if layer == "meeting":
        tallies = [c.counts.group("meeting.") for c in compared.values()]
    else:
        tallies = [c.counts.layers.get(layer, Tally()) for c in compared.values()]
    total = Tally()
    for tally in tallies:
        total = total.plus(tally)
    return LayerScore(layer, total, *bootstrap(tallies))
