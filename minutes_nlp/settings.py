"""The user's choices, from `minutes.toml` in the working folder; without that file the defaults below hold.

Folders are relative to the folder that `minutes.toml` is in. `docs/settings.md` describes every key.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from minutes_nlp.errors import SettingsError

if TYPE_CHECKING:
    from minutes_nlp.pipeline.settings import PipelineSettings
    from minutes_nlp.reading.readers import Limits

FILE_NAME = "minutes.toml"
LANGUAGES = ("nl", "fr", "en")
"""The languages that the program speaks; those that it reads have their word lists."""
_T = TypeVar("_T")
_KINDS = {bool: "true or false", int: "a whole number", float: "a number", str: "text", dict: "a section"}


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set.

    Attributes:
        language: of the messages (`nl`, `fr`, `en`); empty: the one of the locale.
        raw: the folder that files are dropped in.
        structured: the folder of what is made from them: `records/` and, by default, the database.
        database: the database; empty: `minutes.db` in `structured`.
        words: a folder with word lists of your own (`<iso>/<name>.toml`) laid over those of the program; empty: none.
        directory: your own list of people and bodies; it need not be there.
        user: who corrects, in the log of corrections; empty: the name with which one is logged in.
        jobs: how many processes share the work; 0: as many as suit the number of files and the machine.
        limits: how large a file may be, as written; `reading_limits` gives it with the defaults.
        pipeline: which recogniser does what, as written; `pipeline_settings` gives it with the defaults.
        folder: where the settings were read; all paths start here.
    """

    language: str = ""
    raw: str = "raw"
    structured: str = "structured"
    database: str = ""
    words: str = ""
    directory: str = "directory.toml"
    user: str = ""
    jobs: int = 0
    limits: Mapping[str, Any] = field(default_factory=dict)
    pipeline: Mapping[str, Any] = field(default_factory=dict)
    folder: Path = Path()

    @property
    def raw_folder(self) -> Path:
        """The folder that files are dropped in."""
        return self.folder / self.raw

    @property
    def structured_folder(self) -> Path:
        """The folder of what is made from the files."""
        return self.folder / self.structured

    @property
    def database_path(self) -> Path:
        """The database."""
        return self.folder / self.database if self.database else self.structured_folder / "minutes.db"

    @property
    def words_folder(self) -> Path | None:
        """The folder with the user's own word lists, `None` if there is none."""
        return self.folder / self.words if self.words else None

    @property
    def directory_path(self) -> Path:
        """The user's own list of people and bodies, whether it is there or not."""
        return self.folder / self.directory

    def reading_limits(self) -> Limits:
        """How large a file may be.

        Raises:
            SettingsError: an unknown key or a value of the wrong type.
        """
        from minutes_nlp.reading.readers import Limits

        limits = from_table(Limits, self.limits, "limits.")
        for name in known_keys(Limits):
            if getattr(limits, name) < 1:
                raise _wrong(f"limits.{name}", "a whole number from 1", getattr(limits, name))
        return limits

    def pipeline_settings(self) -> PipelineSettings:
        """Which recogniser does what, and with which options; parts not named keep their default.

        An option `path` is relative to the folder of the settings, like every path in them.

        Raises:
            SettingsError: an unknown key or a value of the wrong type.
        """
        from minutes_nlp.pipeline.settings import DEFAULT_RECOGNISERS, PipelineSettings

        chosen = from_table(PipelineSettings, self.pipeline, "pipeline.")
        for key, section in (("recognisers", chosen.recognisers), ("options", chosen.options)):
            for part, value in section.items():
                if part not in DEFAULT_RECOGNISERS:
                    raise _unknown(part, DEFAULT_RECOGNISERS, f"pipeline.{key}.")
                wanted = str if key == "recognisers" else dict
                if not isinstance(value, wanted):
                    raise _wrong_type(f"pipeline.{key}.{part}", wanted, value)
        options = {part: self._placed(values) for part, values in chosen.options.items()}
        return PipelineSettings({**DEFAULT_RECOGNISERS, **chosen.recognisers}, options)

    def _placed(self, options: Mapping[str, object]) -> Mapping[str, object]:
        path = options.get("path")
        return {**options, "path": str(self.folder / path)} if isinstance(path, str) and path else options


def load_settings(folder: Path) -> Settings:
    """The settings in `folder`; the defaults if it has no `minutes.toml`.

    Raises:
        SettingsError: the file cannot be read, is no TOML, or has an unknown key or a value of the wrong type.
    """
    path = folder / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Settings(folder=folder)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            "settings.unreadable", f"{path} cannot be read: {error}.", path=path, reason=str(error)
        ) from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            "settings.toml",
            f"{path} is no valid TOML: {error}.",
            "docs/settings.md has an example.",
            path=path,
            reason=str(error),
        ) from error
    return read_settings(table, folder)


def read_settings(table: Mapping[str, Any], folder: Path) -> Settings:
    """The settings that a parsed `minutes.toml` holds.

    Raises:
        SettingsError: an unknown key or a value of the wrong type.
    """
    if "folder" in table:
        raise _unknown("folder", known_keys(Settings))
    settings = from_table(Settings, {**table, "folder": folder})
    if settings.language and settings.language not in LANGUAGES:
        raise _wrong("language", f"one of {', '.join(LANGUAGES)}", settings.language)
    if settings.words_folder is not None and not settings.words_folder.is_dir():
        raise _wrong("words", "a folder that exists", settings.words)
    if settings.jobs < 0:
        raise _wrong("jobs", "a whole number from 0", settings.jobs)
    if settings.limits:
        settings.reading_limits()
    if settings.pipeline:
        settings.pipeline_settings()
    return settings


def known_keys(kind: type) -> tuple[str, ...]:
    """The keys that a section may have, in the order of the dataclass behind it."""
    return tuple(entry.name for entry in dataclasses.fields(kind) if entry.name != "folder")


def _unknown(key: str, names: Iterable[str], prefix: str = "") -> SettingsError:
    known = ", ".join(prefix + name for name in names)
    return SettingsError(
        "settings.unknown",
        f"{FILE_NAME} has a key {prefix + key} that means nothing.",
        f"Known: {known}.",
        key=prefix + key,
        known=known,
    )


def from_table(kind: type[_T], table: Mapping[str, Any], prefix: str = "") -> _T:
    """A settings dataclass from a TOML table; every value must have the type of the field's default.

    Raises:
        SettingsError: an unknown key or a value of the wrong type.
    """
    defaults = kind()
    for key, value in table.items():
        if key != "folder" and key not in known_keys(kind):
            raise _unknown(key, known_keys(kind), prefix)
        default = getattr(defaults, key)
        wanted = next((known for known in _KINDS if isinstance(default, known)), None)
        if wanted is not None and (not isinstance(value, wanted) or isinstance(value, bool) != (wanted is bool)):
            raise _wrong_type(prefix + key, wanted, value)
    return kind(**table)


def _wrong_type(key: str, wanted: type, value: object) -> SettingsError:
    return _wrong(key, _KINDS[wanted], value)


def _wrong(key: str, wanted: str, value: object) -> SettingsError:
    return SettingsError(
        "settings.value",
        f"{key} in {FILE_NAME} must be {wanted}, not {value!r}.",
        "docs/settings.md has an example.",
        key=key,
        value=repr(value),
    )
