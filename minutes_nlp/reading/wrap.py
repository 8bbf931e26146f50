"""Whether a printed line carries on the line before it, or is a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minutes_nlp.reading.marks import KEY_VALUE, Line

_ENDS = re.compile(r"[.!?:;…][\"'”’»)\]*_]*\s*$")
_HARD_BREAK = re.compile(r"(?: {2,}|\\|<br ?/?>)$")
_OPENS_LOW = re.compile(r"[a-zß-ÿœ(«\"“'’&/]|\d")


@dataclass(frozen=True, slots=True)
class WrapStyle:
    """How wide the document's lines are, in columns; `None` if its paragraphs stand on one line each."""

    width: int | None

    @classmethod
    def of(cls, lines: Sequence[Line]) -> WrapStyle:
        """Look at the lengths of all lines: a wrapped document has many lines near one maximum."""
        lengths = sorted(line.indent + len(line.body.rstrip()) for line in lines if len(line.body) >= 40)
        if len(lengths) < 3:
            return cls(None)
        long = lengths[int(0.9 * (len(lengths) - 1))]
        if long > 160:
            return cls(None)
        return cls(long)

    def joins(self, text: str, before: Line, line: Line, *, deeper: bool) -> bool:
        """Whether `line` carries on `before`.

        Args:
            text: the document's text.
            before: the line above.
            line: the line in question, not blank and without a marker.
            deeper: whether it is indented at least as far as the content it would carry on.
        """
        upper = text[before.span.start : before.span.end]
        if _HARD_BREAK.search(upper) and len(upper.rstrip()) < 0.9 * (self.width or 80):
            return False
        reach = before.indent + len(before.body.rstrip())
        first_word = re.match(r"\S*", line.body)
        needed = len(first_word[0]) if first_word else 0
        pair = KEY_VALUE.match(line.body)
        if pair and len(pair["key"].split()) <= 3 and pair["key"][:1].isupper() and _ENDS.search(upper):
            return False
        if self.width is not None and reach + 1 + needed >= 0.92 * self.width:
            return True  # the next word would not have fitted
        if self.width is not None and reach >= 0.75 * self.width and not _ENDS.search(upper):
            return True
        low = bool(_OPENS_LOW.match(line.body))
        return low and line.body[:1].isalpha() and not _ENDS.search(upper) and (reach >= 40 or deeper)
