"""What boosted trees see of a unit: scores of other judges for it and its neighbours, its place, its signals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from documents import ActDocument
from scoring import Numbers, chances, per_document

from minutes_nlp.extraction.outcomes import is_bare_outcome
from minutes_nlp.extraction.tallies import is_tally
from minutes_nlp.extraction.units import Shape
from minutes_nlp.training.acts import ACTS, Act

TREES = {
    "max_iter": 150,
    "learning_rate": 0.06,
    "max_leaf_nodes": 12,
    "min_samples_leaf": 40,
    "l2_regularization": 5.0,
    "max_features": 0.4,
    "random_state": 0,
}
NEAR = (-2, -1, 1, 2)
COMMON = 25  # units that have a signal, at least
_SHAPES = list(Shape)


def signal_names(documents: Sequence[ActDocument], act: Act) -> list[str]:
    """The signals that are common enough to learn from."""
    counts = Counter(name for document in documents for seen in document.signals[act] for name in seen)
    return sorted(name for name, count in counts.items() if count >= COMMON)


def stacked_features(
    documents: Sequence[ActDocument],
    act: Act,
    scores: Mapping[Act, Numbers],
    cues: Mapping[Act, Numbers],
    names: Sequence[str],
) -> Numbers:
    """A row per unit of all documents.

    Args:
        documents: one after the other.
        act: what is asked about; the scores of the other act are features as well.
        scores: log-odds of the linear model per act, of all units.
        cues: the same of the cues.
        names: of the signals that are features.
    """
    channels = [
        values for other in sorted(ACTS, key=lambda name: name != act) for values in (scores[other], cues[other])
    ]
    cut = [per_document(values, documents) for values in channels]
    rows = [
        np.column_stack([*_scores(document, parts), *_place(document), _signals(document, act, names)])
        for document, *parts in zip(documents, *cut, strict=True)
        if document.units
    ]
    return np.concatenate(rows).astype(np.float32)


def _scores(document: ActDocument, channels: Sequence[Numbers]) -> Iterator[Numbers]:
    """The scores of each unit, of its neighbours, and what is typical of the document and of the section."""
    yield from channels
    count = len(document.units)
    for step in NEAR:
        place = np.arange(count) + step
        inside = (place >= 0) & (place < count)
        place = np.clip(place, 0, count - 1)
        for values in channels[:3]:
            yield np.where(inside, values[place], np.nan)
        pairs = [(document.units[i], document.units[j]) for i, j in enumerate(place)]
        yield inside & np.array([one.block == other.block for one, other in pairs])
        yield inside & np.array([one.headings == other.headings for one, other in pairs])
    likely = chances((channels[0] + channels[1]) / 2)
    yield np.full(count, likely.mean())
    yield np.full(count, likely.max())
    yield np.argsort(np.argsort(-likely)) / count
    sections: dict[tuple[str, ...], list[int]] = {}
    for number, unit in enumerate(document.units):
        sections.setdefault(unit.headings, []).append(number)
    highest, place, size = np.zeros(count), np.zeros(count), np.zeros(count)
    for members in sections.values():
        highest[members], place[members], size[members] = likely[members].max(), np.arange(len(members)), len(members)
    yield from (highest, likely - highest, place, size - place)


def _place(document: ActDocument) -> Iterator[Numbers]:
    """Form and place of each unit."""
    units = document.units
    yield np.arange(len(units)) / len(units)
    yield np.log1p([len(unit.text) for unit in units])
    yield np.array([_SHAPES.index(unit.shape) for unit in units])
    for told in (
        [bool(unit.leads) for unit in units],
        [unit.first for unit in units],
        [unit.last for unit in units],
        [len(unit.headings) for unit in units],
        [unit.text.rstrip().endswith("?") for unit in units],
        [unit.text.rstrip().endswith(":") for unit in units],
        [is_bare_outcome(unit) for unit in units],
        [is_tally(unit.text, unit.language) for unit in units],
        [len(unit.cells) for unit in units],
        [bool(unit.marker) for unit in units],
    ):
        yield np.array(told, dtype=float)


def _signals(document: ActDocument, act: Act, names: Sequence[str]) -> Numbers:
    column = {name: number for number, name in enumerate(names)}
    found = np.zeros((len(document.units), len(names)))
    for row, seen in enumerate(document.signals[act]):
        found[row, [column[name] for name in seen if name in column]] = 1
    return found
