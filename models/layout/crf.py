"""A linear-chain conditional random field over blocks, fitted with CRFsuite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pycrfsuite

from minutes_nlp.training.layout import TaggedBlocks

SETTINGS = {
    "c1": 1.0,  # L1
    "c2": 10.0,  # L2
    "max_iterations": 80,
    "feature.minfreq": 2,
    "feature.possible_transitions": True,
}


def fit(documents: Sequence[TaggedBlocks], path: Path) -> pycrfsuite.Tagger:
    """A tagger fitted on documents and written to `path`. The same documents give the same tagger."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for document in documents:
        trainer.append(document.signs, document.tags)
    trainer.set_params(SETTINGS)
    trainer.train(str(path))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger


def best(tagger: pycrfsuite.Tagger, document: TaggedBlocks) -> list[str]:
    """The most likely sequence of tags."""
    tags: list[str] = tagger.tag(document.signs)
    return tags


def probabilities(tagger: pycrfsuite.Tagger, document: TaggedBlocks) -> list[Mapping[str, float]]:
    """For each block the probability of each tag that the tagger knows."""
    tagger.set(document.signs)
    known = tagger.labels()
    return [{tag: tagger.marginal(tag, place) for tag in known} for place in range(len(document.tags))]
