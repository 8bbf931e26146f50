"""Asking a site through Datasette's own client."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from minutes_nlp.browse.site import build_site

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
