"""People and bodies in the database: after an ingest, with a directory, after corrections, again and again."""

import datetime
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from invented_records import NOON, attendee, autumn, evidence, facts, passages, spring

from minutes_nlp.ledger.people import refresh_people
from minutes_nlp.records import ActionItem, Meeting, MeetingRecord
from minutes_nlp.records.corrections import Correction
from minutes_nlp.records.items import Owner
from minutes_nlp.resolution.directory import (
    Directory,
    DirectoryAffiliation,
    DirectoryBody,
    DirectoryPerson,
)
from minutes_nlp.resolution.organisations import BodyName
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import save_record
from tests.invented_minutes import minutes, put

WINTER = """Verslag werkgroep Wilgenhof
Aanwezig: N. Verbiest (Stad Lindebeke), Ampère, SPP IS
Noor vraagt een offerte.
De POD MI bezorgt de cijfers.
Wannes belt de zaal.
"""


def winter(path: str = "wilgenhof/2024-12-02.txt") -> MeetingRecord:
    """The same group, with short names, a body in the list, and owners that the list does not name so."""
    text = WINTER
    owners = {"Noor": "Noor vraagt een offerte.", "POD MI": "De POD MI bezorgt de cijfers.", "Wannes": "Wannes belt"}
    return MeetingRecord(
        document=facts(path, text),
        text=text,
        meeting=Meeting(title="Verslag werkgroep Wilgenhof", body="werkgroep Wilgenhof", date="2024-12-02"),
        attendance=(
            attendee(text, "N. Verbiest", organisation="Stad Lindebeke"),
            attendee(text, "Ampère"),
            attendee(text, "SPP IS"),
        ),
        actions=tuple(
            ActionItem(evidence=evidence(text, quote), owners=(Owner(name=name),)) for name, quote in owners.items()
        ),
        passages=passages(text),
    )


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_database(tmp_path / "minutes.db", mode="write")) as connection:
        for record in (spring(), autumn(), winter()):
            save_record(connection, record, ingested_at=NOON)
        yield connection


def refresh(db: sqlite3.Connection, *corrections: Correction, directory: Directory = Directory()) -> None:  # noqa: B008
    refresh_people(db, directory, corrections)
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def people(db: sqlite3.Connection) -> dict[str, str]:
    """The names of the people by id, those with the most entries."""
    return dict(db.execute("SELECT id, name FROM people"))


def attendance(db: sqlite3.Connection, path: str) -> dict[str, str | None]:
    """Who each entry of a list is: the person's name, or that of the body between brackets."""
    sql = """SELECT a.name, coalesce(p.name, '[' || o.name || ']')
        FROM attendance a JOIN meetings m ON m.id = a.meeting_id
        JOIN documents d ON d.id = m.document_id LEFT JOIN people p ON p.id = a.person_id
        LEFT JOIN organisations o ON o.id = a.organisation_id WHERE d.path = ? ORDER BY a.position"""
    return dict(db.execute(sql, (path,)))


def owners(db: sqlite3.Connection) -> dict[str, str | None]:
    sql = """SELECT w.name, coalesce(p.name, '[' || o.name || ']') FROM action_owners w
        JOIN actions a ON a.id = w.action_id JOIN meetings m ON m.id = a.meeting_id
        LEFT JOIN people p ON p.id = w.person_id LEFT JOIN organisations o ON o.id = w.organisation_id
        WHERE m.date = '2024-12-02'"""
    return dict(db.execute(sql))


def dump(db: sqlite3.Connection) -> list[object]:
    tables = ("people", "person_names", "organisations", "organisation_names", "attendance_candidates", "owner_people")
    said = [sorted(db.execute(f"SELECT * FROM {table}"), key=repr) for table in tables]
    refer = ("SELECT id, person_id, organisation_id FROM attendance", "SELECT id, organisation_id FROM meetings")
    return said + [sorted(db.execute(sql)) for sql in refer]


def said(field: str, *names: str, kind: str = "person") -> Correction:
    return Correction.make(at=NOON, who="an", kind=kind, field=field, value=list(names))  # type: ignore[arg-type]


