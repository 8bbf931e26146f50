"""Who is signed in: a cookie with the name, the account's stamp and the moment, signed by Datasette."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, Final

from itsdangerous import BadSignature

from minutes_nlp.browse.access.accounts import Account, AccountBook

COOKIE: Final = "minutes_session"
LASTS: Final = 12 * 60 * 60
"""Seconds for which one stays signed in."""
_NAMESPACE = "minutes-session"


def session_cookie(datasette: Any, account: Account) -> str:
    """The value of the cookie for somebody who has just signed in."""
    value = {"name": account.name, "stamp": account.stamp, "at": int(time.time())}
    return str(datasette.sign(value, _NAMESPACE))


def account_of(datasette: Any, book: AccountBook, cookies: Mapping[str, str]) -> Account | None:
    """Whose session the cookies of a request are of; `None` if it has ended, or was never begun.

    Raises:
        BrowseError: `browse.accounts`.
    """
    try:
        value = datasette.unsign(cookies[COOKIE], _NAMESPACE)
        age = time.time() - value["at"]
        account = book.find(value["name"])
        stamp = value["stamp"]
    except (BadSignature, KeyError, TypeError):
        return None
    return account if account is not None and account.stamp == stamp and 0 <= age + 60 < LASTS + 60 else None
