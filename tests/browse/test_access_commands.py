"""`minutes user`, `minutes meeting` and what `minutes browse` refuses."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from access_site import BODY, PASSWORD, make_secret_database

from minutes_nlp.browse.access.accounts import AccountBook
from minutes_nlp.browse.access.restricted import known_corrections, restricted
from minutes_nlp.cli.app import run
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.correction_log import log_path


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "structured").mkdir()
    return make_secret_database(tmp_path / "structured")


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def restricted_paths(database: Path) -> set[str]:
    db = open_database(database)
    places = restricted(db, known_corrections(db, log_path(database))).places
    db.close()
    return {place for place in places if "/" in place}


def test_an_account_is_made_listed_changed_and_removed(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, PASSWORD)
    assert run(["user", "add", "noor", "--role", "editor", "--password-stdin"]) == 0
    capsys.readouterr()
    assert run(["user", "list", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == [{"name": "noor", "role": "editor"}]
    typed(monkeypatch, "een ander lang wachtwoord")
    assert run(["user", "password", "noor", "--password-stdin"]) == 0
    book = AccountBook.of(database)
    assert book.proven("noor", PASSWORD) is None
    assert book.proven("noor", "een ander lang wachtwoord")
    assert run(["user", "remove", "noor"]) == 0
    assert book.all() == []


@pytest.mark.parametrize(("again", "code"), [(PASSWORD, 0), ("something else", 2)])
def test_a_password_is_asked_twice(database: Path, monkeypatch: pytest.MonkeyPatch, again: str, code: int) -> None:
    answers = iter([PASSWORD, again])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert run(["user", "add", "noor"]) == code
    assert len(AccountBook.of(database).all()) == (code == 0)


def test_a_password_that_is_too_short_is_asked_once(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(["kort"])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert run(["user", "add", "noor"]) == 1
    assert "at least 10 characters" in capsys.readouterr().err
    assert AccountBook.of(database).all() == []


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["user", "add", "noor"], 2, "--password-stdin"),
        (["user", "add", "noor", "--role", "boss"], 2, "reader, editor, admin"),
        (["user", "remove", "noor"], 1, "noor"),
        (["browse", "--host", "0.0.0.0", "--no-open"], 1, "minutes user add"),
        (["browse", "--write", "--no-open"], 1, "minutes user add"),
        (["meeting", "restrict", "2031-01-01"], 1, "2031-01-01"),
    ],
)
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_what_cannot_be_done_is_told(
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    arguments: list[str],
    code: int,
    told: str,
) -> None:
    typed(monkeypatch)
    assert run(["--lang", language, *arguments]) == code
    assert told in capsys.readouterr().err
    assert AccountBook.of(database).all() == []


def test_a_meeting_is_confidential_until_it_is_opened_or_the_restriction_undone(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert restricted_paths(database) == set()
    assert run(["meeting", "restrict", "2024-05-06"]) == 0
    assert BODY in capsys.readouterr().out
    assert restricted_paths(database) == {"vertrouwelijk-2024/mei.txt"}
    assert run(["meeting", "open", "2024-05-06"]) == 0
    assert restricted_paths(database) == set()
    capsys.readouterr()
    run(["log", "--format", "json"])
    opened = json.loads(capsys.readouterr().out)[0]["id"]
    assert run(["undo", opened]) == 0
    assert restricted_paths(database) == {"vertrouwelijk-2024/mei.txt"}


def test_the_other_versions_of_a_confidential_meeting_are_confidential(database: Path) -> None:
    db = open_database(database, mode="write")
    ids = dict(db.execute("SELECT path, meetings.id FROM meetings JOIN documents d ON d.id = document_id"))
    older, newer = ids["wilgenhof/2024-03-04.txt"], ids["vertrouwelijk-2024/mei.txt"]
    db.execute("UPDATE meetings SET superseded_by = ? WHERE id = ?", (newer, older))
    db.close()
    assert run(["meeting", "restrict", "2024-05-06"]) == 0
    db = open_database(database, mode="write")
    db.execute("UPDATE meetings SET superseded_by = ? WHERE id = ?", (newer, older))
    db.close()
    assert restricted_paths(database) == {"wilgenhof/2024-03-04.txt", "vertrouwelijk-2024/mei.txt"}
