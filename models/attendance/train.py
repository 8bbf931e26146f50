"""Fit the classifier of names that the rules of attendance left, and write it with what was measured.

    python models/attendance/train.py SHARED [--held-out]

SHARED holds `corpus/` and `resources/`. Real documents of `train`, the invented minutes of `models/data/minutes/` and
the invented lists of the resources teach. `--held-out` first measures what it adds to the rules, with whole bodies held
out over train and dev (every invented document is a body of its own), some minutes more. Needs the extra `train`. The
same input gives the same model.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from itertools import chain
from pathlib import Path

from minutes_nlp.extraction.attendance_learned import ATTENDS, AWAY
from minutes_nlp.training.attendance import (
    SETTINGS,
    NamedDocument,
    fit_attendance,
    invented_lists,
    named_documents,
)
from minutes_nlp.training.corpus import shared_examples, written_examples
from minutes_nlp.training.fit import FitSettings, folds_of

HERE = Path(__file__).resolve().parent
TRAINED = HERE.parent.parent / "minutes_nlp" / "trained"
GROUPS = FitSettings(folds=10)
INNER = replace(SETTINGS, folds=3)
SETS = {
    "train and dev": ("train", "dev"),
    "dev": ("dev",),
    "invented minutes": ("written",),
    "invented lists": ("list",),
}

Statuses = Mapping[frozenset[str], str]


def figures(documents: Sequence[NamedDocument], results: Sequence[Statuses]) -> dict[str, float]:
    """Precision, recall and F1 of names, and F1 of names with their status."""
    right = stated = wanted = given = 0
    for document, result in zip(documents, results, strict=True):
        both = document.gold.keys() & result.keys()
        right += len(both)
        stated += sum(document.gold[words] == result[words] for words in both)
        wanted += len(document.gold)
        given += len(result)
    parts = {"p": right / given, "r": right / wanted, "f1": 2 * right / (wanted + given)}
    return {name: round(value, 4) for name, value in (parts | {"status f1": 2 * stated / (wanted + given)}).items()}


def held_out(documents: Sequence[NamedDocument]) -> dict[str, dict[str, dict[str, float]]]:
    """Per set of documents the figures of the rules and of both, by models that saw no document of the body."""
    group = folds_of([document.body for document in documents], GROUPS)
    both: list[Statuses] = [{} for _ in documents]
    for number in range(GROUPS.folds):
        models = fit_attendance((d for d, g in zip(documents, group, strict=True) if g != number), INNER)
        for place, document in enumerate(documents):
            if group[place] == number:
                both[place] = document.with_model(models)
        print(f"group {number + 1} of {GROUPS.folds}", flush=True)
    report = {}
    for name, splits in SETS.items():
        chosen = [place for place, document in enumerate(documents) if document.split in splits]
        inside = [documents[place] for place in chosen]
        report[name] = {
            "rules": figures(inside, [document.by_rules() for document in inside]),
            "rules and classifier": figures(inside, [both[place] for place in chosen]),
        }
        print(name, report[name], flush=True)
    return report


def main(shared: Path, measured: bool) -> None:
    """Measure if asked, fit, write."""
    sources = chain(
        shared_examples(shared / "corpus", ("train", "dev") if measured else ("train",)),
        written_examples(HERE.parent / "data" / "minutes"),
        invented_lists(shared / "resources" / "attendance.jsonl"),
    )
    documents = list(named_documents(sources))
    path = HERE / "report.json"
    report = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if measured:
        report["bodies held out"] = held_out(documents)
    models = fit_attendance(document for document in documents if document.split != "dev")
    TRAINED.mkdir(exist_ok=True)
    models.attends.save(TRAINED / f"{ATTENDS}.npz")
    models.away.save(TRAINED / f"{AWAY}.npz")
    report["names"] = {name: round(value, 4) for name, value in asdict(models.report).items()}
    path.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--held-out", action="store_true")
    options = parser.parse_args()
    main(options.shared, options.held_out)
