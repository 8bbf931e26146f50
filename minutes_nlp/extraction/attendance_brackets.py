"""Brackets in lists of names, also where one was forgotten or closed in the wrong place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutes_nlp.spans import CharSpan

_SEPARATORS = ",;\u2028"


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A bracketed remark: `whole` with its brackets, `inner` without."""

    whole: CharSpan
    inner: CharSpan


def find_brackets(text: str, span: CharSpan) -> list[Bracketed]:
    """The outermost round brackets inside `span`, in order.

    Where they don't match, a bracket that is not closed before the next one opens ends at the comma between the two;
    one that opens an entry (`(An Claes (OCMW Gent)`) and a stray closing one are left alone.
    """
    return _balanced(text, span) or _repaired(text, span)


def _balanced(text: str, span: CharSpan) -> list[Bracketed]:
    found: list[Bracketed] = []
    depth, start = 0, span.start
    for position in range(span.start, span.end):
        if text[position] == "(":
            if depth and any(text.rfind(separator, start, position) > start for separator in _SEPARATORS):
                return []  # another entry began inside: the outer bracket was never closed
            start = position if depth == 0 else start
            depth += 1
        elif text[position] == ")":
            depth -= 1
            if depth < 0:
                return []
            if depth == 0:
                found.append(_pair(start, position + 1, position))
    return found if depth == 0 else []


def _repaired(text: str, span: CharSpan) -> list[Bracketed]:
    found: list[Bracketed] = []
    start: int | None = None
    for position in range(span.start, span.end):
        sign = text[position]
        if start is None and (sign == "(" or (sign == ")" and _meant_to_open(text, span, position))):
            start = position
        elif sign == "(" and start is not None:
            comma = max(text.rfind(separator, start, position) for separator in _SEPARATORS)
            if comma > start:
                found.append(_pair(start, comma, comma))
                start = position
            elif _opens_entry(text, span, start):
                start = position
        elif sign == ")" and start is not None:
            found.append(_pair(start, position + 1, position))
            start = None
    if start is not None:
        found.append(_pair(start, span.end, span.end))
    return found


def _meant_to_open(text: str, span: CharSpan, position: int) -> bool:
    """Whether a closing bracket stands where an opening one should: `An )OCMW Ham)`."""
    before, after = text[span.start : position][-1:], text[position + 1 : span.end][:1]
    return before.isspace() and after.isalnum()


def _opens_entry(text: str, span: CharSpan, position: int) -> bool:
    before = text[span.start : position].rstrip()
    return not before or before[-1] in _SEPARATORS


def _pair(start: int, end: int, close: int) -> Bracketed:
    return Bracketed(CharSpan(start, end), CharSpan(start + 1, close))


def mask(text: str, span: CharSpan, brackets: list[Bracketed]) -> str:
    """The text of `span` with everything in brackets replaced by NUL signs, so that it has the same length."""
    signs = list(span.text(text))
    for bracket in brackets:
        for position in range(bracket.whole.start, bracket.whole.end):
            signs[position - span.start] = "\0"
    return "".join(signs)


def split_masked(masked: str, span: CharSpan, separators: re.Pattern[str]) -> list[CharSpan]:
    """The pieces of `span` between the separators found in its masked text; empty ones are left out."""
    pieces: list[CharSpan] = []
    start = 0
    for found in separators.finditer(masked):
        pieces.append(CharSpan(span.start + start, span.start + found.start()))
        start = found.end()
    pieces.append(CharSpan(span.start + start, span.end))
    return [piece for piece in pieces if piece.length]
