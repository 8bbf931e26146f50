"""Signing in and correcting in a real browser, in Dutch and in French, by mouse and by keyboard alone."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from access_site import NAMES, PASSWORD, make_book, reckon
from addresses import WRITING, addresses
from browser import Axe, Looked, Visit, enter, follow, look_at, serving_guarded
from hostile_record import ATTACK, hostile
from invented_records import NOON, autumn, spring

from minutes_nlp.browse.access.guarded import Guard
from minutes_nlp.browse.words import Words, words
from minutes_nlp.cli.desks import BrowserDesk
from minutes_nlp.cli.messages import Messages
from minutes_nlp.cli.session import Session
from minutes_nlp.settings import load_settings
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.correction_log import log_path, read_log
from minutes_nlp.store.write import save_record

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

TODAY = datetime.date(2024, 5, 2)
AFFICHE = "Noor maakt de affiche tegen 15 april."
TENT = "José vraagt in mei een offerte voor de tent."
SUMMER = "L'été est chaud à Lindebeke."
BOTH = pytest.mark.parametrize("locale", ["nl-BE", "fr-BE"])

Site = tuple[str, Path]


def serve(folder: Path, *records: Any) -> Iterator[Site]:
    database = folder / "minutes.db"
    with closing(open_database(database, mode="write")) as db:
        for record in records:
            save_record(db, record, ingested_at=NOON)
        reckon(db, [])
    here = Session(Messages("nl"), load_settings(folder))
    here.asked_database = database
    guard = Guard(make_book(database), reckon, BrowserDesk(here))
    (folder / "copy").mkdir()
    with serving_guarded(database, folder / "copy", guard, language="nl", today=lambda: TODAY) as base:
        yield base, database


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with two meetings that one corrects in, and its database."""
    yield from serve(tmp_path_factory.mktemp("review"), spring(), autumn())


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The same with minutes that are full of markup."""
    yield from serve(tmp_path_factory.mktemp("hostile"), hostile())


@pytest.fixture
def signed_in(visit: Callable[..., Any]) -> Callable[..., Any]:
    """Opens the first page as somebody who has just signed in."""

    def begin(site: Site, role: str = "editor", locale: str = "nl-BE", **options: Any) -> Any:
        page = visit(site[0], locale, **options)
        sign_in(page, role)
        return page

    return begin


def sign_in(page: Any, role: str) -> None:
    page.goto("/login")
    page.locator("#name").fill(NAMES[role])
    page.locator("#password").fill(PASSWORD)
    enter(page)
    page.wait_for_url("**/")


def action(site: Site, quote: str = AFFICHE) -> str:
    with closing(open_database(site[1])) as db:
        found: str = db.execute("SELECT id FROM actions_view WHERE action = ?", (quote,)).fetchone()[0]
        return found


def meeting(site: Site) -> str:
    with closing(open_database(site[1])) as db:
        found: str = db.execute("SELECT id FROM meetings ORDER BY date LIMIT 1").fetchone()[0]
        return found


def told(locale: str) -> Words:
    return words(locale[:2], "access")


def button(page: Any, text: str) -> Any:
    return page.get_by_role("button", name=text, exact=True)


def last_who(site: Site) -> str:
    return read_log(log_path(site[1])).corrections[-1].who


@BOTH
def test_a_coordinator_closes_what_is_overdue_sees_it_gone_and_undoes_it(
    signed_in: Callable[..., Any], site: Site, locale: str
) -> None:
    page, a, t = signed_in(site, locale=locale), told(locale), words(locale[:2])
    follow(page, page.get_by_label(t("home.overdue_of", n="1", name="Noor Verbiest")))
    follow(page, page.locator("table.list").get_by_role("link", name=AFFICHE))
    follow(page, page.locator(".timeline a").first)
    playwright.expect(page.locator("mark.is-action", has_text="maakt de affiche").first).to_be_in_viewport()
    page.go_back()
    follow(page, button(page, a("review.done")))
    playwright.expect(page.locator(".message[role=status]")).to_contain_text(a("review.saved"))
    noted = page.url
    playwright.expect(page.locator("main .badge").first).to_have_text(t("status.done"))
    page.goto("/actions?status=overdue")
    assert page.get_by_role("link", name=AFFICHE).count() == 0
    page.goto(noted)
    follow(page, button(page, a("review.undo")))
    playwright.expect(page.locator(".message[role=status]")).to_have_text(a("review.taken_back"))
    playwright.expect(page.locator("main .badge").first).to_have_text(t("status.overdue"))
    page.goto("/actions?status=overdue")
    assert page.get_by_role("link", name=AFFICHE).count() == 1
    page.goto("/review/log")
    undone = page.locator(".entries > li").nth(1)
    playwright.expect(undone).to_contain_text(a("review.undone"))
    playwright.expect(undone).to_contain_text(AFFICHE)
    for place in range(2):
        playwright.expect(page.locator(".entries > li").nth(place)).to_contain_text(f"{NAMES['editor']} ·")


@BOTH
def test_what_is_doubtful_is_accepted_and_leaves_the_queue(
    signed_in: Callable[..., Any], site: Site, locale: str
) -> None:
    page, a = signed_in(site, locale=locale), told(locale)
    follow(page, page.get_by_role("link", name=a("review.title"), exact=True))
    first = page.locator(".entries > li").first
    identifier, number = first.get_attribute("id"), page.locator("h1 .number").inner_text()
    follow(page, button(first, a("review.accept")))
    playwright.expect(page.locator(".message[role=status]")).to_contain_text(a("review.saved"))
    playwright.expect(page.locator(f"#{identifier}")).to_have_count(0)
    assert page.locator("h1 .number").inner_text() != number
    assert last_who(site) == NAMES["editor"]
    follow(page, button(page, a("review.undo")))
    playwright.expect(page.locator(f"#{identifier}")).to_have_count(1)


@BOTH
def test_words_that_are_selected_become_those_of_an_action(
    signed_in: Callable[..., Any], site: Site, locale: str
) -> None:
    page, a = signed_in(site, locale=locale), told(locale)
    page.goto(f"/meetings/{meeting(site)}")
    select(page, "een offerte voor de tent")
    form = page.locator("#correct-passage form").first
    assert form.locator("textarea").input_value() == "een offerte voor de tent"
    assert TENT[:20] in form.locator("select option:checked").inner_text()
    follow(page, button(form, a("review.save")))
    playwright.expect(page.locator(".note-action", has_text="een offerte voor de tent")).to_have_count(1)
    assert page.locator(".note-action", has_text=TENT).count() == 0
    follow(page, button(page, a("review.undo")))
    assert page.locator(".note-action", has_text=TENT).count() == 1


def test_a_decision_that_was_missed_is_added_by_selecting_it(signed_in: Callable[..., Any], site: Site) -> None:
    page, a = signed_in(site), told("nl")
    page.goto(f"/meetings/{meeting(site)}")
    page.locator("article.text").get_by_text(SUMMER).click(click_count=3)
    form = page.locator("#correct-passage form").first
    playwright.expect(form.locator("textarea")).to_have_value(SUMMER)
    form.locator("select").select_option("new:decision")
    follow(page, button(form, a("review.save")))
    playwright.expect(page.locator(".note-decision", has_text=SUMMER)).to_have_count(1)
    follow(page, button(page, a("review.undo")))
    assert page.locator(".note-decision", has_text=SUMMER).count() == 0


def select(page: Any, quote: str) -> None:
    """Select words of the text of a meeting, as a mouse that is dragged over them does."""
    page.evaluate(
        """quote => {
            const walker = document.createTreeWalker(document.querySelector("article.text"), NodeFilter.SHOW_TEXT);
            const places = [];
            let text = "";
            while (walker.nextNode()) {
                if (walker.currentNode.parentElement.closest(".unseen")) continue;
                for (let at = 0; at < walker.currentNode.length; at += 1) places.push([walker.currentNode, at]);
                text += walker.currentNode.data;
            }
            const start = text.indexOf(quote);
            const [first, from] = places[start];
            const [last, to] = places[start + quote.length - 1];
            document.getSelection().setBaseAndExtent(first, from, last, to + 1);
        }""",
        quote,
    )
    page.wait_for_function("document.querySelector('#correct-passage textarea').value")


@BOTH
def test_an_action_is_given_to_somebody_else(signed_in: Callable[..., Any], site: Site, locale: str) -> None:
    page, a = signed_in(site, locale=locale), told(locale)
    page.goto(f"/actions/{action(site, TENT)}")
    page.get_by_label(a("review.owners"), exact=True).fill("Fien Draulans")
    follow(page, button(page, a("review.assign")))
    owners = page.locator("dl.pair dd").first
    playwright.expect(owners).to_have_text("Fien Draulans")
    follow(page, button(page, a("review.undo")))
    playwright.expect(owners).to_have_text(re.compile("José"))


def test_days_of_a_correction_lie_between_the_meeting_and_today(signed_in: Callable[..., Any], site: Site) -> None:
    page = signed_in(site)
    page.goto(f"/actions/{action(site)}")
    days = page.locator("input[type=date]")
    assert days.count() == 3
    for place in range(3):
        assert days.nth(place).get_attribute("min") == "2024-03-04"
        assert days.nth(place).get_attribute("max") == TODAY.isoformat()
    days.first.fill("2024-02-01")
    button(page, told("nl")("review.done")).click()
    playwright.expect(days.first).to_be_focused()  # so the browser shows what it does not send
    assert days.first.evaluate("day => day.validity.rangeUnderflow")
    assert "said=" not in page.url


def test_all_of_it_by_keyboard_alone(visit: Callable[..., Any], site: Site) -> None:
    page, a = visit(site[0]), told("nl")
    page.goto(f"/actions/{action(site)}")
    playwright.expect(page.locator("#name")).to_be_focused()
    page.keyboard.type(NAMES["editor"])
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    enter(page)
    page.wait_for_url("**/actions/*")
    tab_to(page, a("review.done"))
    enter(page)
    page.wait_for_url("**said=*")
    tab_to(page, a("review.undo"))
    enter(page)
    page.wait_for_url(re.compile(r"/actions/[0-9a-f]+$"))
    tab_to(page, a("login.out"))
    enter(page)
    page.wait_for_url("**/login")


def tab_to(page: Any, text: str, most: int = 60) -> None:
    """Press Tab until the element with this text has the focus, which has to be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == text:
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"{text!r} was not reached")


