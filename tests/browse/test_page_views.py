"""Our own pages, asked through Datasette's client: what they show, in each language, and what they never show."""

import datetime
import re
import sqlite3
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
from addresses import addresses
from asking import Get, getter, identifier, visible
from invented_ledger import add_event
from invented_records import NOON, SPRING

from minutes_nlp.browse.words import Words
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.stems import word_stems

TODAY = datetime.date(2024, 5, 2)
AFFICHE = "Noor maakt de affiche tegen 15 april."
TENT = "José vraagt in mei een offerte voor de tent."
BUDGET = "Fien envoie le budget avant le 1er novembre."


@pytest.fixture(scope="module")
def get(unchanged: Path) -> Get:
    return getter(unchanged, language="nl", today=lambda: TODAY)


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_every_page_answers_in_every_language(unchanged: Path, get: Get, language: str) -> None:
    words = Words(language)
    for name, address in addresses(unchanged).items():
        answer = get(address, {"accept-language": language})
        assert answer.status_code == (404 if name == "missing" else 200), name
        assert f'<html lang="{language}">' in answer.text
        assert words("menu.actions") in visible(answer)
        assert words("search.label") in visible(answer)


def test_the_chosen_language_is_remembered_and_leads_back_to_the_page(get: Get) -> None:
    answer = get("/language/fr", to="/actions?status=done")
    assert answer.status_code == 302
    assert answer.headers["location"] == "/actions?status=done"
    cookie = answer.headers["set-cookie"].split(";")[0]
    assert 'lang="fr"' in get("/actions", {"cookie": cookie, "accept-language": "nl"}).text


@pytest.mark.parametrize(
    "to", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "/a\r\nb: c"]
)
def test_the_switch_of_the_language_leads_nowhere_else(get: Get, to: str) -> None:
    assert get("/language/fr", to=to).headers["location"] == "/"


def test_a_language_that_the_pages_do_not_speak_is_no_page(get: Get) -> None:
    assert get("/language/de").status_code == 404


def test_the_first_page_counts_what_is_open_and_its_numbers_are_links(get: Get) -> None:
    page = get("/").text
    tiles = re.findall(r'<li class="tile tile-(\w+)"><a href="([^"]+)"><strong>(\d+)</strong>', page)
    assert [(name, number) for name, _, number in tiles] == [
        ("overdue", "1"), ("soon", "1"), ("open", "4"), ("undated", "1"), ("check", "0"),
    ]  # fmt: skip
    for name, address, number in tiles[:4]:
        tab = re.search(r'aria-current="true">[^<]+<span class="number">(\d+)', get(unescape(address)).text)
        assert tab, name
        assert tab[1] == number


def test_what_is_overdue_depends_on_the_day(unchanged: Path) -> None:
    for day, late in (("2024-04-15", []), ("2024-04-16", [AFFICHE]), ("2024-06-01", [AFFICHE, TENT])):
        get = getter(unchanged, language="nl", today=lambda day=day: datetime.date.fromisoformat(day))
        page = visible(get("/actions?status=overdue"))
        assert [text for text in (AFFICHE, TENT, BUDGET) if text in page] == late


def test_facets_narrow_the_list_and_count_what_is_left(get: Get) -> None:
    page = get("/actions", status="all", theme="communication").text
    assert AFFICHE in visible(get("/actions", status="all", theme="communication"))
    assert BUDGET not in unescape(page)
    owners = dict(re.findall(r'owner=[^"]*">([^<]+)</a> <span class="number">(\d+)', page))
    assert owners == {"Noor Verbiest": "2", "José": "1"}
    assert 'class="chosen"' in page


def test_a_facet_value_with_odd_characters_is_a_value(get: Get) -> None:
    for odd in ("'", '"', "%", "<b>", "\x00", "a&b=c", "é" * 300):
        assert get("/actions", owner=odd).status_code == 200


@pytest.mark.parametrize("number", ["0", "-1", "999999999999999999", "x", "²"])
def test_a_page_number_beyond_the_list_is_its_last_page(get: Get, number: str) -> None:
    assert AFFICHE in visible(get("/actions", page=number))


