"""The project's scores agree with the shared scorer, and each layer counts what the guideline says."""

import copy
import json
import math
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from minutes_nlp.errors import EvaluationError
from minutes_nlp.evaluation import LAYERS, load_gold, score

TEXT = "Verslag van 3 mei 2024\n\n1. Begroting\nDe begroting wordt goedgekeurd.\nMieke belt de drukker tegen 1 juni.\n"


def gold() -> dict[str, Any]:
    decision, action = "De begroting wordt goedgekeurd.", "Mieke belt de drukker tegen 1 juni."

    def at(quote: str, key: str = "quote") -> dict[str, Any]:
        return {key: quote, "start": TEXT.index(quote), "end": TEXT.index(quote) + len(quote)}

    return {
        "doc": "a.txt",
        "meeting": {
            "title": "Verslag van 3 mei 2024",
            "body": None,
            "date": "2024-05-03",
            "start_time": None,
            "end_time": None,
            "location": None,
            "next_meeting": None,
            "languages": ["nl"],
        },
        "attendance": [{"name": "Mieke Daems", "status": "present", "organisation": "vzw De Lier", "role": "chair"}],
        "schedule": [{"start": "09:00", "end": "09:30", "title": "Onthaal"}],
        "agenda_items": [
            {**at("1. Begroting", "line"), "number": "1", "title": "Begroting", "level": 1, "themes": ["finance"]}
        ],
        "decisions": [at(decision)],
        "actions": [
            {**at(action), "owners": ["Mieke Daems"], "due": "2024-06-01", "due_text": "tegen 1 juni", "status": "open"}
        ],
        "themes": ["finance"],
    }


def f1_of(found: dict[str, Any]) -> dict[str, float]:
    result = score({"a.txt": (gold(), found, TEXT)})
    return {layer.layer: layer.tally.f1 for layer in result.layers}


def test_gold_scores_one_on_every_layer_it_has() -> None:
    assert set(f1_of(gold()).values()) == {1.0}


def test_nothing_found_scores_zero_on_every_layer() -> None:
    assert set(f1_of({}).values()) == {0.0}


def test_a_passage_that_overlaps_by_less_than_half_is_missed_and_extra() -> None:
    found = gold()
    found["decisions"][0]["end"] = found["decisions"][0]["start"] + 10
    result = score({"a.txt": (gold(), found, TEXT)})
    (layer,) = [x for x in result.layers if x.layer == "decisions"]
    assert tuple(layer.tally) == (0, 1, 1)
    assert {d.kind for d in result.differences["a.txt"] if d.layer == "decisions"} == {"missed", "extra"}


def test_a_wrong_status_costs_who_and_status_only() -> None:
    found = gold()
    found["attendance"][0]["status"] = "excused"
    scores = f1_of(found)
    assert (scores["attendance"], scores["attendance.who+status"]) == (1.0, 0.0)


def test_names_match_in_any_order_and_without_accents() -> None:
    found = gold()
    found["attendance"][0]["name"] = "DAEMS Miéke"
    assert f1_of(found)["attendance"] == 1.0


def test_an_action_with_another_owner_is_not_whole() -> None:
    found = gold()
    found["actions"][0]["owners"] = ["bestuur"]
    scores = f1_of(found)
    assert (scores["actions"], scores["actions.whole"], scores["actions.owners"]) == (1.0, 0.0, 0.0)


def test_a_repeated_passage_is_neither_required_nor_wrong() -> None:
    wanted, without = gold(), gold()
    wanted["decisions"][0]["repeat"] = True
    without["decisions"] = []
    for found in (gold(), without):
        result = score({"a.txt": (wanted, found, TEXT)})
        assert "decisions" not in {layer.layer for layer in result.layers}


def test_a_heading_counts_where_it_starts_on_the_same_line() -> None:
    found = gold()
    item = found["agenda_items"][0]
    item["start"], item["end"] = item["start"] + 3, item["end"]
    assert f1_of(found)["agenda"] == 1.0
    item["start"] = TEXT.index("De begroting")
    item["end"] = item["start"] + 5
    assert f1_of(found)["agenda"] == 0.0


def test_no_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError):
        score({})
    with pytest.raises(EvaluationError, match="nosuch"):
        load_gold(tmp_path / "nosuch")


def test_a_file_that_is_no_gold_is_named(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"b\.json"):
        load_gold(tmp_path)


def damaged(record: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """A record as a middling program would give it: entries lost, moved, doubled, with wrong values."""
    found = copy.deepcopy(record)
    for layer in ("attendance", "schedule", "agenda_items", "decisions", "actions"):
        found[layer] = [entry for entry in found[layer] if dice.random() > 0.2]
        for entry in found[layer]:
            if "start" in entry and isinstance(entry["start"], int) and dice.random() < 0.3:
                entry["start"] = max(0, entry["start"] - dice.randrange(60))
            if dice.random() < 0.2:
                entry.update(status="done", name="Iemand Anders", title="Iets anders", owners=["bestuur"], due=None)
                entry["themes"] = ["digital"]
        found[layer] += [dict(entry) for entry in found[layer][:1] if dice.random() < 0.5]
    for field in list(found["meeting"]):
        if dice.random() < 0.2:
            found["meeting"][field] = None
    found["themes"] = found["themes"][1:]
    return found


@pytest.mark.shared
@pytest.mark.parametrize("prefix", ["", "fr-"])
def test_figures_equal_those_of_the_shared_scorer(shared: Path, tmp_path: Path, prefix: str) -> None:
    dice = random.Random(7)
    corpus = shared / "corpus" / "dev"
    pairs = {}
    for name, wanted in load_gold(corpus / "gold").items():
        text = (corpus / "docs" / name).read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        found = damaged(wanted, dice)
        (tmp_path / f"{name}.json").write_text(json.dumps(found), encoding="utf-8")
        if name.startswith(prefix):
            pairs[name] = (wanted, found, text)
    figures = tmp_path / "out" / "figures.json"
    figures.parent.mkdir()
    scorer = [sys.executable, shared / "tools" / "score.py", corpus / "gold", tmp_path, "--json", figures]
    subprocess.run([*scorer, "--prefix", prefix], check=True, capture_output=True)
    expected = json.loads(figures.read_text())["layers"]
    own = score(pairs)
    assert {layer.layer for layer in own.layers} == set(expected) <= set(LAYERS)
    for layer in own.layers:
        wanted = expected[layer.layer]
        assert layer.tally.tp + layer.tally.fn == wanted["gold"], layer.layer
        assert layer.tally.tp + layer.tally.fp == wanted["found"], layer.layer
        assert math.isclose(layer.tally.f1, wanted["f1"], abs_tol=5e-5), layer.layer
        assert math.isclose(layer.low, wanted["low"], abs_tol=5e-5), layer.layer
