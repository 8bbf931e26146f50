"""Fit the ranker of owners, and write it with what was measured.

    python models/owners/train.py SHARED

SHARED holds `corpus/`. Real documents of `train` teach, and the invented minutes of `models/data/minutes/` with half
their weight; bodies are held out to calibrate and to report. Needs the extra `train`. The same input gives the same
model.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path

from minutes_nlp.training.corpus import shared_examples, written_examples
from minutes_nlp.training.fit import FitSettings, fit_linear
from minutes_nlp.training.own import training_pipeline
from minutes_nlp.training.owners import owner_examples

HERE = Path(__file__).resolve().parent
TRAINED = HERE.parent.parent / "minutes_nlp" / "trained"
WEIGHTS = {"train": 1.0, "written": 0.5}
SETTINGS = FitSettings(bits=16, strength=0.1)
LIKELY = 0.4  # from which somebody owns an action for whom no rule speaks; chosen on `dev`


def main() -> None:
    """Run the training from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    options = parser.parse_args()
    pipeline = training_pipeline()
    found = list(owner_examples(pipeline, shared_examples(options.shared / "corpus", ("train",))))
    found += owner_examples(pipeline, written_examples(HERE.parent / "data" / "minutes"))
    model, report = fit_linear(
        [example.features for example in found],
        [example.owner for example in found],
        [WEIGHTS[example.split] for example in found],
        [example.body for example in found],
        [example.split == "train" for example in found],
        SETTINGS,
    )
    TRAINED.mkdir(exist_ok=True)
    replace(model, threshold=LIKELY).save(TRAINED / "owners.npz")
    measured = {name: round(value, 4) for name, value in asdict(report).items()}
    (HERE / "report.json").write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
