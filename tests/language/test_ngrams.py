"""The model of words and letters."""

from pathlib import Path

import numpy as np
import pytest

from minutes_nlp.errors import ResourceError
from minutes_nlp.language.ngrams import LetterModel, hashes, shipped_letters


def test_a_word_gives_itself_and_its_runs_of_two_to_five_letters() -> None:
    assert len(list(hashes("wet"))) == 1 + 4 + 3 + 2 + 1  # <wet> has 4 runs of two letters … and 1 of five


def test_the_same_runs_have_the_same_places_in_another_word() -> None:
    assert len(set(hashes("raad")) & set(hashes("raadslid"))) == 5 + 3 + 2 + 1  # those of `<raad`, and `d>`


def test_a_single_letter_has_scores() -> None:
    assert len(shipped_letters().scores("à")) == len(shipped_letters().languages)


def test_a_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    weights = np.arange(-8, 8, dtype=np.int8).reshape(8, 2)
    model = LetterModel(("fr", "nl"), weights, 0.5)
    model.save(tmp_path / "m.npz")
    again = LetterModel.load(tmp_path / "m.npz")
    assert again.languages == ("fr", "nl")
    assert again.scores("zaal") == model.scores("zaal")


def test_a_broken_model_is_reported(tmp_path: Path) -> None:
    (tmp_path / "m.npz").write_bytes(b"no table")
    with pytest.raises(ResourceError):
        LetterModel.load(tmp_path / "m.npz")
