"""The switch of the language: remembers the choice in a cookie and goes back to the page."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import NotFound, Response

from minutes_nlp.browse.language import COOKIE, LANGUAGES

_A_YEAR = 366 * 24 * 60 * 60


async def switch(request: Any) -> Response:
    """Remember the language of the address."""
    language = request.url_vars["language"]
    if language not in LANGUAGES:
        raise NotFound("404")
    answer = Response("", status=302, headers={"Location": local_address(request.args.get("to") or "/")})
    answer.set_cookie(COOKIE, language, max_age=_A_YEAR, path="/", httponly=True)
    return answer


def local_address(wanted: str) -> str:
    """`wanted` if it is an address of this site, else the first page: a link may not lead a reader elsewhere."""
    is_local = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if is_local and wanted.isprintable() and wanted.isascii() else "/"


ROUTES = ((r"/language/(?P<language>\w+)$", switch),)
