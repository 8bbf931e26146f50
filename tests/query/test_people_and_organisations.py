"""The pages of a person and of a body, and how they are named."""

import datetime
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from invented_records import NOON, attendee, autumn, facts, spring

from minutes_nlp.errors import QueryError
from minutes_nlp.ledger.people import refresh_people
from minutes_nlp.query.actions import find_actions
from minutes_nlp.query.filters import ActionFilter
from minutes_nlp.query.organisations import find_organisation, list_organisations, show_organisation
from minutes_nlp.query.people import list_people, list_unsure, show_person
from minutes_nlp.records import Meeting, MeetingRecord
from minutes_nlp.resolution.directory import Directory, DirectoryAffiliation, DirectoryPerson
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import save_record

DIRECTORY = Directory(
    (
        DirectoryPerson("Noor Verbiest", ("NV",), (DirectoryAffiliation("POD MI", None, datetime.date(2023, 1, 31)),)),
        DirectoryPerson("Wannes Ketels"),
    )
)
LATE = datetime.date(2024, 6, 1)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "minutes.db"
    with closing(open_database(path, mode="write")) as writing:
        for record in (spring(), autumn()):
            save_record(writing, record, ingested_at=NOON)
        refresh_people(writing, DIRECTORY, ())
    with closing(open_database(path)) as connection:
        yield connection


def test_a_persons_page_has_meetings_bodies_actions_and_themes(db: sqlite3.Connection) -> None:
    noor = show_person(db, "noor verbiest", today=LATE)
    assert (noor.person.meetings, noor.person.present, noor.source) == (2, 2, "directory")
    assert noor.names == ("Noor Verbiest", "NV")
    assert [(row.date, row.role, row.organisation) for row in noor.meetings] == [
        ("2024-10-07", None, None),
        ("2024-03-04", "chair", "Stad Lindebeke"),
    ]
    assert [(row.organisation, row.first_day, row.last_day, row.meetings, row.source) for row in noor.affiliations] == [
        ("Stad Lindebeke", "2024-03-04", "2024-03-04", 1, "minutes"),
        ("POD MI", None, "2023-01-31", 0, "directory"),
    ]
    assert [(row.action[:4], row.status, row.overdue) for row in noor.actions] == [
        ("Noor", "open", True),
        ("De z", "done", False),
    ]
    assert [(count.theme, count.meetings) for count in noor.themes] == [
        ("communication", 1),
        ("events", 1),
        ("finance", 1),
    ]


def test_who_was_excused_has_no_themes_of_that_meeting(db: sqlite3.Connection) -> None:
    fien = show_person(db, "Fien Draulans")
    assert (fien.person.excused, fien.themes) == (1, ())


def test_a_person_of_the_directory_only_has_an_empty_page(db: sqlite3.Connection) -> None:
    wannes = show_person(db, "ketels")
    assert (wannes.person.name, wannes.person.meetings, wannes.meetings, wannes.actions) == ("Wannes Ketels", 0, (), ())
    assert "Wannes Ketels" not in [row.name for row in list_people(db)]


@pytest.mark.parametrize("reference", ["Noor Verbiest", "nv", "verbiest", "VERBIEST noor"])
def test_a_person_is_named_by_any_name_or_by_words_that_fit_nobody_else(db: sqlite3.Connection, reference: str) -> None:
    assert show_person(db, reference).person.name == "Noor Verbiest"
    assert show_person(db, show_person(db, reference).person.id[:8]).person.name == "Noor Verbiest"


