"""Text set in columns side by side: which lines stand in which column, and how wide a column is."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from minutes_nlp.reading.marks import MARKER
from minutes_nlp.reading.pdf_lines import Piece, PrintedLine
from minutes_nlp.reading.sides import two_languages

_GUTTER = 9.0  # points between two columns at least
_INNER = (0.2, 0.8)  # of the width of the text, where a gutter may lie
_FEWEST = 4  # lines of a column
_CLOSE = 1.6  # times the size of letters: the distance of lines of one item
_MARGIN = 0.75  # of the way to where lines end, from which a margin may begin
_SAME_LEFT = 3.0  # points within which the lines of a margin begin
_SMALL = 0.85  # times the usual size: letters of a note in the margin
_FULL = 0.6  # of its width that the lines of running text fill, most of them
_WORDS = 3.0  # on a line of running text, on average

Gap = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Region:
    """Lines that are read one after the other.

    Attributes:
        lines: from top to bottom.
        edge: where the longest of them may end, in points.
        shift: how far they stand to the right of the first of several columns, in points.
    """

    lines: tuple[PrintedLine, ...]
    edge: float
    shift: float = 0.0


def regions(lines: Sequence[PrintedLine], edge: float) -> list[Region]:
    """The lines of a page in reading order: columns of running text, of lists, or in two languages, one by one.

    What is printed in small letters in the margin on the right comes first.

    Args:
        lines: from top to bottom.
        edge: where the lines end that reach across the page.
    """
    margin, lines = _margin(lines, edge)
    if margin:
        return [Region(tuple(margin), max(line.right for line in margin)), *regions(lines, edge)]
    found: list[Region] = []
    plain: list[PrintedLine] = []
    index = 0
    while index < len(lines):
        columns = _columns(lines, index)
        if columns is None:
            plain.append(lines[index])
            index += 1
            continue
        used, parts = columns
        found += [Region(tuple(plain), edge)] if plain else []
        plain = []
        lefts = [min(line.left for line in part) for part in parts]
        found += [
            Region(part, max(line.right for line in part), left - lefts[0])
            for part, left in zip(parts, lefts, strict=True)
        ]
        index += used
    return [*found, *([Region(tuple(plain), edge)] if plain else [])]


def _margin(lines: Sequence[PrintedLine], edge: float) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """The lines of a margin on the right, and the others.

    Small letters tell that there is one. What begins where most of them begin stands in it too, in whatever letters.
    """
    usual = statistics.median(word.size for line in lines for word in line.words)
    beyond = [piece for line in lines for piece in line.pieces if piece.left > _MARGIN * edge]
    small = [piece for piece in beyond if piece.words[0].size <= _SMALL * usual]
    if len(small) < _FEWEST:
        return [], list(lines)
    begin = statistics.mode(round(piece.left) for piece in small)
    inside = {id(p) for p in (*small, *(piece for piece in beyond if abs(piece.left - begin) <= _SAME_LEFT))}
    margin: list[PrintedLine] = []
    rest: list[PrintedLine] = []
    for line in lines:
        aside = tuple(piece for piece in line.pieces if id(piece) in inside)
        others = tuple(piece for piece in line.pieces if id(piece) not in inside)
        margin += [PrintedLine(aside)] if aside else []
        rest += [PrintedLine(others)] if others else []
    return (margin, rest) if len(margin) >= _FEWEST and rest else ([], list(lines))


def _columns(lines: Sequence[PrintedLine], first: int) -> tuple[int, list[tuple[PrintedLine, ...]]] | None:
    """How many lines from `first` on stand in two columns, and the lines of each; `None` if there are none."""
    if len(lines[first].pieces) != 2 and not (first + 1 < len(lines) and _beside(lines[first], lines[first + 1])):
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    gaps = [(left + _INNER[0] * (right - left), left + _INNER[1] * (right - left))]
    last = first
    while last < len(lines):
        open_ = _open(gaps, lines[last].pieces)
        if not open_:
            break
        gaps = open_
        last += 1
    for gap in sorted(gaps, key=lambda gap: gap[0] - gap[1]):
        sides = _sides(lines[first:last], gap)
        if all(len(side) >= _FEWEST for side in sides) and (_prose(sides) or two_languages(*map(_text, sides))):
            return last - first, sides
        until = _end_of_lists(lines[first:last], gap)
        sides = _sides(lines[first : first + until], gap)
        if all(map(_is_list, sides)):
            return until, sides
    return None


def _end_of_lists(lines: Sequence[PrintedLine], gap: Gap) -> int:
    """How many lines stand beside one another, and those that the last item on the left goes on with."""
    until = max((n for n, line in enumerate(lines, 1) if line.right > gap[1]), default=0)
    begin = min((line.left for line in lines[:until]), default=0.0)
    while 0 < until < len(lines):
        line, before = lines[until], lines[until - 1]
        if line.left < begin + line.size or line.base - before.base > _CLOSE * line.size:
            break
        until += 1
    return until


def _is_list(side: Sequence[PrintedLine]) -> bool:
    """Whether lines are items with bullets or numbers, some of them broken."""
    items = [MARKER.match(line.text) is not None for line in side]
    return len(items) >= _FEWEST and items[0] and sum(items) > len(items) / 2


def _beside(line: PrintedLine, other: PrintedLine) -> bool:
    """Whether two lines stand side by side, one a little lower."""
    apart = line.right + _GUTTER <= other.left or other.right + _GUTTER <= line.left
    return apart and other.base - line.base < line.size


def _open(gaps: Sequence[Gap], pieces: Sequence[Piece]) -> list[Gap]:
    """What is left of gaps when a line is printed over them."""
    for piece in pieces:
        parts: list[Gap] = []
        for start, end in gaps:
            parts += [(start, min(end, piece.left)), (max(start, piece.right), end)]
        gaps = [(start, end) for start, end in parts if end - start >= _GUTTER]
    return list(dict.fromkeys(gaps))


def _sides(lines: Sequence[PrintedLine], gap: Gap) -> list[tuple[PrintedLine, ...]]:
    """The lines left and right of a gap."""
    sides: list[tuple[PrintedLine, ...]] = []
    for right in (False, True):
        parts = (tuple(p for p in line.pieces if (p.left >= gap[1] - 0.1) is right) for line in lines)
        sides.append(tuple(PrintedLine(pieces) for pieces in parts if pieces))
    return sides


def _prose(sides: Sequence[Sequence[PrintedLine]]) -> bool:
    """Whether both sides hold running text that fills its column."""
    for side in sides:
        width = max(line.right for line in side) - min(line.left for line in side)
        filled = statistics.median((line.right - line.left) / width for line in side) if width else 0.0
        words = statistics.fmean(len(line.words) for line in side)
        if filled < _FULL or words < _WORDS:
            return False
    return True


def _text(lines: Sequence[PrintedLine]) -> str:
    return " ".join(line.text for line in lines)
