"""Days and times written out in words, as formal minutes open: `L'an deux mille vingt-cinq, le dix-sept mars`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from minutes_nlp.extraction.dates import ExactDay, TimeExpression
from minutes_nlp.extraction.meeting_words import folded
from minutes_nlp.resources import languages, section, words_cache
from minutes_nlp.spans import CharSpan

_THOUSANDS = 2000
_LAST_HOUR, _LAST_MINUTE = 23, 59


@dataclass(frozen=True, slots=True)
class _Written:
    """The patterns, with what the words in them mean."""

    day_first: re.Pattern[str]
    year_first: re.Pattern[str]
    time: re.Pattern[str]
    numbers: Mapping[str, int]
    months: Mapping[str, int]

    def number(self, words: str) -> int:
        return int(words) if words.isdigit() else self.numbers[_plain(words)]


def written_days(text: str) -> list[tuple[CharSpan, ExactDay]]:
    """The full days in a passage whose day or year is written in words; the year may stand first.

    Args:
        text: the passage; spans count from its start, ends exclusive.

    Returns:
        Each day with the passage that gives it; empty if none is so written.
    """
    known = _written()
    return [
        (CharSpan(*match.span()), ExactDay(day))
        for pattern in (known.day_first, known.year_first)
        for match in pattern.finditer(text)
        if (day := _day(known, match))
    ]


def written_times(text: str) -> list[TimeExpression]:
    """The times of day written in words behind a word that leads to one (`à dix-neuf heures trente`); often empty."""
    return list(_times(text))


def _day(known: _Written, match: re.Match[str]) -> datetime.date | None:
    rest = match["rest"]
    year = int(match["digits"]) if match["digits"] else _THOUSANDS + (known.number(rest) if rest else 0)
    try:
        return datetime.date(year, known.months[folded(match["month"])], known.number(match["day"]))
    except ValueError:
        return None


def _times(text: str) -> Iterator[TimeExpression]:
    known = _written()
    for match in known.time.finditer(text):
        hour = known.number(match["hour"])
        minute = known.number(match["minute"]) if match["minute"] else 0
        if hour <= _LAST_HOUR and minute <= _LAST_MINUTE:
            yield TimeExpression(CharSpan(match.start("hour"), match.end()), f"{hour:02}:{minute:02}")


def _plain(words: str) -> str:
    return folded(words).replace("-", " ")


def _either(words: Iterable[str]) -> str:
    """A pattern of words, also as printed without accents, the longer first; a hyphen may be a space."""
    forms = sorted({form for word in words for form in (word, folded(word))}, key=lambda form: (-len(form), form))
    return "|".join(re.sub(r"(?:\\-|\\ )", r"[\\s-]+", re.escape(form)) for form in forms)


@words_cache()
def _written() -> _Written:
    contents = [(section(code, "dates"), section(code, "meeting").get("written", {})) for code in languages()]
    contents = [(dates, words) for dates, words in contents if words]
    counted = {word: int(value) for dates, _ in contents for value, names in dates["numbers"].items() for word in names}
    parts = {word: value for _, words in contents for word, value in words["parts_of_hour"].items()}
    named = {name: int(value) for dates, _ in contents for value, names in dates["months"].items() for name in names}
    millennium = _either(word for _, words in contents for word in words["millennium"])
    joint = _either(word for _, words in contents for word in words["joints"])
    hour = _either(word for _, words in contents for word in words["hours"])
    lead = _either(word for _, words in contents for word in words["hour_leads"])
    ordinal = _either(word for _, words in contents for word in words["first"])
    number, month = _either(counted), rf"(?P<month>{_either(named)})"
    day = rf"(?P<day>{ordinal}|{number}|\d{{1,2}})"
    year = rf"(?:(?P<digits>20\d\d)|(?:{millennium})[\s-]*(?:(?:{joint})\s+)?(?P<rest>{number})?)"
    of = rf"(?:(?:{joint})\s+){{0,3}}"
    minute = rf"(?:\s+(?P<minute>{_either(parts)}|{number})(?!\w))?"
    numbers = counted | parts | {word: 1 for _, words in contents for word in words["first"]}
    return _Written(
        re.compile(rf"(?<!\w){day}\s+{of}{month}\s+{of}{year}(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w){year}(?!\w)\W+(?:[^\W\d_]+\W+){{0,3}}?{day}\s+{of}{month}(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{lead})\s+(?P<hour>{number})\s+(?:{hour})(?!\w){minute}", re.IGNORECASE),
        {_plain(word): value for word, value in numbers.items()},
        {folded(name): value for name, value in named.items()},
    )
