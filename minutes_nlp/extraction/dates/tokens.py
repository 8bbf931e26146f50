"""Splits a text into tokens with the classes of date words that each belongs to."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from minutes_nlp.extraction.dates.words import DateWords, Phrase, Value, fold
from minutes_nlp.spans import CharSpan

_SYMBOLS = {"-": "dash", "–": "dash", "—": "dash", ",": "comma", ".": "dot", "/": "slash_sign", "(": "open"}
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_CENTURY_TURN = 50  # a year of two digits below it lies in the 2000s
_DAY_OF_THREE = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_MONTH_OF_TWO = re.compile(r"(\d{1,2})/(\d{4})|(\d{4})-(\d\d)")
_PAIR = re.compile(r"(\d{1,2})([./-])(\d{1,2})")
_SPAN_AND_MONTH = re.compile(r"(\d{1,2})-(\d{1,2})[/.](\d{1,2})")

_NUMBERED = re.compile(r"(?:\bn[°º]|[№#])\s?$")  # what follows is the number of something (`n° 3 – 28 mai`)

_MEANINGS_OF_FORM = (
    *(
        "",
        "clock",
        "word",
        "word meeting",
        "word month_misspelt",
        "word meeting month_misspelt",
        "ordinal",
        "short_year",
    ),
    *("count", "count two_digits", "count day", "count day two_digits", "two_digits", "year", "date", "date_like"),
    *("pair", "pair span", "span", "span_month", "month_year"),
    *("dash", "comma", "dot", "slash_sign", "open", "sign"),
)
# The sets of classes that a token can have by its form, without the word list.
TOKEN_CLASSES = frozenset(frozenset(classes.split()) for classes in _MEANINGS_OF_FORM)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, phrase, number or sign: where it stands and what it may mean, by class."""

    span: CharSpan
    meaning: dict[str, Value]


def full_year(written: str) -> int:
    """The year of four digits that `written` (two or four digits) means."""
    year = int(written)
    if len(written) > 2:
        return year
    return year + (2000 if year < _CENTURY_TURN else 1900)


