"""From blocks to their roles."""

from __future__ import annotations

from minutes_nlp.language import NormalisedText, TextBlock
from minutes_nlp.layout.sections import Heading, Label, Layout
from minutes_nlp.reading import BlockKind


def analyse(normalised: NormalisedText) -> Layout:
    """Tell what every block is for."""
    marked = [i for i, block in enumerate(normalised.blocks) if block.kind is BlockKind.HEADING]
    levels = sorted({normalised.blocks[i].block.level for i in marked})
    headings = [_heading(normalised, i, levels.index(normalised.blocks[i].block.level) + 1) for i in marked]
    labels = [Label.HEADING if i in set(marked) else Label.BODY for i in range(len(normalised.blocks))]
    heading_of: list[int | None] = []
    current: int | None = None
    for index in range(len(normalised.blocks)):
        if current is None or (current + 1 < len(marked) and marked[current + 1] <= index):
            current = next((n for n, m in enumerate(marked) if m == index), current)
        heading_of.append(current)
    closed = tuple(
        Heading(h.block, h.line, h.number, h.title, h.level, _end(normalised, headings, n))
        for n, h in enumerate(headings)
    )
    return Layout(tuple(labels), closed, tuple(heading_of))


def _heading(normalised: NormalisedText, index: int, level: int) -> Heading:
    block: TextBlock = normalised.blocks[index]
    number = block.block.marker.strip("().:") or None
    return Heading(index, block.span, number, block.span.text(normalised.text), level, block.span.end)


def _end(normalised: NormalisedText, headings: list[Heading], position: int) -> int:
    following = (h.line.start for h in headings[position + 1 :] if h.level <= headings[position].level)
    return next(following, len(normalised.text))
