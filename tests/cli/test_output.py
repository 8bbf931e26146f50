"""Rows as tables, JSON and CSV: nothing is lost, nothing steers the terminal, everything fits."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_nlp.cli.messages import Messages
from minutes_nlp.cli.output import cell, write_rows
from minutes_nlp.cli.tables import table_lines, wrap


@dataclass(frozen=True)
class Row:
    name: str
    owners: tuple[str, ...]
    document: str | None
    overdue: bool = False


ROWS = [Row('Été, de "start"\nnu', ("An", "Bo"), "a/b.txt"), Row("[bold]x[/bold] :smile:", (), None, True)]
COLUMNS = ("name", "owners", "document")


def written(capsys: pytest.CaptureFixture[str], rows: list[Row], format_: str) -> str:
    write_rows(rows, Row, format_, COLUMNS, Messages("en"), "None there.")
    return capsys.readouterr().out


def test_json_is_an_array_of_objects_with_every_field(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(written(capsys, ROWS, "json")) == [
        {"name": 'Été, de "start"\nnu', "owners": ["An", "Bo"], "document": "a/b.txt", "overdue": False},
        {"name": "[bold]x[/bold] :smile:", "owners": [], "document": None, "overdue": True},
    ]
    assert json.loads(written(capsys, [], "json")) == []


def test_csv_has_a_header_even_without_rows_and_quotes_what_needs_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert written(capsys, [], "csv") == "name,owners,document,overdue\n"
    assert list(csv.reader(io.StringIO(written(capsys, ROWS, "csv")))) == [
        ["name", "owners", "document", "overdue"],
        ['Été, de "start"\nnu', "An; Bo", "a/b.txt", "false"],
        ["[bold]x[/bold] :smile:", "", "", "true"],
    ]


def test_json_escapes_what_is_no_unicode(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(written(capsys, [Row("a\udc80", (), None)], "json"))[0]["name"] == "a\udc80"


def test_a_table_shows_text_as_it_is(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    shown = written(capsys, ROWS, "table")
    assert 'Été, de "start" nu' in shown
    assert "[bold]x[/bold] :smile:" in shown
    assert "An, Bo" in shown


def test_an_empty_table_says_so_beside_the_output(capsys: pytest.CaptureFixture[str]) -> None:
    write_rows([], Row, "table", COLUMNS, Messages("en"), "None there.")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "None there.\n")


@pytest.mark.parametrize("width", [12, 20, 30, 40, 60, 80, 200])
def test_a_table_fits_its_width_and_loses_nothing(width: int) -> None:
    words = ["vergadering", "Verantwoordelijke", "een tekst van enkele woorden", "2026-03-10", "x" * 70]
    headings = ["Vergadering", "Wie", "Wat", "Tegen", "Bestand"]
    columns = [list(pair) for pair in zip(words, words[::-1], strict=True)]
    lines = list(table_lines(headings, columns, width))
    assert max(map(len, lines)) <= width
    shown = "".join("".join(lines).split())
    assert shown.count("x") == 140
    for word in ("2026-03-10", "enkele") if width >= 20 else ():
        assert sum(line.count(word) for line in lines) == 2, "a word is not cut apart"


def test_a_table_as_wide_as_its_cells() -> None:
    assert list(table_lines(["Wie", "Wat"], [["An", "Bo"], ["belt", ""]], 40)) == [
        "Wie  Wat",
        "───  ────",
        "An   belt",
        "Bo",
    ]


def test_a_wide_column_wraps_and_narrow_ones_stay() -> None:
    assert list(table_lines(["Wie", "Wat"], [["An"], ["belt de zaal morgen op"]], 17)) == [
        "Wie  Wat",
        "───  ────────────",
        "An   belt de zaal",
        "     morgen op",
    ]


def test_on_a_narrow_terminal_a_table_that_would_cut_words_apart_becomes_blocks() -> None:
    name = "een-heel-lange-naam-van-een-verslag.docx"
    told = ["Dat bestand is beschadigd of niet volledig, dus het kan niet gelezen worden."]
    lines = list(table_lines(["Bestand", "Probleem", "Raad"], [[name], told, told], 40))
    assert lines[:2] == ["Bestand:", "  een-heel-lange-naam-van-een-verslag.do"]
    assert lines[3:6] == [
        "Probleem: Dat bestand is beschadigd of",
        "  niet volledig, dus het kan niet",
        "  gelezen worden.",
    ]
    many = [[name], *[["ja"]] * 4]
    assert next(table_lines(list("abcde"), many, 40)).split() == list("abcde"), "blocks would take many more lines"
    assert next(table_lines(["Bestand", "Probleem", "Raad"], [[name], told, told], 60)).split()[1] == "Probleem"


def test_a_table_that_cannot_fit_becomes_blocks() -> None:
    columns = [["2026-03-10", "2026-04-14"], ["Verantwoordelijke", ""]]
    assert list(table_lines(["Dag", "Wie"], columns, 18)) == [
        "Dag: 2026-03-10",
        "Wie:",
        "  Verantwoordelijk",
        "  e",
        "",
        "Dag: 2026-04-14",
    ]


@given(st.text("ab ", max_size=60), st.integers(4, 30), st.integers(0, 3))
def test_wrapping_keeps_every_letter_and_the_width(text: str, width: int, indent: int) -> None:
    joined = " ".join(text.split())
    lines = wrap(joined, width, indent)
    assert all(len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == joined.replace(" ", "")


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert cell("a\x1b[31mb\x07\x9b", "name", Messages("en")) == "a\ufffd[31mb\ufffd\ufffd"


def test_words_of_the_program_are_translated_and_other_values_are_not() -> None:
    say = Messages("fr")
    assert cell("open", "status", say) == "ouvert"
    assert cell("open", "name", say) == "open"
    assert cell("no.such.key", "status", say) == "no.such.key"
    assert cell(True, "overdue", say) == "oui"


def test_the_room_goes_to_the_column_whose_cells_are_long_and_short_ones_stay_whole() -> None:
    status = ["te laat"] * 3
    who = ["Noor Peeters", "Bram Claes", "iedereen die op de vorige vergadering was"]
    action = ["Vraagt aan drie firma's een offerte voor het herstel van het dak van de zaal."] * 3
    lines = list(table_lines(["Status", "Wie", "Actie"], [status, who, action], 70))
    _, second, third = (len(column) for column in lines[1].split())
    assert lines[2].startswith("te laat  ")
    assert second < third
    assert sum(map(len, lines[1].split())) + 4 == 70
