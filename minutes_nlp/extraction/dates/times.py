"""Clock times as minutes print them: “9u00”, “21.43 uur”, “19 h 42”, “11:00-12.00 uur”, “7 pm”.

The words of all languages count at once: a clock looks much the same in each, and the language of a table cell is
seldom known. A number with a point (“12.00”) or a bare count of hours (“17 uur”) is a time only beside another time or
after a word such as “om”.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from minutes_nlp.extraction.dates.expressions import TimeExpression
from minutes_nlp.extraction.dates.words import fold
from minutes_nlp.resources import lexicon
from minutes_nlp.spans import CharSpan

_DIGIT = re.compile(r"\d")
_LONGEST_LEAD = 24  # characters before a time that are searched for what leads to it
_EARLIEST_BARE_HOUR = 6  # “3u” and “2h” are as often lengths of time


@dataclass(frozen=True, slots=True)
class _Clock:
    """The patterns of times, of what leads to one, of what joins two, and of amounts (which are none)."""

    written: re.Pattern[str]
    led: re.Pattern[str]
    hour_led: re.Pattern[str]
    opening: re.Pattern[str]
    joined: re.Pattern[str]
    amount: re.Pattern[str]
    named: tuple[tuple[re.Pattern[str], str], ...]
    any_named: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Candidate:
    span: CharSpan
    value: str
    certain: bool
    whole_hour: bool  # a number and the word for “hour”, which may be a length of time


def _alternatives(words: Iterable[str]) -> str:
    """The words as one regular expression; the longer come first."""
    escaped = {re.escape(fold(word)).replace(r"\ ", r"\s+") for word in words}
    return "(?:" + "|".join(sorted(escaped, key=lambda word: (-len(word), word))) + ")"


@lexicon.words_cache()
def _clock() -> _Clock:
    contents = [lexicon.section(language, "dates") for language in lexicon.languages()]

    def words(*classes: str) -> list[str]:
        return [word for content in contents for name in classes for word in content["words"][name]]

    mark = rf"{_alternatives(words('hour_mark'))}\b"
    seconds_or_end = r"(?::[0-5]\d)?(?![.,:/]?\d)"
    with_sign = rf"(?P<sign>[:.])(?P<minute>[0-5]\d){seconds_or_end}(?P<marked>\s?{mark})?"
    with_mark = rf"(?P<gap>\s?){_alternatives(words('hour_mark'))}(?:\s?(?P<past>[0-5]\d)(?![.,:/]?\d))?(?!\w)"
    half_day = r"(?:\s?(?P<half>[ap])\.?m\b\.?)"
    joint = rf"\s*(?:[-–—/]|->|(?<!\w){_alternatives(words('to', 'and'))}(?!\w))\s*"
    named = {fold(phrase): value for c in contents for value, listed in c["named_times"].items() for phrase in listed}
    return _Clock(
        written=re.compile(rf"(?<![\w.,:/+])(?P<hour>\d\d?)(?:{with_sign}|{with_mark})?{half_day}?"),
        led=re.compile(rf"(?<!\w){_alternatives(words('time_word'))}\s*:?\s*\Z"),
        hour_led=re.compile(rf"(?<!\w){_alternatives(words('time_word', 'hour_lead'))}\s*:?\s*\Z"),
        opening=re.compile(rf"(?<![\w.,:/])(?P<hour>\d\d?){joint}\Z"),
        joined=re.compile(joint),
        amount=re.compile(rf"\s?(?:[€$£%]|{_alternatives(words('amount'))}\b)"),
        named=tuple((re.compile(rf"(?<!\w){_alternatives([phrase])}(?!\w)"), value) for phrase, value in named.items()),
        any_named=re.compile(rf"{_alternatives(named)}(?!\w)"),
    )


def _candidate(match: re.Match[str], folded: str, clock: _Clock) -> _Candidate | None:
    if match["sign"] is None and match["gap"] is None and match["half"] is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or match["past"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] == "p" else 0)
    if hour > 23 or (match["sign"] == "." and not match["marked"] and clock.amount.match(folded, match.end())):
        return None
    glued = match["gap"] == "" and hour >= _EARLIEST_BARE_HOUR
    certain = bool(match["sign"] == ":" or match["marked"] or match["half"] or match["past"] or glued)
    return _Candidate(CharSpan(*match.span()), f"{hour:02}:{minute:02}", certain, match["gap"] is not None)


def _accepted(candidates: list[_Candidate], folded: str, clock: _Clock, *, expected: bool) -> list[_Candidate]:
    """The candidates that are times: certain, led to, or joined to another that is, or that looks like a timetable."""
    accepted: set[int] = set()
    for number, one in enumerate(candidates):
        led = clock.hour_led if one.whole_hour else clock.led
        awaited = expected and one.whole_hour and int(one.value[:2]) >= _EARLIEST_BARE_HOUR
        if one.certain or awaited or led.search(folded, max(0, one.span.start - _LONGEST_LEAD), one.span.start):
            accepted.add(number)
    for number, (one, two) in enumerate(itertools.pairwise(candidates)):
        if clock.joined.fullmatch(folded, one.span.end, two.span.start):
            round_both = int(one.value[3:]) % 5 == 0 and int(two.value[3:]) % 5 == 0
            if round_both or not accepted.isdisjoint({number, number + 1}):
                accepted |= {number, number + 1}
    return [candidates[number] for number in sorted(accepted)]


def _openings(times: list[_Candidate], folded: str, clock: _Clock) -> list[TimeExpression]:
    """Bare hours joined to a time after them: the 14 of “14 – 16u”."""
    found = []
    for time in times:
        match = clock.opening.search(folded, max(0, time.span.start - _LONGEST_LEAD), time.span.start)
        if match is not None and int(match["hour"]) < int(time.value[:2]):
            found.append(TimeExpression(CharSpan(*match.span("hour")), f"{int(match['hour']):02}:00"))
    return found


def find_times(
    text: str,
    language: str = "unknown",  # noqa: ARG001 - part of the protocol
    *,
    expected: bool = False,
) -> list[TimeExpression]:
    """The clock times of `text`, in order.

    Args:
        text: any passage.
        language: ISO 639-1 code; the words of all languages count whatever it is.
        expected: whether the text is where a time is to be expected (beside a date, under a key): a whole hour
            (“17 uur”) then counts by itself.

    Returns:
        Spans (code points into `text`, with the word for “hour” where one is printed) and values from `00:00` to
        `23:59`; empty if there is none. Lengths of time, versions, amounts and telephone numbers are none.
    """
    folded = fold(text)
    clock = _clock()
    times = _in_figures(folded, clock, expected=expected) if _DIGIT.search(folded) else []
    for pattern, value in clock.named if clock.any_named.search(folded) else ():
        for match in pattern.finditer(folded):
            span = CharSpan(*match.span())
            if not any(span.overlaps(time.span) for time in times):
                times.append(TimeExpression(span, value))
    return sorted(times, key=lambda time: time.span)


def _in_figures(folded: str, clock: _Clock, *, expected: bool) -> list[TimeExpression]:
    """The times that are written in figures."""
    found = [_candidate(match, folded, clock) for match in clock.written.finditer(folded)]
    candidates = [one for one in found if one is not None]
    certain = _accepted(candidates, folded, clock, expected=expected)
    return [TimeExpression(one.span, one.value) for one in certain] + _openings(certain, folded, clock)
