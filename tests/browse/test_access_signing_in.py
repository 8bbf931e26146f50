"""Accounts, signing in and out, and the copy that follows the database."""

from __future__ import annotations

import datetime
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path

import httpx
import pytest
from access_site import BODY, NAMES, PASSWORD, WORD, Served, confidential, make_book, make_secret_database, restrict
from invented_records import NOON
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from minutes_nlp.browse.access.accounts import AccountBook
from minutes_nlp.browse.access.limits import (
    FIRST,
    FREE,
    LONGEST,
)
from minutes_nlp.browse.access.passwords import hash_password, is_password
from minutes_nlp.browse.access.sessions import LASTS
from minutes_nlp.browse.server import serve
from minutes_nlp.browse.words import words
from minutes_nlp.errors import BrowseError
from minutes_nlp.review.desk import Desk
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import save_record

NEW = "een ander lang wachtwoord"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    database = make_secret_database(tmp_path)
    make_book(database)
    (tmp_path / "copy").mkdir()
    served = Served(database, tmp_path / "copy")
    yield served
    served.close()


@pytest.fixture
def book(tmp_path: Path) -> AccountBook:
    return AccountBook(tmp_path / "accounts.json")


def test_a_password_is_kept_as_a_salted_hash(book: AccountBook) -> None:
    book.add("noor", PASSWORD, "editor")
    assert PASSWORD not in book.path.read_text(encoding="utf-8")
    assert book.proven("Noor", PASSWORD) == book.find("noor")
    assert book.proven("noor", PASSWORD + "x") is None
    assert book.proven("nobody", PASSWORD) is None
    assert hash_password(PASSWORD) != hash_password(PASSWORD)
    assert is_password(PASSWORD, hash_password(PASSWORD))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_owner_of_the_file_can_read_it(book: AccountBook) -> None:
    book.add("noor", PASSWORD, "editor")
    assert stat.S_IMODE(book.path.stat().st_mode) == 0o600
    book.path.chmod(0o644)
    book.change_password("noor", NEW)
    assert stat.S_IMODE(book.path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [
        ("NOOR", PASSWORD, "browse.account_exists"),
        ("<b>", PASSWORD, "browse.account_name"),
        ("", PASSWORD, "browse.account_name"),
        ("x" * 65, PASSWORD, "browse.account_name"),
        ("wim", "kort", "browse.password"),
    ],
)
def test_an_account_that_cannot_be_is_refused(book: AccountBook, name: str, password: str, code: str) -> None:
    book.add("noor", PASSWORD, "editor")
    with pytest.raises(BrowseError) as caught:
        book.add(name, password, "reader")
    assert caught.value.code == code
    assert [account.name for account in book.all()] == ["noor"]


@pytest.mark.parametrize("content", ["{", "{}", '{"secret": "x", "accounts": [{"name": "a"}]}', "[]"])
def test_a_damaged_file_lets_nobody_in(book: AccountBook, content: str) -> None:
    book.path.write_text(content, encoding="utf-8")
    with pytest.raises(BrowseError) as caught:
        book.find("noor")
    assert caught.value.code == "browse.accounts"


def test_who_signs_in_comes_to_the_page_that_was_asked_for_and_can_sign_out(served: Served) -> None:
    browser = served.browser()
    sent = browser.get("/actions?status=open").headers["location"]
    page = browser.get(sent).text
    assert 'name="to" value="/actions?status=open"' in page
    answer = browser.post("/login", page=sent, name="LIES", password=PASSWORD, to="/actions?status=open")
    assert answer.headers["location"] == "/actions?status=open"
    cookie = next(value for value in answer.headers.get_list("set-cookie") if value.startswith("minutes_session"))
    assert "httponly" in cookie.lower()
    assert "samesite=lax" in cookie.lower()
    assert NAMES["reader"] in browser.get("/").text
    assert browser.get("/logout").status_code == 302
    assert browser.get("/").status_code == 200
    browser.post("/logout", page="/")
    assert browser.get("/").headers["location"] == "/login"


