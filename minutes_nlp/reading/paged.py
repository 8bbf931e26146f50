"""The text and the blocks of paragraphs and tables whose pages are known."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import replace

from minutes_nlp.reading.compose import compose
from minutes_nlp.reading.document import Block
from minutes_nlp.reading.flow import Element, paragraphs, printed

Paged = tuple[Element, int]  # with the page that it starts on, from 1


def written(placed: Sequence[Paged]) -> tuple[str, tuple[Block, ...]]:
    """The text, and its blocks with the page that each starts on; both empty if nothing can be seen.

    Paragraphs that know their own page, as those of a table that goes on after a page break do, keep it.
    """
    for element, page in placed:
        for paragraph in paragraphs([element]):
            paragraph.page = paragraph.page or page
    return numbered([element for element, _ in placed])


def numbered(elements: Sequence[Element]) -> tuple[str, tuple[Block, ...]]:
    """The text, and its blocks with the page of their first paragraph, `None` where that is unknown."""
    text, blocks = compose(elements)
    starts: list[int] = []
    pages: list[int] = []
    position = 0
    for paragraph in paragraphs(list(elements)):
        for number, line in enumerate(printed(paragraph)):
            found = text.find(line, position)
            if found < 0:
                continue
            position = found + len(line)
            if not number:
                starts.append(found)
                pages.append(paragraph.page)
    return text, tuple(replace(block, page=_page(block.span.start, starts, pages)) for block in blocks)


def _page(start: int, starts: Sequence[int], pages: Sequence[int]) -> int | None:
    """The page of the last paragraph that begins at or before an offset into the text."""
    position = max(bisect.bisect_right(starts, start) - 1, 0)
    return (pages[position] or None) if pages else None
