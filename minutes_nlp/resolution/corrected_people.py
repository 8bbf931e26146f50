"""What people said about who is who, laid over what was worked out: two are one, one is two, another name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

from minutes_nlp.resolution.appearances import Appearance, Form
from minutes_nlp.resolution.identity import Person, Source, shown_name
from minutes_nlp.resolution.names import person_name
from minutes_nlp.resolution.series_people import Cluster
from minutes_nlp.resources.folding import fold

Identity = tuple[str, ...]
_APART = "apart"  # ends the identity of who was split off


class Change(NamedTuple):
    """A correction: `merge` makes `second` the person `first`; `rename` shows `first` as `second`; `split` says that
    the spelling `second` of `first` is somebody else. People are given by id or by name."""

    field: Literal["merge", "split", "rename"]
    first: str
    second: str


def corrected(people: Sequence[Person], changes: Iterable[Change], id_of: Callable[[Identity], str]) -> list[Person]:
    """The people after all `changes`, in their order.

    A change is left out if nobody, or more than one person, has the name that it gives.

    Args:
        people: as worked out; they are changed.
        changes: of the log, undone ones left out.
        id_of: the id that an identity makes.
    """
    corrector = _Corrector(people, id_of)
    for change in changes:
        corrector.apply(change)
    return corrector.people


class _Corrector:
    """Changes people one correction after the other, and finds them by what they are called meanwhile."""

    def __init__(self, people: Sequence[Person], id_of: Callable[[Identity], str]) -> None:
        self.people = list(people)
        self._id_of = id_of
        self._by_id: dict[str, Person] = {}
        self._by_name: defaultdict[str, list[Person]] = defaultdict(list)
        self._merged: dict[int, Person] = {}

    def apply(self, change: Change) -> None:
        """Lay one correction over the people."""
        if not self._by_id:
            for known in self.people:
                self._note(known)
        person = self._find(change.first)
        if person is None:
            return
        if change.field == "rename":
            person.name = change.second
            person.names[change.second] = "correction"
            self._by_name[person_name(change.second).key].append(person)
        elif change.field == "split":
            self._split(person, change.second)
        elif (other := self._find(change.second)) is not None and other is not person:
            self._merge(person, other)

    def _note(self, person: Person) -> None:
        self._by_id[self._id_of(person.identity)] = person
        for identity in person.also:
            self._by_id.setdefault(self._id_of(identity), person)
        for name in person.names:
            self._by_name[person_name(name).key].append(person)

    def _now(self, person: Person) -> Person:
        while id(person) in self._merged:
            person = self._merged[id(person)]
        return person

    def _find(self, reference: str) -> Person | None:
        """The only person with this id, or this name; one who is shown under it before one who is also called so."""
        if reference in self._by_id:
            return self._now(self._by_id[reference])
        wanted = person_name(reference).key
        called = dict.fromkeys(self._now(person) for person in self._by_name.get(wanted, ()))
        for names in (lambda person: [person.name], lambda person: person.names):
            found = [one for one in called if any(person_name(name).key == wanted for name in names(one))]
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def _merge(self, stays: Person, goes: Person) -> None:
        stays.clusters += goes.clusters
        stays.names = {**goes.names, **stays.names}
        stays.also |= goes.also | {goes.identity}
        stays.listed = stays.listed if stays.listed is not None else goes.listed
        self.people.remove(goes)
        self._merged[id(goes)] = stays

    def _split(self, person: Person, spelling: str) -> None:
        """Give the entries of this spelling to somebody else; if she has no other, each series its own person."""
        of_spelling = [entry for entry in person.entries if fold(entry.name) == fold(spelling)]
        if len(of_spelling) < sum(1 for _ in person.entries):
            self._move(person, of_spelling)
            return
        for series in sorted({entry.series for entry in of_spelling})[1:]:
            self._move(person, [entry for entry in of_spelling if entry.series == series])

    def _move(self, person: Person, entries: Sequence[Appearance]) -> None:
        if not entries:
            return
        moved = {entry.id for entry in entries}
        stay, go = [], []
        for cluster in person.clusters:
            taken, left = _parted(cluster, moved)
            stay += [left] if left else []
            go += [taken] if taken else []
        person.clusters = stay
        printed = Counter(entry.name for entry in entries)
        left_names = Counter(entry.name for entry in person.entries)
        person.names = {n: source for n, source in person.names.items() if n in left_names or n not in printed}
        if person.name not in person.names:
            person.name = shown_name(left_names)
        key = person_name(entries[0].name).key
        identity = (key, min(entry.series for entry in entries), _APART)
        names: dict[str, Source] = dict.fromkeys(sorted(printed), "minutes")
        apart = Person(identity, frozenset(), shown_name(printed), names, "correction", None, go)
        self.people.append(apart)
        self._note(apart)


def _parted(cluster: Cluster, moved: set[str]) -> tuple[Cluster | None, Cluster | None]:
    """What of a cluster moves, and what stays; the cluster itself where it moves or stays whole."""
    going = [entry for entry in cluster.entries if entry.id in moved]
    if not going:
        return None, cluster
    if len(going) == sum(1 for _ in cluster.entries) and cluster.listed is None:
        return cluster, None
    cluster.short = [entry for entry in cluster.short if entry.id not in moved]
    for form in cluster.forms:
        form.entries = [entry for entry in form.entries if entry.id not in moved]
        form.__post_init__()
    return Cluster(cluster.series, [Form(person_name(going[0].name), cluster.series, going)]), cluster
