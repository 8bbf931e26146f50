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


def parse_seconds(value: str | float) -> float:
    """A number of seconds from 0.1 to a day, with a point or a comma.

    Raises:
        UsageError: it is something else.
    """
    text = str(value).replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,3})?", text) or not 0.1 <= float(text) <= 86_400:
        raise UsageError(
            "usage.seconds", f"{value} is no number of seconds.", "Give a number from 0.1 to 86400.", value=value
        )
    return float(text)


def parse_due(value: str) -> str:
    """A day as `parse_day` takes it, or a month (`2024-05`); gives it as ISO 8601.

    Raises:
        UsageError: it is neither.
    """
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value.strip()):
        return value.strip()
    return parse_day(value).isoformat()


def parse_share(value: str | float) -> float:
    """A number from 0 to 1, with a point or a comma.

    Raises:
        UsageError: it is something else.
    """
    text = str(value).replace(",", ".")
    if not re.fullmatch(r"[01](\.[0-9]{1,4})?|\.[0-9]{1,4}", text) or float(text) > 1:
        raise UsageError("usage.share", f"{value} is no number from 0 to 1.", "Write it as 0.6.", value=value)
    return float(text)
