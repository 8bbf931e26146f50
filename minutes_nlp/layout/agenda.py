"""The announced agenda: the list of points that a document prints before it reports on them.

It is told from the report by two signs: its points have nothing below them, and their titles come back later.
"""

from __future__ import annotations

import functools
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
_PART = 5.0  # what the similarity loses if a title is found as a part
_SHORTENED = 14  # words that a point may have whose part comes back as a title
_POINT = 30  # words that a point of a list may have
_BARE = 9  # mean number of words of points that are only announced
_MENTION = 10  # words that a line before a colon may have that speaks of the agenda
_SENTENCE = 0.3  # share of function words of running text
_BETWEEN = 2  # blocks that may stand between two points of an unlabelled list
_SEVERAL = 3  # lines before the report from which they announce it
_MOST = 100  # points that are compared with later titles
_OPEN = (None, Label.METADATA, Label.TITLE)  # what may still turn out to be a part of the agenda


@dataclass(frozen=True, slots=True)
class Announced:
    """The points of the announced agenda.

    Attributes:
        blocks: indices of the blocks that print them, with the labels above them.
        titles: the titles of the points.
    """

    blocks: frozenset[int] = frozenset()
    titles: tuple[str, ...] = ()

    def similarity(self, title: str) -> float:
        """How well a title fits the most similar point, 0 to 1; 0 if it is none of them."""
        flat = _flat(title)
        best = max((_similarity(flat, _flat(point), _SAME) for point in self.titles), default=0.0)
        if best < _SAME and any(_shortens(title, point) for point in self.titles):
            best = _SAME
        return best / 100 if best >= _SAME else 0.0


def similarity(first: str, second: str) -> float:
    """Similarity of two titles, 0 to 100: of all their letters, or of the shorter with the other's beginning or end."""
    return _similarity(_flat(first), _flat(second), 0.0)


def _similarity(first: str, second: str, least: float) -> float:
    """The similarity of two titles without case and signs; any value below `least` stands for those that are less."""
    short, long = (first, second) if len(first) <= len(second) else (second, first)
    size = len(short)
    if not size:
        return 0.0
    whole = fuzz.ratio(short, long, score_cutoff=least)
    if size < _TELLING:
        return whole
    part = least + _PART
    begins = fuzz.ratio(short, long[:size], score_cutoff=part)
    ends = fuzz.ratio(short, long[-size:], score_cutoff=part)
    return max(whole, begins - _PART, ends - _PART)


def same_title(first: str, second: str) -> bool:
    """Whether two titles name the same point."""
    return _similarity(_flat(first), _flat(second), _SAME) >= _SAME


def _shortens(title: str, point: str) -> bool:
    """Whether a title is a telling part of an announced point (`Kunstroute`: `Programma van de kunstroute 2027`)."""
    flat = _flat(title)
    short = len(point.split()) <= _SHORTENED
    return short and len(flat) >= _TELLING and f" {flat} " in f" {_flat(point)} "


