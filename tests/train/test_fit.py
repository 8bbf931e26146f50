"""Fitting linear models: right on what can be learned, honest on what cannot, the same twice."""

import random

import numpy as np
import pytest

from minutes_nlp.training.fit import FitSettings, fit_linear, folds_of

pytestmark = pytest.mark.train

SETTINGS = FitSettings(bits=10, strength=10.0, folds=4)


def examples(count: int = 400) -> tuple[list[dict[str, float]], list[bool], list[str]]:
    """Passages of eight bodies; the word `akkoord` makes a decision, all other words are noise."""
    dice = random.Random(3)
    rows, labels, bodies = [], [], []
    for number in range(count):
        label = dice.random() < 0.3
        rows.append({f"w={dice.randrange(50)}": 1.0, **({"w=akkoord": 1.0} if label else {})})
        labels.append(label)
        bodies.append(f"body {number % 8}")
    return rows, labels, bodies


def test_what_can_be_learned_is_learned_and_calibrated() -> None:
    rows, labels, bodies = examples()
    model, report = fit_linear(rows, labels, [1.0] * 400, bodies, [True] * 400, SETTINGS)
    assert report.f1 > 0.95
    assert report.calibration_error < 0.05
    assert (report.examples, report.positives) == (400, sum(labels))
    assert model.probability({"w=akkoord": 1.0}) > model.threshold > model.probability({"w=7": 1.0})


def test_what_cannot_be_learned_scores_low_on_bodies_held_out() -> None:
    rows, labels, bodies = examples()
    noise = [{"w=1": 1.0} for _ in rows]
    _, report = fit_linear(noise, labels, [1.0] * 400, bodies, [True] * 400, SETTINGS)
    assert report.precision < 0.5


def test_the_same_examples_give_the_same_model_twice() -> None:
    rows, labels, bodies = examples()
    first, _ = fit_linear(rows, labels, [1.0] * 400, bodies, [True] * 400, SETTINGS)
    second, _ = fit_linear(rows, labels, [1.0] * 400, bodies, [True] * 400, SETTINGS)
    assert np.array_equal(first.weights, second.weights)
    assert (first.bias, first.slope, first.threshold) == (second.bias, second.slope, second.threshold)


def test_examples_that_are_not_judged_teach_but_do_not_count() -> None:
    rows, labels, bodies = examples()
    _, report = fit_linear(rows, labels, [1.0] * 400, bodies, [n % 2 == 0 for n in range(400)], SETTINGS)
    assert report.examples == 200


def test_a_body_lies_wholly_in_one_fold() -> None:
    bodies = ["a", "b", "a", "c", "b", "d", "a"]
    folds = folds_of(bodies, SETTINGS)
    assert all(len({folds[i] for i, body in enumerate(bodies) if body == name}) == 1 for name in "abcd")
