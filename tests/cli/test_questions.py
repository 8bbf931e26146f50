"""The commands that ask the database, on two small meetings."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("database")


def objects(result) -> list[dict]:
    assert result.code == 0, result.err
    return json.loads(result.out)


def test_actions_lists_the_most_urgent_first_and_marks_what_is_late(cli) -> None:
    rows = objects(cli("actions", "--format", "json"))
    assert [(row["owners"], row["due"], row["overdue"]) for row in rows] == [
        (["Noor"], "2026-04-01", True),
        (["Aïcha"], "2999-05", False),
        (["Bram"], None, False),
    ]
    shown = cli("actions", "--lang", "nl").out
    assert "te laat" in shown
    assert "Tegen" in shown


@pytest.mark.parametrize(
    ("options", "owners"),
    [
        (["--open"], ["Noor", "Aïcha", "Bram"]),
        (["--done"], []),
        (["--overdue"], ["Noor"]),
        (["--owner", "aicha"], ["Aïcha"]),
        (["--due-before", "2026-04-02"], ["Noor"]),
        (["--due-before", "02/04/2026"], ["Noor"]),
        (["--due-after", "2026-04-01"], ["Aïcha"]),
        (["--meeting", "2026-03-10"], ["Noor", "Bram"]),
        (["--organisation", "nergens"], []),
    ],
)
def test_actions_are_chosen_by_every_option(cli, options: list[str], owners: list[str]) -> None:
    rows = objects(cli("actions", "--format", "json", *options))
    assert [row["owners"][0] for row in rows] == owners


def test_no_action_is_said_in_words(cli) -> None:
    nothing = cli("actions", "--done", "--lang", "fr")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "Il n'y a pas de telles actions.\n")


def test_an_unknown_meeting_or_theme_is_refused(cli) -> None:
    assert "There is no meeting '2020-01-01'" in cli("actions", "--meeting", "2020-01-01").err
    assert cli("actions", "--theme", "zeilvaart").code == 1


@pytest.mark.parametrize("command", [["actions"], ["decisions"], ["meetings"], ["people"], ["search", "budget"]])
def test_every_list_has_the_three_formats(cli, command: list[str]) -> None:
    listed = objects(cli(*command, "--format", "json"))
    rows = list(csv.DictReader(io.StringIO(cli(*command, "--format", "csv").out)))
    assert len(rows) == len(listed)
    assert cli(*command).code == 0
    if listed:
        assert list(rows[0]) == list(listed[0])


def test_decisions_and_meetings(cli) -> None:
    assert [row["decision"] for row in objects(cli("decisions", "--format", "json"))] == ["DECISION de begroting geldt"]
    assert objects(cli("decisions", "--search", "fiets", "--format", "json")) == []
    listed = objects(cli("meetings", "--since", "2026-04-01", "--format", "json"))
    assert [row["document"] for row in listed] == ["réseau.txt"]


def test_search_ignores_accents_and_cannot_be_broken_by_signs(cli) -> None:
    assert [row["document"] for row in objects(cli("search", "ete", "--format", "json"))] == ["réseau.txt"]
    for words in ('"', "AND", "a*b(", "-x", "'"):
        assert cli("search", "--format", "json", "--", words).code == 0


def test_a_search_without_any_word_is_told(cli) -> None:
    assert cli("search", "*").err == "There is no word in that: give letters or digits.\n"
    assert cli("search", "tram*").err == "No passage holds all of: tram*.\n"


def test_show_gives_everything_of_one_meeting(cli) -> None:
    page = cli("show", "maart.txt").out
    assert page.startswith("Gemeenteraad maart\n")
    for line in ("  Date: 2026-03-10", "Decisions (1)", "  - DECISION de begroting geldt", "Actions (2)"):
        assert line in page
    assert "[overdue · Noor · 2026-04-01]" in page
    detail = objects(cli("show", "maart.txt", "--format", "json"))
    assert detail["meeting"]["date"] == "2026-03-10"
    assert len(detail["actions"]) == 2


def test_everything_fits_a_narrow_terminal(cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    for command in (["actions"], ["meetings"], ["show", "maart.txt"], ["actions", "--help"]):
        shown = cli(*command).out
        too_long = [line for line in shown.splitlines() if len(line) > 40 and " " in line.strip()]
        assert [line for line in too_long if not line.startswith("  minutes ")] == []
    assert "Who: Noor" in cli("actions").out


def test_a_wide_pipe_gets_the_width_of_no_terminal(cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS")
    assert "ACTION Noor maakt het bord BY 2026-04-01" in cli("actions").out


def test_a_damaged_database_is_told(cli, database: Path) -> None:
    content = bytearray(database.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    database.write_bytes(content)
    told = cli("actions")
    assert told.code == 1
    assert "Traceback" not in told.err
    assert told.err.startswith("Error: ")
