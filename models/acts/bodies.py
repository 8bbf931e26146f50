"""How much bodies differ: F1 of the judges per body, and what a threshold of its own for each body would give.

    python models/acts/bodies.py SHARED OUT

Reads `OUT/units.pickle` and `OUT/linear.npz` (of `compare.py`). Bodies with fewer than twenty passages are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from documents import arguments, load
from scoring import THRESHOLDS, best, chances, figures, log_odds, mixed, outcomes, per_document, write_report

from minutes_nlp.evaluation.counts import Tally
from minutes_nlp.training.acts import ACTS

ENOUGH = 20
SHARE = 0.2  # of the linear model beside the cues


def spread(of_body: Mapping[str, Sequence[Sequence[Tally]]]) -> dict[str, float]:
    """F1 at one threshold for all bodies: over all, the quartiles over bodies; and F1 at the best for each body."""
    common = best([row for rows in of_body.values() for row in rows])
    values = [figures(rows, common["threshold"])["f1"] for rows in of_body.values()]
    own = Tally()
    for rows in of_body.values():
        place = THRESHOLDS.index(best(rows)["threshold"])
        for row in rows:
            own = own.plus(row[place])
    low, middle, high = (round(float(part), 3) for part in np.percentile(values, (25, 50, 75)))
    quartiles = {"first quartile": low, "median": middle, "third quartile": high}
    return {"bodies": len(values), "all": common["f1"], **quartiles, "a threshold per body": round(own.f1, 3)}


def main(out: Path) -> None:
    """Report the spread of cues alone, of the linear model alone and of both."""
    documents = load(out)
    with np.load(out / "linear.npz") as held:
        linear = {act: per_document(held[act], documents) for act in ACTS}
    for act in ACTS:
        judged = [
            (d, np.asarray(d.cues[act]), odds)
            for d, odds in zip(documents, linear[act], strict=True)
            if d.split != "written"
        ]
        judges = {
            "cues": [cues for _, cues, _ in judged],
            "linear model": [chances(odds) for _, _, odds in judged],
            "cues and linear model": [mixed(odds, log_odds(cues), SHARE) for _, cues, odds in judged],
        }
        content = {}
        for name, probabilities in judges.items():
            rows = outcomes([(d, p) for (d, _, _), p in zip(judged, probabilities, strict=True)], act)
            of_body: dict[str, list[Sequence[Tally]]] = {}
            for (document, _, _), row in zip(judged, rows, strict=True):
                of_body.setdefault(document.body, []).append(row)
            kept = {body: found for body, found in of_body.items() if sum(r[0].tp + r[0].fn for r in found) >= ENOUGH}
            content[name] = spread(kept)
        write_report(out, f"{act}: bodies", content)


if __name__ == "__main__":
    main(arguments(__doc__).out)
