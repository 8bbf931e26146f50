"""Who is who and which body is which, worked out from all documents, the user's directory and the corrections."""

from __future__ import annotations

import datetime
import functools
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from minutes_nlp import __version__
from minutes_nlp.reading.lists import MEDIA_TYPE
from minutes_nlp.records.corrections import Correction
from minutes_nlp.resolution.appearances import Appearance
from minutes_nlp.resolution.corrected_people import Change, corrected
from minutes_nlp.resolution.directory import Directory, DirectoryBody
from minutes_nlp.resolution.identity import Affiliation, ListedPerson, People, Person, identify
from minutes_nlp.resolution.organisations import Bodies, Body, Found, own_form
from minutes_nlp.resolution.series import Sitting, series_of
from minutes_nlp.resources.folding import fold
from minutes_nlp.resources.lexicon import languages, section, words_cache
from minutes_nlp.store.identity import stable_id
from minutes_nlp.store.people import (
    HeldMeeting,
    ListedName,
    NamedOwner,
    PeopleRows,
    Who,
    fingerprint,
    held_meetings,
    is_current,
    listed_names,
    named_owners,
    role_holders,
    save_people,
)

_RULES = "2"
"""Number of the rules by which people are told apart: another one works out everybody again."""


def refresh_people(db: sqlite3.Connection, directory: Directory, corrections: Sequence[Correction]) -> None:
    """Bring people, bodies and who owns what up to date; the same result whatever was ingested first.

    Args:
        db: opened for writing; nothing is done if nothing has changed, and only rows that differ are written, in a
            transaction of their own unless one is open.
        directory: the user's list; it counts before what the minutes say.
        corrections: those in force, in the order of the log.
    """
    said = [one for one in corrections if one.kind in ("person", "organisation")]
    others = (__version__, _RULES, repr(directory), *(one.id for one in said))
    if is_current(db, fingerprint(db, *others)):
        return
    work = _Work(held_meetings(db), listed_names(db), directory, said, role_holders(db))
    save_people(db, work.rows(named_owners(db)), *others)


@functools.lru_cache(100_000)
def body_id(key: str) -> str:
    """The id of the body with this key."""
    return stable_id("organisation", key)


@functools.lru_cache(100_000)
def person_identity_id(identity: tuple[str, ...]) -> str:
    """The id of the person with this identity."""
    return stable_id("person", *identity)


class _Work:
    """One refresh: the bodies first, then the people, then the rows."""

    def __init__(
        self,
        meetings: Mapping[str, HeldMeeting],
        names: Sequence[ListedName],
        directory: Directory,
        corrections: Sequence[Correction],
        holders: Mapping[tuple[str, str], Sequence[str]] = MappingProxyType({}),
    ) -> None:
        self.meetings = meetings
        self.holders = holders
        self.names = names
        self.directory = directory
        self.bodies = _bodies(names, directory)
        series, self.groups = _series(self.bodies, list(meetings.values()))
        _correct_bodies(self.bodies, [one for one in corrections if one.kind == "organisation"])
        self.groups = {meeting: self.bodies.now(key) for meeting, key in self.groups.items()}
        self.series = {meeting: self.groups.get(meeting, key) for meeting, key in series.items()}
        self.bodies_themselves: dict[str, str] = {}
        self.people = self._identify([one for one in corrections if one.kind == "person"])

    def _identify(self, corrections: Sequence[Correction]) -> People:
        entries = []
        for entry in self.names:
            body = self.bodies.find(entry.organisation).key if entry.organisation else None
            if itself := self._is_body(entry):
                self.bodies_themselves[entry.id] = itself
                self.bodies.note(entry.name, itself)
                continue
            meeting = self.meetings[entry.meeting]
            entries.append(Appearance(entry.id, entry.name, entry.meeting, self.series[meeting.id], meeting.day, body))
        changes = [Change(one.field, *_pair(one)) for one in corrections]  # type: ignore[arg-type] # checked by the model
        correct = functools.partial(corrected, changes=changes, id_of=person_identity_id)
        return identify(entries, self._listed(), correct)

    def _is_body(self, entry: ListedName) -> str | None:
        """The key of the body that an entry of a list names instead of a person."""
        if entry.organisation is None:
            return self.bodies.known(entry.name)
        same = own_form(entry.organisation) == own_form(entry.name)
        return self.bodies.find(entry.organisation).key if same else None

    def _listed(self) -> list[ListedPerson]:
        return [
            ListedPerson(
                person.name,
                person.aliases,
                tuple(
                    Affiliation(key, _iso(one.first), _iso(one.last))
                    for one in person.affiliations
                    if (key := self.bodies.find(one.organisation).key)
                ),
                tuple(key for name in person.meetings if (key := self.bodies.find(name).key)),
            )
            for person in self.directory.people
        ]

    def rows(self, owners: Sequence[NamedOwner]) -> PeopleRows:
        """All rows."""
        rows = PeopleRows()
        for entry in self.names:
            rows.attendance[entry.id] = self._who(entry)
        for owner in owners:
            rows.owners[owner.id] = self._owner(owner, rows.attendance)
        for meeting in self.meetings:
            group = self.groups.get(meeting)
            rows.meetings[meeting] = body_id(group) if group else None
        for person in self.people.people:
            self._person_rows(person, rows)
        for key in self.bodies.all_keys():
            _body_rows(self.bodies.body(key), rows)
        return rows

    def _person_rows(self, person: Person, rows: PeopleRows) -> None:
        identifier = person_identity_id(person.identity)
        rows.people.append((identifier, person.name, person.source))
        rows.person_names += [(identifier, name, source) for name, source in person.names.items()]
        if person.listed is not None:
            for position, one in enumerate(self._affiliations[person.listed]):
                rows.affiliations.append((identifier, position, body_id(one.body), one.first, one.last))

    @functools.cached_property
    def _affiliations(self) -> list[tuple[Affiliation, ...]]:
        return [person.affiliations for person in self._listed()]

    def _who(self, entry: ListedName) -> Who:
        if body := self.bodies_themselves.get(entry.id):
            return Who(organisation=body_id(body))
        key = self.bodies.find(entry.organisation).key if entry.organisation else None
        person = self.people.of_entry.get(entry.id)
        candidates = tuple(map(_id_of, self.people.candidates.get(entry.id, ())))
        return Who(_id_of(person) if person else None, body_id(key) if key else None, candidates)

    def _owner(self, owner: NamedOwner, entries: Mapping[str, Who]) -> Who:
        """Who an owner is: the attendee, the only one who has the role that is named, else a body, else the only person
        of the series whom the name fits."""
        role = _roles().get(fold(owner.name)) if not owner.entries else None
        holders = self.holders.get((owner.meeting, role), ()) if role else ()
        named = owner.entries or (holders if len(holders) == 1 else ())
        who = [entries[entry] for entry in named if entry in entries]
        if len(who) == 1 and not who[0].person and not who[0].candidates:
            return Who(organisation=who[0].organisation)
        if who:
            return _only({person for one in who for person in ((one.person,) if one.person else one.candidates)})
        group = self.groups.get(owner.meeting)
        if key := self.bodies.known(owner.name) or (group if group and self._is_name_of(group, owner.name) else None):
            self.bodies.note(owner.name, key)
            return Who(organisation=body_id(key))
        series, day = self.series[owner.meeting], self.meetings[owner.meeting].day
        return _only(map(_id_of, self.people.find(owner.name, series, day)))

    def _is_name_of(self, key: str, name: str) -> bool:
        return own_form(name) in {own_form(known.text) for known in self.bodies.body(key).names}


