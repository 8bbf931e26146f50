"""Lists of people: who was there, who sent apologies, who was absent.

A list begins with a label (`Aanwezig:`) and goes on as long as its lines read as names and functions, not as sentences
and not as the next heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from minutes_nlp.layout.features import Features
from minutes_nlp.layout.sections import Label
from minutes_nlp.layout.words import Role, Vocabulary
from minutes_nlp.reading import BlockKind

_SENTENCE = 0.15  # share of function words above which a line is a sentence rather than a list of names
_BULLET_SENTENCE = 0.25  # the same for a short bullet below a label
_LONG = 60  # words that a line of names may have and still end in a stop
_NAME, _SAID = 4, 8  # words that a name with a function may have and yet end in a stop; and surely has not
_ROWS = 8  # of a table that are looked at
_SAYS = re.compile(r"(?:[A-ZÀ-Þ][\w'’-]*\s){1,3}(?P<verb>[a-zß-ÿ][\w'’-]*)\s[^,;:()/–|]+")  # `An belt de drukker.`
_COLUMNS = re.compile(r"\s*\|\s*|\s{3,}")


def label_people(features: Sequence[Features], words: Vocabulary, labels: list[Label | None]) -> None:
    """Label the lists of people among the blocks that have no label yet.

    A numbered heading (`2. Aanwezigen`) heads an item of the report, so it keeps its role; the names below it are
    labelled.
    """
    index = 0
    while index < len(features):
        head = features[index]
        following = features[index + 1] if index + 1 < len(features) else None
        if labels[index] is not None or not begins_list(head, words) or _is_report(head, following):
            index += 1
            continue
        if not (head.marked and head.number):
            labels[index] = Label.ATTENDANCE
        people = _ListOfPeople(head, features, words)
        index += 1
        while index < len(features) and people.goes_on(index):
            labels[index] = Label.ATTENDANCE
            index += 1


def begins_list(block: Features, words: Vocabulary) -> bool:
    """Whether the block is a label such as `Aanwezig`: alone, before a colon, or in a cell or a column of its own."""
    if block.number and block.words > 2:
        return False
    if block.label:
        ends = not block.nesting and words.ends(Role.ATTENDANCE, block.label)
        return ends or words.begins(Role.ATTENDANCE, block.label)
    if block.colon or block.marked:
        ends = block.words <= 6 and words.ends(Role.ATTENDANCE, block.title)
        return ends or words.begins(Role.ATTENDANCE, block.title)
    head, *columns = _COLUMNS.split(block.title)
    if any(words.begins(Role.ATTENDANCE, column) for column in columns):
        return not block.sentence
    return words.begins(Role.ATTENDANCE, head) and (len(head.split()) <= 5 or block.words <= 6)


def _is_report(head: Features, following: Features | None) -> bool:
    """Whether a line that begins like a list of people is running text, stands over some, or is one bullet of many."""
    if head.bullet and not head.label and not head.colon and head.words <= 2:
        return following is None or following.nesting <= head.nesting
    if head.colon and following is not None and following.sentence and following.small > 1.5 * _SENTENCE:
        return True
    return head.sentence and not head.label and head.small > _SENTENCE


@dataclass(frozen=True, slots=True)
class _ListOfPeople:
    """A list that has begun."""

    head: Features
    features: Sequence[Features]
    words: Vocabulary

    def goes_on(self, index: int) -> bool:
        """Whether the block at `index`, directly below what belongs to the list, still belongs to it."""
        block = self.features[index]
        if begins_list(block, self.words):
            return True
        if block.marked:
            deeper = self.head.marked > 0 and block.marked > self.head.marked
            return deeper and not self.words.begins(Role.ITEM, block.title)
        if self._is_heading(block) or block.timed or (block.number and not self._counts_on(block)):
            return False
        if block.kind is BlockKind.TABLE_ROW:
            return not self._begins_report(index)
        if self._names_on_line and (block.apart or (block.bullet and self._is_topic(index))):
            return bool(block.label) and self.words.begins(Role.PEOPLE, block.label)
        if self.words.begins(Role.PEOPLE, block.label or block.title) and block.words <= _LONG:
            return bool(block.label) or block.small <= _SENTENCE
        if block.colon:
            return self._stands_over_names(index)
        return self._reads_as_names(index)

    @property
    def _names_on_line(self) -> bool:
        """Whether the label has names on its own line."""
        return bool(self.head.label) and not self.head.colon

    def _begins_report(self, index: int) -> bool:
        """Whether a table begins here whose rows tell at length of what their first cells name."""
        if self.features[index].headed or (index + 1 < len(self.features) and self.features[index + 1].headed):
            return True
        if self.features[index - 1].kind is BlockKind.TABLE_ROW:
            return False
        rows = list(takewhile(lambda f: f.kind is BlockKind.TABLE_ROW, self.features[index : index + _ROWS]))
        return len(rows) > 2 and sum(row.topic is not None for row in rows) * 2 > len(rows)

    def _is_direct(self, block: Features) -> bool:
        """Whether a block stands directly below the label, and the label has no names on its own line."""
        bare = self.head.colon or self.head.marked > 0 or (not self.head.label and self.head.words <= 5)
        return bare and block.index == self.head.index + 1

    def _is_heading(self, block: Features) -> bool:
        """Whether a block begins another part of the document."""
        roles = (Role.AGENDA, Role.WRAPPER, Role.CLOSING, Role.ITEM)
        if any(self.words.is_whole(role, block.title) for role in roles):
            return True
        return bool(block.key) and self.words.is_whole(Role.METADATA, block.key)

    def _counts_on(self, block: Features) -> bool:
        """Whether a number begins the list or carries it on; other numbers are those of the report's items."""
        if block.kind is not BlockKind.LIST_ITEM:
            return False
        if self._is_direct(block):
            return block.ordinal in (0, 1)
        before = self.features[block.index - 1]
        return before.number is not None and block.ordinal == (before.ordinal or 0) + 1

    def _is_topic(self, index: int) -> bool:
        """Whether deeper items stand below a bullet, or a sentence: below a line that names people it is a topic."""
        if index + 1 >= len(self.features):
            return False
        below = self.features[index + 1]
        telling = below.words >= _SAID or (below.words > _NAME and below.small > _SENTENCE)
        return (below.nesting == 0 and below.sentence and telling) or below.nesting > self.features[index].nesting

    def _stands_over_names(self, index: int) -> bool:
        """Whether a line before a colon names a group of people: no usual item, and names below it."""
        block = self.features[index]
        if index + 1 >= len(self.features) or block.words > 8 or self.words.begins(Role.ITEM, block.title):
            return False
        following = self.features[index + 1]
        names = sum(word[:1].isupper() for word in following.text.split())
        return following.small <= 0.5 * _SENTENCE and names >= 0.5 * len(following.text.split()) > 0

    def _reads_as_names(self, index: int) -> bool:
        block = self.features[index]
        if block.nesting:
            return block.small <= (_BULLET_SENTENCE if block.words <= 10 else _SENTENCE) or block.words <= 4
        if self._is_direct(block):
            return block.small <= 2 * _SENTENCE and not (block.caps and block.words == 1)
        if self._stands_over_text(index) or (block.caps and block.words == 1):
            return False
        if block.sentence and self._says(block):
            return False
        return block.small <= _SENTENCE and (not block.sentence or block.words <= _LONG)

    def _says(self, block: Features) -> bool:
        """Whether a line that ends as a sentence tells what somebody does, and names no function or body."""
        said = _SAYS.fullmatch(block.text.strip()) if block.words >= _NAME else None
        return said is not None and said["verb"].casefold() not in self.words.particles

    def _stands_over_text(self, index: int) -> bool:
        """Whether a short line stands over a sentence: then it is a heading rather than a name."""
        if self.features[index].words > 8 or index + 1 >= len(self.features):
            return False
        following = self.features[index + 1]
        said = following.words >= 8 and following.small > _SENTENCE
        return said or (following.words >= 15 and following.sentence)
