"""Whom a name means to whom an action is given: one known person or body, several, or nobody yet."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from minutes_nlp.errors import ReviewError
from minutes_nlp.review.assignees import Assignees
from minutes_nlp.store.connect import open_database
from tests.invented_minutes import minutes, put

MARCH = minutes(
    "kring/maart.txt",
    "2024-03-04",
    "+ Noor Verbiest\n+ Jan Van Belle\n+ José Ampère\n! Het dak nakijken @Noor\n! De vlag ophangen @dienst Groen",
)
JUNE = minutes("kring/juni.txt", "2024-06-03", "+ Jan Draulans\n+ Jonas Pirlot\n! De zaal boeken @Jonas")
COUNCIL = minutes(
    "raad/maart.txt",
    "2024-03-05",
    "+ Noor Verbiest\n+ Wout Lambrix\n! Een brief schrijven @Wout",
    body="raad van Oostrode",
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_database(tmp_path / "minutes.db", mode="write")) as connection:
        put(connection, MARCH, JUNE, COUNCIL)
        yield connection


@pytest.fixture
def of_march(db: sqlite3.Connection) -> Assignees:
    return Assignees(db, meeting(db, "kring/maart.txt"))


def meeting(db: sqlite3.Connection, path: str) -> str:
    sql = "SELECT m.id FROM meetings m JOIN documents d ON d.id = m.document_id WHERE d.path = ?"
    return str(db.execute(sql, (path,)).fetchone()[0])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("noor", "Noor Verbiest"),
        ("Verbiest, Noor", "Noor Verbiest"),
        ("mevr. Verbiest", "Noor Verbiest"),
        ("N. Verbiest", "Noor Verbiest"),
        ("@Noor", "Noor Verbiest"),
        ("Noor Verbeist", None),  # two letters
        ("Jan", "Jan Van Belle"),  # the one of this meeting, not the Jan of the next
        ("Van Belle", "Jan Van Belle"),
        ("jose ampere", "José Ampère"),
        ("Jonas", "Jonas Pirlot"),  # of another meeting of the series
        ("Wout Lambrix", "Wout Lambrix"),  # of another body, by the whole name
        ("Wout", None),  # of another body: too little to go by
        ("dienst Groen", "dienst Groen"),  # somebody whom the minutes give actions to
        ("POD MI", "POD MI"),  # a body of the register
        ("Mira Coppieters", None),
    ],
)
def test_a_name_means_the_only_one_who_fits_the_nearest_first(
    of_march: Assignees, typed: str, meant: str | None
) -> None:
    assert [one.name for one in of_march.named(typed)] == ([meant] if meant else [])


def test_several_are_told_with_where_they_were(db: sqlite3.Connection) -> None:
    both = minutes("kring/mei.txt", "2024-05-06", "+ Fien Peeters\n+ Fien Claes\n! De sleutels tellen @Fien")
    put(db, MARCH, JUNE, COUNCIL, both)
    with pytest.raises(ReviewError) as raised:
        Assignees(db, meeting(db, "kring/mei.txt")).only("Fien", new=True)
    assert raised.value.code == "review.assignee-several"
    assert str(raised.value.values["candidates"]).split("; ")[0].endswith("Fien Claes (werkgroep Wilgenhof)")


def test_nobody_is_taken_over_only_if_asked_for(of_march: Assignees) -> None:
    with pytest.raises(ReviewError) as raised:
        of_march.only("Mira Coppieters")
    assert raised.value.code == "review.assignee-unknown"
    assert of_march.only("Mira Coppieters", new=True).name == "Mira Coppieters"
    with pytest.raises(ReviewError):
        of_march.only("…", new=True)


@pytest.mark.parametrize("typed", ["Wout Lambricks", "Wout", "Wuot"])
def test_names_that_look_alike_are_suggested(of_march: Assignees, typed: str) -> None:
    with pytest.raises(ReviewError) as raised:
        of_march.only(typed)
    assert (raised.value.code, raised.value.values["near"]) == ("review.assignee-unknown-near", "Wout Lambrix")


def test_an_id_means_its_person_unless_her_name_means_another_here(db: sqlite3.Connection, of_march: Assignees) -> None:
    sql = "SELECT DISTINCT person_id FROM attendance WHERE meeting_id = ? AND name = 'Noor Verbiest'"
    ours, theirs = (
        db.execute(sql, (meeting(db, path),)).fetchone()[0] for path in ("kring/maart.txt", "raad/maart.txt")
    )
    assert of_march.only(ours[:8]).name == "Noor Verbiest"
    with pytest.raises(ReviewError) as raised:
        of_march.only(theirs)
    assert raised.value.code == "review.assignee-namesake"
