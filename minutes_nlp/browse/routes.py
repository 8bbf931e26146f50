"""Which page answers which address, and the menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minutes_nlp.browse.pages import (
    action,
    actions,
    checks,
    decisions,
    figures,
    files,
    home,
    languages,
    meeting,
    meetings,
    organisations,
    people,
    search,
    themes,
)

MENU = (
    ("menu.actions", "/actions"),
    ("menu.meetings", "/meetings"),
    ("menu.decisions", "/decisions"),
    ("menu.people", "/people"),
    ("menu.organisations", "/organisations"),
    ("menu.themes", "/themes"),
    ("menu.charts", "/charts"),
)
"""The menu of every page: key of the text, address."""

ROUTES: tuple[tuple[str, Callable[..., Any]], ...] = (
    *home.ROUTES,
    *actions.ROUTES,
    *action.ROUTES,
    *meetings.ROUTES,
    *meeting.ROUTES,
    *decisions.ROUTES,
    *people.ROUTES,
    *organisations.ROUTES,
    *themes.ROUTES,
    *search.ROUTES,
    *figures.ROUTES,
    *checks.ROUTES,
    *files.ROUTES,
    *languages.ROUTES,
)
"""The addresses (regular expressions) and their views, as Datasette's `register_routes` wants them."""
