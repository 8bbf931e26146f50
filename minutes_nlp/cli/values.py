"""Values of options that are more than text; Typer hands a parser the default as well."""

from __future__ import annotations

import datetime
import re

from minutes_nlp.cli.problems import UsageError

_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def parse_day(value: str) -> datetime.date:
    """A date as `2024-05-31` or, day first, `31/05/2024`.

    Raises:
        UsageError: it is neither, or no day of the calendar.
    """
    text = value.strip()
    try:
        if match := _DAY_FIRST.fullmatch(text):
            day, month, year = map(int, match.groups())
            return datetime.date(year, month, day)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise UsageError(
        "usage.date", f"{value} is no date.", "Write it as 2024-05-31 (or 31/05/2024, day first).", value=value
    )


def parse_count(value: str | int) -> int:
    """A whole number from 1 (below a thousand million).

    Raises:
        UsageError: it is something else.
    """
    if not re.fullmatch(r"0*[1-9][0-9]{0,8}", str(value)):
        raise UsageError("usage.count", f"{value} is no number.", "Give a whole number from 1.", value=value)
    return int(value)


def parse_port(value: str | int) -> int:
    """A port of this machine, 0 (any that is free) to 65535.

    Raises:
        UsageError: it is something else.
    """
    if not re.fullmatch(r"[0-9]{1,5}", str(value)) or int(value) > 65535:
        raise UsageError("usage.port", f"{value} is no port.", "Give a number from 1024 to 65535.", value=value)
    return int(value)
