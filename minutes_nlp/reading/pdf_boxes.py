"""Boxes drawn around some words beside or between the text: each is read by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from minutes_nlp.reading.pdf_lines import lines_of
from minutes_nlp.reading.pdf_page import Word
from minutes_nlp.reading.pdf_tables import Cell

_MOST = 60  # words in a box; with more it is a frame around the text
_DIAGRAM = 6  # boxes of a page from which they are a diagram: its parts are no sentences, and are not read as such


def boxes_of(frames: Sequence[Cell], words: Sequence[Word]) -> list[Cell]:
    """Those of the boxes drawn on a page that are read by themselves.

    A box with one line that stands level with words outside is a part of their line, as a field of a form is.
    """
    outside, held = by_box(words, frames)
    found = [frame for frame, inside in held.items() if 0 < len(inside) <= _MOST and _stands_alone(inside, outside)]
    return found if len(found) < _DIAGRAM else []


def _stands_alone(inside: Sequence[Word], outside: Sequence[Word]) -> bool:
    if len(lines_of(inside)) > 1:
        return True
    base, size = inside[0].base, inside[0].size
    return not any(abs(word.base - base) < 0.5 * size for word in outside)


def by_box(words: Iterable[Word], boxes: Sequence[Cell]) -> tuple[list[Word], dict[Cell, list[Word]]]:
    """The words outside all boxes, and those in each box in turn; one in another box has its words for itself."""
    inside: dict[Cell, list[Word]] = {box: [] for box in boxes}
    inner_first = sorted(boxes, key=_height)
    outside: list[Word] = []
    for word in words:
        box = next((box for box in inner_first if box.holds(word)), None)
        (outside if box is None else inside[box]).append(word)
    return outside, inside


def _height(box: Cell) -> float:
    return box.bottom - box.top
