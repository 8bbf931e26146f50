"""Which lines divide the report, and how they nest.

Minutes print their headings in one style: marked, numbered, bold, in capitals, before a colon, as bullets with remarks
below, or as short lines over longer text. So the decision is taken per style, not per line: every style of a document
is scored by how well its lines divide the text, the best becomes the main items, and the next best the items inside
them. A heading that only holds the report (`Verslag`) is no item, and what it holds moves up.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minutes_nlp.layout.agenda import Announced
from minutes_nlp.layout.features import Features
from minutes_nlp.layout.evidence import Choice, score, signs_of
from minutes_nlp.layout.styles import Family, Field, Style, candidates
from minutes_nlp.layout.words import Role

_DEEPEST = 4
_CLOSING = 0.6  # confidence in a closing item
_LATE = 0.5  # share of the blocks after which closing items are looked for
_TITLE = 40  # words that the heading of an announced point may have
_WRAPPERS = 3  # headings from the first on, among which one may be a wrapper
_INTRODUCTION = 40  # words that a wrapper may say before its first item
_HELD, _HELD_AGENDA = -1.5, -6.0  # scores from which what stands below a wrapper is taken for its items
_LISTED = frozenset(Family) - {Family.TOPIC, Family.KEY}
_ENOUGH = -6.0  # score from which a style may give the main items: almost any, since every report has some
_ENOUGH_BELOW: Mapping[Family, tuple[float, float]] = {  # the same inside main items, and inside those: far stricter
    Family.MARKED: (-4.0, -4.0),
    Family.NUMBER: (2.7, 4.0),
    Family.BOLD: (1.0, 1.5),
    Family.CAPS: (1.5, 2.0),
    Family.COLON: (2.6, 3.5),
    Family.BULLET: (1.6, 5.0),
    Family.LINE: (2.6, 3.0),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A block that heads an item: its level from 1 and how sure that is, 0 to 1."""

    block: int
    level: int
    confidence: float


@dataclass(frozen=True, slots=True)
class _Report:
    field: Field
    announced: Announced

    @property
    def features(self) -> Sequence[Features]:
        return self.field.features


def outline(field: Field, announced: Announced) -> list[Entry]:
    """The headings of the report in order.

    Args:
        field: the blocks, and which of them have another role.
        announced: the announced agenda, whose titles are expected.
    """
    report = _Report(field, announced)
    found = _divide(report, [range(len(field.features))], 1, frozenset())
    found += _closing(report, found)
    return sorted(found, key=lambda entry: entry.block)


def _closing(report: _Report, entries: Sequence[Entry]) -> list[Entry]:
    """Closing items (`Rondvraag`, `Sluiting`) that are not printed as the other main items are."""
    main = [entry.block for entry in entries if entry.level == 1]
    taken = {entry.block for entry in entries}
    return [
        Entry(f.index, 1, _CLOSING)
        for f in report.features
        if main
        and main[0] < f.index
        and f.index >= _LATE * len(report.features)
        and f.index not in taken | report.field.closed
        and not (f.nesting or f.colon or f.sentence or f.key or f.marked)
        and report.field.words.is_whole(Role.CLOSING, f.title)
    ]


def _divide(
    report: _Report,
    parts: list[range],
    level: int,
    used: frozenset[Style],
    threshold: float | None = None,
    families: frozenset[Family] = frozenset(Family),
) -> list[Entry]:
    """The entries of `level` and below in the given stretches of blocks."""
    choice = _choose(report, parts, level, used, threshold, families)
    return [] if choice is None else _divide_by(report, choice, parts, level, used)


def _divide_by(report: _Report, choice: Choice, parts: list[range], level: int, used: frozenset[Style]) -> list[Entry]:
    """The entries that a chosen style gives, and those inside them."""
    used = used | {choice.style}
    entries: list[Entry] = []
    inner: list[range] = []
    deeper: list[range] = []
    for part in parts:
        members = [m for m in choice.members if m in part]
        if members and choice.style.family is Family.MARKED:
            before = range(part.start, members[0])
            entries += _divide(report, [before], level, used, families=frozenset({Family.MARKED}))
        grouped = choice.style.family in (Family.MARKED, Family.BOLD)
        children = _children(report, members) if grouped else frozenset()
        for position, member in enumerate(members):
            stop = members[position + 1] if position + 1 < len(members) else part.stop
            below = range(member + 1, stop)
            held = _held(report, member, below, level, used) if position < _WRAPPERS else None
            if held is not None:
                entries += held
                continue
            sub = member in children
            entries.append(Entry(member, level + sub, choice.confidence))
            if len(members) == 1 and choice.style.family is Family.MARKED and _is_first_of_many(report, below):
                entries += _divide(report, [below], level, used)
                continue
            (deeper if sub else inner).append(below)
    for stretches, depth in ((inner, level + 1), (deeper, level + 2)):
        if depth <= _DEEPEST and stretches:
            entries += _divide(report, stretches, depth, used)
    return entries


