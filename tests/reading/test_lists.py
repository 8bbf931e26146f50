"""Action lists of spreadsheets: read as printed, their columns told apart, and written as a text of their own."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading import BlockKind, read_content
from minutes_nlp.reading.lists import (
    MEDIA_TYPE,
    Guess,
    compose,
    guess_columns,
    has_only_headings,
    numbered_rows,
    parse,
    read_sheet,
)
from minutes_nlp.reading.lists.columns import heading_role, status_of
from minutes_nlp.reading.readers import Limits
from minutes_nlp.resources import section

DAY = datetime.date(2026, 3, 1)
HEAD = ["Nr", "Actie", "Wie", "Tegen", "Status"]
ROWS = [
    HEAD,
    ["1", "De affiche maken", "Noor Verbiest", "15/04/2026", "open"],
    ["2", "De tent huren", "José Ampère", "eind mei", "klaar"],
]
ROLES = ("number", "action", "owner", "due", "status")


def workbook(path: Path, *rows: list[object], sheet: str = "Acties") -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def code(path: Path, **options: object) -> str:
    with pytest.raises(ReadingError) as error:
        read_sheet(path, **options)  # type: ignore[arg-type]
    return error.value.code


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_whatever_its_delimiter_and_encoding(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(delimiter.join(row) for row in ROWS).encode(encoding))
    assert read_sheet(path) == ROWS


def test_cells_are_on_one_line_and_all_rows_are_equally_long(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Titel;;;\n;;;\nActie;Wie;;\n"Twee\nregels  hier";Noor\n\n;;;\n')
    assert read_sheet(path) == [["Titel", ""], ["Actie", "Wie"], ["Twee regels hier", "Noor"]]


def test_rows_keep_the_number_they_have_in_the_spreadsheet(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('Titel\n\n"Twee\nregels"\n\nDrie\n')
    path = workbook(tmp_path / "a.xlsx", ["Titel"], [None], ["Twee\nregels"], [None], ["Drie"])
    for file in (tmp_path / "a.csv", path):
        assert numbered_rows(file) == [(1, ["Titel"]), (3, ["Twee regels"]), (5, ["Drie"])]


@pytest.mark.parametrize(
    ("rows", "alone"),
    [
        ([HEAD], True),
        ([["Acties 2026", ""], ["Actie", "Wie"]], True),
        ([["Opdracht", "Voor"]], True),
        ([["De affiche maken", "15/04/2026"]], False),
        ([["De affiche maken", "klaar"]], False),
        ([["De affiche maken", "Noor"], ["De tent huren", "José"]], False),
        (ROWS, False),
    ],
)
def test_headings_without_rows_are_told_from_a_list(rows: list[list[str]], alone: bool) -> None:
    assert has_only_headings(rows, guess_columns(rows)) is alone


def test_an_apostrophe_that_kept_a_formula_away_is_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Actie;Wie\n'=1+1;'t Hof\n")
    assert read_sheet(path)[1] == ["=1+1", "'t Hof"]


def test_a_workbook_is_read_as_it_is_printed(tmp_path: Path) -> None:
    moment = datetime.datetime(2026, 5, 3, 14, 30)  # noqa: DTZ001 - a workbook knows no time zones
    path = workbook(tmp_path / "a.xlsx", ["Nr", "Actie", "Tegen"], [1.0, "a\nb", DAY], [2.5, None, moment])
    assert read_sheet(path) == [["Nr", "Actie", "Tegen"], ["1", "a b", "2026-03-01"], ["2.5", "", "2026-05-03 14:30"]]


def test_a_sheet_is_chosen_by_its_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["Actie"], ["x"])
    assert read_sheet(path, sheet="Acties") == [["Actie"], ["x"]]
    assert code(path, sheet="Andere") == "lists.no-sheet"


def test_what_is_no_list_is_refused_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old")
    (tmp_path / "fake.xlsx").write_bytes(b"PK\x03\x04 not really")
    (tmp_path / "empty.csv").write_text(";;;\n;;\n")
    (tmp_path / "long.csv").write_text("a;b\n" * 20_001)
    assert code(tmp_path / "old.xls") == "lists.format"
    assert code(tmp_path / "fake.xlsx") == "lists.format"
    (tmp_path / "broken.xlsx").write_bytes(b"bro\x81\x8dken")
    assert code(tmp_path / "broken.xlsx") == "reading.damaged"
    assert code(tmp_path / "empty.csv") == "lists.empty"
    assert code(tmp_path / "long.csv") == "lists.too-long"
    assert code(workbook(tmp_path / "leeg.xlsx")) == "lists.empty"
    assert code(tmp_path / "nowhere.csv") == "reading.missing"


@pytest.mark.parametrize(
    ("headings", "roles"),
    [
        (HEAD, ROLES),
        (["Quoi ?", "Qui", "Pour quand", "État d’avancement"], ("action", "owner", "due", "status")),
        (["Task", "Assigned to", "DUE DATE", "Progress"], ("action", "owner", "due", "status")),
        (["Aufgabe", "Zuständig", "Bis wann", "Stand"], ("action", "owner", "due", "status")),
        (["Omschrijving actie:", "Opmerkingen", "Verantwoordelijke(n)"], ("action", "other", "other")),
    ],
)
def test_headings_of_every_language_are_known(headings: list[str], roles: tuple[str, ...]) -> None:
    rows = [headings, ["1"] * len(headings)]
    assert guess_columns(rows) == Guess(0, roles)


def test_the_headings_may_stand_below_a_title() -> None:
    rows = [["Actielijst", "", "", "", ""], *ROWS]
    assert guess_columns(rows) == Guess(1, ROLES)


@pytest.mark.parametrize(
    ("first", "header"),
    [
        (["Klusje", "Naam", "Voor of op"], 0),
        (["De zaal vegen", "Mira", "zo snel mogelijk"], None),  # Mira comes again
        (["De zaal vegen", "Wim", ""], None),
        (["De zaal vegen voor het grote zomerfeest", "Wim", "nog af te spreken"], None),
        (["De 2 zalen vegen", "Wim", "nog af te spreken"], None),
        (["De zaal vegen", "Wim", "2026-04-01"], None),
    ],
)
def test_a_first_row_that_is_unlike_the_others_has_the_headings(first: list[str], header: int | None) -> None:
    rows = [first, ["De tent huren", "Noor", "2026-04-15"], ["Stoelen tellen", "Mira", "2026-05-01"]]
    assert guess_columns(rows) == Guess(header, ("action", "owner", "due"))
    assert guess_columns([[cell, name] for cell, name, _ in rows]).header is None, "nothing tells it"


def test_headings_that_are_nearly_known_and_stand_below_a_title() -> None:
    rows = [
        ["Opvolging", "", "", ""],
        ["Klusje", "Wie doet dit?", "Tegen ten laatste", "Status van de datum"],
        ["De tent huren", "Noor", "eind mei", "bezig"],
        ["Stoelen tellen", "Mira", "2026-05-01", "klaar"],
    ]
    assert guess_columns(rows) == Guess(1, ("action", "owner", "due", "status"))
    assert guess_columns([["Status van de datum", "Actie"], ["rood", "y"]]).roles == ("other", "action")


def test_columns_without_headings_are_told_by_what_stands_in_them() -> None:
    rows = [
        ["1", "De affiche voor het zomerfeest maken", "Noor Verbiest", "15/04/2026", "open"],
        ["2", "De tent huren bij de buren", "José Ampère, Fien Draulans", "2026-05-31", "klaar"],
        ["3", "Contacter la commune pour la salle", "OCMW Lindebeke", "", "en cours"],
    ]
    assert guess_columns(rows) == Guess(None, ("other", "action", "owner", "due", "status"))


def test_a_heading_nobody_knows_leaves_the_column_to_its_content() -> None:
    rows = [["Wat", "Blauw", "Rood"], ["De affiche maken", "2026-04-15", "12"], ["De tent huren", "2026-05-31", "13"]]
    assert guess_columns(rows) == Guess(0, ("action", "due", "other"))


def test_a_list_of_numbers_has_no_action_to_show() -> None:
    assert "action" not in guess_columns([["", ""], ["", ""]]).roles


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("afgewerkt", "done"),
        ("AFGEWERKT op 3 mei", "done"),
        ("100%", "done"),
        ("100 %", "done"),
        ("50%", "open"),
        ("Clôturée", "done"),
        ("en cours (Noor)", "open"),
        ("niet meer nodig", "dropped"),
        ("not started", "open"),
        ("x", "done"),
        ("rood", None),
        ("", None),
        ("klaarmaken", None),
    ],
)
def test_words_for_a_status_are_known_in_every_language(cell: str, status: str | None) -> None:
    assert status_of(cell) == status


def test_the_word_lists_name_the_same_things_in_each_language() -> None:
    for language in ("nl", "fr", "en", "de"):
        table = section(language, "lists")
        assert set(table["columns"]) == {"action", "owner", "due", "status", "number", "other"}
        assert set(table["status"]) == {"open", "done", "dropped"}


def test_the_headings_of_our_own_lists_are_known() -> None:
    for language in ("nl", "fr", "en"):
        columns = section(language, "export")["columns"]
        assert [heading_role(columns[name]) for name in ("action", "owners", "due", "status")] == [
            "action",
            "owner",
            "due",
            "status",
        ]
        assert {heading_role(columns[name]) for name in columns} <= {
            "action",
            "owner",
            "due",
            "status",
            "number",
            "other",
        }


def test_a_list_becomes_a_text_that_says_what_its_columns_mean() -> None:
    text = compose(ROWS, ROLES, title="Acties", date=DAY, body="Stuurgroep")
    assert text == (
        "Action list: minutes-nlp 1\nTitle: Acties\nDate: 2026-03-01\nBody: Stuurgroep\n"
        "Columns: number, action, owner, due, status\n\n"
        "Nr\tActie\tWie\tTegen\tStatus\n1\tDe affiche maken\tNoor Verbiest\t15/04/2026\topen\n"
        "2\tDe tent huren\tJosé Ampère\teind mei\tklaar\n"
    )
    document = read_content(text.encode(), name="lists/acties.tsv")
    assert (document.media_type, document.text) == (MEDIA_TYPE, text)
    rows = [block for block in document.blocks if block.kind is BlockKind.TABLE_ROW]
    assert [[cell.text(text) for cell in block.cells] for block in rows] == ROWS
    assert [block.header for block in rows] == [True, False, False]
    keys = [block for block in document.blocks if block.kind is BlockKind.KEY_VALUE]
    assert [(block.key.text(text), block.value.text(text)) for block in keys if block.key and block.value][:2] == [
        ("Title", "Acties"),
        ("Date", "2026-03-01"),
    ]


def test_a_text_that_only_looks_like_a_list_is_read_as_text() -> None:
    assert read_content(b"Action list:\n\nNoor\tbelt\n", name="a.tsv").media_type == "text/plain"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Iets anders\n",
        "Action list: minutes-nlp 1\n",
        "Action list: minutes-nlp 1\nDate: 2026-03-01\n\nx\n",
        "Action list: minutes-nlp 1\nDate: morgen\nColumns: action\n\nx\n",
        "Action list: minutes-nlp 1\nDate: 2026-03-01\nColumns: actie\n\nx\n",
        "Action list: minutes-nlp 1\nDate 2026-03-01\nColumns: action\n\nx\n",
    ],
)
def test_a_list_with_a_broken_head_is_told(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of many kinds
        parse(text)
    if text.startswith("Action list"):
        with pytest.raises(ReadingError) as error:
            read_content(text.encode(), name="a.tsv", limits=Limits())
        assert error.value.code == "lists.head"


CELL = st.text(max_size=12)
TABLE = st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=6))


@given(TABLE, st.booleans(), CELL, CELL)
@settings(deadline=None)
def test_what_was_written_is_found_again_cell_by_cell(
    rows: list[list[str]], headings: bool, title: str, body: str
) -> None:
    roles = (["action", *["other"] * 5])[: len(rows[0]) if rows else 1]
    text = compose(rows, roles, title=title, date=DAY, body=body, headings=headings)  # type: ignore[arg-type]
    found = parse(text)
    printed = [[" ".join(cell.split()) for cell in row] for row in rows]
    kept = [row for row in printed if any(row)]
    read = [*([found.headings] if found.headings else []), *found.rows]
    assert [[cell.text(text) for cell in row.cells] for row in read] == kept
    assert (found.headings is not None) == (headings and bool(kept))
    assert found.head["title"].text(text) == " ".join(title.split())
    for row in read:
        assert row.span.text(text).strip("\t ") == "\t".join(cell.text(text) for cell in row.cells).strip("\t ")
