"""What is told when a page cannot be had, and Datasette's own pages in the reader's language."""

import asyncio
import datetime
import re
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from asking import Get, getter, visible

from minutes_nlp.browse.site import build_site
from minutes_nlp.browse.words import Words

TODAY = datetime.date(2024, 5, 2)


@pytest.fixture(scope="module")
def get(unchanged: Path) -> Get:
    return getter(unchanged, language="nl", today=lambda: TODAY)


@pytest.mark.parametrize("path", ["/meetings/0000000000000000", "/actions/0000000000000000", "/people/0000000000000000",
                                  "/organisations/0000000000000000", "/themes/nothing", "/documents/nothing.txt",
                                  "/charts/themes/nothing.svg", "/charts/people/0000000000000000.svg",
                                  "/charts/actions/x.svg", "/meetings/0000000000000000/original"])  # fmt: skip
def test_what_does_not_exist_is_said_so(get: Get, path: str) -> None:
    answer = get(path)
    assert answer.status_code == 404
    assert Words("nl")("error.404") in visible(answer)


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/minutes/actions_view?_sort=nothing", 400),
        ("/minutes/passages?_search_nothing=x", 400),
        ("/minutes/passages?_through=x", 400),
        ("/minutes/passages?_through=1", 400),
        ("/minutes/passages?number__in=[", 400),
        ("/minutes/nothing", 404),
        ("/nothing", 404),
        ("/minutes.db", 403),
        ("/minutes?sql=delete+from+documents", 400),
    ],
)
def test_errors_of_datasette_are_told_in_the_readers_language(
    get: Get, language: str, address: str, status: int
) -> None:
    words = Words(language)
    answer = get(address, {"accept-language": language})
    assert answer.status_code == status
    assert words("error.title") in visible(answer)
    assert words(f"error.{status}") in visible(answer)
    english = ("Invalid", "Cannot", "not found", "Forbidden", "forbidden", "Error", "must be")
    outside = re.sub(r'<code lang="en">.*?</code>', "", answer.text)
    assert [text for text in english if text in outside] == []


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize(("method", "path"), [("POST", "/actions"), ("PUT", "/minutes"), ("DELETE", "/login")])
def test_what_only_can_be_looked_at_refuses_forms_in_the_readers_language(
    unchanged: Path, language: str, method: str, path: str
) -> None:
    site = build_site(unchanged)

    async def ask() -> Any:
        transport = httpx.ASGITransport(app=site.app())
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.request(method, path, headers={"accept-language": language}, data={"a": "b"})

    answer = asyncio.run(ask())
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert Words(language)("error.405") in visible(answer)


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_columns_and_comparisons_of_a_table_are_in_the_readers_language(get: Get, language: str) -> None:
    words = Words(language)
    page = get("/minutes/actions_view?action__contains=affiche&_facet=status", {"accept-language": language}).text
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
    options = dict(re.findall(r'<option value="(\w+?)(?:__1)?">([^<]*)</option>', page))
    for lookup in ("contains", "startswith", "isnull", "arraycontains"):
        assert unescape(options[lookup]) == words(f"lookups.{lookup}")
    assert f"action {words('lookups.contains')} affiche" in text
    assert f"<summary>{words('columns.status')}</summary>" in page
    for view in ("actions_view", "meetings_view", "decisions_view", "people_view", "attendance_view", "documents",
                 "ingest_errors", "passages"):  # fmt: skip
        columns = get(f"/minutes/{view}.json?_size=1").json()["columns"]
        assert [column for column in columns if words.find(f"columns.{column}") is None] == [], view


@pytest.mark.parametrize("page", ["/", "/decisions", "/people", "/organisations", "/minutes/passages"])
def test_a_search_box_takes_no_more_than_is_searched_for(get: Get, page: str) -> None:
    boxes = re.findall(r'<input[^>]*type="search"[^>]*>', get(page).text)
    assert boxes
    assert [box for box in boxes if 'maxlength="500"' not in box] == []
