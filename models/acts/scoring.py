"""From probabilities of units to passages, and from these to the figures that the models are compared by."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import spacy
from documents import ActDocument

from minutes_nlp.evaluation.counts import Tally, intersection_over_union, pair
from minutes_nlp.extraction import actions
from minutes_nlp.extraction.decision_passages import JudgedUnit, join_units
from minutes_nlp.extraction.judges import Judgement
from minutes_nlp.extraction.names import Names, names_of
from minutes_nlp.extraction.signals import Signals
from minutes_nlp.extraction.units import Unit
from minutes_nlp.spans import CharSpan, cover
from minutes_nlp.training.acts import Act
from minutes_nlp.training.fit import FitSettings, folds_of

GROUPS = 8
SHARES = (0.1, 0.2, 0.35, 0.5)  # of a model beside the cues
REPORT = "report.json"
_OVERLAP = 0.5
_BLANK = spacy.blank("xx")
THRESHOLDS = tuple(round(0.12 + 0.04 * number, 2) for number in range(13))
_TINY = 1e-6

Numbers = npt.NDArray[np.float64]
Scored = Sequence[tuple[ActDocument, Sequence[float]]]  # documents with a probability per unit


def log_odds(probability: Any) -> Numbers:
    """Of probabilities, those near 0 and 1 moved in a little."""
    kept = np.clip(np.asarray(probability, dtype=float), _TINY, 1 - _TINY)
    return np.log(kept / (1 - kept))


def chances(odds: Numbers) -> Numbers:
    """The probabilities of log-odds."""
    return 1 / (1 + np.exp(-odds))


def mixed(model: Numbers, cues: Numbers, share: float) -> Numbers:
    """The probabilities of the mean of two log-odds; `share` is the weight of the model."""
    return chances(share * model + (1 - share) * cues)


def groups_of(documents: Sequence[ActDocument], groups: int = GROUPS) -> Numbers:
    """A group per document; all documents of a body are in the same, so that whole bodies can be held out."""
    return folds_of([document.body for document in documents], FitSettings(folds=groups))


def per_document(values: Numbers, documents: Sequence[ActDocument]) -> list[Numbers]:
    """Values of all units one after the other, cut into those of each document."""
    return np.split(values, np.cumsum([len(document.units) for document in documents])[:-1])


class _Known:
    """A judge that repeats given probabilities, so that the recognisers' own rules join units into passages."""

    def __init__(self, judgements: Mapping[CharSpan, Judgement]) -> None:
        self.judgements = judgements

    def judge(self, unit: Unit, names: Names) -> Judgement:  # noqa: ARG002
        return self.judgements[unit.span]


def passages(document: ActDocument, act: Act, probabilities: Sequence[float], threshold: float) -> list[CharSpan]:
    """The passages that the recogniser would make of units with these probabilities, in the text as read."""
    judgements = {}
    for unit, seen, probability in zip(document.units, document.signals[act], probabilities, strict=True):
        cues = {name.removeprefix("cue."): [] for name in seen if name.startswith("cue.")}
        judgements[unit.span] = Judgement(Signals(seen, cues), float(probability), bool(probability >= threshold))
    if act == "decisions":
        judged = [
            JudgedUnit(unit, found.probability, found.taken, found.signals.features)
            for unit, found in zip(document.units, judgements.values(), strict=True)
        ]
        return [cover(document.spans[p.first : p.last + 1]) for p in join_units(judged)]
    recogniser = actions.ActionRecogniser(_BLANK, "compare")
    recogniser.judge = _Known(judgements)
    nobody = names_of([], "")
    source = {unit.span: span for unit, span in zip(document.units, document.spans, strict=True)}
    joined = actions._passages([recogniser._judge(unit, nobody) for unit in document.units])
    return [cover(source[entry.unit.span] for entry in entries) for entries in joined]


def tally(document: ActDocument, act: Act, found: Sequence[CharSpan]) -> Tally:
    """One-to-one agreement with gold, intersection over union at least one half; repeats neither help nor harm."""

    def fit(gold: Mapping[str, Any], span: CharSpan) -> float:
        value = intersection_over_union(CharSpan(gold["start"], gold["end"]), CharSpan(*span))
        return value if value >= _OVERLAP else 0.0

    gold = document.gold[act]
    pairs = pair(gold, found, fit)
    required = {number for number, entry in enumerate(gold) if not entry.get("repeat")}
    hits = sum(number in required for number, _ in pairs)
    return Tally(hits, len(found) - len(pairs), len(required) - hits)


def outcomes(scored: Scored, act: Act) -> list[list[Tally]]:
    """The tally of each document at each of `THRESHOLDS`."""
    found = []
    for document, probabilities in scored:
        values, known = np.asarray(probabilities), {}
        for threshold in THRESHOLDS:
            taken = (values >= threshold).tobytes()  # thresholds with the same units taken give the same passages
            if taken not in known:
                known[taken] = tally(document, act, passages(document, act, values, threshold))
            found.append(known[taken])
    return [found[first : first + len(THRESHOLDS)] for first in range(0, len(found), len(THRESHOLDS))]


def figures(tallies: Sequence[Sequence[Tally]], threshold: float) -> dict[str, float]:
    """F1, precision and recall at one of `THRESHOLDS`, over the documents of `outcomes`."""
    place = THRESHOLDS.index(threshold)
    total = Tally()
    for document in tallies:
        total = total.plus(document[place])
    parts = {"f1": total.f1, "p": total.precision, "r": total.recall}
    return {**{name: round(value, 3) for name, value in parts.items()}, "threshold": threshold}


def best(tallies: Sequence[Sequence[Tally]]) -> dict[str, float]:
    """The figures at the threshold that is best on these very documents, so a little too good."""
    return max((figures(tallies, threshold) for threshold in THRESHOLDS), key=lambda entry: entry["f1"])


def calibration_error(scored: Scored, act: Act, bins: int = 10) -> float:
    """The mean gap between stated and observed frequency of units, over ten bins."""
    stated = np.concatenate([np.asarray(probabilities) for _, probabilities in scored])
    right = np.concatenate([np.asarray(document.labels[act]) for document, _ in scored])
    place = np.minimum((stated * bins).astype(int), bins - 1)
    parts = [place == number for number in range(bins) if (place == number).any()]
    return round(float(sum(abs(stated[part].mean() - right[part].mean()) * part.mean() for part in parts)), 4)


def write_report(out: Path, model: str, content: Mapping[str, Any]) -> None:
    """Put what was measured of a model into `OUT/report.json`, beside what stands there of others."""
    path = out / REPORT
    report = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    report[model] = content
    path.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(model, json.dumps(content), flush=True)
