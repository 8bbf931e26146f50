"""Fitting linear models over hashed features, with whole bodies held out to choose, calibrate and report."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minutes_nlp.extraction.linear import LinearModel, bucket

Features = Mapping[str, float]

_SCALE = 3.0  # of the score of a model that is started from: regularisation hardly holds its weight back
Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class FitSettings:
    """How a model is fitted.

    Attributes:
        bits: `2 ** bits` weights.
        strength: inverse of the L2 regularisation.
        folds: groups of whole bodies that are held out in turn.
        seed: of the division into groups.
    """

    bits: int = 17
    strength: float = 0.3
    folds: int = 8
    seed: int = 1


@dataclass(frozen=True, slots=True)
class FitReport:
    """What was measured on bodies held out: F1 at the chosen threshold, and the mean gap of calibration (0 to 1)."""

    f1: float
    precision: float
    recall: float
    threshold: float
    calibration_error: float
    examples: int
    positives: int


def matrix(rows: Sequence[Features], bits: int) -> Any:
    """The features as a sparse matrix, one row each, a column per bucket."""
    from scipy.sparse import csr_matrix

    data: list[float] = []
    columns: list[int] = []
    starts = [0]
    for row in rows:
        for name, value in sorted(row.items()):  # sums in floating point depend on their order
            columns.append(bucket(name, bits))
            data.append(value)
        starts.append(len(columns))
    return csr_matrix((data, columns, starts), shape=(len(rows), 2**bits), dtype=np.float64)


def folds_of(groups: Sequence[str], settings: FitSettings) -> Array:
    """The fold of each example; all of one body lie in the same."""
    names = sorted(set(groups))
    random.Random(settings.seed).shuffle(names)  # noqa: S311 - dice for folds, not for secrets
    fold = {name: number % settings.folds for number, name in enumerate(names)}
    return np.array([fold[name] for name in groups])


def fit_linear(
    rows: Sequence[Features],
    labels: Sequence[bool],
    weights: Sequence[float],
    groups: Sequence[str],
    judged: Sequence[bool],
    settings: FitSettings = FitSettings(),
    base: LinearModel | None = None,
) -> tuple[LinearModel, FitReport]:
    """Fit one yes-or-no question.

    Args:
        rows: the features of each example.
        labels: the right answers.
        weights: how much each example counts.
        groups: the body of each example.
        judged: whether an example takes part in choosing the threshold and in the report (invented ones don't).
        settings: how to fit; with `base`, as many weights as that model has.
        base: a model to start from: what is fitted is how far to trust it, and what to add to it.

    Returns:
        The model fitted on everything, with the threshold and the calibration found on held-out bodies, and the report.
    """
    from sklearn.linear_model import LogisticRegression

    table, answers, weigh = matrix(rows, settings.bits), np.array(labels), np.array(weights)
    if base is not None:
        table = _with_scores(table, base)
    fold, counts = folds_of(groups, settings), np.array(judged)
    held_out = np.zeros(len(answers))
    for number in range(settings.folds):
        inside, outside = fold != number, fold == number
        if not outside.any():
            continue
        model = LogisticRegression(C=settings.strength, solver="liblinear", random_state=0)
        model.fit(table[inside], answers[inside], sample_weight=weigh[inside])
        held_out[outside] = model.decision_function(table[outside])
    slope, shift = _calibrate(held_out[counts], answers[counts])
    probability = 1 / (1 + np.exp(-(slope * held_out[counts] + shift)))
    report = _report(probability, answers[counts])
    final = LogisticRegression(C=settings.strength, solver="liblinear", random_state=0)
    final.fit(table, answers, sample_weight=weigh)
    coefficients, bias = final.coef_[0], float(final.intercept_[0])
    if base is not None:
        trust = float(coefficients[-1]) * _SCALE
        coefficients, bias = coefficients[:-1] + trust * base.weights, bias + trust * base.bias
    return LinearModel(coefficients.astype(np.float32), bias, slope, shift, report.threshold), report


def _with_scores(table: Any, base: LinearModel) -> Any:
    """The features with one column more: the score of a model, made large so that its weight may stay small."""
    from scipy.sparse import csr_matrix, hstack

    scores = table @ base.weights.astype(np.float64) + base.bias
    return hstack([table, csr_matrix(_SCALE * scores.reshape(-1, 1))], format="csr")


def _calibrate(scores: Array, answers: Array) -> tuple[float, float]:
    """Slope and shift that turn scores into probabilities (Platt scaling)."""
    from sklearn.linear_model import LogisticRegression

    scaled = LogisticRegression(C=1e6).fit(scores.reshape(-1, 1), answers)
    return float(scaled.coef_[0][0]), float(scaled.intercept_[0])


def measure(probabilities: Sequence[float], labels: Sequence[bool], threshold: float) -> FitReport:
    """How well given probabilities answer, taking those from `threshold` on."""
    probability, answers = np.array(probabilities), np.array(labels)
    precision, recall, f1 = _scores(probability, answers, threshold)
    gap = _calibration_error(probability, answers)
    return FitReport(f1, precision, recall, threshold, gap, len(answers), int(answers.sum()))


def _report(probability: Array, answers: Array) -> FitReport:
    best = max(np.arange(0.05, 0.8, 0.01), key=lambda threshold: _scores(probability, answers, threshold)[2])
    precision, recall, f1 = _scores(probability, answers, best)
    threshold = round(float(best), 2)
    gap = _calibration_error(probability, answers)
    return FitReport(f1, precision, recall, threshold, gap, len(answers), int(answers.sum()))


def _scores(probability: Array, answers: Array, threshold: float) -> tuple[float, float, float]:
    taken = probability >= threshold
    right = float((taken & answers).sum())
    precision = right / taken.sum() if taken.any() else 0.0
    recall = right / answers.sum() if answers.any() else 0.0
    return float(precision), float(recall), float(2 * right / max(1, taken.sum() + answers.sum()))


def _calibration_error(probability: Array, answers: Array, bins: int = 10) -> float:
    """Expected calibration error: the mean gap between stated and observed frequency, over ten bins."""
    place = np.minimum((probability * bins).astype(int), bins - 1)
    gaps = [
        abs(probability[place == number].mean() - answers[place == number].mean()) * (place == number).mean()
        for number in range(bins)
        if (place == number).any()
    ]
    return float(sum(gaps))
