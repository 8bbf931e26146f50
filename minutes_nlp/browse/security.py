"""What a browser is allowed to do with the pages, and which of Datasette's own pages are not served."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from datasette.utils.asgi import NotFound

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
"""Sent with every answer; one that a page sends itself stands."""

UNSERVED = r"/-/(?!static/|static-plugins/|logout$|actor(\.json)?$).*$"
"""Datasette's pages about itself: they show where files lie, or run scripts that the policy forbids."""


async def unserved() -> Any:
    """Answer as if there were no such page."""
    raise NotFound("404")


def with_all_headers(send: Callable[[Any], Awaitable[None]]) -> Callable[[Any], Awaitable[None]]:
    """`send`, with the headers above added to each answer."""

    async def sent(message: Any) -> None:
        await send(with_headers(message) if message["type"] == "http.response.start" else message)

    return sent


def with_headers(message: dict[str, Any]) -> dict[str, Any]:
    """An ASGI message that starts an answer, with the headers above added; a cache learns that languages differ."""
    present = {name.lower() for name, _ in message.get("headers", ())}
    added = [(name, value) for name, value in HEADERS if name not in present]
    return {**message, "headers": [*message.get("headers", ()), *added, (b"vary", b"Accept-Language")]}
