"""Five invented meetings over two years, in Dutch, in French and in both: what becomes of each action, and when.

The files of `scenario/` are read by the whole program, as `minutes ingest` does.
"""

from __future__ import annotations

import datetime
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from minutes_nlp.cli.work import processing
from minutes_nlp.ingest import Places, ingest
from minutes_nlp.query.actions import find_actions
from minutes_nlp.query.filters import ActionFilter
from minutes_nlp.query.history import show_action
from minutes_nlp.settings import Settings
from minutes_nlp.store.connect import open_database
from tests.test_ingest import Silent

SCENARIO = Path(__file__).with_name("scenario")
NOON = datetime.datetime(2024, 3, 1, 12, 0, tzinfo=datetime.UTC)

CONTACTS = "Mira Tolhuis bezorgt de contactgegevens"
QUOTE = "Karim Oulad vraagt een offerte"
BUDGET = "Mira Bastenaken maakt een overzicht"
POSTER = "Joris Draulans zal een affiche"
MANUAL = "De handleiding van de fietsenstalling"
HOUSING = "Sofie Wauterickx établit une liste"

HISTORIES = {
    CONTACTS: [
        ("2022-03-14", "created", "Mira Tolhuis bezorgt de contactgegevens van de huisartsen tegen 15 april 2022."),
        ("2022-09-12", "done", "De contactgegevens van de huisartsen werden bezorgd."),
        ("2023-06-19", "reopened", "De contactgegevens van de huisartsen bezorgen | Mira Tolhuis | | nog niet in orde"),
        (
            "2024-02-05",
            "postponed",
            "De contactgegevens van de huisartsen bezorgen | Mira Tolhuis | 1 maart 2024",
        ),
    ],
    QUOTE: [
        ("2022-03-14", "created", "Karim Oulad vraagt een offerte voor een nieuwe verwarmingsketel in het buurthuis"),
        ("2022-09-12", "postponed", "Karim Oulad vraagt een offerte voor een nieuwe verwarmingsketel in het buurthuis"),
        (
            "2022-09-12",
            "translated",
            "Karim Oulad demande un devis pour une nouvelle chaudière dans la maison",
        ),
        ("2023-06-19", "reassigned", "Een offerte vragen voor een nieuwe verwarmingsketel in het buurthuis | Sofie"),
        ("2023-06-19", "postponed", "Een offerte vragen voor een nieuwe verwarmingsketel in het buurthuis | Sofie"),
        ("2024-02-05", "done", "Een offerte vragen voor een nieuwe verwarmingsketel in het buurthuis~~ | ~~Sofie"),
    ],
    BUDGET: [
        ("2022-03-14", "created", "Mira Bastenaken maakt een overzicht van de uitgaven voor de speelpleinen"),
        ("2023-01-23", "done", "Point clôturé."),
    ],
    POSTER: [
        ("2022-03-14", "created", "Joris Draulans zal een affiche maken voor de buurtdag op het kerkplein."),
        ("2023-06-19", "dropped", "De affiche voor de buurtdag op het kerkplein wordt geschrapt."),
    ],
    MANUAL: [
        ("2022-03-14", "created", "De handleiding van de fietsenstalling moet nog vertaald worden."),
        ("2023-06-19", "restated", "De handleiding van de fietsenstalling vertalen | | | open"),
    ],
    HOUSING: [
        ("2023-01-23", "created", "Sofie Wauterickx établit une liste des logements vides pour le 15 mars 2023."),
        ("2024-02-05", "done", "La liste des logements vides a été établie par Sofie Wauterickx."),
    ],
}

AS_OF = {
    "2022-03-13": {},
    "2022-04-01": {CONTACTS: "open", QUOTE: "open", BUDGET: "open", POSTER: "open", MANUAL: "open"},
    "2022-12-31": {CONTACTS: "done", QUOTE: "open", BUDGET: "open", POSTER: "open", MANUAL: "open"},
    "2023-02-01": {CONTACTS: "done", QUOTE: "open", BUDGET: "done", POSTER: "open", MANUAL: "open", HOUSING: "open"},
    "2023-07-01": {CONTACTS: "open", QUOTE: "open", BUDGET: "done", POSTER: "dropped", MANUAL: "open", HOUSING: "open"},
    "2024-02-05": {CONTACTS: "open", QUOTE: "done", BUDGET: "done", POSTER: "dropped", MANUAL: "open", HOUSING: "done"},
}


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("scenario")
    shutil.copytree(SCENARIO, folder / "raw")
    places = Places(folder / "raw", folder / "structured" / "records", folder / "structured" / "minutes.db")
    ingest([], places, processing(Settings(), jobs=1), progress=Silent(), clock=lambda: NOON)
    with closing(open_database(places.database)) as connection:
        yield connection


def of(db: sqlite3.Connection, begins: str, **wanted: Any) -> Any:
    """The action that begins so."""
    [found] = [row for row in find_actions(db, ActionFilter(**wanted)) if row.action.startswith(begins)]
    return found


def asked(db: sqlite3.Connection, **wanted: Any) -> set[str]:
    """The actions that a question lists, by their beginnings."""
    rows = find_actions(db, ActionFilter(**wanted))
    return {begins for row in rows for begins in HISTORIES if row.action.startswith(begins)}


def test_the_five_meetings_are_one_series(db: sqlite3.Connection) -> None:
    series = db.execute("SELECT DISTINCT series FROM meetings").fetchall()
    assert len(series) == 1
    assert {row[0] for row in db.execute("SELECT languages FROM documents")} >= {'["nl"]', '["fr"]'}


