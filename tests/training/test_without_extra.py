"""Without the extra `train` the command says what to install before it does anything."""

from pathlib import Path

import pytest

from minutes_nlp.cli.app import run


def test_training_without_scikit_learn_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("minutes_nlp.training.own.find_spec", lambda name: None)
    monkeypatch.chdir(tmp_path)
    assert run(["train", "nergens", "--lang", "nl"]) == 1
    told = capsys.readouterr().err
    assert "scikit-learn" in told
    assert list(tmp_path.iterdir()) == []
