"""Whether a printed line carries on the line before it, or is a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from minutes_nlp.reading.marks import KEY_VALUE, MARKER, Line, strong
from minutes_nlp.reading.sides import is_label

_HARD_BREAKS = ("  ", "\\", "<br>", "<br/>", "<br />")
_BROKEN_WORD = re.compile(r"[^\W\d_]{2,}[-\u2010]$")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}\.(?:\d{1,2}|[a-z])\s+[^\W\d_a-z]")  # a title as in `2.1 Budget`
_LETTERED = re.compile(r"[A-H]\.\s+[^\W\d_a-z]")  # a title with a letter, or a name with initials
_FULL = 0.92  # of the width, from which a line with the next word would not have fitted
_MARK_WORD = re.compile(r"[^\W\d_a-z]{2,}[:.]?")  # in capitals at the head of two lines, it marks both (`TODO`)
_NEARLY = 0.75  # of the width, from which a line that ends no sentence was broken a little early
_LONGEST = 1.1  # of the width, beyond which a typed line was not broken at all
_SHORT = 0.6  # of the width: a line that was not broken for lack of room
_TYPED = 0.3  # of the lines above one in lower case are short: the document was typed line by line
_ENOUGH = 4  # lines in lower case, below which nothing can be told
_FACT_KEY = 3  # words
_CARRIES = 40  # columns from which a wrapped line may go on in lower case


@dataclass(frozen=True, slots=True)
class WrapStyle:
    """How the document's lines came to be.

    Attributes:
        width: in columns, where a program broke them; `None` where it did not, or that cannot be told.
        ragged: whether the lines were typed one by one and end where their writer ended them.
        broken: whether any line goes on in lower case; if none does, only what is indented below an item carries it on.
    """

    width: int | None
    ragged: bool = False
    broken: bool = True

    @classmethod
    def of(cls, lines: Sequence[Line]) -> WrapStyle:
        """Look at the lengths of all lines: a wrapped document has many lines near one maximum."""
        lengths = sorted(line.indent + len(line.body.rstrip()) for line in lines if len(line.body) >= 40)
        if len(lengths) < 3:
            return cls(None)
        long = lengths[int(0.9 * (len(lengths) - 1))]
        if long > 160:
            return cls(None)
        return cls(long, ragged=_typed(lines, long), broken=_broken(lines))

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
        if self._begins(before, line):
            return False
        needed = len(line.body.partition(" ")[0])
        low = line.body[:1].isalpha() and line.body[:1].islower()
        width = self.width if self.broken or deeper else None
        full = width is not None and reach + 1 + needed >= _FULL * width  # the next word would not fit
        if self.ragged:
            usual = width is None or reach <= _LONGEST * width
            return not before.complete and low and (deeper or (full and usual))
        if full:
            return True
        nearly = width is not None and reach >= _NEARLY * width and not before.complete
        if nearly and (low or not MARKER.match(before.body)):
            return True  # but a numbered title may end there, and its text begin with a capital
        return low and not before.complete and (reach >= _CARRIES or deeper)

    def _begins(self, before: Line, line: Line) -> bool:
        """Whether a line begins something of its own by what it says: a mark, a key, a title with a number."""
        word = line.body.split(maxsplit=1)[0]
        if _MARK_WORD.fullmatch(word) and before.body.startswith(f"{word} "):
            return True
        if strong(line.body) and not strong(before.body) and not line.body.lstrip("*_")[:1].islower():
            return True
        pair = KEY_VALUE.match(line.body)
        if pair and is_label(pair["key"]):
            return True
        if pair and _names_fact(pair) and (before.complete or _names_fact(KEY_VALUE.match(before.body))):
            return True
        if not before.complete:
            return False
        short = self.width is None or line.indent + len(line.body.rstrip()) < _SHORT * self.width
        lettered = _LETTERED.match(line.body) is not None and short and not line.complete
        return lettered or (line.indent <= before.indent and _SECTION.match(line.body) is not None)


def _names_fact(pair: re.Match[str] | None) -> bool:
    """Whether a line is a short key that begins with a capital and its value (`Date : 3 mai`)."""
    return pair is not None and len(pair["key"].split()) <= _FACT_KEY and pair["key"][:1].isupper()


def _broken(lines: Sequence[Line]) -> bool:
    """Whether a program may have broken the lines: then some go on in lower case below a longer one."""
    return any(
        line.body[:1].islower() and not before.complete and before.indent + len(before.body.rstrip()) >= _CARRIES
        for before, line in pairwise(lines)
    )


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
