"""What a person answers to a doubt, as corrections."""

from __future__ import annotations

import sqlite3

from minutes_nlp.query.doubts import Doubt
from minutes_nlp.records.corrections import Correction
from minutes_nlp.review.desk import Desk
from minutes_nlp.review.statements import of_issue, of_link, of_row

_ENDS = frozenset({"done", "dropped"})
"""The events of a proposal that end an action."""


def accepted(desk: Desk, db: sqlite3.Connection, doubt: Doubt) -> Correction:
    """That it is right: a row is what the program takes it for, a proposal is true, an issue is settled."""
    return _judged(desk, db, doubt, True)


def rejected(desk: Desk, db: sqlite3.Connection, doubt: Doubt) -> Correction | None:
    """That it is wrong; `None` for an issue, which can only be settled."""
    return None if doubt.kind == "issue" else _judged(desk, db, doubt, False)


def _judged(desk: Desk, db: sqlite3.Connection, doubt: Doubt, right: bool) -> Correction:
    if doubt.kind == "issue":
        return of_issue(desk, doubt.id)
    assert doubt.row is not None
    if doubt.kind == "proposal":
        assert doubt.action is not None
        return of_link(desk, db, doubt.action, doubt.row, "closes" if doubt.about in _ENDS else "same", right)
    return of_row(desk, db, doubt.row, "exists", right)
