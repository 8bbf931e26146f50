"""`minutes meeting …`: which meetings are confidential."""

from __future__ import annotations

from typing import Annotated

import typer

from minutes_nlp.cli.correcting import Who, desk_of, tell, tell_again
from minutes_nlp.cli.frame import Command, commands_about
from minutes_nlp.cli.session import session

Meeting = Annotated[str, typer.Argument(metavar="MEETING", show_default=False)]

app = commands_about()


def restrict(context: typer.Context, meeting: Meeting, who: Who = None) -> None:
    """Only admins see the meeting in `minutes browse`."""
    _set(context, meeting, True, who)


def open_(context: typer.Context, meeting: Meeting, who: Who = None) -> None:
    """Everybody with an account sees the meeting again."""
    _set(context, meeting, False, who)


def _set(context: typer.Context, reference: str, value: bool, who: str | None) -> None:
    from minutes_nlp.browse.access.restricted import known_corrections, restricted
    from minutes_nlp.query.references import find_meeting
    from minutes_nlp.records.corrections import RESTRICTED
    from minutes_nlp.review.repeated import is_restricted_by
    from minutes_nlp.review.statements import of_fact

    here = session(context)
    desk = desk_of(here, who)
    with desk.reading() as db:
        meeting = find_meeting(db, reference)
        sql = """SELECT title, date, d.id, path, sha256 FROM meetings JOIN documents d ON d.id = document_id
            WHERE meetings.id = ?"""
        title, date, document, path, sha256 = db.execute(sql, (meeting,)).fetchone()
        correction = of_fact(desk, db, meeting, RESTRICTED, value)
        known = known_corrections(db, desk.log)
        is_now = document in restricted(db, known).documents
    named = " ".join(part for part in (title or path, date) if part)
    if is_now == value and (not value or is_restricted_by(known, path, sha256)):
        tell_again(here, named)
        return
    outcome = desk.put([correction])
    tell(here, desk, outcome, here.say(f"review.done.meeting.{'restricted' if value else 'open'}", meeting=named))


for _name, _function in (("restrict", restrict), ("open", open_)):
    app.command(_name, cls=Command)(_function)