@BOTH
def test_a_wrong_password_is_told_and_the_name_kept(visit: Callable[..., Any], site: Site, locale: str) -> None:
    page, a = visit(site[0], locale), told(locale)
    page.goto("/login")
    page.locator("#name").fill("somebody")
    page.locator("#password").fill("not the password")
    follow(page, button(page, a("login.button")))
    playwright.expect(page.get_by_role("alert")).to_have_text(a("login.wrong"))
    assert page.locator("#name").input_value() == "somebody"
    assert page.locator("#password").input_value() == ""


def test_a_form_that_is_no_longer_valid_is_told_on_a_page(signed_in: Callable[..., Any], site: Site) -> None:
    page = signed_in(site)
    page.goto(f"/actions/{action(site)}")
    page.context.clear_cookies(name="ds_csrftoken")
    follow(page, button(page, told("nl")("review.done")))
    playwright.expect(page.get_by_role("alert")).to_have_text(words("nl")("error.form"))


@pytest.fixture(scope="module", params=[("nl-BE", "light"), ("fr-BE", "dark")], ids=["nl", "fr"])
def looked(
    request: pytest.FixtureRequest, chromium: Any, axe: Axe, site: Site
) -> tuple[str, dict[str, Looked], list[str]]:
    """A language, what each page that only accounts see is like in it, and what the pages did that they should not."""
    locale, scheme = request.param
    context = chromium.new_context(base_url=site[0], locale=locale, color_scheme=scheme)
    watched, page, found = Visit(context, site[0]), context.new_page(), {}
    page.goto("/login")
    found["login"] = look_at(page, axe)
    page.locator("#name").fill("somebody else")
    page.locator("#password").fill("wrong")
    enter(page)
    page.wait_for_selector("[role=alert]")
    found["wrong password"] = look_at(page, axe)
    sign_in(page, "editor")
    pages = {name: path for name, path in addresses(site[1]).items() if name in ("home", "action", "meeting")}
    pages |= {name: path for name, path in WRITING.items() if name != "login"}
    for name, address in pages.items():
        page.goto(address)
        if name == "meeting":
            page.locator("#correct-passage > summary").click()
        found[name] = look_at(page, axe)
    page.goto(f"/actions/{action(site)}")
    follow(page, button(page, told(locale)("review.done")))
    found["noted"] = look_at(page, axe)
    page.goto("/review/log")
    found["log with an entry"] = look_at(page, axe)
    page.goto(page.url.replace("/review/log", f"/actions/{action(site)}"))
    page.goto("/review/log")
    follow(page, page.locator(".entries button").first)
    page.goto("/review/change")
    found["refused"] = look_at(page, axe)
    watched.close()
    return locale[:2], found, watched.faults


