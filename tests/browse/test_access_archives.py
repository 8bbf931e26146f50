"""Who may have an archive with minutes in it, and what of it: where one of the files in it is not to be seen."""

from __future__ import annotations

import io
import zipfile
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
from access_site import NAMES, Served, confidential, make_book, make_secret_database, restrict
from invented_records import SPRING

from minutes_nlp.browse.words import words
from minutes_nlp.store.connect import open_database


@pytest.mark.parametrize(
    "hidden",
    [
        "nothing",
        "a confidential meeting",
        "a file that could not be read",
        "a file that no ingest takes",
        "a file that came since",
        "other minutes under the same name",
    ],
)
def test_an_archive_is_had_by_those_who_may_see_all_of_it_others_have_their_file_of_it(
    tmp_path: Path, hidden: str
) -> None:
    database = make_secret_database(tmp_path)
    make_book(database)
    (tmp_path / "raw").mkdir()
    archive = tmp_path / "raw" / "2024.zip"
    held = {"lente.txt": SPRING, "in.zip": zipped({"mei.txt": confidential().text})}
    held |= {
        "a file that could not be read": {"kapot.pdf": "%PDF"},
        "a file that no ingest takes": {"__MACOSX/._mei.txt": "geheim"},
        "a file that came since": {"juni.txt": "geheim"},
        "other minutes under the same name": {"in.zip": zipped({"mei.txt": "geheim"})},
    }.get(hidden, {})
    archive.write_bytes(zipped(held))
    with closing(open_database(database, mode="write")) as db:
        db.execute("UPDATE documents SET path = '2024.zip/lente.txt' WHERE path LIKE '%03-04%'")
        db.execute("UPDATE documents SET path = '2024.zip/in.zip/mei.txt' WHERE path LIKE 'vertrouwelijk%'")
        meeting = db.execute("SELECT id FROM meetings WHERE date = '2024-03-04'").fetchone()[0]
    if hidden == "a confidential meeting":
        restrict(database)
    (tmp_path / "copy").mkdir()
    served = Served(database, tmp_path / "copy", originals=tmp_path / "raw")
    for role in NAMES:
        browser, may = served.browser(role), role == "admin" or hidden == "nothing"
        answer = browser.get(f"/meetings/{meeting}/original")
        assert answer.content == (archive.read_bytes() if may else SPRING.encode()), role
        assert answer.headers["content-disposition"].endswith("2024.zip" if may else "lente.txt")
        told = words("nl")("meeting.download_holder", name="2024.zip")
        assert (told in unescape(browser.get(f"/meetings/{meeting}").text)) is may, role
    served.close()


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A ZIP archive of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize("left", ["no archive", "not there", "another folder"])
def test_a_file_that_cannot_be_had_from_its_archive_is_no_page(tmp_path: Path, left: str) -> None:
    database = make_secret_database(tmp_path)
    make_book(database)
    (tmp_path / "raw").mkdir()
    held = {"no archive": b"the archive", "not there": zipped({}), "another folder": zipped({"a/lente.txt": "x"})}
    (tmp_path / "raw" / "2024.zip").write_bytes(held[left])
    with closing(open_database(database, mode="write")) as db:
        db.execute("UPDATE documents SET path = '2024.zip/lente.txt' WHERE path LIKE '%03-04%'")
        meeting = db.execute("SELECT id FROM meetings WHERE date = '2024-03-04'").fetchone()[0]
    (tmp_path / "copy").mkdir()
    served = Served(database, tmp_path / "copy", originals=tmp_path / "raw")
    assert served.browser("reader").get(f"/meetings/{meeting}/original").status_code == 404
    assert served.browser("admin").get(f"/meetings/{meeting}/original").content == held[left]
    served.close()
