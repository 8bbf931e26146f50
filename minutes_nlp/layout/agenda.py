"""The announced agenda: the list of points that a document prints before it reports on them.

It is told from the report by two signs: its points have nothing below them, and their titles come back later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from minutes_nlp.layout.features import Features
from minutes_nlp.layout.people import begins_list
from minutes_nlp.layout.sections import Label
from minutes_nlp.layout.words import Role, Vocabulary

_SAME = 82.0  # similarity, 0 to 100, from which two titles are the same point
_TELLING = 8  # letters from which a title may be found as a part of a longer one
_PART = 5.0  # what a title found as a part loses
_POINT = 30  # words that a point of a list may have
_SENTENCE = 0.3  # share of function words of running text
_TITLE = 9  # mean number of words of points that are only announced
_BETWEEN = 2  # blocks that may stand between two points of an unlabelled list


@dataclass(frozen=True, slots=True)
class Announced:
    """The points of the announced agenda.

    Attributes:
        blocks: indices of the blocks that print them, with the labels above them.
        titles: the titles of the points.
    """

    blocks: frozenset[int] = frozenset()
    titles: tuple[str, ...] = ()

    def is_point(self, title: str, point: str) -> bool:
        """Whether a title is that of a point."""
        return same_title(title, point) >= _SAME

    def similarity(self, title: str) -> float:
        """How well a title fits the most similar point, 0 to 1; below the threshold 0."""
        best = max((same_title(title, point) for point in self.titles), default=0.0)
        return best / 100 if best >= _SAME else 0.0


def same_title(first: str, second: str) -> float:
    """Similarity of two titles, 0 to 100: of all their letters, or of the shorter with the other's beginning or end."""
    a, b = _flat(first), _flat(second)
    if len(a) > len(b):
        a, b = b, a
    if not a:
        return 0.0
    whole = fuzz.ratio(a, b)
    if len(a) < _TELLING:
        return whole
    return max(whole, fuzz.ratio(a, b[: len(a)]) - _PART, fuzz.ratio(a, b[-len(a) :]) - _PART)