def test_every_page_for_accounts_is_whole_in_the_readers_language(
    looked: tuple[str, dict[str, Looked], list[str]],
) -> None:
    language, pages, faults = looked
    assert len(pages) == 10
    assert {name for name, page in pages.items() if page.language != language or len(page.headings) != 1} == set()
    assert {name: page.overflow for name, page in pages.items() if any(page.overflow.values())} == {}
    assert faults == []


def test_no_page_for_accounts_has_a_serious_fault_of_accessibility(
    looked: tuple[str, dict[str, Looked], list[str]],
) -> None:
    assert {name: page.faults for name, page in looked[1].items() if page.faults} == {}


def unharmed(page: Any, where: str) -> None:
    """No markup of the minutes or of a form has become part of the page."""
    found = page.evaluate(
        "[window.hacked, document.querySelector('img[src=x]'), document.querySelector('main script')]"
    )
    assert found[:2] == [None, None], where


def test_markup_in_a_document_is_text_where_one_corrects(signed_in: Callable[..., Any], hostile_site: Site) -> None:
    page = signed_in(hostile_site, "admin")
    pages = {**addresses(hostile_site[1], words="onerror"), **WRITING}
    for name in ("review", "log", "action", "meeting", "home", "search", "question"):
        page.goto(pages[name])
        unharmed(page, name)
    page.goto(pages["review"])
    assert ATTACK in page.locator("main").inner_text()
    page.goto(pages["meeting"])
    page.locator("#correct-passage > summary").click()
    assert "<script>window.hacked=1</script>" in page.locator("#correct-passage").inner_text()


