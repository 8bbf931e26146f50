"""Whether a printed line carries on the line before it, or is a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minutes_nlp.reading.marks import KEY_VALUE, Line

_HARD_BREAKS = ("  ", "\\", "<br>", "<br/>", "<br />")
_BROKEN_WORD = re.compile(r"[^\W\d_]{2,}[-\u2010]$")
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
        body = before.body.rstrip()
        reach = before.indent + len(body)
        if upper.endswith(_HARD_BREAKS) and len(upper.rstrip()) < 0.9 * (self.width or 80):
            return False
        if _BROKEN_WORD.search(body[-30:]) and line.body[:1].islower():
            return True
        first_word = re.match(r"\S*", line.body)
        needed = len(first_word[0]) if first_word else 0
        pair = KEY_VALUE.match(line.body)
        if pair and len(pair["key"].split()) <= 3 and pair["key"][:1].isupper() and before.complete:
            return False
        if self.width is not None and reach + 1 + needed >= 0.92 * self.width:
            return True  # the next word would not have fitted
        if self.width is not None and reach >= 0.75 * self.width and not before.complete:
            return True
        low = bool(_OPENS_LOW.match(line.body))
        return low and line.body[:1].isalpha() and not before.complete and (reach >= 40 or deeper)
