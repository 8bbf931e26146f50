"""The day of the meeting and that of the next one."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from minutes_nlp.extraction.base import FieldValue
from minutes_nlp.extraction.dates import DateExpression, DayMonth, ExactDay, Expression, Range, find_dates
from minutes_nlp.extraction.meeting_lines import Fact, PrintedLine
from minutes_nlp.extraction.meeting_title import Title
from minutes_nlp.extraction.meeting_words import folded, meeting_words
from minutes_nlp.language import NormalisedText
from minutes_nlp.language.sentences import sentences
from minutes_nlp.reading import BlockKind
from minutes_nlp.spans import CharSpan

_HEAD_LINES = 30
_FIRST_SENTENCES = 25
_PUBLISHED_EVER = 100_000  # days
_PUBLISHED_WITHIN = 21  # days between a meeting and the publication of its minutes
_SUBTITLE_LINES = 8
_SUBTITLE_WORDS = 14
_NEAR_LINES = 5  # how far below “next meeting” its day may stand
_FARTHEST = 400  # days to the next meeting
_MOSTLY = 0.5  # share of a line that a date must make up to be its content
_BEFORE = 40  # characters before a date that say whose it is
_AFTER = 50  # characters after “next meeting” in which its day may stand, even beyond a stop

# Numbers alone, where a date is expected: in a title, under a key, on a line of the head.
_NUMERIC = re.compile(
    r"""(?<![\d./-])(?:
      (?P<y>\d{4})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?=T|(?!\d))
    | (?P<day>\d\d?)(?:\ ?[-/.]\ ?(?P<month>\d\d?)\ ?[-/. ]\ ?|\ (?P<spaced>\d\d)\ (?=\d{4}))
      (?P<year>\d{4}|\d\d)(?![\d:])
    | (?P<only>\d\d?)/(?P<of>\d\d?)(?![\d/])
    )""",
    re.VERBOSE,
)

_WITH_WORD = re.compile(r"(?:\b[^\W\d_]+[.,]?\s+)?(?P<number>\d)")

Dated = tuple[CharSpan, ExactDay | DayMonth]


def dated(text: str, span: CharSpan, language: str) -> list[Dated]:
    """The days in a passage, with or without their year; a language is only where the search for words begins."""
    inner = span.text(text)
    if not any(map(str.isdigit, inner)):
        return []
    return [(where.shift(span.start), meaning) for where, meaning in _dated(inner, language)]


@functools.lru_cache(maxsize=256)  # the same lines are asked for the date, the times and the place
def _dated(inner: str, language: str) -> tuple[Dated, ...]:
    found: list[Dated] = []
    for expression in find_dates(inner, language) or _from_first_number(inner, language):
        meaning = _first_day(expression.meaning)
        if isinstance(meaning, ExactDay | DayMonth):
            found.append((_tightened(inner, expression.core, meaning, language), meaning))
    return tuple(found)


def _first_day(meaning: Expression) -> Expression:
    return meaning.first if isinstance(meaning, Range) else meaning


def _starts(inner: str, span: CharSpan) -> list[int]:
    """Where a date may begin inside a phrase: at the word before its first number, at that number."""
    number = _WITH_WORD.search(inner, span.start, span.end)
    return [number.start(), number.start("number")] if number else []


def _from_first_number(inner: str, language: str) -> list[DateExpression]:
    """Dates from the first number on: the words before may have hidden them (`meeting January 12, 2018`)."""
    for start in _starts(inner, CharSpan(0, len(inner))):
        found = find_dates(inner[start:], language)
        if found:
            return [replace(one, span=one.span.shift(start), core=one.core.shift(start)) for one in found]
    return []


def _tightened(inner: str, core: CharSpan, meaning: Expression, language: str) -> CharSpan:
    """The date without the words for the meeting that it is the date of."""
    for start in _starts(inner, core):
        for one in find_dates(inner[start : core.end], language):
            if _first_day(one.meaning) == meaning:
                return one.core.shift(start)
    return core


def numeric(text: str, span: CharSpan) -> list[Dated]:
    """Days written in numbers alone, in whatever way; only for places where a date is to be expected."""
    found: list[Dated] = []
    for match in _NUMERIC.finditer(text, span.start, span.end):
        where = CharSpan(*match.span())
        if match["only"]:
            partial = DayMonth(int(match["only"]), int(match["of"]))
            found += [(where, partial)] if _day(2000, partial) else []
            continue
        year = match["y"] or match["year"]
        month = int(match["m"] or match["month"] or match["spaced"])
        day = _day(int(year) + (2000 if len(year) == 2 else 0), DayMonth(int(match["d"] or match["day"]), month))
        found += [(where, ExactDay(day))] if day else []
    return found


def expected(text: str, span: CharSpan, language: str) -> list[Dated]:
    """The days of a passage in which a date is to be expected: as `dated`, then also numbers alone."""
    found = dated(text, span, language)
    if any(isinstance(meaning, ExactDay) for _, meaning in found):
        return found
    return [one for one in numeric(text, span) if isinstance(one[1], ExactDay)] or found or numeric(text, span)


def nearest(meaning: ExactDay | DayMonth, reference: datetime.date | None) -> datetime.date | None:
    """The day meant, if need be in the year that brings it nearest to a reference; `None` without one."""
    if isinstance(meaning, ExactDay):
        return meaning.day
    if reference is None:
        return None
    days = [_day(reference.year + shift, meaning) for shift in (-1, 0, 1)]
    return min((day for day in days if day), key=lambda day: abs(day - reference), default=None)


def first_after(meaning: ExactDay | DayMonth, reference: datetime.date | None) -> datetime.date | None:
    """The day meant, if need be the first such day after a reference; `None` without one."""
    if isinstance(meaning, ExactDay):
        return meaning.day
    if reference is None:
        return None
    days = [_day(reference.year + shift, meaning) for shift in (0, 1)]
    return next((day for day in days if day and day > reference), None)


def _day(year: int, meaning: DayMonth) -> datetime.date | None:
    try:
        return datetime.date(year, meaning.month, meaning.day)
    except ValueError:
        return None


class MeetingDays:
    """Finds the day of the meeting and of the next.

    Args:
        normalised: the document.
        lines: its printed lines.
        facts: keys and values found in them.
        title: the title, if there is one.
    """

    def __init__(
        self,
        normalised: NormalisedText,
        lines: Sequence[PrintedLine],
        facts: Sequence[Fact],
        title: Title | None,
    ) -> None:
        self.normalised = normalised
        self.text = normalised.text
        self.lines = lines
        self.facts = facts
        self.title = title
        self.words = meeting_words()

    def date(self) -> FieldValue | None:
        """The day of the meeting: said to be it, else in the title, a line, a sentence, or the front matter.

        The date in the front matter may be that of publication: a day shortly before it in the first lines or
        sentences is the meeting's, and a day without a year takes the year from it.
        """
        front = self._front_day()
        reference = nearest(front[1], None) if front else self._any_day()
        stated = [(found, _PUBLISHED_EVER) for found in self._stated()]
        said = [(found, _PUBLISHED_WITHIN) for found in self._said()]
        for (span, meaning), late in (*stated, *said):
            day = nearest(meaning, reference)
            if day and (front is None or reference is None or -1 <= (reference - day).days <= late):
                return FieldValue(day.isoformat(), span)
        if front and reference:
            return FieldValue(reference.isoformat(), front[0])
        late = (found for found in self._under_key("date", len(self.lines)) if isinstance(found[1], ExactDay))
        return next((FieldValue(meaning.day.isoformat(), span) for span, meaning in late), None)

    def _stated(self) -> Iterator[Dated]:
        """Days under a key and in the title."""
        yield from self._under_key("meeting_date", _HEAD_LINES)
        yield from self._under_key("date", _HEAD_LINES * 2)
        if self.title:
            for part, number in zip(self.title.parts, self.title.lines, strict=False):
                yield from expected(self.text, part, self.lines[number].language)

    def _said(self) -> Iterator[Dated]:
        """Days in a line of the head that names the report or the meeting, in another line, in a sentence."""
        for line in self.lines[:_SUBTITLE_LINES]:
            inner = line.span.text(self.text)
            if not line.front and not line.marker and self._names_meeting(inner):
                yield from expected(self.text, line.span, line.language)[:1]
        yield from self._in_head_lines()
        yield from self._in_first_sentences()

    def _names_meeting(self, inner: str) -> bool:
        """Whether a short line begins with a word for the report, a meeting or a body."""
        known = self.words
        begin = inner.strip("/#*_=~-–—|·• ")
        named = known.kind.match(begin) or known.body.match(begin)
        other = any(known.sentences[name].search(inner) for name in ("next_meeting", "earlier_minutes"))
        return bool(named) and not other and len(_flat_words(inner)) <= _SUBTITLE_WORDS

    def _under_key(self, name: str, lines: int) -> Iterator[Dated]:
        for fact in self.facts:
            if name in fact.names and not fact.front and fact.line < lines:
                yield from expected(self.text, fact.value, self.lines[fact.line].language)[:1]

    def _front_day(self) -> Dated | None:
        for fact in self.facts:
            if fact.front and {"date", "meeting_date"} & set(fact.names):
                found = expected(self.text, fact.value, "en")
                exact = [one for one in found if isinstance(one[1], ExactDay)]
                if exact:
                    return exact[0]
        return None

    def _any_day(self) -> datetime.date | None:
        """The first full day in the head, to tell the year of one without it."""
        for line in self.lines[:_HEAD_LINES]:
            for _, meaning in dated(self.text, line.span, line.language):
                if isinstance(meaning, ExactDay):
                    return meaning.day
        return None

    def _in_head_lines(self) -> Iterator[Dated]:
        """Lines or columns of the head that are a date with little more; a table with several dates is a list."""
        head = [line for line in self.lines[:_HEAD_LINES] if not line.front]
        rows = [line for line in head if line.kind is BlockKind.TABLE_ROW]
        listed = sum(bool(expected(self.text, line.span, line.language)) for line in rows) > 1
        for line in head:
            for column in () if listed and line.kind is BlockKind.TABLE_ROW else line.columns:
                inner = column.text(self.text)
                for span, meaning in expected(self.text, column, line.language)[:1]:
                    share = _visible(span.text(self.text)) / max(1, _visible(inner))
                    leads = span.start - column.start <= 1 and len(inner.split()) <= _SUBTITLE_WORDS
                    alone = share >= _MOSTLY or line.level or (leads and isinstance(meaning, ExactDay))
                    if alone and not self._about("not_meeting", inner) and not self._about("earlier_minutes", inner):
                        yield span, meaning

    def _about(self, kind: str, inner: str) -> bool:
        return self.words.sentences[kind].search(inner) is not None

    def _in_first_sentences(self) -> Iterator[Dated]:
        """Days in the first sentences about the meeting that are not said to be of an earlier one or the next."""
        passages = [
            (sentence, block.language)
            for block in self.normalised.blocks[:_FIRST_SENTENCES]
            for sentence in sentences(self.text, block.span, block.language)
        ]
        for sentence, language in passages[:_FIRST_SENTENCES]:
            inner = sentence.text(self.text)
            if any(self._about(kind, inner) for kind in ("earlier_minutes", "next_meeting")):
                continue
            if not self._tells_of_meeting(inner):
                continue
            for span, meaning in dated(self.text, sentence, language):
                if not self._about("not_meeting", self.text[max(sentence.start, span.start - _BEFORE) : span.start]):
                    yield span, meaning

    def _tells_of_meeting(self, inner: str) -> bool:
        known = self.words
        named = any(word in known.meeting for word in _flat_words(inner)) or known.body.search(inner)
        return bool(named) or self._about("held", inner) or self._about("opening", inner)

    def next_meeting(self, date: datetime.date | None) -> FieldValue | None:
        """The day of the next meeting if the document gives it in full, or with its day and month and `date` its year.

        It must lie after `date`, at most a good year.
        """
        for fact in self.facts:
            if "next_meeting" in fact.names:
                found = self._first_later([fact.value], self.lines[fact.line].language, date)
                if found:
                    return found
        for number in range(len(self.lines)):
            mention = self._mention(number)
            if mention is None:
                continue
            found = self._first_later(self._after(number, mention), self.lines[number].language, date)
            if found:
                return found
        return None

    def _mention(self, number: int) -> CharSpan | None:
        line = self.lines[number]
        found = None if line.front else self.words.sentences["next_meeting"].search(line.span.text(self.text))
        return CharSpan(*found.span()).shift(line.span.start) if found else None

    def _after(self, number: int, mention: CharSpan) -> list[CharSpan]:
        """Where the day may stand: in the rest of the sentence, before in it, or below if the line is a label."""
        block = self.normalised.blocks[self.lines[number].block]
        sentence = next(
            (s for s in sentences(self.text, block.span, block.language) if s.contains(mention)),
            self.lines[number].span,
        )
        end = max(sentence.end, min(block.span.end, mention.end + _AFTER))
        places = [CharSpan(mention.end, end), CharSpan(sentence.start, mention.start)]
        rest = CharSpan(mention.end, self.lines[number].span.end).text(self.text)
        if len(_flat_words(rest)) <= 3:
            places += [line.span for line in self.lines[number + 1 : number + 1 + _NEAR_LINES]]
        return places

    def _first_later(self, places: Sequence[CharSpan], language: str, date: datetime.date | None) -> FieldValue | None:
        for place in places:
            for span, meaning in dated(self.text, place, language):
                day = first_after(meaning, date)
                if day and (date is None or 0 < (day - date).days <= _FARTHEST):
                    return FieldValue(day.isoformat(), span)
        return None


def _visible(text: str) -> int:
    return sum(map(str.isalnum, text))


def _flat_words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", folded(text))