def test_the_board_has_each_action_in_one_column(get: Get) -> None:
    page = get("/actions?view=board").text
    counts = re.findall(r'<h2 id="board-(\w+)">[^<]+<span class="number">(\d+)', page)
    assert counts == [("overdue", "1"), ("not_overdue", "3"), ("done", "1")]
    column = page.split('id="board-not_overdue"')[1].split("</section>")[0]
    assert AFFICHE not in column
    listed = get("/actions?status=not_overdue").text
    assert AFFICHE not in listed
    assert listed.count('class="main"') == 3


def test_people_of_one_name_are_told_apart_by_their_bodies(database: Path) -> None:
    noor = "SELECT p.name FROM people p JOIN attendance a ON a.person_id = p.id ORDER BY p.name LIMIT 1"
    name = identifier(database, noor)
    assert f"{name} (" not in visible(getter(database)("/people"))
    with closing(open_database(database, mode="write")) as db:
        db.execute("INSERT INTO people (id, name, name_folded) SELECT 'ffffffffffffffff', name, name_folded FROM people"
                   " WHERE name = ?", (name,))  # fmt: skip
    page = visible(getter(database)("/people"))
    assert page.count(name) >= 2
    assert f"{name} (" in page


def test_an_action_has_its_history_with_the_passages(database: Path) -> None:
    action = identifier(database, f"SELECT id FROM actions_view WHERE action = '{AFFICHE}'")
    with closing(open_database(database, mode="write")) as db:
        add_event(db, action, "postponed", "Le groupe décide de reporter le point.", "2024-10-07", due="2024-12",
                  due_last_day="2024-12-31")  # fmt: skip
    page = visible(getter(database, language="fr")(f"/actions/{action}"))
    assert re.search(r"Parcours Convenue · 4 mars 2024 .*" + re.escape(AFFICHE), page)
    assert re.search(
        r"Reportée · 7 octobre 2024 Échéance : décembre 2024 Le groupe décide de reporter le point\.", page
    )
    assert "sûr (90 %)" in page


def test_the_list_beside_the_text_tells_a_deadline_that_was_moved_since(database: Path) -> None:
    meeting = identifier(database, "SELECT id FROM meetings WHERE date = '2024-03-04'")
    get = getter(database, language="nl", today=lambda: TODAY)
    assert "(nu " not in visible(get(f"/meetings/{meeting}"))
    with closing(open_database(database, mode="write")) as db:
        sql = "UPDATE ledger_actions SET due = '2024-12', due_last_day = '2024-12-31' WHERE due = '2024-04-15'"
        assert db.execute(sql).rowcount == 1
    assert "open Noor Verbiest · 15 apr 2024 (nu december 2024) · verloop" in visible(get(f"/meetings/{meeting}"))


def test_any_item_of_an_action_leads_to_its_history(database: Path) -> None:
    first = identifier(database, f"SELECT id FROM actions_view WHERE action = '{AFFICHE}'")
    later = identifier(database, f"SELECT id FROM actions_view WHERE action = '{BUDGET}'")
    with closing(open_database(database, mode="write")) as db:
        db.execute("DELETE FROM ledger_actions WHERE id = ?", (later,))
        add_event(db, first, "restated", BUDGET, "2024-10-07", action_id=later)
    assert AFFICHE in visible(getter(database)(f"/actions/{later}"))


def test_a_meeting_shows_its_text_with_what_was_found_at_its_place(unchanged: Path, get: Get) -> None:
    meeting = identifier(unchanged, "SELECT id FROM meetings WHERE date = '2024-03-04'")
    page = get(f"/meetings/{meeting}").text
    article = page.split("<article")[1].split("</article>")[0]
    shown = re.sub(r'<span class="unseen">.*?</span>', "", article[article.index(">") + 1 :])
    assert "".join(unescape(re.sub(r"<[^>]+>", "", shown)).split()) == "".join(SPRING.split())
    action = identifier(unchanged, f"SELECT id FROM actions_view WHERE action = '{AFFICHE}'")
    marks = re.findall(rf'<mark class="([^"]*)" data-notes="[^"]*action-{action}[^"]*"[^>]*>([^<]*)</mark>', article)
    assert "".join(text for _, text in marks) == AFFICHE
    assert [text for kinds, text in marks if "is-owner" in kinds] == ["Noor"]
    assert [text for kinds, text in marks if "is-due" in kinds] == ["tegen 15 april"]
    assert 'id="item-3"' in article
    assert f'id="action-{action}"' in article
    assert f'href="#action-{action}"' in page
    assert Words("nl")("certainty.doubtful", percent="50\xa0%") in unescape(page)


