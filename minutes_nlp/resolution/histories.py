"""One action through time: what the minutes of a series say of it, in order."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from minutes_nlp.resolution.people import name_words

Kind = Literal["created", "restated", "translated", "reassigned", "postponed", "done", "reopened", "dropped"]
Status = Literal["open", "done", "dropped"]
_STATUS: Final[dict[str, Status]] = {"done": "done", "dropped": "dropped", "reopened": "open"}

CREATED: Final = "ledger.created.v1"
SAME_WORDS: Final = "ledger.same-words.v1"
SAME_DOCUMENT: Final = "ledger.same-document.v1"
SAME_MEETING: Final = "ledger.same-meeting.v1"
TRANSLATION: Final = "ledger.translation.v1"
SIGN: Final = "ledger.sign.v1"
CLOSED_POINT: Final = "ledger.closed-point.v1"
CORRECTION: Final = "ledger.correction.v1"

Place = tuple[str, int, int]
"""A passage: id of the document, start and end (offsets into its text, end exclusive)."""


@dataclass(frozen=True, slots=True)
class Who:
    """An owner: the name as given, who that is in the directory if known, and other spellings in the minutes."""

    name: str
    person: str | None = None
    also: tuple[str, ...] = ()

    def may_be(self, other: Who) -> bool:
        """Whether both may be the same: one person, or names of which one has all words of the other."""
        if self.person and other.person:
            return self.person == other.person
        mine, theirs = set(name_words(self.name)), set(name_words(other.name))
        return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


@dataclass(frozen=True, slots=True)
class Said:
    """An action item as it stands in a document.

    Attributes:
        key: its id.
        text: the passage; `language` an ISO 639-1 code or `None`.
        place: where it stands.
        owners, due, due_last_day, due_text, due_evidence: as extracted; `due_evidence` names the passage.
        status: `open` or `done`; in a row of an action list also `dropped`.
        repeat: whether it says again what an earlier item of the document says.
        routine: whether it is about what comes back at every meeting.
        says_open: whether it says in so many words that it is not done.
        item: title of the agenda item that it stands under, empty if none.
        listed: what the action list is called that it is a row of, without numbers; empty if it stands in minutes.
    """

    key: str
    text: str
    language: str | None
    place: Place
    owners: tuple[Who, ...] = ()
    due: str | None = None
    due_last_day: str | None = None
    due_text: str = ""
    due_evidence: str | None = None
    status: Status = "open"
    repeat: bool = False
    routine: bool = False
    says_open: bool = False
    item: str = ""
    listed: str = ""

    @property
    def start(self) -> int:
        """Where it begins in its document."""
        return self.place[1]


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence that says what became of something.

    Attributes:
        place: where it stands.
        text: the sentence; `language` an ISO 639-1 code or `None`.
        sign: what it says: `done`, `dropped`, `postponed`, or `reopened`.
        point: whether it says so of the point under discussion, without naming it.
        item: title of the agenda item that it stands under, empty if none.
        due, due_last_day: the new deadline, if it gives one.
    """

    place: Place
    text: str
    language: str | None
    sign: Kind
    point: bool = False
    item: str = ""
    due: str | None = None
    due_last_day: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """The minutes of a meeting: the day (ISO 8601, `None` if unknown), what they ask, what they say was done."""

    key: str
    day: str | None
    actions: tuple[Said, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A change, or a sign of life. `owners` and `due` are the new ones, `None` where they stay.

    `evidence` is the passage, of a session (`session`) or named by a correction (`correction`).
    """

    kind: Kind
    day: str | None
    evidence: Place | None
    method: str
    confidence: float
    session: str | None = None
    action: str | None = None
    correction: str | None = None
    owners: tuple[Who, ...] | None = None
    due: str | None = None
    due_last_day: str | None = None
    due_evidence: str | None = None
    changes_due: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may have become of the action `key`."""

    key: str
    event: Event


@dataclass(slots=True)
class History:
    """An action with its events; the attributes below `events` are its state after the last one."""

    first: Said
    latest: Said
    day: str | None
    events: list[Event] = field(default_factory=list)
    status: Status = "open"
    owners: tuple[Who, ...] = ()
    owners_action: str | None = None
    due: str | None = None
    due_last_day: str | None = None
    due_evidence: str | None = None
    closed_on: str | None = None
    last_sign_on: str | None = None

    @property
    def key(self) -> str:
        """The id of the action item that began it."""
        return self.first.key

    @classmethod
    def begin(cls, session: Session, action: Said, method: str) -> History:
        """The history that begins with an action item; one that was done already is created and done."""
        history = cls(action, action, session.day)
        event = Event(
            "created",
            session.day,
            action.place,
            method,
            1.0,
            session.key,
            action.key,
            owners=action.owners,
            due=action.due,
            due_last_day=action.due_last_day,
            due_evidence=action.due_evidence,
            changes_due=action.due is not None or action.due_evidence is not None,
        )
        history.add(event)
        if action.status != "open":
            history.add(replace(_unchanged(event), kind=action.status))
        return history

    def add(self, event: Event) -> None:
        """One more event, after those before it."""
        self.events.append(event)
        if event.owners is not None:
            self.owners, self.owners_action = event.owners, event.action
        if event.changes_due:
            self.due, self.due_last_day, self.due_evidence = event.due, event.due_last_day, event.due_evidence
        if event.kind in _STATUS:
            self.status = _STATUS[event.kind]
            self.closed_on = None if self.status == "open" else event.day
        if event.day and (self.last_sign_on is None or event.day > self.last_sign_on):
            self.last_sign_on = event.day

    def before(self, session: Session) -> bool:
        """Whether it began at an earlier meeting; one without a day comes before none."""
        return self.day is not None and (session.day is None or self.day < session.day)

    def days_until(self, session: Session) -> int:
        """Days from its last sign to a meeting; 0 if a day is unknown."""
        if self.last_sign_on is None or session.day is None:
            return 0
        return (datetime.date.fromisoformat(session.day) - datetime.date.fromisoformat(self.last_sign_on)).days

    def inserted(self, events: list[Event]) -> History:
        """The history with further events at their days; those without a day stay behind the dated ones."""
        rest = sorted([*self.events[1:], *events], key=lambda event: event.day or "9999-99-99")
        again = History(self.first, self.latest, self.day)
        for event in [self.events[0], *rest]:
            again.add(event)
        return again


def changes(
    history: History, session: Session, action: Said, method: str, confidence: float, kind: str = "restated"
) -> Iterator[Event]:
    """The events by which an action item that says an action again changes it; one that changes nothing restates it."""
    plain = Event("restated", session.day, action.place, method, confidence, session.key, action.key)
    found = []
    if kind == "translated":
        found.append(replace(plain, kind="translated"))
    else:
        if action.owners and not _are_same(history.owners, action.owners):
            found.append(replace(plain, kind="reassigned", owners=action.owners))
        if action.due is not None and action.due != history.due:
            later = history.due_last_day is not None and (action.due_last_day or "") > history.due_last_day
            due = {"due": action.due, "due_last_day": action.due_last_day, "due_evidence": action.due_evidence}
            found.append(replace(plain, kind="postponed" if later else "restated", changes_due=True, **due))  # type: ignore[arg-type]
    if action.status != "open" and history.status == "open":
        found.append(replace(plain, kind=action.status))
    elif action.status == "open" and history.status != "open" and action.says_open:
        found.append(replace(plain, kind="reopened"))
    yield from found or [plain]


def _are_same(before: tuple[Who, ...], after: tuple[Who, ...]) -> bool:
    """Whether both name the same people: each of the one may be one of the other, and as many."""
    return len(before) == len(after) and all(any(one.may_be(other) for other in before) for one in after)


def _unchanged(event: Event) -> Event:
    return replace(event, owners=None, due=None, due_last_day=None, due_evidence=None, changes_due=False)
