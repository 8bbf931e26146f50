"""The list of meetings, with facets; and as CSV."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import AsgiStream, Response

from minutes_nlp.browse.api import BODY
from minutes_nlp.browse.browsing import chosen_facets, show_list
from minutes_nlp.browse.data.meetings import FACETS, MEETINGS, meeting_rows
from minutes_nlp.browse.data.themes import THEME_LABELS
from minutes_nlp.browse.exports import csv_list
from minutes_nlp.browse.page import Page
from minutes_nlp.browse.pages.actions import facet_labels

_COLUMNS = ("id", "date", "title", "body", "location", "present", "decisions", "actions", "document")


async def meetings(datasette: Any, request: Any) -> Response | AsgiStream:
    """The page; with `.csv` the whole list that is chosen."""
    page = Page(datasette, request)
    listing = await page.kept(MEETINGS)
    rows = listing.choose(chosen_facets(page, FACETS))
    if request.url_vars["format"]:
        return csv_list(page, "meetings", _COLUMNS, listing.page(rows, 0, len(listing)), meeting_rows)
    labels = facet_labels(page, (await page.kept(THEME_LABELS))[page.words.language])
    shown = show_list(page, listing, rows, FACETS, labels)
    filters = {
        BODY: page.arguments("body"),
        "themes__arraycontains": page.arguments("theme"),
        "languages__arraycontains": page.arguments("language"),
        "date__startswith": page.argument("year"),
    }
    return await page.show(
        "meetings.html",
        shown=shown,
        rows=await page.ask(meeting_rows, shown.ids),
        csv=page.same({"page": None}).replace("/meetings", "/meetings.csv", 1),
        json=page.address(
            f"/{page.database}/meetings_view.json", _shape="objects", _nofacet="1", _sort_desc="date", **filters
        ),
    )


ROUTES = ((r"/meetings(?P<format>\.csv)?$", meetings),)
