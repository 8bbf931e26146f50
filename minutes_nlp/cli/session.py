"""What one run of the program knows: the user's language, settings and database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from minutes_nlp.cli.messages import Messages
from minutes_nlp.errors import SettingsError
from minutes_nlp.settings import Settings

if TYPE_CHECKING:
    import sqlite3


class Session:
    """One run of the program.

    Args:
        say: the texts in the user's language.
        settings: the user's choices, or what is wrong with them: raised when they are first needed, so that
            `--help` works whatever `minutes.toml` says.
    """

    def __init__(self, say: Messages, settings: Settings | SettingsError) -> None:
        self.say = say
        self.asked_database: Path | None = None
        self.asked_language: str | None = None
        self._settings = settings

    @property
    def settings(self) -> Settings:
        """The user's choices.

        Raises:
            SettingsError: `minutes.toml` is wrong.
        """
        if isinstance(self._settings, SettingsError):
            raise self._settings
        return self._settings

    @property
    def database(self) -> Path:
        """The database asked for on the command line, else the one of the settings."""
        return self.asked_database or self.settings.database_path

    def open(self) -> sqlite3.Connection:
        """The database, for questions only.

        Raises:
            StoreError: there is none yet, or it is of another version, or damaged.
        """
        from minutes_nlp.store.connect import open_database

        return open_database(self.database)


def session(context: typer.Context) -> Session:
    """The session of the running command."""
    found = context.obj
    assert isinstance(found, Session)
    return found
