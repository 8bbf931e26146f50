"""A Datasette plugin: who is signed in."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl

from minutes_nlp.browse.access.pages import account_of_request
from minutes_nlp.browse.state import is_ours


@hookimpl  # type: ignore[untyped-decorator]
def actor_from_request(datasette: Any, request: Any) -> dict[str, str] | None:
    """Tell Datasette who is signed in."""
    account = account_of_request(request) if is_ours(datasette) else None
    return None if account is None else {"id": account.name, "role": account.role}