def valid_day(year: int, month: int, day: int) -> datetime.date | None:
    """That day, or `None` if the calendar has none such."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _complete(year: int, month: int, day: int, name: str) -> dict[str, Value]:
    if valid_day(year, month, day) is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return {}
    return {name: (year, month, day)}


def _pair(first: int, sign: str, second: int) -> dict[str, Value]:
    meaning: dict[str, Value] = {}
    if valid_day(2000, second, first):
        meaning["pair"] = (first, second)
    if sign == "-" and first < second:
        meaning["span"] = (first, second)
    return meaning


def _number(text: str) -> dict[str, Value]:
    """What a number may mean in a date; nothing for versions, amounts and the like."""
    if text.isdecimal():
        return _whole(text)
    if found := _ISO.fullmatch(text):
        return _complete(int(found[1]), int(found[3]), int(found[4]), "date")
    if found := _DAY_OF_THREE.fullmatch(text):
        # A dotted number with a year of two digits may as well be a version.
        name = "date_like" if found[2] == "." and len(found[4]) == 2 else "date"
        return _complete(full_year(found[4]), int(found[3]), int(found[1]), name)
    if found := _SPAN_AND_MONTH.fullmatch(text):
        first, last, month = int(found[1]), int(found[2]), int(found[3])
        return {"span_month": (first, last, month)} if first < last and valid_day(2000, month, last) else {}
    if found := _MONTH_OF_TWO.fullmatch(text):
        month, year = int(found[1] or found[4]), int(found[2] or found[3])
        return {"month_year": (month, year)} if 1 <= month <= 12 and _FIRST_YEAR <= year <= _LAST_YEAR else {}
    if found := _PAIR.fullmatch(text):
        return _pair(int(found[1]), found[2], int(found[3]))
    return {}


def _whole(text: str) -> dict[str, Value]:
    meaning: dict[str, Value] = {}
    number = int(text) if len(text) <= 4 else -1
    if 0 < number < 1000:
        meaning["count"] = number
    if 1 <= number <= 31 and len(text) <= 2:
        meaning["day"] = number
    if len(text) == 2:
        meaning["two_digits"] = full_year(text)
    if len(text) == 4 and _FIRST_YEAR <= number <= _LAST_YEAR:
        meaning["year"] = number
    return meaning


def _ordinal(text: str) -> dict[str, Value]:
    number = int("".join(c for c in text if c.isdigit()))
    return {"ordinal": number} if number >= 1 else {}


def _misspelt_month(word: str, words: DateWords) -> dict[str, Value]:
    """A month whose name differs from `word` by one slip of the pen."""
    if len(word) < 5:
        return {}
    found = {
        month
        for name, month in words.month_names.items()
        if len(name) >= 5 and OSA.distance(word, name, score_cutoff=1) <= 1
    }
    return {"month_misspelt": found.pop()} if len(found) == 1 else {}


class Scanner:
    """Reads a text token by token."""

    def __init__(self, text: str, words: DateWords, clocks: list[CharSpan]) -> None:
        self._text = text
        self._words = words
        self._folded = fold(text)
        self._raw = list(words.token.finditer(self._folded))
        self._clocks = clocks

    def tokens(self) -> list[Token]:
        """All tokens in order; phrases of the word list and clock times are one token each."""
        found: list[Token] = []
        number, clocks = 0, iter([*self._clocks, CharSpan(len(self._text) + 1, len(self._text) + 1)])
        clock = next(clocks)
        while number < len(self._raw):
            match = self._raw[number]
            while match.start() >= clock.end and clock.start <= len(self._text):
                clock = next(clocks)
            if clock.start <= match.start() < clock.end:
                found.append(Token(clock, {"clock": 1}))
                while number < len(self._raw) and self._raw[number].start() < clock.end:
                    number += 1
                continue
            token, used = self._token(number, found)
            found.append(token)
            number += used
        return found

    def _token(self, number: int, before: list[Token]) -> tuple[Token, int]:
        match = self._raw[number]
        phrase = self._phrase(number)
        if phrase is not None:
            last = self._raw[number + len(phrase.tokens) - 1]
            span = CharSpan(match.start(), last.end())
            used = len(phrase.tokens)
            abbreviated = not {"month_short", "weekday_short"}.isdisjoint(phrase.meaning)
            if abbreviated and self._abbreviation_point(number + used):
                span, used = CharSpan(span.start, span.end + 1), used + 1
            return Token(span, dict(phrase.meaning)), used
        return Token(CharSpan(*match.span()), self._single(number, before)), 1

    def _phrase(self, number: int) -> Phrase | None:
        for phrase in self._words.phrases.get(self._raw[number][0], ()):
            listed = self._raw[number : number + len(phrase.tokens)]
            if tuple(match[0] for match in listed) != phrase.tokens:
                continue
            if phrase.capitalised and not self._text[listed[0].start()].isupper():
                continue
            return phrase
        return None

    def _abbreviation_point(self, number: int) -> bool:
        """Whether the token at `number` is a point that belongs to the abbreviation before it."""
        if number >= len(self._raw) or self._raw[number][0] != ".":
            return False
        start = self._raw[number].start()
        glued = start > 0 and self._raw[number - 1].end() == start
        rest = self._text[start + 1 :].lstrip()
        return glued and bool(rest) and not rest[0].isupper()

    def _is_month(self, number: int) -> bool:
        """Whether the token at `number` is the name of a month, which may be glued to its day (`17mei`)."""
        phrase = self._phrase(number) if number < len(self._raw) else None
        return phrase is not None and not {"month", "month_short"}.isdisjoint(phrase.meaning)

    def _is_hours(self, number: int) -> bool:
        """Whether the token at `number` counts hours, which may be glued to their count (`binnen 48u`)."""
        phrase = self._phrase(number) if number < len(self._raw) else None
        unit = phrase.meaning.get("unit") if phrase is not None else None
        return isinstance(unit, tuple) and unit[:2] == (0, 0)

    def _single(self, number: int, before: list[Token]) -> dict[str, Value]:
        match = self._raw[number]
        text = match[0]
        if match.lastgroup == "word":
            meaning: dict[str, Value] = {"word": 1}
            if self._words.meeting_endings and text.endswith(self._words.meeting_endings):
                meaning["meeting"] = 1
            if before and not {"day", "ordinal"}.isdisjoint(before[-1].meaning):
                meaning |= _misspelt_month(text, self._words)
            return meaning
        if match.lastgroup == "short_year":
            return {"short_year": full_year(text[1:])}
        if match.lastgroup == "symbol":
            return {_SYMBOLS.get(text, "sign"): 1}
        glued_before = match.start() > 0 and self._folded[match.start() - 1].isalpha()
        glued_after = match.end() < len(self._folded) and self._folded[match.end()].isalpha()
        glued_after = glued_after and not self._is_month(number + 1) and not self._is_hours(number + 1)
        if glued_after or (glued_before and not (before and {"week_mark", "quarter_mark"} & before[-1].meaning.keys())):
            return {}
        if match.lastgroup == "ordinal":
            return _ordinal(text)
        numbered = _NUMBERED.search(self._folded[max(0, match.start() - 3) : match.start()])
        return _number(text) if not numbered else {}
