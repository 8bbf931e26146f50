"""Makes the pictures in docs/screenshots: every page of `minutes browse` on the invented samples, wide and narrow.

Run `python docs/make_screenshots.py` (it needs Playwright and a Chromium, as tests/browse does). The day of the pages
is fixed, so that the pictures change only with the pages; the log of corrections has the moment at which it was made.
"""

from __future__ import annotations

import datetime
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

_ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(_ROOT / "tests" / "browse"), str(_ROOT / "tests")]

from access_site import NAMES, PASSWORD, make_book, reckon  # noqa: E402 - the tests' own accounts
from addresses import WRITING, addresses  # noqa: E402 - the tests' own lists of pages
from browser import enter, find_chromium, follow, serving, serving_guarded  # noqa: E402

from minutes_nlp.browse.access.guarded import Guard  # noqa: E402
from minutes_nlp.cli.desks import BrowserDesk  # noqa: E402
from minutes_nlp.cli.messages import Messages  # noqa: E402
from minutes_nlp.cli.session import Session  # noqa: E402
from minutes_nlp.settings import load_settings  # noqa: E402
from minutes_nlp.store.connect import open_database  # noqa: E402

_FOLDER = Path(__file__).parent / "screenshots"
_TODAY = datetime.date(2026, 6, 10)
_WIDTHS = (1440, 390)
_HIGHEST = 1400
_COLOURS = 64
_DARK = ("home", "meeting")
_LEFT_OUT = ("row", "missing", "question", "overdue")


def main() -> None:
    """Make all pictures anew."""
    shutil.rmtree(_FOLDER, ignore_errors=True)
    _FOLDER.mkdir()
    with tempfile.TemporaryDirectory() as made, sync_playwright() as started:
        folder = Path(made)
        shutil.copytree(_ROOT / "raw", folder / "raw")
        subprocess.run([sys.executable, "-m", "minutes_nlp", "ingest"], cwd=made, check=True, capture_output=True)
        browser = started.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        _reading(browser, folder)
        _correcting(browser, folder)
        browser.close()
    size = sum(path.stat().st_size for path in _FOLDER.iterdir())
    print(f"{len(list(_FOLDER.iterdir()))} pictures, {size / 1000:.0f} kB")


def _reading(browser: Any, folder: Path) -> None:
    """The pages that only read."""
    database = folder / "structured" / "minutes.db"
    with serving(database, language="nl", originals=folder / "raw", today=lambda: _TODAY) as base:
        for name, address in addresses(database, words="vergaderingen").items():
            for width in () if name in _LEFT_OUT else _WIDTHS:
                _picture(browser, base, name, address, width)
            if name in _DARK:
                _picture(browser, base, f"{name}-dark", address, 1440, scheme="dark")
        _picture(browser, base, "home-fr", "/", 1440, locale="fr-BE")


def _correcting(browser: Any, folder: Path) -> None:
    """The pages of who corrects, after some corrections."""
    database = folder / "structured" / "minutes.db"
    here = Session(Messages("nl"), load_settings(folder))
    here.asked_database = database
    guard = Guard(make_book(database), reckon, BrowserDesk(here))
    (folder / "copy").mkdir()
    with closing(open_database(database)) as db:
        late = "SELECT id FROM ledger_actions WHERE status = 'open' AND due_last_day < ? ORDER BY due_last_day DESC, id"
        action = db.execute(late, (_TODAY.isoformat(),)).fetchone()[0]
    meeting = addresses(database)["meeting"]
    pages = {"action-review": f"/actions/{action}", "meeting-review": meeting, **WRITING}
    options: dict[str, Any] = {"language": "nl", "originals": folder / "raw", "today": lambda: _TODAY}
    with serving_guarded(database, folder / "copy", guard, **options) as base:
        context = browser.new_context(base_url=base)
        page = context.new_page()
        _sign_in(page)
        for button in ("yes", "no", "yes"):
            page.goto(WRITING["review"])
            follow(page, page.locator(f".entries button[value={button}]").first)
        follow(page, page.locator(".message button"))
        context.close()
        for name, address in pages.items():
            for width in _WIDTHS:
                _picture(browser, base, name, address, width, before=None if name == "login" else _sign_in)


def _sign_in(page: Any) -> None:
    page.goto("/login")
    page.locator("#name").fill(NAMES["editor"])
    page.locator("#password").fill(PASSWORD)
    enter(page)


def _picture(
    browser: Any,
    base: str,
    name: str,
    address: str,
    width: int,
    *,
    scheme: str = "light",
    locale: str = "nl-BE",
    before: Callable[[Any], None] | None = None,
) -> None:
    viewport = {"width": width, "height": 900}
    context = browser.new_context(base_url=base, viewport=viewport, color_scheme=scheme, locale=locale)
    page = context.new_page()
    if before is not None:
        before(page)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    for summary in page.locator("#correct-passage > summary").all():
        summary.click()
    height = min(_HIGHEST, page.evaluate("document.documentElement.scrollHeight"))
    data = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    context.close()
    picture = Image.open(io.BytesIO(data)).convert("RGB").quantize(_COLOURS)
    picture.save(_FOLDER / f"{name}-{width}.png", optimize=True)


if __name__ == "__main__":
    main()
