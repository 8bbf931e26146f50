"""Which actions a filter lists."""

import datetime
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from invented_records import NOON, evidence, facts

from minutes_nlp.errors import QueryError
from minutes_nlp.query.actions import find_actions
from minutes_nlp.query.filters import ActionFilter
from minutes_nlp.records import ActionItem, MeetingRecord
from minutes_nlp.records.items import Due
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import save_record

AFFICHE = "Noor maakt de affiche tegen 15 april."
TENT = "José vraagt in mei een offerte voor de tent."
ZAAL = "De zaal werd gereserveerd door Noor."
SLEUTELS = "De sleutels worden binnenkort bezorgd."
BUDGET = "Fien envoie le budget avant le 1er novembre."
REPEAT = "Noor maakt de affiche"


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def actions(db: sqlite3.Connection, **wanted: object) -> list[str]:
    return [row.action for row in find_actions(db, ActionFilter(**wanted))]  # type: ignore[arg-type]


def test_without_a_filter_all_are_listed_the_most_urgent_first(db: sqlite3.Connection) -> None:
    everything = [AFFICHE, TENT, BUDGET, ZAAL, SLEUTELS]
    assert actions(db) == everything
    assert [row.action for row in find_actions(db)] == everything


def test_what_is_only_said_again_is_left_out_unless_asked_for(db: sqlite3.Connection) -> None:
    assert REPEAT in actions(db, repeats=True)
    assert REPEAT not in actions(db, owner="Noor")


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"open": True}, {AFFICHE, TENT, BUDGET, SLEUTELS}),
        ({"done": True}, {ZAAL}),
        ({"open": True, "done": True}, {AFFICHE, TENT, BUDGET, SLEUTELS, ZAAL}),
        ({"owner": "noor"}, {AFFICHE, ZAAL}),
        ({"owner": "VERB NOO"}, {AFFICHE, ZAAL}),
        ({"owner": "jose"}, {TENT}),
        ({"owner": "José"}, {TENT}),
        ({"owner": "Noor José"}, set()),
        ({"owner": "affiche"}, set()),
        ({"organisation": "lindebeke"}, {AFFICHE, ZAAL}),
        ({"organisation": "tilleulmont"}, set()),
        ({"due_before": day("2024-04-16")}, {AFFICHE}),
        ({"due_before": day("2024-04-15")}, set()),
        ({"due_before": day("2024-05-31")}, {AFFICHE}),
        ({"due_before": day("2024-06-01")}, {AFFICHE, TENT}),
        ({"due_after": day("2024-04-15")}, {TENT, BUDGET}),
        ({"due_after": day("2024-04-14"), "due_before": day("2024-06-01")}, {AFFICHE, TENT}),
        ({"meeting": "2024-10-07"}, {BUDGET}),
        ({"meeting": "2024-03-04.txt", "done": True}, {ZAAL}),
        ({"theme": "finance"}, {BUDGET}),
        ({"theme": "activiteiten"}, {AFFICHE, TENT, ZAAL}),
        ({"theme": "évènements", "open": True}, {AFFICHE, TENT}),
        ({"open": True, "owner": "noor", "due_before": day("2025-01-01")}, {AFFICHE}),
    ],
)
def test_a_filter_lists_what_meets_all_its_conditions(
    db: sqlite3.Connection, wanted: dict[str, object], expected: set[str]
) -> None:
    assert set(actions(db, **wanted)) == expected


@pytest.mark.parametrize(
    ("today", "overdue"),
    [
        ("2024-04-15", set()),  # the last day is in time
        ("2024-04-16", {AFFICHE}),
        ("2024-05-31", {AFFICHE}),  # a month lasts until its last day
        ("2024-06-01", {AFFICHE, TENT}),
        ("2030-01-01", {AFFICHE, TENT, BUDGET}),  # never what is done or has no day
    ],
)
def test_overdue_is_what_is_open_after_its_last_day(db: sqlite3.Connection, today: str, overdue: set[str]) -> None:
    assert set(actions(db, overdue=True, today=day(today))) == overdue
    flagged = {row.action for row in find_actions(db, ActionFilter(today=day(today))) if row.overdue}
    assert flagged == overdue


@pytest.mark.parametrize(
    ("month", "first_day_late"), [("2024-02", "2024-03-01"), ("2023-02", "2023-03-01"), ("2024-12", "2025-01-01")]
)
def test_a_month_ends_on_its_last_day(tmp_path: Path, month: str, first_day_late: str) -> None:
    text = "Dit gebeurt dan."
    action = ActionItem(evidence=evidence(text, text), due=Due(value=month, evidence=evidence(text, "dan")))
    with closing(open_database(tmp_path / "minutes.db", mode="write")) as db:
        record = MeetingRecord(document=facts("a.txt", text), text=text, actions=(action,))
        save_record(db, record, ingested_at=NOON)
        late = day(first_day_late)
        assert actions(db, overdue=True, today=late) == [text]
        assert actions(db, overdue=True, today=late - datetime.timedelta(days=1)) == []


def test_without_a_day_nothing_can_be_overdue(db: sqlite3.Connection) -> None:
    assert not any(row.overdue for row in find_actions(db))
    with pytest.raises(QueryError) as caught:
        actions(db, overdue=True)
    assert caught.value.code == "query.no_today"


@pytest.mark.parametrize(
    ("wanted", "code"), [({"meeting": "1999-01-01"}, "query.no_meeting"), ({"theme": "gardening"}, "query.no_theme")]
)
def test_what_does_not_exist_is_said(db: sqlite3.Connection, wanted: dict[str, str], code: str) -> None:
    with pytest.raises(QueryError) as caught:
        actions(db, **wanted)
    assert caught.value.code == code


@pytest.mark.parametrize("typed", ["100%", "_", "'; DROP TABLE actions; --", "\udce9", '"', "\0"])
def test_what_is_typed_is_only_text(db: sqlite3.Connection, typed: str) -> None:
    assert actions(db, owner=typed) == []
    assert actions(db, organisation=typed) == []


def test_a_row_says_where_it_stands(db: sqlite3.Connection) -> None:
    row = find_actions(db, ActionFilter(owner="verbiest", open=True))[0]
    assert (row.owners, row.due, row.due_text, row.due_last_day) == (
        ("Noor Verbiest",),
        "2024-04-15",
        "tegen 15 april",
        "2024-04-15",
    )
    assert (row.meeting_date, row.meeting_body, row.document) == (
        "2024-03-04",
        "werkgroep Wilgenhof",
        "wilgenhof/2024-03-04.txt",
    )
    assert (row.item_number, row.item_title, row.language, row.confidence) == ("2.1", "Affiche", "nl", 0.5)
    assert row.end - row.start == len(row.action)


def test_a_month_and_a_vague_deadline_are_shown_as_given(db: sqlite3.Connection) -> None:
    deadlines = {row.action: (row.due, row.due_text, row.due_last_day) for row in find_actions(db)}
    assert deadlines[TENT] == ("2024-05", "in mei", "2024-05-31")
    assert deadlines[SLEUTELS] == (None, "binnenkort", None)
