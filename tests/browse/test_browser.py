"""The pages in a real browser: what a coordinator does, by mouse and by keyboard, in Dutch and in French."""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from addresses import addresses
from browser import Visit, find_chromium, serving
from hostile_record import ACTION, ATTACK, DECISION, NAME, TITLE, hostile
from invented_ledger import fill_ledger
from invented_records import NOON, autumn, spring

from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import save_record

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = find_chromium()
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium (or CHROMIUM=its path) on this machine")

AXE = "axe-core@4.14.1"
TODAY = datetime.date(2024, 5, 2)
AFFICHE = "Noor maakt de affiche tegen 15 april."

Open = Callable[..., Any]


def make(folder: Path, *records: Any) -> Path:
    path = folder / "minutes.db"
    with closing(open_database(path, mode="write")) as db:
        for record in records:
            save_record(db, record, ingested_at=NOON)
        fill_ledger(db)
    return path


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The browser."""
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("browser"), spring(), autumn())


@pytest.fixture(scope="module")
def base(database: Path) -> Iterator[str]:
    """The address of a site with two meetings."""
    with serving(database, language="nl", today=lambda: TODAY) as address:
        yield address


@pytest.fixture(scope="module")
def hostile_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a site whose minutes are full of markup, and its database."""
    path = make(tmp_path_factory.mktemp("hostile"), hostile())
    with serving(path, language="nl", today=lambda: TODAY) as address:
        yield address, path


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., tuple[Any, Visit]]]:
    """Opens a page of a new visitor; what it should not do fails the test."""
    contexts, visits = [], []

    def begin(base: str, locale: str = "nl-BE", width: int = 1280, **options: Any) -> tuple[Any, Visit]:
        viewport = {"width": width, "height": 800}
        context = chromium.new_context(base_url=base, locale=locale, viewport=viewport, **options)
        contexts.append(context)
        visits.append(Visit(context, base))
        return context.new_page(), visits[-1]

    yield begin
    for context in contexts:
        context.close()
    assert [fault for one in visits for fault in one.faults] == []


