"""What the pages need to correct; the command line hands it in, as these pages know nothing of how it is done."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pydantic import JsonValue

from minutes_nlp.query.doubts import Doubt


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that somebody says of a row in the browser.

    Attributes:
        kind: of the row: `action`, `decision`, `attendance` or `agenda_item`.
        row: its id.
        field: as in `records.corrections.FIELDS`, except `quote`.
        value: the right value.
        on: the day on which an action changed; `None`: the machine misread it.
        new: whether owners' names that nobody has yet are taken over.
    """

    kind: str
    row: str
    field: str
    value: JsonValue
    on: str | None = None
    new: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that somebody selected in the text of a document.

    Attributes:
        quote: the words; white space may differ.
        near: about where they stand (offset into the text): of several places the nearest is meant.
    """

    quote: str
    near: int


@dataclass(frozen=True, slots=True)
class Written:
    """The id of what was written into the log, and whether an ingest has to lay it over the documents first."""

    id: str
    later: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A correction as the pages show it.

    Attributes:
        undone: whether it was taken back.
        document: the path of the document that it is about, if it is about one.
        undoes: the id of the correction that this one takes back.
    """

    id: str
    at: str
    who: str
    kind: str
    field: str
    value: str | bool | tuple[str, ...] | None
    quote: str | None
    on: str | None
    undone: bool
    document: str | None = None
    undoes: str | None = None


class Desk(Protocol):
    """Takes corrections: writes them into the log, with who made them, and lays them over the whole database.

    Whether somebody may see what is corrected is for the caller to know.

    All but `history` raise `MinutesError`, if there is no such row or the correction does not fit, and `ValueError` for
    a value that the field does not take.
    """

    def change(self, who: str, change: Change) -> Written:
        """Correct a field of a row."""

    def move(self, who: str, kind: str, row: str, passage: Passage) -> Written:
        """Give a row other words of its document."""

    def add(self, who: str, kind: str, meeting: str, passage: Passage) -> Written:
        """Say that a passage of a meeting's document is an action or a decision."""

    def judge(self, who: str, doubt: Doubt, right: bool) -> Written | None:
        """Say that the machine was right or wrong; `None` if that cannot be said of this doubt."""

    def undo(self, who: str, correction: str) -> Written:
        """Take a correction back."""

    def history(self, db: sqlite3.Connection) -> Sequence[Said]:
        """The corrections that `db` knows of, the newest first."""
