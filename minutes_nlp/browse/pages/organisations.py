"""The list of organisations, and one: its names, people, meetings, attendance over time, actions."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import AsgiStream, Response

from minutes_nlp.browse.api import NAME
from minutes_nlp.browse.data.actions import action_rows
from minutes_nlp.browse.data.meetings import meeting_rows
from minutes_nlp.browse.data.organisations import ORGANISATIONS, load_organisation
from minutes_nlp.browse.data.people import matching
from minutes_nlp.browse.exports import csv_rows
from minutes_nlp.browse.page import PAGE_SIZE, Page
from minutes_nlp.browse.words import Words
from minutes_nlp.resources import section

_COLUMNS = ("id", "name", "kind", "meetings", "people", "last_meeting")
_ACTIONS_SHOWN = 30


async def organisations(datasette: Any, request: Any) -> Response | AsgiStream:
    """The list; with `.csv` all of it."""
    page = Page(datasette, request)
    rows = matching(await page.kept(ORGANISATIONS), page.argument("q"))
    if request.url_vars["format"]:
        return csv_rows(page, "organisations", _COLUMNS, rows, {"kind": lambda kind: kind_name(kind, page.words)})
    number = page.number("page")
    first = min((number - 1) * PAGE_SIZE, max(0, len(rows) - 1) // PAGE_SIZE * PAGE_SIZE)
    return await page.show(
        "organisations.html",
        q=page.argument("q"),
        rows=rows[first : first + PAGE_SIZE],
        shown=page.pager(len(rows), first),
        csv=page.same({"page": None}).replace("/organisations", "/organisations.csv", 1),
        json=page.address(
            f"/{page.database}/organisations.json", _shape="objects", _nofacet="1", **{NAME: page.argument("q")}
        ),
    )


async def organisation(datasette: Any, request: Any) -> Response:
    """The page of one organisation."""
    page = Page(datasette, request)
    found = await page.ask(load_organisation, request.url_vars["organisation"])
    if found is None:
        raise page.missing()
    identifier = found.organisation["id"]
    return await page.show(
        "organisation.html",
        found=found,
        organisation=found.organisation,
        meetings=await page.ask(meeting_rows, found.meetings),
        months=_months(found.attendance),
        actions=await page.ask(action_rows, found.actions[:_ACTIONS_SHOWN]),
        today=page.today.isoformat(),
        csv=page.address("/meetings.csv", body=found.organisation["name"]),
        json=page.address(f"/{page.database}/organisations/{identifier}.json", _shape="objects"),
    )


def kind_name(kind: str, words: Words) -> str:
    """What kind of body it is, in words; a kind of the user's own list as it is written there."""
    named = section(words.language, "messages")["values"]["body_kind"]
    return str(named.get(kind, kind))


def _months(attendance: list[dict[str, Any]]) -> list[tuple[str, dict[str, int]]]:
    """Per month, the latest first, how many were present, excused, absent."""
    months: dict[str, dict[str, int]] = {}
    for row in attendance:
        month = months.setdefault(row["month"], {"present": 0, "excused": 0, "absent": 0})
        month[row["status"]] += row["number"]
    return sorted(months.items(), reverse=True)


ROUTES = (
    (r"/organisations(?P<format>\.csv)?$", organisations),
    (r"/organisations/(?P<organisation>[0-9a-f]{16})$", organisation),
)