def test_there_is_one_row_for_each_action(db: sqlite3.Connection) -> None:
    assert len(find_actions(db)) == len(HISTORIES)
    assert asked(db) == set(HISTORIES)


@pytest.mark.parametrize("begins", HISTORIES)
def test_every_change_of_an_action_has_its_passage(db: sqlite3.Connection, begins: str) -> None:
    history = show_action(db, of(db, begins).id)
    assert [(event.day, event.kind) for event in history.events] == [entry[:2] for entry in HISTORIES[begins]]
    for event, (_, _, quote) in zip(history.events, HISTORIES[begins], strict=True):
        assert event.quote is not None
        assert event.quote.startswith(quote)
        text = db.execute("SELECT text FROM documents WHERE path = ?", (event.document,)).fetchone()[0]
        assert text[event.start : event.end] == event.quote


@pytest.mark.parametrize("day", AS_OF)
def test_how_everything_stood_on_a_day(db: sqlite3.Connection, day: str) -> None:
    rows = find_actions(db, ActionFilter(as_of=datetime.date.fromisoformat(day)))
    found = {begins: row.status for row in rows for begins in HISTORIES if row.action.startswith(begins)}
    assert found == AS_OF[day]
    still_open = {begins for begins, status in AS_OF[day].items() if status == "open"}
    assert asked(db, as_of=datetime.date.fromisoformat(day), open=True) == still_open


def test_owner_and_deadline_are_those_of_the_day(db: sqlite3.Connection) -> None:
    first = of(db, QUOTE, as_of=datetime.date(2022, 6, 1))
    then = of(db, QUOTE, as_of=datetime.date(2023, 1, 1))
    now = of(db, QUOTE)
    assert (first.owners, first.due) == (("Karim Oulad",), "2022-06-30")
    assert (then.owners, then.due) == (("Karim Oulad",), "2022-10-31")
    assert (now.owners, now.due, now.opened_on, now.closed_on) == (
        ("Sofie Wauterickx",),
        "2023-09-30",
        "2022-03-14",
        "2024-02-05",
    )


def test_what_is_late_depends_on_the_day(db: sqlite3.Connection) -> None:
    day = datetime.date(2022, 12, 1)
    assert asked(db, as_of=day, today=day, overdue=True) == {QUOTE, BUDGET}
    assert asked(db, today=datetime.date(2024, 3, 2), overdue=True) == {CONTACTS}
    assert asked(db, today=datetime.date(2024, 3, 1), overdue=True) == set()


def test_what_nobody_spoke_of_any_more(db: sqlite3.Connection) -> None:
    assert asked(db, stale=1) == {MANUAL}
    assert asked(db, stale=2) == set()
    assert asked(db, stale=2, as_of=datetime.date(2023, 2, 1)) == {POSTER, MANUAL}


def test_what_has_no_owner_or_no_deadline(db: sqlite3.Connection) -> None:
    assert asked(db, ownerless=True) == {MANUAL}
    assert asked(db, dateless=True) == {MANUAL}
    assert asked(db, dateless=True, as_of=datetime.date(2022, 4, 1)) == {POSTER, MANUAL}


def test_an_action_is_found_under_whoever_has_it_now(db: sqlite3.Connection) -> None:
    assert asked(db, owner="sofie") == {QUOTE, HOUSING}
    assert asked(db, owner="karim") == set()
    assert asked(db, owner="karim", as_of=datetime.date(2022, 4, 1)) == {QUOTE}


def test_a_french_meeting_closes_a_dutch_action(db: sqlite3.Connection) -> None:
    action = of(db, BUDGET)
    closing_event = show_action(db, action.id).events[-1]
    assert (action.language, action.status) == ("nl", "done")
    assert (closing_event.document, closing_event.quote) == ("wilgenhof/2023-01-23-compte-rendu.txt", "Point clôturé.")


def test_the_same_action_in_two_languages_is_one_with_two_passages(db: sqlite3.Connection) -> None:
    [(first, second)] = db.execute("SELECT first_id, second_id FROM pairs WHERE kind = 'action'").fetchall()
    assert show_action(db, first) == show_action(db, second)


def test_two_people_of_one_first_name_stay_two(db: sqlite3.Connection) -> None:
    names = db.execute("SELECT name FROM people WHERE name LIKE 'Mira%' ORDER BY name").fetchall()
    assert names == [("Mira Bastenaken",), ("Mira Tolhuis",)]
    assert of(db, CONTACTS).owners == ("Mira Tolhuis",)
    assert of(db, BUDGET).owners == ("Mira Bastenaken",)


def test_a_person_who_changes_body_stays_one(db: sqlite3.Connection) -> None:
    sql = "SELECT organisation, first_day, last_day FROM affiliations WHERE person = 'Mira Tolhuis' ORDER BY 2"
    bodies = db.execute(sql).fetchall()
    assert bodies[0][0].endswith("Molendaal")
    assert bodies[-1] == ("Stad Oudeberg", "2023-06-19", "2024-02-05")
    assert db.execute("SELECT count(*) FROM people WHERE name = 'Mira Tolhuis'").fetchone() == (1,)


def test_nothing_is_doubtful_in_them(db: sqlite3.Connection) -> None:
    assert db.execute("SELECT code, details FROM issues").fetchall() == []
    assert db.execute("SELECT event FROM proposals").fetchall() == []
