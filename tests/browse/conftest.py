"""A database with a Dutch and a French meeting of one group and a ledger of their actions; a browser."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from browser import Axe, Visit, find_chromium
from invented_ledger import fill_ledger
from invented_records import NOON, autumn, spring

from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import save_record


def make_database(folder: Path) -> Path:
    path = folder / "minutes.db"
    with closing(open_database(path, mode="write")) as db:
        save_record(db, spring(), ingested_at=NOON)
        save_record(db, autumn(), ingested_at=NOON)
        fill_ledger(db)
    return path


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database of the test's own."""
    return make_database(tmp_path)


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One database for all tests that only look."""
    return make_database(tmp_path_factory.mktemp("unchanged"))


AXE = "axe-core@4.14.1"
_PATIENCE = 30_000  # milliseconds: a busy machine takes its time, a fault is still one after it


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser for all tests of a module."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium (or CHROMIUM=its path) on this machine")
    playwright.expect.set_options(timeout=_PATIENCE)
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page of a new visitor; what it should not do fails the test."""
    visits = []

    def begin(base: str, locale: str = "nl-BE", width: int = 1280, **options: Any) -> Any:
        viewport = {"width": width, "height": 800}
        context = chromium.new_context(base_url=base, locale=locale, viewport=viewport, **options)
        context.set_default_timeout(_PATIENCE)
        visits.append(Visit(context, base))
        return context.new_page()

    yield begin
    for one in visits:
        one.close()
    assert [fault for one in visits for fault in one.faults] == []


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> Axe:
    """axe-core, which npm brings for the tests; it is not part of the project."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm, which brings axe-core, is not installed")
    folder = tmp_path_factory.mktemp("axe")
    command = [npm, "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), AXE]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    if done.returncode:
        pytest.skip(f"npm could not bring axe-core: {done.stderr[-300:]}")
    return Axe((folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
