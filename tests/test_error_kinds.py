"""The page of the kinds of error: each kind is described, and errors land in the kind that their signs make."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from minutes_nlp.evaluation import LAYERS
from minutes_nlp.spans import CharSpan

ROOT = Path(__file__).resolve().parent.parent
NOT_COUNTED = {"meeting", "agenda-all", "actions.whole"}  # sums of others
TEXT = "Opening\nIda calls the baker. Bo may help.\nRoof:\nThe old roof stays. It is red.\n"


@pytest.fixture(scope="module")
def kinds() -> ModuleType:
    """The script, loaded from its path."""
    spec = importlib.util.spec_from_file_location("error_kinds", ROOT / "benchmarks" / "error_kinds.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def record(**parts: Any) -> dict[str, Any]:
    """A record in which there is nothing but these parts."""
    empty: dict[str, Any] = {"meeting": {}, "attendance": [], "schedule": [], "agenda_items": [], "themes": []}
    return {**empty, "decisions": [], "actions": [], **parts}


def passage(quote: str, **fields: Any) -> dict[str, Any]:
    """An entry whose words stand in `TEXT`."""
    start = TEXT.index(quote)
    plain: dict[str, Any] = {"owners": [], "due": None, "status": "open"}
    return {"quote": quote, "start": start, "end": start + len(quote), **plain, **fields}


def item(line: str, level: int = 1, themes: tuple[str, ...] = ()) -> dict[str, Any]:
    """An agenda item whose line stands in `TEXT`."""
    start = TEXT.index(line)
    return {"line": line, "title": line, "start": start, "end": start + len(line), "level": level, "themes": themes}


def kinds_of(kinds: ModuleType, gold: dict[str, Any], found: dict[str, Any], *signs: str) -> list[str]:
    """The kinds of the errors between two records, each with its number; the whole text is seen with `signs`."""
    seen = {layer: [(CharSpan(0, len(TEXT)), frozenset(signs))] for layer in ("decisions", "actions", "agenda")}
    reading = kinds.Reading("invented.txt", gold, found, TEXT, seen, {0: frozenset({"events"})})
    sorted_out = kinds.sort_out(kinds.errors_of(reading), kinds.load()[0])
    return sorted(f"{kind['id']} {len(errors)}" for kind, errors in sorted_out)


def test_every_kind_is_described(kinds: ModuleType) -> None:
    fields = {"id", "name", "layers", "needs", "any", "lacks", "fix", "example", "why"}
    for kind in kinds.load()[0]:
        assert set(kind) == fields, kind
        assert all(kind[name] for name in ("name", "layers", "fix", "example", "why")), kind
        assert set(kind["layers"]) <= set(LAYERS), kind
        assert "|" not in kind["name"] + kind["fix"], "it would break the table"
    for name in ("id", "name"):
        named = [kind[name] for kind in kinds.load()[0]]
        assert len(set(named)) == len(named)


def test_every_layer_has_a_kind_for_whatever_is_left(kinds: ModuleType) -> None:
    for layer in set(LAYERS) - NOT_COUNTED:
        for sort in ("missed", "extra"):
            error = kinds.Error("invented.txt", layer, frozenset({sort}))
            assert any(kinds.holds(kind, error) for kind in kinds.load()[0]), (layer, sort)


@pytest.mark.parametrize(
    ("signs", "kind"),
    [
        (["cue"], "actions.missed.other"),
        (["cue", "mood"], "actions.missed.mood"),
        (["cue", "mood", "place.heading_options"], "actions.missed.options"),
        (["place.heading"], "actions.missed.heading"),
        ([], "actions.missed.note"),
    ],
)
def test_an_action_that_was_missed(kinds: ModuleType, signs: list[str], kind: str) -> None:
    gold = record(actions=[passage("Ida calls the baker.")])
    assert kinds_of(kinds, gold, record(), *signs) == [f"{kind} 1"]


def test_an_action_with_other_borders_is_missed_and_extra(kinds: ModuleType) -> None:
    gold = record(actions=[passage("Ida calls the baker. Bo may help.")])
    assert kinds_of(kinds, gold, record(actions=[passage("Bo may help.")])) == ["actions.borders 2"]


def test_a_decision_taken_for_an_action_counts_on_both_sides(kinds: ModuleType) -> None:
    gold, found = record(decisions=[passage("The old roof stays.")]), record(actions=[passage("The old roof stays.")])
    assert kinds_of(kinds, gold, found, "cue") == ["acts.confused 2"]


def test_a_decision_that_is_extra_is_told_by_its_cues(kinds: ModuleType) -> None:
    found = record(decisions=[passage("The old roof stays.")])
    assert kinds_of(kinds, record(), found, "cue", "cue.rule") == ["decisions.extra.denial 1"]
    assert kinds_of(kinds, record(), found, "cue", "cue.other_body") == ["decisions.extra.recalled 1"]
    assert kinds_of(kinds, record(), found, "cue") == ["decisions.extra.word 1"]


def test_headings(kinds: ModuleType) -> None:
    assert kinds_of(kinds, record(), record(agenda_items=[item("Roof:")])) == ["agenda.extra.leadin 1"]
    assert kinds_of(kinds, record(agenda_items=[item("Opening")]), record()) == ["agenda.missed.plain 1"]
    assert kinds_of(kinds, record(agenda_items=[item("Opening")]), record(), "agenda-list") == ["agenda.missed.front 1"]


def test_a_heading_at_the_wrong_level_is_one_error(kinds: ModuleType) -> None:
    gold, found = record(agenda_items=[item("Roof:", level=2)]), record(agenda_items=[item("Roof:", level=1)])
    assert kinds_of(kinds, gold, found) == ["agenda.level 1"]
    assert kinds_of(kinds, gold, gold) == []


def test_themes_of_an_item_and_of_the_document(kinds: ModuleType) -> None:
    gold = record(agenda_items=[item("Opening", themes=("events", "youth-family"))], themes=["events", "youth-family"])
    found = record(agenda_items=[item("Opening", themes=("youth-family",))], themes=["digital", "youth-family"])
    assert kinds_of(kinds, gold, found) == ["item-themes.few 1", "themes.headings 1", "themes.items 1"]


def test_a_theme_in_the_place_of_another_and_procedure(kinds: ModuleType) -> None:
    def differing(wanted: str, offered: str) -> list[str]:
        return kinds_of(
            kinds,
            record(agenda_items=[item("Opening", themes=(wanted,))]),
            record(agenda_items=[item("Opening", themes=(offered,))]),
        )

    assert differing("digital", "events") == ["item-themes.passing 1", "item-themes.unworded 1"]
    assert differing("meeting-procedure", "events") == ["item-themes.procedure 2"]


def test_owners_are_counted_one_by_one(kinds: ModuleType) -> None:
    def owners(wanted: list[str], offered: list[str]) -> list[str]:
        quote = "Ida calls the baker."
        gold, found = (record(actions=[passage(quote, owners=names)]) for names in (wanted, offered))
        return kinds_of(kinds, gold, found)

    assert owners(["Ida", "baker"], []) == ["owners.missed 2"]
    assert owners(["Ida"], ["baker"]) == ["owners.wrong 2"]
    assert owners(["Bo"], []) == ["owners.elsewhere 1"]
    assert owners(["Ida"], ["Ida"]) == []


def test_a_wrong_value_is_missed_and_extra(kinds: ModuleType) -> None:
    gold, found = (record(meeting={"date": day}) for day in ("2031-05-03", "2031-05-04"))
    assert kinds_of(kinds, gold, found) == ["meeting.other 2"]
    assert kinds_of(kinds, gold, record()) == ["meeting.other 1"]


def test_the_page_shows_the_commonest_first_and_the_totals(kinds: ModuleType) -> None:
    known, parts = kinds.load()
    errors = [kinds.Error("a.txt", "actions.due", frozenset({sort})) for sort in ("missed", "extra")]
    errors += [kinds.Error("b.txt", "actions.done", frozenset({"missed"}))]
    page = kinds.page(kinds.sort_out(errors, known), parts, 2)
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith(("| 1 ", "| 2 "))]
    assert [row[2:6] for row in rows] == [["actions.due", "1", "1", "1"], ["actions.done", "1", "0", "1"]]
    assert page.endswith("3 errors (2 missed, 1 extra), of 2 kinds.\n3 of them (100%) are of the 2 kinds above.\n")


def test_the_written_page_names_only_known_kinds(kinds: ModuleType) -> None:
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    known = {kind["name"]: kind for kind in kinds.load()[0]}
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if re.match(r"\| \d", line)]
    assert [row[1] for row in rows] == re.findall(r"^### \d+\. (.*)$", page, re.MULTILINE)
    assert len(rows) == kinds.SHOWN
    for row in rows:
        assert (row[2], row[-1]) == (", ".join(known[row[1]]["layers"]), known[row[1]]["fix"])
