"""How commands show their help and refuse a wrong command line: every word of it from the messages."""

from __future__ import annotations

import difflib
import shutil
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, get_args

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from minutes_nlp.cli.messages import FALLBACK, Messages
from minutes_nlp.cli.problems import UsageError

PROGRAM = "minutes"
_WIDEST = 100
_TERM_COLUMN = 34


def help_width() -> int:
    """Columns to fill with help: those of the terminal, at most 100."""
    return max(20, min(_WIDEST, shutil.get_terminal_size().columns))


def definition_list(rows: list[tuple[str, str]], width: int) -> Iterator[str]:
    """Lines of terms with their explanation beside them, or below if the term is long or the terminal narrow."""
    longest = max((len(term) for term, _ in rows), default=0)
    column = min(longest, _TERM_COLUMN) + 4
    beside = width - column >= 30
    for term, explanation in rows:
        if beside and len(term) <= column - 4:
            lines = textwrap.wrap(explanation, width - column) or [""]
            yield f"  {term:<{column - 2}}{lines[0]}".rstrip()
            yield from (" " * column + line for line in lines[1:])
        else:
            indent = " " * (column if beside else 6)
            yield f"  {term}"
            yield from textwrap.wrap(explanation, width, initial_indent=indent, subsequent_indent=indent)


class _Values:
    """Makes values of what was typed for one option or argument.

    Typer's own way is to build a pydantic validator for each, which takes longer than most questions.
    """

    def __init__(self, convert: Callable[[Any], Any]) -> None:
        self.convert = convert

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ARG002 - Typer calls it so
        """The value, or the values where several may be given; nothing typed is `None`, or none of several.

        Raises:
            UsageError: an option that takes other values than text was given an empty one.
        """
        if value == "" and self.convert not in (str, Path, bool) and param.param_type_name == "option":
            name = param.opts[0]
            hint = "Add --help to see what is possible."
            raise UsageError("usage.no_value", f"The option {name} lacks its value.", hint, option=name)
        if param.multiple or param.nargs == -1:
            return [self.convert(entry) for entry in value or ()]
        return None if value is None else self.convert(value)


def _take_values_plainly(parameter: Any) -> None:
    described = parameter.type_descriptor
    kind = next(iter(get_args(described.annotation)), described.annotation)
    convert = described.parameter_info.parser or {str: str, Path: Path, bool: bool}.get(kind)
    if convert:
        parameter._runtime_param = _Values(convert)


@contextmanager
def _telling_where(ctx: Any) -> Iterator[None]:
    """Gives what Typer refuses the context, by which it is told what is wrong with an option."""
    try:
        yield
    except TyperException as problem:
        if getattr(problem, "ctx", None) is None:
            problem.ctx = ctx  # type: ignore[attr-defined]
        raise


class _Localised:
    """What commands and the group share: help made from the messages."""

    say = Messages(FALLBACK)
    name: str | None
    params: list[Any]
    group = ""
    """The key of the group that it belongs to, empty directly below the program."""

    def key(self) -> str:
        """The key in the messages: the command as it is typed (`action done`); the program itself is `minutes`."""
        return f"{self.group} {self.name}".strip() or PROGRAM

    def heading(self, key: str) -> str:
        """A message with the language's colon after it."""
        return self.say(key) + self.say("help.colon")

    def option_help(self, parameter: Any) -> str:
        """The explanation of one option or argument, with its default if that tells something."""
        own = self.say.find("commands", self.key(), "options", parameter.name)
        text = own if isinstance(own, str) else self.say(f"options.{parameter.name}")
        default = parameter.default
        if isinstance(default, (str, int)) and not isinstance(default, bool) and default != "":
            text += f" [{self.heading('help.default')} {default}]"
        return text

    def rows(self, kind: str) -> list[tuple[str, str]]:
        """Names and explanations of the command's options or arguments (`kind`), hidden ones left out."""
        found = []
        for parameter in self.params:
            if parameter.param_type_name != kind or getattr(parameter, "hidden", False):
                continue
            if kind == "argument":
                term = parameter.metavar or parameter.name.upper()
            else:
                flags = ", ".join(sorted(parameter.opts, key=len))
                flags += "".join(f" / {flag}" for flag in parameter.secondary_opts)
                term = flags if parameter.is_flag else f"{flags} {parameter.metavar or 'TEXT'}"
            found.append((term, self.option_help(parameter)))
        if kind == "option":
            found.append(("--help", self.say("help.help")))
        return found

    def usage(self) -> str:
        """The usage line, without its heading."""
        pieces = [PROGRAM] if self.key() == PROGRAM else [PROGRAM, self.key()]
        pieces.append(f"[{self.say('help.options').upper()}]")
        for parameter in self.params:
            if parameter.param_type_name == "argument":
                term = parameter.metavar or parameter.name.upper()
                pieces.append(term if parameter.required else f"[{term}]")
        return " ".join(pieces)

    def sections(self, width: int) -> Iterator[str]:
        """The lines of the help below the summary."""
        for kind, heading in (("argument", "help.arguments"), ("option", "help.options")):
            if rows := self.rows(kind):
                yield from ("", self.heading(heading), *definition_list(rows, width))

    def help_text(self, width: int) -> str:
        """The whole help, wrapped to `width` columns; examples are never wrapped, so that they can be copied."""
        say, key = self.say, self.key()
        lines = [f"{self.heading('help.usage')} {self.usage()}", ""]
        for paragraph in say(f"commands.{key}.help").strip().split("\n\n"):
            lines += [*textwrap.wrap(paragraph, width), ""]
        lines.pop()
        lines += self.sections(width)
        if examples := say.find("commands", key, "examples"):
            lines += ["", self.heading("help.examples")]
            for command, explanation in examples:
                lines += textwrap.wrap(f"# {explanation}", width, initial_indent="  ", subsequent_indent="  # ")
                lines.append(f"  {command}")
        return "\n".join(lines)

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters with which a command line is read."""
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc] # of the command that this is mixed into
        for parameter in params:
            _take_values_plainly(parameter)
        return params

    def get_help(self, _context: Any) -> str:
        """What `--help` prints."""
        return self.help_text(help_width())


class Command(_Localised, TyperCommand):
    """A command of the program."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the command line; an argument too many is refused in the user's language."""
        ctx.allow_extra_args = True
        with _telling_where(ctx):
            rest = super().parse_args(ctx, args)
        if rest:
            hint = self.say("usage.hint")
            raise UsageError("usage.extra", f"This is too much: {' '.join(rest)}.", hint, arguments=" ".join(rest))
        return rest


