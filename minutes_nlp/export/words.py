"""The words of what is handed over, in the language of who gets it (`resources/<iso>/export.toml`)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from minutes_nlp.resources import lexicon


class Words:
    """The words of one language.

    Args:
        language: one that has an `export.toml` (`nl`, `fr`, `en`).
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = lexicon.section(language, "export")

    def __call__(self, key: str, **values: object) -> str:
        """The text at the dotted `key`, with `{names}` filled in.

        Raises:
            KeyError: there is no such text.
        """
        text: Any = self._texts
        for part in key.split("."):
            if not isinstance(text, Mapping) or part not in text:
                raise KeyError(key)
            text = text[part]
        if not isinstance(text, str):
            raise KeyError(key)
        return text.format_map(values) if values else text

    def day(self, value: str | None) -> str:
        """A day (`2026-05-31`) or month (`2026-05`) as people write it; empty for `None`."""
        if value is None:
            return ""
        names: list[str] = list(self._texts["months"])
        year, month, *day = value.split("-")
        name = names[int(month) - 1]
        if not day:
            return f"{name} {year}"
        first = self._texts["first_of_month"] if int(day[0]) == 1 else str(int(day[0]))
        return f"{first} {name} {year}"

    def today(self, day: datetime.date) -> str:
        """A day of the calendar as people write it."""
        return self.day(day.isoformat())