@pytest.mark.parametrize(("language", "colon"), [("nl", ":"), ("fr", " :")])
def test_what_a_mark_tells_is_written_as_the_language_does(
    unchanged: Path, get: Get, language: str, colon: str
) -> None:
    meeting = identifier(unchanged, "SELECT id FROM meetings WHERE date = '2024-03-04'")
    page = unescape(get(f"/meetings/{meeting}", {"accept-language": language}).text)
    assert f'title="{Words(language)("kinds.present")}{colon} Noor Verbiest · ' in page


def test_a_passage_that_is_looked_for_is_marked(unchanged: Path, get: Get) -> None:
    meeting = identifier(unchanged, "SELECT id FROM meetings WHERE date = '2024-03-04'")
    start = SPRING.index("chaud")
    page = get(f"/meetings/{meeting}", at=f"{start}-{start + 5}").text
    assert re.search(r'<span id="here"></span><mark class="is-here"[^>]*>chaud</mark>', page)
    for odd in ("9-1", "0-999999999", "x", "-", "5-5"):
        assert get(f"/meetings/{meeting}", at=odd).status_code == 200


def test_a_person_and_a_body_show_meetings_attendance_and_actions(unchanged: Path, get: Get) -> None:
    person = identifier(unchanged, "SELECT id FROM people WHERE name = 'Noor Verbiest'")
    page = visible(get(f"/people/{person}"))
    assert AFFICHE in page
    assert "7 okt 2024 Procès-verbal du groupe Wilgenhof Aanwezig" in page
    body = identifier(unchanged, "SELECT id FROM organisations WHERE name = 'groupe Wilgenhof'")
    page = visible(get(f"/organisations/{body}"))
    assert BUDGET in page
    assert "oktober 2024 2 0 0" in page


def test_a_theme_has_its_names_in_all_languages_and_what_stands_under_it(get: Get) -> None:
    page = visible(get("/themes/finance"))
    for text in (
        "Financiën en begroting",
        "Finances et budget (Frans)",
        BUDGET,
        "Le groupe décide de reporter le point.",
    ):
        assert text in page
    assert AFFICHE not in page


@pytest.mark.parametrize("typed", ["affiches", "AFFICHE", "noor affiche"])
def test_a_search_marks_what_it_finds_and_leads_to_its_place(get: Get, typed: str) -> None:
    page = get("/search", q=typed).text
    assert '<mark class="hit">affiche</mark>' in page
    assert re.search(
        rf'href="/meetings/[0-9a-f]+\?at={SPRING.index(AFFICHE)}-{SPRING.index(AFFICHE) + len(AFFICHE)}#here"', page
    )


def test_a_dutch_query_finds_french_items_through_their_theme(get: Get) -> None:
    page = visible(get("/search", q="begroting"))
    assert "Agendapunten over dit thema Budget Financiën en begroting" in page
    assert "Geen passage met deze woorden, wel agendapunten over dit thema." in page
    assert "0 passages" not in page
    assert "Niets gevonden" not in page
    assert "0 passages" in visible(get("/search", q="zzzz"))


@pytest.mark.parametrize("typed", ["", '"', "ete OR (", "*", "<script>", "é" * 600, "\x00"])
def test_the_search_takes_anything(get: Get, typed: str) -> None:
    assert get("/search", q=typed).status_code == 200
    assert get("/decisions", q=typed).status_code == 200
    assert get("/people", q=typed).status_code == 200


def test_decisions_are_searched_and_faceted(get: Get) -> None:
    assert "1 beslissing " in visible(get("/decisions", q="REPORTER")) + " "
    assert "Het verslag wordt goedgekeurd." not in visible(get("/decisions", theme="finance"))


