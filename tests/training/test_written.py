"""Invented minutes with their gold inside the text."""

from pathlib import Path

import pytest

from minutes_nlp.errors import EvaluationError
from minutes_nlp.resources import themes
from minutes_nlp.training.written import parse_written, read_written

MARKED = """⟦META|lang=nl|date=2025-02-11|title=Verslag bestuur|start=19:30⟧
Verslag bestuur

Aanwezig: ⟦P|status=present|role=chair⟧Els Maes⟦/P⟧, ⟦P|status=excused|org=vzw Roer⟧Tom Claes⟦/P⟧

⟦H1|themes=finance,events⟧1. Feest
⟦D⟧We kopen een tent.⟦/D⟧ ⟦A|owners=Els Maes;Tom Claes|due=2025-03-01⟧Els en Tom vragen prijzen tegen 1 maart.⟦/A⟧
⟦DA|owners=bestuur|done⟧Het bestuur betaalt het voorschot.⟦/DA⟧
⟦H2⟧Muziek
"""
DATA = Path(__file__).resolve().parents[2] / "models" / "data" / "minutes"


def test_marks_become_gold_and_leave_the_text() -> None:
    minutes = parse_written(MARKED, "a.txt")
    assert "⟦" not in minutes.text
    gold = minutes.gold
    assert gold["meeting"]["date"] == "2025-02-11"
    assert gold["meeting"]["languages"] == ["nl"]
    assert [(p["name"], p["status"], p["organisation"], p["role"]) for p in gold["attendance"]] == [
        ("Els Maes", "present", None, "chair"),
        ("Tom Claes", "excused", "vzw Roer", None),
    ]
    assert [(i["number"], i["title"], i["level"], i["themes"]) for i in gold["agenda_items"]] == [
        ("1", "Feest", 1, ["finance", "events"]),
        (None, "Muziek", 2, []),
    ]
    assert [d["quote"] for d in gold["decisions"]] == ["We kopen een tent.", "Het bestuur betaalt het voorschot."]
    assert [(a["owners"], a["due"], a["status"]) for a in gold["actions"]] == [
        (["Els Maes", "Tom Claes"], "2025-03-01", "open"),
        (["bestuur"], None, "done"),
    ]


def test_every_quote_is_the_text_at_its_offsets() -> None:
    minutes = parse_written(MARKED, "a.txt")
    for layer, key in (("decisions", "quote"), ("actions", "quote"), ("agenda_items", "line")):
        for entry in minutes.gold[layer]:
            assert minutes.text[entry["start"] : entry["end"]] == entry[key]


@pytest.mark.parametrize("marked", ["⟦X⟧a⟦/X⟧", "⟦D⟧a", "a⟦/D⟧", "⟦D⟧a⟦/A⟧"])
def test_marks_that_do_not_match_are_refused(marked: str) -> None:
    with pytest.raises(EvaluationError, match=r"b\.txt"):
        parse_written(marked, "b.txt")


def test_the_invented_minutes_of_the_project_are_sound() -> None:
    known = {theme["id"] for theme in themes()}
    found = list(read_written(DATA))
    assert len(found) >= 120
    for minutes in found:
        assert "⟦" not in minutes.text, minutes.name
        assert {theme for item in minutes.gold["agenda_items"] for theme in item["themes"]} <= known, minutes.name
        assert minutes.gold["decisions"] or minutes.gold["actions"], minutes.name


@pytest.mark.parametrize("listed", ["nl;fr", "nl,fr", "nl ; fr"])
def test_several_languages_are_divided_by_a_semicolon_or_a_comma(listed: str) -> None:
    written = parse_written(f"⟦META|lang={listed}|title=Verslag⟧\nVerslag\n", "x.txt")
    assert written.gold["meeting"]["languages"] == ["nl", "fr"]
