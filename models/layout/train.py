"""Fit a labeller of blocks, compare it with the rules, and write what was measured.

    python models/layout/train.py SHARED [--compare]

SHARED holds `corpus/` (train and dev). Every labeller is judged twice: fitted on `train` and judged on `dev`, and, over
both, on groups of whole bodies left out. `--compare` adds a small neural tagger. Needs the extra `train`. The same
input gives the same figures, speed aside.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import crf

from minutes_nlp.training.corpus import shared_examples
from minutes_nlp.training.layout import TaggedBlocks, tagged
from minutes_nlp.training.layout_scores import TagScores, corrected, groups_of, score_tags

HERE = Path(__file__).resolve().parent
GROUPS = 10
SURE = 0.8

Guesses = Mapping[str, Sequence[str]]  # by name of document
Chances = Sequence[Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Labeller:
    """What is compared: how it is fitted (on documents, to a file), what it guesses then, and how large it is."""

    fit: Callable[[Sequence[TaggedBlocks], Path], Any]
    tags: Callable[[Any, TaggedBlocks], Sequence[str]]
    chances: Callable[[Any, TaggedBlocks], Chances]
    size: Callable[[Any, Path], int]


def main() -> None:
    """Run the comparison from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--compare", action="store_true", help="also fit the neural tagger (torch)")
    options = parser.parse_args()
    documents = list(tagged(shared_examples(options.shared / "corpus")))
    report = {"rules": _rules(documents)}
    labellers = {"crf": Labeller(crf.fit, crf.best, crf.probabilities, lambda _, path: path.stat().st_size)}
    if options.compare:
        labellers["neural"] = _neural()
    for name, labeller in labellers.items():
        report |= _judged(name, labeller, documents)
        (HERE / "report.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print("\n".join(_table(report)))


def _table(report: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the table of the model's card."""
    shown = ("agenda", "agenda_all", "micro", "macro")
    yield "| | dev: agenda | all levels | micro | macro | bodies left out: agenda | all levels | micro | macro |"
    yield "|---" * (1 + 2 * len(shown)) + "|"
    for name, row in report.items():
        figures = [f"{row[part][figure]:.3f}" for part in ("dev", "bodies left out") for figure in shown]
        yield f"| {name} | {' | '.join(figures)} |"


def _neural() -> Labeller:
    import neural

    def likeliest(model: Any, document: TaggedBlocks) -> list[str]:
        return [max(chances, key=lambda tag: chances[tag]) for chances in neural.probabilities(model, document)]

    def size(model: Any, _: Path) -> int:
        return sum(4 * weights.numel() for weights in model.parameters())

    return Labeller(lambda documents, _: neural.fit(documents), likeliest, neural.probabilities, size)


def _rules(documents: Sequence[TaggedBlocks]) -> dict[str, Any]:
    dev = [document for document in documents if document.split == "dev"]
    guesses = {document.name: document.rules for document in documents}
    return {
        "dev": _figures(dev, guesses),
        "bodies left out": _figures(documents, guesses),
        **_apart(documents, guesses),
    }


def _judged(name: str, labeller: Labeller, documents: Sequence[TaggedBlocks]) -> dict[str, dict[str, Any]]:
    """The figures of a labeller by itself, and of the rules corrected where it is sure."""
    dev = [document for document in documents if document.split == "dev"]
    group = groups_of([document.body for document in documents], GROUPS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        model = labeller.fit([document for document in documents if document.split == "train"], path)
        begun = time.process_time()
        on_dev = {document.name: labeller.tags(model, document) for document in dev}
        spent = time.process_time() - begun
        sure_on_dev = {d.name: corrected(d.rules, labeller.chances(model, d), SURE) for d in dev}
        size = labeller.size(model, path)
        left_out: dict[str, Sequence[str]] = {}
        sure_left_out: dict[str, Sequence[str]] = {}
        for number in range(GROUPS):
            model = labeller.fit([d for d in documents if group[d.body] != number], path)
            for document in (d for d in documents if group[d.body] == number):
                left_out[document.name] = labeller.tags(model, document)
                sure_left_out[document.name] = corrected(document.rules, labeller.chances(model, document), SURE)
    alone = {"dev": _figures(dev, on_dev), "bodies left out": _figures(documents, left_out)}
    together = {"dev": _figures(dev, sure_on_dev), "bodies left out": _figures(documents, sure_left_out)}
    words = sum(document.words for document in dev)
    cost = {"words per second": round(words / spent, -3), "bytes": size}
    return {name: alone | cost | _apart(documents, left_out), f"rules and {name} where sure": together}


def _apart(documents: Sequence[TaggedBlocks], guesses: Guesses) -> dict[str, Any]:
    """The figures per tag, and F1 of the agenda (level 1, all levels) per language and per body."""
    scores = _scores(documents, guesses)
    languages = _split_by(documents, lambda document: document.name.split("-")[0])
    bodies = _split_by(documents, lambda document: document.body)
    return {
        "tags": {tag: round(value, 3) for tag, value in scores.of_tag.items()},
        "languages": {key: _agenda(inside, guesses) for key, inside in languages.items()},
        "bodies": {key: _agenda(inside, guesses) for key, inside in bodies.items()},
    }


def _split_by(documents: Sequence[TaggedBlocks], key: Callable[[TaggedBlocks], str]) -> dict[str, list[TaggedBlocks]]:
    return {name: [d for d in documents if key(d) == name] for name in sorted({key(d) for d in documents})}


def _agenda(documents: Sequence[TaggedBlocks], guesses: Guesses) -> list[float]:
    scores = _scores(documents, guesses)
    return [round(scores.agenda, 3), round(scores.agenda_all, 3)]


def _scores(documents: Sequence[TaggedBlocks], guesses: Guesses) -> TagScores:
    return score_tags((document.tags, guesses[document.name]) for document in documents)


def _figures(documents: Sequence[TaggedBlocks], guesses: Guesses) -> dict[str, float]:
    scores = _scores(documents, guesses)
    names = ("agenda", "agenda_all", "level", "micro", "macro")
    return {name: round(getattr(scores, name), 3) for name in names}


if __name__ == "__main__":
    main()
