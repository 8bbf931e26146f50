"""What waits for a person: what does not add up, what may have become of actions, files that could not be read."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from minutes_nlp.browse.data.checks import error_rows, issue_rows, proposal_rows
from minutes_nlp.browse.page import Page
from minutes_nlp.browse.pages.action import how
from minutes_nlp.browse.pages.checking import error_texts, issue_texts


async def checks(datasette: Any, request: Any) -> Response:
    """The page."""
    page = Page(datasette, request)
    proposals = await page.ask(proposal_rows)
    return await page.show(
        "checks.html",
        issues=issue_texts(await page.ask(issue_rows), page.words),
        proposals=[{**row, "told": how(row["method"], row["confidence"], page.words)} for row in proposals],
        errors=error_texts(await page.ask(error_rows), page.words),
        json=page.address(f"/{page.database}/issues.json", _shape="objects", _nofacet="1"),
    )


ROUTES = ((r"/checks$", checks),)
