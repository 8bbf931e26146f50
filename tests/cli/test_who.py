"""`minutes person`, `minutes organisation`, `minutes organisations`."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from invented_records import NOON, autumn, spring

from minutes_nlp.ledger.people import refresh_people
from minutes_nlp.resolution.directory import Directory
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import save_record
from tests.cli.conftest import Run


@pytest.fixture
def people(folder: Path) -> Path:
    path = folder / "structured" / "minutes.db"
    with closing(open_database(path, mode="write")) as db:
        for record in (spring(), autumn()):
            save_record(db, record, ingested_at=NOON)
        refresh_people(db, Directory(), ())
    return path


@pytest.mark.parametrize("command", [("person", "noor verbiest"), ("person", "show", "verbiest")])
def test_a_persons_page(cli: Run, people: Path, command: tuple[str, ...]) -> None:
    result = cli(*command)
    assert result.code == 0
    assert result.out.splitlines()[0] == "Noor Verbiest"
    for line in (
        "Present (2)",
        "  - 2024-03-04 · werkgroep Wilgenhof · Stad Lindebeke",
        "Stood for (1)",
        "Actions (2)",
    ):
        assert line in result.out.splitlines()


def test_a_bodys_page_in_dutch(cli: Run, people: Path) -> None:
    result = cli("organisation", "stad lindebeke", "--lang", "nl")
    assert "Wie er voor haar was (1)" in result.out
    assert "  - Noor Verbiest (2024-03-04; vergaderingen: 1)" in result.out.splitlines()


def test_a_page_as_json_and_its_meetings_as_csv(cli: Run, people: Path) -> None:
    page = json.loads(cli("person", "--format", "json", "verbiest").out)
    assert (page["person"]["present"], page["themes"][0]["meetings"]) == (2, 1)
    rows = cli("organisation", "show", "Stad Lindebeke", "--format", "csv").out.splitlines()
    assert rows[0].startswith("meeting_id,date,title,body,name,status")
    assert len(rows) == 2


def test_bodies_are_listed(cli: Run, people: Path) -> None:
    result = cli("organisations", "--name", "lindebeke")
    assert [line.split("  ")[0] for line in result.out.splitlines()[2:]] == ["OCMW Lindebeke", "Stad Lindebeke"]
    assert cli("organisations", "--kind", "none").err == "There are no such organisations.\n"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("person", "nobody"), "There is nobody called 'nobody'."),
        (("organisation", "nothing"), "There is no organisation called 'nothing'."),
        (("organisation", "lindebeke"), "“lindebeke” may mean 2:"),
        (("organisation", "merge", "Stad Lindebeke", "stad lindebeke"), "are one body already"),
        (("organisation", "rename", "Stad Lindebeke", " "), "The name is empty."),
    ],
)
def test_what_does_not_fit_is_said(cli: Run, people: Path, command: tuple[str, ...], said: str) -> None:
    result = cli(*command)
    assert result.code in (1, 2)
    assert said in result.err


def test_two_bodies_become_one_and_back(cli: Run, people: Path) -> None:
    result = cli("organisation", "merge", "Stad Lindebeke", "Ville de Tilleulmont", "--who", "an")
    assert result.code == 0, result.err
    assert "are one body" in result.out
    assert "José Ampère" in cli("organisation", "Ville de Tilleulmont").out
    number = json.loads((people.parent / "corrections.jsonl").read_text(encoding="utf-8"))["id"]
    assert cli("undo", number[:8]).code == 0
    assert cli("organisation", "Ville de Tilleulmont").out.splitlines()[0] == "Ville de Tilleulmont"
