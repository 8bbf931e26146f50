"""One action through time: how it stands, and what became of it, each with the passage that says so."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from minutes_nlp.browse.data.actions import load_history
from minutes_nlp.browse.data.themes import THEME_LABELS
from minutes_nlp.browse.page import Page
from minutes_nlp.browse.pages.meeting import certainty
from minutes_nlp.browse.words import Words


async def action(datasette: Any, request: Any) -> Response:
    """The page of one action; the address may name any action item that belongs to it."""
    page = Page(datasette, request)
    found = await page.ask(load_history, request.url_vars["action"])
    if found is None:
        raise page.missing()
    labels = (await page.kept(THEME_LABELS))[page.words.language]
    told = [{**row, "told": how(row["method"], row["confidence"], page.words)} for row in found.events]
    proposed = [{**row, "told": how(row["method"], row["confidence"], page.words)} for row in found.proposals]
    identifier = found.action["id"]
    return await page.show(
        "action.html",
        action=found.action,
        events=told,
        proposals=proposed,
        themes=[(theme, labels.get(theme, theme)) for theme in found.themes],
        today=page.today.isoformat(),
        csv=page.address(f"/{page.database}/ledger_events.csv", ledger_action_id=identifier, _sort="position"),
        json=page.address(
            f"/{page.database}/ledger_events.json", ledger_action_id=identifier, _shape="objects", _sort="position"
        ),
    )


def how(method: str, confidence: float, words: Words) -> str:
    """How it is known that a passage speaks of the action, in plain words, and how sure that is."""
    name = words.find(f"methods.{method.removeprefix('ledger.').split('.v')[0]}") or method
    return f"{name} · {certainty(confidence, words)}"


ROUTES = ((r"/actions/(?P<action>[0-9a-f]{16})$", action),)
