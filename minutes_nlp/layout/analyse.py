"""From blocks to their roles.

In this order, since each step looks at what is left: the form of each block (`features`), the people, facts and title
around the report (`people`, `front`), the announced agenda (`agenda`), and the headings of the report (`outline`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes_nlp.language import NormalisedText
from minutes_nlp.layout.agenda import find_announced
from minutes_nlp.layout.features import Features, describe
from minutes_nlp.layout.front import heads_facts, label_front
from minutes_nlp.layout.outline import Entry, outline
from minutes_nlp.layout.sections import Heading, Label, Layout
from minutes_nlp.layout.styles import Field
from minutes_nlp.layout.words import Vocabulary, vocabulary

_APART = frozenset({Label.METADATA, Label.ATTENDANCE, Label.TIMETABLE})  # surely no part of the report
_ATTACHMENT = 12  # words that an entry of a list of attachments may have
_BRACKETED = re.compile(r"\([^()\]]*[)\]]?")


def analyse(normalised: NormalisedText) -> Layout:
    """Tell what every block is for, and how the report is divided.

    Deterministic. A report without headings is divided by its paragraphs; only a document with nothing but facts,
    people and an announced agenda has no headings at all.
    """
    words = vocabulary()
    features = describe(normalised, words)
    labels = label_front(features, words)
    announced = find_announced(features, labels, words)
    for index in announced.blocks:
        labels[index] = Label.AGENDA_LIST
    _label_heads(features, labels)
    _label_attachments(features, labels, words)
    closed = frozenset(index for index, label in enumerate(labels) if label is not None)
    people = _words_of_names(features, labels, words.particles)
    entries = outline(Field(features, closed, people, words), announced)
    for entry in entries:
        labels[entry.block] = Label.HEADING
    headings = _headings(normalised, features, entries)
    settled = tuple(label or Label.BODY for label in labels)
    return Layout(settled, headings, _heading_of(len(features), entries))


def _label_heads(features: Sequence[Features], labels: list[Label | None]) -> None:
    """Marked headings under which nothing of the report stands get the label of what does: `Agenda` over a timetable.

    A numbered one is an item all the same: the meeting dealt with it in a list.
    """
    stop = len(features)
    for head in reversed(features):
        if not head.marked:
            continue
        below = [labels[f.index] for f in features[head.index + 1 : stop] if not f.blank]
        if labels[head.index] is None and not head.number and below and set(below) <= _APART:
            labels[head.index] = below[-1]
        stop = head.index


def _label_attachments(features: Sequence[Features], labels: list[Label | None], words: Vocabulary) -> None:
    """A last marked heading over a bare list of what goes with the minutes (`Bijlagen`), and that list, are facts."""
    head = next((f for f in reversed(features) if f.marked), None)
    if head is None or not heads_facts(head, words):
        return
    listed = [f for f in features[head.index + 1 :] if not f.blank]
    if listed and all(_may_be_attached(f) and labels[f.index] is None for f in listed):
        labels[head.index :] = [Label.METADATA] * (len(features) - head.index)


def _may_be_attached(block: Features) -> bool:
    return block.nesting == 1 and block.words <= _ATTACHMENT and not block.sentence


def _words_of_names(
    features: Sequence[Features], labels: Sequence[Label | None], particles: frozenset[str]
) -> frozenset[str]:
    """The words of the lists of people in lower case, without what stands in brackets (organisations, functions).

    Where a list writes names with a capital, its words without one (`wijkagent`) are none, particles aside.
    """
    names: set[str] = set()
    for block, label in zip(features, labels, strict=True):
        if label is Label.ATTENDANCE:
            found = re.findall(r"[^\W\d_]+", _BRACKETED.sub(" ", block.text))
            high = [word for word in found[1:] if word[0].isupper()]
            names.update(w.casefold() for w in found if not high or w[0].isupper() or w.casefold() in particles)
    return frozenset(names)


def _headings(
    normalised: NormalisedText, features: Sequence[Features], entries: Sequence[Entry]
) -> tuple[Heading, ...]:
    headings = []
    for position, entry in enumerate(entries):
        block, feature = normalised.blocks[entry.block], features[entry.block]
        following = next((e.block for e in entries[position + 1 :] if e.level <= entry.level), None)
        end = len(normalised.text) if following is None else normalised.blocks[following].span.start
        line = feature.topic or block.span
        title = feature.topic.text(normalised.text) if feature.topic else feature.title
        headings.append(Heading(entry.block, line, feature.number, title, entry.level, end, entry.confidence))
    return tuple(headings)


def _heading_of(count: int, entries: Sequence[Entry]) -> tuple[int | None, ...]:
    """For each block the position of the last heading at or before it."""
    positions = {entry.block: position for position, entry in enumerate(entries)}
    found: list[int | None] = []
    current: int | None = None
    for block in range(count):
        current = positions.get(block, current)
        found.append(current)
    return tuple(found)
