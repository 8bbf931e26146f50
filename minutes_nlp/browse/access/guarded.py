"""The sites behind the gate."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.plugins import pm

from minutes_nlp.browse.access import actor
from minutes_nlp.browse.access.accounts import AccountBook
from minutes_nlp.browse.access.correcting import Desk
from minutes_nlp.browse.access.filtered import Filtered
from minutes_nlp.browse.access.gate import Gate
from minutes_nlp.browse.access.leaving_out import Reckon
from minutes_nlp.browse.access.limits import Limits
from minutes_nlp.browse.access.pages import SigningIn, account_of_request, texts
from minutes_nlp.browse.access.reviewing import Reviewing, may_correct, said_in
from minutes_nlp.browse.site import build_site
from minutes_nlp.browse.state import State, state_of


@dataclasses.dataclass(frozen=True, slots=True)
class Guard:
    """What signing in needs.

    Attributes:
        book: the accounts.
        reckon: works out people, bodies and the ledger of a database.
        desk: takes corrections; `None`: nobody can correct.
        https: whether the site is reached by HTTPS alone, even if requests do not say so.
    """

    book: AccountBook
    reckon: Reckon
    desk: Desk | None = None
    https: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Guarded:
    """What is served: the gate, and the copy of the database, to be closed in the end."""

    gate: Gate
    copy: Filtered


def build_guarded(
    database: Path, folder: Path, guard: Guard, *, limits: Limits | None = None, **options: Any
) -> Guarded:
    """The sites of a database behind a gate.

    Args:
        database: an existing database of this version.
        folder: for the copy without confidential meetings; nobody else may be able to look into it.
        guard: the accounts, of which there is one at least, and the rest.
        limits: how often somebody may try to sign in.
        options: as for `build_site`.

    Raises:
        StoreError: the database or the log of corrections cannot be read.
        BrowseError: `browse.accounts`.
    """
    if not pm.is_registered(actor):
        pm.register(actor)
    copy = Filtered(database, folder / "open.db", guard.reckon)
    copy.refresh()
    signing_in = SigningIn(guard.book, limits or Limits())
    sites: list[Datasette] = []
    for path, allow_sql in ((database, True), (copy.target, False)):
        site = build_site(path, **{**options, "allow_sql": allow_sql, "secret": guard.book.secret})
        state = state_of(site)
        state.routes += signing_in.routes
        if guard.desk is not None:
            state.routes += Reviewing(guard.desk).routes
        state.takes_forms = _matching([pattern for pattern, _ in state.routes])
        state.page_context = _context(state, guard.desk is not None)
        if path == copy.target:
            state.may_have = copy.may_have
        sites.append(site)
    return Guarded(Gate(guard.book, sites[0], sites[1], copy, https=guard.https), copy)


def _matching(patterns: Sequence[str]) -> Callable[[str], bool]:
    compiled = [re.compile(pattern) for pattern in patterns]
    return lambda path: any(pattern.match(path) for pattern in compiled)


def _context(state: State, writing: bool) -> Callable[[Any], Mapping[str, Any]]:
    def context(request: Any) -> Mapping[str, Any]:
        account = account_of_request(request)
        return {
            "account": account,
            "a": texts(state.language),
            "may_correct": writing and may_correct(account),
            "said": said_in(request),
        }

    return context