@pytest.mark.parametrize("to", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example"])
def test_signing_in_leads_nowhere_else(served: Served, to: str) -> None:
    answer = served.browser().post("/login", name="lies", password=PASSWORD, to=to)
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_wrong_password_is_told_and_too_many_have_to_wait(served: Served, language: str) -> None:
    browser = served.browser()
    browser.get(f"/language/{language}")
    told = words(language, "access")
    for name in ("lies", "nobody"):
        answer = browser.post("/login", name=name, password="wrong")
        assert answer.status_code == 403
        assert told("login.wrong") in answer.text
        assert "wrong" not in answer.text.replace(told("login.wrong"), "")
    for _ in range(FREE - 1):
        browser.post("/login", name="lies", password="wrong")
    answer = browser.post("/login", name="lies", password=PASSWORD)
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "10"
    assert told.count("login.seconds", 10) in unescape(answer.text)
    served.now[0] = FIRST
    for _ in range(7):
        browser.post("/login", name="lies", password="wrong")
        served.now[0] += LONGEST
    browser.post("/login", name="lies", password="wrong")
    assert told.count("login.wait", 15) in unescape(browser.post("/login", name="lies", password=PASSWORD).text)
    served.now[0] += LONGEST
    assert browser.sign_in("reader").get("/").status_code == 200


def test_a_right_password_from_a_known_address_works_while_others_fail_in_that_name(served: Served) -> None:
    served.browser("reader", "192.0.2.1")
    for number in range(FREE + 2):
        served.browser(address="198.51.100.9").post("/login", name="lies", password=f"wrong {number}")
    assert served.browser(address="198.51.100.9").post("/login", name="lies", password=PASSWORD).status_code == 429
    assert served.browser(address="192.0.2.1").sign_in("reader").get("/").status_code == 200


def test_a_session_ends_with_the_account_with_its_password_and_with_time(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, editor, admin = (served.browser(role) for role in NAMES)
    served.book.remove("lies")
    assert reader.get("/").status_code == 302
    served.book.change_password("ed", NEW)
    assert editor.get("/").status_code == 302
    assert admin.get("/").status_code == 200
    later = datetime.datetime.now(datetime.UTC).timestamp() + LASTS
    monkeypatch.setattr("time.time", lambda: later)
    assert admin.get("/").status_code == 302


def test_a_forged_or_borrowed_cookie_is_none(served: Served) -> None:
    value = served.browser("reader").cookies["minutes_session"]
    other = served.browser()
    other.cookies.set("minutes_session", value[:-2] + "zz")
    assert other.get("/").status_code == 302
    other.cookies.set("ds_actor", value)
    assert other.get("/").status_code == 302


def test_a_form_without_the_token_or_from_elsewhere_is_refused(served: Served) -> None:
    browser = served.browser("reader")
    assert browser.ask("POST", "/logout", data={"csrftoken": "x"}).status_code == 403
    assert browser.get("/").status_code == 200
    for headers in ({"origin": "http://elsewhere.example"}, {"sec-fetch-site": "cross-site"}):
        answer = served.browser().ask("POST", "/login", data={"name": "lies", "password": PASSWORD}, headers=headers)
        assert answer.status_code == 403


def test_a_form_that_is_too_large_is_refused_before_it_is_read(served: Served) -> None:
    assert served.browser().ask("POST", "/login", data={"name": "x" * 300_000}).status_code == 413
    assert served.browser().ask("POST", "/login").status_code in (403, 411)


def test_what_an_account_saw_is_kept_in_no_cache(served: Served) -> None:
    for path in ("/", "/actions.csv", "/minutes.json", "/login"):
        assert "no-store" in served.browser("reader").get(path).headers["cache-control"]


def test_the_copy_follows_at_once_what_is_restricted_and_opened(served: Served) -> None:
    reader = served.browser("reader")
    page = "/minutes/passages.json?_shape=objects&_size=max"
    assert WORD in reader.get(page).text
    restrict(served.database)
    assert WORD not in reader.get(page).text
    restrict(served.database, False)
    assert WORD in reader.get(page).text


def test_a_restriction_counts_from_the_moment_it_is_in_the_log_even_during_an_ingest(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = served.browser("reader")
    monkeypatch.setattr(Desk, "_settle", lambda _desk: None)
    restrict(served.database)
    with closing(open_database(served.database)) as db:
        assert db.execute("SELECT count(*) FROM corrections").fetchone() == (0,)
    assert WORD not in reader.get("/minutes/passages.json?_shape=objects&_size=max").text


def test_what_is_ingested_again_stays_restricted_under_its_path_and_under_another(served: Served) -> None:
    restrict(served.database)
    reader = served.browser("reader")
    with closing(open_database(served.database, mode="write")) as db:
        save_record(db, confidential(), ingested_at=NOON)
        save_record(db, confidential("elders/kopie.txt"), ingested_at=NOON)
    served.run(served.copy.fresh(now=True))
    assert WORD not in reader.get("/minutes/passages.json?_shape=objects&_size=max").text


def test_what_became_of_an_action_in_a_confidential_meeting_is_not_told(served: Served) -> None:
    restrict(served.database)
    with closing(open_database(served.database, mode="write")) as db:
        tent, series = db.execute("SELECT id, series FROM ledger_actions WHERE status = 'open' LIMIT 1").fetchone()
        meeting, evidence = db.execute(
            "SELECT m.id, a.evidence_id FROM meetings m JOIN actions a ON a.meeting_id = m.id WHERE body = ?", (BODY,)
        ).fetchone()
        db.execute("UPDATE meetings SET series = ? WHERE id = ?", (series, meeting))
        db.execute("UPDATE ledger_actions SET status = 'done' WHERE id = ?", (tent,))
        db.execute(
            """INSERT INTO ledger_events
              (id, ledger_action_id, position, kind, meeting_id, evidence_id, method, confidence)
            VALUES ('1234567890abcdef', ?, 9, 'done', ?, ?, 'ledger.test.v1', 1)""",
            (tent, meeting, evidence),
        )
    served.run(served.copy.fresh(now=True))
    for role, status in (("reader", "open"), ("admin", "done")):
        row = served.browser(role).get(f"/minutes/actions_view.json?_shape=objects&id={tent}").json()["rows"][0]
        assert row["status"] == status, role


def test_without_accounts_nothing_is_served_to_others_and_nobody_corrects(tmp_path: Path) -> None:
    database = make_secret_database(tmp_path)
    with pytest.raises(BrowseError) as caught:
        serve(database, host="0.0.0.0", open_browser=False)
    assert caught.value.code == "browse.host"


@pytest.mark.parametrize(
    ("https", "asked", "secure"), [(True, "http", True), (False, "https", True), (False, "http", False)]
)
def test_cookies_are_for_https_alone_where_the_site_is(tmp_path: Path, https: bool, asked: str, secure: bool) -> None:
    database = make_secret_database(tmp_path)
    make_book(database)
    (tmp_path / "copy").mkdir()
    served = Served(database, tmp_path / "copy", https=https)
    browser = served.browser()
    browser.base = f"{asked}://minutes.test"
    page = browser.get("/login")
    answer = browser.ask(
        "POST",
        "/login",
        data={"name": "lies", "password": PASSWORD, "csrftoken": page.cookies["ds_csrftoken"]},
        headers={"cookie": f"ds_csrftoken={page.cookies['ds_csrftoken']}"},
    )
    assert answer.status_code == 302
    cookies = [cookie for one in (page, answer) for cookie in one.headers.get_list("set-cookie")]
    assert len(cookies) > 1
    assert {cookie.endswith("; Secure") for cookie in cookies} == {secure}
    served.close()


@pytest.mark.parametrize(("proto", "secure"), [("https", True), ("http", False)])
def test_what_a_server_on_this_machine_says_of_the_request_is_believed(
    served: Served, proto: str, secure: bool
) -> None:
    told = ProxyHeadersMiddleware(served.gate, trusted_hosts="127.0.0.1")

    async def ask(peer: str) -> list[str]:
        transport = httpx.ASGITransport(app=told, client=(peer, 40000))
        async with httpx.AsyncClient(transport=transport, base_url="http://minutes.test") as client:
            answer = await client.get("/login", headers={"x-forwarded-proto": proto})
            found: list[str] = answer.headers.get_list("set-cookie")
            return found

    assert all(cookie.endswith("; Secure") is secure for cookie in served.run(ask("127.0.0.1")))
    assert not any(cookie.endswith("; Secure") for cookie in served.run(ask("192.0.2.1")))


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_form_that_is_refused_is_told_on_a_page_in_the_readers_language(served: Served, language: str) -> None:
    browser, t = served.browser("reader"), words(language)
    for data, headers, reason in (
        ({"csrftoken": "x"}, {}, "form"),
        ({"name": "x"}, {"origin": "http://elsewhere.example"}, "form"),
        ({"name": "x" * 300_000}, {}, "413"),
    ):
        answer = browser.ask("POST", "/logout", data=data, headers={**headers, "accept-language": language})
        assert t(f"error.{reason}") in unescape(answer.text)
        assert f'<html lang="{language}">' in answer.text
        assert "no-store" in answer.headers["cache-control"]
