"""Numbers as automatic numbering prints them."""

from __future__ import annotations

from enum import Enum

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST = 3999  # what Roman numerals reach; longer rows of letters make no sense either


class Numerals(Enum):
    """How a number is written; the value is the sign for the first one."""

    DECIMAL = "1"
    PADDED = "01"
    LOWER = "a"
    UPPER = "A"
    LOWER_ROMAN = "i"
    UPPER_ROMAN = "I"

    def write(self, number: int, *, repeat: bool = True) -> str:
        """The number in this form; decimal where the form has none for it.

        Args:
            number: what is counted.
            repeat: how letters go on after `z`: `aa`, `bb` (as word processors do) or `aa`, `ab` (as browsers do).
        """
        if self is Numerals.PADDED:
            return f"{number:02d}"
        if self is Numerals.DECIMAL or not 1 <= number <= _MOST:
            return str(number)
        written = _roman(number) if self in (Numerals.LOWER_ROMAN, Numerals.UPPER_ROMAN) else _letters(number, repeat)
        return written.upper() if self in (Numerals.UPPER, Numerals.UPPER_ROMAN) else written


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def _letters(number: int, repeat: bool) -> str:
    if repeat:
        times, index = divmod(number - 1, len(_LETTERS))
        return _LETTERS[index] * (times + 1)
    written = ""
    while number:
        number, index = divmod(number - 1, len(_LETTERS))
        written = _LETTERS[index] + written
    return written
