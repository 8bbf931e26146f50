"""The text and the blocks of paged paragraphs and tables."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import replace

from minutes_nlp.reading.compose import compose
from minutes_nlp.reading.document import Block
from minutes_nlp.reading.flow import Element, paragraphs, printed

Paged = tuple[Element, int]  # with the page that it starts on, from 1


def written(placed: Sequence[Paged]) -> tuple[str, tuple[Block, ...]]:
    """The text, and its blocks with the page that each starts on; both empty if nothing can be seen."""
    text, blocks = compose([element for element, _ in placed])
    return (text, _paged(text, blocks, placed)) if text else ("", ())


def _paged(text: str, blocks: Sequence[Block], placed: Sequence[Paged]) -> tuple[Block, ...]:
    """The blocks with the page that each starts on."""
    starts, numbers, position = [0], [placed[0][1]], 0
    for element, page in placed:
        first = position
        for paragraph in paragraphs([element]):
            for line in printed(paragraph):
                found = text.find(line, position)
                if found >= 0:
                    first = first if first > position else found
                    position = found + len(line)
        if page > numbers[-1]:
            starts.append(first)
            numbers.append(page)
    return tuple(replace(block, page=numbers[bisect.bisect_right(starts, block.span.start) - 1]) for block in blocks)
