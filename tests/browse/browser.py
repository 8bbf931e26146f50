"""A site served on this machine, and a browser that looks at it and tells everything it did."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uvicorn

from minutes_nlp.browse.server import only_local
from minutes_nlp.browse.site import build_site

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def find_chromium() -> str | None:
    """The program of a browser that Playwright can drive: `CHROMIUM` names one, else the first that is found."""
    named = os.environ.get("CHROMIUM")
    return named or next((found for name in _NAMES if (found := shutil.which(name))), None)


@contextlib.contextmanager
def serving(database: Path, **options: Any) -> Iterator[str]:
    """The address of a site of `database` that answers while the block runs; `options` as `build_site`."""
    app = only_local(build_site(database, **options).app())
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listener.close()


class Visit:
    """What pages of a browser context did that they should not: requests elsewhere, errors, dialogs.

    Args:
        context: Playwright's; every page that it opens is watched, and a request to another address is refused.
        base: the address of the site.
    """

    def __init__(self, context: Any, base: str) -> None:
        self.faults: list[str] = []
        self._base = base
        context.route("**/*", self._route)
        context.on("console", lambda message: self._console(message))
        context.on("dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        context.on("weberror", lambda error: self.faults.append(f"error: {error.error}"))

    def _route(self, route: Any) -> None:
        address = route.request.url
        if address.startswith((f"{self._base}/", "data:")):
            route.continue_()
        else:
            self.faults.append(f"request: {address}")
            route.abort()

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning") and "404 (Not Found)" not in message.text:
            self.faults.append(f"console: {message.text}")
