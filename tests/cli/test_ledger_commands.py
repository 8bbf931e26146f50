"""The commands that ask what became of actions, and what does not add up."""

from __future__ import annotations

import csv
import io
import json
from contextlib import closing
from pathlib import Path

import pytest

from minutes_nlp.store.connect import open_database
from tests.invented_minutes import minutes, put

TENT = "! Noor bestelt de tent voor het zomerfeest {tegen 1 mei 2023=2023-05-01} @Noor Verbiest"
MEETINGS = (
    minutes("maart.txt", "2023-03-06", f"{TENT}\n! De sleutels van de turnzaal bezorgen"),
    minutes("april.txt", "2023-04-03", "De tent voor het zomerfeest werd besteld."),
    minutes("2023-05-09.txt", "2023-05-08", "! Een offerte voor de zaal vragen {in juni 2023=2023-06} @Fien"),
)


@pytest.fixture(autouse=True)
def database(folder: Path) -> Path:
    """A database whose ledger is up to date."""
    path = folder / "structured" / "minutes.db"
    with closing(open_database(path, mode="write")) as db:
        put(db, *MEETINGS)
    return path


def listed(result) -> list[str]:
    assert result.code == 0, result.err
    return [row["action"].split()[-1] for row in json.loads(result.out)]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--open"], ["vragen in juni 2023", "bezorgen"]),
        (["--done"], ["zomerfeest tegen 1 mei 2023"]),
        (["--open", "--as-of", "2023-03-31"], ["zomerfeest tegen 1 mei 2023", "bezorgen"]),
        (["--as-of", "06/03/2023"], ["zomerfeest tegen 1 mei 2023", "bezorgen"]),
        (["--as-of", "2023-03-05"], []),
        (["--stale", "2"], ["bezorgen"]),
        (["--stale", "3"], []),
        (["--stale", "1", "--as-of", "2023-04-30"], ["bezorgen"]),
        (["--ownerless"], ["bezorgen"]),
        (["--dateless"], ["bezorgen"]),
        (["--overdue", "--as-of", "2023-07-01"], ["vragen in juni 2023"]),
        (["--overdue", "--as-of", "2023-06-30"], []),
    ],
)
def test_which_actions_a_question_lists(cli, options: list[str], expected: list[str]) -> None:
    assert listed(cli("actions", *options, "--format", "json")) == [words.split()[-1] for words in expected]


def test_a_table_of_stale_actions_says_since_when(cli) -> None:
    shown = cli("actions", "--stale", "2", "--lang", "fr").out
    assert "Dernier" in shown
    assert "2023-03-06" in shown


def action_id(cli, begins: str) -> str:
    rows = json.loads(cli("actions", "--format", "json").out)
    return next(row["id"] for row in rows if row["action"].startswith(begins))


def test_the_history_of_an_action_has_its_passages(cli) -> None:
    identifier = action_id(cli, "Noor bestelt")
    shown = json.loads(cli("action", "show", identifier[:8], "--format", "json").out)
    assert [(event["day"], event["kind"]) for event in shown["events"]] == [
        ("2023-03-06", "created"),
        ("2023-04-03", "done"),
    ]
    assert shown["events"][1]["quote"] == "De tent voor het zomerfeest werd besteld."
    page = cli("action", "show", identifier, "--lang", "nl").out
    assert "2023-04-03 · gedaan: “De tent voor het zomerfeest werd besteld.” (april.txt," in page
    assert "Afgesloten op: 2023-04-03" in page


@pytest.mark.parametrize(("reference", "code"), [("zz", "query.short_id"), ("ffffff", "query.no_row")])
def test_an_action_that_there_is_not(cli, reference: str, code: str) -> None:
    result = cli("action", "show", reference)
    assert (result.code, result.out) == (1, ""), code
    assert reference in result.err


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Het verslag is van 2023-05-08, de naam van het bestand zegt 2023-05-09."),
        ("fr", "Le procès-verbal est du 2023-05-08, le nom du fichier dit 2023-05-09."),
        ("en", "The minutes are of 2023-05-08, the name of the file says 2023-05-09."),
    ],
)
def test_issues_are_told_in_the_users_language(cli, monkeypatch: pytest.MonkeyPatch, language: str, text: str) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    assert text in cli("issues", "--lang", language).out


def test_issues_for_a_spreadsheet(cli) -> None:
    [row] = csv.DictReader(io.StringIO(cli("issues", "--format", "csv").out))
    assert (row["code"], row["document"], row["quote"]) == ("file-date-differs", "2023-05-09.txt", "2023-05-08")
    assert json.loads(row["details"]) == {"date": "2023-05-08", "file": "2023-05-09"}


@pytest.mark.parametrize(
    ("options", "count"),
    [(["--meeting", "2023-05-08"], 1), (["--meeting", "2023-03-06"], 0), (["--code", "twins-differ"], 0)],
)
def test_which_issues_are_listed(cli, options: list[str], count: int) -> None:
    result = cli("issues", *options, "--format", "json")
    assert len(json.loads(result.out)) == count


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["actions", "--stale", "0"], "0"),
        (["actions", "--as-of", "ooit"], "ooit"),
        (["issues", "--code", "everything"], "everything"),
    ],
)
def test_what_an_option_cannot_be(cli, arguments: list[str], said: str) -> None:
    result = cli(*arguments)
    assert result.code == 2
    assert said in result.err


@pytest.mark.parametrize("command", [["issues"], ["actions", "--stale", "9"]])
def test_nothing_is_said_on_standard_error(cli, command: list[str]) -> None:
    result = cli(*command, "--meeting", "2023-03-06")
    assert result.code == 0
    assert result.err


def test_an_ingest_says_what_does_not_add_up_once(cli, folder: Path) -> None:
    raw = folder / "raw"
    raw.mkdir()
    (raw / "2026-03-11.txt").write_text("Gemeenteraad\nDATE 2026-03-10\nACTION Noor belt\n", encoding="utf-8")
    assert "`minutes issues`" in cli("ingest", "--lang", "nl").out
    assert "`minutes issues`" not in cli("ingest", "--lang", "nl").out