def _flat(title: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", title.casefold()))


def find_announced(features: Sequence[Features], labels: Sequence[Label | None], words: Vocabulary) -> Announced:
    """The announced agenda, empty if there is none."""
    blocks: set[int] = set()
    titles: list[str] = []
    for index, head in enumerate(features):
        if index in blocks or labels[index] not in (None, Label.METADATA, Label.TITLE):
            continue
        if labelled := _announces(head, words) or _mentions(head, words):
            stretch = range(index + 1, _end(features, labels, index + 1, words))
            points = _points(features, stretch)
            found = bool(points) and _only_announced(features, points, stretch)
            if labelled and head.marked and not found:
                found = bool(points) and _report_follows(features, head, words)
        elif _opens_sequence(head) and index < len(features) // (3 if head.bullet else 2):
            points = _sequence(features, labels, index)
            stretch = range(index, points[-1].index + 1)
            enough = 2 if len(stretch) == len(points) and not head.bullet else 3
            found = len(points) >= enough and _returning(features, points, stretch.stop) >= 0.5 * len(points)
        else:
            continue
        if found:
            blocks |= set(stretch) | ({index} if labels[index] is not Label.TITLE else set())
            titles += [point.title for point in points]
    return Announced(frozenset(blocks), tuple(titles))


def _announces(head: Features, words: Vocabulary) -> bool:
    """Whether a line says `Agenda` and nothing else."""
    return words.is_whole(Role.AGENDA, head.title) and not head.keyed


def _mentions(head: Features, words: Vocabulary) -> bool:
    """Whether a short line before a colon speaks of the agenda (`De voorzitter overloopt de agenda:`)."""
    return head.colon and head.words <= 10 and words.contains(Role.AGENDA, head.title)


def _report_follows(features: Sequence[Features], head: Features, words: Vocabulary) -> bool:
    """Whether a later heading of the same level says `Verslag` and nothing else."""
    return any(f.marked == head.marked and words.is_whole(Role.WRAPPER, f.title) for f in features[head.index + 1 :])


def _opens_sequence(block: Features) -> bool:
    return (block.ordinal in (0, 1) or block.bullet) and not block.marked and block.words <= _POINT


def _sequence(features: Sequence[Features], labels: Sequence[Label | None], begin: int) -> list[Features]:
    """The points that count up from the one at `begin`, with little between them."""
    points = [features[begin]]
    for block in features[begin + 1 :]:
        last = points[-1]
        if block.marked or labels[block.index] is Label.ATTENDANCE or block.index > last.index + _BETWEEN + 1:
            break
        if last.bullet:
            if not block.bullet or block.nesting != last.nesting:
                break
            points.append(block)
        elif block.number and (block.form, block.depth, block.nesting) == (last.form, last.depth, last.nesting):
            if block.ordinal != (last.ordinal or 0) + 1:
                break
            points.append(block)
    return points


def _end(features: Sequence[Features], labels: Sequence[Label | None], begin: int, words: Vocabulary) -> int:
    """Where the list that begins at `begin` stops: at a heading, at running text, or where its first title comes back."""
    seen: list[str] = []
    for block in features[begin:]:
        first = features[begin]
        if block.marked or labels[block.index] in (Label.ATTENDANCE, Label.TIMETABLE):
            return block.index
        if begins_list(block, words) or block.words > _POINT:
            return block.index
        if block.sentence and block.words > 8 and block.small > _SENTENCE and not block.number and not block.nesting:
            return block.index
        if any(same_title(block.title, title) >= _SAME for title in seen[:-1]):
            return block.index
        if seen and (words.is_whole(Role.WRAPPER, block.title) or _announces(block, words)):
            return block.index
        if first.number and block.bullet and block.nesting <= first.nesting:
            return block.index
        if first.nesting and not block.nesting and block.indent <= first.indent:
            return block.index
        if (
            first.number
            and block.ordinal == first.ordinal
            and _beside(block, first)
            and len(seen) > 1
            and not _constant(features, begin)
        ):
            return block.index
        seen.append(block.title)
    return len(features)


def _beside(block: Features, first: Features) -> bool:
    return (block.form, block.depth, block.nesting) == (first.form, first.depth, first.nesting) and block is not first


def _constant(features: Sequence[Features], begin: int) -> bool:
    """Whether the first two points carry the same number (a list numbered anew at each item)."""
    return begin + 1 < len(features) and features[begin + 1].ordinal == features[begin].ordinal


def _points(features: Sequence[Features], stretch: range) -> list[Features]:
    """The entries of the outermost depth, in the style of the first."""
    if not stretch:
        return []
    first = features[stretch.start]
    entries = [features[i] for i in stretch if not features[i].blank]
    if first.number and not first.nesting:
        return [e for e in entries if e.number and e.depth <= first.depth]
    return [e for e in entries if e.nesting <= max(first.nesting, 0) and e.depth <= max(first.depth, 1)]


def _returning(features: Sequence[Features], points: Sequence[Features], stop: int) -> int:
    """How many points have a title that comes back from block `stop` on."""
    later = [f for f in features[stop:] if f.words <= _POINT]
    return sum(any(same_title(point.title, f.title) >= _SAME for f in later) for point in points)


def _only_announced(features: Sequence[Features], points: Sequence[Features], stretch: range) -> bool:
    """Whether the points below a label are only announced: they come back later, or stand bare before a longer report."""
    if _returning(features, points, stretch.stop) >= max(1, 0.3 * len(points)):
        return True
    bare = len(points) >= 0.7 * len(stretch) and sum(p.words for p in points) <= _TITLE * len(points)
    rest = sum(f.words for f in features[stretch.stop :])
    return bare and len(points) >= 2 and rest > 2 * sum(f.words for f in points)
