"""The comparison of judges of units: from invented minutes to figures, the same twice."""

import json
from pathlib import Path

import pytest

from minutes_nlp.training.corpus import Example, written_examples

pytestmark = pytest.mark.train

ROOT = Path(__file__).resolve().parents[2]
PREAMBLE = "⟦META|lang=nl|date=2031-03-0{n}|title=Overleg⟧\nOverleg van 0{n}/03/2031\n\n"
ITEMS = """⟦H1⟧1. Feest
De zaal is mooi.
⟦D⟧De vergadering beslist om de zaal van {who} te huren.⟦/D⟧
⟦A|owners={who}⟧{who} belt de drukker tegen vrijdag.⟦/A⟧
Er was veel volk.

⟦H1⟧2. Rondvraag
⟦D⟧Het voorstel over de {thing} wordt goedgekeurd.⟦/D⟧
- ⟦A|owners={who}⟧Actie: {who} vraagt een offerte voor de {thing}.⟦/A⟧
"""
THINGS = ("banken", "lampen", "tafels", "fietsen", "vlaggen", "tenten", "boeken", "borden", "stoelen")
PEOPLE = ("Nele", "Wout", "Fien", "Bram", "Lotte", "Stan", "Roos", "Jef", "Mira")


@pytest.fixture(autouse=True)
def _beside_the_models(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sklearn")
    monkeypatch.syspath_prepend(str(ROOT / "models" / "acts"))


@pytest.fixture
def examples(tmp_path: Path) -> list[Example]:
    """Nine invented minutes of nine bodies, of which one judges and one counts as invented."""
    folder = tmp_path / "minutes"
    folder.mkdir()
    for number, (who, thing) in enumerate(zip(PEOPLE, THINGS, strict=True), start=1):
        text = PREAMBLE.format(n=number) + ITEMS.format(who=who, thing=thing)
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    splits = ["train"] * 7 + ["dev", "written"]
    found = zip(written_examples(folder), splits, strict=True)
    return [Example(e.document, e.gold, e.body, split) for e, split in found]


def test_units_of_invented_minutes_carry_the_labels_of_their_gold(examples: list[Example]) -> None:
    from units import documents_of

    (document,) = documents_of(examples[:1])
    stated = {
        act: [unit.text for unit, label in zip(document.units, document.labels[act], strict=True) if label]
        for act in ("decisions", "actions")
    }
    assert stated["decisions"] == [
        "De vergadering beslist om de zaal van Nele te huren.",
        "Het voorstel over de banken wordt goedgekeurd.",
    ]
    assert stated["actions"] == [
        "Nele belt de drukker tegen vrijdag.",
        "Actie: Nele vraagt een offerte voor de banken.",
    ]
    assert all(
        examples[0].document.text[span.start : span.end] == unit.text
        for unit, span in zip(document.units, document.spans, strict=True)
    )


def test_the_comparison_measures_every_judge_and_says_the_same_twice(examples: list[Example], tmp_path: Path) -> None:
    import compare
    from documents import save
    from units import documents_of

    documents = list(documents_of(examples))
    reports = []
    for out in (tmp_path / "first", tmp_path / "second"):
        save(documents, out)
        compare.main(out)
        report = json.loads((out / "report.json").read_text(encoding="utf-8"))
        reports.append({name: {k: v for k, v in row.items() if "second" not in k} for name, row in report.items()})
    assert reports[0] == reports[1]
    judges = ("cues alone", "linear model", "cues and linear model, share 0.2", "stacked")
    assert {f"{act}: {judge}" for act in ("decisions", "actions") for judge in judges} <= reports[0].keys()
    assert reports[0]["actions: linear model"]["bodies held out"]["f1"] > 0.9  # the sentences are nearly the same


def test_thresholds_above_every_probability_leave_no_passage(examples: list[Example]) -> None:
    from scoring import passages, tally
    from units import documents_of

    (document,) = documents_of(examples[:1])
    for act in ("decisions", "actions"):
        right = [float(label) for label in document.labels[act]]
        found = passages(document, act, right, 0.5)
        assert tally(document, act, found) == (2, 0, 0)
        assert tally(document, act, passages(document, act, right, 1.5)) == (0, 0, 2)