@functools.lru_cache(maxsize=8192)
def _flat(title: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", title.casefold()))


def find_announced(features: Sequence[Features], labels: Sequence[Label | None], words: Vocabulary) -> Announced:
    """The announced agenda, empty if there is none.

    Args:
        features: of all blocks.
        labels: what is known of the blocks so far.
        words: the vocabulary.
    """
    search = _Search(features, labels, words)
    blocks: set[int] = set()
    titles: list[str] = []
    index = 0
    while index < len(features):
        found, index = search.at(index)
        if found:
            blocks |= found.blocks
            titles += found.titles
    mirrored = _mirrored(features, labels)
    titles += [title for title in mirrored.titles if title not in titles]
    return Announced(frozenset(blocks | mirrored.blocks), tuple(titles[:_MOST]))


def _mirrored(features: Sequence[Features], labels: Sequence[Label | None]) -> Announced:
    """The points that stand before the report word for word as it heads its items, with what is said about each."""
    heads: dict[str, int] = {}
    for block in features:
        if block.marked and block.number:
            heads.setdefault(_flat(block.title), block.index)
    before = [f for f in features[: min(heads.values(), default=0)] if not f.number and _flat(f.title) in heads]
    if len(before) < _SEVERAL:
        return Announced()
    first = min(heads[_flat(f.title)] for f in before)
    between = (index for index in range(before[0].index, first) if labels[index] in _OPEN)
    return Announced(frozenset(between), tuple(f.title for f in before))


@dataclass(frozen=True, slots=True)
class _Search:
    features: Sequence[Features]
    labels: Sequence[Label | None]
    words: Vocabulary

    def at(self, index: int) -> tuple[Announced | None, int]:
        """The announced agenda that begins at a block, if one does, and where to look on."""
        head = self.features[index]
        if self.labels[index] not in _OPEN:
            return None, index + 1
        if self._announces(head) or self._mentions(head):
            return self._labelled(head)
        if _opens_sequence(head) and index < len(self.features) // (3 if head.bullet else 2):
            return self._unlabelled(index)
        return None, index + 1

    def _announces(self, head: Features) -> bool:
        """Whether a line says `Agenda` and nothing else."""
        return self.words.is_whole(Role.AGENDA, head.title) and not head.keyed

    def _mentions(self, head: Features) -> bool:
        """Whether a short line before a colon speaks of the agenda (`De voorzitter overloopt de agenda:`)."""
        return head.colon and head.words <= _MENTION and self.words.contains(Role.AGENDA, head.title)

    def _labelled(self, head: Features) -> tuple[Announced | None, int]:
        begin = head.index + 1
        stop = next((i for i in range(begin, len(self.features)) if self._stops(begin, i)), len(self.features))
        points = self._points(begin, stop)
        if any(_counts_on(head, block) for block in self.features[begin:stop]):
            return None, begin
        if not points or not (self._only_announced(points, begin, stop) or self._report_follows(head)):
            return None, begin
        first = begin if self.labels[head.index] is Label.TITLE else head.index
        return Announced(frozenset(range(first, stop)), tuple(p.title for p in points)), max(stop, begin)

    def _unlabelled(self, index: int) -> tuple[Announced | None, int]:
        points = self._sequence(index)
        stop = points[-1].index + 1
        bare = stop - index == len(points)
        enough = 2 if bare and not points[0].bullet else 3
        if len(points) < enough or self._returning(points, stop) < 0.5 * len(points):
            return None, stop if bare else index + 1
        return Announced(frozenset(range(index, stop)), tuple(p.title for p in points)), stop

    def _sequence(self, begin: int) -> list[Features]:
        """The points that count up from the one at `begin` with little between them, or the bullets from there."""
        points = [self.features[begin]]
        for block in self.features[begin + 1 :]:
            last = points[-1]
            if block.marked or self.labels[block.index] is Label.ATTENDANCE or block.index > last.index + _BETWEEN + 1:
                break
            if last.bullet and not (block.bullet and block.nesting == last.nesting):
                break
            if last.bullet or (block.number and _alike(block, last)):
                if not last.bullet and block.ordinal != (last.ordinal or 0) + 1:
                    break
                points.append(block)
        return points

    def _stops(self, begin: int, index: int) -> bool:
        """Whether the list that begins at block `begin` has stopped before block `index`."""
        block = self.features[index]
        if block.marked or self.labels[index] in (Label.ATTENDANCE, Label.TIMETABLE) or block.words > _POINT:
            return True
        if begins_list(block, self.words) or _is_running_text(block):
            return True
        if index == begin:
            return False
        if self.words.is_whole(Role.WRAPPER, block.title) or self._announces(block):
            return True
        seen = self.features[begin : min(index - 1, begin + _MOST)]
        return self._leaves_list(begin, block) or any(same_title(block.title, f.title) for f in seen)

    def _leaves_list(self, begin: int, block: Features) -> bool:
        """Whether a block is no further point by its form: another sign, less indented, or counting from anew."""
        first = self.features[begin]
        if first.number and block.bullet and block.nesting <= first.nesting:
            return True
        if first.nesting and not block.nesting and block.indent <= first.indent:
            return True
        anew = first.number is not None and block.ordinal == first.ordinal and _alike(block, first)
        constant = self.features[begin + 1].ordinal == first.ordinal  # numbered `1.` at each item
        return anew and not constant

    def _points(self, begin: int, stop: int) -> list[Features]:
        """The entries of the outermost depth, in the style of the first."""
        entries = [f for f in self.features[begin:stop] if not f.blank]
        if not entries:
            return []
        first = entries[0]
        if first.number and not first.nesting:
            return [e for e in entries if e.number and e.depth <= first.depth]
        return [e for e in entries if e.nesting <= first.nesting and e.depth <= max(first.depth, 1)]

    def _returning(self, points: Sequence[Features], stop: int, *, shorter: bool = False) -> int:
        """How many points have a title that comes back from block `stop` on, also as a part of itself if `shorter`."""
        later = [f.heading for f in self.features[stop:] if f.words <= _POINT]
        same = [
            any(same_title(p.title, title) or (shorter and _shortens(title, p.title)) for title in later)
            for p in points[:_MOST]
        ]
        return sum(same)

    def _only_announced(self, points: Sequence[Features], begin: int, stop: int) -> bool:
        """Whether points below a label are only announced: they come back, or stand bare before a longer report."""
        if self._returning(points, stop, shorter=True) >= max(1, 0.3 * len(points)):
            return True
        said = sum(point.words for point in points)
        bare = len(points) >= 0.7 * (stop - begin) and said <= _BARE * len(points)
        return bare and len(points) >= 2 and sum(f.words for f in self.features[stop:]) > 2 * said

    def _report_follows(self, head: Features) -> bool:
        """Whether a later heading of the same level says `Verslag` and nothing else."""
        later = (f for f in self.features[head.index + 1 :] if f.marked == head.marked)
        return head.marked > 0 and any(self.words.is_whole(Role.WRAPPER, f.title) for f in later)


def _opens_sequence(block: Features) -> bool:
    opens = (block.ordinal in (0, 1) and block.depth == 1) or block.bullet
    return opens and not block.marked and block.words <= _POINT


def _counts_on(head: Features, point: Features) -> bool:
    """Whether a block below a numbered `Agenda` is the next item of the report rather than a point."""
    return head.number is not None and _alike(head, point) and point.ordinal == (head.ordinal or 0) + 1


def _is_running_text(block: Features) -> bool:
    marked = block.number is not None or block.nesting > 0
    return block.sentence and block.words > 8 and block.small > _SENTENCE and not marked


def _alike(first: Features, second: Features) -> bool:
    """Whether two numbered blocks are numbered in the same way."""
    return (first.form, first.depth, first.nesting) == (second.form, second.depth, second.nesting)
