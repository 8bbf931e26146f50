"""`minutes decision …`: whether a passage is a decision, and which words are."""

from __future__ import annotations

import typer

from minutes_nlp.cli.action import Id, Nth, Quote, correct_quote, correct_row
from minutes_nlp.cli.correcting import Who
from minutes_nlp.cli.frame import Command, commands_about

app = commands_about()


def confirm(context: typer.Context, decision: Id, who: Who = None) -> None:
    """The passage is a decision."""
    correct_row(context, "decision", decision, "exists", True, who)


def reject(context: typer.Context, decision: Id, who: Who = None) -> None:
    """The passage is no decision."""
    correct_row(context, "decision", decision, "exists", False, who)


def quote(context: typer.Context, decision: Id, quote: Quote, nth: Nth = None, who: Who = None) -> None:
    """Other words of the document are the decision."""
    correct_quote(context, "decision", decision, quote, nth, who)


for _name, _function in (("confirm", confirm), ("reject", reject), ("quote", quote)):
    app.command(_name, cls=Command)(_function)
