"""The registers of Belgian municipalities and bodies that the package brings."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources as package_files

from minutes_nlp.resources.lexicon import words_cache

_FOLDER = package_files.files("minutes_nlp.resources") / "organisations"
_LANGUAGES = ("nl", "fr", "de")


@dataclass(frozen=True, slots=True)
class Municipality:
    """A Belgian municipality of today, or one that was merged into another.

    Attributes:
        nis: its code at Statbel, five digits.
        names: its name by language (`nl`, `fr`, `de`).
        own: the languages of the municipality itself.
        also: further names, in no language in particular.
        successor: the code of the municipality it was merged into, `None` if it exists.
        until: the year of that merger.
    """

    nis: str
    names: Mapping[str, str]
    own: tuple[str, ...]
    also: tuple[str, ...] = ()
    successor: str | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class RegisteredBody:
    """A body of the register.

    `names` gives its full names by language (`nl`, `fr`, `de`, `en`), `short` its abbreviations, by language or under
    `any`.
    """

    id: str
    kind: str
    names: Mapping[str, tuple[str, ...]]
    short: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@words_cache()
def municipalities() -> Mapping[str, Municipality]:
    """All municipalities by code; an empty name in the file is that in Dutch."""
    text = (_FOLDER / "municipalities.tsv").read_text(encoding="utf-8")
    return {row["nis"]: _municipality(row) for row in csv.DictReader(io.StringIO(text), delimiter="\t")}


def _municipality(row: Mapping[str, str]) -> Municipality:
    return Municipality(
        nis=row["nis"],
        names={language: row[language] or row["nl"] for language in _LANGUAGES},
        own=tuple(row["own"].split()),
        also=tuple(name for part in row["also"].split(";") if (name := part.strip())),
        successor=row["successor"] or None,
        until=int(row["until"]) if row["until"] else None,
    )


@words_cache()
def registered_bodies() -> tuple[RegisteredBody, ...]:
    """The bodies of `bodies.toml`, in its order."""
    table = tomllib.loads((_FOLDER / "bodies.toml").read_text(encoding="utf-8"))
    return tuple(
        RegisteredBody(
            id=entry["id"],
            kind=entry["kind"],
            names={language: tuple(entry[language]) for language in (*_LANGUAGES, "en") if language in entry},
            short={language: tuple(names) for language, names in entry.get("short", {}).items()},
        )
        for entry in table["bodies"]
    )
