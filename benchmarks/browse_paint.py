"""How long until a browser shows something of the pages of `minutes browse`, on 100,000 actions of 10,000 meetings?

Run `python benchmarks/browse_paint.py --database FILE` with a database that `browse_speed.py --database FILE` made. It
serves the database on this machine and opens the pages in headless Chromium (Playwright), each with an empty cache. The
exit code is 1 if the first contentful paint of a page takes longer than a second (the median).
"""

from __future__ import annotations

import argparse
import statistics
import sys
from pathlib import Path
from typing import Any

from browse_speed import TODAY, pages
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browse"))

from browser import find_chromium, serving

_LIMIT_MS = 1000
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


def _paint(browser: Any, address: str) -> float:
    """Milliseconds until the first contentful paint of a page, with an empty cache."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(address)
    while (painted := page.evaluate(_PAINT)) is None:
        page.wait_for_timeout(20)
    context.close()
    return float(painted)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", type=Path, required=True)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", default="", help="only pages with this in their name")
    options = parser.parse_args()
    slow = False
    with serving(options.database, language="nl", today=lambda: TODAY) as base, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        wanted = {
            name: f"{base}{address}"
            for name, address in pages(options.database).items()
            if not name.startswith("Datasette") and not address.endswith(".svg") and options.only in name
        }
        first = {name: _paint(browser, address) for name, address in wanted.items()}  # makes the lists as well
        print(f"{'page':32} {'first ms':>9} {'median':>8} {'worst':>8}")
        for name, address in wanted.items():
            times = [_paint(browser, address) for _ in range(options.repeats)]
            median = statistics.median(times)
            slow = slow or median > _LIMIT_MS
            print(
                f"{name:32} {first[name]:9.0f} {median:8.0f} {max(times):8.0f} {'SLOW' if median > _LIMIT_MS else ''}"
            )
        browser.close()
    sys.exit(1 if slow else 0)


if __name__ == "__main__":
    main()
