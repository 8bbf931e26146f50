"""The list of decisions, with a search and facets; and as CSV."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import AsgiStream, Response

from minutes_nlp.browse.api import BODY, WORDS
from minutes_nlp.browse.browsing import chosen_facets, show_list
from minutes_nlp.browse.data.decisions import DECISIONS, STANDING, decision_rows
from minutes_nlp.browse.data.meetings import FACETS
from minutes_nlp.browse.data.search import find, pieces
from minutes_nlp.browse.data.themes import THEME_LABELS
from minutes_nlp.browse.exports import csv_list
from minutes_nlp.browse.page import Page
from minutes_nlp.browse.pages.actions import facet_labels
from minutes_nlp.store.search import Query

_COLUMNS = ("id", "date", "body", "meeting", "item", "decision", "themes", "language", "document")


async def decisions(datasette: Any, request: Any) -> Response | AsgiStream:
    """The page; with `.csv` the whole list that is chosen."""
    page = Page(datasette, request)
    typed = page.argument("q")
    listing = await page.kept(DECISIONS)
    rows = listing.choose(chosen_facets(page, FACETS))
    query: Query | None = None
    if typed:
        found_passages = await page.ask(find, typed)
        query = found_passages.query
        rows &= listing.at((await page.kept(STANDING)).within(found_passages.numbers))
    labels = (await page.kept(THEME_LABELS))[page.words.language]
    if request.url_vars["format"]:
        said = facet_labels(page, labels)
        spoken = {"themes": said["theme"], "language": said["language"]}
        return csv_list(page, "decisions", _COLUMNS, listing.page(rows, 0, len(listing)), decision_rows, spoken)
    shown = show_list(page, listing, rows, FACETS, facet_labels(page, labels))
    found = await page.ask(decision_rows, shown.ids)
    if query:
        for row in found:
            languages = [row["language"]] if row["language"] else ()
            row["parts"] = pieces(row["decision"], query.hits(row["decision"], languages))
    filters = {
        BODY: page.arguments("body"),
        "themes__arraycontains": page.arguments("theme"),
        "language": page.arguments("language"),
        "date__startswith": page.argument("year"),
        WORDS: typed,
    }
    return await page.show(
        "decisions.html",
        q=typed,
        shown=shown,
        rows=found,
        labels=labels,
        csv=page.same({"page": None}).replace("/decisions", "/decisions.csv", 1),
        json=page.address(
            f"/{page.database}/decisions_view.json", _shape="objects", _nofacet="1", _nocount="1", **filters
        ),
    )


ROUTES = ((r"/decisions(?P<format>\.csv)?$", decisions),)
