"""What waits for a person: what does not add up, what may have become of actions, files that could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from datasette.utils.asgi import AsgiStream, Response

from minutes_nlp.browse.data.checks import error_rows, issue_rows, proposal_rows
from minutes_nlp.browse.exports import csv_rows
from minutes_nlp.browse.page import Page
from minutes_nlp.browse.pages.action import how
from minutes_nlp.browse.pages.checking import error_texts, issue_texts
from minutes_nlp.browse.words import Words

Row = dict[str, Any]


_COLUMNS = ("kind", "message", "quote", "date", "meeting", "document")


async def checks(datasette: Any, request: Any) -> Response | AsgiStream:
    """The page; with `.csv` the three lists as one."""
    page = Page(datasette, request)
    proposals = await page.ask(proposal_rows)
    issues = issue_texts(await page.ask(issue_rows), page.words)
    errors = error_texts(await page.ask(error_rows), page.words)
    if request.url_vars["format"]:
        return csv_rows(page, "checks", _COLUMNS, list(_as_one(issues, proposals, errors, page.words)))
    return await page.show(
        "checks.html",
        issues=issues,
        proposals=[{**row, "told": how(row["method"], row["confidence"], page.words)} for row in proposals],
        errors=errors,
        csv=page.address("/checks.csv"),
        json=page.address(f"/{page.database}/issues.json", _shape="objects", _nofacet="1"),
    )


def _as_one(issues: list[Row], proposals: list[Row], errors: list[Row], words: Words) -> Iterator[Row]:
    for row in issues:
        yield {**row, "kind": words("checks.issues"), "message": row["text"]}
    for row in proposals:
        told = f"{words('events.' + row['event'])}{words('base.question')} {row['action']}"
        yield {**row, "kind": words("checks.proposals"), "message": told}
    for row in errors:
        yield {"kind": words("checks.errors"), "message": row["text"], "document": row["path"]}


ROUTES = ((r"/checks(?P<format>\.csv)?$", checks),)
