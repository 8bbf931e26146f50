"""Which lines divide the report, and how they nest.

Minutes print their headings in one style: marked, numbered, bold, in capitals, before a colon, as bullets with remarks
below, or as short lines over longer text. So the decision is taken per style, not per line: every style of a document
is scored by how well its lines divide the text, the best becomes the main items, and the next best the items inside
them. A heading that only holds the report (`Verslag`) is no item, and what it holds moves up.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from minutes_nlp.layout.agenda import Announced, same_title
from minutes_nlp.layout.codes import is_code
from minutes_nlp.layout.evidence import Choice, score, signs_of
from minutes_nlp.layout.features import Features
from minutes_nlp.layout.groups import grouped
from minutes_nlp.layout.styles import Family, Field, Style, candidates, translates
from minutes_nlp.layout.words import Role

_DEEPEST = 4
_CARRIED_ON = 2  # numbers from which a second numbering (`AP1.`) carries on the main one
_CLOSING = 0.6  # confidence in a closing item that is printed unlike the others
_LATE = 0.5  # share of the blocks after which such closing items are looked for
_TITLE = 40  # words that the heading of an announced point may have
_POINTS = 0.6  # share of the announced points that must be found
_WRAPPERS = 3  # headings from the first on, among which one may be a wrapper
_WRAPPED = 0.5  # or the share of the stretch that a later one must hold
_ITEM, _ITEM_BLOCKS = 0.25, 12  # the share, or number, of blocks below which an early one with a number is an item
_MANY = 4  # headings of the next level beside a lone higher one
_INTRODUCTION = 40  # words that a wrapper may say before its first item
_HELD, _HELD_AGENDA = -1.5, -6.0  # scores from which what stands below a wrapper is taken for its items
_LISTED = frozenset(Family) - {Family.TOPIC, Family.KEY}
_ENOUGH = -6.0  # score from which a style may give the main items: almost any, since every report has some
_ENOUGH_BELOW: Mapping[Family, tuple[float, float]] = {  # the same inside main items, and inside those: far stricter
    Family.MARKED: (-4.0, -4.0),
    Family.NUMBER: (2.7, 4.0),
    Family.BOLD: (1.0, 1.5),
    Family.CAPS: (1.5, 2.0),
    Family.COLON: (2.1, 3.5),
    Family.BULLET: (1.6, 5.0),
    Family.LINE: (2.6, 3.0),
    Family.ROW: (1.2, 1.2),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A block that heads an item: its level from 1 and how sure that is, 0 to 1."""

    block: int
    level: int
    confidence: float


def outline(field: Field, announced: Announced) -> list[Entry]:
    """The headings of the report in order.

    Args:
        field: the blocks, and which of them have another role.
        announced: the announced agenda, whose titles are expected.
    """
    outliner = _Outliner(field, announced)
    found = outliner.divide([range(len(field.features))], _Scope(1))
    return sorted([*found, *outliner.closing(found)], key=lambda entry: entry.block)


def _highest(found: Mapping[Style, tuple[int, ...]]) -> dict[Family, int]:
    """The smallest depth of marked headings, and of numbers where two or more count on at that depth."""
    marked = [style.depth for style in found if style.family is Family.MARKED]
    numbers = [style.depth for style, members in found.items() if style.family is Family.NUMBER and len(members) > 1]
    depths = {Family.MARKED: marked, Family.NUMBER: numbers}
    return {family: min(values) for family, values in depths.items() if values}


@dataclass(frozen=True, slots=True)
class _Scope:
    """What is looked for.

    Attributes:
        level: of the items.
        used: styles of the items around them, which can't be theirs.
        threshold: the score that a style needs; `None` for the usual one.
        families: the kinds of style that come into question.
    """

    level: int
    used: frozenset[Style] = frozenset()
    threshold: float | None = None
    families: frozenset[Family] = frozenset(Family)

    def enough(self, family: Family) -> float:
        """The score that a style of this family needs."""
        if self.threshold is not None:
            return self.threshold
        if self.level == 1:
            return _ENOUGH
        return _ENOUGH_BELOW[family][min(self.level, 3) - 2] if family in _ENOUGH_BELOW else math.inf

    def allows(self, style: Style) -> bool:
        """Whether a style comes into question."""
        return style not in self.used and style.family in self.families

    def at(self, level: int) -> _Scope:
        """The usual search at another level, with the same styles used."""
        return _Scope(level, self.used)


