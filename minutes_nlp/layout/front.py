"""The parts that are not the report: title, facts of the meeting, people, timetable."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes_nlp.layout.features import Features, begins_list_of_people
from minutes_nlp.layout.sections import Label
from minutes_nlp.layout.words import Role, Vocabulary
from minutes_nlp.reading import BlockKind

_LIST_OF_PEOPLE_SMALL = 0.15  # share of function words up to which a line may be names and functions
_LONG = 60
_TOP = 40  # blocks within which title and facts are looked for


def label_front(features: Sequence[Features], words: Vocabulary) -> list[Label | None]:
    """Labels of the blocks that belong to the title, the facts, the people or a timetable; `None` for the others."""
    labels: list[Label | None] = [None] * len(features)
    _timetables(features, words, labels)
    _people(features, words, labels)
    _title(features, words, labels)
    _facts(features, words, labels)
    return labels


def _timetables(features: Sequence[Features], words: Vocabulary, labels: list[Label | None]) -> None:
    """Two or more neighbouring lines that each begin with a time."""
    start = 0
    while start < len(features):
        stop = start
        while stop < len(features) and features[stop].timed and features[stop].words <= 40:
            stop += 1
        if stop - start >= 2:
            if start and words.is_whole(Role.AGENDA, features[start - 1].title) and not features[start - 1].marked:
                start -= 1
            labels[start:stop] = [Label.TIMETABLE] * (stop - start)
        start = max(stop, start + 1)


def _people(features: Sequence[Features], words: Vocabulary, labels: list[Label | None]) -> None:
    """A label of a list of people, and what follows as long as it reads as names, not as sentences."""
    index = 0
    while index < len(features):
        head = features[index]
        following = features[index + 1] if index + 1 < len(features) else None
        if labels[index] is not None or not begins_list_of_people(head, words) or _is_report(head, following):
            index += 1
            continue
        if not (head.marked and head.number):  # a numbered heading is an item, whatever it holds
            labels[index] = Label.ATTENDANCE
        index += 1
        direct = head.colon or head.marked > 0 or head.words <= 5
        while index < len(features) and _carries_on(head, features, index, words, direct=direct):
            labels[index] = Label.ATTENDANCE
            direct = False
            index += 1


def _is_report(head: Features, following: Features | None) -> bool:
    """Whether a line that begins like a list of people is running text, or stands over running text."""
    if head.bullet and not head.colon and head.words <= 2 and (following is None or following.nesting <= head.nesting):
        return True
    if head.colon and following is not None and following.sentence and following.small > 1.5 * _LIST_OF_PEOPLE_SMALL:
        return True
    return head.sentence and not head.key and head.small > _LIST_OF_PEOPLE_SMALL


def _carries_on(
    head: Features, features: Sequence[Features], index: int, words: Vocabulary, *, direct: bool
) -> bool:
    """Whether a block still belongs to the list of people that `head` begins.

    Args:
        head: the label of the list.
        features: all blocks.
        index: the block in question.
        words: the vocabulary.
        direct: whether the block stands directly below a label that has no names on its own line.
    """
    block = features[index]
    if begins_list_of_people(block, words):
        return True
    if block.marked:
        return head.marked > 0 and block.marked > head.marked and not words.begins(Role.ITEM, block.title)
    if any(words.is_whole(role, block.title) for role in (Role.AGENDA, Role.WRAPPER, Role.CLOSING, Role.ITEM)):
        return False
    if block.number and block.kind is not BlockKind.LIST_ITEM:
        return False
    if words.begins(Role.PEOPLE, block.key or block.title) and block.words <= _LONG:
        return bool(block.key) or block.small <= _LIST_OF_PEOPLE_SMALL
    if block.key and words.is_whole(Role.METADATA, block.key):
        return False
    if block.kind is BlockKind.TABLE_ROW:
        return True
    if block.colon:
        return _stands_over_names(features, index, words)
    if block.strong and not head.strong and block.number:
        return False
    if block.number and not _counts_on(features[index - 1], block, direct=direct):
        return False
    if block.bullet or block.number:
        return block.small <= _LIST_OF_PEOPLE_SMALL or block.words <= 4
    limit = 2 * _LIST_OF_PEOPLE_SMALL if direct else _LIST_OF_PEOPLE_SMALL
    if _followed_by_content(features, index) and not direct:
        return False
    return block.small <= limit and (direct or not block.sentence or block.words <= _LONG) and not _lone_word(block)


def _stands_over_names(features: Sequence[Features], index: int, words: Vocabulary) -> bool:
    """Whether a line before a colon names a group of people: no usual item, and names below it."""
    block = features[index]
    if index + 1 >= len(features) or block.words > 8 or words.begins(Role.ITEM, block.title) or block.number:
        return False
    following = features[index + 1]
    named = sum(word[:1].isupper() for word in following.text.split())
    return following.small <= 0.5 * _LIST_OF_PEOPLE_SMALL and named >= 0.5 * len(following.text.split()) > 0


def _counts_on(before: Features, block: Features, *, direct: bool) -> bool:
    """Whether a number begins the list of people or carries it on; others number the items of the report."""
    if direct:
        return block.ordinal in (0, 1)
    return before.number is not None and block.ordinal == (before.ordinal or 0) + 1


def _followed_by_content(features: Sequence[Features], index: int) -> bool:
    """Whether a short line stands over a sentence: then it is a heading rather than a name."""
    if features[index].words > 8 or index + 1 >= len(features):
        return False
    following = features[index + 1]
    return following.words >= 8 and following.small > _LIST_OF_PEOPLE_SMALL or following.words >= 15 and following.sentence


def _lone_word(block: Features) -> bool:
    return block.caps and block.words == 1


def _title(features: Sequence[Features], words: Vocabulary, labels: list[Label | None]) -> None:
    """The first line that names the document: marked as a heading, or with a word such as `Verslag`."""
    top = [f for f in features[:_TOP] if labels[f.index] is None and not f.blank and not f.number]
    named = next((f for f in top[:15] if _is_named(f, words)), None)
    heading = next((f for f in top if f.marked), None)
    entitled = any(f.key and words.is_whole(Role.TITLE_KEY, f.key) for f in features[:_TOP])
    if heading is not None and _only_title(heading, features, words, entitled=entitled):
        labels[heading.index] = Label.TITLE
    elif named is not None:
        labels[named.index] = Label.TITLE
    for block in top:
        if labels[block.index] is Label.TITLE or block.marked or block.number or block.nesting or block.sentence:
            break
        if block.words > 12 or block.strong or block.colon:
            break
        labels[block.index] = Label.METADATA


def _is_named(block: Features, words: Vocabulary) -> bool:
    """Whether a line near the top says what the document is."""
    if block.marked or block.nesting or block.words > 30 or _fact(block, words):
        return False
    if words.begins(Role.ITEM, block.title) or words.begins(Role.PEOPLE, block.title) and not words.is_whole(Role.TITLE, block.title):
        return words.begins(Role.TITLE, block.title)
    return words.contains(Role.TITLE, block.text)


def _only_title(first: Features, features: Sequence[Features], words: Vocabulary, *, entitled: bool) -> bool:
    """Whether the first marked heading names the document rather than an item.

    Args:
        first: the heading.
        features: of all blocks.
        words: the vocabulary.
        entitled: whether the document's title is given elsewhere, in its front matter.
    """
    levels = [f.marked for f in features if f.marked and f.index != first.index]
    if words.is_whole(Role.AGENDA, first.title) or words.is_whole(Role.WRAPPER, first.title):
        return first.marked == 1 and 1 not in levels and first.index == 0
    if first.marked == 1 and 1 not in levels and not entitled:
        return True
    if not words.contains(Role.TITLE, first.text):
        return False
    if first.marked not in levels or any(c.isdigit() for c in first.text):
        return True
    return first.index <= 3 and words.begins(Role.TITLE, first.text)


def _fact(block: Features, words: Vocabulary) -> bool:
    """Whether a block says something about the meeting itself: a known key before a colon or in the first cell."""
    key = block.key or ("" if block.marked else re.split(r":| \| ", block.text)[0])
    if not key or len(key.split()) > 5 or key == block.text:
        return False
    return words.is_whole(Role.METADATA, key) or words.is_whole(Role.PEOPLE, key)


def _facts(features: Sequence[Features], words: Vocabulary, labels: list[Label | None]) -> None:
    """Keys of facts near the top, and the headings over them."""
    headed = False
    for block in features[:_TOP]:
        if labels[block.index] is not None:
            continue
        if block.marked:
            usual = any(words.is_whole(r, block.title) for r in (Role.WRAPPER, Role.CLOSING, Role.AGENDA))
            if headed or usual or not words.is_whole(Role.METADATA, block.title):
                headed = True
                continue
        if _fact(block, words) or block.marked:
            labels[block.index] = Label.METADATA
            listed = block.index + 1
            while block.colon and listed < len(features) and features[listed].bullet and labels[listed] is None:
                labels[listed] = Label.METADATA
                listed += 1
