"""What can become of a child that reads a file, as errors that a user can act on."""

from __future__ import annotations

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading.readers import Limits


def out_of_memory(name: str, limits: Limits) -> ReadingError:
    """Reading it takes more memory than it may."""
    return ReadingError(
        "reading.memory",
        f"{name} takes more than {limits.memory} bytes of memory to read.",
        "Split it, or raise `limits.memory` in minutes.toml.",
        path=name,
        limit=limits.memory,
    )


def out_of_cpu(name: str, limits: Limits) -> ReadingError:
    """Reading it takes more computing time than it may."""
    return ReadingError(
        "reading.cpu-time",
        f"{name} takes more than {limits.cpu_seconds} seconds of computing time to read.",
        "Split it, or raise `limits.cpu_seconds` in minutes.toml.",
        path=name,
        limit=limits.cpu_seconds,
    )


def out_of_time(name: str, limits: Limits) -> ReadingError:
    """Reading it takes longer than it may."""
    return ReadingError(
        "reading.time",
        f"{name} was not read after {limits.seconds} seconds.",
        "Split it, or raise `limits.seconds` in minutes.toml.",
        path=name,
        limit=limits.seconds,
    )


def oversize(name: str, limits: Limits) -> ReadingError:
    """Its text and blocks are larger than they may be."""
    return ReadingError(
        "reading.output",
        f"{name} holds more text than fits in {limits.output} bytes.",
        "It is hardly minutes; if it is, split it, or raise `limits.output` in minutes.toml.",
        path=name,
        limit=limits.output,
    )


def nested(name: str) -> ReadingError:
    """Its parts are nested deeper than any program writes them."""
    return ReadingError(
        "reading.nested",
        f"{name} is nested too deep inside.",
        "Open it in the program that made it and save it anew.",
        path=name,
    )


def unexpected(name: str, problem: BaseException) -> ReadingError:
    """A reader broke down on it in a way that nobody foresaw."""
    reason = f"{type(problem).__name__}: {problem}"[:500]
    return ReadingError(
        "reading.unexpected",
        f"{name} could not be read ({reason}).",
        "It may be damaged: save it anew. If it is whole, this is a fault of the program; please report it.",
        path=name,
        reason=reason,
    )


def crashed(name: str, ended: int | None) -> ReadingError:
    """The child ended by itself over it."""
    return ReadingError(
        "reading.crashed",
        f"{name} could not be read: the process that was at it ended (exit code {ended}).",
        "It may be damaged: open it in the program that made it and save it anew.",
        path=name,
        ended=ended,
    )


def no_child(ended: int | None) -> ReadingError:
    """No child can be started here."""
    return ReadingError(
        "reading.no-child",
        f"The process that reads files other than plain text does not start (exit code {ended}).",
        "Run `minutes doctor`; perhaps `limits.memory` in minutes.toml is too low.",
        ended=ended,
    )