@words_cache()
def _roles() -> Mapping[str, str]:
    """The role in a meeting, as attendance lists have it, by the words that name whoever has it."""
    return {
        fold(word): role
        for code in languages()
        for role, words in section(code, "people").get("roles", {}).items()
        for word in words
    }


def _series(bodies: Bodies, meetings: Sequence[HeldMeeting]) -> tuple[dict[str, str], dict[str, str]]:
    """The key of each meeting's series, and that of the body that met; by the meeting's id.

    The body is one of the lists, or the group that the minutes of the series name.
    """
    known = [bodies.find(meeting.body) if meeting.body else Found() for meeting in meetings]
    listed = [found.key if found.key and not found.key.startswith("name:") else None for found in known]
    sittings = [
        Sitting(m.path, m.body, key, m.media_type == MEDIA_TYPE) for m, key in zip(meetings, listed, strict=True)
    ]
    keys = series_of(sittings)
    named: defaultdict[str, list[str]] = defaultdict(list)
    for meeting, key in sorted(
        zip(meetings, keys, strict=True), key=lambda pair: (pair[0].day or "9999", pair[0].path)
    ):
        if meeting.body and own_form(meeting.body):
            named[key].append(meeting.body)
    groups = {key: key for key in listed if key}
    for key, names in named.items():
        if key not in groups:
            groups[key] = bodies.group(names, key if "/" in key else "")
            continue
        for name in names:
            bodies.note(name, key)
    of_meeting = {m.id: groups[key] for m, key in zip(meetings, keys, strict=True) if key in groups}
    return {m.id: key for m, key in zip(meetings, keys, strict=True)}, of_meeting


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _only(people: Iterable[str]) -> Who:
    found = tuple(sorted(people))
    return Who(person=found[0]) if len(found) == 1 else Who(candidates=found)


def _id_of(person: Person) -> str:
    return person_identity_id(person.identity)


def _pair(correction: Correction) -> tuple[str, str]:
    pair = correction.value
    assert isinstance(pair, list | tuple)  # as the model has checked
    return str(pair[0]), str(pair[1])


def _bodies(names: Sequence[ListedName], directory: Directory) -> Bodies:
    printed = Counter(entry.organisation for entry in names if entry.organisation)
    listed = [_listed_body(body) for body in directory.bodies]
    for person in directory.people:
        for name in (*(one.organisation for one in person.affiliations), *person.meetings):
            printed.setdefault(name, 0)
    return Bodies(listed, printed)


def _listed_body(body: DirectoryBody) -> Body:
    return Body(f"directory:{own_form(body.names[0].text)}", body.kind, body.names, body.successor, "directory")


def _correct_bodies(bodies: Bodies, corrections: Sequence[Correction]) -> None:
    keys = {body_id(key): key for key in bodies.all_keys()}
    for correction in corrections:
        first, second = _pair(correction)
        key = keys.get(first) or bodies.known(first)
        if key is None:
            continue
        if correction.field == "rename":
            bodies.rename(key, second)
        elif other := keys.get(second) or bodies.known(second):
            bodies.merge(key, other)


def _body_rows(body: Body, rows: PeopleRows) -> None:
    identifier = body_id(body.key)
    shown = body.names[0].text if body.names else body.key
    successor = body_id(body.successor) if body.successor else None
    rows.organisations.append((identifier, shown, body.kind, body.source, successor))
    rows.organisation_names += [(identifier, name.text, name.language, int(name.short)) for name in body.names]
