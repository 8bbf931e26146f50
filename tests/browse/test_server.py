"""The server: on this machine only, and it says so when it cannot serve."""

import asyncio
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from access_site import make_book, reckon

from minutes_nlp.browse.access.guarded import Guard
from minutes_nlp.browse.server import is_loopback, only_local, serve
from minutes_nlp.browse.words import Words
from minutes_nlp.errors import BrowseError

_SERVE = """
import sys
from pathlib import Path
from minutes_nlp.browse.server import serve
serve(Path(sys.argv[1]), port=0, open_browser=False, language="fr", ready=lambda url: print(url, flush=True))
print("stopped", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a process there cannot be sent Ctrl-C alone")
def test_it_serves_until_it_is_interrupted(database: Path) -> None:
    command = [sys.executable, "-c", _SERVE, str(database)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout
        address = server.stdout.readline().strip()
        with urllib.request.urlopen(f"{address}minutes/open_actions", timeout=120) as answer:
            page = answer.read().decode()
        server.send_signal(signal.SIGINT)
        output, errors = server.communicate(timeout=120)
    assert "Actions en cours" in page
    assert address.startswith("http://127.0.0.1:")
    assert (output.strip(), errors, server.returncode) == ("stopped", "", 0)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", ""])
def test_an_address_that_others_reach_is_refused(database: Path, host: str) -> None:
    with pytest.raises(BrowseError) as caught:
        serve(database, host=host, open_browser=False)
    assert caught.value.code == "browse.host"


def test_a_port_in_use_is_said(database: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(BrowseError) as caught:
        serve(database, port=taken.getsockname()[1], open_browser=False)
    assert caught.value.code == "browse.port"


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("[::1]", True),
        ("LOCALHOST", True),
        ("localhost.example.org", False),
        ("127.0.0.1.example.org", False),
        ("10.0.0.1", False),
    ],
)
def test_what_is_this_machine(host: str, local: bool) -> None:
    assert is_loopback(host) is local


@pytest.mark.parametrize(
    ("host", "status"),
    [
        (b"127.0.0.1:8001", 200),
        (b"localhost", 200),
        (b"[::1]:8001", 200),
        (b"minutes.example.org:8001", 403),
        (b"127.0.0.1.example.org", 403),
        (None, 403),
    ],
)
def test_a_request_for_another_host_is_refused(host: bytes | None, status: int) -> None:
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {}

    scope = {"type": "http", "headers": [] if host is None else [(b"host", host)]}
    asyncio.run(only_local(app)(scope, receive, send))
    assert sent[0]["status"] == status


@pytest.mark.parametrize(
    ("public", "host", "status"),
    [
        ("minutes.example.org", b"minutes.example.org", 200),
        ("minutes.example.org", b"Minutes.Example.org:443", 200),
        ("minutes.example.org", b"127.0.0.1:8001", 200),
        ("minutes.example.org", b"elsewhere.example.org", 403),
        ("", b"", 403),
    ],
)
def test_behind_another_server_its_name_is_answered_too(public: str, host: bytes, status: int) -> None:
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(only_local(app, public)({"type": "http", "headers": [(b"host", host)]}, None, send))  # type: ignore[arg-type]
    assert sent[0]["status"] == status


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_who_comes_by_another_name_is_told_so_in_her_language(language: str) -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "headers": [(b"host", b"x"), (b"accept-language", language.encode())]}
    asyncio.run(only_local(None)(scope, None, send))  # type: ignore[arg-type]
    assert sent[1]["body"].decode() == Words(language)("error.only_here")


@pytest.mark.parametrize(
    "public", ["minutes.example.org", "ftp://minutes.example.org", "https://", "https://a.example/path", "https://["]
)
def test_a_public_address_that_is_none_is_refused(unchanged: Path, public: str) -> None:
    with pytest.raises(BrowseError) as caught:
        serve(unchanged, public=public, open_browser=False)
    assert caught.value.code == "browse.public"


def test_behind_another_server_everybody_signs_in(unchanged: Path) -> None:
    with pytest.raises(BrowseError) as caught:
        serve(unchanged, public="https://minutes.example.org", open_browser=False)
    assert caught.value.code == "browse.host"


@pytest.mark.parametrize(
    ("public", "https"),
    [
        ("https://minutes.example.org", True),
        ("HTTPS://Minutes.Example.org", True),
        ("http://minutes.example.org", False),
    ],
)
def test_cookies_are_for_https_alone_if_the_public_address_is(
    database: Path, public: str, https: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[Guard] = []

    def build(_database: Path, _folder: Path, guard: Guard, **_options: Any) -> None:
        built.append(guard)
        raise InterruptedError

    monkeypatch.setattr("minutes_nlp.browse.server.build_guarded", build)
    with pytest.raises(InterruptedError):
        serve(database, public=public, open_browser=False, guard=Guard(make_book(database), reckon))
    assert built[0].https is https
