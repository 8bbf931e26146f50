"""Who sees what: each role, each page, each table as JSON, each list as CSV, with a meeting confidential or open."""

from __future__ import annotations

import html
import sqlite3
import urllib.parse
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from access_site import BODY, NAMES, PERSON, SECRETS, WORD, Browser, Served, make_book, make_secret_database, restrict
from addresses import FILES, addresses

from minutes_nlp.browse.metadata import build_metadata
from minutes_nlp.store.connect import open_database

ROLES = (None, *NAMES)


@pytest.fixture(scope="module", params=[True, False], ids=["restricted", "open"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("matrix")
    database = make_secret_database(folder)
    make_book(database)
    restrict(database, request.param)
    (folder / "copy").mkdir()
    served = Served(database, folder / "copy", originals=_originals(folder))
    served.is_restricted = request.param  # type: ignore[attr-defined]
    yield served
    served.close()


def _originals(folder: Path) -> Path:
    file = folder / "raw" / "vertrouwelijk-2024" / "mei.txt"
    file.parent.mkdir(parents=True)
    file.write_text(WORD, encoding="utf-8")
    return folder / "raw"


@pytest.fixture(scope="module")
def browsers(served: Served) -> dict[str | None, Browser]:
    return {role: served.browser(role) for role in ROLES}


def general(database: Path) -> list[str]:
    """Addresses that name nothing of one meeting."""
    with closing(open_database(database)) as db:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
        queries = build_metadata(db, "nl", ["minutes"])["databases"]["minutes"]["queries"]
    pages = {name: path for name, path in addresses(database).items() if name != "missing"}
    keep = ("home", "actions", "board", "meetings", "decisions", "people", "organisations", "themes", "theme", "charts",
            "checks", "tables", "overdue")  # fmt: skip
    found = [pages[name] for name in keep] + ["/actions?status=all", "/decisions?q=raad", "/meetings?year=2024"]
    found += [f"/search?q={word}" for word in ("raad", "brief", "dossier", "kwets*")]
    found += FILES
    found += ["/minutes.json", "/-/actor.json"]
    for table in tables:
        found += [
            f"/minutes/{table}",
            f"/minutes/{table}.json?_shape=objects&_size=max",
            f"/minutes/{table}.csv?_size=max",
        ]
    found += ["/minutes/actions_view.json?_facet=meeting&_facet=document", "/minutes/passages.json?_search=brief"]
    found += ["/minutes/people_view.csv?_stream=1", "/minutes/evidence.json?quote__contains=brief"]
    found += [f"/minutes/{query}{suffix}" for query in queries for suffix in ("", ".json", ".csv")]
    return found


def of_the_secret(database: Path) -> list[str]:
    """Addresses of what is confidential."""
    with closing(open_database(database)) as db:

        def one(sql: str, *values: str) -> str:
            found: str = db.execute(sql, values).fetchone()[0]
            return found

        meeting = one("SELECT id FROM meetings WHERE body = ?", BODY)
        document = one("SELECT document_id FROM meetings WHERE id = ?", meeting)
        action = one("SELECT id FROM actions WHERE meeting_id = ?", meeting)
        person = one("SELECT id FROM people WHERE name = ?", PERSON)
        organisation = one("SELECT organisation_id FROM meetings WHERE id = ?", meeting)
    return [
        f"/meetings/{meeting}", f"/meetings/{meeting}/original", f"/actions/{action}", f"/people/{person}",
        f"/organisations/{organisation}", "/documents/vertrouwelijk-2024/mei.txt", f"/minutes/meetings/{meeting}",
        f"/minutes/meetings/{meeting}.json", f"/minutes/documents/{document}.json", f"/minutes/actions/{action}.json",
        f"/minutes/people/{person}.json",
    ]  # fmt: skip


def leaks(text: str) -> list[str]:
    plain = html.unescape(urllib.parse.unquote(text)).casefold()
    return [word for word in SECRETS if word.casefold() in plain]


@pytest.mark.parametrize("role", ["reader", "editor"])
def test_nothing_confidential_is_in_any_answer(role: str, served: Served, browsers: dict[str | None, Browser]) -> None:
    told = {path: browsers[role].get(path) for path in general(served.database)}
    assert {path: answer.status_code for path, answer in told.items() if answer.status_code != 200} == {}
    leaking = {path: leaks(answer.text) for path, answer in told.items() if leaks(answer.text)}
    if served.is_restricted:  # type: ignore[attr-defined]
        assert leaking == {}
    else:
        for path in ("/meetings", "/actions.csv", "/people", "/minutes/passages.json?_shape=objects&_size=max"):
            assert leaking[path], path


def test_an_admin_sees_all(served: Served, browsers: dict[str | None, Browser]) -> None:
    admin = browsers["admin"]
    for path in ("/meetings", "/actions.csv", "/people", "/minutes/passages.json?_shape=objects&_size=max"):
        assert leaks(admin.get(path).text), path
    for path in of_the_secret(served.database):
        assert admin.get(path).status_code in (200, 302), path


@pytest.mark.parametrize("role", ["reader", "editor"])
def test_what_is_confidential_is_not_there(role: str, served: Served, browsers: dict[str | None, Browser]) -> None:
    for path in of_the_secret(served.database):
        answer = browsers[role].get(path)
        if served.is_restricted:  # type: ignore[attr-defined]
            assert answer.status_code == 404, path
            said = urllib.parse.unquote(answer.text).replace(
                path, ""
            )  # the address that was asked for comes back in it
            assert leaks(said) == [], path
        else:
            assert answer.status_code in (200, 302), path


def test_without_an_account_there_is_nothing(served: Served, browsers: dict[str | None, Browser]) -> None:
    for path in (*general(served.database), *of_the_secret(served.database)):
        answer = browsers[None].get(path)
        assert answer.status_code in (302, 401), path
        assert answer.status_code == 401 or answer.headers["location"].startswith("/login"), path
        assert leaks(answer.text) == []


def test_counts_and_facets_leave_out_what_is_confidential(served: Served, browsers: dict[str | None, Browser]) -> None:
    def meetings(role: str) -> int:
        found: int = browsers[role].get("/minutes/meetings.json").json()["filtered_table_rows_count"]
        return found

    less = 1 if served.is_restricted else 0  # type: ignore[attr-defined]
    assert meetings("admin") == 3
    assert meetings("reader") == meetings("editor") == 3 - less
    search = f"/search?q={WORD}"
    assert "tuchtdossier" in browsers["admin"].get(search).text
    assert ("tuchtdossier" in browsers["reader"].get(search).text) is not served.is_restricted  # type: ignore[attr-defined]


@pytest.mark.parametrize("role", ROLES)
def test_only_an_admin_asks_in_sql(role: str | None, browsers: dict[str | None, Browser]) -> None:
    for path in ("/minutes.json?sql=select+1", "/minutes?sql=select+1", "/minutes.csv?sql=select+1"):
        status = browsers[role].get(path).status_code
        assert (status == 200) is (role == "admin"), path


def test_the_other_database_is_not_served(browsers: dict[str | None, Browser]) -> None:
    for role in ("reader", "editor"):
        for path in ("/_internal", "/_memory", "/open", "/open.json", "/minutes.db", "/-/databases.json"):
            assert browsers[role].get(path).status_code in (403, 404), path


def test_no_trace_is_left_in_the_file_that_is_served(served: Served) -> None:
    content = served.copy.target.read_bytes().lower()
    found = [word for word in SECRETS if word.casefold().encode() in content]
    assert (found == []) is served.is_restricted  # type: ignore[attr-defined]
    with closing(sqlite3.connect(served.copy.target)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
