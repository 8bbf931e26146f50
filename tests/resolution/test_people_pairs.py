"""Real attendance lists: pairs of entries judged by reading; and the list of pairs, which holds no names."""

from __future__ import annotations

import csv
import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    """The script, loaded from its path."""
    spec = importlib.util.spec_from_file_location("people_benchmark", ROOT / "benchmarks" / "people.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def pairs() -> list[dict[str, str]]:
    with (ROOT / "benchmarks" / "people_pairs.tsv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def test_the_pairs_are_places_and_verdicts_only() -> None:
    verdicts = Counter(pair["verdict"] for pair in pairs())
    assert set(verdicts) == {"same", "different"}
    assert min(verdicts.values()) >= 150
    assert all(pair[f"{side}_{edge}"].isdigit() for pair in pairs() for side in "ab" for edge in ("start", "end"))


@pytest.mark.shared
def test_real_people_are_told_apart_and_together(benchmark: ModuleType) -> None:
    found = benchmark.read_gold(CORPUS)
    people = benchmark.people_in(found)
    entries = {benchmark.label(document.name): document.entries for document in found}
    outcome: Counter[tuple[str, bool]] = Counter()
    for pair in pairs():
        sides = [
            benchmark.entry_at(entries[pair[f"{side}_document"]], int(pair[f"{side}_start"]), int(pair[f"{side}_end"]))
            for side in "ab"
        ]
        assert all(sides), pair
        first, second = (people.of_entry.get(benchmark.entry_id(entry)) for entry in sides)
        outcome[pair["verdict"], first is not None and first is second] += 1
    right, wrong, missed = outcome["same", True], outcome["different", True], outcome["same", False]
    assert right / (right + wrong) >= 0.98
    assert right / (right + missed) >= 0.95
