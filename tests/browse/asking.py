"""Asking a site through Datasette's own client."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any

from minutes_nlp.browse.site import build_site
from minutes_nlp.store.connect import open_database

Get = Callable[..., Any]


def getter(database: Path, **options: Any) -> Get:
    """A function that asks the site of `database` for an address; `headers` are those of the request."""
    site = build_site(database, **options)

    def get(path: str, headers: dict[str, str] | None = None, **parameters: str) -> Any:
        async def ask() -> Any:
            await site.invoke_startup()
            return await site.client.get(path, params=parameters or None, headers=headers)

        return asyncio.run(ask())

    return get


def visible(answer: Any) -> str:
    """The text of a page, without markup, white space joined."""
    body = re.sub(r"<(script|style)\b.*?</\1>", "", answer.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def identifier(database: Path, sql: str) -> str:
    """The first value that a question in SQL has for an answer."""
    with closing(open_database(database)) as db:
        found: str = db.execute(sql).fetchone()[0]
        return found
