"""Compare judges of units: the cues (also with weights fitted), a linear model, both, and trees over their scores.

    python models/acts/compare.py SHARED OUT

Reads `OUT/units.pickle` (`units.py` writes it), writes `OUT/report.json` and `OUT/linear.npz`. Needs the extra `train`.
Every judge is measured twice: fitted on train and invented minutes and judged on dev; and over train and dev with whole
bodies held out (8 groups, the invented documents divided likewise). The same input gives the same figures.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from documents import ActDocument, arguments, load
from scoring import (
    GROUPS,
    SHARES,
    Numbers,
    Scored,
    best,
    calibration_error,
    chances,
    figures,
    groups_of,
    log_odds,
    outcomes,
    per_document,
    write_report,
)
from stacking import TREES, signal_names, stacked_features

from minutes_nlp.training.acts import ACTS, Act
from minutes_nlp.training.fit import matrix

BITS = 17
STRENGTH = 0.3
INVENTED = 0.6  # weight of a unit of invented minutes


@dataclass(frozen=True, slots=True)
class Held:
    """Log-odds of all units: by a model that saw no unit of the body, and (dev alone) one that saw none of dev."""

    bodies: Numbers
    dev: Numbers


@dataclass(frozen=True, slots=True)
class Table:
    """All units one after the other, with what is needed to hold some of them out."""

    documents: Sequence[ActDocument]
    group: Numbers
    is_dev: Numbers
    weight: Numbers

    @classmethod
    def of(cls, documents: Sequence[ActDocument], one_in: int = 1) -> Table:
        """The table of documents; of invented minutes one in `one_in` teaches, none if it is 0."""
        counts = [len(document.units) for document in documents]
        splits = np.repeat([document.split for document in documents], counts)
        kept = np.repeat([bool(one_in) and number % one_in == 0 for number in range(len(documents))], counts)
        weight = np.where(splits == "written", INVENTED * kept, 1.0)
        return cls(documents, np.repeat(groups_of(documents), counts), splits == "dev", weight)

    def labels(self, act: Act) -> Numbers:
        """Whether each unit states the act."""
        return np.concatenate([np.asarray(document.labels[act]) for document in self.documents])

    def cues(self, act: Act) -> Numbers:
        """The log-odds of each unit by the cues."""
        return log_odds(np.concatenate([np.asarray(document.cues[act]) for document in self.documents]))

    def held_out(self, model: Any, features: Any, answers: Numbers) -> Held:
        """Fit a model without each group in turn, and once without dev."""
        bodies, dev = np.zeros(len(answers)), np.zeros(len(answers))
        teaches = self.weight > 0
        for number in range(GROUPS):
            inside, outside = teaches & (self.group != number), self.group == number
            if outside.any():
                model.fit(features[inside], answers[inside], sample_weight=self.weight[inside])
                bodies[outside] = log_odds(model.predict_proba(features[outside])[:, 1])
        inside = teaches & ~self.is_dev
        model.fit(features[inside], answers[inside], sample_weight=self.weight[inside])
        dev[self.is_dev] = log_odds(model.predict_proba(features[self.is_dev])[:, 1])
        return Held(bodies, dev)

    def scored(self, probabilities: Numbers, splits: Sequence[str]) -> Scored:
        """The documents of some splits with the probabilities of their units."""
        cut = zip(self.documents, per_document(probabilities, self.documents), strict=True)
        return [(document, values) for document, values in cut if document.split in splits]

    def report(self, held: Held, act: Act) -> dict[str, Any]:
        """The figures on both, and those on dev at the threshold that is best on train with bodies held out."""
        bodies = self.scored(chances(held.bodies), ("train", "dev"))
        both = outcomes(bodies, act)
        of_dev = outcomes(self.scored(chances(held.dev), ("dev",)), act)
        of_train = [found for (document, _), found in zip(bodies, both, strict=True) if document.split == "train"]
        return {
            "bodies held out": best(both),
            "dev": best(of_dev),
            "dev, threshold of train": figures(of_dev, best(of_train)["threshold"])["f1"],
            "calibration error": calibration_error(bodies, act),
        }


def hashed(documents: Sequence[ActDocument], act: Act) -> Any:
    """The features of all units: n-grams, words around the unit, layout, signals; a sparse row each."""
    return matrix([row for document in documents for row in document.features(act)], BITS)


def cues_only(documents: Sequence[ActDocument], act: Act) -> Any:
    """The signals of all units, of any language and of their own: what the weights of the word lists are given to."""
    rows = [
        dict.fromkeys((name for sign in sorted(seen) for name in (sign, f"{unit.language} {sign}")), 1.0)
        for document in documents
        for unit, seen in zip(document.units, document.signals[act], strict=True)
    ]
    return matrix(rows, BITS)


def linear(table: Table, act: Act, features: Any) -> Held:
    """Logistic regression on `hashed` features."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0)
    return table.held_out(model, features, table.labels(act))


def stacked(table: Table, act: Act, scores: dict[Act, Held]) -> tuple[Held, dict[str, int]]:
    """Boosted trees over the scores of a unit and its neighbours, its place and its signals; and what they cost.

    The scores that they learn from are those of models that had not seen the body.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    cues = {act: table.cues(act) for act in ACTS}
    names = signal_names([document for document in table.documents if document.split != "dev"], act)

    def rows(of: dict[Act, Numbers]) -> Numbers:
        return stacked_features(table.documents, act, of, cues, names)

    answers, model = table.labels(act), HistGradientBoostingClassifier(**TREES)
    features = rows({act: scores[act].bodies for act in ACTS})
    held = table.held_out(model, features, answers)
    begun = time.process_time()
    unseen = rows({act: np.where(table.is_dev, scores[act].dev, scores[act].bodies) for act in ACTS})
    dev = np.zeros(len(answers))
    chance = model.predict_proba(unseen)[:, 1]  # fitted without dev last
    rate = len(answers) / (time.process_time() - begun)
    dev[table.is_dev] = log_odds(chance[table.is_dev])
    return Held(held.bodies, dev), {"units per second": round(rate), "bytes": len(pickle.dumps(model))}


def main(out: Path) -> None:
    """Fit, measure and report every judge."""
    table = Table.of(load(out))
    scores: dict[Act, Held] = {}
    for act in ACTS:
        cues = table.cues(act)
        write_report(out, f"{act}: cues alone", table.report(Held(cues, cues), act))
        fitted = linear(table, act, cues_only(table.documents, act))
        write_report(out, f"{act}: cues, weights fitted", table.report(fitted, act))
        begun = time.process_time()
        features = hashed(table.documents, act)
        scores[act] = linear(table, act, features)
        write_report(out, f"{act}: linear model", table.report(scores[act], act))
        for share in SHARES:
            both = [share * odds + (1 - share) * cues for odds in (scores[act].bodies, scores[act].dev)]
            write_report(out, f"{act}: cues and linear model, share {share}", table.report(Held(*both), act))
        for name, one_in in (("no", 0), ("half of the", 2)):
            fewer = linear(Table.of(table.documents, one_in), act, features)
            write_report(out, f"{act}: linear model, {name} invented minutes", table.report(fewer, act))
        print(act, f"{time.process_time() - begun:.0f} s of one core", flush=True)
    np.savez_compressed(out / "linear.npz", **{act: scores[act].bodies for act in ACTS})
    for act in ACTS:
        held, cost = stacked(table, act, scores)
        write_report(out, f"{act}: stacked", table.report(held, act) | cost)


if __name__ == "__main__":
    main(arguments(__doc__).out)
