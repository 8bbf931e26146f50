"""What a correction may say, and which corrections of a log hold."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from minutes_nlp.records.corrections import FIELDS, Correction, in_force
from tests.invented_corrections import correct, corrections_of, undo
from tests.invented_records import NOON, spring

AFFICHE = "Noor maakt de affiche tegen 15 april."


@given(corrections_of(spring()))
def test_a_line_is_read_back_as_the_same_correction(correction: Correction) -> None:
    assert Correction.model_validate_json(correction.line()) == correction
    assert "\n" not in correction.line()
    assert correction.id == correction.digest()


@pytest.mark.parametrize(
    ("kind", "field", "value", "more"),
    [
        ("action", "status", "dropped", {}),
        ("action", "status", "begun", {}),
        ("action", "due", "2024-13", {}),
        ("action", "due", "soon", {}),
        ("action", "owners", "Noor", {}),
        ("action", "owners", [""], {}),
        ("action", "title", "Affiche", {}),
        ("action", "exists", True, {"on": "2024-05-01"}),
        ("action", "status", "done", {"on": "2024-02-30"}),
        ("decision", "exists", None, {}),
        ("attendance", "status", "late", {}),
        ("attendance", "name", "", {}),
        ("link", "same", True, {}),
        ("action", "exists", True, {"undoes": "0" * 16}),
    ],
)
def test_what_makes_no_sense_is_refused(kind: str, field: str, value: Any, more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        correct(spring(), kind, field, AFFICHE, value, **more)


def test_every_field_takes_the_values_that_it_is_meant_for() -> None:
    assert correct(spring(), "action", "due", AFFICHE, None).value is None
    assert correct(spring(), "action", "status", AFFICHE, "dropped", on="2024-05-01").is_event
    assert correct(spring(), "attendance", "role", "Noor Verbiest", None).value is None
    assert set(FIELDS) == {
        "action", "decision", "attendance", "meeting", "agenda_item", "link", "person", "organisation", "issue", "undo"
    }  # fmt: skip


def test_a_passage_and_a_time_zone_are_needed() -> None:
    with pytest.raises(ValidationError, match="passage"):
        Correction.make(at=NOON, who="an", kind="action", field="exists", value=True)
    with pytest.raises(ValueError, match="time zone"):
        Correction.make(at=datetime.datetime(2024, 5, 2), who="an", kind="issue", field="settled", value="0" * 16)  # noqa: DTZ001


def test_an_undone_correction_does_not_hold_and_the_undo_of_its_undo_brings_it_back() -> None:
    first = correct(spring(), "action", "exists", AFFICHE, False)
    back = undo(first)
    again = undo(back)
    assert in_force([first]) == [first]
    assert in_force([first, back]) == []
    assert in_force([first, back, again]) == [first]
    assert in_force([first, back, again, undo(again)]) == []


def test_an_undo_reaches_only_what_stands_before_it() -> None:
    first = correct(spring(), "action", "exists", AFFICHE, False)
    assert in_force([undo(first), first]) == [first]


@given(st.data())
def test_undoing_all_leaves_nothing(data: st.DataObject) -> None:
    log = data.draw(st.lists(corrections_of(spring()), max_size=5))
    assert in_force(log) == log
    assert in_force([*log, *map(undo, log)]) == []