def test_markup_that_somebody_types_is_text(signed_in: Callable[..., Any], hostile_site: Site) -> None:
    page, a = signed_in(hostile_site, "admin"), told("nl")
    pages = addresses(hostile_site[1])
    page.goto(pages["meeting"])
    page.locator("#correct-passage > summary").click()
    form = page.locator("#correct-passage form").first
    form.locator("textarea").fill(f"</textarea>{ATTACK}")
    follow(page, button(form, a("review.save")))
    playwright.expect(page.get_by_role("alert")).to_contain_text(ATTACK[:10])
    unharmed(page, "a message")
    page.goto("/review")
    follow(page, button(page.locator(".entries > li", has_text=ATTACK).first, a("review.accept")))
    unharmed(page, "noted")
    page.goto("/review/log")
    assert ATTACK[:20] in page.locator(".entries").inner_text()
    unharmed(page, "the log")
    page.goto(f"/actions/0000000000000000?said={ATTACK}")
    unharmed(page, "no page")


def test_markup_in_a_name_or_a_password_is_text(visit: Callable[..., Any], hostile_site: Site) -> None:
    page = visit(hostile_site[0])
    page.goto(f"/login?to=/search?q={ATTACK}")
    unharmed(page, "where to")
    page.locator("#name").fill(f'"><b>{ATTACK}')
    page.locator("#password").fill(f"{ATTACK} and more")
    enter(page)
    playwright.expect(page.get_by_role("alert")).to_have_text(told("nl")("login.wrong"))
    assert page.locator("#name").input_value() == f'"><b>{ATTACK}'
    assert "and more" not in page.content()
    unharmed(page, "a wrong password")
