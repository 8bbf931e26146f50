"""The first page: what is overdue, what comes next and for whom, the latest meetings, what there is to check."""

from __future__ import annotations

import datetime
from typing import Any

from datasette.utils.asgi import Response

from minutes_nlp.browse.data.actions import ACTIONS, action_rows
from minutes_nlp.browse.data.home import latest_meetings, to_check
from minutes_nlp.browse.lists import Count, Listing, Mask
from minutes_nlp.browse.page import Page

_SHOWN = 8
_OWNERS = 12


async def home(datasette: Any, request: Any) -> Response:
    """The first page."""
    page = Page(datasette, request)
    listing = await page.kept(ACTIONS)
    open_ = listing.choose({"status": ["open"]})
    overdue = open_ & listing.before("due", page.today.isoformat())
    soon = listing.before("due", (page.today + datetime.timedelta(days=31)).isoformat()) & open_ & ~overdue
    undated = open_ & ~listing.before("due", "9999")
    ids = listing.page(overdue, 0, _SHOWN, by="due", descending=True), listing.page(soon, 0, _SHOWN)
    return await page.show(
        "home.html",
        figures=[
            ("overdue", int(overdue.sum()), page.address("/actions", status="overdue")),
            ("soon", int(soon.sum()), page.address("/actions", status="soon")),
            ("open", int(open_.sum()), page.address("/actions", status="open")),
            ("undated", int(undated.sum()), page.address("/actions", status="undated")),
        ],
        overdue=await page.ask(action_rows, ids[0]),
        soon=await page.ask(action_rows, ids[1]),
        owners=_owners(listing, open_, overdue),
        meetings=await page.ask(latest_meetings),
        to_check=await page.ask(to_check),
        today=page.today.isoformat(),
        csv=page.address("/actions.csv", status="open"),
        json=page.address(
            f"/{page.database}/actions_view.json", status="open", _shape="objects", _nofacet="1", _nocount="1"
        ),
    )


def _owners(listing: Listing, open_: Mask, overdue: Mask) -> list[tuple[Count, int]]:
    """Who has most to do, each with how much of it is overdue."""
    late = {count.value: count.rows for count in listing.facets["owner"].counts(overdue)}
    return [(count, late.get(count.value, 0)) for count in listing.facets["owner"].counts(open_)[:_OWNERS]]


ROUTES = ((r"/$", home),)