def test_short_names_are_the_people_of_the_series_and_bodies_are_no_people(db: sqlite3.Connection) -> None:
    refresh(db)
    assert attendance(db, "wilgenhof/2024-12-02.txt") == {
        "N. Verbiest": "Noor Verbiest",
        "Ampère": "José Ampère",
        "SPP IS": "[SPP IS]",
    }
    assert attendance(db, "wilgenhof/2024-10-07.txt")["JOSE AMPERE"] == "José Ampère"
    assert sorted(people(db).values()) == ["Fien Draulans", "José Ampère", "Noor Verbiest"]


def test_owners_are_the_same_people_and_bodies_and_nobody_is_guessed(db: sqlite3.Connection) -> None:
    refresh(db)
    assert owners(db) == {"Noor": "Noor Verbiest", "POD MI": "[SPP IS]", "Wannes": None}


def test_an_owner_whom_several_fit_has_them_as_candidates(db: sqlite3.Connection) -> None:
    refresh(db)
    sql = """SELECT p.name FROM action_owners o JOIN owner_people c ON c.owner_id = o.id
        JOIN people p ON p.id = c.person_id WHERE o.name = 'José' AND o.person_id IS NULL ORDER BY p.name"""
    assert [row[0] for row in db.execute(sql)] == ["Fien Draulans", "José Ampère"]  # as the record has it


def test_a_body_has_its_names_in_every_language_and_the_meetings_of_a_group_their_body(db: sqlite3.Connection) -> None:
    refresh(db)
    sql = """SELECT n.name FROM organisation_names n JOIN organisation_names k USING (organisation_id)
        WHERE k.name = 'SPP IS'"""
    assert {"POD MI", "POD Maatschappelijke Integratie", "SPP Intégration sociale"} <= {
        row[0] for row in db.execute(sql)
    }
    held = "SELECT DISTINCT o.name FROM meetings m JOIN organisations o ON o.id = m.organisation_id"
    assert [row[0] for row in db.execute(held)] == ["werkgroep Wilgenhof"]


def test_again_changes_nothing_and_ids_are_the_same_in_whatever_order_documents_came(
    db: sqlite3.Connection, tmp_path: Path
) -> None:
    refresh(db)
    before, changes = dump(db), db.total_changes
    refresh(db)
    assert (dump(db), db.total_changes) == (before, changes)
    with closing(open_database(tmp_path / "other.db", mode="write")) as other:
        for record in (winter(), spring(), autumn()):
            save_record(other, record, ingested_at=NOON)
            refresh(other)
        assert dump(other) == before
        save_record(other, winter(), ingested_at=NOON)
        refresh(other)
        assert dump(other) == before


def test_who_is_in_no_list_any_more_is_gone(db: sqlite3.Connection) -> None:
    refresh(db)
    db.execute("DELETE FROM documents WHERE path = 'wilgenhof/2024-03-04.txt'")
    refresh(db)
    assert "Fien Draulans" not in people(db).values()


def test_the_directory_gives_aliases_affiliations_and_bodies(db: sqlite3.Connection) -> None:
    directory = Directory(
        (
            DirectoryPerson(
                "Wannes Ketels",
                ("Wannes",),
                (DirectoryAffiliation("Huis Noord", datetime.date(2024, 1, 1)),),
                ("werkgroep Wilgenhof",),
            ),
        ),
        (DirectoryBody((BodyName("Huis Noord"), BodyName("Maison Nord", "fr")), "association", "OCMW Lokeren"),),
    )
    refresh(db, directory=directory)
    assert owners(db)["Wannes"] == "Wannes Ketels"
    sql = "SELECT person, organisation, first_day, last_day, source FROM affiliations WHERE source = 'directory'"
    assert db.execute(sql).fetchall() == [("Wannes Ketels", "Huis Noord", "2024-01-01", None, "directory")]
    successor = """SELECT s.name FROM organisations o JOIN organisations s ON s.id = o.successor_id
        WHERE o.name = 'Huis Noord'"""
    assert db.execute(successor).fetchall() == [("OCMW Lokeren",)]
    refresh(db)
    assert db.execute("SELECT count(*) FROM person_affiliations").fetchone() == (0,)
    assert owners(db)["Wannes"] is None


