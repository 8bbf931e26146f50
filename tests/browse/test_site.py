"""The pages, asked through Datasette's own client."""

import datetime
import html
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from asking import Get, getter

from minutes_nlp.browse.metadata import HIDDEN, build_metadata
from minutes_nlp.browse.site import build_site
from minutes_nlp.browse.words import Words
from minutes_nlp.errors import StoreError
from minutes_nlp.resources import section, themes
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import mark_missing

AFFICHE = "Noor maakt de affiche tegen 15 april."
TENT = "José vraagt in mei een offerte voor de tent."
SUMMER = "L'été est chaud à Lindebeke."
PAGES = (
    "actions_view",
    "attendance_view",
    "decisions_view",
    "meetings_view",
    "open_actions",
    "people_view",
    "passages",
)
QUESTIONS = (
    "open-actions",
    "overdue-actions",
    "actions-per-owner",
    "actions-of-owner",
    "decisions-per-theme",
    "decisions-of-theme",
    "search",
)


@pytest.fixture(scope="module")
def sites(unchanged: Path) -> dict[str, Get]:
    """The site in each language."""
    return {language: getter(unchanged, language=language) for language in ("nl", "fr", "en", "de")}


@pytest.fixture(scope="module")
def get(sites: dict[str, Get]) -> Get:
    return sites["nl"]


def rows(get: Get, path: str, **parameters: str) -> list[dict[str, Any]]:
    answer = get(f"/minutes/{path}.json", _shape="objects", **parameters)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["rows"]
    return found


def facet(get: Get, table: str, name: str, **asked: str) -> dict[str, int]:
    assert Words("nl")("tables.slow") not in get(f"/minutes/{table}").text
    answer = get(f"/minutes/{table}.json", **asked).json()
    return {value["label"]: value["count"] for value in answer["facet_results"][name]["results"]}


def test_the_first_pages_answer(get: Get) -> None:
    for path in ("/", "/minutes"):
        answer = get(path)
        assert answer.status_code == 200
        assert "Verslagen" in answer.text


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_page_of_tables_leads_to_every_question_and_list_by_its_title(sites: dict[str, Get], language: str) -> None:
    words = section(language, "browse")
    page = sites[language]("/minutes").text
    links = dict(re.findall(r'<a href="/minutes/([\w-]+)">([^<]+)</a>', page))
    for name in QUESTIONS:
        assert name == "search" or html.unescape(links[name]) == words["queries"][name]["title"]
    for name in ("meetings_view", "decisions_view", "people_view", "ingest_errors", "evidence"):
        assert html.unescape(links[name]) == words["tables"][name][0]


def test_a_question_shows_its_answer_and_not_its_sql(get: Get) -> None:
    page = get("/minutes/actions-of-owner", owner="noor").text
    assert section("nl", "browse")["page"]["parameters"]["owner"] in page
    assert AFFICHE in page
    assert "SELECT" not in page
    assert section("nl", "browse")["page"]["nothing"] in get("/minutes/actions-of-owner", owner="nobody").text
    assert "SELECT" in get("/minutes/open-actions", _show_sql="1").text


def test_the_path_of_a_document_leads_to_its_text(get: Get) -> None:
    target = re.search(r'<a href="(/documents/[^"]+)">', get("/minutes/open-actions").text)
    assert target
    answer = get(target[1])
    assert answer.status_code == 302
    assert TENT.split()[0] in get(answer.headers["location"]).text


def test_a_row_leads_to_what_belongs_to_it(get: Get) -> None:
    target = re.search(r'<a href="/meetings/([0-9a-f]{16})">', get("/minutes/meetings_view").text)
    assert target
    page = get(f"/minutes/meetings/{target[1]}").text
    titles = section("nl", "browse")["tables"]
    assert f"<h1>{titles['meetings'][0]}</h1>" in page
    for table in ("attendance", "decisions", "actions"):
        assert re.search(
            rf'<a href="/minutes/{table}\?meeting_id=[0-9a-f]{{16}}">{re.escape(titles[table][0])}</a>', page
        )


def test_themes_and_owners_read_as_what_they_mean(sites: dict[str, Get]) -> None:
    page = sites["fr"]("/minutes/actions_view", _facet_array="themes").text
    assert "[&#34;" not in page
    facet = re.findall(r'themes__arraycontains=([\w-]+)">([^<]+)</a>', page)
    labels = {theme["id"]: theme["fr"] for theme in themes()}
    assert facet
    assert all(html.unescape(label) == labels[identifier] for identifier, label in facet)


@pytest.mark.parametrize("page", PAGES)
def test_every_table_has_its_title_and_description_in_the_readers_language(get: Get, page: str) -> None:
    answer = get(f"/minutes/{page}")
    title, description = section("nl", "browse")["tables"][page]
    assert answer.status_code == 200
    assert f"<h1>{title}" in answer.text
    assert description.replace("'", "&#39;") in answer.text


