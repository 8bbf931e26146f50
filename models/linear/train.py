"""Fit the linear models of decisions and action items, and write them with their card.

    python models/linear/train.py SHARED

SHARED holds `corpus/` (train and dev) and `resources/acts/`. Real documents of `train` teach; those of `dev` only
choose. The invented minutes of `models/data/minutes/` and the written passages teach beside them, with less weight.
Needs the extra `train`. The same input gives the same models.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from minutes_nlp.training.acts import ACTS, examples_of, passages
from minutes_nlp.training.corpus import shared_examples, written_examples
from minutes_nlp.training.fit import FitSettings, fit_linear
from minutes_nlp.training.own import training_pipeline

HERE = Path(__file__).resolve().parent
TRAINED = HERE.parent.parent / "minutes_nlp" / "trained"
WEIGHTS = {"train": 1.0, "written": 0.6, "passage": 0.3}


def main() -> None:
    """Run the training from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    options = parser.parse_args()
    pipeline = training_pipeline()
    found = list(examples_of(pipeline, shared_examples(options.shared / "corpus", ("train",))))
    found += examples_of(pipeline, written_examples(HERE.parent / "data" / "minutes"))
    found += passages(options.shared / "resources" / "acts")
    TRAINED.mkdir(exist_ok=True)
    reports = {}
    for act in ACTS:
        model, report = fit_linear(
            [example.features[act] for example in found],
            [example.labels[act] for example in found],
            [WEIGHTS[example.split] for example in found],
            [example.body for example in found],
            [example.split == "train" for example in found],
            FitSettings(),
        )
        model.save(TRAINED / f"{act}.npz")
        reports[act] = {name: round(value, 4) for name, value in asdict(report).items()}
        print(act, json.dumps(reports[act]), flush=True)
    (HERE / "report.json").write_text(json.dumps(reports, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
