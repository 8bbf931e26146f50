"""Texts for people, in their language: which language that is, and the look-up by key.

The texts stand in `resources/<iso>/messages.toml`; English is complete and stands in for what another language lacks.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from minutes_nlp.cli.reasons import translated
from minutes_nlp.errors import MinutesError
from minutes_nlp.resources import lexicon
from minutes_nlp.settings import LANGUAGES

FALLBACK = "en"
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


class Messages:
    """The texts of one language.

    Args:
        language: one of `minutes_nlp.settings.LANGUAGES`.
    """

    def __init__(self, language: str = FALLBACK) -> None:
        self.language = language
        self._texts = [lexicon.section(code, "messages") for code in dict.fromkeys((language, FALLBACK))]

    def find(self, *path: str) -> Any:
        """What stands at `path` (`"commands", "actions", "summary"`), or `None`."""
        for texts in self._texts:
            value: Any = texts
            for key in path:
                value = value.get(key) if isinstance(value, Mapping) else None
            if value is not None:
                return value
        return None

    def __call__(self, key: str, **values: object) -> str:
        """The text at the dotted `key`, with `{names}` filled in.

        Raises:
            KeyError: there is no such text (a mistake in the program, found by the tests).
        """
        text = self.find(*key.split("."))
        if not isinstance(text, str):
            raise KeyError(key)
        return fill(text, self._told(values))

    def get(self, key: str, default: str) -> str:
        """The text at the dotted `key`, or `default`."""
        text = self.find(*key.split("."))
        return text if isinstance(text, str) else default

    def error(self, error: MinutesError) -> tuple[str, str]:
        """What is wrong and what to do (may be empty), in the user's language."""
        return self.problem(error.code, error.message, error.hint, error.values)

    def problem(self, code: str, message: str, hint: str = "", values: Mapping[str, object] = {}) -> tuple[str, str]:
        """The same for an error that was stored: by its code, with the English texts as a fallback."""
        found = self.find("errors", code)
        if not isinstance(found, Mapping):
            return message, hint
        try:
            told = self._told(values)
            return str(found["message"]).format_map(told), str(found.get("hint", "")).format_map(told)
        except (KeyError, IndexError, ValueError):  # the error does not bring what the text names
            return message, hint

    def _told(self, values: Mapping[str, object]) -> Mapping[str, object]:
        """The values with the reason, if there is one, in the user's language."""
        if "reason" not in values:
            return values
        return {**values, "reason": translated(str(values["reason"]), self.find)}


def fill(text: str, values: Mapping[str, object]) -> str:
    """`text` with its `{names}` replaced; braces stay as they are if there are no values."""
    return text.format_map(values) if values else text


def choose_language(asked: str | None, configured: str | None, environment: Mapping[str, str]) -> str:
    """The language to speak: asked for on the command line, else configured, else the locale's, else English."""
    for wish in (asked, configured):
        if wish in LANGUAGES:
            return wish
    return locale_language(environment) or FALLBACK


def locale_language(environment: Mapping[str, str]) -> str | None:
    """The language of the first locale variable that is set; `None` if we don't speak it."""
    for variable in _VARIABLES:
        if value := environment.get(variable):
            code = value.replace("-", "_").split("_")[0].split(".")[0].lower()
            return code if code in LANGUAGES else None
    if sys.platform == "win32":  # no locale variables there: the language of the desktop
        import ctypes
        import locale

        name = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
        return name[:2] if name[:2] in LANGUAGES else None
    return None


def hoist_global_options(arguments: Sequence[str], options: Sequence[str]) -> list[str]:
    """The arguments with global `options` (each takes a value) moved before the command.

    So `minutes actions --lang fr` means the same as `minutes --lang fr actions`. What follows `--` stays where it is.
    """
    front: list[str] = []
    rest: list[str] = []
    pending = iter(arguments)
    for argument in pending:
        if argument == "--":
            rest += [argument, *pending]
        elif argument in options:
            front += [argument, *([] if (value := next(pending, None)) is None else [value])]
        elif argument.split("=", 1)[0] in options:
            front.append(argument)
        else:
            rest.append(argument)
    return front + rest


def option_value(arguments: Sequence[str], option: str) -> str | None:
    """The last value given to `option` (`--lang fr` or `--lang=fr`), or `None`."""
    value = None
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == option and position + 1 < len(arguments):
            value = arguments[position + 1]
        elif argument.startswith(f"{option}="):
            value = argument.split("=", 1)[1]
    return value