def by_name(db: sqlite3.Connection, name: str) -> str:
    return str(db.execute("SELECT id FROM people WHERE name = ?", (name,)).fetchone()[0])


@pytest.mark.parametrize("by_id", [True, False])
def test_corrections_of_people_hold_by_id_and_by_name(db: sqlite3.Connection, by_id: bool) -> None:
    refresh(db)
    names = ("Noor Verbiest", "Fien Draulans")
    first, second = [by_name(db, name) for name in names] if by_id else names
    refresh(db, said("merge", first, second), said("rename", first, "Noor De Wilde"))
    assert attendance(db, "wilgenhof/2024-03-04.txt")["Fien Draulans"] == "Noor De Wilde"
    assert by_name(db, "Noor De Wilde") == first or not by_id
    again = "SELECT source FROM person_names WHERE name = 'Noor De Wilde'"
    assert db.execute(again).fetchall() == [("correction",)]
    save_record(db, spring(), ingested_at=NOON)
    refresh(db, said("merge", first, second), said("rename", first, "Noor De Wilde"))
    assert attendance(db, "wilgenhof/2024-03-04.txt")["Fien Draulans"] == "Noor De Wilde"
    refresh(db)
    assert attendance(db, "wilgenhof/2024-03-04.txt")["Fien Draulans"] == "Fien Draulans"


def test_a_split_and_a_merge_of_bodies(db: sqlite3.Connection) -> None:
    refresh(db)
    tilleul = db.execute("SELECT id FROM organisations WHERE name = 'Ville de Tilleulmont'").fetchone()[0]
    stad = db.execute("SELECT id FROM organisations WHERE name = 'Stad Lindebeke'").fetchone()[0]
    corrections: Sequence[Correction] = (
        said("split", "José Ampère", "Ampère"),
        said("merge", stad, tilleul, kind="organisation"),
        said("rename", stad, "Lindebeke", kind="organisation"),
    )
    refresh(db, *corrections)
    assert attendance(db, "wilgenhof/2024-12-02.txt")["Ampère"] == "Ampère"
    assert db.execute(
        "SELECT count(*) FROM organisations WHERE name LIKE '%ill%' OR name = 'Stad Lindebeke'"
    ).fetchone() == (0,)
    sql = (
        "SELECT count(*) FROM attendance a JOIN organisations o ON o.id = a.organisation_id WHERE o.name = 'Lindebeke'"
    )
    assert db.execute(sql).fetchone() == (3,)
    assert db.execute("SELECT id, source FROM organisations WHERE name = 'Lindebeke'").fetchone() == (
        stad,
        "correction",
    )


def test_whoever_chairs_is_meant_by_the_role_if_one_alone_does(db: sqlite3.Connection) -> None:
    text = "+ Noor Verbiest\n+ Fien Draulans\n! De zaal boeken @voorzitter\n! De vlag ophangen @schepen"
    record = minutes("a.txt", "2024-03-04", text)
    both = minutes("b.txt", "2024-04-08", text)
    chairs = [entry.model_copy(update={"role": "chair"}) for entry in record.attendance]
    put(
        db,
        record.model_copy(update={"attendance": (chairs[0], record.attendance[1])}),
        both.model_copy(update={"attendance": tuple(chairs)}),
    )
    sql = """SELECT d.path, o.name, p.name FROM action_owners o LEFT JOIN people p ON p.id = o.person_id
        JOIN actions a ON a.id = o.action_id JOIN meetings m ON m.id = a.meeting_id
        JOIN documents d ON d.id = m.document_id WHERE d.path IN ('a.txt', 'b.txt') ORDER BY 1, 2"""
    assert db.execute(sql).fetchall() == [
        ("a.txt", "schepen", None),
        ("a.txt", "voorzitter", "Noor Verbiest"),
        ("b.txt", "schepen", None),
        ("b.txt", "voorzitter", None),
    ]