def test_charts_are_pictures_without_scripts(get: Get) -> None:
    for address in ("/charts/actions.svg", "/charts/themes/finance.svg", "/charts/themes/finance.svg?small=1"):
        answer = get(address)
        assert answer.headers["content-type"] == "image/svg+xml"
        assert "<script" not in answer.text
        assert "xlink:href" not in answer.text


def test_every_answer_forbids_scripts_that_are_not_ours(unchanged: Path, get: Get) -> None:
    for address in (*addresses(unchanged).values(), "/look/minutes.js", "/actions.csv", "/minutes/actions_view.json"):
        answer = get(address)
        assert "script-src 'self'" in answer.headers["content-security-policy"], address
        assert answer.headers["x-content-type-options"] == "nosniff"
        if answer.headers["content-type"].startswith("text/html"):
            assert re.findall(r"<script(?![^>]*\bsrc=)|<style| style=| on\w+=|javascript:", answer.text) == [], address


@pytest.mark.parametrize("page", ["databases", "databases.json", "plugins", "metadata", "versions", "settings",
                                  "threads", "permissions", "allow-debug", "messages", "patterns"])  # fmt: skip
def test_what_datasette_says_of_itself_is_not_served(get: Get, page: str) -> None:
    assert get(f"/-/{page}").status_code == 404


def test_no_page_shows_where_the_database_lies(unchanged: Path, get: Get) -> None:
    others = ("/minutes.json", "/minutes/documents", "/minutes?sql=select", "/minutes.db")
    for address in (*addresses(unchanged).values(), *others):
        assert str(unchanged.parent) not in get(address).text, address


@pytest.mark.parametrize(
    ("typed", "found"), [("decidee", True), ("décidées", True), ("DECIDER", True), ("decime", False)]
)
def test_a_search_forgives_accents_and_inflection_together(database: Path, typed: str, found: bool) -> None:
    with closing(open_database(database, mode="write")) as db:
        text = "Le groupe décide de reporter le point."
        db.execute("UPDATE passages SET language = 'fr', stems = ? WHERE text = ?", (word_stems(text, "fr"), text))
    assert ('<mark class="hit">décide</mark>' in getter(database)("/search", q=typed).text) is found


def test_what_waits_for_a_person_is_listed(database: Path) -> None:
    with closing(open_database(database, mode="write")) as db:
        _add_waiting(db)
    get = getter(database, language="nl", today=lambda: TODAY)
    waiting = "1 gegeven dat niet klopt 1 mogelijk vervolg van een actie 1 bestand dat niet gelezen"
    assert waiting in visible(get("/"))
    page = visible(get("/checks"))
    assert "kapot.pdf" in page
    assert f"Gedaan? {AFFICHE}" in page
    assert "Le groupe décide de reporter le point." in page
    file = get("/checks.csv").text
    assert f"Mogelijke vervolgen van acties,Gedaan? {AFFICHE}" in file
    assert "kapot.pdf" in file
    assert len(file.splitlines()) == 4


def _add_waiting(db: sqlite3.Connection) -> None:
    action = db.execute("SELECT id, meeting_id FROM actions_view WHERE action = ?", (AFFICHE,)).fetchone()
    evidence, later = db.execute(
        "SELECT e.id, m.id FROM evidence e JOIN meetings m USING (document_id) WHERE quote LIKE 'Le groupe%'"
    ).fetchone()
    db.execute(
        "INSERT INTO proposals (id, ledger_action_id, event, meeting_id, evidence_id, method, confidence)"
        " VALUES ('p', ?, 'done', ?, ?, 'minutes.ledger.v1', 0.7)",
        (action[0], later, evidence),
    )
    db.execute(
        "INSERT INTO issues (id, code, meeting_id, evidence_id, details) VALUES ('i', 'twins-differ', ?, ?, '{}')",
        (later, evidence),
    )
    db.execute(
        "INSERT INTO ingest_errors (path, code, message, at) VALUES ('kapot.pdf', 'reading.x', 'It is broken.', ?)",
        (NOON.isoformat(),),
    )
