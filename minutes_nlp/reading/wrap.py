"""Whether a printed line carries on the line before it, or is a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from minutes_nlp.reading.marks import KEY_VALUE, MARKER, Line

_HARD_BREAKS = ("  ", "\\", "<br>", "<br/>", "<br />")
_BROKEN_WORD = re.compile(r"[^\W\d_]{2,}[-\u2010]$")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\s+[^\W\d_a-z]")  # a title with a number in parts: `2.1 Budget`
_FULL = 0.92  # of the width, from which a line with the next word would not have fitted
_MARK_WORD = re.compile(r"[^\W\d_a-z]{2,}[:.]?")  # in capitals at the head of two lines, it marks both (`TODO`)
_NEARLY = 0.75  # of the width, from which a line that ends no sentence was broken a little early
_LONGEST = 1.1  # of the width, beyond which a typed line was not broken at all
_SHORT = 0.6  # of the width: a line that was not broken for lack of room
_TYPED = 0.3  # of the lines above one in lower case are short: the document was typed line by line
_ENOUGH = 4  # lines in lower case, below which nothing can be told
_CARRIES = 40  # columns from which a wrapped line may go on in lower case


@dataclass(frozen=True, slots=True)
class WrapStyle:
    """How the document's lines came to be.

    Attributes:
        width: in columns, where a program broke them; `None` where it did not, or that cannot be told.
        ragged: whether the lines were typed one by one and end where their writer ended them.
    """

    width: int | None
    ragged: bool = False

    @classmethod
    def of(cls, lines: Sequence[Line]) -> WrapStyle:
        """Look at the lengths of all lines: a wrapped document has many lines near one maximum."""
        lengths = sorted(line.indent + len(line.body.rstrip()) for line in lines if len(line.body) >= 40)
        if len(lengths) < 3:
            return cls(None)
        long = lengths[int(0.9 * (len(lengths) - 1))]
        if long > 160:
            return cls(None)
        return cls(long, ragged=_typed(lines, long))

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
        if first_word and _MARK_WORD.fullmatch(first_word[0]) and body.startswith(f"{first_word[0]} "):
            return False
        pair = KEY_VALUE.match(line.body)
        if pair and len(pair["key"].split()) <= 3 and pair["key"][:1].isupper() and before.complete:
            return False
        if before.complete and line.indent <= before.indent and _SECTION.match(line.body):
            return False
        low = line.body[:1].isalpha() and line.body[:1].islower()
        full = self.width is not None and reach + 1 + needed >= _FULL * self.width  # the next word would not fit
        if self.ragged:
            usual = self.width is None or reach <= _LONGEST * self.width
            return not before.complete and low and (deeper or (full and usual))
        if full:
            return True
        nearly = self.width is not None and reach >= _NEARLY * self.width and not before.complete
        if nearly and (low or not MARKER.match(before.body)):
            return True  # but a numbered title may end there, and its text begin with a capital
        return low and not before.complete and (reach >= _CARRIES or deeper)


def _typed(lines: Sequence[Line], width: int) -> bool:
    """Whether lines in lower case often follow short ones, as in notes that were typed line by line.

    Where a program broke the lines, what goes on in lower case follows a line that was full.
    """
    above = [
        before.indent + len(before.body.rstrip())
        for before, line in pairwise(lines)
        if not before.blank and not before.complete and not MARKER.match(line.body)
        if line.body[:1].isalpha() and line.body[:1].islower()
    ]
    return len(above) >= _ENOUGH and sum(reach < _SHORT * width for reach in above) >= _TYPED * len(above)
