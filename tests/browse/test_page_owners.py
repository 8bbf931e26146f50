"""Whose an action is: the rows of a list and its facet tell the same, and lead to the page of whom they mean."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from minutes_nlp.browse.data.actions import ACTIONS, action_rows
from minutes_nlp.query.owners import OwnerBook
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.identity import fold

AFFICHE = "Noor maakt de affiche tegen 15 april."
TENT = "José vraagt in mei een offerte voor de tent."


def owners(db: sqlite3.Connection, quote: str) -> list[tuple[str, str | None]]:
    """The owners of an action in its row, after a look whether the facet has them too."""
    identifier = db.execute("SELECT id FROM actions_view WHERE action = ?", (quote,)).fetchone()[0]
    found: list[tuple[str, str | None]] = action_rows(db, [identifier])[0]["owners"]
    listing = ACTIONS.make(db)
    place = listing.ids.index(identifier)
    in_facet = {count.value for count in listing.facets["owner"].counts(listing.at([place]))}  # type: ignore[arg-type]
    assert in_facet == {name for name, _ in found}
    return found


def say(db: sqlite3.Connection, quote: str, *names: str) -> None:
    """A correction names the owners of an action."""
    sql = """UPDATE ledger_actions SET owners = ?, owners_action_id = NULL
        WHERE id = (SELECT id FROM actions_view WHERE action = ?)"""
    db.execute(sql, (json.dumps(names), quote))


def person(db: sqlite3.Connection, identifier: str, name: str) -> str:
    db.execute("INSERT INTO people VALUES (?, ?, ?, 'minutes')", (identifier, name, fold(name)))
    db.execute("INSERT INTO person_names VALUES (?, ?, ?, 'minutes')", (identifier, name, fold(name)))
    return f"/people/{identifier}"


@pytest.fixture
def db(database: Path) -> sqlite3.Connection:
    return open_database(database, mode="write")


def test_who_is_named_in_the_passage_is_led_to_if_the_name_is_of_one_alone(db: sqlite3.Connection) -> None:
    with closing(db):
        noor = db.execute("SELECT id FROM people WHERE name = 'Noor Verbiest'").fetchone()[0]
        assert owners(db, AFFICHE) == [("Noor Verbiest", f"/people/{noor}")]
        assert owners(db, TENT) == [("José", None)]


def test_who_attends_is_meant_where_the_passage_itself_tells_no_more(db: sqlite3.Connection) -> None:
    with closing(db):
        db.execute("UPDATE action_owners SET person_id = NULL")
        noor = db.execute("SELECT id FROM people WHERE name = 'Noor Verbiest'").fetchone()[0]
        assert owners(db, AFFICHE) == [("Noor Verbiest", f"/people/{noor}")]


def test_a_body_that_a_correction_names_is_led_to(db: sqlite3.Connection) -> None:
    with closing(db):
        say(db, TENT, "werkgroep wilgenhof", "Iemand Anders")
        body = db.execute("SELECT id FROM organisations WHERE name = 'werkgroep Wilgenhof'").fetchone()[0]
        assert owners(db, TENT) == [("werkgroep Wilgenhof", f"/organisations/{body}"), ("Iemand Anders", None)]


def test_of_several_people_with_the_name_in_a_correction_she_of_these_meetings_is_meant(
    db: sqlite3.Connection,
) -> None:
    with closing(db):
        page = person(db, "0" * 15 + "1", "Fien Maes")
        person(db, "0" * 15 + "2", "Fien Maes")
        say(db, TENT, "Fien Maes")
        assert owners(db, TENT) == [("Fien Maes", None)], "either may be meant"
        db.execute("UPDATE meetings SET series = 'wilgenhof'")
        db.execute("UPDATE ledger_actions SET series = 'wilgenhof'")
        db.execute("UPDATE attendance SET person_id = ? WHERE name = 'Fien Draulans'", (page.rpartition("/")[2],))
        assert owners(db, TENT) == [("Fien Maes", page)]


def test_a_book_of_some_actions_tells_what_that_of_all_does(db: sqlite3.Connection) -> None:
    with closing(db):
        ids = [row[0] for row in db.execute("SELECT action_id FROM action_owners")]
        whole = OwnerBook(db)
        for identifier in ids:
            assert OwnerBook(db, [identifier]).present(identifier, None, None, None) == whole.present(
                identifier, None, None, None
            )
        assert OwnerBook(db, []).present(ids[0], None, None, None) == ()
