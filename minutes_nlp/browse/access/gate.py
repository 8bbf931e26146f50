"""Before the sites: who is signed in, and which site answers them."""

from __future__ import annotations

import urllib.parse
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from datasette.utils.asgi import Response

from minutes_nlp.browse.access.accounts import Account, AccountBook
from minutes_nlp.browse.access.filtered import Filtered
from minutes_nlp.browse.access.sessions import account_of
from minutes_nlp.browse.language import cookies_in
from minutes_nlp.browse.refusals import is_reading, refuse
from minutes_nlp.browse.security import with_all_headers

ACCOUNT = "minutes_account"
"""The key of the request's scope under which the pages find the account."""

_Scope = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
_Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[_Scope, _Receive, _Send], Awaitable[None]]

_FOR_ALL = ("/login", "/look/", "/language/")
_DATA = (".json", ".csv")
_LARGEST = 200_000  # bytes of a form


class Gate:
    """An ASGI application in front of two sites: the whole database, and the copy without confidential meetings.

    A request is answered by the site of its account, which has no way to the other database. Without an account it is
    sent to the page where one signs in.

    Args:
        book: the accounts.
        everything: the site of the whole database.
        filtered: the site of the copy.
        copy: the copy itself.
        https: whether browsers reach the site by HTTPS alone; else a request says whether it came so.

    Attributes:
        sites: both; they begin with the server, so that nobody need wait for their lists.
    """

    def __init__(
        self, book: AccountBook, everything: Any, filtered: Any, copy: Filtered, *, https: bool = False
    ) -> None:
        self._book, self._copy, self._https = book, copy, https
        self._site = filtered  # any of the two: both sign with the same secret
        self.sites = (everything, filtered)
        self._corrected: set[str] = set()  # who corrected something, and has not seen yet what became of it
        self._everything, self._filtered = everything.app(), filtered.app()

    async def __call__(self, scope: _Scope, receive: _Receive, send: _Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if scope["type"] != "http":
            return
        if self._https or scope.get("scheme") == "https":
            scope, send = {**scope, "scheme": "https"}, _secured(send)
        headers = {key.lower(): value.decode("latin-1") for key, value in scope["headers"]}
        if not is_reading(scope) and (refusal := _refusal(headers)):
            await refuse(self._site, scope, receive, with_all_headers(send), refusal, "form" if refusal == 403 else "")
            return
        account = account_of(self._site, self._book, cookies_in(headers.get(b"cookie", "")))
        if account is None and not scope["path"].startswith(_FOR_ALL):
            await _ask_to_sign_in(scope).asgi_send(send)
            return
        try:
            await self._answer(account, {**scope, ACCOUNT: account}, receive, _unstored(send, scope["path"]))
        except UnicodeDecodeError:  # the form is no UTF-8; nothing was answered yet
            await refuse(self._site, scope, receive, with_all_headers(send), 400)

    async def _answer(self, account: Account | None, scope: _Scope, receive: _Receive, send: _Send) -> None:
        if account is not None and account.sees_all:
            await self._everything(scope, receive, send)
            return
        name = account.name if account else ""
        await self._copy.fresh(now=name in self._corrected)
        self._corrected.discard(name)
        await self._filtered(scope, receive, send)
        if name and scope["method"] == "POST":
            self._corrected.add(name)

    async def _live(self, receive: _Receive, send: _Send) -> None:
        """The server begins and ends, and the sites with it."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                for site in self.sites:
                    await site.invoke_startup()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await send({"type": "lifespan.shutdown.complete"})
                return


def _ask_to_sign_in(scope: _Scope) -> Response:
    """To the page where one signs in; a program that asks for data is told that it may not have them."""
    path = str(scope["path"])
    if path.endswith(_DATA):
        return Response.json({"ok": False, "status": 401, "error": "401"}, status=401)
    query = scope.get("query_string", b"").decode("latin-1")
    wanted = f"{path}?{query}" if query else path
    to = f"?{urllib.parse.urlencode({'to': wanted})}" if wanted != "/" and scope["method"] == "GET" else ""
    return Response("", status=302, headers={"location": f"/login{to}", "cache-control": "no-store"})


def _unstored(send: _Send, path: str) -> _Send:
    """Have no cache keep what an account sees: another may use the same browser."""
    if path.startswith("/look/"):
        return send

    async def sent(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            kept = [header for header in message.get("headers", ()) if header[0].lower() != b"cache-control"]
            message = {**message, "headers": [*kept, (b"cache-control", b"private, no-store")]}
        await send(message)

    return sent


def _secured(send: _Send) -> _Send:
    """Have the browser send every cookie that is set back by HTTPS only."""

    async def sent(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = [
                (name, value + b"; Secure" if name.lower() == b"set-cookie" else value)
                for name, value in message.get("headers", ())
            ]
            message = {**message, "headers": headers}
        await send(message)

    return sent


def _refusal(headers: dict[bytes, str]) -> int:
    """The status with which a form is refused before it is read; 0 if it is not."""
    length = headers.get(b"content-length", "")
    if not length.isdecimal() or len(length) > 9:
        return 411
    return 413 if int(length) > _LARGEST else 0 if _comes_from_here(headers) else 403


def _comes_from_here(headers: dict[bytes, str]) -> bool:
    """Whether a page of this site sent the form; a browser says from where it comes."""
    if headers.get(b"sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get(b"origin")
    return origin is None or urllib.parse.urlsplit(origin).netloc == headers.get(b"host", "")
