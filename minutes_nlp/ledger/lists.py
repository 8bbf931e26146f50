"""What an action list that was taken over says beyond its actions: which were dropped, and what in it can't be used."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from minutes_nlp.reading.lists import MEDIA_TYPE, parse
from minutes_nlp.resolution.histories import Status
from minutes_nlp.store.ledger import Row, Tables, add_evidence, document_text

if TYPE_CHECKING:
    from minutes_nlp.pipeline.lists import Remark

ISSUES: Final[Mapping[str, str]] = {"empty": "row-without-action", "deadline": "row-deadline-unread"}
"""The issue that each kind of remark on a row is; a row that was dropped is an action and no issue."""


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A list.

    Attributes:
        title: what it is called: the same list, taken over again later, is called the same.
        status: what its status column says, by the start of the action's cell in the text; rows without are left out.
        remarks: on rows that give no action, or whose deadline can't be read.
    """

    title: str
    status: Mapping[int, Status]
    remarks: tuple[Remark, ...]


def taken_over(db: sqlite3.Connection, tables: Tables) -> dict[str, TakenOver]:
    """The lists among the documents of a series, by the meeting (id)."""
    found = {}
    for meeting in tables["meetings"]:
        if meeting["media_type"] == MEDIA_TYPE:
            from minutes_nlp.pipeline.lists import remarks, stated

            text = document_text(db, meeting["document_id"])
            title = parse(text).head.get("title")
            found[meeting["id"]] = TakenOver(title.text(text) if title else "", stated(text), tuple(remarks(text)))
    return found


def remarked(db: sqlite3.Connection, meeting: Row, taken: TakenOver) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """The issues of a list: code, evidence (id), details."""
    for remark in taken.remarks:
        if (code := ISSUES.get(remark.kind)) is None:
            continue
        span = remark.span
        text = document_text(db, meeting["document_id"])
        evidence = add_evidence(db, meeting["document_id"], span.start, span.end, span.text(text))
        yield code, evidence, {"row": remark.row + 1, "cell": remark.cell}
