"""Makes the pictures in docs/screenshots: every page of `minutes browse` on the invented samples, wide and narrow.

Run `python docs/make_screenshots.py` (it needs Playwright and a Chromium, as tests/browse does). The day of the pages
is fixed, so that the pictures change only with the pages.
"""

from __future__ import annotations

import datetime
import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

_ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(_ROOT / "tests" / "browse"))

from addresses import addresses  # noqa: E402 - the tests' own list of pages
from browser import find_chromium, serving  # noqa: E402

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
    with tempfile.TemporaryDirectory() as made:
        shutil.copytree(_ROOT / "raw", Path(made) / "raw")
        subprocess.run([sys.executable, "-m", "minutes_nlp", "ingest"], cwd=made, check=True, capture_output=True)
        database = Path(made) / "structured" / "minutes.db"
        pages = addresses(database, words="vergaderingen")
        with (
            serving(database, language="nl", originals=Path(made) / "raw", today=lambda: _TODAY) as base,
            sync_playwright() as started,
        ):
            browser = started.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
            for name, address in pages.items():
                for width in () if name in _LEFT_OUT else _WIDTHS:
                    _picture(browser, f"{base}{address}", name, width, "light")
                if name in _DARK:
                    _picture(browser, f"{base}{address}", f"{name}-dark", 1440, "dark")
            _picture(browser, f"{base}/", "home-fr", 1440, "light", locale="fr-BE")
            browser.close()
    size = sum(path.stat().st_size for path in _FOLDER.iterdir())
    print(f"{len(list(_FOLDER.iterdir()))} pictures, {size / 1000:.0f} kB")


def _picture(browser: Any, address: str, name: str, width: int, scheme: str, locale: str = "nl-BE") -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale=locale)
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    height = min(_HIGHEST, page.evaluate("document.documentElement.scrollHeight"))
    data = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    context.close()
    picture = Image.open(io.BytesIO(data)).convert("RGB").quantize(_COLOURS)
    picture.save(_FOLDER / f"{name}-{width}.png", optimize=True)


if __name__ == "__main__":
    main()
