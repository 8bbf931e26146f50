"""From the words of a page to its lines, and to the pieces of a line that wide gaps part."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from minutes_nlp.reading.marks import MARKER
from minutes_nlp.reading.pdf_page import Word

_SAME_LINE = 0.35  # times the size of the letters that words of a line may stand higher or lower
_RAISED = 0.55  # times the size that letters right after a word may stand higher
_GLUED = 0.12  # times the size: parts of a word in different looks stand closer
_WIDE = 1.6  # times the size: a gap that parts two pieces of a line
_HANGING = 6.0  # times the size that the text of an item may stand away from its number or bullet


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line with nothing but spaces between them."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with a space between them."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Left edge in points."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Right edge in points."""
        return max(word.right for word in self.words)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a page, its pieces from left to right."""

    pieces: tuple[Piece, ...]

    @property
    def words(self) -> list[Word]:
        """All words, from left to right."""
        return [word for piece in self.pieces for word in piece.words]

    @property
    def text(self) -> str:
        """The words with a space between them."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def left(self) -> float:
        """Left edge in points."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Right edge in points."""
        return self.pieces[-1].right

    @property
    def base(self) -> float:
        """Where most letters stand, in points from the top."""
        return max(self.words, key=lambda word: (word.size, len(word.text))).base

    @property
    def size(self) -> float:
        """Of most letters, in points, to a half."""
        sizes: dict[float, int] = {}
        for word in self.words:
            size = round(word.size * 2) / 2
            sizes[size] = sizes.get(size, 0) + len(word.text)
        return max(sizes, key=lambda size: sizes[size])

    @property
    def bold(self) -> bool:
        """Whether all letters are bold, marks and numbers before them aside."""
        return all(word.bold for word in self._lettered())

    @property
    def underlined(self) -> bool:
        """Whether all letters are underlined, marks and numbers before them aside."""
        return all(word.underlined for word in self._lettered())

    def _lettered(self) -> list[Word]:
        words = self.words
        if len(words) > 1 and MARKER.fullmatch(words[0].text):
            words = words[1:]
        return [word for word in words if any(map(str.isalpha, word.text))] or words


def lines_of(words: Iterable[Word]) -> list[PrintedLine]:
    """The lines from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(_level(words), key=lambda word: (word.base, word.left)):
        row = _row_of(word, rows)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    printed = [PrintedLine(tuple(_pieces(_merged(sorted(row, key=lambda word: word.left))))) for row in rows]
    return sorted(printed, key=lambda line: (line.base, line.left))


def turned_lines(words: Iterable[Word]) -> Iterator[PrintedLine]:
    """The lines of words that are printed upwards or downwards: those that stand one above the other."""
    line: list[Word] = []
    for word in words:
        if line and abs(word.left - line[-1].left) > word.size:
            yield PrintedLine((Piece(tuple(line)),))
            line = []
        line.append(word)
    if line:
        yield PrintedLine((Piece(tuple(line)),))


def _level(words: Iterable[Word]) -> Iterator[Word]:
    """The words, letters raised right after a word (`3ème`) set level with it."""
    before: Word | None = None
    for word in words:
        if before is not None and word.glued and -_GLUED * word.size < word.left - before.right < _GLUED * word.size:
            raised = 0 < before.base - word.base <= _RAISED * before.size
            before = replace(word, base=before.base) if raised else word
        else:
            before = word
        yield before


def _row_of(word: Word, rows: list[list[Word]]) -> list[Word] | None:
    """The row that a word stands in: one of the last two, since raised letters come first.

    It is compared with the nearest word of the row: the lines of a scanned page slope.
    """
    for row in reversed(rows[-2:]):
        nearest = min(row, key=lambda other: (max(word.left - other.right, other.left - word.right), -other.size))
        reach = _SAME_LINE * max(word.size, nearest.size)
        if abs(word.base - nearest.base) <= reach and not _covered(word, row):
            return row
    return None


def _covered(word: Word, row: Sequence[Word]) -> bool:
    """Whether a word is printed over those of a row."""
    width = word.right - word.left
    return any(
        min(word.right, other.right) - max(word.left, other.left) > 0.5 * min(width, other.right - other.left) > 0
        and abs(word.base - other.base) > 0.1 * word.size
        for other in row
    )


def _merged(words: Sequence[Word]) -> list[Word]:
    """Words with those joined to them that are parts of them in another look."""
    merged: list[Word] = []
    for word in words:
        if merged and word.glued and -0.9 * word.size < word.left - merged[-1].right < _GLUED * word.size:
            last = merged[-1]
            larger = max(last, word, key=lambda part: (len(part.text), part.size))
            merged[-1] = replace(
                last,
                text=last.text + word.text,
                right=max(last.right, word.right),
                size=larger.size,
                base=larger.base,
                bold=larger.bold,
            )
        else:
            merged.append(word)
    return merged


def _pieces(words: Sequence[Word]) -> list[Piece]:
    """The pieces of a line; a bullet or number belongs to the text after it."""
    groups: list[list[Word]] = []
    for word in words:
        if groups:
            before = groups[-1][-1]
            gap = (word.left - before.right) / max(word.size, before.size)
            marked = len(groups[-1]) == 1 and gap <= _HANGING and MARKER.fullmatch(before.text)
            numbered = len(groups[-1]) == 1 and gap <= _HANGING and before.text.replace(".", "").isdigit()
            if gap < _WIDE or marked or (numbered and len(groups) == 1):
                groups[-1].append(word)
                continue
        groups.append([word])
    return [Piece(tuple(group)) for group in groups]


def leading(lines: Sequence[PrintedLine]) -> float:
    """The usual distance from one line to the next, in points; 0 if there are no two."""
    steps = [after.base - before.base for before, after in itertools.pairwise(lines)]
    close = [step for step, line in zip(steps, lines[1:], strict=True) if 0.5 * line.size < step < 2.0 * line.size]
    return statistics.median(close) if close else 0.0
