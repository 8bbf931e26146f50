"""Owners are the people meant, wherever they are listed or asked for; what the minutes print stays in the evidence."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from minutes_nlp.query.actions import find_actions
from minutes_nlp.query.digest import make_digest
from minutes_nlp.query.filters import ActionFilter
from minutes_nlp.query.history import show_action
from minutes_nlp.query.people import show_person
from minutes_nlp.query.tasks import find_tasks
from minutes_nlp.store.connect import open_database
from tests.invented_minutes import minutes, put

MARCH = minutes("kring/maart.txt", "2024-03-04", "+ Noor Verbiest\n+ Jonas Draulans\n! Het dak nakijken @Noor Verbiest")
JUNE = minutes(
    "kring/juni.txt", "2024-06-03", "+ Noor Verbiest\n! De vlag ophangen @Jonas\n! De sleutels tellen @@Noor"
)
TODAY = datetime.date(2024, 7, 1)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_database(tmp_path / "minutes.db", mode="write")) as connection:
        put(connection, MARCH, JUNE)
        yield connection


def owners(db: sqlite3.Connection, **wanted: object) -> dict[str, tuple[str, ...]]:
    return {row.action: row.owners for row in find_actions(db, ActionFilter(**wanted))}  # type: ignore[arg-type]


def test_a_list_has_the_people_meant(db: sqlite3.Connection) -> None:
    assert owners(db) == {
        "Het dak nakijken": ("Noor Verbiest",),
        "De vlag ophangen": ("Jonas Draulans",),
        "De sleutels tellen": ("Noor Verbiest",),
    }
    vlag = next(row for row in find_actions(db) if row.action == "De vlag ophangen")
    assert show_action(db, vlag.id).events[0].owners == ("Jonas",)  # what the passage says


@pytest.mark.parametrize("asked", ["Noor", "verbiest noor", "@noor"])
def test_lists_of_any_day_digests_exports_and_pages_agree_on_whose_an_action_is(
    db: sqlite3.Connection, asked: str
) -> None:
    hers = {"Het dak nakijken", "De sleutels tellen"} if asked != "@noor" else {"De sleutels tellen"}
    assert owners(db, owner=asked).keys() == hers
    assert owners(db, owner=asked, as_of=TODAY, today=TODAY).keys() == hers
    assert {task.text for task in find_tasks(db, ActionFilter(owner=asked))} == hers
    [share] = make_digest(db, today=TODAY, owner=asked).shares
    assert (share.owner, {task.text for task in share.tasks}) == ("Noor Verbiest", hers)


def test_the_page_of_a_person_has_what_the_list_has(db: sqlite3.Connection) -> None:
    found = show_person(db, "Noor Verbiest").actions
    assert [(row.action, row.owners) for row in found] == list(owners(db, owner="Noor Verbiest").items())


def test_a_short_name_that_fits_two_stays_as_printed(tmp_path: Path) -> None:
    both = minutes("a.txt", "2024-03-04", "+ Noor Verbiest\n+ Noor Lambrix\n! De vlag ophangen @Noor")
    with closing(open_database(tmp_path / "two.db", mode="write")) as db:
        put(db, both)
        assert owners(db) == {"De vlag ophangen": ("Noor",)}
