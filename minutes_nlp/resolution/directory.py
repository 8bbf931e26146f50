"""The user's own list of people and bodies, `directory.toml`: what stands there counts before all else.

```toml
[[people]]
name = "Mira Tolhuis"
aliases = ["MT", "Miet Tolhuis"]
meetings = ["Netwerk Digitale Inclusie"]          # bodies whose meetings she attends

[[people.affiliations]]
organisation = "POD MI"
from = 2021-03-01
until = 2023-12-31

[[organisations]]
name = "Welzijnskoepel Noord"
aliases = ["WKN"]
fr = ["Coupole Nord"]
successor = "OCMW Lokeren"
```
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from minutes_nlp.errors import SettingsError
from minutes_nlp.resolution.names import person_name
from minutes_nlp.resolution.organisations import BodyName, own_form

LANGUAGES = ("nl", "fr", "de", "en")
_PERSON_KEYS = ("name", "aliases", "meetings", "affiliations")
_AFFILIATION_KEYS = ("organisation", "from", "until")
_BODY_KEYS = ("name", "aliases", *LANGUAGES, "kind", "successor")


@dataclass(frozen=True, slots=True)
class DirectoryAffiliation:
    """For which body somebody stands, from and until which day, both included; `None` is open."""

    organisation: str
    first: datetime.date | None = None
    last: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class DirectoryPerson:
    """A person of the directory; `meetings` are the bodies whose meetings she attends."""

    name: str
    aliases: tuple[str, ...] = ()
    affiliations: tuple[DirectoryAffiliation, ...] = ()
    meetings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DirectoryBody:
    """A body of the directory with its names, the one to show first; `successor` is a name of the body after it."""

    names: tuple[BodyName, ...]
    kind: str = ""
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Directory:
    """The people and bodies that the user lists."""

    people: tuple[DirectoryPerson, ...] = ()
    bodies: tuple[DirectoryBody, ...] = ()


def load_directory(path: Path | None) -> Directory:
    """The directory in the file `path`; an empty one if there is no such file.

    Raises:
        SettingsError: `directory.unreadable`, `directory.toml` (no valid TOML), `directory.key` (a key that means
            nothing), `directory.value` (a missing or wrong value), `directory.twice` (two entries that nothing tells
            apart); the last three name the line.
    """
    if path is None:
        return Directory()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Directory()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            "directory.unreadable", f"{path} cannot be read: {error}.", path=path, reason=str(error)
        ) from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            "directory.toml",
            f"{path} is no valid TOML: {error}.",
            "docs/people.md has an example.",
            path=path,
            reason=str(error),
        ) from error
    return _Reader(path, text).directory(table)


@dataclass(slots=True)
class _Reader:
    """Reads the parsed file; knows its text, to tell the line of what is wrong."""

    path: Path
    text: str
    _headers: dict[str, list[int]] = field(default_factory=dict)

    def directory(self, table: Mapping[str, Any]) -> Directory:
        self._only(table, ("people", "organisations"), "", 1)
        people = self._each(table, "people", self._person)
        bodies = self._each(table, "organisations", self._body)
        self._told_apart(people, bodies)
        return Directory(tuple(people), tuple(bodies))

    def _each(
        self, table: Mapping[str, Any], name: str, read: Callable[[Mapping[str, Any], str, int], Any]
    ) -> list[Any]:
        entries = table.get(name, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            self._wrong(name, "[[…]]", entries, self._line_of(name, 1))
        return [read(entry, f"{name}[{number}]", self._header(name, number)) for number, entry in enumerate(entries)]

    def _person(self, entry: Mapping[str, Any], where: str, line: int) -> DirectoryPerson:
        self._only(entry, _PERSON_KEYS, where, line)
        name = self._name(entry, "name", where, line)
        if not person_name(name).words:
            self._wrong(f"{where}.name", "text", name, self._line_of("name", line))
        affiliations = entry.get("affiliations", [])
        if not isinstance(affiliations, list) or not all(isinstance(one, dict) for one in affiliations):
            self._wrong(
                f"{where}.affiliations", "[[people.affiliations]]", affiliations, self._line_of("affiliations", line)
            )
        read = []
        at = line
        for number, one in enumerate(affiliations):
            at = self._next_header(r"\[\[\s*people\s*\.\s*affiliations\s*\]\]", at) or at
            read.append(self._affiliation(one, f"{where}.affiliations[{number}]", at))
        return DirectoryPerson(
            name, self._names(entry, "aliases", where, line), tuple(read), self._names(entry, "meetings", where, line)
        )

    def _affiliation(self, entry: Mapping[str, Any], where: str, line: int) -> DirectoryAffiliation:
        self._only(entry, _AFFILIATION_KEYS, where, line)
        days = []
        for key in ("from", "until"):
            day = entry.get(key)
            if day is not None and (not isinstance(day, datetime.date) or isinstance(day, datetime.datetime)):
                self._wrong(f"{where}.{key}", "2024-05-31", day, self._line_of(key, line))
            days.append(day)
        if days[0] and days[1] and days[1] < days[0]:
            self._wrong(f"{where}.until", f"≥ {days[0]}", str(days[1]), self._line_of("until", line))
        return DirectoryAffiliation(self._name(entry, "organisation", where, line), days[0], days[1])

    def _body(self, entry: Mapping[str, Any], where: str, line: int) -> DirectoryBody:
        self._only(entry, _BODY_KEYS, where, line)
        names = [BodyName(self._name(entry, "name", where, line))]
        for language in LANGUAGES:
            names += [BodyName(name, language) for name in self._names(entry, language, where, line)]
        names += [BodyName(name, short=True) for name in self._names(entry, "aliases", where, line)]
        if not all(own_form(name.text) for name in names):
            self._wrong(f"{where}.name", "text", names[0].text, self._line_of("name", line))
        kind = entry.get("kind", "")
        if not isinstance(kind, str):
            self._wrong(f"{where}.kind", "text", kind, self._line_of("kind", line))
        successor = self._name(entry, "successor", where, line) if "successor" in entry else None
        return DirectoryBody(tuple({name.text: name for name in names}.values()), kind, successor)

    def _name(self, entry: Mapping[str, Any], key: str, where: str, line: int) -> str:
        value = entry.get(key)
        if not isinstance(value, str) or not value.strip():
            self._wrong(f"{where}.{key}", "text", value, self._line_of(key, line))
        return " ".join(value.split())

    def _names(self, entry: Mapping[str, Any], key: str, where: str, line: int) -> tuple[str, ...]:
        value = entry.get(key, [])
        if not isinstance(value, list) or not all(isinstance(name, str) and name.strip() for name in value):
            self._wrong(f"{where}.{key}", '["…", "…"]', value, self._line_of(key, line))
        return tuple(" ".join(name.split()) for name in value)

    def _told_apart(self, people: Iterable[DirectoryPerson], bodies: Iterable[DirectoryBody]) -> None:
        """Two people of one name need different bodies, a name of a body belongs to one of them."""
        seen: dict[str, tuple[int, DirectoryPerson]] = {}
        for number, person in enumerate(people):
            key = person_name(person.name).key
            first = seen.setdefault(key, (number, person))[1]
            hers = {own_form(one.organisation) for one in person.affiliations}
            others = {own_form(one.organisation) for one in first.affiliations}
            if first is not person and (not hers or not others or hers & others):
                self._twice(person.name, self._header("people", number))
        owners: dict[str, int] = {}
        for number, body in enumerate(bodies):
            for name in body.names:
                if owners.setdefault(own_form(name.text), number) != number:
                    self._twice(name.text, self._header("organisations", number))

    def _only(self, entry: Mapping[str, Any], known: Iterable[str], where: str, line: int) -> None:
        for key in entry:
            if key not in known:
                at = self._line_of(key, line)
                name = f"{where}.{key}" if where else key
                listed = ", ".join(known)
                raise SettingsError(
                    "directory.key",
                    f"{self.path}, line {at}: the key {name} means nothing.",
                    f"Known: {listed}.",
                    path=self.path,
                    line=at,
                    key=name,
                    known=listed,
                )

    def _wrong(self, key: str, wanted: str, value: object, line: int) -> NoReturn:
        raise SettingsError(
            "directory.value",
            f"{self.path}, line {line}: {key} must be {wanted}, not {value!r}.",
            "docs/people.md has an example.",
            path=self.path,
            line=line,
            key=key,
            wanted=wanted,
            value=repr(value),
        )

    def _twice(self, name: str, line: int) -> NoReturn:
        raise SettingsError(
            "directory.twice",
            f"{self.path}, line {line}: {name} stands there twice, and nothing tells the two apart.",
            "Put them together, or give each person affiliations of her own.",
            path=self.path,
            line=line,
            name=name,
        )

    def _header(self, name: str, number: int) -> int:
        """The line of the `number`th `[[name]]`."""
        if name not in self._headers:
            header = re.compile(rf"\s*\[\[\s*{name}\s*\]\]")
            self._headers[name] = [at for at, line in enumerate(self.text.splitlines(), 1) if header.match(line)]
        lines = self._headers[name]
        return lines[number] if number < len(lines) else 1

    def _next_header(self, pattern: str, after: int) -> int | None:
        lines = enumerate(self.text.splitlines()[after:], after + 1)
        return next((at for at, line in lines if re.match(rf"\s*{pattern}", line)), None)

    def _line_of(self, key: str, after: int) -> int:
        """The line at which `key` is set in the table that begins at line `after`; that line itself if it is not."""
        setting = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=|.*[{{,]\s*{re.escape(key)}\s*=")
        for at, line in enumerate(self.text.splitlines()[after - 1 :], after):
            if at > after and line.lstrip().startswith("["):
                break
            if setting.match(line):
                return at
        return after
