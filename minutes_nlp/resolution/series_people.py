"""Who is who in one series of meetings: whole names first, then the short ones, each where exactly one person fits."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from minutes_nlp.resolution.appearances import Appearance, Form, Series, alike
from minutes_nlp.resolution.names import LEAST_MISSPELT_PART, Fit, PersonName, fit, person_name, same_sounds
from minutes_nlp.resources.lexicon import words_cache

_TERM = 6 * 366
"""How many days before the first and after the last meeting under her whole name somebody may stand under a short one:
the six years of a local term of office; half of it if she stood there only once."""
_NEAR = 200
_FARTHER = 3
"""All candidates but one have to be so many days off in time, and so many times farther off than she is."""


@dataclass(slots=True, eq=False)
class Cluster:
    """One person of one series: the forms that are surely hers, and the entries of short forms that fit only her.

    `listed` is her place in the user's directory, if she stands there; her forms are then also the names given there,
    without entries, and `stands_for` the bodies.
    """

    series: str
    forms: list[Form]
    short: list[Appearance] = field(default_factory=list)
    listed: int | None = None
    stands_for: frozenset[str] = frozenset()

    @property
    def entries(self) -> Iterator[Appearance]:
        """All entries of the person in the series."""
        for form in self.forms:
            yield from form.entries
        yield from self.short

    @property
    def organisations(self) -> frozenset[str]:
        """The bodies printed beside her whole name, and those of the directory."""
        return self.stands_for.union(*(form.organisations for form in self.forms))

    @property
    def meetings(self) -> frozenset[str]:
        """The meetings whose list has her under her whole name."""
        return frozenset().union(*(form.meetings for form in self.forms))

    def span(self) -> tuple[str, str] | None:
        """The first and the last day under her whole name."""
        days = [day for form in self.forms for day in (form.first, form.last) if day]
        return (min(days), max(days)) if days else None


@dataclass(slots=True)
class SeriesPeople:
    """The people of a series, and the entries that several of them fit."""

    key: str
    clusters: list[Cluster]
    open: list[tuple[Appearance, tuple[Cluster, ...]]] = field(default_factory=list)

    def whole_keys(self) -> frozenset[str]:
        """The keys of the whole names that the series knows."""
        return frozenset(f.name.key for cluster in self.clusters for f in cluster.forms if f.name.whole)


def people_of(series: Series, listed: Sequence[Cluster] = ()) -> SeriesPeople:
    """The people of `series`.

    Args:
        series: its forms.
        listed: people who take part in it by the user's directory, each with the names given there as forms without
            entries. They take the forms of those names, and count for short names.
    """
    found = SeriesPeople(series.key, list(listed))
    known = [form for one in listed for form in one.forms]
    free = [form for form in series.forms if not _taken_by_listed(form, listed, found)]
    roots, short = _roots_and_short(free, [*series.forms, *known])
    found.clusters += _joined(series.key, roots)
    finder = Finder(found.clusters)
    alone: list[Form] = []
    under: dict[tuple[int, str], str] = {}  # a list has nobody twice: the short name of somebody in it
    for form in sorted(short, key=lambda form: -len(form.name.joined)):  # who tells more comes first
        name, left = form.name.key, []
        for entry in form.entries:
            near = [one for one in finder.candidates(form, entry) if under.get((id(one), entry.meeting), name) == name]
            if not _settle(entry, near, found):
                left.append(entry)
            elif len(near) == 1:
                under[id(near[0]), entry.meeting] = name
        if left:
            alone.append(Form(form.name, series.key, left, form.organisation))
    found.clusters += _joined(series.key, alone)
    _settle_undecided(series, found)
    return found


def _settle_undecided(series: Series, found: SeriesPeople) -> None:
    """Note whom the entries of a name that two people bear may mean: those who have the others of that name."""
    whose = {entry.id: cluster for cluster in found.clusters for entry in cluster.entries}
    left: list[Appearance] = []
    for entry, forms in series.undecided:
        bearers = [whose[one.id] for form in forms for one in form.entries if one.id in whose]
        if not _settle(entry, list(dict.fromkeys(bearers)), found):
            left.append(entry)
    for name, entries in groupby(sorted(left, key=_by_name), key=_by_name):
        found.clusters.append(Cluster(series.key, [Form(person_name(name), series.key, list(entries))]))


def _by_name(entry: Appearance) -> str:
    return person_name(entry.name).key


def _taken_by_listed(form: Form, listed: Sequence[Cluster], found: SeriesPeople) -> bool:
    """Whether somebody of the directory has the name of `form`; of several, the body beside the name tells who."""
    named = [one for one in listed if any(fit(form.name, own.name) is Fit.EQUAL for own in one.forms)]
    if len(named) == 1:
        named[0].forms.append(form)
        return True
    if not named:
        return False
    for entry in form.entries:
        beside = [one for one in named if _beside_the_same_body(entry, one)]
        _settle(entry, beside if len(beside) == 1 else named, found)
    return True


def _settle(entry: Appearance, candidates: Sequence[Cluster], found: SeriesPeople) -> bool:
    """Give `entry` to the only candidate, or note the several; false if nobody fits."""
    if len(candidates) == 1:
        candidates[0].short.append(entry)
    elif candidates:
        found.open.append((entry, tuple(candidates)))
    return bool(candidates)


class Finder:
    """Finds the people of a series that a short name may mean."""

    def __init__(self, clusters: Iterable[Cluster]) -> None:
        self._by_word: defaultdict[str, dict[int, Cluster]] = defaultdict(dict)
        for cluster in clusters:
            for form in cluster.forms:
                for word in _index_words(form.name):
                    self._by_word[word][id(cluster)] = cluster

    def candidates(self, form: Form, entry: Appearance) -> list[Cluster]:
        """Whom the short `form` may mean in `entry`: those whom it fits best.

        Left out is whoever stands in one list both under it and under her own name, is printed beside another body
        only, or (for a single word) came years later or left years before.
        """
        fits = self.fitting(form.name)
        possible = [
            (how, cluster)
            for how, cluster in fits
            if not form.meetings & cluster.meetings and _may_stand_for(entry, cluster)
        ]
        best = max((how for how, _ in possible), default=Fit.NONE)
        found = [cluster for how, cluster in possible if how == best]
        if len(found) > 1:
            found = [cluster for cluster in found if _beside_the_same_body(entry, cluster)] or found
        near = [cluster for cluster in found if form.name.whole or _in_time(entry, cluster)]
        if len(found) > 1 and near:
            return [nearest] if (nearest := _by_far_the_nearest(entry, found)) else found
        return near

    def fitting(self, name: PersonName) -> list[tuple[Fit, Cluster]]:
        """Everybody with a form that `name` is equal to or short for, with the best of her fits."""
        near: dict[int, Cluster] = {}
        for word in _index_words(name):
            near.update(self._by_word.get(word, {}))
        fits = ((max(fit(name, form.name) for form in cluster.forms), cluster) for cluster in near.values())
        return [(how, cluster) for how, cluster in fits if how > Fit.LIKE]


@words_cache(200_000)
def _index_words(name: PersonName) -> frozenset[str]:
    """What a name is looked up by: its words of two letters or more, joined and plain; long ones also with each of
    their letters left out, so that words one letter apart meet."""
    words = {word for word in (*name.words, *name.plain, name.joined) if len(word) > 1}
    heard = [same_sounds(word) for word in name.words if len(word) >= LEAST_MISSPELT_PART]
    return frozenset(words).union(heard, (word[:at] + word[at + 1 :] for word in heard for at in range(len(word))))


def _may_stand_for(entry: Appearance, cluster: Cluster) -> bool:
    return not entry.organisation or not cluster.organisations or _stands_for(cluster, entry.organisation)


def _in_time(entry: Appearance, cluster: Cluster) -> bool:
    days = _days_off(entry, cluster)
    return days is None or days <= (_TERM if len(cluster.meetings) > 1 else _TERM / 2)


def _stands_for(cluster: Cluster, body: str) -> bool:
    return any(alike(body, other) for other in cluster.organisations)


def _beside_the_same_body(entry: Appearance, cluster: Cluster) -> bool:
    return entry.organisation is not None and _stands_for(cluster, entry.organisation)


def _by_far_the_nearest(entry: Appearance, candidates: Sequence[Cluster]) -> Cluster | None:
    """The candidate who stood in the lists of that time under her whole name, when all others did long before or
    after; `None` if one of them may have as well."""
    off = [_days_off(entry, cluster) for cluster in candidates]
    known = sorted((days, at) for at, days in enumerate(off) if days is not None)
    if len(known) < max(len(off), 2):
        return None
    (least, at), (next_one, _) = known[:2]
    return candidates[at] if next_one > max(_NEAR, _FARTHER * least) else None


def _days_off(entry: Appearance, cluster: Cluster) -> int | None:
    """How many days before the first or after the last day under her whole name; `None` if a date is missing."""
    span = cluster.span()
    if entry.day is None or span is None:
        return None
    first, last = map(datetime.date.fromisoformat, span)
    day = datetime.date.fromisoformat(entry.day)
    return max((first - day).days, (day - last).days, 0)


def _roots_and_short(forms: Sequence[Form], others: Sequence[Form]) -> tuple[list[Form], list[Form]]:
    """The `forms` that are part of none of `others`, and those that are."""
    by_word: defaultdict[str, list[Form]] = defaultdict(list)
    for form in others:
        for word in _index_words(form.name):
            by_word[word].append(form)
    roots: list[Form] = []
    short: list[Form] = []
    for form in forms:
        near = {id(other): other for word in _index_words(form.name) for other in by_word[word]}
        is_short = any(fit(form.name, other.name) in (Fit.PART, Fit.INITIALS) for other in near.values())
        (short if is_short else roots).append(form)
    return roots, short


def _joined(series: str, forms: Sequence[Form]) -> list[Cluster]:
    """A cluster for each form, misspelt ones with the form that they misspell."""
    neighbours = _misspellings(forms)
    taken: set[int] = set()
    clusters = []
    for form in sorted(forms, key=lambda form: (-len(form.entries), form.order)):
        if id(form) in taken:
            continue
        group = [form]
        for other in neighbours.get(id(form), ()):
            if id(other) not in taken and all(_may_misspell(other, member) for member in group):
                group.append(other)
        taken |= {id(member) for member in group}
        clusters.append(Cluster(series, group))
    return sorted(clusters, key=lambda cluster: min(form.order for form in cluster.forms))


def _misspellings(forms: Sequence[Form]) -> Mapping[int, list[Form]]:
    """The forms that fit each but for the spelling of one word."""
    buckets: defaultdict[tuple[str, ...], list[Form]] = defaultdict(list)
    for form in forms:
        words = sorted(form.name.words)
        for at in range(len(words)):
            buckets[(*words[:at], *words[at + 1 :])].append(form)
    found: defaultdict[int, dict[int, Form]] = defaultdict(dict)
    for bucket in buckets.values():
        for form in bucket:
            for other in bucket:
                if other is not form and _is_misspelling(form, other):
                    found[id(form)][id(other)] = other
    return {key: list(near.values()) for key, near in found.items()}


def _is_misspelling(one: Form, other: Form) -> bool:
    """Whether one name misspells the other; two first names (Anna, Anne) only beside the same body."""
    how = fit(one.name, other.name)
    return how is Fit.SPELLING or (how is Fit.LIKE and bool(one.organisations & other.organisations))


def _may_misspell(one: Form, other: Form) -> bool:
    """Never in one list both, never for different bodies only."""
    if one.meetings & other.meetings:
        return False
    if one.organisations and other.organisations:
        return any(alike(a, b) for a in one.organisations for b in other.organisations)
    return True