def test_all_tables_answer_and_only_what_serves_the_machine_is_hidden(get: Get) -> None:
    listed = get("/minutes.json").json()
    shown = {table["name"] for table in listed["tables"] if not table["hidden"]}
    assert {"schema_migrations", "meeting_evidence", "owner_candidates", "passages_fts"}.isdisjoint(shown)
    assert {"actions", "documents", "evidence", "ingest_errors", "meetings", "passages", "people"} <= shown
    for name in (*shown, *(view if isinstance(view, str) else view["name"] for view in listed["views"])):
        assert get(f"/minutes/{name}").status_code == 200, name


def test_facets_count_single_values_and_the_values_of_arrays(get: Get) -> None:
    assert facet(get, "actions_view", "status", _facet="status") == {"open": 4, "done": 1}
    assert facet(get, "actions_view", "owners", _facet_array="owners") == {"Noor Verbiest": 2, "Fien": 1, "José": 1}
    assert facet(get, "actions_view", "themes", _facet_array="themes") == {
        "events": 3,
        "communication": 3,
        "finance": 1,
    }
    assert facet(get, "decisions_view", "themes", _facet_array="themes") == {"finance": 1, "meeting-procedure": 1}
    assert facet(get, "meetings_view", "languages", _facet_array="languages") == {"fr": 2, "nl": 1}
    assert facet(get, "attendance", "status") == {"present": 5, "excused": 1}


def test_a_facet_filters(get: Get) -> None:
    assert [row["action"] for row in rows(get, "open_actions", owners__arraycontains="José")] == [TENT]


@pytest.mark.parametrize(
    ("language", "label"),
    [("nl", "Financiën en begroting"), ("fr", "Finances et budget"), ("en", "Finance and budget")],
)
def test_a_foreign_key_reads_as_what_it_means(sites: dict[str, Get], language: str, label: str) -> None:
    get = sites[language]
    assert label in facet(get, "item_themes", "theme_id")
    assert label in get("/minutes/item_themes").text
    actions = get("/minutes/actions.json", _labels="on", _shape="objects").json()["rows"]
    assert AFFICHE in [action["evidence_id"]["label"] for action in actions]


@pytest.mark.parametrize("typed", ["ete", "ÉTÉ", "Été chaud"])
def test_a_table_is_searched_without_accents(get: Get, typed: str) -> None:
    assert [row["text"] for row in rows(get, "passages", _search=typed)] == [SUMMER]
    assert SUMMER.replace("'", "&#39;") in get("/minutes/passages", _search=typed).text


def test_a_table_is_searched_without_inflection(get: Get) -> None:
    assert [row["text"] for row in rows(get, "passages", _search="chauds etes")] == [SUMMER]


@pytest.mark.parametrize("column", ["_search", "_search_text"])
@pytest.mark.parametrize("typed", ['"', '""', "ete OR (", "NEAR(", "*", "text:", "a AND", "^", "{a b}:c", "\x00", "-"])
def test_no_search_of_a_table_is_an_error(get: Get, column: str, typed: str) -> None:
    for more in ({}, {"_searchmode": "raw"}):
        assert get("/minutes/passages", **{column: typed}, **more).status_code == 200
        assert get("/minutes/passages.json", **{column: typed}, **more).status_code == 200
    assert get("/minutes/passages?%5Fsearchmode=raw", **{column: typed}).status_code == 200


@pytest.mark.parametrize("typed", ["ete", '"été est', "ete OR (", ""])
def test_the_search_question_takes_anything(get: Get, typed: str) -> None:
    found = [row["passage"] for row in rows(get, "search", words=typed)]
    assert found == ([] if not typed or "OR" in typed else [SUMMER])


def test_open_actions(get: Get) -> None:
    found = [(row["tegen"], row["trekkers"], row["actie"]) for row in rows(get, "open-actions")]
    assert found == [
        ("2024-04-15", "Noor Verbiest", AFFICHE),
        ("2024-05", "José", TENT),
        ("2024-11-01", "Fien", "Fien envoie le budget avant le 1er novembre."),
        (None, None, "De sleutels worden binnenkort bezorgd."),
    ]


@pytest.mark.parametrize(
    ("today", "late"), [("2024-04-15", []), ("2024-05-31", [AFFICHE]), ("2024-06-01", [AFFICHE, TENT])]
)
def test_overdue_actions_as_of_a_day(get: Get, today: str, late: list[str]) -> None:
    assert [row["actie"] for row in rows(get, "overdue-actions", today=today)] == late


def test_overdue_actions_as_of_the_present_day(get: Get) -> None:
    assert len(rows(get, "overdue-actions")) == 3


def test_actions_per_owner(get: Get) -> None:
    columns = ("open", "te laat", "eerste einddatum")
    found = {row["trekker"]: tuple(row[name] for name in columns) for row in rows(get, "actions-per-owner")}
    assert found == {"Fien": (1, 1, "2024-11-01"), "José": (1, 1, "2024-05-31"), "Noor Verbiest": (1, 1, "2024-04-15")}


@pytest.mark.parametrize(("typed", "count"), [("JOSE", 1), ("verbiest", 2), ("nobody", 0)])
def test_actions_of_one_owner(get: Get, typed: str, count: int) -> None:
    assert len(rows(get, "actions-of-owner", owner=typed)) == count


