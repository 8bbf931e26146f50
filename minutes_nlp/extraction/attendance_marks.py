"""What marks and codes say of somebody in a table of attendance: a cross, a tick, `P`, `V`, `A`, a word."""

from __future__ import annotations

import re

from minutes_nlp.extraction.attendance_words import fold, pattern, status_of
from minutes_nlp.records.people import Status

_MARK = re.compile(r"[xX✓✔☒☑●•v√1]\b|[✓✔☒☑●√]")
_NO_MARK = re.compile(r"[✗✘☐]")
_DASHES = str.maketrans("–—−", "---")


def is_mark(words: str) -> bool:
    """Whether a cell begins with a cross, a tick or the like."""
    return _MARK.match(words) is not None


def makes_a_absent(values: set[str]) -> bool:
    """Whether the codes of a table, folded, have one that surely means present, so that `A` means absent."""
    return any(map(pattern("marks", "certain").fullmatch, values))


def value_status(words: str, *, absent_a: bool = False) -> Status | None:
    """What a cell of a column of statuses says: a mark, a code, or words; an empty one means absent.

    `absent_a` tells the two meanings of the code `A` apart (`P`/`A`/`E` against `A`/`V`).
    """
    folded = fold(words.strip(" *_."))
    code = re.split(r"(?!^)[\s(,;/]", folded, maxsplit=1)[0].strip(".").translate(_DASHES)
    if not folded:
        return "absent"
    if status_of(words) == "excused" or pattern("marks", "excused").fullmatch(code):
        return "excused"
    if _NO_MARK.search(words) or (absent_a and code == "a"):
        return "absent"
    if is_mark(words) or pattern("marks", "yes").fullmatch(code):
        return "present"
    if pattern("marks", "no").fullmatch(code):
        return "absent"
    return status_of(words)
