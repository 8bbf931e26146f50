"""The desk that the pages of `minutes browse --write` correct at."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from minutes_nlp.browse.access.correcting import Change, Passage, Said, Written
from minutes_nlp.cli.correcting import desk_of
from minutes_nlp.cli.session import Session
from minutes_nlp.query.doubts import Doubt
from minutes_nlp.query.places import document_text, find_row
from minutes_nlp.records import Evidence
from minutes_nlp.records.corrections import Correction
from minutes_nlp.resolution.correcting.anchors import places
from minutes_nlp.review.answers import accepted, rejected
from minutes_nlp.review.assignees import Assignees
from minutes_nlp.review.history import log_rows, undo
from minutes_nlp.review.passages import find_passage
from minutes_nlp.review.statements import document_of_meeting, of_passage, of_row
from minutes_nlp.store.correction_log import log_path, read_log

if TYPE_CHECKING:
    from minutes_nlp.review.desk import Desk


class BrowserDesk:
    """Corrects as the commands do, in the name of whoever is signed in (`minutes_nlp.browse.access.correcting.Desk`).

    Args:
        here: the session of the command that serves the pages.
    """

    def __init__(self, here: Session) -> None:
        self._here = here

    def change(self, who: str, change: Change) -> Written:
        """Correct a field of a row."""
        desk = desk_of(self._here, who)
        with desk.reading() as db:
            place = find_row(db, change.kind, change.row)
            value = change.value
            if change.field == "owners" and isinstance(value, list):
                known = Assignees(db, place.meeting_id)
                value = list(dict.fromkeys(known.only(str(name), new=change.new).name for name in value))
            return _put(desk, of_row(desk, db, place, change.field, value, on=change.on))

    def move(self, who: str, kind: str, row: str, passage: Passage) -> Written:
        """Give a row other words of its document."""
        desk = desk_of(self._here, who)
        with desk.reading() as db:
            place = find_row(db, kind, row)
            quote = _nearest(document_text(db, place.path), passage)
            return _put(desk, of_row(desk, db, place, "quote", quote))

    def add(self, who: str, kind: str, meeting: str, passage: Passage) -> Written:
        """Say that a passage of a meeting's document is an action or a decision."""
        desk = desk_of(self._here, who)
        with desk.reading() as db:
            document, text = document_of_meeting(db, meeting)
        of_kind: Any = kind
        return _put(desk, of_passage(desk, of_kind, document, _nearest(text, passage), text))

    def judge(self, who: str, doubt: Doubt, right: bool) -> Written | None:
        """Say that the machine was right or wrong; `None` if that cannot be said of this doubt."""
        desk = desk_of(self._here, who)
        with desk.reading() as db:
            correction = accepted(desk, db, doubt) if right else rejected(desk, db, doubt)
        return None if correction is None else _put(desk, correction)

    def undo(self, who: str, correction: str) -> Written:
        """Take a correction back."""
        desk = desk_of(self._here, who)
        taken_back, _ = undo(desk, correction)
        return _put(desk, taken_back)

    def history(self, db: sqlite3.Connection) -> Sequence[Said]:
        """The corrections that `db` knows of, the newest first."""
        known = {row[0] for row in db.execute("SELECT id FROM corrections")}
        rows = log_rows(read_log(log_path(self._here.database)).corrections)
        return [
            Said(
                id=row.id,
                at=row.at,
                who=row.who,
                kind=row.kind,
                field=row.field,
                value=row.value,
                quote=row.quote,
                on=row.on,
                undone=row.undone,
                document=row.document,
                undoes=row.undoes,
            )
            for row in rows
            if row.id in known
        ]


def _put(desk: Desk, correction: Correction) -> Written:
    outcome = desk.put([correction])
    return Written(outcome.corrections[0].id, outcome.settled is None)


def _nearest(text: str, passage: Passage) -> Evidence:
    """The place of the words that is nearest to where they were selected.

    Raises:
        ReviewError: `review.no_quote`.
    """
    wanted = passage.quote.strip()
    found = sorted(places(wanted, text), key=lambda span: abs(span.start - passage.near)) if wanted else []
    if not found:
        return find_passage(text, passage.quote)
    return Evidence(start=found[0].start, end=found[0].end, quote=found[0].text(text))
