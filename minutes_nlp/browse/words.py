"""The texts of the pages, and days and numbers, as the reader's language writes them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

from minutes_nlp.resources import section
from minutes_nlp.resources.lexicon import words_cache

_LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "en": "en_GB"}
_BORDERS = re.compile(r"(?:\s*\|)+(?=\s)")
_MONTH = re.compile(r"\d{4}-\d{2}")


def one_line(text: str) -> str:
    """`text` with white space joined, and dots for the borders between the cells of a table."""
    return " ".join(_BORDERS.sub(" · ", text).split())


def excerpt(text: str, length: int) -> str:
    """The beginning of `text` on one line, with `…` if anything was left out."""
    line = one_line(text)
    return line if len(line) <= length else line[:length].rpartition(" ")[0] + "…"


class Words:
    """The texts of one language, by dotted key (`resources/<language>/<name>.toml`).

    Args:
        language: one of `minutes_nlp.browse.language.LANGUAGES`.
        name: of the file that the texts are in.
    """

    def __init__(self, language: str, name: str = "site") -> None:
        self.language = language
        self._texts = section(language, name)
        self._locale = Locale.parse(_LOCALES[language])
        self._found: dict[str, str | None] = {}

    def __call__(self, key: str, **values: object) -> str:
        """The text at `key`, with its `{names}` filled in.

        Raises:
            KeyError: there is no such text.
        """
        text = self.find(key)
        if text is None:
            raise KeyError(key)
        return text.format_map(values) if values else text

    def find(self, key: str) -> str | None:
        """The text at `key`, or `None`."""
        if key not in self._found:
            value: Any = self._texts
            for name in key.split("."):
                value = value.get(name) if isinstance(value, Mapping) else None
            self._found[key] = value if isinstance(value, str) else None
        return self._found[key]

    def count(self, key: str, number: int) -> str:
        """A number with what it counts, in the singular or plural of the language (`key.one`, `key.other`)."""
        form = self._locale.plural_form(number)
        text = self.find(f"{key}.{form}") or self(f"{key}.other")
        return text.format(n=self.number(number))

    def number(self, value: float) -> str:
        """A number with the separators of the language."""
        return str(format_decimal(value, locale=self._locale))

    def numbers(self, values: Sequence[int]) -> str:
        """Whole numbers in order, runs of them as `first–last`: `1–3, 7`."""
        runs: list[list[int]] = []
        for value in sorted(values):
            if runs and value == runs[-1][-1] + 1:
                runs[-1].append(value)
            else:
                runs.append([value])
        return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)

    def percent(self, share: float) -> str:
        """A share (0 to 1) as a whole percentage."""
        return str(format_percent(share, format="#,##0\xa0%", locale=self._locale))

    def day(self, value: str | None, width: str = "medium") -> str:
        """An ISO day (or month) as people write it; what is no day stays as it is; an empty text for `None`.

        Args:
            value: `2024-05-31` or `2024-05`.
            width: `medium`, `long` or `full` (with the day of the week).
        """
        if not value:
            return ""
        try:
            if _MONTH.fullmatch(value):
                return self.month(value)
            day = datetime.date.fromisoformat(value[:10])
        except ValueError:
            return value
        return _written(day, width, self.language)

    def month(self, value: str, skeleton: str = "yMMMM") -> str:
        """An ISO month, written out.

        Raises:
            ValueError: it is no month.
        """
        return str(format_skeleton(skeleton, datetime.date.fromisoformat(f"{value}-01"), locale=self._locale))

    def language_name(self, code: str | None) -> str:
        """The name of a language; its code if it has none, a dash for `None`."""
        return str(self._locale.languages.get(code, code)) if code else "–"


@words_cache(8192)
def _written(day: datetime.date, width: str, language: str) -> str:
    return str(format_date(day, format=width, locale=_LOCALES[language]))


@words_cache()
def words(language: str, name: str = "site") -> Words:
    """The texts of `language`, made once."""
    return Words(language, name)
