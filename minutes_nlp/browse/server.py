"""Serving the site: on this machine, or for others who sign in."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import ipaddress
import signal
import socket
import sys
import tempfile
import threading
import urllib.parse
import webbrowser
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import uvicorn

from minutes_nlp.browse.access.guarded import Guard, build_guarded
from minutes_nlp.browse.language import speak_to, spoken
from minutes_nlp.browse.site import build_site
from minutes_nlp.browse.words import words
from minutes_nlp.errors import BrowseError

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8001

_Scope = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
_Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
_App = Callable[[_Scope, _Receive, _Send], Awaitable[None]]


def serve(
    database: Path,
    *,
    host: str = DEFAULT_HOST,
    port: int = DEFAULT_PORT,
    open_browser: bool = True,
    language: str = "en",
    allow_sql: bool = True,
    originals: Path | None = None,
    ready: Callable[[str], None] | None = None,
    guard: Guard | None = None,
    public: str = "",
) -> None:
    """Serve the database in the browser until Ctrl-C.

    Args:
        database: an existing database of this version.
        host: the address to be reached at; if others can reach it, one has to sign in.
        port: the port; 0 takes a free one.
        open_browser: open the first page in the user's browser.
        language: of the pages for readers whose browser asks for none that they speak (`nl`, `fr`, `en`; another gives
            English).
        allow_sql: whether readers may ask questions of their own in SQL.
        originals: the folder of the documents, for those who want to download one; `None`: none can be had.
        ready: called with the address when the site answers.
        guard: the accounts, and what signing in needs.
        public: the address by which others reach this server through another one (`https://minutes.example.org`); then
            one has to sign in, whatever `host` is. Empty: there is none.

    Raises:
        BrowseError: `browse.host`: the address can be reached from elsewhere, and there are no accounts;
            `browse.public`: that is no address of a site;
            `browse.no_accounts`: who corrects has to sign in, and there are none; `browse.accounts`; `browse.port`:
            another program has the port.
        StoreError: as `open_database` for reading.
    """
    name = _public_name(public)
    guarded = _has_to_sign_in(name or host, guard)
    if guarded is not None and urllib.parse.urlsplit(public).scheme == "https":
        guarded = dataclasses.replace(guarded, https=True)
    with contextlib.ExitStack() as stack:
        if guarded is None:
            site = build_site(database, language=language, allow_sql=allow_sql, originals=originals)
            app: _App = site.app()
        else:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="minutes-")))
            built = build_guarded(database, folder, guarded, language=language, originals=originals)
            stack.callback(built.copy.close)
            app = built.gate
        listener = stack.enter_context(contextlib.closing(_listen(host, port)))
        address = _address(host, listener.getsockname()[1])
        # Uvicorn believes what a server on this machine says of who asked (`X-Forwarded-For`) and how (`-Proto`).
        reached = only_local(app, name) if is_loopback(host) else app
        config = uvicorn.Config(reached, log_level="warning", lifespan="on", proxy_headers=True)
        server = _Server(config, lambda: _announce(address, ready, open_browser))
        _leave_tidily_when_ended()
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(server.serve(sockets=[listener]))


def _leave_tidily_when_ended() -> None:
    """Have SIGTERM end the program as `sys.exit` does, so that what it wrote for the time being is taken away."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def _has_to_sign_in(host: str, guard: Guard | None) -> Guard | None:
    """The guard if one is needed: for who comes from elsewhere, and for who corrects."""
    accounts = guard is not None and bool(guard.book.all())
    if not is_loopback(host):
        if not accounts:
            raise BrowseError(
                "browse.host",
                f"{host} can be reached from other machines, and there are no accounts.",
                f"Make one with `minutes user add NAME --role admin`, or use {DEFAULT_HOST}.",
                host=host,
            )
        return guard
    if guard is None or guard.desk is None:
        return None
    if not accounts:
        raise BrowseError(
            "browse.no_accounts",
            "Who corrects in the browser has to sign in, and there are no accounts.",
            "Make one with `minutes user add NAME --role editor`.",
        )
    return guard


def _public_name(public: str) -> str:
    """The name in the address by which others come; empty if there is none.

    Raises:
        BrowseError: `browse.public`.
    """
    if not public:
        return ""
    try:
        parts = urllib.parse.urlsplit(public)
        name = parts.hostname or ""
    except ValueError:
        name = ""
    if not name or parts.scheme not in ("http", "https") or parts.path.strip("/") or parts.query:
        raise BrowseError(
            "browse.public",
            f"{public} is no address of a site.",
            "Give it as https://minutes.example.org, without a path.",
            address=public,
        )
    return name


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or an address) can be reached from this machine only."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def only_local(app: _App, public: str = "") -> _App:
    """`app`, but only for requests that name this machine, or `public`, as their host.

    A page of another site could otherwise have its own name point here and read the answers (DNS rebinding).
    """

    async def guarded(scope: _Scope, receive: _Receive, send: _Send) -> None:
        name = _host_name(scope) if scope["type"] == "http" else DEFAULT_HOST
        if not is_loopback(name) and (not public or name.lower() != public):
            speak_to(scope, "en")
            headers = [(b"content-type", b"text/plain; charset=utf-8")]
            await send({"type": "http.response.start", "status": 403, "headers": headers})
            text = words(spoken("en"))("error.only_here")
            await send({"type": "http.response.body", "body": text.encode()})
            return
        await app(scope, receive, send)

    return guarded


def _host_name(scope: _Scope) -> str:
    """The name in the request's `Host` header, without the port; empty if there is none."""
    named = next((value for key, value in scope["headers"] if key == b"host"), b"").decode("latin-1")
    return named[1:].partition("]")[0] if named.startswith("[") else named.partition(":")[0]


def _listen(host: str, port: int) -> socket.socket:
    name = host.strip("[]")
    family = socket.AF_INET6 if ":" in name else socket.AF_INET
    try:
        return socket.create_server((name, port), family=family)
    except OSError as error:
        raise BrowseError(
            "browse.port",
            f"Port {port} is in use by another program, or not allowed.",
            "Choose another with --port.",
            port=port,
        ) from error


def _address(host: str, port: int) -> str:
    name = host.strip("[]")
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def _announce(address: str, ready: Callable[[str], None] | None, open_browser: bool) -> None:
    if ready:
        ready(address)
    if open_browser:
        webbrowser.open(address)


class _Server(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._on_ready()
