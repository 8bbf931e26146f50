"""Tables of text that fit a terminal: cells wrap at spaces, nothing is cut off, and 10,000 rows take no time.

Widths count characters; what a terminal shows two columns wide (Chinese, emoji) makes a line longer than planned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from minutes_nlp.cli.problems import printable

_LONGEST_WORDS = (18, 12)  # longer words may be cut apart to make a column narrower; the first that fits
_NARROW = 60  # characters below which a table with words cut apart is hard to read
_COMPARED = 100  # rows by which the lines of a table and of blocks are compared
_GAP = "  "


def clean(text: str) -> str:
    """`text` on one line, without control characters."""
    return printable(" ".join(text.split()))


def table_lines(
    headings: Sequence[str], columns: Sequence[Sequence[str]], width: int, colon: str = ":"
) -> Iterator[str]:
    """The lines of a table, none longer than `width`.

    Where not even the longest words would fit side by side, each row becomes a block of `heading: value` lines; on a
    narrow terminal also where words would be cut apart, unless that takes many more lines.

    Args:
        headings: one per column.
        columns: the cells of each column, on one line each (see `clean`); all columns have as many.
        width: characters to fill.
        colon: what stands after a heading in a block.
    """
    available = width - len(_GAP) * (len(headings) - 1)
    natural = [max(len(heading), *map(len, cells)) for heading, cells in zip(headings, columns, strict=True)]
    words = [_longest_word(heading, cells) for heading, cells in zip(headings, columns, strict=True)]
    floors = [whole if whole <= _LONGEST_WORDS[-1] else word for whole, word in zip(natural, words, strict=True)]
    choices = ([min(longest, floor) for floor in floors] for longest in _LONGEST_WORDS)
    least = next((choice for choice in choices if sum(choice) <= available), None)
    labels = [heading + colon for heading in headings]
    if least is None:
        yield from _blocks(labels, columns, width)
        return
    usual = [sum(map(len, cells)) / max(1, len(cells)) for cells in columns]
    widths = _fit(natural, usual, least, available)
    if width < _NARROW and any(column < word for column, word in zip(widths, words, strict=True)):
        first = [cells[:_COMPARED] for cells in columns]
        lines = sum(1 for cells in zip(*first, strict=True) for _ in _row(cells, widths))
        if sum(1 for _ in _blocks(labels, first, width)) < lines * 1.5:
            yield from _blocks(labels, columns, width)
            return
    yield from _row(headings, widths)
    yield _GAP.join("─" * column for column in widths)
    for cells in zip(*columns, strict=True):
        yield from _row(cells, widths)


def _longest_word(heading: str, cells: Sequence[str]) -> int:
    """The length of the longest word in a column, at least 1."""
    return max((len(word) for text in {heading, *cells} for word in text.split()), default=1)


def _fit(natural: Sequence[int], usual: Sequence[float], least: Sequence[int], available: int) -> list[int]:
    """Widths whose sum is at most `available`, none below its least.

    What is left above the least goes, bit by bit, to the column whose usual cell takes the most lines.
    """
    widths = list(least)
    if sum(natural) <= available:
        return list(natural)
    for _ in range(available - sum(least)):
        growing = [at for at, width in enumerate(widths) if width < natural[at]]
        if not growing:
            break
        widths[max(growing, key=lambda at: (usual[at] / widths[at], natural[at] / widths[at]))] += 1
    return widths


def _row(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """The lines of one row."""
    if all(len(text) <= column for text, column in zip(cells, widths, strict=True)):
        yield _GAP.join([text.ljust(column) for text, column in zip(cells, widths, strict=True)]).rstrip()
        return
    wrapped = [wrap(text, column) for text, column in zip(cells, widths, strict=True)]
    for line in zip_longest(*wrapped, fillvalue=""):
        yield _GAP.join([text.ljust(column) for text, column in zip(line, widths, strict=True)]).rstrip()


def wrap(text: str, width: int, indent: int = 0) -> list[str]:
    """`text` in lines of at most `width` characters, broken at spaces; a longer word is cut apart.

    Lines after the first begin with `indent` spaces.
    """
    if len(text) <= width:
        return [text]
    lines: list[str] = []
    line, margin = "", ""
    for word in text.split(" "):
        if line.strip() and len(line) + 1 + len(word) <= width:
            line = f"{line} {word}"
            continue
        if line.strip():
            lines.append(line)
            margin = " " * indent
        line = margin + word
        while len(line) > width:
            lines.append(line[:width])
            margin = " " * indent
            line = margin + line[width:]
    return [*lines, line] if line.strip() else lines


def _blocks(headings: Sequence[str], columns: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    for number, cells in enumerate(zip(*columns, strict=True)):
        if number:
            yield ""
        for heading, text in zip(headings, cells, strict=True):
            if text:
                yield from wrap(f"{heading} {text}", max(width, 10), indent=2)
