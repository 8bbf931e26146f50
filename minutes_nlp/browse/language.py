"""Which language a page speaks: what the reader chose, else what the browser asks for, else the site's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextvars import ContextVar
from http.cookies import CookieError, SimpleCookie
from typing import Any

from babel import negotiate_locale

LANGUAGES = ("nl", "fr", "en")
"""The languages that the pages have texts in."""

COOKIE = "minutes_language"
"""The cookie that remembers the reader's choice."""

_RANGE = re.compile(r"\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*")
_spoken: ContextVar[str] = ContextVar("minutes_language", default="")


def page_language(language: str) -> str:
    """`language`, if the pages have texts in it, else English."""
    return language if language in LANGUAGES else "en"


def choose(cookies: Mapping[str, str], accepted: str, default: str) -> str:
    """The language for a reader.

    Args:
        cookies: of the request.
        accepted: the header `Accept-Language`, as sent.
        default: if neither says anything that the pages speak.
    """
    chosen = cookies.get(COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    return negotiate_locale(_preferred(accepted), LANGUAGES, sep="-") or default


def speak(language: str) -> None:
    """Let what follows in this request be in `language`."""
    _spoken.set(language)


def speak_to(scope: Mapping[str, Any], default: str) -> None:
    """Let what follows be in the language of who sent a request.

    Args:
        scope: of the request, as ASGI has it.
        default: if the request says nothing that the pages speak.
    """
    headers = {key.lower(): value.decode("latin-1") for key, value in scope["headers"]}
    speak(choose(cookies_in(headers.get(b"cookie", "")), headers.get(b"accept-language", ""), default))


def cookies_in(header: str) -> dict[str, str]:
    """The cookies of a header `Cookie`; none if it is malformed."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


def spoken(default: str) -> str:
    """The language of the request that is being answered; `default` outside any."""
    return _spoken.get() or default


def _preferred(accepted: str) -> list[str]:
    """The language ranges of an `Accept-Language` header, the most wanted first; what is malformed is left out."""
    found: list[tuple[float, str]] = []
    for part in accepted[:500].split(","):
        if (match := _RANGE.fullmatch(part)) and (weight := float(match[2] or 1)) > 0:
            found.append((-weight, match[1]))
    return [name for _, name in sorted(found, key=lambda entry: entry[0])]
