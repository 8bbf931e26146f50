"""The same action in a later meeting: said again, given to others, postponed, done, dropped.

A passage is linked to an earlier action only if it says nearly the same; what is less sure becomes a proposal. The
bars below were set by reading the links on real series; `docs/ledger.md` gives the precision that was measured.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from minutes_nlp.resolution.closing import closings
from minutes_nlp.resolution.histories import (
    CORRECTION,
    CREATED,
    SAME_DOCUMENT,
    SAME_MEETING,
    SAME_WORDS,
    TRANSLATION,
    History,
    Proposal,
    Said,
    Session,
    changes,
)
from minutes_nlp.resolution.wording import NOTHING, Likeness, Weights, Wording, likeness, translations, wording
from minutes_nlp.resources.folding import fold

_MUST_SHARE = 2
_VERY_WORDS = 0.9  # from here on two passages have the same words
_SAID_AGAIN = 0.7  # share of the words of one passage in another of the same minutes that says it again
_HALF = 0.5  # the same, where owner and deadline are the same
_TOLD_OF = 0.35  # the same, where what somebody had to do is said to be done: enough to ask
_LONG_AGO = 800  # days after which only nearly the same words count
_COMPARED = 60  # so many earlier actions, those that share most stems, are compared in full


@dataclass(slots=True)
class Ledger:
    """What became of the actions of a series: histories in the order in which they began, and what may have become."""

    histories: list[History] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Told:
    """What people said of links, which counts more than any likeness.

    Attributes:
        same: later action item (key) to an earlier one (key) that it says again, and the correction that says so.
        apart: pairs of action items (earlier key, later key) that are two actions.
        apart_passages: an action item (key) and the start of a passage, in a document, that is not about it.
    """

    same: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    apart: frozenset[tuple[str, str]] = frozenset()
    apart_passages: frozenset[tuple[str, str, int]] = frozenset()


def follow(sessions: Sequence[Session], twins: Mapping[str, str], told: Told | None = None) -> Ledger:
    """Work out what became of the actions of one series.

    Args:
        sessions: the minutes that count, in order; those without a day last.
        twins: action items (key) that say, in another language or file, what one (key) of the same meeting says.
        told: what people said of links.
    """
    run = _Follower(sessions, twins, told or Told())
    for session in sessions:
        run.attend(session)
    return run.ledger


class _Link(NamedTuple):
    """An action item says the action of history `number` again: how alike, whether that is sure, who said so."""

    number: int
    alike: Likeness
    sure: bool
    correction: str | None = None

    @property
    def strength(self) -> float:
        """By what the surest links are found: what people said comes first."""
        return 3.0 if self.correction else self.alike.dice + self.sure

    @property
    def confidence(self) -> float:
        """How sure the link is, 0 to 1."""
        return 1.0 if self.correction else round(min(1.0, self.alike.dice), 3)


class _Follower:
    """Goes through the minutes of a series in their order."""

    def __init__(self, sessions: Sequence[Session], twins: Mapping[str, str], told: Told) -> None:
        self.ledger = Ledger()
        self._twins = twins
        self._told = told
        self._words = {action.key: _wording(action) for session in sessions for action in session.actions}
        self._weights = Weights(self._words.values())
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        self._of_action: dict[str, int] = {}
        self._rows: dict[tuple[str, str], list[int]] = defaultdict(list)  # of lists: by title and words
        self._days: list[int | None] = []

    def attend(self, session: Session) -> None:
        """Take up what the minutes of one meeting say."""
        before = len(self.ledger.histories)
        links = self._links(session, before)
        for action in session.actions:
            self._take(session, action, links.get(action.key))
        open_before = [
            (number, history, self._words[history.latest.key])
            for number, history in enumerate(self.ledger.histories[:before])
            if history.status == "open"
        ]
        for number, event, proposal in closings(session, open_before, self._weights):
            key = self.ledger.histories[number].key
            if event.evidence and (key, *event.evidence[:2]) in self._told.apart_passages:
                continue
            if proposal or session.day is None:
                self.ledger.proposals.append(Proposal(key, event))
            else:
                self.ledger.histories[number].add(event)

    def _links(self, session: Session, before: int) -> dict[str, _Link]:
        """For each action item that says an earlier one again: which, how alike, and whether that is sure.

        Surest first; an earlier action is taken by one item, and by others only if they have its very words.
        """
        found: list[tuple[str, _Link]] = []
        rows: set[int] = set()
        for action in session.actions:
            if action.repeat or action.key in self._twins:
                continue
            earlier, correction = self._told.same.get(action.key, ("", None))
            if earlier in self._of_action:
                found.append((action.key, _Link(self._of_action[earlier], NOTHING, True, correction)))
                continue
            if (row := self._same_row(action, before, rows)) is not None:
                rows.add(row)
                found.append((action.key, _Link(row, self._likeness(row, self._words[action.key]), True)))
                continue
            number, alike = self._closest(action, session, before)
            if number is not None:
                sure = self._is_sure(action, session, self.ledger.histories[number], alike)
                found.append((action.key, _Link(number, alike, sure)))
        taken: set[int] = set()
        links = {}
        for key, link in sorted(found, key=lambda entry: (-entry[1].strength, entry[1].number, entry[0])):
            free = link.number not in taken or link.alike.dice >= _VERY_WORDS or link.correction is not None
            links[key] = link._replace(sure=link.sure and free)
            taken.add(link.number)
        return links

    def _take(self, session: Session, action: Said, link: _Link | None) -> None:
        """Add one action item to the history that it belongs to, or begin one."""
        if (original := self._twins.get(action.key)) in self._of_action:
            return self._say_again(session, action, self._of_action[original], SAME_MEETING)
        if action.repeat and (number := self._original(session, action)) is not None:
            return self._say_again(session, action, number, SAME_DOCUMENT)
        if link is not None and link.sure:
            method = SAME_WORDS if link.correction is None else CORRECTION
            return self._add(session, action, link.number, method, link.confidence, correction=link.correction)
        if action.repeat:
            return None  # it says again what was not taken for an action
        if (same := self._same_task(session, action)) is not None:
            return self._say_again(session, action, same, SAME_DOCUMENT)
        number = len(self.ledger.histories)
        self.ledger.histories.append(History.begin(session, action, CREATED))
        self._index(action, number)
        if link is not None:
            history = self.ledger.histories[link.number]
            for event in changes(history, session, action, SAME_WORDS, link.confidence):
                self.ledger.proposals.append(Proposal(history.key, event))
        return None

    def _say_again(self, session: Session, action: Said, number: int, method: str) -> None:
        """Add an action item of the same meeting, in the same or another language."""
        languages = {action.language, self.ledger.histories[number].first.language} - {None}
        if len(languages) == 2:
            self._add(session, action, number, TRANSLATION, 0.9, kind="translated")
        else:
            self._add(session, action, number, method, 0.9)

    def _add(
        self,
        session: Session,
        action: Said,
        number: int,
        method: str,
        confidence: float,
        *,
        kind: str = "restated",
        correction: str | None = None,
    ) -> None:
        history = self.ledger.histories[number]
        for event in list(changes(history, session, action, method, confidence, kind)):
            history.add(event if correction is None else replace(event, correction=correction))
        history.latest = action if kind != "translated" else history.latest
        self._index(action, number)

    def _index(self, action: Said, number: int) -> None:
        self._of_action[action.key] = number
        if action.listed and number not in self._rows[_row(action)]:
            self._rows[_row(action)].append(number)
        for stem in self._words[action.key].stems:
            if not self._by_stem[stem] or self._by_stem[stem][-1] != number:
                self._by_stem[stem].append(number)

    def _original(self, session: Session, action: Said) -> int | None:
        """The history that an earlier action of the same minutes is of, which this one says again."""
        earlier = [
            self._of_action[other.key]
            for other in session.actions
            if other.start < action.start and other.key in self._of_action
        ]
        mine = self._words[action.key]
        alike = {number: self._likeness(number, mine) for number in earlier}
        same_due = [number for number in earlier if action.due and self.ledger.histories[number].due == action.due]
        best = max(alike, key=lambda number: (alike[number].inside, number), default=None)
        if best is not None and alike[best].inside >= _SAID_AGAIN and alike[best].shared >= _MUST_SHARE:
            return best
        return same_due[-1] if len(set(same_due)) == 1 else None

    def _same_task(self, session: Session, action: Said) -> int | None:
        """The one history, of an earlier item of the same minutes, with the same owner, deadline and words.

        So the row of a list of actions at the end is the action that the text above it told.
        """
        mine = self._words[action.key]
        found = set()
        for other in session.actions:
            if other.start < action.start and (number := self._of_action.get(other.key)) is not None:
                history = self.ledger.histories[number]
                alike = self._likeness(number, mine)
                enough = alike.shared >= _MUST_SHARE and alike.inside >= _HALF and not alike.other_numbers
                told_apart = (history.key, action.key) in self._told.apart
                if enough and not told_apart and _same_due(history, action) and _same_people(history, action):
                    found.add(number)
        return found.pop() if len(found) == 1 else None

    def _same_row(self, action: Said, before: int, taken: Set[int]) -> int | None:
        """The history of the row with the very words in the same action list as it was taken over earlier."""
        if not action.listed:
            return None
        earlier = self._rows.get(_row(action), ())
        free = (number for number in earlier if number < before and number not in taken)
        return next((n for n in free if (self.ledger.histories[n].key, action.key) not in self._told.apart), None)

    def _closest(self, action: Said, session: Session, before: int) -> tuple[int | None, Likeness]:
        """The earlier history whose words are most like those of an action item."""
        mine = self._words[action.key]
        shared: Counter[int] = Counter()
        for stem in mine.stems:
            for other in {stem, *translations(stem, "nl", "fr"), *translations(stem, "fr", "nl")}:
                if not self._weights.often(other):
                    shared.update(number for number in self._by_stem.get(other, ()) if number < before)
        least = min(_MUST_SHARE, len(mine.stems))
        best: tuple[float, int] | None = None
        found = NOTHING
        for number, count in sorted(shared.items(), key=lambda entry: (-entry[1], -entry[0]))[:_COMPARED]:
            history = self.ledger.histories[number]
            if count < least or (history.key, action.key) in self._told.apart or not history.before(session):
                continue
            alike = self._likeness(number, mine)
            value = (
                alike.dice
                + 0.2 * alike.inside
                + 0.1 * _same_people(history, action)
                + 0.01 * (history.status == "open")
            )
            if best is None or (value, number) > best:
                best, found = (value, number), alike
        if best is None or not _is_possible(found, action, self.ledger.histories[best[1]]):
            return None, found
        return best[1], found

    def _likeness(self, number: int, mine: Wording) -> Likeness:
        """How like a history's first or latest words some others are, whichever is more."""
        history = self.ledger.histories[number]
        keys = {history.first.key, history.latest.key}
        return max((likeness(self._words[key], mine, self._weights) for key in keys), key=lambda found: found.dice)

    def _is_sure(self, action: Said, session: Session, history: History, alike: Likeness) -> bool:
        """Whether an action item surely says an earlier action again."""
        if session.day is None or history.day is None or action.routine or alike.other_numbers:
            return False
        if history.status != "open" and action.status == "open" and not action.says_open:
            return False  # done once, it has to be done again
        people = _same_people(history, action)
        if action.language and history.latest.language and action.language != history.latest.language:
            return alike.shared >= 3 and alike.dice >= 0.6 and (people or _same_due(history, action))
        others = bool(history.owners and action.owners) and not people
        if others and alike.shared >= 3 and alike.dice >= 0.78 and not alike.contrast:
            return history.days_until(session) <= _LONG_AGO
        if others or history.days_until(session) > _LONG_AGO:
            return alike.shared >= 4 and (alike.dice >= 0.85 or (people and alike.inside >= 0.95))
        if alike.contrast:
            return (people and alike.shared >= 3 and alike.dice >= 0.6) or (alike.shared >= 6 and alike.dice >= 0.8)
        if people and alike.shared >= 4 and alike.inside >= 0.95:
            return True
        return alike.shared >= 3 and (
            alike.dice >= 0.8 or (alike.shared >= 4 and alike.inside >= 0.85 and alike.dice >= 0.5)
        )


