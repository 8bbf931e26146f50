"""Serving the site on this machine."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import webbrowser
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import uvicorn

from minutes_nlp.browse.site import build_site
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
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve the database in the browser until Ctrl-C.

    Args:
        database: an existing database of this version.
        host: an address of this machine only (`127.0.0.1`, `::1`, `localhost`).
        port: the port; 0 takes a free one.
        open_browser: open the first page in the user's browser.
        language: of the pages (`nl`, `fr`, `en`; another gives English).
        allow_sql: whether readers may ask questions of their own in SQL.
        ready: called with the address when the site answers.

    Raises:
        BrowseError: `browse.host`: the address can be reached from elsewhere (there are no accounts yet);
            `browse.port`: another program has the port.
        StoreError: as `open_database` for reading.
    """
    if not is_loopback(host):
        raise BrowseError(
            "browse.host",
            f"{host} can be reached from other machines, and the pages ask for no password.",
            f"Use {DEFAULT_HOST}.",
            host=host,
        )
    site = build_site(database, language=language, allow_sql=allow_sql)
    with contextlib.closing(_listen(host, port)) as listener:
        address = _address(host, listener.getsockname()[1])
        config = uvicorn.Config(only_local(site.app()), log_level="warning", lifespan="on")
        server = _Server(config, lambda: _announce(address, ready, open_browser))
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(server.serve(sockets=[listener]))


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or an address) can be reached from this machine only."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def only_local(app: _App) -> _App:
    """`app`, but only for requests that name this machine as their host.

    A page of another site could otherwise have its own name point here and read the answers (DNS rebinding).
    """

    async def guarded(scope: _Scope, receive: _Receive, send: _Send) -> None:
        if scope["type"] == "http" and not is_loopback(_host_name(scope)):
            headers = [(b"content-type", b"text/plain")]
            await send({"type": "http.response.start", "status": 403, "headers": headers})
            await send({"type": "http.response.body", "body": b"Only for this machine."})
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
