"""A convolutional text classifier of spaCy as the judge of units, for comparison only.

    python models/acts/cnn.py SHARED OUT [--groups N] [--epochs N] [--vectors models/base] [--again]

Reads `OUT/units.pickle`. The classifier sees the last heading, the lead-in, the end of the unit before and the unit,
and answers for both acts. It embeds words by hashes of their form, prefix, suffix and shape. Without vectors there is
one model for all languages; with `--vectors` the floret vectors of the base pipelines stand beside the hashes, in one
model for Dutch and one for French, and documents in other languages are left out. `--groups` also holds out groups of
whole bodies over train and dev, of which only N are judged, with an epoch less. The probabilities are kept in `OUT`;
`--again` works the figures out anew from them: for other cues or rules of joining, as long as the units are the same.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from convolutions import Convolutions, Judged, is_judged
from documents import ActDocument, load
from scoring import SHARES, Scored, best, calibration_error, groups_of, log_odds, mixed, outcomes, write_report

from minutes_nlp.training.acts import ACTS

EPOCHS = 3  # unless the command says otherwise
PARTS = 5  # groups of bodies
LEFT = -1  # the number of those that are not held out


def report(documents: Sequence[ActDocument], found: Judged) -> dict[str, dict[str, object]]:
    """The figures of the classifier alone and mixed with the cues, at the threshold best on these documents."""
    content: dict[str, dict[str, object]] = {}
    for act in ACTS:
        alone: Scored = list(zip(documents, found[act], strict=True))
        content[act] = {"alone": best(outcomes(alone, act)), "calibration error": calibration_error(alone, act)}
        content[act]["cues alone"] = best(outcomes([(d, d.cues[act]) for d in documents], act))
        for share in SHARES:
            blend = [(d, mixed(log_odds(p), log_odds(d.cues[act]), share)) for d, p in alone]
            content[act][f"share {share} beside the cues"] = best(outcomes(blend, act))
    return content


class Kept:
    """The probabilities of a run and what it cost, so that figures can be worked out again without fitting."""

    def __init__(self, folder: Path, name: str) -> None:
        self.values = folder / f"{name}.npz"
        self.costs = folder / f"{name}.json"

    def read(self, part: str, documents: Sequence[ActDocument]) -> Judged:
        """The probabilities of these documents in one part of the run.

        Raises:
            ValueError: a document has other units than it had.
        """
        with np.load(self.values) as kept:
            found: Judged = {act: [kept[f"{part} {act} {document.name}"] for document in documents] for act in ACTS}
        for document, chances in zip(documents, found[ACTS[0]], strict=True):
            if len(chances) != len(document.units):
                raise ValueError(f"{document.name} was judged with {len(chances)} units, now has {len(document.units)}")
        return found

    def add(self, part: str, documents: Sequence[ActDocument], found: Judged) -> None:
        """Keep what a part of the run found."""
        known = dict(np.load(self.values)) if self.values.exists() else {}
        for act in ACTS:
            known |= {f"{part} {act} {d.name}": chances for d, chances in zip(documents, found[act], strict=True)}
        np.savez_compressed(self.values, **known)


def run(documents: Sequence[ActDocument], parts: Sequence[int], options: argparse.Namespace, kept: Kept) -> None:
    """Fit on train and invented minutes, judge dev; then hold out groups of bodies; keep all that is found."""
    epochs, vectors = options.epochs, options.vectors
    kept.values.unlink(missing_ok=True)
    dev = [document for document in documents if document.split == "dev"]
    model = Convolutions.fit([d for d in documents if d.split != "dev"], epochs, vectors)
    begun = time.process_time()
    kept.add("dev", dev, model.judge(dev))
    speed = sum(len(document.units) for document in dev) / (time.process_time() - begun)
    kept.costs.write_text(
        json.dumps({"epochs": epochs, "units per second": round(speed), "bytes": model.size}), encoding="utf-8"
    )
    for number in sorted(set(parts) - {LEFT}):
        model = Convolutions.fit([d for d, p in zip(documents, parts, strict=True) if p != number], epochs - 1, vectors)
        outside = [d for d, p in zip(documents, parts, strict=True) if p == number and d.split != "written"]
        kept.add("bodies", outside, model.judge(outside))


def main(options: argparse.Namespace) -> None:
    """Fit unless it was done, and report."""
    loaded = load(options.out)
    number_of = zip(loaded, groups_of(loaded, PARTS), strict=True)
    judged = [(d, g if g < options.groups else LEFT) for d, g in number_of if is_judged(d, options.vectors)]
    documents, parts = [d for d, _ in judged], [int(g) for _, g in judged]
    name = "floret" if options.vectors else "cnn"
    kept = Kept(options.out, name)
    if not options.again:
        run(documents, parts, options, kept)
    dev = [document for document in documents if document.split == "dev"]
    costs = json.loads(kept.costs.read_text(encoding="utf-8"))
    write_report(options.out, name, {"dev": report(dev, kept.read("dev", dev)), "documents": len(dev), **costs})
    outside = [d for d, p in zip(documents, parts, strict=True) if p != LEFT and d.split != "written"]
    if outside:
        figures = report(outside, kept.read("bodies", outside))
        whose = {"groups": options.groups, "documents": len(outside), "bodies": len({d.body for d in outside})}
        write_report(options.out, f"{name}, bodies held out", {**whose, "figures": figures})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--groups", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--again", action="store_true")
    main(parser.parse_args())
