"""The list of themes, and one: its labels, how often it came up over the years, decisions and actions under it."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import AsgiStream, Response

from minutes_nlp.browse.data.actions import ACTIONS, action_rows
from minutes_nlp.browse.data.decisions import DECISIONS, decision_rows
from minutes_nlp.browse.data.themes import THEME_LABELS, THEME_YEARS, theme_names
from minutes_nlp.browse.exports import csv_rows
from minutes_nlp.browse.page import Page
from minutes_nlp.browse.pages.actions import states

_COLUMNS = ("theme", "items", "decisions", "open_actions")
_SHOWN = 15


async def themes(datasette: Any, request: Any) -> Response | AsgiStream:
    """The list; with `.csv` as a file."""
    page = Page(datasette, request)
    labels = (await page.kept(THEME_LABELS))[page.words.language]
    decisions, actions = await page.kept(DECISIONS), await page.kept(ACTIONS)
    counts = {
        "decisions": {count.value: count.rows for count in decisions.facets["theme"].counts(decisions.all())},
        "open_actions": {
            count.value: count.rows for count in actions.facets["theme"].counts(states(actions, page.today)["open"])
        },
    }
    items: dict[str, int] = {}
    for row in await page.kept(THEME_YEARS):
        items[row["theme"]] = items.get(row["theme"], 0) + row["items"]
    rows: list[dict[str, Any]] = [
        {
            "theme": theme,
            "label": label,
            "items": items.get(theme, 0),
            **{name: found.get(theme, 0) for name, found in counts.items()},
        }
        for theme, label in labels.items()
    ]
    rows.sort(key=lambda row: (-row["items"], row["label"]))
    if request.url_vars["format"]:
        return csv_rows(page, "themes", _COLUMNS, rows, {"theme": labels.__getitem__})
    return await page.show(
        "themes.html",
        rows=rows,
        csv=page.same({}).replace("/themes", "/themes.csv", 1),
        json=page.address(f"/{page.database}/themes.json", _shape="objects", _size="max"),
    )


async def theme(datasette: Any, request: Any) -> Response:
    """The page of one theme."""
    page = Page(datasette, request)
    found = await page.ask(theme_names, request.url_vars["theme"])
    if found is None:
        raise page.missing()
    identifier = found["id"]
    decisions, actions = await page.kept(DECISIONS), await page.kept(ACTIONS)
    of_theme = {"theme": [identifier]}
    decided, to_do = decisions.choose(of_theme), actions.choose(of_theme) & states(actions, page.today)["open"]
    labels = (await page.kept(THEME_LABELS))[page.words.language]
    return await page.show(
        "theme.html",
        theme=found,
        years=[row for row in await page.kept(THEME_YEARS) if row["theme"] == identifier],
        decisions=await page.ask(decision_rows, decisions.page(decided, 0, _SHOWN)),
        decisions_count=int(decided.sum()),
        actions=await page.ask(action_rows, actions.page(to_do, 0, _SHOWN)),
        actions_count=int(to_do.sum()),
        labels=labels,
        today=page.today.isoformat(),
        csv=page.address("/decisions.csv", theme=identifier),
        json=page.address(f"/{page.database}/item_themes.json", _shape="objects", theme_id=identifier),
    )


ROUTES = (
    (r"/themes(?P<format>\.csv)?$", themes),
    (r"/themes/(?P<theme>[a-z][a-z0-9-]*)$", theme),
)
