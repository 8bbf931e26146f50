"""The list of people, and one person: meetings, attendance over time, actions."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import AsgiStream, Response

from minutes_nlp.browse.api import NAME
from minutes_nlp.browse.data.actions import action_rows
from minutes_nlp.browse.data.people import PEOPLE, load_person, matching
from minutes_nlp.browse.exports import csv_rows
from minutes_nlp.browse.page import PAGE_SIZE, Page

_COLUMNS = ("id", "name", "organisations", "meetings", "present", "open_actions", "last_meeting")
_MEETINGS_SHOWN = 50
_ACTIONS_SHOWN = 50


async def people(datasette: Any, request: Any) -> Response | AsgiStream:
    """The list; with `.csv` all of it."""
    page = Page(datasette, request)
    rows = matching(await page.kept(PEOPLE), page.argument("q"))
    if request.url_vars["format"]:
        return csv_rows(page, "people", _COLUMNS, rows)
    number = page.number("page")
    first = min((number - 1) * PAGE_SIZE, max(0, len(rows) - 1) // PAGE_SIZE * PAGE_SIZE)
    return await page.show(
        "people.html",
        q=page.argument("q"),
        rows=rows[first : first + PAGE_SIZE],
        shown=page.pager(len(rows), first),
        csv=page.same({"page": None}).replace("/people", "/people.csv", 1),
        json=page.address(
            f"/{page.database}/people_view.json", _shape="objects", _nofacet="1", **{NAME: page.argument("q")}
        ),
    )


async def person(datasette: Any, request: Any) -> Response:
    """The page of one person."""
    page = Page(datasette, request)
    found = await page.ask(load_person, request.url_vars["person"])
    if found is None:
        raise page.missing()
    actions = await page.ask(action_rows, found.actions[:_ACTIONS_SHOWN])
    identifier = found.person["id"]
    return await page.show(
        "person.html",
        found=found,
        person=found.person,
        attendance=found.attendance[:_MEETINGS_SHOWN],
        years=attendance_years(found.attendance),
        actions=actions,
        today=page.today.isoformat(),
        csv=page.address("/actions.csv", status="all", owner=found.person["name"]),
        json=page.address(
            f"/{page.database}/attendance_view.json", _shape="objects", _nofacet="1", person_id=identifier
        ),
    )


def attendance_years(attendance: list[dict[str, Any]]) -> list[tuple[str, dict[str, int]]]:
    """Per year, the latest first, how often she was present, excused, absent."""
    years: dict[str, dict[str, int]] = {}
    for row in attendance:
        year = years.setdefault((row["date"] or "?")[:4], {"present": 0, "excused": 0, "absent": 0})
        year[row["status"]] += 1
    return sorted(years.items(), reverse=True)


ROUTES = (
    (r"/people(?P<format>\.csv)?$", people),
    (r"/people/(?P<person>[0-9a-f]{16})$", person),
)
