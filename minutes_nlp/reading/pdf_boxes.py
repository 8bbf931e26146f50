"""Boxes drawn around some words beside or between the text: each is read by itself, or is a part of a drawing."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence

from minutes_nlp.reading.pdf_lines import lines_of
from minutes_nlp.reading.pdf_page import Word
from minutes_nlp.reading.pdf_tables import Cell, Grid

_MOST = 60  # words in a box; with more it is a frame around the text
_DRAWING = 6  # boxes of a page from which they may be a drawing
_LABEL = 8  # words in most boxes of a drawing: its parts are no sentences
_STEPS = 3  # boxes in the lanes of a drawing


def boxes_of(frames: Sequence[Cell], words: Sequence[Word]) -> dict[Cell, list[Word]]:
    """The words of those of the boxes drawn on a page that are read by themselves.

    A box with one line that stands level with words outside is a part of their line, as a field of a form is.
    """
    outside, held = by_box(words, frames)
    return {
        frame: inside for frame, inside in held.items() if 0 < len(inside) <= _MOST and _stands_alone(inside, outside)
    }


def is_drawing(boxes: Mapping[Cell, Sequence[Word]]) -> bool:
    """Whether boxes that stand in no table are the parts of a drawing: there are many, with few words each."""
    return len(boxes) >= _DRAWING and statistics.median(map(len, boxes.values())) <= _LABEL


def are_lanes(grid: Grid, boxes: Iterable[Cell]) -> bool:
    """Whether ruled lines that make no table are the lanes of a drawing: several boxes stand in them."""
    return sum(lies_in(box, grid) for box in boxes) >= _STEPS


def lies_in(box: Cell, grid: Grid) -> bool:
    """Whether a box is drawn within the lines of a table, from top to bottom."""
    return grid.top <= box.top and box.bottom <= grid.bottom


def _stands_alone(inside: Sequence[Word], outside: Sequence[Word]) -> bool:
    if len(lines_of(inside)) > 1:
        return True
    base, size = inside[0].base, inside[0].size
    return not any(abs(word.base - base) < 0.5 * size for word in outside)


def by_box(words: Iterable[Word], boxes: Iterable[Cell]) -> tuple[list[Word], dict[Cell, list[Word]]]:
    """The words outside all boxes, and those in each box in turn; one in another box has its words for itself."""
    inside: dict[Cell, list[Word]] = {box: [] for box in boxes}
    inner_first = sorted(inside, key=_height)
    outside: list[Word] = []
    for word in words:
        box = next((box for box in inner_first if box.holds(word)), None)
        (outside if box is None else inside[box]).append(word)
    return outside, inside


def _height(box: Cell) -> float:
    return box.bottom - box.top
