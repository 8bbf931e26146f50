"""Files: lists as CSV, data as JSON, the documents themselves, and what OCR read of them."""

import csv
import datetime
import io
import re
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from addresses import FILES, LISTS, addresses
from asking import Get, getter, identifier, visible

from minutes_nlp.browse.pages.files import Original, find_original
from minutes_nlp.browse.words import Words
from minutes_nlp.resources import themes
from minutes_nlp.store.connect import open_database

TODAY = datetime.date(2024, 5, 2)
AFFICHE = "Noor maakt de affiche tegen 15 april."
TENT = "José vraagt in mei een offerte voor de tent."


@pytest.fixture(scope="module")
def get(unchanged: Path) -> Get:
    return getter(unchanged, language="nl", today=lambda: TODAY)


def test_the_original_file_can_be_had_from_its_folder_only(database: Path, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    (raw / "wilgenhof").mkdir(parents=True)
    (raw / "wilgenhof" / "2024-03-04.txt").write_text("the file", encoding="utf-8")
    (raw / "wilgenhof" / "2024-10-07.txt").symlink_to(database)
    meetings = [
        identifier(database, f"SELECT id FROM meetings WHERE date = '{day}'") for day in ("2024-03-04", "2024-10-07")
    ]
    get = getter(database, originals=raw)
    answer = get(f"/meetings/{meetings[0]}/original")
    assert answer.text == "the file"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert "/original" in get(f"/meetings/{meetings[0]}").text
    assert get(f"/meetings/{meetings[1]}/original").status_code == 404
    assert "/original" not in get(f"/meetings/{meetings[1]}").text
    assert getter(database)(f"/meetings/{meetings[0]}/original").status_code == 404


def test_a_document_in_an_archive_is_had_with_what_it_lies_in(database: Path, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "2024.zip").write_text("the archive", encoding="utf-8")
    with closing(open_database(database, mode="write")) as db:
        db.execute("UPDATE documents SET path = '2024.zip/maart/verslag.docx' WHERE path LIKE '%03-04%'")
    meeting = identifier(database, "SELECT id FROM meetings WHERE date = '2024-03-04'")
    get = getter(database, originals=raw)
    answer = get(f"/meetings/{meeting}/original")
    assert answer.text == "the archive"
    assert answer.headers["content-disposition"].endswith("2024.zip")
    assert Words("en")("meeting.download_holder", name="2024.zip") in visible(get(f"/meetings/{meeting}"))
    part = find_original(raw, "2024.zip/maart/verslag.docx", lambda holder, _file: holder != "2024.zip")
    assert part == Original(raw.resolve() / "2024.zip", "", "maart/verslag.docx")
    assert find_original(raw, "2024.zip", lambda _holder, _file: False) == Original(raw.resolve() / "2024.zip", "")


def test_a_mail_is_said_to_be_one(database: Path, tmp_path: Path) -> None:
    (tmp_path / "raw" / "wilgenhof").mkdir(parents=True)
    (tmp_path / "raw" / "wilgenhof" / "2024-03-04.txt").write_text("a mail", encoding="utf-8")
    with closing(open_database(database, mode="write")) as db:
        db.execute("UPDATE documents SET media_type = 'message/rfc822' WHERE path LIKE '%03-04%'")
    meeting = identifier(database, "SELECT id FROM meetings WHERE date = '2024-03-04'")
    page = visible(getter(database, originals=tmp_path / "raw")(f"/meetings/{meeting}"))
    assert Words("en")("meeting.download_mail") in page


@pytest.mark.parametrize(
    ("pages", "confidence", "unread", "told"),
    [
        ("[1, 2, 3, 7]", 0.93, "[]", ["by OCR, pages 1–3, 7 · sure (93\xa0%)"]),
        ("[1]", 0.61, "[2]", ["by OCR, pages 1 · fairly sure (61\xa0%)", "may have mistakes", "Not read", "pages 2"]),
        ("[]", None, "[4]", ["Not read, being pictures without text: pages 4."]),
    ],
)
def test_what_ocr_read_and_how_surely_is_told(
    database: Path, pages: str, confidence: float | None, unread: str, told: list[str]
) -> None:
    meeting = identifier(database, "SELECT id FROM meetings WHERE date = '2024-03-04'")
    assert "OCR" not in visible(getter(database)(f"/meetings/{meeting}"))
    with closing(open_database(database, mode="write")) as db:
        db.execute("UPDATE documents SET ocr_pages = ?, ocr_confidence = ?, ocr_unread = ? WHERE path LIKE '%03-04%'",
                   (pages, confidence, unread))  # fmt: skip
    page = " ".join(visible(getter(database)(f"/meetings/{meeting}")).split())
    assert [text for text in told if " ".join(text.split()) not in page] == []
    assert ("may have mistakes" in page) is (confidence == 0.61)


@pytest.mark.parametrize("path", ["../secret.txt", "wilgenhof/../../secret.txt", "/etc/hostname", "a\x01b", "x" * 5000])
def test_a_path_that_leads_out_of_the_folder_is_no_file(database: Path, tmp_path: Path, path: str) -> None:
    (tmp_path / "raw" / "wilgenhof").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    with closing(open_database(database, mode="write")) as db:
        db.execute("UPDATE documents SET path = ? WHERE path LIKE '%03-04%'", (path,))
    meeting = identifier(database, "SELECT id FROM meetings WHERE date = '2024-03-04'")
    assert getter(database, originals=tmp_path / "raw")(f"/meetings/{meeting}/original").status_code == 404


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_list_is_a_file_with_headings_in_the_readers_language(get: Get, language: str) -> None:
    for address in FILES:
        answer = get(address, {"accept-language": language})
        assert answer.status_code == 200, address
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert answer.headers["content-disposition"].startswith("attachment")
        rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        assert len(rows) > 1 or address == "/checks.csv", address
        assert len({len(row) for row in rows}) == 1, address
    assert f"{Words(language)('columns.action')}," in get("/actions.csv", {"accept-language": language}).text


def table(answer: Any) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_no_two_columns_of_a_file_have_one_name(get: Get, language: str) -> None:
    for address in FILES:
        heading = get(address, {"accept-language": language}).text.removeprefix("\ufeff").splitlines()[0].split(",")
        assert len(heading) == len(set(heading)), address


@pytest.mark.parametrize(
    ("language", "status", "done", "of_language", "french"),
    [("nl", "status", "gedaan", "taal", "Frans"), ("fr", "statut", "faite", "langue", "français")],
)
def test_codes_of_a_file_are_words_with_the_codes_in_columns_of_their_own(
    get: Get, language: str, status: str, done: str, of_language: str, french: str
) -> None:
    rows = table(get("/actions.csv?status=all", {"accept-language": language}))
    assert (done, "done") in {(row[status], row[f"{status} (code)"]) for row in rows}
    assert (french, "fr") in {(row[of_language], row[f"{of_language} (code)"]) for row in rows}
    labels = {theme["id"]: theme[language] for theme in themes()}
    theme, several = Words(language)("columns.theme"), Words(language)("columns.themes")
    for address, column in (("/themes.csv", theme), ("/charts/themes.csv", theme), ("/decisions.csv", several)):
        rows = table(get(address, {"accept-language": language}))
        codes = [row[f"{column} (code)"] for row in rows]
        assert any(codes), address
        assert [row[column] for row in rows] == [
            "; ".join(labels[code] for code in several.split("; ") if code) for several in codes
        ], address


@pytest.mark.parametrize("formula", ["=1+2", "\uff1d1+2", "'=1+2"])
def test_a_file_has_every_chosen_row_and_no_formula(database: Path, formula: str) -> None:
    with closing(open_database(database, mode="write")) as db:
        db.execute("UPDATE meetings SET title = ? WHERE date = '2024-03-04'", (formula,))
    rows = list(
        csv.DictReader(
            io.StringIO(getter(database)("/actions.csv?status=all&theme=events").text.removeprefix("\ufeff"))
        )
    )
    assert [row["action"] for row in rows] == [AFFICHE, TENT, "De zaal werd gereserveerd door Noor."]
    assert {row["meeting"] for row in rows} == {f"'{formula}"}


def test_every_page_says_where_its_data_are_and_they_are_there(unchanged: Path, get: Get) -> None:
    pages = addresses(unchanged)
    for name in set(pages) - {"missing"}:
        found = re.findall(r'<a href="([^"]+)">(JSON|CSV)</a>', get(pages[name]).text)
        assert found, name
        for address, kind in found:
            answer = get(unescape(address))
            assert answer.status_code == 200, address
            assert kind == "CSV" or answer.json() is not None
    assert all(f"/{name}.csv" in get(f"/{name}").text for name in LISTS)


def test_the_data_of_the_api_are_those_of_the_list(get: Get) -> None:
    page = get("/actions?status=overdue").text
    address = next(found for found in re.findall(r'<a href="([^"]+)">JSON</a>', page))
    rows = get(unescape(address)).json()["rows"]
    assert [row["action"] for row in rows] == [AFFICHE]


@pytest.mark.parametrize(
    "address",
    [
        "/actions?status=all&body=groupe+Wilgenhof&year=2024&language=fr",
        "/actions?status=open&owner=Noor+Verbiest&theme=events",
        "/actions?status=soon",
        "/actions?status=undated",
        "/meetings?body=werkgroep+Wilgenhof&language=nl",
        "/decisions?body=groupe+Wilgenhof&theme=finance",
    ],
)
def test_the_api_has_every_filter_of_the_lists(get: Get, address: str) -> None:
    page = get(address).text
    (api,) = re.findall(r'<a href="([^"]+)">JSON</a>', page)
    (table,) = re.findall(r'<a href="([^"]+)">CSV</a>', page)
    rows = get(unescape(api)).json()["rows"]
    listed = csv.DictReader(io.StringIO(get(unescape(table)).text.removeprefix("\ufeff")))
    assert rows
    assert sorted(row["id"] for row in rows) == sorted(row["id"] for row in listed)