def _is_first_of_many(report: _Report, below: range) -> bool:
    """Whether a lone heading has content of its own before headings of a lower level: it stands beside, not over them."""
    lower = [i for i in below if report.features[i].marked and i not in report.field.closed]
    return len(lower) >= 2 and _said(report, range(below.start, lower[0])) > 0


def _children(report: _Report, members: Sequence[int]) -> frozenset[int]:
    """The members that stand in groups headed by other members of the same style.

    Some minutes mark the headings of groups like the headings in them. A group is headed by a heading with nothing of
    its own, directly over the next one; there must be two such. It ends at the next of them, at a closing item
    (`Rondvraag`), or at a heading that begins with the same word as a head of groups.
    """
    features, words = report.features, report.field.words
    heads = {a for a, b in itertools.pairwise(members) if not any(not f.blank for f in features[a + 1 : b])}
    numbered = sum(features[m].number is not None for m in members)
    if len(heads) > 0.5 * len(members) or numbered or not heads:
        return frozenset()
    first = {m: features[m].title.casefold().split()[:1] for m in members}
    if len(heads) == 1:
        return _of_stem(members, *heads, first, features)
    of_heads = [first[m] for m in heads]
    children: set[int] = set()
    group: list[list[str]] | None = None
    for member in members:
        if member in heads and (group is None or first[member] not in group):
            group = []
        elif group is None or words.is_whole(Role.CLOSING, features[member].title):
            group = None
        elif group and first[member] in of_heads and first[member] not in group:
            group = None
        else:
            children.add(member)
            group.append(first[member])
    return frozenset(children)


def _of_stem(
    members: Sequence[int], head: int, first: Mapping[int, list[str]], features: Sequence[Features]
) -> frozenset[int]:
    """The headings right below a head of groups that begin with its word (`Commissies`: `Commissie Sport` …)."""
    below = members[members.index(head) + 1 :]
    group = list(itertools.takewhile(lambda m: first[m] == first[below[0]], below))
    stem = "".join(first[below[0]])
    return (
        frozenset(group)
        if len(group) >= 2 and stem and features[head].title.casefold().startswith(stem)
        else frozenset()
    )


def _held(report: _Report, member: int, below: range, level: int, used: frozenset[Style]) -> list[Entry] | None:
    """What a wrapper heading holds, at the wrapper's own level; `None` if the heading is an item of its own."""
    block = report.features[member]
    agenda = report.field.words.is_whole(Role.AGENDA, block.title)
    if not agenda and not report.field.words.is_whole(Role.WRAPPER, block.title):
        return None
    threshold = _HELD_AGENDA if agenda else _HELD
    held = _divide(report, [below], level, used, threshold, _LISTED)
    if not held:
        return None
    before = range(below.start, min(entry.block for entry in held))
    if _said(report, before) <= _INTRODUCTION:
        return held
    first = _divide(report, [before], level, used, threshold, _LISTED)
    return first + held if first else None


def _said(report: _Report, part: range) -> int:
    """The number of words of running text in a stretch."""
    return sum(f.words for f in report.features[part.start : part.stop] if f.index not in report.field.closed)


def _choose(
    report: _Report,
    parts: list[range],
    level: int,
    used: frozenset[Style],
    threshold: float | None,
    families: frozenset[Family],
) -> Choice | None:
    """The style that divides these stretches best, or `None` if none does it well enough."""
    found = candidates(report.field, parts, dated=level > 1)
    if level == 1 and (points := _points(report, parts)):
        found = {**found, Style(Family.POINT): points}
    highest = min((style.depth for style in found if style.family is Family.MARKED), default=0)
    scored = [
        Choice(
            style,
            members,
            score(signs_of(style, members, report.features, parts, report.announced, report.field.words)),
        )
        for style, members in found.items()
        if style not in used
        and style.family in families
        and (style.family is not Family.MARKED or style.depth == highest)
    ]
    good = [choice for choice in scored if choice.score >= _enough(choice.style.family, level, threshold)]
    return max(good, key=lambda choice: choice.score, default=None)


def _points(report: _Report, parts: list[range]) -> tuple[int, ...]:
    """For each point of the announced agenda the first later block with its title, whatever its form; few are none."""
    announced, features = report.announced, report.features
    after = max(announced.blocks, default=0)
    later = [i for part in parts for i in part if i > after and i not in report.field.closed]
    short = [i for i in later if 0 < features[i].words <= _TITLE]
    found = (
        next((i for i in short if announced.is_point(features[i].title, title)), None) for title in announced.titles
    )
    members = sorted({i for i in found if i is not None})
    return tuple(members) if len(members) >= max(3, 0.6 * len(announced.titles)) else ()


def _enough(family: Family, level: int, threshold: float | None) -> float:
    """The score that a style needs at a level, unless a threshold is given."""
    if threshold is not None:
        return threshold
    if level == 1:
        return _ENOUGH
    return _ENOUGH_BELOW[family][min(level, 3) - 2] if family in _ENOUGH_BELOW else math.inf