def _row(action: Said) -> tuple[str, str]:
    """What a row of an action list is known by when the list is taken over again."""
    return action.listed, " ".join(fold(action.text).split())


def _is_possible(alike: Likeness, action: Said, history: History) -> bool:
    """Whether it is worth while to ask somebody if an item says an earlier action again."""
    if alike.shared < _MUST_SHARE or action.routine:
        return False
    if history.owners and action.owners and not _same_people(history, action):
        return alike.shared >= 3 and alike.dice >= 0.5
    if action.status == "done" and history.status == "open" and _same_people(history, action):
        return alike.inside >= _TOLD_OF  # “fiche (Noor): afgewerkt”
    return alike.dice >= 0.45 or (alike.shared >= 3 and alike.inside >= 0.8)


def _wording(action: Said) -> Wording:
    names = [name for owner in action.owners for name in (owner.name, *owner.also)]
    text = action.text.replace(action.due_text, " ") if action.due_text else action.text
    found = wording(text, action.language, without=names)
    return found if found.stems else wording(action.text, action.language)


def _same_people(history: History, action: Said) -> bool:
    """Whether an owner of the action is one of the item's, as far as the names tell."""
    return any(one.may_be(other) for one in history.owners for other in action.owners)


def _same_due(history: History, action: Said) -> bool:
    return action.due is not None and action.due == history.due
