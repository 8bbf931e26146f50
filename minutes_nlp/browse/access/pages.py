"""Signing in and out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from datasette.utils.asgi import Response

from minutes_nlp.browse.access.accounts import Account, AccountBook, key_of
from minutes_nlp.browse.access.gate import ACCOUNT
from minutes_nlp.browse.access.limits import Limits, place_of
from minutes_nlp.browse.access.sessions import COOKIE, LASTS, session_cookie
from minutes_nlp.browse.language import spoken
from minutes_nlp.browse.page import Page
from minutes_nlp.browse.pages.languages import local_address
from minutes_nlp.browse.words import Words, words

_HASHES = 2  # at once: each takes 32 MiB


def account_of_request(request: Any) -> Account | None:
    """Who is signed in; `None` where nobody needs to be."""
    found = None if request is None else request.scope.get(ACCOUNT)
    return found if isinstance(found, Account) else None


def texts(language: str) -> Words:
    """The texts about signing in, of the request that is being answered."""
    return words(spoken(language), "access")


class SigningIn:
    """The pages of signing in and out.

    Args:
        book: the accounts.
        limits: how often somebody may try.
    """

    def __init__(self, book: AccountBook, limits: Limits) -> None:
        self._book, self._limits = book, limits
        self._hashing = asyncio.Semaphore(_HASHES)

    @property
    def routes(self) -> list[tuple[str, Callable[..., Any]]]:
        """The addresses and their views."""
        return [(r"/login$", self.login), (r"/logout$", self.logout)]

    async def login(self, datasette: Any, request: Any) -> Response:
        """The page on which one signs in, and what becomes of it."""
        page = Page(datasette, request)
        to = local_address(request.args.get("to") or "/")
        if request.method != "POST":
            return await page.show("login.html", to=to, name="", error="")
        told = texts(page.state.language)
        form = await request.post_vars()
        name, password = form.get("name", "")[:200], form.get("password", "")
        to = local_address(form.get("to") or "/")
        address = place_of((request.scope.get("client") or ("", 0))[0])
        seconds = self._limits.wait(key_of(name), address)
        if seconds:
            wait = told.count("login.seconds", seconds) if seconds < 60 else told.count("login.wait", -(-seconds // 60))
            answer = await page.show("login.html", status=429, to=to, name=name, error=wait)
            answer.headers["retry-after"] = str(seconds)
            return answer
        self._limits.failed(key_of(name), address)  # counted first: tries at the same time count as well
        async with self._hashing:
            account = await asyncio.to_thread(self._book.proven, name, password)
        if account is None:
            return await page.show("login.html", status=403, to=to, name=name, error=told("login.wrong"))
        self._limits.succeeded(key_of(name), address)
        answer = Response("", status=302, headers={"Location": to})
        answer.set_cookie(COOKIE, session_cookie(datasette, account), max_age=LASTS, path="/", httponly=True)
        return answer

    async def logout(self, request: Any) -> Response:
        """End the session: only by a form, so that no link of another page can."""
        answer = Response("", status=302, headers={"Location": "/login" if request.method == "POST" else "/"})
        if request.method == "POST":
            answer.set_cookie(COOKIE, "", max_age=0, path="/", httponly=True)
        return answer
