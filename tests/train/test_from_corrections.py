"""`minutes train --from-corrections`: what was corrected in the database teaches the models."""

from __future__ import annotations

import datetime
import itertools
import json
from pathlib import Path

import pytest

from minutes_nlp.cli.app import run
from minutes_nlp.records import Evidence
from minutes_nlp.records.corrections import Correction
from minutes_nlp.review.desk import Desk
from minutes_nlp.review.statements import document_of_meeting, of_passage
from tests.train.test_own_training import TOPICS, corrected

pytestmark = pytest.mark.train
DOCUMENTS = 5


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with ingested minutes whose words the shipped models do not know."""
    corrected(tmp_path / "made", DOCUMENTS)
    (tmp_path / "made" / "docs").rename(tmp_path / "raw")
    monkeypatch.chdir(tmp_path)
    assert run(["ingest"]) == 0
    return tmp_path


def add_what_was_missed(folder: Path) -> None:
    """Add every `Fiat` as a decision and every `Zorg` as an action, as `minutes add` does."""
    seconds = itertools.count()
    start = datetime.datetime(2026, 5, 4, 12, 0, tzinfo=datetime.UTC)
    structured = folder / "structured"
    clock = lambda: start + datetime.timedelta(seconds=next(seconds))  # noqa: E731 - a clock
    desk = Desk(structured / "minutes.db", structured / "records", "an", clock)
    corrections: list[Correction] = []
    with desk.reading() as db:
        for number in range(DOCUMENTS):
            document, text = document_of_meeting(db, f"verslag-{number}.txt")
            gold = json.loads((folder / "made" / "gold" / f"verslag-{number}.txt.json").read_text(encoding="utf-8"))
            for kind in ("decision", "action"):
                for entry in gold[f"{kind}s"]:
                    span = Evidence.model_validate(entry)
                    corrections.append(of_passage(desk, kind, document, span, text))
    desk.put(corrections)


def test_the_models_learn_what_was_added(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add_what_was_missed(folder)
    capsys.readouterr()
    assert run(["train", "--from-corrections", "--lang", "en"]) == 0
    told = capsys.readouterr()
    assert f"Corrected documents to learn from: {DOCUMENTS}." in told.err
    (folder / "minutes.toml").write_text(told.out[told.out.index("[pipeline.options.decisions]") :], encoding="utf-8")
    assert run(["extract", "raw/verslag-0.txt"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {f"Fiat {topic} volgens plan." for topic in TOPICS} <= {d["quote"] for d in found["decisions"]}


def test_a_changed_file_is_passed_over_and_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add_what_was_missed(folder)
    (folder / "raw" / "verslag-0.txt").write_text("Iets anders.", encoding="utf-8")
    (folder / "raw" / "verslag-1.txt").unlink()
    capsys.readouterr()
    assert run(["train", "--from-corrections", "--lang", "en"]) == 1, "three documents are too few"
    told = capsys.readouterr().err
    assert "Corrected documents to learn from: 3." in told
    assert told.count("Not used: verslag-") == 2
