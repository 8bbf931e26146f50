"""What cannot be right is shown, with its passage; what can be is not."""

import json
import sqlite3
from typing import Any

import pytest

from minutes_nlp.resolution.invariants import days_in_name
from tests.invented_minutes import minutes, put


def issues(db: sqlite3.Connection) -> list[tuple[str, dict[str, Any], str | None]]:
    sql = "SELECT code, details, quote FROM issues LEFT JOIN evidence e ON e.id = evidence_id ORDER BY code, details"
    return [(code, json.loads(details), quote) for code, details, quote in db.execute(sql)]


def test_somebody_present_and_excused(db: sqlite3.Connection) -> None:
    put(db, minutes("a.txt", "2024-03-04", "+ Noor Verbiest\n+ Fien Draulans\n- Noor Verbiest"))
    assert issues(db) == [
        (
            "present-and-excused",
            {"name": "Noor Verbiest", "first": "present", "second": "excused"},
            "Noor Verbiest",
        )
    ]


def test_an_owner_whom_nobody_knows(db: sqlite3.Connection) -> None:
    text = "+ Noor Verbiest\n+ Fien Draulans\n! Tuur Quoirin belt de drukker @Tuur Quoirin"
    put(db, minutes("a.txt", "2024-03-04", text))
    assert issues(db) == [("owner-unknown", {"name": "Tuur Quoirin"}, "Tuur Quoirin belt de drukker")]


@pytest.mark.parametrize("owner", ["iedereen", "werkgroep", "De voorzitter"])
def test_a_group_or_function_is_no_unknown_person(db: sqlite3.Connection, owner: str) -> None:
    put(db, minutes("a.txt", "2024-03-04", f"+ Noor Verbiest\n! De drukker bellen @{owner}"))
    assert issues(db) == []


def test_a_deadline_before_the_meeting(db: sqlite3.Connection) -> None:
    put(db, minutes("a.txt", "2024-03-04", "! De drukker bellen {tegen 1 maart=2024-03-01}"))
    details = {"due": "2024-03-01", "date": "2024-03-04"}
    assert issues(db) == [("due-before-meeting", details, "tegen 1 maart")]


def test_an_action_of_an_earlier_meeting_may_be_late(db: sqlite3.Connection) -> None:
    text = "! De drukker bellen over de affiches {tegen 1 april=2024-04-01}"
    put(db, minutes("a.txt", "2024-03-04", text), minutes("b.txt", "2024-05-06", text))
    assert issues(db) == []


def test_a_new_deadline_of_an_earlier_action_that_is_past_already(db: sqlite3.Connection) -> None:
    text = "! De drukker bellen over de affiches van de zomer {{tegen {0}={0}}}"
    first, again = text.format("2024-04-01"), text.format("2024-05-02")
    put(db, minutes("a.txt", "2024-03-04", first), minutes("b.txt", "2024-05-06", again))
    details = {"due": "2024-05-02", "date": "2024-05-06"}
    assert issues(db) == [("due-before-meeting", details, "tegen 2024-05-02")]


def test_a_number_out_of_order_that_the_record_does_not_hold(db: sqlite3.Connection) -> None:
    put(db, minutes("a.txt", "2024-03-04", "# 1. Opening\n# 2. Budget\n4. Varia\n# 3. Slot"))
    assert issues(db) == [("items-out-of-order", {"number": "3", "before": "4"}, "3. Slot")]


@pytest.mark.parametrize("day", ["2024-03-04", "2024-03-31", "2024-12-01"])
def test_a_deadline_on_or_after_the_day_is_right(db: sqlite3.Connection, day: str) -> None:
    put(db, minutes("a.txt", "2024-03-04", f"! De drukker bellen {{op tijd={day}}}"))
    assert issues(db) == []


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("verslag-2024-03-05.txt", "2024-03-05"),
        ("verslag_20240305_v2.txt", "2024-03-05"),
        ("verslag 05-03-2024.txt", "2024-03-05"),
    ],
)
def test_a_file_named_after_another_day(db: sqlite3.Connection, name: str, other: str) -> None:
    put(db, minutes(name, "2024-03-04", "Niets."))
    assert [(code, details["file"]) for code, details, _ in issues(db)] == [("file-date-differs", other)]


@pytest.mark.parametrize(
    "name", ["2024-03-04.txt", "verslag.txt", "4-3-2024.txt", "gepubliceerd-2024-03-20-verslag-van-4-maart-2024.txt"]
)
def test_a_file_named_after_the_day_or_after_none(db: sqlite3.Connection, name: str) -> None:
    put(db, minutes(name, "2024-03-04", "Niets."))
    assert issues(db) == []


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("raw/2023/verslag 2024-02-30.txt", set()),
        ("x-31.12.2023.pdf", {"2023-12-31"}),
        ("2023-01-02 en 2023-01-03.txt", {"2023-01-02", "2023-01-03"}),
        ("factuur 120240305.txt", set()),
    ],
)
def test_days_in_the_name_of_a_file(name: str, days: set[str]) -> None:
    assert days_in_name(name) == days


def test_items_out_of_order(db: sqlite3.Connection) -> None:
    put(db, minutes("a.txt", "2024-03-04", "# 1. Begin\n# 3. Budget\n# 2. Feest\n# 4. Slot"))
    assert issues(db) == [("items-out-of-order", {"number": "2", "before": "3"}, "2. Feest")]


def test_items_that_begin_again_are_in_order(db: sqlite3.Connection) -> None:
    put(db, minutes("a.txt", "2024-03-04", "# 1. Begin\n# 2. Budget\n# 1. Début\n# 2. Budget"))
    assert issues(db) == []
