"""The data that a page leads to: its JSON, of Datasette's API, has the rows of the page and no others."""

from __future__ import annotations

import csv
import datetime
import io
import re
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
from asking import Get, getter, visible

from minutes_nlp.browse.data.checks import MOST_SHOWN
from minutes_nlp.store.connect import open_database

TODAY = datetime.date(2024, 5, 2)


@pytest.fixture(scope="module")
def get(unchanged: Path) -> Get:
    return getter(unchanged, language="nl", today=lambda: TODAY)


def linked(get: Get, page: str) -> dict[str, list[str]]:
    """The addresses at the foot of a page, by what they are called."""
    foot = get(page).text.rpartition("<footer>")[2]
    found: dict[str, list[str]] = {}
    for address, name in re.findall(r'<a href="([^"]+)"[^>]*>((?:CSV|JSON)[^<]*)</a>', foot):
        found.setdefault(name.split()[0], []).append(unescape(address))
    return found


def both(get: Get, page: str, heading: str, column: str) -> tuple[set[str], set[str]]:
    """The values under a heading of the CSV, and in a column of the JSON, of a page."""
    addresses = linked(get, page)
    listed = csv.DictReader(io.StringIO(get(addresses["CSV"][0]).text.removeprefix("\ufeff")))
    rows = get(addresses["JSON"][0]).json()["rows"]
    return {row[heading] for row in listed}, {row[column] for row in rows}


@pytest.mark.parametrize(
    ("page", "number"),
    [
        ("/actions?status=all", 5),
        ("/actions?status=open", 4),
        ("/actions?status=overdue", 1),
        ("/actions?status=not_overdue", 3),
        ("/actions?status=soon&owner=Nobody", 0),
        ("/decisions?q=verslagen", 1),
        ("/decisions?q=point&language=fr", 1),
        ("/decisions?q=nergens", 0),
        ("/meetings?year=2024", 2),
        ("/meetings?year=2023", 0),
        ("/people?q=verb", 1),
        ("/people?q=niemand", 0),
        ("/organisations?q=wilgenhof", 2),
        ("/organisations?q=niemand", 0),
    ],
)
def test_the_json_of_a_list_has_its_rows(get: Get, page: str, number: int) -> None:
    in_csv, in_json = both(get, page, "id", "id")
    assert in_json == in_csv
    assert len(in_json) == number


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("/search?q=offertes", {"José vraagt in mei een offerte voor de tent."}),
        ("/search?q=budget&year=2024", {"1. Budget", "Fien envoie le budget avant le 1er novembre."}),
        ("/search?q=budget&year=2023", set()),
        ("/search?q=verslag&language=fr", set()),
        ("/search?q=nergens", set()),
    ],
)
def test_the_json_of_a_search_has_what_was_found(get: Get, page: str, texts: set[str]) -> None:
    in_csv, in_json = both(get, page, "passage", "text")
    assert in_json == in_csv == texts


def test_the_json_of_an_owner_has_what_passages_give_her_under_other_names(database: Path) -> None:
    with closing(open_database(database, mode="write")) as db:
        sql = """UPDATE ledger_actions SET owners = '["de voorzitter"]' WHERE owners_action_id IN (
            SELECT action_id FROM action_owners WHERE name = 'Noor Verbiest')"""
        db.execute(sql)
    get = getter(database, language="nl", today=lambda: TODAY)
    in_csv, in_json = both(get, "/actions?status=all&owner=Noor%20Verbiest", "id", "id")
    assert in_json == in_csv
    assert len(in_json) == 2
    assert both(get, "/actions?status=all&owner=de%20voorzitter", "id", "id") == (set(), set())


def test_a_decision_in_two_languages_is_one_and_is_found_by_the_words_of_both(database: Path) -> None:
    before = getter(database, language="nl", today=lambda: TODAY)
    dutch, french = (both(before, f"/decisions?q={words}", "id", "id")[0] for words in ("verslag", "point"))
    every, _ = both(before, "/decisions", "id", "id")
    assert (len(dutch), len(french)) == (1, 1)
    with closing(open_database(database, mode="write")) as db:
        db.execute("INSERT INTO pairs VALUES ('decision', ?, ?, 1.0)", (*dutch, *french))
    get = getter(database, language="nl", today=lambda: TODAY)
    assert both(get, "/decisions", "id", "id") == (every - french, every - french)
    for words in ("verslag", "point"):
        assert both(get, f"/decisions?q={words}", "id", "id") == (dutch, dutch)


def test_a_parameter_counts_only_for_the_tables_that_it_is_for(get: Get) -> None:
    all_of_them = get("/minutes/actions_view.json?_shape=objects").json()["rows"]
    assert get("/minutes/actions_view.json?_shape=objects&_name=verbiest&_year=1999").json()["rows"] == all_of_them


def test_several_words_each_have_to_be_found(get: Get) -> None:
    found = get("/minutes/passages.json?_shape=objects&_words=budget&_words=novembre").json()["rows"]
    assert [row["text"] for row in found] == ["Fien envoie le budget avant le 1er novembre."]


@pytest.mark.parametrize("typed", ['"', "'); DROP TABLE people; --", "a" * 3000, "\x00", "NEAR(", ":minutes_0"])
def test_nothing_typed_is_an_error(get: Get, typed: str) -> None:
    for table, name in (("passages", "_words"), ("decisions_view", "_words"), ("people_view", "_name")):
        assert get(f"/minutes/{table}.json", _shape="objects", **{name: typed}).json()["rows"] == []


def test_what_is_to_be_checked_is_counted_and_written_down_whole(database: Path) -> None:
    with closing(open_database(database, mode="write")) as db:
        db.executemany(
            "INSERT INTO ingest_errors (path, code, message, at) VALUES (?, 'reading.x', 'x', '2024-05-02')",
            [(f"kapot/{number}.pdf",) for number in range(MOST_SHOWN + 5)],
        )
    get = getter(database, language="nl", today=lambda: TODAY)
    answer = get("/checks")
    assert answer.text.count("<strong>kapot/") == MOST_SHOWN
    assert f"1 – {MOST_SHOWN} van {MOST_SHOWN + 5}" in visible(answer)
    assert get("/checks.csv").text.count("kapot/") == MOST_SHOWN + 5
    links = linked(get, "/checks")
    assert len(links["JSON:"]) == 3
    numbers = [get(f"{address}&_size=max").json()["filtered_table_rows_count"] for address in links["JSON:"]]
    assert numbers == [0, 0, MOST_SHOWN + 5]


def test_a_short_list_to_check_says_nothing_of_more(get: Get) -> None:
    assert "1 – " not in visible(get("/checks"))
