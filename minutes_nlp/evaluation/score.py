"""Scores of a set of records: each layer's precision, recall and F1 over all documents, with a bootstrap interval."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minutes_nlp.errors import EvaluationError
from minutes_nlp.evaluation.counts import Tally, bootstrap
from minutes_nlp.evaluation.layers import LAYERS, Comparison, Difference, compare


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


def load_gold(folder: Path) -> dict[str, dict[str, Any]]:
    """The gold of every document in a folder `<document's name>.json`, by the document's name.

    Raises:
        EvaluationError: the folder is missing, or a file is no gold.
    """
    if not folder.is_dir():
        raise EvaluationError("evaluation.no-gold", f"There is no folder {folder} with gold files.", path=folder)
    gold: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            gold[content["doc"]] = content
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EvaluationError("evaluation.bad-gold", f"{path} is no gold file: {error}.", path=path) from error
    return gold
