"""`minutes train`: a body whose decisions the shipped model does not know is learned from its corrected records."""

import json
from pathlib import Path

import pytest

from minutes_nlp.cli.app import run
from minutes_nlp.errors import TrainingError
from minutes_nlp.training.corpus import folder_examples
from minutes_nlp.training.own import train_own

pytestmark = pytest.mark.train

TOPICS = ("fietsenstalling", "speelplein", "zaalhuur", "kerstmarkt", "parking", "bibliotheek", "zwembad", "feesttent")


def corrected(folder: Path, count: int) -> Path:
    """A folder of records in which `Fiat` settles a point and `Zorg:` gives a task, words that no list knows."""
    for name in ("docs", "gold"):
        (folder / name).mkdir(parents=True)
    for number in range(count):
        decisions, actions = [], []
        text = f"Verslag van de wijkraad, {number + 1} maart 2026\n\n"
        for place, topic in enumerate(TOPICS):
            text += f"{place + 1}. Punt over {topic}\n\nEr volgt een lang gesprek over {topic} en de kosten.\n\n"
            for kind, line in ((decisions, f"Fiat {topic} volgens plan."), (actions, f"Zorg {topic} bij An.")):
                kind.append({"quote": line, "start": len(text), "end": len(text) + len(line)})
                text += f"{line}\n\n"
            text += f"De vorige {topic} was druk bezocht.\n\n"
        name = f"verslag-{number}.txt"
        (folder / "docs" / name).write_text(text, encoding="utf-8")
        gold = {"doc": name, "decisions": decisions, "actions": actions}
        (folder / "gold" / f"{name}.json").write_text(json.dumps(gold), encoding="utf-8")
    return folder


def test_own_words_are_learned_and_told_in_figures(tmp_path: Path) -> None:
    models = train_own(folder_examples(corrected(tmp_path / "in", 6)), tmp_path / "out")
    assert [model.act for model in models] == ["decisions", "actions"]
    assert all(model.fitted.f1 > 0.9 > model.shipped.f1 for model in models)
    assert all(model.fitted.positives == 6 * len(TOPICS) and model.path.is_file() for model in models)


def test_the_same_records_give_the_same_models(tmp_path: Path) -> None:
    folder = corrected(tmp_path / "in", 4)
    first, second = (train_own(folder_examples(folder), tmp_path / name) for name in ("a", "b"))
    assert [m.path.read_bytes() for m in first] == [m.path.read_bytes() for m in second]


def test_too_few_records_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(TrainingError) as told:
        train_own(folder_examples(corrected(tmp_path / "in", 2)), tmp_path / "out")
    assert told.value.code == "training.few-documents"
    assert not (tmp_path / "out").exists()


def test_the_command_prints_the_lines_for_the_settings_and_they_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corrected(tmp_path / "verbeterd", 5)
    monkeypatch.chdir(tmp_path)
    assert run(["train", "verbeterd", "--lang", "nl"]) == 0
    printed = capsys.readouterr().out
    lines = printed[printed.index("[pipeline.options.decisions]") :]
    assert 'path = "own-models/decisions.npz"' in lines
    (tmp_path / "minutes.toml").write_text(lines, encoding="utf-8")
    assert run(["extract", "verbeterd/docs/verslag-0.txt"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {f"Fiat {topic} volgens plan." for topic in TOPICS} <= {d["quote"] for d in found["decisions"]}
