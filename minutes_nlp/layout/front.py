"""The parts around the report other than people: title, facts of the meeting, timetable."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from minutes_nlp.language.normalise import CELL_SEPARATOR
from minutes_nlp.layout.features import Features
from minutes_nlp.layout.people import label_people
from minutes_nlp.layout.sections import Label
from minutes_nlp.layout.words import Role, Vocabulary
from minutes_nlp.reading import BlockKind

_TOP = 40  # blocks within which title and facts are looked for
_NEAR = 15  # of these, the first in which an unmarked title may stand
_SEVERAL = 3  # numbered headings from which one of the same level without number is none of the items
_TITLE = 30  # words that a title may have
_FACT = 12  # words that a short line above the title, or a listed fact, may have
_FACTS = (Label.TITLE, Label.METADATA)
_TIMED = 40  # words that a line of a timetable may have


def label_front(features: Sequence[Features], words: Vocabulary) -> list[Label | None]:
    """Labels of the blocks that belong to the title, the facts, the people or a timetable; `None` for the others."""
    labels: list[Label | None] = [None] * len(features)
    _label_timetables(features, words, labels)
    label_people(features, words, labels)
    _label_title(features, words, labels)
    _label_facts(features, words, labels)
    return labels


def _label_timetables(features: Sequence[Features], words: Vocabulary, labels: list[Label | None]) -> None:
    """Two or more neighbouring lines that each begin with a time, with the line over them that announces them."""
    for timed, group in itertools.groupby(features, key=lambda f: f.timed and f.words <= _TIMED):
        lines = list(group)
        if not timed or len(lines) < 2:
            continue
        start, stop = lines[0].index, lines[-1].index + 1
        above = features[start - 1] if start else None
        if above is not None and not above.marked and (above.colon or words.is_whole(Role.AGENDA, above.title)):
            start -= 1
        labels[start:stop] = [Label.TIMETABLE] * (stop - start)


def _label_title(features: Sequence[Features], words: Vocabulary, labels: list[Label | None]) -> None:
    """The first line that names the document, marked as a heading or with a word such as `Verslag`.

    Short lines above it (the body's name and address) are facts, and so is a second title with the date of the meeting
    where the other headings of its level are numbered.
    """
    top = [f for f in features[:_TOP] if labels[f.index] is None and not f.blank and not f.number]
    heading = next((f for f in top if f.marked), None)
    named = next((f for f in top[:_NEAR] if _is_named(f, words)), None)
    entitled = any(f.key and words.is_whole(Role.TITLE_KEY, f.key) for f in features[:_TOP])
    if heading is not None and _is_title(heading, features, words, entitled=entitled):
        labels[heading.index] = Label.TITLE
    elif named is not None:
        labels[named.index] = Label.TITLE
    numbered = Counter(f.marked for f in features if f.number)
    for block in top[:_NEAR]:
        beside = numbered[block.marked] >= _SEVERAL if block.marked else _subtitles(block, labels)
        says = words.is_whole(Role.WRAPPER, block.title) and words.contains(Role.TITLE, block.title)
        if beside and (_names_meeting(block, words) or ((block.dated or says) and not block.marked)):
            labels[block.index] = labels[block.index] or Label.METADATA
    for block in top:
        if labels[block.index] is Label.TITLE or block.marked or block.nesting or block.sentence:
            break
        if block.words > _FACT or block.strong or block.colon:
            break
        labels[block.index] = Label.METADATA


def _subtitles(block: Features, labels: Sequence[Label | None]) -> bool:
    """Whether a short unmarked line stands right below the title, or below what belongs to it."""
    if not block.index or block.sentence or block.nesting or block.words > _FACT:
        return False
    return labels[block.index - 1] in _FACTS


def _names_meeting(block: Features, words: Vocabulary) -> bool:
    """Whether a title names a meeting with its date (`Raad van 24 september 2024`)."""
    parts = re.findall(r"[^\W_]+", block.title.casefold())
    dated = any(p in words.calendar for p in parts) and any(p.isdigit() for p in parts)
    return dated and words.contains(Role.TITLE, block.title)


def _is_named(block: Features, words: Vocabulary) -> bool:
    """Whether an unmarked line near the top says what the document is."""
    if block.marked or block.nesting or block.words > _TITLE or _is_fact(block, words):
        return False
    person = words.begins(Role.PEOPLE, block.title) and not words.is_whole(Role.TITLE, block.title)
    if person or words.begins(Role.ITEM, block.title):
        return words.begins(Role.TITLE, block.title)
    return words.contains(Role.TITLE, block.text)


def _is_title(first: Features, features: Sequence[Features], words: Vocabulary, *, entitled: bool) -> bool:
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
    if first.marked not in levels or first.index == 0 or any(c.isdigit() for c in first.text):
        return True
    return first.index <= 3 and words.begins(Role.TITLE, first.text)


def _label_facts(features: Sequence[Features], words: Vocabulary, labels: list[Label | None]) -> None:
    """Keys of facts near the top, and headings over them before the first heading of another kind."""
    headed = False
    for block in features[:_TOP]:
        if labels[block.index] is not None:
            continue
        if block.marked:
            headed = headed or not heads_facts(block, words)
            if headed:
                continue
        if _is_fact(block, words) or block.marked:
            labels[block.index] = Label.METADATA
            if block.colon and not words.is_whole(Role.WRAPPER, block.title):
                _label_listed_facts(features, block.index + 1, labels)
    for above, block, below in zip(features, features[1:_TOP], features[2:], strict=False):
        among = labels[above.index] in _FACTS and labels[below.index] is Label.METADATA
        one = block.keyed or block.kind is BlockKind.TABLE_ROW
        if among and one and not block.number and labels[block.index] is None:  # an unknown key of a fact
            labels[block.index] = Label.METADATA


def heads_facts(block: Features, words: Vocabulary) -> bool:
    """Whether a heading (`Links`) announces facts, and isn't usual for the report too; a number makes it an item."""
    if block.number:
        return False
    usual = any(words.is_whole(role, block.title) for role in (Role.WRAPPER, Role.CLOSING, Role.AGENDA))
    return words.is_whole(Role.METADATA, block.title) and not usual


def _is_fact(block: Features, words: Vocabulary) -> bool:
    """Whether a block says something about the meeting itself: a known key before a colon or in the first cell."""
    key = block.label or block.text.partition(CELL_SEPARATOR)[0]
    if block.marked or key == block.text or (block.number and words.is_whole(Role.CLOSING, key)):
        return False
    return words.is_whole(Role.METADATA, key) or words.is_whole(Role.PEOPLE, key)


def _label_listed_facts(features: Sequence[Features], begin: int, labels: list[Label | None]) -> None:
    """A bare list below the key of a fact (`Bijlagen:`), of bullets or numbered from 1."""
    listed = list(itertools.takewhile(lambda f: f.bullet and labels[f.index] is None, features[begin:]))
    if not listed:
        numbered = itertools.takewhile(lambda f: f.number and labels[f.index] is None, features[begin:])
        listed = [f for place, f in enumerate(numbered, 1) if f.ordinal == place and f.depth == 1]
        listed = listed if len(listed) > 1 else []
    if all(f.nesting <= 1 and f.words <= _FACT and not f.marked for f in listed):
        labels[begin : begin + len(listed)] = [Label.METADATA] * len(listed)
