"""Errors that a user can act on: a stable code, what is wrong, where, and what to do.

The message itself is looked up in the user's language by `code` (`resources/messages/<iso>.toml`); the English text
given here is the fallback, and what ends up in logs.
"""

from __future__ import annotations


class MinutesError(Exception):
    """Base of every error the program raises on purpose.

    Args:
        code: stable identifier (`reading.empty`), also the key of the translated message.
        message: what is wrong, in English, with the values filled in.
        hint: what the user can do, in English; empty if there is nothing to do.
        values: what the translated message may name in braces (`{path}`, `{size}` …).
    """

    code: str
    message: str
    hint: str

    def __init__(self, code: str, message: str, hint: str = "", **values: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.values = values

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    def __reduce__(self) -> tuple[object, ...]:
        """How it travels from one process to another; values of unusual types as their text."""
        values = {name: value if isinstance(value, _PLAIN) else str(value) for name, value in self.values.items()}
        return _again, (type(self), self.code, self.message, self.hint, values)


_PLAIN = (str, int, float, bool, type(None))


def _again(kind: type[MinutesError], code: str, message: str, hint: str, values: dict[str, object]) -> MinutesError:
    return kind(code, message, hint, **values)


class ReadingError(MinutesError):
    """A file could not be turned into a document."""


class LanguageError(MinutesError):
    """A language was asked for that has no resources."""


class ResourceError(MinutesError):
    """A data file of the package or of the user is missing or malformed."""


class ExtractionError(MinutesError):
    """A recogniser was configured wrongly."""


class ModelError(MinutesError):
    """A model of the user's own did not answer as it must; the document waits for another try."""


class TrainingError(MinutesError):
    """There is nothing, or too little, to learn from, or what learning needs is not installed."""


class StoreError(MinutesError):
    """The database could not be opened, migrated, or refused a row."""


class QueryError(MinutesError):
    """A question names something that does not exist, or is malformed."""


class SettingsError(MinutesError):
    """A setting has no meaning or a wrong type."""


class EvaluationError(MinutesError):
    """Gold files or predictions could not be compared."""


class ExportError(MinutesError):
    """A file made from records could not be written or read."""


class WatchError(MinutesError):
    """The folder cannot be watched."""


class BrowseError(MinutesError):
    """The database could not be served to the browser."""


class ReviewError(MinutesError):
    """A correction does not fit what is there."""
