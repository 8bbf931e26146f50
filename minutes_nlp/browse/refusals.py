"""What a reader is told when a page cannot be had: in her language, instead of Datasette's words."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from datasette.utils.asgi import Base400, Request, Response
from datasette.views.base import DatasetteError

from minutes_nlp.browse.language import speak_to, spoken
from minutes_nlp.browse.state import DATABASE, state_of
from minutes_nlp.browse.words import words

_log = logging.getLogger(__name__)

_Message = MutableMapping[str, Any]
_Send = Callable[[_Message], Awaitable[None]]

_READING = ("GET", "HEAD")
_PAGE = b"<!DOCTYPE"


async def told(datasette: Any, request: Any, exception: Exception) -> Response:
    """The answer to a request that failed: a page, or an object of JSON for a program.

    Datasette's own words, which are English, are shown as a detail, where they say what was wrong with the question.
    """
    status = exception.status if isinstance(exception, Base400 | DatasetteError) else 500
    if status == 500 and (isinstance(exception, DatasetteError) or _is_unforeseen(request, exception)):
        status = 400
    detail = exception.message if isinstance(exception, DatasetteError) else str(exception)
    if status == 500:
        _log.error("%s", request.path, exc_info=exception)
    if status != 400 or getattr(exception, "message_is_html", False):
        detail = ""
    if request.path.endswith(".json"):
        t = words(spoken(state_of(datasette).language))
        error = t.find(f"error.{status}") or t("error.400")
        answer = {"ok": False, "status": status, "error": error, **({"detail": detail} if detail else {})}
        return Response.json(answer, status=status)
    return await _page(datasette, request, status, detail)


def _is_unforeseen(request: Any, exception: Exception) -> bool:
    """Whether a page of Datasette's was asked what it did not foresee (`/minutes/passages?_through=1`)."""
    return request.path.startswith(f"/{DATABASE}/") and isinstance(exception, ValueError | KeyError | TypeError)


async def refuse(datasette: Any, scope: Any, receive: Any, send: _Send, status: int, reason: str = "") -> None:
    """Answer a request that no page is asked about.

    Args:
        datasette: the site.
        scope, receive, send: of the request, as ASGI has them.
        status: of the answer.
        reason: the key of another text than that of the status (`form`).
    """
    await datasette.invoke_startup()
    speak_to(scope, state_of(datasette).language)
    request = Request({**scope, "csrftoken": lambda: ""}, receive)
    answer = await _page(datasette, request, status, reason=reason)
    if status == 405:
        answer.headers["allow"] = ", ".join(_READING)
    answer.headers["cache-control"] = "no-store"
    await answer.asgi_send(send)


def is_reading(scope: Any) -> bool:
    """Whether the request only asks for something."""
    return scope["method"] in _READING


class InWords:
    """Passes an answer to a form on, unless it is a refusal of Datasette's that is no page: that becomes one of ours.

    Args:
        datasette: the site.
        scope, receive, send: of the request.
    """

    def __init__(self, datasette: Any, scope: Any, receive: Any, send: _Send) -> None:
        self._datasette, self._scope, self._receive, self._send = datasette, scope, receive, send
        self._held: _Message | None = None
        self._refused = False

    async def __call__(self, message: _Message) -> None:
        """Send a part of the answer."""
        if self._refused:
            return
        if message["type"] == "http.response.start" and message["status"] == 403:
            self._held = message
            return
        if self._held is not None:
            held, self._held = self._held, None
            if not bytes(message.get("body", b"")).startswith(_PAGE):
                self._refused = True
                await refuse(self._datasette, self._scope, self._receive, self._send, 403, "form")
                return
            await self._send(held)
        await self._send(message)


async def _page(datasette: Any, request: Any, status: int, detail: str = "", reason: str = "") -> Response:
    t = words(spoken(state_of(datasette).language))
    text = t(f"error.{reason}") if reason else t.find(f"error.{status}") or t("error.400")
    values = {"status": status, "text": text, "detail": detail}
    body = await datasette.render_template("error.html", values, request=request)
    return Response.html(body, status=status)