@dataclass(frozen=True, slots=True)
class _Outliner:
    field: Field
    announced: Announced

    @property
    def features(self) -> Sequence[Features]:
        return self.field.features

    def divide(self, parts: list[range], scope: _Scope) -> list[Entry]:
        """The entries at the scope's level and below in the given stretches of blocks."""
        choice = self.choose(parts, scope)
        return [] if choice is None else self.divide_by(choice, parts, scope)

    def choose(self, parts: list[range], scope: _Scope) -> Choice | None:
        """The style that divides these stretches best, or `None` if none does it well enough.

        Of the levels of marked headings and the depths of numbers only the highest come into question.
        """
        found = dict(candidates(self.field, parts, inner=scope.level > 1))
        if scope.level == 1 and (points := self._points(parts)):
            found[Style(Family.POINT)] = points
        highest = _highest(found)
        best: Choice | None = None
        for style, members in found.items():
            lower = style.depth > highest.get(style.family, style.depth)
            if lower or not scope.allows(style):
                continue
            value = score(signs_of(style, members, self.field, parts, self.announced))
            if value >= scope.enough(style.family) and (best is None or value > best.score):
                best = Choice(style, members, value)
        return None if best is None else self._carried_on(best, found)

    def _carried_on(self, choice: Choice, found: Mapping[Style, tuple[int, ...]]) -> Choice:
        """The choice with the numbers from 1 that stand wholly before or after its own, if either is of a register."""
        if choice.style.family is not Family.NUMBER:
            return choice
        for style, members in found.items():
            if style.family is not Family.NUMBER or style.depth != choice.style.depth or len(members) < _CARRIED_ON:
                continue
            apart = members[0] > choice.members[-1] or members[-1] < choice.members[0]
            register = is_code(style.form) or is_code(choice.style.form)
            if apart and register and (self.features[members[0]].ordinal or 0) <= 1:
                return replace(choice, members=tuple(sorted((*choice.members, *members))))
        return choice

    def divide_by(self, choice: Choice, parts: list[range], scope: _Scope) -> list[Entry]:
        """The entries that a chosen style gives, and those inside them."""
        scope = replace(scope, used=scope.used | {choice.style})
        entries: list[Entry] = []
        inside: dict[int, list[range]] = {}
        for part in parts:
            members = [m for m in choice.members if m in part]
            if members and choice.style.family is Family.MARKED:
                # lower headings may come before the first of the highest level
                marked = replace(scope.at(scope.level), families=frozenset({Family.MARKED}))
                entries += self.divide([range(part.start, members[0])], marked)
            for entry, below in self._own(choice, members, part, scope, entries):
                entries.append(entry)
                if self._stands_first(choice, members, below):
                    entries += self.divide([below], scope.at(scope.level))
                else:
                    inside.setdefault(entry.level + 1, []).append(below)
        for level, stretches in inside.items():
            if level <= _DEEPEST:
                entries += self.divide(stretches, scope.at(level))
        return entries

    def _own(
        self, choice: Choice, members: Sequence[int], part: range, scope: _Scope, entries: list[Entry]
    ) -> list[tuple[Entry, range]]:
        """The headings of one stretch with what stands below each; what wrappers among them hold goes to `entries`.

        Before a wrapper only usual items stand (`Opening`); other headings there (`Doelstelling`) announce the report.
        """
        tells_groups = choice.style.family in (Family.MARKED, Family.BOLD)
        children = grouped(self.features, members, self.field.words) if tells_groups else frozenset()
        own: list[tuple[Entry, range]] = []
        for position, member in enumerate(members):
            stop = members[position + 1] if position + 1 < len(members) else part.stop
            below = range(member + 1, stop)
            if self._holds_siblings(members[position : position + 2]):
                continue
            share = len(below) / len(part)
            small = share < _ITEM or len(below) < _ITEM_BLOCKS
            item = small and self._numbered_by_itself(member, below)
            wraps = share >= _WRAPPED or (position < _WRAPPERS and not item)
            held = self._held(member, below, scope) if wraps else None
            if held is not None:
                entries += held
                own = [one for one in own if self.field.words.begins(Role.ITEM, self.features[one[0].block].title)]
                continue
            own.append((Entry(member, scope.level + (member in children), choice.confidence), below))
        return own

    def _holds_siblings(self, pair: Sequence[int]) -> bool:
        """Whether the first of two headings is a wrapper directly over the second, which is a part of it by number."""
        if len(pair) < 2 or pair[1] != pair[0] + 1:
            return False
        first, second = (self.features[member] for member in pair)
        part = first.number is not None and (second.number or "").startswith(f"{first.number}.")
        return part and self.field.words.is_whole(Role.WRAPPER, first.title)

    def _numbered_by_itself(self, member: int, below: range) -> bool:
        """Whether a heading has a number and holds none of its parts, as `1. Verslag` does, about the last minutes."""
        number = self.features[member].number
        return number is not None and not any((self.features[i].number or "").startswith(f"{number}.") for i in below)

    def _stands_first(self, choice: Choice, members: Sequence[int], below: range) -> bool:
        """Whether a lone marked heading stands beside lower ones, not over them.

        It does if it has content of its own before the first of them, and they are many: then its level is a slip.
        """
        if len(members) != 1 or choice.style.family is not Family.MARKED:
            return False
        lower = self._marked(below)
        highest = min((f.marked for f in lower), default=0)
        beside = [f for f in lower if f.marked == highest]
        return len(beside) >= _MANY and self._said(range(below.start, lower[0].index)) > 0

    def _marked(self, part: range) -> list[Features]:
        return [self.features[i] for i in part if self.features[i].marked and i not in self.field.closed]

    def _held(self, member: int, below: range, scope: _Scope) -> list[Entry] | None:
        """What a wrapper heading holds, at the wrapper's own level; `None` if the heading is an item of its own."""
        title, words = self.features[member].title, self.field.words
        agenda = words.is_whole(Role.AGENDA, title)
        if not agenda and not words.is_whole(Role.WRAPPER, title):
            return None
        lenient = replace(scope, threshold=_HELD_AGENDA if agenda else _HELD, families=_LISTED)
        held = self.divide([below], lenient)
        if not held:
            return None
        before = range(below.start, min(entry.block for entry in held))
        if self._said(before) <= _INTRODUCTION:
            return held
        first = self.divide([before], lenient)
        return [*first, *held] if first else None

    def _said(self, part: range) -> int:
        """The number of words of running text in a stretch."""
        return sum(f.words for f in self.features[part.start : part.stop] if f.index not in self.field.closed)

    def _points(self, parts: list[range]) -> tuple[int, ...]:
        """For each announced point the first later block with its title, whatever its form; empty if few are found."""
        after = max(self.announced.blocks, default=0)
        later = [self.features[i] for part in parts for i in part if i > after and i not in self.field.closed]
        short = [f for f in later if 0 < f.words <= _TITLE]
        found = (next((f.index for f in short if same_title(f.heading, t)), None) for t in self.announced.titles)
        members = sorted({i for i in found if i is not None})
        marked = sum(self.features[m].marked > 0 for m in members)  # these divide the report better by themselves
        enough = len(members) >= max(3, _POINTS * len(self.announced.titles)) and marked < 0.5 * len(members)
        return tuple(members) if enough else ()

    def closing(self, entries: Sequence[Entry]) -> list[Entry]:
        """Closing items (`Rondvraag`, `Sluiting`) that are not printed as the other main items are."""
        main = min((entry.block for entry in entries if entry.level == 1), default=len(self.features))
        taken = self.field.closed | {entry.block for entry in entries}
        late = max(main + 1, math.ceil(_LATE * len(self.features)))
        found = [
            f
            for f in self.features[late:]
            if f.index not in taken
            and not translates(f, self.features)
            and not (f.nesting or f.colon or f.sentence or f.key or f.marked)
            and self.field.words.is_whole(Role.CLOSING, f.title)
        ]
        times = Counter(f.title.casefold() for f in self.features)  # what comes again is a part of each item
        return [Entry(f.index, 1, _CLOSING) for f in found if times[f.title.casefold()] == 1]
