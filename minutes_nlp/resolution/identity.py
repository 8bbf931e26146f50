"""Who is one person in all series of meetings.

The same whole name in two series is one person only if something says so: the same body beside it, at least two other
whole names that both series know, or the user's directory. A short name is never followed from one series to another
unless they share three whole names and exactly one person of the other fits.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from minutes_nlp.resolution.appearances import Appearance, Form, alike, series_of
from minutes_nlp.resolution.names import person_name
from minutes_nlp.resolution.series_people import Cluster, Finder, SeriesPeople, people_of
from minutes_nlp.resources.lexicon import first_names

Source = Literal["minutes", "directory", "correction"]

_SHARED = 2  # other whole names in common that make the same name in two series one person
_NEAR = 3  # whole names in common that let a short name be looked up in the other series
_UNCLEAN = frozenset("|,<>[](){}*_@")


@dataclass(frozen=True, slots=True)
class Affiliation:
    """For which body (its key) somebody stands, from and until which day (ISO 8601, both included, `None`: open)."""

    body: str
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """Somebody of the user's directory; `takes_part` are the keys of bodies whose meetings she attends."""

    name: str
    aliases: tuple[str, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    takes_part: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Person:
    """One person.

    Attributes:
        identity: what her id is made of; the same on every machine, and whatever is ingested later.
        also: what the ids of her single names would be made of: an id that a correction names is found by these too.
        name: the one to show.
        names: all names that she has in the minutes, the directory and corrections, with who says so.
        source: who knows of her.
        listed: her place in the user's directory.
        clusters: what she is made of.
    """

    identity: tuple[str, ...]
    also: frozenset[tuple[str, ...]]
    name: str
    names: dict[str, Source]
    source: Source
    listed: int | None
    clusters: list[Cluster]

    @property
    def entries(self) -> Iterator[Appearance]:
        """Her entries in attendance lists."""
        for cluster in self.clusters:
            yield from cluster.entries


class People:
    """All people, and who each entry of an attendance list is.

    Args:
        people: all of them.
        open_entries: entries that several clusters fit.

    Attributes:
        people: all of them.
        of_entry: the person of an entry, by its id.
        candidates: the people that an entry may mean, where several fit; such an entry has no person.
    """

    def __init__(
        self, people: Sequence[Person], open_entries: Iterable[tuple[Appearance, tuple[Cluster, ...]]] = ()
    ) -> None:
        self.people = list(people)
        self.of_entry = {entry.id: person for person in people for entry in person.entries}
        self.candidates: dict[str, tuple[Person, ...]] = {}
        self._of_cluster = {id(cluster): person for person in people for cluster in person.clusters}
        self._finders: dict[str, Finder] = {}
        for entry, clusters in open_entries:
            possible = tuple(dict.fromkeys(self._of_cluster[id(cluster)] for cluster in clusters))
            if len(possible) == 1:
                self.of_entry[entry.id] = possible[0]
            else:
                self.candidates[entry.id] = possible

    def find(self, name: str, series: str, day: str | None = None) -> tuple[Person, ...]:
        """The people of `series` whom `name` may mean, of whom one only is sure: the owner of an action, say."""
        form = Form(person_name(name), series, [])
        if not form.name.words:
            return ()
        if not self._finders:
            clusters: defaultdict[str, list[Cluster]] = defaultdict(list)
            for person in self.people:
                for cluster in person.clusters:
                    clusters[cluster.series].append(cluster)
            self._finders = {key: Finder(members) for key, members in clusters.items()}
        if series not in self._finders:
            return ()
        found = self._finders[series].candidates(form, Appearance("", name, "", series, day))
        return tuple(dict.fromkeys(self._of_cluster[id(cluster)] for cluster in found))


def identify(
    entries: Iterable[Appearance],
    listed: Sequence[ListedPerson] = (),
    correct: Callable[[list[Person]], list[Person]] = list,
) -> People:
    """The people of all `entries` and of the user's directory.

    Args:
        entries: of all attendance lists.
        listed: the directory.
        correct: what becomes of the people when the corrections are laid over them.
    """
    everything: list[SeriesPeople] = []
    for series in series_of(entries):
        bodies = {entry.organisation for form in series.forms for entry in form.entries if entry.organisation}
        keys = {form.name.key for form in series.forms}
        takers = [
            _listed_cluster(series.key, place, person)
            for place, person in enumerate(listed)
            if _takes_part(person, series.key, bodies, keys)
        ]
        everything.append(people_of(series, takers))
    groups = _Groups(everything)
    groups.join_listed()
    groups.join_by_body()
    groups.join_by_company()
    groups.join_short_names()
    return People(correct(_assembled(groups, listed)), [pair for series in everything for pair in series.open])


def _takes_part(person: ListedPerson, series: str, bodies: set[str], keys: set[str]) -> bool:
    hers = {affiliation.body for affiliation in person.affiliations} | set(person.takes_part)
    if hers & (bodies | {series}):
        return True
    names = [person_name(name) for name in (person.name, *person.aliases)]
    return any(name.key in keys and (name.whole or not hers) for name in names)


def _listed_cluster(series: str, place: int, person: ListedPerson) -> Cluster:
    forms = [Form(person_name(name), series, []) for name in (person.name, *person.aliases)]
    bodies = frozenset(affiliation.body for affiliation in person.affiliations)
    return Cluster(series, forms, listed=place, stands_for=bodies)


class _Groups:
    """Which clusters of all series are one person: a union of sets, of which none ever has two people of one series."""

    def __init__(self, everything: Sequence[SeriesPeople]) -> None:
        self.clusters = [cluster for series in everything for cluster in series.clusters]
        self._everything = everything
        self._parent = list(range(len(self.clusters)))
        self._series = [{cluster.series} for cluster in self.clusters]
        self._listed = [cluster.listed for cluster in self.clusters]
        self._whole = {series.key: series.whole_keys() for series in everything}
        self._by_name: defaultdict[str, list[int]] = defaultdict(list)
        for at, cluster in enumerate(self.clusters):
            for key in {form.name.key for form in cluster.forms if form.name.whole}:
                self._by_name[key].append(at)

    def root(self, at: int) -> int:
        """The set that cluster `at` is in."""
        while self._parent[at] != at:
            self._parent[at] = self._parent[self._parent[at]]
            at = self._parent[at]
        return at

    def join(self, one: int, other: int) -> None:
        """Make one person of both, unless they are two of one series or two of the directory."""
        first, second = sorted((self.root(one), self.root(other)))
        both = {self._listed[first], self._listed[second]} - {None}
        if first == second or len(both) > 1 or self._series[first] & self._series[second]:
            return
        self._parent[second] = first
        self._series[first] |= self._series[second]
        self._listed[first] = next(iter(both), None)

    def join_listed(self) -> None:
        """Those who are the same person of the directory."""
        places: dict[int, int] = {}
        for at, cluster in enumerate(self.clusters):
            if cluster.listed is not None:
                self.join(places.setdefault(cluster.listed, at), at)

    def join_by_body(self) -> None:
        """The same whole name beside the same body."""
        for named in self._by_name.values():
            for one, other in combinations(named, 2):
                if self.root(one) == self.root(other):
                    continue
                bodies = self.clusters[other].organisations
                if any(alike(body, theirs) for body in self.clusters[one].organisations for theirs in bodies):
                    self.join(one, other)

    def join_by_company(self) -> None:
        """The same whole name in two series that share others; not where one of them has two people of that name."""
        for named in self._by_name.values():
            once = Counter(self.clusters[at].series for at in named)
            alone = [at for at in named if once[self.clusters[at].series] == 1]
            for one, other in combinations(alone, 2):
                if self.root(one) != self.root(other) and self._shared(one, other) > _SHARED:
                    self.join(one, other)

    def join_short_names(self) -> None:
        """Short names that nobody of their own series fits, where one person of a near series does."""
        near = self._near_series()
        finders = {series.key: Finder([c for c in series.clusters if _has_whole(c)]) for series in self._everything}
        place = {id(cluster): at for at, cluster in enumerate(self.clusters)}
        for at, cluster in enumerate(self.clusters):
            if _has_whole(cluster) or cluster.listed is not None:
                continue
            found = set()
            for series in near.get(cluster.series, ()):
                for form in cluster.forms:
                    for entry in form.entries:
                        found |= {self.root(place[id(hit)]) for hit in finders[series].candidates(form, entry)}
            if len(found) == 1:
                self.join(found.pop(), at)

    def _shared(self, one: int, other: int) -> int:
        first, second = (self._whole[self.clusters[at].series] for at in (one, other))
        return len(first & second)

    def _near_series(self) -> Mapping[str, list[str]]:
        shared: Counter[tuple[str, str]] = Counter()
        for named in self._by_name.values():
            shared.update(combinations(sorted({self.clusters[at].series for at in named}), 2))
        near: defaultdict[str, list[str]] = defaultdict(list)
        for (first, second), names in sorted(shared.items()):
            if names >= _NEAR:
                near[first].append(second)
                near[second].append(first)
        return near


def _has_whole(cluster: Cluster) -> bool:
    return any(form.name.whole for form in cluster.forms)


def _assembled(groups: _Groups, listed: Sequence[ListedPerson]) -> list[Person]:
    members: defaultdict[int, list[Cluster]] = defaultdict(list)
    for at, cluster in enumerate(groups.clusters):
        members[groups.root(at)].append(cluster)
    people = [_person(clusters, listed) for clusters in members.values()]
    present = {person.listed for person in people}
    people += [_of_directory(place, one) for place, one in enumerate(listed) if place not in present]
    return _with_identities(people)


def _person(clusters: list[Cluster], listed: Sequence[ListedPerson]) -> Person:
    """The person made of `clusters`."""
    printed = Counter(entry.name for cluster in clusters for entry in cluster.entries)
    place = next((cluster.listed for cluster in clusters if cluster.listed is not None), None)
    names: dict[str, Source] = dict.fromkeys(sorted(printed), "minutes")
    if place is not None:
        names |= dict.fromkeys((listed[place].name, *listed[place].aliases), "directory")
    shown = listed[place].name if place is not None else shown_name(printed)
    also = {identity for cluster in clusters for form in cluster.forms for identity in _identities(form)}
    source: Source = "minutes" if place is None else "directory"
    return Person((), frozenset(also), shown, names, source, place, clusters)


def _of_directory(place: int, one: ListedPerson) -> Person:
    names: dict[str, Source] = dict.fromkeys((one.name, *one.aliases), "directory")
    forms = [Form(person_name(name), "", []) for name in names]
    also = frozenset(identity for form in forms for identity in _identities(form))
    return Person((), also, one.name, names, "directory", place, [Cluster("", forms, listed=place)])


def _identities(form: Form) -> list[tuple[str, ...]]:
    """What the id of a person of this form may be made of: the plain name if it is whole, then name and series."""
    key = form.name.key
    exact = [(key, form.series), (key, form.series, form.organisation or "")]
    return [(key,), *exact] if form.name.whole else exact


def shown_name(printed: Mapping[str, int]) -> str:
    """The name to show: a whole one, without marks, the most common, the first name first, the last by code points."""

    def rank(name: str) -> tuple[bool, bool, int, bool, str]:
        parsed = person_name(name)
        return (parsed.whole, not _UNCLEAN & set(name), printed[name], parsed.plain[0] in first_names(), name)

    return max(printed, key=rank)


def _with_identities(people: list[Person]) -> list[Person]:
    """Give each person an identity of her own: that of the first whole name under which she ever stood, else of the
    first short one. Of several who claim the same, the one who stood there first has it."""
    taken: set[tuple[str, ...]] = set()
    for person in sorted(people, key=_first_order):
        forms = sorted((form for cluster in person.clusters for form in cluster.forms), key=_form_order)
        choices = [identity for form in forms for identity in _identities(form)]
        person.identity = next((choice for choice in choices if choice not in taken), (*choices[-1], str(len(taken))))
        taken.add(person.identity)
    return sorted(people, key=lambda person: person.identity)


def _form_order(form: Form) -> tuple[bool, tuple[str, str, str], str]:
    return (not form.name.whole, form.order, form.series)


def _first_order(person: Person) -> tuple[bool, tuple[str, str, str], str]:
    return min(_form_order(form) for cluster in person.clusters for form in cluster.forms)
