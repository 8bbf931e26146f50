"""A site served on this machine, and a browser that looks at it and tells everything it did."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import uvicorn

from minutes_nlp.browse.access.guarded import Guard, build_guarded
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
    with answering(build_site(database, **options).app()) as address:
        yield address


@contextlib.contextmanager
def serving_guarded(database: Path, folder: Path, guard: Guard, **options: Any) -> Iterator[str]:
    """The same for a site that one signs in to; `folder` is for its copy."""
    guarded = build_guarded(database, folder, guard, **options)
    try:
        with answering(guarded.gate) as address:
            yield address
    finally:
        guarded.copy.close()


@contextlib.contextmanager
def answering(app: Any) -> Iterator[str]:
    """The address at which an application answers while the block runs."""
    app = only_local(app)
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


class Looked(NamedTuple):
    """What a page is like.

    Attributes:
        language: in which it says it is.
        headings: of the first level.
        overflow: by width of the window, by how much the page is wider.
        broken: pictures that did not come.
        faults: serious ones of accessibility.
    """

    language: str | None
    headings: list[str]
    overflow: dict[int, int]
    broken: int
    faults: list[tuple[str, str]]


def follow(page: Any, control: Any) -> None:
    """Click what leads to another page, and wait until that page is there."""
    with page.expect_navigation():
        control.click()


def enter(page: Any) -> None:
    """Press Enter where it leads to another page, and wait until that page is there."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def look_at(page: Any, axe: Axe, widths: Sequence[int] = (1280, 390)) -> Looked:
    """Look at the page that is open, in windows of several widths; faults are looked for in the first."""
    overflow, faults = {}, []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        overflow[width] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if width == widths[0]:
            faults = axe.serious(page)
    return Looked(
        language=page.locator("html").get_attribute("lang"),
        headings=page.locator("h1").all_inner_texts(),
        overflow=overflow,
        broken=page.evaluate("[...document.images].filter(image => image.complete && !image.naturalWidth).length"),
        faults=faults,
    )


class Axe:
    """Finds faults of accessibility.

    Args:
        source: of axe-core.
    """

    def __init__(self, source: str) -> None:
        self._source = source

    def serious(self, page: Any) -> list[tuple[str, str]]:
        """The rule and the first place of each serious or critical fault of a page."""
        page.evaluate(self._source)
        answer = page.evaluate("axe.run({resultTypes: ['violations']})")
        return [
            (fault["id"], fault["nodes"][0]["html"][:200])
            for fault in answer["violations"]
            if fault["impact"] in ("serious", "critical")
        ]


class Visit:
    """What pages of a browser context did that they should not: requests elsewhere, errors, dialogs.

    Args:
        context: Playwright's; every page that it opens is watched, and a request to another address is refused.
        base: the address of the site.
    """

    def __init__(self, context: Any, base: str) -> None:
        self.faults: list[str] = []
        self._base = base
        self._context = context
        context.route("**/*", self._route)
        context.on("console", lambda message: self._console(message))
        context.on("dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        context.on("weberror", lambda error: self.faults.append(f"error: {error.error}"))

    def close(self) -> None:
        """Close the context, whatever its pages are still asking for."""
        self._context.unroute_all(behavior="ignoreErrors")
        self._context.close()

    def _route(self, route: Any) -> None:
        address = route.request.url
        if address.startswith((f"{self._base}/", "data:")):
            route.continue_()
        else:
            self.faults.append(f"request: {address}")
            route.abort()

    def _console(self, message: Any) -> None:
        refused = message.text.startswith("Failed to load resource: the server responded with a status of 4")
        if message.type in ("error", "warning") and not refused:
            self.faults.append(f"console: {message.text}")
