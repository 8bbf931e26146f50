"""Fit the model of themes and write it into the package.

    python models/themes/train.py SHARED

SHARED holds `corpus/`. Real documents of `train` teach, with the invented minutes of `models/data/minutes/`; the words
of the themes reach the model through the word lists. Needs the extra `train`; takes about a minute. The same input
gives the same model.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from minutes_nlp.language import detector
from minutes_nlp.training.corpus import shared_examples, written_examples
from minutes_nlp.training.themes import fit_themes, theme_examples

HERE = Path(__file__).resolve().parent
TRAINED = HERE.parent.parent / "minutes_nlp" / "trained"


def main() -> None:
    """Run the training from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    options = parser.parse_args()
    found = list(theme_examples(shared_examples(options.shared / "corpus", ("train",)), detector()))
    found += theme_examples(written_examples(HERE.parent / "data" / "minutes"), detector())
    model, report = fit_themes(found)
    model.save(TRAINED / "themes.npz")
    figures = asdict(report) | {"by_body": {body: round(score, 2) for body, score in report.by_body.items()}}
    figures |= {name: round(figures[name], 4) for name in ("items", "documents", "lowest", "share")}
    (HERE / "report.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
