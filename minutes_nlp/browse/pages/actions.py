"""The list of actions: as a table or on a board, with facets; and as CSV."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from datasette.utils.asgi import AsgiStream, Response

from minutes_nlp.browse.api import BODY, NOT_DUE_BEFORE, OWNER
from minutes_nlp.browse.browsing import chosen_facets, show_facets, show_list
from minutes_nlp.browse.data.actions import ACTIONS, FACETS, action_rows
from minutes_nlp.browse.data.themes import THEME_LABELS
from minutes_nlp.browse.exports import csv_list
from minutes_nlp.browse.lists import Listing, Mask
from minutes_nlp.browse.page import Page

STATES = ("open", "overdue", "not_overdue", "soon", "undated", "done", "dropped", "all")
"""The tabs of the page; all but the last and `dropped` are parts of what is open or done."""

_SOON = 31
_ON_BOARD = 20
_ORDERS = {"due": (None, False), "latest": ("date", True), "oldest": ("date", False)}
_COLUMNS = (
    "id", "due", "due_last_day", "status", "owners", "action", "opened_on", "closed_on", "last_sign_on",
    "silent_meetings", "date", "body", "meeting", "item", "language", "document",
)  # fmt: skip


async def actions(datasette: Any, request: Any) -> Response | AsgiStream:
    """The page; with `.csv` the whole list that is chosen."""
    page = Page(datasette, request)
    listing = await page.kept(ACTIONS)
    chosen = listing.choose(chosen_facets(page, FACETS))
    parts = states(listing, page.today)
    state = page.argument("status") if page.argument("status") in STATES else "open"
    by, descending = _ORDERS.get(page.argument("sort"), _ORDERS["due"])
    labels = facet_labels(page, (await page.kept(THEME_LABELS))[page.words.language])
    if request.url_vars["format"]:
        rows = chosen & parts[state]
        ids = listing.page(rows, 0, len(listing), by=by, descending=descending)
        spoken = {"status": lambda code: page.words(f"status.{code}"), "language": labels["language"]}
        return csv_list(page, "actions", _COLUMNS, ids, action_rows, spoken)
    shared: dict[str, Any] = {
        "today": page.today.isoformat(),
        "tabs": [(name, int((chosen & parts[name]).sum()), _tab(page, name)) for name in STATES],
        "state": state,
        "filters": [(name, value) for name in FACETS for value in page.arguments(name)],
        "chosen": [(name, label(value)) for name, label in labels.items() for value in page.arguments(name)],
        "csv": page.same({"page": None}).replace("/actions", "/actions.csv", 1),
        "json": _json(page, state),
    }
    if page.argument("view") == "board":
        columns = [
            (
                name,
                int((chosen & parts[name]).sum()),
                await page.ask(action_rows, _board_ids(listing, chosen, parts, name)),
            )
            for name in ("overdue", "not_overdue", "done")
        ]
        facets = show_facets(page, listing, chosen, FACETS, labels)
        return await page.show("board.html", columns=columns, shown={"facets": facets}, **shared)
    shown = show_list(page, listing, chosen & parts[state], FACETS, labels, by=by, descending=descending)
    return await page.show("actions.html", shown=shown, rows=await page.ask(action_rows, shown.ids), **shared)


def states(listing: Listing, today: datetime.date) -> dict[str, Mask]:
    """Which actions are in which state (see `STATES`) on the day."""
    open_ = listing.choose({"status": ["open"]})
    overdue = open_ & listing.before("due", today.isoformat())
    soon = open_ & listing.before("due", _soon(today)) & ~overdue
    return {
        "open": open_,
        "overdue": overdue,
        "not_overdue": open_ & ~overdue,
        "soon": soon,
        "undated": open_ & ~listing.before("due", "9999"),
        "done": listing.choose({"status": ["done"]}),
        "dropped": listing.choose({"status": ["dropped"]}),
        "all": listing.all(),
    }


def _soon(today: datetime.date) -> str:
    """The first day that is no longer soon."""
    return (today + datetime.timedelta(days=_SOON)).isoformat()


def facet_labels(page: Page, themes: Mapping[str, str]) -> dict[str, Callable[[str], str]]:
    """What turns the values of facets into what people read."""
    return {
        "body": str,
        "owner": str,
        "theme": lambda theme: themes.get(theme, theme),
        "language": page.words.language_name,
        "year": str,
    }


def _board_ids(listing: Listing, chosen: Mask, parts: Mapping[str, Mask], name: str) -> list[str]:
    rows = chosen & parts[name]
    by, descending = {"overdue": ("due", True), "not_overdue": (None, False), "done": ("closed", True)}[name]
    return listing.page(rows, 0, _ON_BOARD, by=by, descending=descending)


def _tab(page: Page, state: str) -> str:
    return page.same({"status": [state], "page": None, "view": None})


def _json(page: Page, state: str) -> str:
    """The address of the same rows in Datasette's API."""
    filters: dict[str, Any] = {"_shape": "objects", "_nofacet": "1", "_nocount": "1"}
    today = page.today.isoformat()
    filters |= {
        "open": {"status": "open"},
        "overdue": {"status": "open", "due_last_day__lt": today},
        "not_overdue": {"status": "open", NOT_DUE_BEFORE: today},
        "soon": {"status": "open", "due_last_day__gte": today, "due_last_day__lt": _soon(page.today)},
        "undated": {"status": "open", "due_last_day__isnull": "1"},
        "done": {"status": "done"},
        "dropped": {"status": "dropped"},
        "all": {},
    }[state]
    names = {"owner": OWNER, "theme": "themes__arraycontains", "language": "language", "body": BODY}
    filters |= {column: page.arguments(name) for name, column in names.items()}
    filters["date__startswith"] = page.argument("year")
    return page.address(f"/{page.database}/actions_view.json", **filters)


ROUTES = ((r"/actions(?P<format>\.csv)?$", actions),)
