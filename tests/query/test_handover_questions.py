"""What is handed over: actions with their passage and history, shares by owner, the points of the next agenda."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from invented_records import NOON, autumn, spring

from minutes_nlp.errors import QueryError
from minutes_nlp.ledger import refresh
from minutes_nlp.query.agenda import next_agenda
from minutes_nlp.query.digest import Digest, make_digest, only
from minutes_nlp.query.filters import ActionFilter
from minutes_nlp.query.tasks import find_tasks, tasks_with
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import save_record

TODAY = datetime.date(2024, 5, 1)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "minutes.db"
    with closing(open_database(path, mode="write")) as writing:
        save_record(writing, spring(), ingested_at=NOON)
        save_record(writing, autumn(), ingested_at=NOON)
        refresh(writing, directory=None, corrections=())
    with closing(open_database(path)) as connection:
        yield connection


def test_a_task_has_its_passage_and_what_became_of_it(db: sqlite3.Connection) -> None:
    found = {task.text: task for task in find_tasks(db, ActionFilter(today=TODAY))}
    poster = found["Noor maakt de affiche tegen 15 april."]
    assert (poster.status, poster.opened_on, poster.closed_on) == ("open", "2024-03-04", None)
    assert poster.passage == "Noor maakt de affiche tegen 15 april."
    assert [(event.kind, event.day, event.document) for event in poster.events][:1] == [
        ("created", "2024-03-04", "wilgenhof/2024-03-04.txt")
    ]
    assert found["De zaal werd gereserveerd door Noor."].status == "done"


def test_tasks_are_found_by_their_ids(db: sqlite3.Connection) -> None:
    one = find_tasks(db)[0]
    assert tasks_with(db, [one.id]) == [one]
    assert tasks_with(db, ["nowhere"]) == []
    assert tasks_with(db, []) == []


def test_the_shares_go_by_owner_and_those_of_nobody_come_last(db: sqlite3.Connection) -> None:
    found = make_digest(db, today=TODAY)
    assert [(share.owner, [task.text for task in share.tasks], share.overdue) for share in found.shares] == [
        ("Fien Draulans", ["Fien envoie le budget avant le 1er novembre."], 0),
        ("José", ["José vraagt in mei een offerte voor de tent."], 0),
        ("Noor Verbiest", ["Noor maakt de affiche tegen 15 april."], 1),
        ("", ["De sleutels worden binnenkort bezorgd."], 0),
    ]


def test_a_digest_can_be_of_one_owner_a_meeting_or_since_a_day(db: sqlite3.Connection) -> None:
    def owners(**wanted) -> list[str]:
        return [share.owner for share in make_digest(db, today=TODAY, **wanted).shares]

    assert owners(owner="noor") == ["Noor Verbiest"]
    assert owners(owner="ampère") == []  # known, and has nothing to do
    assert owners(meeting="2024-10-07") == ["Fien Draulans"]
    assert owners(since=datetime.date(2024, 3, 5)) == ["Fien Draulans"]
    assert make_digest(db, today=TODAY, meeting="2024-10-07").meetings == (
        "2024-10-07 · Procès-verbal du groupe Wilgenhof",
    )
    with pytest.raises(QueryError):
        owners(meeting="2000-01-01")


def test_a_digest_of_a_name_that_nobody_has_is_an_error(db: sqlite3.Connection) -> None:
    with pytest.raises(QueryError) as error:
        make_digest(db, today=TODAY, owner="nobody of that name")
    assert error.value.code == "query.no_person"


FIEN = "(SELECT id FROM action_owners WHERE name = 'Fien')"
NOOR = "(SELECT id FROM people WHERE name = 'Noor Verbiest')"
A_NAMESAKE = (
    "INSERT INTO people (id, name, name_folded) VALUES ('abcdef0123456789', 'Noor Verbiest', 'noor verbiest')",
    "UPDATE attendance SET person_id = 'abcdef0123456789' WHERE organisation = 'Stad Lindebeke'",
    f"UPDATE action_owners SET name = 'Noor', person_id = 'abcdef0123456789' WHERE id = {FIEN}",
)


def changed(tmp_path: Path, *statements: str) -> Digest:
    """The digest after something else was found out."""
    with closing(open_database(tmp_path / "minutes.db", mode="write")) as writing:
        for statement in statements:
            writing.execute(statement)
        writing.commit()
    with closing(open_database(tmp_path / "minutes.db")) as db:
        return make_digest(db, today=TODAY, owner="verbiest")


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE action_owners SET name = '@Noortje', person_id = {NOOR} WHERE id = {FIEN}",
        """UPDATE ledger_actions SET owners_action_id = NULL, owners = '["NOOR VERBIEST"]' WHERE due = '2024-11-01'""",
    ],
)
@pytest.mark.usefixtures("db")
def test_one_person_has_one_share_however_she_is_written(tmp_path: Path, statement: str) -> None:
    found = changed(tmp_path, statement)
    assert [(share.label, [task.text for task in share.tasks]) for share in found.shares] == [
        ("Noor Verbiest", ["Noor maakt de affiche tegen 15 april.", "Fien envoie le budget avant le 1er novembre."])
    ]
    assert {task.action.owners for task in found.shares[0].tasks} == {("Noor Verbiest",)}


@pytest.mark.usefixtures("db")
def test_two_people_of_one_name_have_a_share_each_and_are_told_apart(tmp_path: Path) -> None:
    found = changed(tmp_path, *A_NAMESAKE)
    assert [(share.label, [task.text for task in share.tasks]) for share in found.shares] == [
        ("Noor Verbiest (groupe Wilgenhof)", ["Noor maakt de affiche tegen 15 april."]),
        ("Noor Verbiest (werkgroep Wilgenhof)", ["Fien envoie le budget avant le 1er novembre."]),
    ]


@pytest.mark.usefixtures("db")
def test_namesakes_of_whom_no_body_is_known_are_told_apart_by_digits_of_their_ids(tmp_path: Path) -> None:
    found = changed(tmp_path, *A_NAMESAKE, "UPDATE attendance SET person_id = NULL")
    assert sorted(share.apart for share in found.shares) == ["37f860", "abcdef"]


def test_a_share_speaks_the_language_of_most_of_its_passages(db: sqlite3.Connection) -> None:
    found = make_digest(db, today=TODAY)
    assert [share.language(("nl", "fr"), "en") for share in found.shares] == ["fr", "en", "nl", "en"]
    assert [share.language(("nl",), "en") for share in found.shares] == ["en", "en", "nl", "en"]
    assert only(found, found.shares[2]).owner == "Noor Verbiest"


def test_the_next_agenda_has_the_open_points_of_one_body_by_theme(db: sqlite3.Connection) -> None:
    found = next_agenda(db, today=TODAY, body="werkgroep")
    assert (found.body, found.date, found.last_date) == ("groupe Wilgenhof", None, "2024-10-07")
    assert [(points.theme, [task.text for task in points.tasks]) for points in found.points] == [
        ("events", ["Noor maakt de affiche tegen 15 april.", "José vraagt in mei een offerte voor de tent."]),
        ("finance", ["Fien envoie le budget avant le 1er novembre."]),
        (None, ["De sleutels worden binnenkort bezorgd."]),
    ]


def test_the_body_has_to_be_the_only_one_that_fits(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA query_only = OFF")
    db.execute("UPDATE meetings SET series = 'other' WHERE body = 'groupe Wilgenhof'")
    with pytest.raises(QueryError) as several:
        next_agenda(db, today=TODAY, body="wilgenhof")
    assert several.value.code == "query.several_bodies"
    assert several.value.values["bodies"] == "groupe Wilgenhof; werkgroep Wilgenhof"
    with pytest.raises(QueryError) as none:
        next_agenda(db, today=TODAY, body="nergens")
    assert none.value.code == "query.no_body"
    assert next_agenda(db, today=TODAY, series="other").body == "groupe Wilgenhof"
    assert next_agenda(db, today=TODAY, body="werkgroep").last_date == "2024-03-04"


def test_the_body_that_is_called_just_so_goes_before_one_with_a_longer_name(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA query_only = OFF")
    db.execute("UPDATE meetings SET series = 'other', body = 'werkgroep' WHERE body = 'groupe Wilgenhof'")
    assert next_agenda(db, today=TODAY, body="Werkgroep").body == "werkgroep"
    assert next_agenda(db, today=TODAY, body="werkgroep wilgenhof").body == "werkgroep Wilgenhof"


def test_the_next_agenda_without_any_meeting_says_that_there_are_none(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA query_only = OFF")
    db.execute("DELETE FROM meetings")
    with pytest.raises(QueryError) as none:
        next_agenda(db, today=TODAY)
    assert none.value.code == "query.no_meetings"


def test_a_meeting_that_was_announced_and_is_still_to_come_gives_the_date(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA query_only = OFF")
    db.execute("UPDATE meetings SET next_meeting = '2024-06-03' WHERE body = 'groupe Wilgenhof'")
    assert next_agenda(db, today=TODAY, body="werkgroep").date == "2024-06-03"
    assert next_agenda(db, today=datetime.date(2024, 6, 4), body="werkgroep").date is None