@pytest.mark.parametrize("locale", ["nl-BE", "fr-BE"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_is_whole_and_asks_nothing_of_other_machines(
    visit: Any, base: str, database: Path, locale: str, width: int
) -> None:
    page, _ = visit(base, locale, width)
    for name, address in addresses(database).items():
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.locator("html").get_attribute("lang") == locale[:2], name
        assert page.locator("h1").count() == 1, name
        if not name.startswith(("table", "row", "question")):
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        broken = "[...document.images].filter(image => image.complete && !image.naturalWidth).length"
        assert page.evaluate(broken) == 0, name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_fault_of_accessibility(
    visit: Any, base: str, database: Path, axe: str, scheme: str
) -> None:
    page, _ = visit(base, "nl-BE", 1280, color_scheme=scheme)
    found = []
    for name, address in addresses(database).items():
        page.goto(address)
        page.evaluate(axe)
        answer = page.evaluate("axe.run({resultTypes: ['violations']})")
        found += [
            (name, fault["id"], fault["nodes"][0]["html"][:200])
            for fault in answer["violations"]
            if fault["impact"] in ("serious", "critical")
        ]
    assert found == []


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core, which npm brings for the test; it is not part of the project."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm, which brings axe-core, is not installed")
    folder = tmp_path_factory.mktemp("axe")
    command = [npm, "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), AXE]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    if done.returncode:
        pytest.skip(f"npm could not bring axe-core: {done.stderr[-300:]}")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def test_markup_in_any_field_of_a_document_is_text(visit: Any, hostile_base: tuple[str, Path]) -> None:
    base, database = hostile_base
    page, _ = visit(base)
    pages = addresses(database, words="onerror")
    pages |= {
        name: f"/minutes/{name}" for name in ("documents", "meetings_view", "decisions_view", "passages", "evidence")
    }
    for name, address in pages.items():
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.hacked") is None, name
        assert page.locator("img[src='x']").count() == 0, name
    for address, text in (
        (pages["home"], TITLE),
        (pages["action"], ACTION),
        (pages["meeting"], DECISION),
        (pages["people"], NAME),
        (pages["decisions"], DECISION),
        (pages["search"], ATTACK),
    ):
        page.goto(address)
        assert text in page.locator("body").inner_text(), address


@pytest.mark.parametrize(("locale", "overdue"), [("nl-BE", "achterstallige acties"), ("fr-BE", "actions en retard")])
def test_a_coordinator_finds_what_is_overdue_and_follows_it_to_its_passage(
    visit: Any, base: str, locale: str, overdue: str
) -> None:
    page, _ = visit(base, locale)
    page.goto("/")
    page.get_by_role("link", name=f"1 {overdue}").filter(has_text="1").click()
    page.locator("table.list").get_by_role("link", name=AFFICHE).click()
    assert page.get_by_role("heading", level=1).inner_text() == AFFICHE
    page.locator(".timeline a").click()
    mark = page.locator("mark.is-action", has_text="maakt de affiche").first
    playwright.expect(mark).to_be_in_viewport()
    assert page.url.partition("#")[2].startswith("action-")


def test_a_passage_and_its_entry_light_up_together(visit: Any, base: str, database: Path) -> None:
    page, _ = visit(base)
    page.goto(addresses(database)["meetings"])
    page.get_by_role("link", name="Verslag werkgroep Wilgenhof").first.click()
    entry = page.locator(".note-action", has_text=AFFICHE)
    page.locator("mark.is-owner", has_text="Noor").first.hover()
    playwright.expect(entry).to_have_class("note-action lit")
    page.locator("h1").first.hover()
    playwright.expect(entry).to_have_class("note-action")
    entry.get_by_role("link", name=AFFICHE).focus()
    assert "lit" in (page.locator("mark.is-due", has_text="tegen 15 april").get_attribute("class") or "")


def test_what_a_highlight_is_can_be_read_by_keyboard_alone(visit: Any, base: str, database: Path) -> None:
    page, _ = visit(base)
    page.goto(addresses(database)["meeting"])
    pin = page.locator("a.pin-action").first
    pin.focus()
    told = pin.get_attribute("title") or ""
    assert told.startswith("Actie · ")
    assert "%" in told
    assert page.locator(".note-action.lit").count() == 1
    page.keyboard.press("Enter")
    assert page.url.partition("#")[2].startswith("note-action-")


def test_the_search_is_reached_and_used_by_keyboard_alone(visit: Any, base: str) -> None:
    page, _ = visit(base)
    page.goto("/people")
    page.keyboard.press("/")
    page.keyboard.type("offertes")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=offertes")
    assert page.locator("mark.hit").inner_text() == "offerte"
    page.locator(".entries a").first.focus()
    page.keyboard.press("Enter")
    playwright.expect(page.locator("mark.is-here").first).to_be_in_viewport()


def test_the_first_stop_of_the_keyboard_skips_to_the_content(visit: Any, base: str) -> None:
    page, _ = visit(base)
    page.goto("/actions")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    playwright.expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_language_is_the_browsers_until_one_is_chosen(visit: Any, base: str) -> None:
    page, _ = visit(base, "fr-BE")
    page.goto("/actions?status=done")
    assert page.get_by_role("heading", level=1).inner_text() == "Actions"
    page.locator(".tongues").get_by_role("link", name="NL").click()
    assert page.url.endswith("/actions?status=done")
    assert page.get_by_role("heading", level=1).inner_text() == "Acties"
    page.goto("/decisions")
    assert page.get_by_role("heading", level=1).inner_text() == "Beslissingen"


def test_facets_and_the_board_work_without_scripts(visit: Any, base: str) -> None:
    page, _ = visit(base, java_script_enabled=False)
    page.goto("/actions")
    page.locator(".facets").get_by_role("link", name="Noor Verbiest").click()
    assert page.locator("table.list tbody tr").count() == 1
    page.get_by_role("link", name="Bord").click()
    assert page.locator(".board .done li").count() == 1
    page.locator("#find").fill("affiche")
    page.locator(".find button").click()
    assert page.locator("mark.hit").first.inner_text().lower() == "affiche"


def test_a_printed_meeting_has_its_text_and_lists_without_the_menu(visit: Any, base: str, database: Path) -> None:
    page, _ = visit(base)
    page.goto(addresses(database)["meeting"])
    page.emulate_media(media="print")
    assert not page.locator(".top").is_visible()
    assert page.locator("article.text").is_visible()
    assert page.locator(".notes").is_visible()


def test_a_file_is_saved_and_not_shown(visit: Any, chromium: Any, tmp_path: Path) -> None:
    raw = tmp_path / "raw" / "wilgenhof"
    raw.mkdir(parents=True)
    (raw / "2024-03-04.txt").write_text("<script>window.hacked=1</script>", encoding="utf-8")
    path = make(tmp_path, spring())
    with serving(path, originals=raw.parent) as address:
        page, _ = visit(address)
        page.goto(addresses(path)["meeting"])
        with page.expect_download() as download:
            page.locator("a[download]").click()
        assert download.value.suggested_filename == "2024-03-04.txt"


def test_a_page_answers_json_to_programs(visit: Any, base: str) -> None:
    page, _ = visit(base)
    page.goto("/actions")
    with page.expect_response("**/actions_view.json*") as answer:
        page.get_by_role("link", name="JSON").click()
    assert len(json.loads(answer.value.text())["rows"]) == 4
