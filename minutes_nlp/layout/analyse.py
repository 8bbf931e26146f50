"""From blocks to their roles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes_nlp.language import NormalisedText
from minutes_nlp.layout.agenda import find_announced
from minutes_nlp.layout.features import Features, describe
from minutes_nlp.layout.front import label_front
from minutes_nlp.layout.outline import Entry, outline
from minutes_nlp.layout.sections import Heading, Label, Layout
from minutes_nlp.layout.styles import Field
from minutes_nlp.layout.words import vocabulary


def analyse(normalised: NormalisedText) -> Layout:
    """Tell what every block is for, and how the report is divided."""
    words = vocabulary()
    features = describe(normalised, words)
    labels = label_front(features, words)
    announced = find_announced(features, labels, words)
    for index in announced.blocks:
        labels[index] = Label.AGENDA_LIST
    closed = frozenset(index for index, label in enumerate(labels) if label is not None)
    people = frozenset(
        word
        for feature, label in zip(features, labels, strict=True)
        if label is Label.ATTENDANCE
        for word in re.findall(r"[^\W\d_]+", feature.text.casefold())
    )
    entries = outline(Field(features, closed, people, words), announced)
    for entry in entries:
        labels[entry.block] = Label.HEADING
    headings = _headings(normalised, features, entries)
    settled = tuple(label or Label.BODY for label in labels)
    return Layout(settled, headings, _heading_of(len(features), entries))


def _headings(
    normalised: NormalisedText, features: Sequence[Features], entries: Sequence[Entry]
) -> tuple[Heading, ...]:
    headings = []
    for position, entry in enumerate(entries):
        block, feature = normalised.blocks[entry.block], features[entry.block]
        following = next((e.block for e in entries[position + 1 :] if e.level <= entry.level), None)
        end = len(normalised.text) if following is None else normalised.blocks[following].span.start
        headings.append(
            Heading(entry.block, block.span, feature.number, feature.title, entry.level, end, entry.confidence)
        )
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
