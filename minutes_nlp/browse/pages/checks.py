"""What waits for a person: what does not add up, what may have become of actions, files that could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from datasette.utils.asgi import AsgiStream, Response

from minutes_nlp.browse.data.checks import MOST_SHOWN, error_rows, issue_rows, proposal_rows
from minutes_nlp.browse.data.home import to_check
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
    is_file = bool(request.url_vars["format"])
    most = {} if is_file else {"limit": MOST_SHOWN}
    proposals = await page.ask(proposal_rows, **most)
    issues = issue_texts(await page.ask(issue_rows, **most), page.words)
    errors = error_texts(await page.ask(error_rows, **most), page.words)
    if is_file:
        return csv_rows(page, "checks", _COLUMNS, list(_as_one(issues, proposals, errors, page.words)))
    return await page.show(
        "checks.html",
        issues=issues,
        proposals=[{**row, "told": how(row["method"], row["confidence"], page.words)} for row in proposals],
        errors=errors,
        numbers=await page.ask(to_check),
        csv=page.address("/checks.csv"),
        json=json_links(page),
    )


def json_links(page: Page, *, errors: bool = True) -> list[tuple[str, str]]:
    """What waits in each of the tables, in Datasette's API: the name of the list and the address.

    Args:
        errors: whether files that could not be read are among it.
    """
    listed = [("issues", "issues", {"settled_by__isnull": "1"}), ("proposals", "proposals", {})]
    listed += [("errors", "ingest_errors", {})] if errors else []
    return [
        (
            page.words(f"checks.{name}"),
            page.address(f"/{page.database}/{table}.json", _shape="objects", _nofacet="1", **filters),
        )
        for name, table, filters in listed
    ]


def _as_one(issues: list[Row], proposals: list[Row], errors: list[Row], words: Words) -> Iterator[Row]:
    for row in issues:
        yield {**row, "kind": words("checks.issues"), "message": row["text"]}
    for row in proposals:
        told = f"{words('events.' + row['event'])}{words('base.question')} {row['action']}"
        yield {**row, "kind": words("checks.proposals"), "message": told}
    for row in errors:
        yield {"kind": words("checks.errors"), "message": row["text"], "document": row["path"]}


ROUTES = ((r"/checks(?P<format>\.csv)?$", checks),)
