"""Whom the user means by the names to whom an action is given: told, or asked where nobody or several are meant."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from minutes_nlp.cli.asking import Dialogue
from minutes_nlp.errors import ReviewError

if TYPE_CHECKING:
    import sqlite3

    from minutes_nlp.cli.messages import Messages
    from minutes_nlp.review.assignees import Assignee, Assignees


def assigned(db: sqlite3.Connection, meeting: str, names: Iterable[str], say: Messages, *, new: bool) -> list[Assignee]:
    """Whom the names on a command line mean, each once; on a terminal the user is asked where that is not sure.

    Args:
        db: the database.
        meeting: the meeting (id) whose minutes the action stands in.
        names: as typed.
        say: the texts in the user's language.
        new: whether names that nobody has yet are taken over.

    Raises:
        ReviewError: somebody is not known, or several are meant, and there is nobody to ask, or no answer.
    """
    from minutes_nlp.review.assignees import Assignees

    known = Assignees(db, meeting)
    found: dict[str, Assignee] = {}
    for name in names:
        try:
            one = known.only(name, new=new)
        except ReviewError:
            answer = ask_whom(Dialogue(say), name, known) if sys.stdin.isatty() else None
            if answer is None:
                raise
            one = answer
        found[one.name] = one
    return list(found.values())


def ask_whom(dialogue: Dialogue, name: str, known: Assignees) -> Assignee | None:
    """Ask who is meant by a name that several or nobody has: one of those who fit or are called nearly so, or somebody
    new; `None` for no answer.

    Raises:
        ReviewError: as `Assignees.distinct`.
    """
    several = known.named(name)
    candidates = several or known.like(name)
    for number, one in enumerate(candidates, 1):
        dialogue.show(f"{number}. {one.described}", "  ")
    question = "which_person" if several else "near_or_new" if candidates else "new_name"
    answer = dialogue.ask(dialogue.say(f"review.ask.{question}", name=name)) or ""
    if answer.isdecimal() and 1 <= int(answer) <= len(candidates):
        return known.distinct(candidates[int(answer) - 1])
    yes = answer and dialogue.say("values.yes").startswith(answer.casefold())
    return known.only(name, new=True) if yes and not several else None
