"""Underlined words of a page: lines drawn right below them that are no longer than they are."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import replace

from minutes_nlp.reading.pdf_page import Box, Page, Ruling, Word
from minutes_nlp.reading.pdf_tables import MOST_LINES, whole

_BELOW = 0.3  # times the size that a line may lie below the letters it underlines
_AFTER_NUMBER = 0.25  # of the width of a word, its number (`II.1.Budget`) included, that lies over a line
_NUMBERED = re.compile(r"(?:(?:\d+|[IVXivx]+)[.)])+[^\W\d_]")
_SPACE = 0.3  # times the size: the width of a space, which may be underlined too; cells have more room in them
_ONE = 2.0  # points within which lines are one


def mark_underlined(page: Page) -> None:
    """Mark the words of a page that are underlined, and take the lines below them out of its drawn lines.

    A line that is longer than the words above it is one of a table or of a form. Links are underlined everywhere, so
    that it says nothing of them.
    """
    if not page.words or len(page.level) > MOST_LINES:
        return
    reach = _BELOW * max(word.size for word in page.words)
    by_base = sorted(range(len(page.words)), key=lambda index: page.words[index].base)
    bases = [page.words[index].base for index in by_base]
    below: set[int] = set()
    spent: list[Ruling] = []
    for line in whole(page.level):
        near = by_base[bisect.bisect_left(bases, line.at - reach) : bisect.bisect_left(bases, line.at)]
        over = [index for index in near if _over(page.words[index], line)]
        if over and _within(line, [page.words[index] for index in over]):
            spent.append(line)
            below.update(over)
    for index in below:
        word = page.words[index]
        if not any(_in_link(word, link) for link in page.links):
            page.words[index] = replace(word, underlined=True)
    page.level = [line for line in page.level if not any(_part_of(line, one) for one in spent)]


def _over(word: Word, line: Ruling) -> bool:
    """Whether a line lies right below a word, under most of it; a number that it begins with may stand beside."""
    shared = min(word.right, line.end) - max(word.left, line.start)
    most = _AFTER_NUMBER if _NUMBERED.match(word.text) else 0.5
    return 0.0 < line.at - word.base <= _BELOW * word.size and shared > most * (word.right - word.left)


def _within(line: Ruling, words: Sequence[Word]) -> bool:
    """Whether a line is no longer than the words above it, and a space before and after them."""
    space = _SPACE * max(word.size for word in words)
    return min(w.left for w in words) - space <= line.start and line.end <= max(w.right for w in words) + space


def _in_link(word: Word, link: Box) -> bool:
    left, top, right, bottom = link
    return left <= (word.left + word.right) / 2 <= right and top <= word.base - 0.3 * word.size <= bottom


def _part_of(line: Ruling, other: Ruling) -> bool:
    return abs(line.at - other.at) <= _ONE and line.start >= other.start - 1.0 and line.end <= other.end + 1.0
