"""What changed between two readings: every change once, and nothing that did not change."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from invented_records import autumn, spring

from minutes_nlp.query.differences import Side, differences
from minutes_nlp.records import MeetingRecord


def side(*records: MeetingRecord, ledger: dict[str, Any] | None = None) -> Side:
    return Side({record.document.path: record.model_dump(mode="json") for record in records}, ledger or {})


def told(old: Side, new: Side, *, everything: bool = False) -> list[tuple[str, ...]]:
    """The differences without their document."""
    return [dataclasses.astuple(one)[1:] for one in differences(old, new, everything=everything)]


def changed(record: MeetingRecord, **values: Any) -> MeetingRecord:
    return MeetingRecord.model_validate({**record.model_dump(), **values})


def with_action(record: MeetingRecord, number: int, **values: Any) -> MeetingRecord:
    actions = list(record.model_dump()["actions"])
    actions[number] |= values
    return changed(record, actions=actions)


def entry(**values: Any) -> dict[str, Any]:
    event = {"kind": "created", "day": "2024-03-04", "document": "a.txt", "start": 1, "end": 2, "quote": "Noor belt"}
    own = {"id": "1", "status": "open", "owners": ["Noor"], "due": None, "opened_on": "2024-03-04", "closed_on": None}
    return {**own, "events": [{**event, "owners": None, "due": None, "correction": None}], **values}


def test_the_same_records_do_not_differ() -> None:
    assert told(side(spring(), autumn()), side(spring(), autumn()), everything=True) == []


def test_documents_that_are_new_or_gone_are_one_difference_each() -> None:
    found = differences(side(spring()), side(autumn()))
    assert [(one.document, one.part, one.change) for one in found] == [
        ("wilgenhof/2024-03-04.txt", "document", "removed"),
        ("wilgenhof/2024-10-07.txt", "document", "added"),
    ]


def test_a_changed_fact_of_the_meeting_is_told_with_both_values() -> None:
    meeting = {**spring().model_dump()["meeting"], "location": "zaal", "languages": ("nl",)}
    assert told(side(spring()), side(changed(spring(), meeting=meeting))) == [
        ("meeting", "location", "changed", "", "", "zaal"),
        ("meeting", "languages", "changed", "", "nl; fr", "nl"),
    ]


def test_a_changed_action_is_told_field_by_field() -> None:
    after = with_action(spring(), 0, owners=(), due=None, status="done")
    what = "Noor maakt de affiche tegen 15 april."
    assert told(side(spring()), side(after)) == [
        ("action", "owners", "changed", what, "Noor Verbiest", ""),
        ("action", "due", "changed", what, "2024-04-15", ""),
        ("action", "due_text", "changed", what, "tegen 15 april", ""),
        ("action", "status", "changed", what, "open", "done"),
    ]


def test_an_action_that_is_found_or_lost_is_one_difference() -> None:
    fewer = changed(spring(), actions=spring().model_dump()["actions"][1:])
    assert told(side(spring()), side(fewer)) == [
        ("action", "", "removed", "Noor maakt de affiche tegen 15 april.", "", "")
    ]
    assert told(side(fewer), side(spring())) == [
        ("action", "", "added", "Noor maakt de affiche tegen 15 april.", "", "")
    ]


def test_a_passage_that_is_cut_otherwise_is_the_same_action() -> None:
    text = spring().text
    start = text.index("Noor maakt de affiche tegen 15 april.")
    cut = {"start": start, "end": start + len("Noor maakt de affiche tegen 15 april"), "quote": ""}
    cut["quote"] = text[cut["start"] : cut["end"]]
    assert told(side(spring()), side(with_action(spring(), 0, evidence=cut))) == [
        (
            "action",
            "quote",
            "changed",
            "Noor maakt de affiche tegen 15 april",
            "Noor maakt de affiche tegen 15 april.",
            "Noor maakt de affiche tegen 15 april",
        )
    ]


def shifted(record: MeetingRecord, by: str) -> MeetingRecord:
    """The same record of a text that begins with some more words."""

    def move(value: Any) -> Any:
        if isinstance(value, dict):
            moved = {key: move(inner) for key, inner in value.items()}
            if {"start", "end"} <= value.keys() and isinstance(value["start"], int):
                moved |= {"start": value["start"] + len(by), "end": value["end"] + len(by)}
            if "extent_end" in value:
                moved["extent_end"] = value["extent_end"] + len(by)
            return moved
        return [move(inner) for inner in value] if isinstance(value, list) else value

    dumped = move(record.model_dump(mode="json"))
    return MeetingRecord.model_validate({**dumped, "text": by + record.text})


def test_a_text_that_grew_changes_only_what_it_says_and_not_every_row() -> None:
    before, after = side(spring()), side(shifted(spring(), "Ontwerp\n"))
    lengths = [str(len(one.records["wilgenhof/2024-03-04.txt"]["text"])) for one in (before, after)]
    assert told(before, after) == [("document", "text", "changed", "", *lengths)]
    places = [one for one in told(before, after, everything=True) if one[1] == "place"]
    assert len(places) == len(spring().attendance) + 1 + len(spring().agenda_items) + 1 + len(spring().actions)


def test_how_something_was_found_is_told_only_if_everything_is_asked_for() -> None:
    after = with_action(spring(), 0, confidence=0.9)
    assert told(side(spring()), side(after)) == []
    assert told(side(spring()), side(after), everything=True) == [
        ("action", "confidence", "changed", "Noor maakt de affiche tegen 15 april.", "0.5", "0.9")
    ]


def test_what_became_of_an_action_is_told() -> None:
    done = {"kind": "done", "day": "2024-05-06", "document": "b.txt", "start": 3, "end": 9, "quote": "is ok"}
    done |= {"owners": None, "due": None, "correction": None}
    after = entry(status="done", closed_on="2024-05-06", events=[*entry()["events"], done])
    assert told(side(ledger={"1": entry()}), side(ledger={"1": after})) == [
        ("ledger", "status", "changed", "Noor belt", "open", "done"),
        ("ledger", "closed_on", "changed", "Noor belt", "", "2024-05-06"),
        ("ledger", "events", "added", "Noor belt", "", "done · 2024-05-06 · b.txt 3–9"),
    ]
    assert told(side(ledger={"1": after}), side(ledger={"1": entry()}))[-1][2] == "removed"


def test_an_action_that_only_one_side_knows_is_seen_in_its_document() -> None:
    assert told(side(), side(ledger={"1": entry()})) == []


NAMES = st.lists(st.sampled_from(["Noor", "José", "Fien", "Bram"]), max_size=4, unique=True)


@given(NAMES, NAMES)
@settings(deadline=None)
def test_lists_of_names_differ_by_exactly_the_names_that_differ(old: list[str], new: list[str]) -> None:
    def listed(names: list[str]) -> Side:
        text = "Noor José Fien Bram"
        rows = [
            {
                "name": name,
                "status": "present",
                "evidence": {"start": text.index(name), "end": text.index(name) + 4, "quote": name},
            }
            for name in names
        ]
        facts = spring().model_dump()["document"]
        return side(MeetingRecord.model_validate({"document": facts, "text": text, "attendance": rows}))

    found = told(listed(old), listed(new))
    assert {one[3] for one in found if one[2] == "added"} == set(new) - set(old)
    assert {one[3] for one in found if one[2] == "removed"} == set(old) - set(new)
    assert len(found) == len(set(old) ^ set(new))
