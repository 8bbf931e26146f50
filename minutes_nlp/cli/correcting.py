"""What the commands that correct have in common: who corrects, and what they tell."""

from __future__ import annotations

import datetime
import getpass
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_nlp.cli.problems import FAILED
from minutes_nlp.cli.tables import clean

if TYPE_CHECKING:
    from minutes_nlp.cli.session import Session
    from minutes_nlp.review.desk import Desk, Outcome

Who = Annotated[str | None, typer.Option("--who", metavar="NAME", show_default=False)]
_SHOWN_DIGITS = 8


def today() -> str:
    """The user's own day, ISO 8601."""
    return datetime.date.today().isoformat()  # noqa: DTZ011 - the user's own day


def desk_of(here: Session, who: str | None = None) -> Desk:
    """Where the user corrects: `--who`, else the setting `user`, else the name with which one is logged in."""
    from minutes_nlp.review.desk import Desk
    from minutes_nlp.store.identity import storable

    settings = here.settings
    name = storable(who or settings.user or _login()).strip()
    return Desk(
        database=here.database,
        records=settings.structured_folder / "records",
        who=name or "?",
        clock=lambda: datetime.datetime.now().astimezone(),
        directory=settings.directory_path,
    )


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container without a user database
        return ""


def tell_again(here: Session, about: str) -> None:
    """Say that what was said is so already, and that nothing was noted."""
    sys.stdout.write(clean(here.say("review.already", about=about)) + "\n")


def tell(here: Session, desk: Desk, outcome: Outcome, done: str, *, row: str = "") -> None:
    """Say what was noted, under which id it can be undone, and what could not be done; exit code 1 if something.

    Args:
        here: the session.
        desk: where it was corrected.
        outcome: of `desk.put`.
        done: what was done, as a sentence in the user's language.
        row: the id by which the user knows the row; where it keeps that one, none is told.
    """
    say = here.say
    sys.stdout.write(f"{clean(done)}\n")
    ids = _rows(desk, outcome)
    for identifier in ids if row not in ids else ():  # that of a copy of the minutes is of no use to the user
        sys.stdout.write(say("review.row", id=identifier) + "\n")
    names = " ".join(correction.id[:_SHOWN_DIGITS] for correction in outcome.corrections)
    sys.stdout.write(say("review.undo_with", command=f"minutes undo {names}") + "\n")
    if outcome.settled is None:
        sys.stderr.write(say("review.later") + "\n")
        return
    if outcome.settled.corrections.torn:
        sys.stderr.write(say("review.torn", path=desk.log) + "\n")
    for path, problem in outcome.settled.refused:
        sys.stderr.write(say("review.refused", path=path, reason=say.error(problem)[0]) + "\n")
    if outcome.settled.refused:
        raise typer.Exit(FAILED)


def _rows(desk: Desk, outcome: Outcome) -> list[str]:
    """The ids that the corrected rows have now."""
    if outcome.settled is None:
        return []
    from minutes_nlp.store.corrections import rows_of_corrections

    with desk.reading() as db:
        return rows_of_corrections(db, [correction.id for correction in outcome.corrections])