def test_decisions_per_theme(get: Get) -> None:
    found = {row["thema"]: (row["beslissingen"], row["eerste"]) for row in rows(get, "decisions-per-theme")}
    assert found == {"Financiën en begroting": (1, "2024-10-07"), "Vergaderprocedure": (1, "2024-03-04")}


@pytest.mark.parametrize("typed", ["begroting", "FINANCIEN", "finance"])
def test_decisions_of_one_theme(get: Get, typed: str) -> None:
    assert [row["agendapunt"] for row in rows(get, "decisions-of-theme", theme=typed)] == ["Budget"]


@pytest.mark.parametrize("language", ["nl", "fr", "en", "de"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_answers_in_every_language(sites: dict[str, Get], language: str, question: str) -> None:
    answer = sites[language](f"/minutes/{question}")
    title = section(language if language != "de" else "en", "browse")["queries"][question]["title"]
    assert answer.status_code == 200
    assert title.replace("'", "&#39;") in answer.text


def test_nothing_is_loaded_from_elsewhere(get: Get) -> None:
    for path in ("/", "/minutes", *(f"/minutes/{name}" for name in (*PAGES, *QUESTIONS))):
        page = get(path).text
        loaded = re.findall(r"<(?:script|img|iframe|link)[^>]*?(?:src|href)=[\"']([^\"']+)", page)
        loaded += re.findall(r"url\([\"']?(?!data:)([^\"')]+)", page)
        assert loaded
        assert [target for target in loaded if not re.match(r"/(?!/)|http://localhost/", target)] == []


@pytest.mark.parametrize("sql", ["DELETE FROM documents", "SELECT 1; DROP TABLE actions", "PRAGMA writable_schema = 1"])
def test_sql_can_only_read(get: Get, sql: str) -> None:
    assert get("/minutes.json", sql=sql).status_code == 400
    assert len(rows(get, "documents")) == 2


def test_sql_is_allowed_or_not(unchanged: Path) -> None:
    for allowed, status in ((True, 200), (False, 403)):
        get = getter(unchanged, allow_sql=allowed)
        assert get("/minutes.json", sql="SELECT count(*) FROM actions").status_code == status
        assert get("/minutes/open-actions").status_code == 200


def test_there_is_no_connection_that_writes(unchanged: Path) -> None:
    site = build_site(unchanged)
    served = site.get_database("minutes")
    with pytest.raises(PermissionError):
        served.connect(write=True)
    with closing(served.connect()) as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM documents")


def test_what_changes_while_it_is_served_is_shown(database: Path) -> None:
    get = getter(database)
    assert [row["missing_since"] for row in rows(get, "meetings_view")] == [None, None]
    with closing(open_database(database, mode="write")) as db:
        mark_missing(db, ["wilgenhof/2024-10-07.txt"], at=datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC))
    assert rows(get, "meetings_view")[0]["missing_since"] == "2025-01-01T00:00:00+00:00"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_any_file_name_is_served(database: Path) -> None:
    odd = database.rename(database.with_name("50% #1? é.db"))
    assert len(rows(getter(odd), "documents")) == 2


def test_markup_in_minutes_is_text(database: Path) -> None:
    with closing(open_database(database, mode="write")) as db:
        db.execute("UPDATE meetings SET title = '<script>alert(1)</script>'")
    get = getter(database)
    for path in ("/minutes/meetings_view", "/minutes/open-actions", "/minutes/meetings"):
        page = get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_without_a_database_there_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        build_site(tmp_path / "minutes.db")
    assert caught.value.code == "store.missing"


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_every_text_of_a_language_is_used_and_none_is_missing(unchanged: Path, language: str) -> None:
    words = section(language, "browse")
    with closing(open_database(unchanged)) as db:
        metadata = build_metadata(db, language, ["minutes"])["databases"]["minutes"]
    described = {column for table in metadata["tables"].values() for column in table.get("columns", {})}
    assert described == set(words["columns"])
    assert {name for name, table in metadata["tables"].items() if "title" in table} == set(words["tables"])
    assert {name for name, table in metadata["tables"].items() if "title" not in table} == set(HIDDEN)
    assert set(metadata["queries"]) == set(words["queries"]) == set(QUESTIONS)
    selected = " ".join(query["sql"] for query in metadata["queries"].values())
    assert [heading for heading in words["headers"].values() if f'AS "{heading}"' not in selected] == []


def test_facets_and_labels_name_columns_that_exist(unchanged: Path) -> None:
    with closing(open_database(unchanged)) as db:
        tables = build_metadata(db, "en", ["minutes"])["databases"]["minutes"]["tables"]
        existing = {name: {row[1] for row in db.execute(f"PRAGMA table_info({name})")} for name in tables}
    for name, table in tables.items():
        named = [entry if isinstance(entry, str) else entry["array"] for entry in table.get("facets", [])]
        named += [table[key] for key in ("label_column", "sort", "sort_desc") if key in table]
        assert set(named) <= existing[name], name
