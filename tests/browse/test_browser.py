"""The pages in a real browser: what a coordinator does, by mouse and by keyboard, in Dutch and in French."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from addresses import REFUSALS, WRITING, addresses
from browser import Axe, Looked, Visit, enter, follow, look_at, serving
from hostile_record import ACTION, ATTACK, DECISION, NAME, TITLE, hostile
from invented_ledger import fill_ledger
from invented_records import NOON, autumn, spring

from minutes_nlp.browse.access.pages import SigningIn
from minutes_nlp.browse.access.reviewing import Reviewing
from minutes_nlp.browse.routes import ROUTES
from minutes_nlp.browse.words import Words
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import save_record

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
TODAY = datetime.date(2024, 5, 2)
AFFICHE = "Noor maakt de affiche tegen 15 april."


def make(folder: Path, *records: Any) -> Path:
    path = folder / "minutes.db"
    with closing(open_database(path, mode="write")) as db:
        for record in records:
            save_record(db, record, ingested_at=NOON)
        fill_ledger(db)
    return path


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


@pytest.fixture(scope="module", params=[("nl-BE", "light"), ("fr-BE", "dark")], ids=["nl", "fr"])
def looked(
    request: pytest.FixtureRequest, chromium: Any, axe: Axe, base: str, database: Path
) -> tuple[str, dict[str, Looked], list[str]]:
    """A language, what each page is like in it, and what the pages did that they should not."""
    locale, scheme = request.param
    context = chromium.new_context(base_url=base, locale=locale, color_scheme=scheme)
    watched, page, found = Visit(context, base), context.new_page(), {}
    for name, address in {**addresses(database), **REFUSALS}.items():
        page.goto(address)
        found[name] = look_at(page, axe)
    watched.close()
    return locale[:2], found, watched.faults


def test_every_page_is_whole_in_the_readers_language(looked: tuple[str, dict[str, Looked], list[str]]) -> None:
    language, pages, _ = looked
    assert {name for name, page in pages.items() if page.language != language} == set()
    assert {name for name, page in pages.items() if len(page.headings) != 1} == set()
    assert {name for name, page in pages.items() if page.broken} == set()


def test_no_page_asks_anything_of_other_machines_or_does_what_it_may_not(
    looked: tuple[str, dict[str, Looked], list[str]],
) -> None:
    assert looked[2] == []


def test_no_page_is_wider_than_its_window(looked: tuple[str, dict[str, Looked], list[str]]) -> None:
    assert {name: page.overflow for name, page in looked[1].items() if any(page.overflow.values())} == {}


def test_no_page_has_a_serious_fault_of_accessibility(looked: tuple[str, dict[str, Looked], list[str]]) -> None:
    assert {name: page.faults for name, page in looked[1].items() if page.faults} == {}


def test_what_a_reader_cannot_have_is_told_in_her_language(looked: tuple[str, dict[str, Looked], list[str]]) -> None:
    language, pages, _ = looked
    assert {pages[name].headings[0] for name in REFUSALS if "SQL" not in name} == {Words(language)("error.title")}


def test_the_list_of_addresses_has_every_page(database: Path) -> None:
    paths = [address.partition("?")[0] for address in (*addresses(database).values(), *WRITING.values())]
    no_pages = ("csv", "svg", "documents", "original", "language", "logout", "change", "passage", "judge", "undo")
    patterns = [pattern for pattern, _ in (*ROUTES, *SigningIn(None, None).routes, *Reviewing(None).routes)]
    pages = [
        pattern
        for pattern in patterns
        if not any(word in pattern.replace("(?P<format>\\.csv)?", "") for word in no_pages)
    ]
    assert len(pages) > 15
    assert [pattern for pattern in pages if not any(re.match(pattern, path) for path in paths)] == []


def test_markup_in_any_field_of_a_document_is_text(visit: Any, hostile_base: tuple[str, Path]) -> None:
    base, database = hostile_base
    page = visit(base)
    pages = addresses(database, words="onerror")
    pages |= {
        name: f"/minutes/{name}" for name in ("documents", "meetings_view", "decisions_view", "passages", "evidence")
    }
    for name, address in pages.items():
        page.goto(address)
        assert page.evaluate("[window.hacked, document.querySelector('img[src=x]')]") == [None, None], name
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
    page = visit(base, locale)
    page.goto("/")
    follow(page, page.get_by_role("link", name=f"1 {overdue}").filter(has_text="1"))
    follow(page, page.locator("table.list").get_by_role("link", name=AFFICHE))
    assert page.get_by_role("heading", level=1).inner_text() == AFFICHE
    follow(page, page.locator(".timeline a"))
    mark = page.locator("mark.is-action", has_text="maakt de affiche").first
    playwright.expect(mark).to_be_in_viewport()
    assert page.url.partition("#")[2].startswith("action-")


def test_a_passage_and_its_entry_light_up_together(visit: Any, base: str, database: Path) -> None:
    page = visit(base)
    page.goto(addresses(database)["meetings"])
    follow(page, page.get_by_role("link", name="Verslag werkgroep Wilgenhof").first)
    entry = page.locator(".note-action", has_text=AFFICHE)
    page.locator("mark.is-owner", has_text="Noor").first.hover()
    playwright.expect(entry).to_have_class("note-action lit")
    page.locator("h1").first.hover()
    playwright.expect(entry).to_have_class("note-action")
    entry.get_by_role("link", name=AFFICHE).focus()
    playwright.expect(page.locator("mark.is-due", has_text="tegen 15 april")).to_have_class(re.compile(r"\blit\b"))


def test_what_a_highlight_is_can_be_read_by_keyboard_alone(visit: Any, base: str, database: Path) -> None:
    page = visit(base)
    page.goto(addresses(database)["meeting"])
    pin = page.locator("a.pin-action").first
    pin.focus()
    told = pin.get_attribute("title") or ""
    assert told.startswith("Actie · ")
    assert "%" in told
    playwright.expect(page.locator(".note-action.lit")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**#note-action-*")


@pytest.mark.parametrize("locale", ["nl-BE", "fr-BE"])
def test_what_a_highlight_is_is_shown_to_who_touches_it_or_comes_to_it_by_keyboard(
    visit: Any, base: str, database: Path, locale: str
) -> None:
    page = visit(base, locale, width=390, has_touch=True)
    page.goto(addresses(database)["meetings"])
    follow(page, page.get_by_role("link", name="Verslag werkgroep Wilgenhof").first)
    told, kinds = page.locator(".told"), Words(locale[:2])
    playwright.expect(told).to_be_hidden()
    page.locator("mark.is-owner", has_text="Noor").first.tap()
    playwright.expect(told).to_contain_text(f"{kinds('kinds.action')} · ")
    playwright.expect(told).to_contain_text(re.compile(rf"{kinds('kinds.owner')}.*Noor Verbiest · .*%.* · "))
    page.locator("article.text").get_by_text("L'été est chaud").tap()
    playwright.expect(told).to_be_hidden()
    page.locator("a.pin-decision").first.focus()
    playwright.expect(told).to_contain_text(f"{kinds('kinds.decision')} · ")
    page.keyboard.press("Escape")
    playwright.expect(told).to_be_hidden()


def test_the_search_is_reached_and_used_by_keyboard_alone(visit: Any, base: str) -> None:
    page = visit(base)
    page.goto("/people")
    page.keyboard.press("/")
    playwright.expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("offertes")
    enter(page)
    assert page.url.endswith("/search?q=offertes")
    assert page.locator("mark.hit").inner_text() == "offerte"
    page.locator(".entries a").first.focus()
    enter(page)
    playwright.expect(page.locator("mark.is-here").first).to_be_in_viewport()


def test_the_first_stop_of_the_keyboard_skips_to_the_content(visit: Any, base: str) -> None:
    page = visit(base)
    page.goto("/actions")
    page.keyboard.press("Tab")
    playwright.expect(page.locator("a.skip")).to_be_focused()
    playwright.expect(page.locator("a.skip")).to_be_in_viewport()
    enter(page)
    playwright.expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    playwright.expect(page.locator("main :focus")).to_have_count(1)


def test_the_menu_of_a_narrow_screen_shows_where_one_is(visit: Any, base: str) -> None:
    page = visit(base, width=390)
    page.goto("/charts")
    playwright.expect(page.locator(".top nav [aria-current]")).to_be_in_viewport(ratio=0.9)
    page.goto("/actions")
    playwright.expect(page.locator(".top nav [aria-current]")).to_be_in_viewport(ratio=0.9)


def test_the_language_is_the_browsers_until_one_is_chosen(visit: Any, base: str) -> None:
    page = visit(base, "fr-BE")
    page.goto("/actions?status=done")
    assert page.get_by_role("heading", level=1).inner_text() == "Actions"
    follow(page, page.locator(".tongues").get_by_role("link", name="NL"))
    assert page.url.endswith("/actions?status=done")
    assert page.get_by_role("heading", level=1).inner_text() == "Acties"
    page.goto("/decisions")
    assert page.get_by_role("heading", level=1).inner_text() == "Beslissingen"


def test_facets_and_the_board_work_without_scripts(visit: Any, base: str) -> None:
    page = visit(base, java_script_enabled=False)
    page.goto("/actions")
    follow(page, page.locator(".facets").get_by_role("link", name="Noor Verbiest"))
    assert page.locator("table.list tbody tr").count() == 1
    follow(page, page.get_by_role("link", name="Bord"))
    assert page.locator(".board .done li").count() == 1
    page.locator("#find").fill("affiche")
    follow(page, page.locator(".find button"))
    assert page.locator("mark.hit").first.inner_text().lower() == "affiche"


def test_a_printed_meeting_has_its_text_and_lists_without_the_menu(visit: Any, base: str, database: Path) -> None:
    page = visit(base)
    page.goto(addresses(database)["meeting"])
    page.emulate_media(media="print")
    playwright.expect(page.locator(".top")).to_be_hidden()
    playwright.expect(page.locator("article.text")).to_be_visible()
    playwright.expect(page.locator(".notes")).to_be_visible()


def test_a_file_is_saved_and_not_shown(visit: Any, chromium: Any, tmp_path: Path) -> None:
    raw = tmp_path / "raw" / "wilgenhof"
    raw.mkdir(parents=True)
    (raw / "2024-03-04.txt").write_text("<script>window.hacked=1</script>", encoding="utf-8")
    path = make(tmp_path, spring())
    with serving(path, originals=raw.parent) as address:
        page = visit(address)
        page.goto(addresses(path)["meeting"])
        with page.expect_download() as download:
            page.locator("a[download]").click()
        assert download.value.suggested_filename == "2024-03-04.txt"


def test_a_page_answers_json_to_programs(visit: Any, base: str) -> None:
    page = visit(base)
    page.goto("/actions")
    with page.expect_response("**/actions_view.json*") as answer:
        page.get_by_role("link", name="JSON").click()
    assert len(json.loads(answer.value.text())["rows"]) == 4
