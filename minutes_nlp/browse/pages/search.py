"""The search page."""

from __future__ import annotations

from typing import Any

import numpy as np
from datasette.utils.asgi import AsgiStream, Response

from minutes_nlp.browse.api import BODY, WORDS, YEAR
from minutes_nlp.browse.browsing import chosen_facets, show_list
from minutes_nlp.browse.data.search import FACETS, PASSAGES, find, items_on_themes, passage_rows
from minutes_nlp.browse.data.themes import THEME_LABELS
from minutes_nlp.browse.exports import csv_list
from minutes_nlp.browse.page import Page
from minutes_nlp.browse.pages.actions import facet_labels

_COLUMNS = ("date", "body", "meeting", "text", "language", "document", "start")


async def search(datasette: Any, request: Any) -> Response | AsgiStream:
    """The page; with `.csv` all that was found."""
    page = Page(datasette, request)
    typed = page.argument("q")
    labels = (await page.kept(THEME_LABELS))[page.words.language]
    listing = await page.kept(PASSAGES)
    found = await page.ask(find, typed)
    places = listing.places(found.numbers)
    rows = listing.at(places) & listing.choose(chosen_facets(page, FACETS))
    ordered = places[rows[places]] if found.ranked else np.flatnonzero(rows)
    if request.url_vars["format"]:
        ids = [listing.ids[place] for place in ordered.tolist()]
        return csv_list(page, "passages", _COLUMNS, ids, passage_rows, {"language": page.words.language_name})
    shown = show_list(page, listing, rows, FACETS, facet_labels(page, labels))
    ids = [listing.ids[place] for place in ordered[max(0, shown.first - 1) : shown.last].tolist()]
    filters = {
        WORDS: typed,
        "language": page.arguments("language"),
        BODY: page.arguments("body"),
        YEAR: page.arguments("year"),
    }
    return await page.show(
        "search.html",
        q=typed,
        shown=shown,
        ranked=found.ranked,
        rows=await page.ask(passage_rows, ids, found.query),
        items=await page.ask(items_on_themes, typed),
        labels=labels,
        csv=page.same({"page": None}).replace("/search", "/search.csv", 1),
        json=page.address(f"/{page.database}/passages.json", _shape="objects", _nofacet="1", _nocount="1", **filters),
    )


ROUTES = ((r"/search(?P<format>\.csv)?$", search),)
