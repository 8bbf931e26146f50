"""Every way a command can fail, as a message: what is wrong, where, what to do. Never a traceback."""

from __future__ import annotations

import errno
import os
import re
import sys
import traceback
from pathlib import Path
from typing import Any

from typer.exceptions import TyperException

from minutes_nlp.cli.messages import Messages
from minutes_nlp.errors import MinutesError

FAILED, USAGE, INTERRUPTED = 1, 2, 130
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_OWN_FOLDER = ".minutes-"  # how the folders begin that the program makes for a while


class UsageError(MinutesError):
    """The command line itself is wrong."""


class StoppedError(MinutesError):
    """The user stopped the command (Ctrl-C); the message says how far it was."""


def explain(problem: BaseException, say: Messages) -> tuple[str, str, int]:
    """The message, the hint (may be empty) and the exit code for whatever stopped a command."""
    if isinstance(problem, UsageError):
        return *say.error(problem), USAGE
    if isinstance(problem, StoppedError):
        return *say.error(problem), INTERRUPTED
    if isinstance(problem, MinutesError):
        return *say.error(problem), FAILED
    if isinstance(problem, TyperException):
        return *_usage(problem, say), USAGE
    if isinstance(problem, KeyboardInterrupt):
        return say("problems.interrupted"), "", INTERRUPTED
    if isinstance(problem, OSError):
        hint = "full_hint" if problem.errno in (errno.ENOSPC, errno.EDQUOT) else "os_hint"
        return _of_system(problem, say), say(f"problems.{hint}"), FAILED
    if isinstance(problem, MemoryError):
        return say("problems.memory"), say("problems.memory_hint"), FAILED
    kind = type(problem).__name__
    if type(problem).__module__ == "sqlite3" and "full" in str(problem):
        return say("problems.os_nowhere", reason=problem), say("problems.full_hint"), FAILED
    if type(problem).__module__ == "sqlite3":
        return say("problems.database", reason=problem), say("problems.database_hint"), FAILED
    return say("problems.internal", kind=kind, reason=problem), say("problems.internal_hint"), FAILED


def _of_system(problem: OSError, say: Messages) -> str:
    """What the system refused, and where; a temporary file of the program is called by its folder."""
    reason = problem.strerror or str(problem)
    if not isinstance(problem.filename, str | bytes):  # none, or the number of an open file
        return say("problems.os_nowhere", reason=reason)
    place = Path(os.fsdecode(problem.filename))
    own = [number for number, part in enumerate(place.parts) if part.startswith(_OWN_FOLDER)]
    where = Path(*place.parts[: own[0]]) if own else place.parent if place.name.startswith(".") else place
    return say("problems.os", path=where, reason=reason)


def _usage(problem: TyperException, say: Messages) -> tuple[str, str]:
    """A command line that Typer refuses, told apart by what the exception carries."""
    detail: Any = problem
    hint = say("usage.hint")
    option = getattr(detail, "option_name", None)
    if option is not None and hasattr(detail, "possibilities"):
        near = ", ".join(detail.possibilities or ())
        return say("usage.no_option", option=option), say("usage.near", options=near) if near else hint
    if option is not None:
        return say("usage.option_value" if _lacks_value(detail) else "usage.flag_value", option=option), hint
    parameter = getattr(detail, "param", None)
    if parameter is None:
        return say("usage.other", reason=problem.format_message()), hint
    name = parameter.metavar or parameter.name if parameter.param_type_name == "argument" else parameter.opts[0]
    if hasattr(detail, "param_type"):
        return say("usage.missing", name=name), hint
    return say("usage.value", name=name, reason=detail.message), hint


def _lacks_value(detail: Any) -> bool:
    """Whether an option that was refused takes a value; one that Typer knows nothing of counts as one that does."""
    command = getattr(getattr(detail, "ctx", None), "command", None)
    options = getattr(command, "params", ())
    return not any(option.is_flag for option in options if detail.option_name in getattr(option, "opts", ()))


def report(problem: BaseException, say: Messages) -> int:
    """Print what stopped a command on standard error; returns the exit code.

    With `MINUTES_TRACEBACK=1` in the environment the traceback follows, for whoever has to mend the program.
    """
    message, hint, code = explain(problem, say)
    prefix = "" if code == INTERRUPTED else f"{say('problems.prefix')}{say('help.colon')} "  # to stop is no error
    for line in (f"{prefix}{printable(message)}", printable(hint)):
        if line:
            sys.stderr.write(f"{line}\n")
    if os.environ.get("MINUTES_TRACEBACK") == "1":
        sys.stderr.write("".join(traceback.format_exception(problem)))
    return code


def printable(text: str) -> str:
    """`text` on a terminal: control characters (which could steer it) are shown as `�`; line breaks stay."""
    return _STEERING.sub("\ufffd", text)
