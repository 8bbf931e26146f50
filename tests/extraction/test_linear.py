"""Linear models over hashed features."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_nlp.errors import ResourceError
from minutes_nlp.extraction.linear import LinearModel, bucket, shipped


def model(**weights: float) -> LinearModel:
    table = np.zeros(2**10, dtype=np.float32)
    for name, weight in weights.items():
        table[bucket(name, 10)] = weight
    return LinearModel(table, bias=-1.0, slope=2.0, shift=0.5, threshold=0.3)


def test_a_score_is_the_bias_and_the_weighted_features() -> None:
    assert model(akkoord=3.0).score({"akkoord": 0.5, "onbekend": 1.0}) == pytest.approx(0.5)


def test_a_probability_is_calibrated() -> None:
    assert model(akkoord=3.0).probability({"akkoord": 0.5}) == pytest.approx(1 / (1 + np.exp(-1.5)))


def test_a_hopeless_score_is_no_error() -> None:
    assert model(akkoord=-10000.0).probability({"akkoord": 1.0}) == 0.0


@given(st.text(), st.integers(1, 20))
def test_a_bucket_is_always_one_of_the_weights(feature: str, bits: int) -> None:
    assert 0 <= bucket(feature, bits) < 2**bits


def test_buckets_are_the_same_on_every_machine() -> None:
    assert [bucket(name, 17) for name in ("w=akkoord", "w=décidé", "")] == [9898, 11434, 0]


def test_a_saved_model_answers_as_before(tmp_path: Path) -> None:
    first = model(akkoord=3.0, neen=-2.5)
    first.save(tmp_path / "m.npz")
    second = LinearModel.load(tmp_path / "m.npz")
    for features in ({"akkoord": 1.0}, {"neen": 0.5}, {}):
        assert second.probability(features) == pytest.approx(first.probability(features))
    assert second.threshold == first.threshold


def test_a_file_that_is_no_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "m.npz").write_bytes(b"nothing")
    with pytest.raises(ResourceError, match=r"m\.npz"):
        LinearModel.load(tmp_path / "m.npz")
    with pytest.raises(ResourceError, match="nosuch"):
        shipped("nosuch")


@pytest.mark.parametrize("name", ["decisions", "actions"])
def test_the_shipped_models_load_and_are_small(name: str) -> None:
    assert len(shipped(name).weights) == 2**17
    assert 0 < shipped(name).threshold < 1
