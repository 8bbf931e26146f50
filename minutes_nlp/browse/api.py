"""A Datasette plugin: filters of its API for what our lists can be asked and its tables have no column for; and what
of its API is not heard."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

from datasette import hookimpl
from datasette.filters import FilterArguments

from minutes_nlp.browse.data.actions import ACTIONS
from minutes_nlp.browse.data.decisions import DECISIONS, STANDING
from minutes_nlp.browse.data.organisations import ORGANISATIONS
from minutes_nlp.browse.data.people import PEOPLE, matching
from minutes_nlp.browse.data.search import PASSAGES, find
from minutes_nlp.browse.page import Page
from minutes_nlp.browse.state import is_ours

BODY = "_body"
"""The parameter for the body that met: `/minutes/actions_view.json?_body=stuurgroep+Lindebeke`."""

YEAR = "_year"
"""That for the year of the meeting, of passages, which have no column for it."""

WORDS = "_words"
"""That for words, found as the search and the list of decisions find them: `/minutes/passages.json?_words=dak`."""

NAME = "_name"
"""That for a part of any name of a person or an organisation."""

OWNER = "_owner"
"""That for whose an action is, by the name under which our lists show her: not as a passage writes it."""

NOT_DUE_BEFORE = "_not_due_before"
"""That for a day before which actions are not due, as those without a day are not: what is not overdue on it."""

_MEETINGS = """SELECT m.{wanted} FROM meetings m LEFT JOIN organisations o ON o.id = m.organisation_id
WHERE coalesce(o.name, m.body) = :{{name}}"""
_OF_MEETING = f"meeting_id IN ({_MEETINGS.format(wanted='id')})"
_AMONG = "{column} IN (SELECT value FROM json_each(:{{name}}))"

_CONDITIONS: Mapping[str, Mapping[str, str]] = {
    BODY: {
        "actions_view": _OF_MEETING,
        "attendance_view": _OF_MEETING,
        "decisions_view": _OF_MEETING,
        "meetings_view": f"id IN ({_MEETINGS.format(wanted='id')})",
        "open_actions": _OF_MEETING,
        "overdue_actions": _OF_MEETING,
        "passages": f"document_id IN ({_MEETINGS.format(wanted='document_id')})",
    },
    YEAR: {"passages": "document_id IN (SELECT document_id FROM meetings WHERE substr(date, 1, 4) = :{name})"},
    WORDS: {"decisions_view": _AMONG.format(column="id"), "passages": _AMONG.format(column="number")},
    NAME: {"people_view": _AMONG.format(column="id"), "organisations": _AMONG.format(column="id")},
    OWNER: {"actions_view": _AMONG.format(column="id")},
    NOT_DUE_BEFORE: {"actions_view": "(due_last_day IS NULL OR due_last_day >= :{name})"},
}
"""By parameter and by table or view, a condition in SQL on the value `:{name}`."""


_FILES = (".csv", "/original")


def heard(scope: Mapping[str, Any]) -> dict[str, Any]:
    """A request for Datasette, without what it would make an error of.

    `_searchmode` lets what is typed be taken for the language of FTS5: most of what people type is an error in it. And
    a file cannot carry the message that waits for the next page; without its cookie, it goes on waiting.
    """
    parts = scope["query_string"].split(b"&")
    query = b"&".join(part for part in parts if unquote_to_bytes(part.partition(b"=")[0]) != b"_searchmode")
    headers = scope["headers"]
    if scope["path"].endswith(_FILES):
        headers = [(name, _without_message(value) if name.lower() == b"cookie" else value) for name, value in headers]
    return {**scope, "query_string": query, "headers": headers}


def _without_message(cookies: bytes) -> bytes:
    return b"; ".join(one for one in re.split(rb";\s*", cookies) if not one.startswith(b"ds_messages="))


@hookimpl  # type: ignore[untyped-decorator]
def filters_from_request(request: Any, table: str, datasette: Any) -> Callable[[], Awaitable[FilterArguments]] | None:
    """The rows that our lists would show for the parameters above, of which each may be given several times."""
    if not is_ours(datasette):
        return None
    page = Page(datasette, request)
    asked = [
        (parameter, tables[table], value)
        for parameter, tables in _CONDITIONS.items()
        if table in tables
        for value in page.arguments(parameter)
    ]
    if not asked:
        return None

    async def answer() -> FilterArguments:
        conditions, values = [], {}
        for number, (parameter, condition, value) in enumerate(asked):
            name = f"minutes_{number}"
            conditions.append(condition.format(name=name))
            values[name] = await _wanted(page, parameter, table, value)
        told = [f"{parameter} = {value}" for parameter, _, value in asked]
        return FilterArguments(conditions, params=values, human_descriptions=told)

    return answer


async def _wanted(page: Page, parameter: str, table: str, value: str) -> str:
    """What a condition compares with: the value itself, or the rows that our list finds for it."""
    if parameter == NAME:
        rows = await page.kept(PEOPLE if table == "people_view" else ORGANISATIONS)
        return _ids(row["id"] for row in matching(rows, value))
    if parameter == OWNER:
        actions = await page.kept(ACTIONS)
        return _ids(actions.page(actions.choose({"owner": [value]}), 0, len(actions)))
    if parameter == WORDS:
        numbers = (await page.ask(find, value)).numbers
        if table == "passages":
            listed = await page.kept(PASSAGES)
            return _ids(int(listed.ids[place]) for place in listed.places(numbers).tolist())
        listing = await page.kept(DECISIONS)
        return _ids(listing.ids[place] for place in (await page.kept(STANDING)).within(numbers).tolist())
    return value


def _ids(found: Iterable[str | int]) -> str:
    return json.dumps(list(found))
