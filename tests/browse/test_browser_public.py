"""The program behind a server that speaks HTTPS, reached in a real browser under its public name."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from access_site import NAMES, PASSWORD, make_book, make_secret_database, restrict
from browser import Visit, enter, find_chromium, follow

from minutes_nlp.browse.access.sessions import COOKIE
from minutes_nlp.browse.words import words
from minutes_nlp.store.connect import open_database

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="a process is stopped there in another way")

NAME, OTHER = "minutes.example.test", "elsewhere.example.test"
AFFICHE = "Noor maakt de affiche tegen 15 april."
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("public") / "structured"
    folder.mkdir()
    path = make_secret_database(folder)
    make_book(path)
    restrict(path)
    return path


@pytest.fixture(scope="module")
def port(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of the server with HTTPS, behind which the program runs as docs/access.md says."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl, which makes a certificate, is not installed")
    folder = tmp_path_factory.mktemp("certificate")
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    made = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}", *files]
    subprocess.run(made, check=True, capture_output=True)
    with running(database.parent.parent) as behind, in_front(folder, behind) as port:
        yield port


@contextlib.contextmanager
def running(folder: Path) -> Iterator[int]:
    """The port of `minutes browse --public` in a folder."""
    options = ["--lang", "nl", "browse", "--public", f"https://{NAME}", "--write", "--no-open", "--port", "0"]
    with subprocess.Popen(
        [sys.executable, "-m", "minutes_nlp", *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        address = next(word for word in process.stdout.readline().split() if word.startswith("http://127.0.0.1:"))
        yield int(address.rstrip("/").rpartition(":")[2])
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


@contextlib.contextmanager
def in_front(folder: Path, behind: int) -> Iterator[int]:
    """The port of a server that takes requests by HTTPS and hands them on, one for each connection."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with contextlib.suppress(OSError):  # the listener was closed
                while True:
                    client, _ = listener.accept()
                    threading.Thread(target=hand_on, args=(context, client, behind), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1]


def hand_on(context: ssl.SSLContext, client: socket.socket, behind: int) -> None:
    """Hand one request on, with the headers that docs/access.md asks for, and the answer back."""
    with contextlib.suppress(OSError), context.wrap_socket(client, server_side=True) as near:
        asked = b""
        while b"\r\n\r\n" not in asked and (more := near.recv(65536)):
            asked += more
        head, _, body = asked.partition(b"\r\n\r\n")
        lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
        lengths = [int(line.partition(b":")[2]) for line in lines if line.lower().startswith(b"content-length:")]
        while lengths and len(body) < lengths[0] and (more := near.recv(65536)):
            body += more
        lines += [b"Connection: close", b"X-Forwarded-Proto: https", b"X-Forwarded-For: 203.0.113.7"]
        with socket.create_connection(("127.0.0.1", behind)) as far:
            far.sendall(b"\r\n".join(lines) + b"\r\n\r\n" + body)
            while more := far.recv(65536):
                near.sendall(more)


@pytest.fixture
def page(port: int) -> Iterator[Any]:
    """A page of a browser that knows the names and takes the certificate; `page.base` is the public address."""
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium (or CHROMIUM=its path) on this machine")
    rules = f"--host-resolver-rules=MAP {NAME} 127.0.0.1, MAP {OTHER} 127.0.0.1"
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox", rules])
        base = f"https://{NAME}:{port}"
        context = browser.new_context(base_url=base, locale="nl-BE", ignore_https_errors=True)
        context.set_default_timeout(30_000)
        visit, page = Visit(context, base), context.new_page()
        yield page
        visit.close()
        browser.close()
    assert [fault for fault in visit.faults if OTHER not in fault] == []


def sign_in(page: Any, role: str) -> None:
    page.locator("#name").fill(NAMES[role])
    page.locator("#password").fill(PASSWORD)
    enter(page)


def test_who_comes_by_the_public_name_signs_in_corrects_and_signs_out(page: Any, port: int, database: Path) -> None:
    a, base = words("nl", "access"), f"https://{NAME}:{port}"
    with closing(open_database(database)) as db:
        action = db.execute("SELECT id FROM actions_view WHERE action = ?", (AFFICHE,)).fetchone()[0]
    page.goto(f"/actions/{action}")
    assert page.url == f"{base}/login?to=%2Factions%2F{action}"
    sign_in(page, "editor")
    assert page.url == f"{base}/actions/{action}"
    assert all(cookie["secure"] for cookie in page.context.cookies())
    assert [cookie["httpOnly"] for cookie in page.context.cookies() if cookie["name"] == COOKIE] == [True]
    follow(page, page.get_by_role("button", name=a("review.done"), exact=True))
    assert page.url.startswith(f"{base}/actions/{action}?said=")
    playwright.expect(page.locator("main .badge").first).to_have_text(words("nl")("status.done"))
    follow(page, page.get_by_role("button", name=a("review.undo"), exact=True))
    playwright.expect(page.locator("main .badge").first).to_have_text(words("nl")("status.overdue"))
    follow(page, page.locator(".tongues").get_by_role("link", name="FR"))
    assert page.url.startswith(f"{base}/actions/{action}")
    assert page.locator("html").get_attribute("lang") == "fr"
    assert all(cookie["secure"] for cookie in page.context.cookies())
    follow(page, page.get_by_role("button", name=words("fr", "access")("login.out"), exact=True))
    assert page.url == f"{base}/login"
    page.goto("/actions")
    assert page.url == f"{base}/login?to=%2Factions"


def test_a_reader_who_comes_by_it_sees_no_confidential_meeting(page: Any) -> None:
    page.goto("/meetings")
    sign_in(page, "reader")
    assert page.locator("table.list tbody tr").count() == 2
    page.goto("/search?q=tuchtdossier")
    assert page.locator("mark.hit").count() == 0


def test_another_name_for_the_same_server_is_refused(page: Any, port: int) -> None:
    page.context.unroute_all()
    answer = page.goto(f"https://{OTHER}:{port}/login")
    assert answer.status == 403
    assert page.locator("form").count() == 0
