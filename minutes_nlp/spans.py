"""Half-open character spans, and the map that carries them from a cleaned text back to its source.

Every offset in this package counts Unicode code points from 0; `end` is exclusive.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class CharSpan(NamedTuple):
    """A half-open interval `[start, end)` of code points in one text."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Number of code points covered; 0 for an empty span."""
        return self.end - self.start

    def text(self, source: str) -> str:
        """The code points of `source` that the span covers."""
        return source[self.start : self.end]

    def contains(self, other: CharSpan) -> bool:
        """Whether `other` lies wholly inside this span (an equal span does)."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: CharSpan) -> bool:
        """Whether the spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> CharSpan:
        """The same span, `by` code points further on (negative: earlier)."""
        return CharSpan(self.start + by, self.end + by)

    def trim(self, source: str, characters: str | None = None) -> CharSpan:
        """The span without leading and trailing `characters` (default: white space); may become empty."""
        inner = source[self.start : self.end]
        rest = inner.lstrip(characters)
        start = self.start + len(inner) - len(rest)
        return CharSpan(start, start + len(rest.rstrip(characters)))


def cover(spans: Iterable[CharSpan]) -> CharSpan:
    """The smallest span that contains all of `spans`.

    Raises:
        ValueError: there is no span to cover.
    """
    listed = list(spans)
    if not listed:
        raise ValueError("no span to cover")
    return CharSpan(min(s.start for s in listed), max(s.end for s in listed))


class OffsetMap:
    """Maps offsets in a cleaned text to offsets in the text it was made from.

    Built from pieces of the source that were kept (or replaced) in order; what lies between two pieces was dropped.

    Example:
        >>> clean, offsets = OffsetMap.keep("a \\u00adb", [CharSpan(0, 2), CharSpan(3, 4)])
        >>> clean, offsets.to_source(CharSpan(0, 3))
        ('a b', CharSpan(start=0, end=4))
    """

    def __init__(self) -> None:
        self._clean: list[int] = []
        self._source: list[CharSpan] = []
        self._length = 0

    @classmethod
    def keep(cls, source: str, pieces: Iterable[CharSpan]) -> tuple[str, OffsetMap]:
        """The text made of `pieces` of `source`, in order, and the map back."""
        offsets = cls()
        text = "".join(offsets.add(piece.text(source), piece) for piece in pieces)
        return text, offsets

    def add(self, clean: str, source: CharSpan) -> str:
        """Append `clean`, which stands for `source`; returns `clean`, so that calls can be joined."""
        if clean:
            self._clean.append(self._length)
            self._source.append(source)
            self._length += len(clean)
        return clean

    def drop_last(self) -> None:
        """Take the last character of the cleaned text away again (a hyphen at the end of a line).

        Raises:
            ValueError: there is no character, or the last piece was replaced and has no single last character.
        """
        if not self._clean or self._length - self._clean[-1] != self._source[-1].length:
            raise ValueError("no last character to drop")
        self._length -= 1
        if self._length == self._clean[-1]:
            self._clean.pop()
            self._source.pop()
        else:
            self._source[-1] = CharSpan(self._source[-1].start, self._source[-1].end - 1)

    def __len__(self) -> int:
        return self._length

    def _index(self, offset: int) -> int:
        """The index of the piece that holds `offset` of the cleaned text."""
        return max(0, bisect.bisect_right(self._clean, offset) - 1)

    def _part(self, index: int, span: CharSpan) -> CharSpan:
        """What the part of a piece inside a cleaned span stands for; a piece that was replaced is taken whole."""
        begin, source = self._clean[index], self._source[index]
        stop = self._clean[index + 1] if index + 1 < len(self._clean) else self._length
        if stop - begin != source.length:
            return source
        left, right = max(begin, span.start), min(stop, span.end)
        return CharSpan(source.start + left - begin, source.start + right - begin)

    def to_source(self, span: CharSpan) -> CharSpan:
        """The smallest source span that holds all that a cleaned span stands for.

        A piece that was replaced is taken whole. An empty span gives an empty one.

        Raises:
            ValueError: the span does not lie in the cleaned text.
        """
        if not 0 <= span.start <= span.end <= self._length:
            raise ValueError(f"{span} lies outside a text of {self._length} characters")
        if not self._clean:
            return CharSpan(0, 0)
        first = self._index(span.start)
        if span.length == 0:
            start = self._part(first, span).start
            return CharSpan(start, start)
        return cover(self._part(index, span) for index in range(first, self._index(span.end - 1) + 1))

    def from_source(self, span: CharSpan, within: CharSpan) -> CharSpan | None:
        """The part of cleaned span `within` that stands for source span `span`; `None` if nothing of it was kept."""
        found: list[CharSpan] = []
        for index in range(self._index(within.start), len(self._clean)):
            begin = self._clean[index]
            if begin >= within.end:
                break
            stop = self._clean[index + 1] if index + 1 < len(self._clean) else self._length
            source = self._source[index]
            left, right = max(source.start, span.start), min(source.end, span.end)
            if left < right:
                exact = stop - begin == source.length
                shift = begin - source.start
                found.append(CharSpan(left + shift, right + shift) if exact else CharSpan(begin, stop))
        return cover(found) if found else None


def lines(text: str) -> Iterator[CharSpan]:
    """The lines of `text` without their `\\n`, empty ones included; a final `\\n` starts no further line."""
    start = 0
    while start < len(text):
        stop = text.find("\n", start)
        if stop < 0:
            stop = len(text)
        yield CharSpan(start, stop)
        start = stop + 1
