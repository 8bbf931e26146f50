"""A document as units with their labels: what the scripts of this folder work on, and how they hand it on."""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from minutes_nlp.extraction.act_features import act_features
from minutes_nlp.extraction.units import Unit
from minutes_nlp.spans import CharSpan
from minutes_nlp.training.acts import Act

FILE = "units.pickle"


@dataclass(frozen=True, slots=True)
class ActDocument:
    """A document as a sequence of units.

    Attributes:
        name, body, split: as of `minutes_nlp.training.corpus.Example`.
        units: in the order of the text.
        spans: of the units, in the text as read.
        signals: per act and unit, the names of what the rules weigh.
        cues: per act and unit, the probability by the weighted cues, 0 to 1.
        labels: per act and unit, whether it states one.
        gold: per act, the annotated passages: `start` and `end` in the text as read, `repeat` where set.
    """

    name: str
    body: str
    split: str
    units: Sequence[Unit]
    spans: Sequence[CharSpan]
    signals: Mapping[Act, Sequence[frozenset[str]]]
    cues: Mapping[Act, Sequence[float]]
    labels: Mapping[Act, Sequence[bool]]
    gold: Mapping[Act, Sequence[Mapping[str, object]]]

    def features(self, act: Act) -> Iterator[dict[str, float]]:
        """What the linear model sees of each unit: n-grams, words around it, layout, signals."""
        for unit, seen in zip(self.units, self.signals[act], strict=True):
            yield act_features(unit, seen)


def load(out: Path) -> list[ActDocument]:
    """The documents that `units.py` wrote; only ever a file of one's own, since a pickle may run code."""
    with (out / FILE).open("rb") as file:
        return pickle.load(file)


def save(documents: Sequence[ActDocument], out: Path) -> None:
    """Write the documents for the other scripts."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / FILE).open("wb") as file:
        pickle.dump(documents, file)


def arguments(description: str | None) -> argparse.Namespace:
    """`SHARED` and `OUT` of the command line, as all scripts of this folder take them."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("out", type=Path)
    return parser.parse_args()
