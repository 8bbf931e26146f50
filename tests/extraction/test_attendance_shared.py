"""How well attendance is found in the shared sets; the floors lie below what was measured: they notice a loss."""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from attendance_cases import Person, attendance, found

from minutes_nlp.extraction.attendance import find_attendance
from minutes_nlp.language import detector, normalise
from minutes_nlp.layout import analyse
from minutes_nlp.reading import read_document

pytestmark = pytest.mark.shared

BLOCKS_F1 = 0.96
DEV_F1 = 0.97
DEV_STATUS_F1 = 0.97


def _words(name: str) -> frozenset[str]:
    flat = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    return frozenset("".join(c if c.isalnum() else " " for c in flat).split())


def _f1(pairs: Iterator[tuple[list[tuple[frozenset[str], str]], list[tuple[frozenset[str], str]]]]) -> float:
    right = wanted = given = 0
    for gold, people in pairs:
        rest = list(people)
        for entry in gold:
            if entry in rest:
                rest.remove(entry)
                right += 1
        wanted += len(gold)
        given += len(people)
    return 2 * right / (wanted + given)


def _gold(entry: dict[str, str]) -> tuple[frozenset[str], str]:
    return _words(entry["name"]), entry["status"]


def test_names_in_blocks_of_attendance(shared: Path) -> None:
    lines = (shared / "resources" / "attendance.jsonl").read_text(encoding="utf-8").splitlines()
    blocks = [json.loads(line) for line in lines]

    def pairs() -> Iterator[tuple[list[tuple[frozenset[str], str]], list[tuple[frozenset[str], str]]]]:
        for block in blocks:
            gold = [(_words(person["name"]), "") for person in block["attendance"]]
            yield gold, [(_words(a.name), "") for a in attendance(block["text"])]

    assert _f1(pairs()) >= BLOCKS_F1


@pytest.fixture(scope="module")
def dev(shared: Path) -> list[tuple[str, list[dict[str, str]], list[Person]]]:
    """The documents of the development set: name, gold, found."""
    folder = shared / "corpus" / "dev"
    results = []
    for path in sorted((folder / "docs").iterdir()):
        normalised = normalise(read_document(path), detector())
        people = find_attendance(normalised, analyse(normalised))
        gold = json.loads((folder / "gold" / f"{path.name}.json").read_text(encoding="utf-8"))["attendance"]
        results.append((path.name, gold, [(a.name, a.status, a.organisation, a.role) for a in people]))
    return results


def test_dev_names(dev: list[tuple[str, list[dict[str, str]], list[Person]]]) -> None:
    pairs = (([(_words(g["name"]), "") for g in gold], [(_words(p[0]), "") for p in people]) for _, gold, people in dev)
    assert _f1(pairs) >= DEV_F1


def test_dev_statuses(dev: list[tuple[str, list[dict[str, str]], list[Person]]]) -> None:
    pairs = ((list(map(_gold, gold)), [(_words(p[0]), p[1]) for p in people]) for _, gold, people in dev)
    assert _f1(pairs) >= DEV_STATUS_F1


def test_network_reports_are_all_right(dev: list[tuple[str, list[dict[str, str]], list[Person]]]) -> None:
    reports = [(gold, people) for name, gold, people in dev if name.startswith("mixed-amif")]
    assert reports
    for gold, people in reports:
        assert sorted(people, key=str) == sorted(
            ((g["name"], g["status"], g["organisation"], g["role"]) for g in gold), key=str
        )


def test_distractors_give_nobody(shared: Path) -> None:
    lines = (shared / "resources" / "attendance.jsonl").read_text(encoding="utf-8").splitlines()
    empty = [block for block in map(json.loads, lines) if not block["attendance"]]
    assert empty
    assert [block["id"] for block in empty if found(block["text"])] == []
