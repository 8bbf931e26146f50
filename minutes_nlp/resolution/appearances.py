"""The names of one series of meetings, each with the meetings it stands in: what people are made of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from minutes_nlp.resolution.names import PersonName, person_name


@dataclass(frozen=True, slots=True)
class Appearance:
    """A name in an attendance list.

    Attributes:
        id: of the entry.
        name: as printed.
        meeting: the meeting's id.
        series: the series of meetings it belongs to.
        day: ISO 8601, `None` if the minutes do not say.
        organisation: the key of the body printed beside the name.
    """

    id: str
    name: str
    meeting: str
    series: str
    day: str | None = None
    organisation: str | None = None


@dataclass(slots=True, eq=False)
class Form:
    """One name, in whatever spelling, of one series; with `organisation` only where it is printed beside that body."""

    name: PersonName
    series: str
    entries: list[Appearance]
    organisation: str | None = None
    meetings: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    first: str | None = None
    last: str | None = None

    def __post_init__(self) -> None:
        self.meetings = frozenset(entry.meeting for entry in self.entries)
        self.organisations = frozenset(entry.organisation for entry in self.entries if entry.organisation)
        days = [entry.day for entry in self.entries if entry.day]
        self.first, self.last = min(days, default=None), max(days, default=None)

    @property
    def order(self) -> tuple[str, str, str]:
        """By first day, then by name: the same whatever was ingested first."""
        return (self.first or "9999", self.name.key, self.organisation or "")


@dataclass(slots=True)
class Series:
    """The forms of one series; `undecided` are entries of a name that two people bear, without the body that tells."""

    key: str
    forms: list[Form] = field(default_factory=list)
    undecided: list[tuple[Appearance, tuple[Form, ...]]] = field(default_factory=list)


def series_of(entries: Iterable[Appearance]) -> list[Series]:
    """The series of `entries`, by key; entries without a letter in their name are left out."""
    grouped: defaultdict[str, list[Appearance]] = defaultdict(list)
    for entry in entries:
        if person_name(entry.name).words:
            grouped[entry.series].append(entry)
    return [_series(key, grouped[key]) for key in sorted(grouped)]


def _series(key: str, entries: Sequence[Appearance]) -> Series:
    series = Series(key)
    for same_name in _by_name(entries):
        apart = _namesakes(same_name)
        name = person_name(_fullest(same_name))
        if not apart:
            series.forms.append(Form(name, key, same_name))
            continue
        forms = [Form(name, key, [e for e in same_name if e.organisation == body], body) for body in sorted(apart)]
        series.forms += forms
        rest = [entry for entry in same_name if entry.organisation not in apart]
        series.undecided += [(entry, tuple(forms)) for entry in rest]
    series.forms.sort(key=lambda form: form.order)
    return series


def _by_name(entries: Sequence[Appearance]) -> list[list[Appearance]]:
    """Entries of the same words in any order, or of the same letters in the same order."""
    by_key: dict[str, list[Appearance]] = {}
    key_of_letters: dict[str, str] = {}
    for entry in entries:
        name = person_name(entry.name)
        key = key_of_letters.setdefault(name.joined, name.key)
        by_key.setdefault(key if name.key not in by_key else name.key, []).append(entry)
    return list(by_key.values())


def _fullest(entries: Sequence[Appearance]) -> str:
    """The printed name with the most words, of several the most common, then the first in the alphabet."""
    spellings = Counter(entry.name for entry in entries)
    return min(spellings, key=lambda name: (-len(person_name(name).words), -spellings[name], name))


def _namesakes(entries: Sequence[Appearance]) -> set[str]:
    """The bodies for which people of the same name stand, if one list has the name beside two bodies."""
    bodies: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.organisation:
            bodies[entry.meeting].add(entry.organisation)
    return set().union(*(found for found in bodies.values() if any(not alike(a, b) for a in found for b in found)))


def alike(first: str, second: str) -> bool:
    """Whether two keys of bodies may mean one: the same, or one begins with the other (`Kust Team`)."""
    if first == second:
        return True
    return first.startswith("name:") and (first.startswith(second) or second.startswith(first))