@pytest.mark.parametrize(
    ("reference", "code"),
    [("Nobody", "query.no_person"), ("…", "query.no_person"), ("e", "query.several_called")],
)
def test_nobody_and_several_are_said(db: sqlite3.Connection, reference: str, code: str) -> None:
    with pytest.raises(QueryError) as raised:
        show_person(db, reference)
    assert raised.value.code == code


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"name": "NV"}, ["Noor Verbiest"]),
        ({"organisation": "spp is"}, ["Noor Verbiest"]),  # by the directory, in French
        ({"organisation": "tilleulmont"}, ["José Ampère"]),
        ({"organisation": "draulans"}, []),
    ],
)
def test_people_are_found_by_other_names_and_by_bodies_in_another_language(
    db: sqlite3.Connection, wanted: dict[str, str], expected: list[str]
) -> None:
    assert [row.name for row in list_people(db, **wanted)] == expected


def test_names_that_several_people_fit_are_listed_with_these(tmp_path: Path) -> None:
    text = "Aanwezig: Noor, Noor Verbiest, Noor Lambrix"
    lists = {
        "2024-01-10": ("Noor Verbiest", "Noor Lambrix"),
        "2024-02-10": ("Noor",),
    }
    with closing(open_database(tmp_path / "two.db", mode="write")) as db:
        for day, names in lists.items():
            record = MeetingRecord(
                document=facts(f"{day}.txt", text),
                text=text,
                meeting=Meeting(body="werkgroep Noord", date=day),
                attendance=tuple(attendee(text, name) for name in names),
            )
            save_record(db, record, ingested_at=NOON)
        refresh_people(db, Directory(), ())
        (row,) = list_unsure(db)
        assert (row.name, row.candidates) == ("Noor", ("Noor Lambrix", "Noor Verbiest"))
        assert list_unsure(db, name="lambrix") == []
        assert [entry.date for entry in show_person(db, "Noor Verbiest").unsure] == ["2024-02-10"]


def test_a_bodys_page_has_names_people_meetings_and_actions(db: sqlite3.Connection) -> None:
    body = show_organisation(db, "stad lindebeke", today=LATE)
    assert (body.organisation.people, body.organisation.meetings, body.organisation.held) == (1, 1, 0)
    assert [(row.person, row.first_day) for row in body.affiliations] == [("Noor Verbiest", "2024-03-04")]
    assert [row.status for row in body.actions] == ["open", "done"]
    assert body.organisation.open_actions == 1
    group = show_organisation(db, "werkgroep wilgenhof")
    assert [row.date for row in group.held] == ["2024-10-07", "2024-03-04"]  # the French minutes call it `groupe`
    assert show_organisation(db, "SPP IS").organisation.id == find_organisation(db, "POD MI").id


def test_bodies_are_listed_with_their_figures_and_found_in_any_language(db: sqlite3.Connection) -> None:
    listed = {row.name: row for row in list_organisations(db)}
    assert {"Stad Lindebeke", "Ville de Tilleulmont", "OCMW Lindebeke", "werkgroep Wilgenhof"} <= set(listed)
    assert listed["Stad Lindebeke"].last_meeting == "2024-03-04"
    assert [row.kind for row in list_organisations(db, name="intégration sociale")] == ["federal"]
    assert [row.name for row in list_organisations(db, kind="federal")] == ["POD MI"]
    assert list_organisations(db, kind="none") == []


@pytest.mark.parametrize(
    ("reference", "code"),
    [("Nergens", "query.no_organisation"), ("", "query.no_organisation"), ("lindebeke", "query.several_called")],
)
def test_no_body_and_several_are_said(db: sqlite3.Connection, reference: str, code: str) -> None:
    with pytest.raises(QueryError) as raised:
        find_organisation(db, reference)
    assert raised.value.code == code


def test_actions_are_found_by_the_id_of_their_owner_or_body(db: sqlite3.Connection) -> None:
    noor = show_person(db, "NV").person.id
    assert len(find_actions(db, ActionFilter(owner_id=noor))) == 2
    assert find_actions(db, ActionFilter(owner_id="0" * 16)) == []
    stad = find_organisation(db, "Stad Lindebeke").id
    assert len(find_actions(db, ActionFilter(body_id=stad, open=True))) == 1
