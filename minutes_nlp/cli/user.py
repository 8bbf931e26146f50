"""`minutes user …`: who may sign in to `minutes browse`."""

from __future__ import annotations

import getpass
import sys
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from minutes_nlp.cli.frame import Command, commands_about
from minutes_nlp.cli.output import write_rows
from minutes_nlp.cli.problems import UsageError
from minutes_nlp.cli.questions import Format
from minutes_nlp.cli.session import Session, session

if TYPE_CHECKING:
    from minutes_nlp.browse.access.accounts import AccountBook, Role

Name = Annotated[str, typer.Argument(metavar="NAME", show_default=False)]
FromStdin = Annotated[bool, typer.Option("--password-stdin", show_default=False)]

app = commands_about()


@dataclass(frozen=True, slots=True)
class UserRow:
    """An account for a list."""

    name: str
    role: str


def parse_role(value: str) -> str:
    """A role.

    Raises:
        UsageError: it is another word.
    """
    from minutes_nlp.browse.access.accounts import ROLES

    if value not in ROLES:
        known = ", ".join(ROLES)
        raise UsageError("usage.role", f"There is no role {value}.", f"Use {known}.", value=value, known=known)
    return value


def add(
    context: typer.Context,
    name: Name,
    role: Annotated[
        str, typer.Option("--role", metavar="reader|editor|admin", parser=parse_role, show_default=False)
    ] = "reader",
    password_stdin: FromStdin = False,
) -> None:
    """Make an account."""
    here = session(context)
    book = _book(here)
    made = book.add(name, _password(here, password_stdin), _role(role))
    sys.stdout.write(here.say("user.added", name=made.name, role=made.role) + "\n")


def list_(context: typer.Context, format_: Format = "table") -> None:
    """List the accounts."""
    here = session(context)
    rows = [UserRow(account.name, account.role) for account in _book(here).all()]
    write_rows(rows, UserRow, format_, ("name", "role"), here.say, here.say("empty.user"))


def remove(context: typer.Context, name: Name) -> None:
    """Take an account away."""
    here = session(context)
    gone = _book(here).remove(name)
    sys.stdout.write(here.say("user.removed", name=gone.name) + "\n")


def password(context: typer.Context, name: Name, password_stdin: FromStdin = False) -> None:
    """Give an account another password."""
    here = session(context)
    book = _book(here)
    changed = book.change_password(name, _password(here, password_stdin))
    sys.stdout.write(here.say("user.password_changed", name=changed.name) + "\n")


def _book(here: Session) -> AccountBook:
    from minutes_nlp.browse.access.accounts import AccountBook

    return AccountBook.of(here.database)


def _role(value: str) -> Role:
    from minutes_nlp.browse.access.accounts import ROLES

    return next(role for role in ROLES if role == value)


def _password(here: Session, from_stdin: bool) -> str:
    """The password: asked twice on the terminal, which does not show it, or the first line of standard input."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise UsageError(
            "usage.no_terminal", "A password is typed on a terminal.", "In a script, use --password-stdin."
        )
    from minutes_nlp.browse.access.accounts import check_password

    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)  # never show a password, rather ask for none
        first = getpass.getpass(here.say("user.ask") + " ")
        check_password(first)
        second = getpass.getpass(here.say("user.ask_again") + " ")
    if first != second:
        raise UsageError("usage.passwords_differ", "The two passwords differ.", "Try again.")
    return first


for _name, _function in (("add", add), ("list", list_), ("remove", remove), ("password", password)):
    app.command(_name, cls=Command)(_function)