class SubGroup(_Localised, TyperGroup):
    """Commands about one thing (`minutes action done`)."""

    otherwise = ""
    """The command that is meant where none is named (`minutes person NAME`: `show`); empty: one has to be named."""

    def localised(self) -> dict[str, Command | SubGroup]:
        """The commands and groups of commands below, by key, in the order of a day's work."""
        found: dict[str, Command | SubGroup] = {}
        for command in self.commands.values():
            assert isinstance(command, Command | SubGroup)
            found[command.key()] = command
            if isinstance(command, SubGroup):
                found |= command.localised()
        return found

    def usage(self) -> str:
        """The usage line, without its heading."""
        return f"{super().usage()} {self.say('help.command').upper()} …"

    def sections(self, width: int) -> Iterator[str]:
        """The options, then the commands in the order of a day's work."""
        yield from super().sections(width)
        below = self.group_key()
        rows = [(name, self.say(f"commands.{f'{below} {name}'.strip()}.summary")) for name in self.commands]
        yield from ("", self.heading("help.commands"), *definition_list(rows, width))

    def group_key(self) -> str:
        """What stands before the name of a command in its key."""
        return self.key()

    def list_commands(self, _ctx: Any) -> list[str]:
        """The commands in the order of a day's work."""
        return list(self.commands)

    def speak(self, say: Messages, order: Sequence[str] = ()) -> None:
        """Have this group and all below speak the language of `say`, its commands in the order given."""
        self.say = say
        self.commands = {name: self.commands[name] for name in order or self.commands}
        for command in self.commands.values():
            assert isinstance(command, Command | SubGroup)
            command.group = self.group_key()
            if isinstance(command, SubGroup):
                command.speak(say)
            else:
                command.say = say

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the command line; the name of the group alone shows its help."""
        if self.otherwise and args and args[0] not in (*self.commands, "--help"):
            args = [self.otherwise, *args]
        with _telling_where(ctx):
            return super().parse_args(ctx, args or ["--help"])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; an unknown one is refused with the commands that look like it."""
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            near = ", ".join(difflib.get_close_matches(name, list(self.commands)) or self.commands)
            hint = f"There is: {near}."
            raise UsageError("usage.command", f"There is no command {name}.", hint, name=name, commands=near)
        return super().resolve_command(ctx, args)


class Group(SubGroup):
    """The program: its global options and its commands."""

    def key(self) -> str:
        """The key of the program's own messages."""
        return PROGRAM

    def group_key(self) -> str:
        """Nothing stands before the name of a command."""
        return ""


def localise(app: typer.Typer, say: Messages, order: Sequence[str] = ()) -> Group:
    """The command line that `app` describes, speaking the language of `say`, its commands in the order given."""
    group = typer.main.get_command(app)
    assert isinstance(group, Group)
    group.speak(say, order)
    return group


def commands_about(otherwise: str = "") -> typer.Typer:
    """A group of commands about one thing, to be filled with `command(name, cls=Command)`.

    Args:
        otherwise: the command that is meant where none is named.
    """
    group = type("SubGroup", (SubGroup,), {"otherwise": otherwise}) if otherwise else SubGroup
    return typer.Typer(cls=group, rich_markup_mode=None, add_completion=False, no_args_is_help=False)
