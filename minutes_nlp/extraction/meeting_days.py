"""The day of the meeting and that of the next one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from minutes_nlp.extraction.base import FieldValue
from minutes_nlp.extraction.dates import DayMonth, ExactDay
from minutes_nlp.extraction.meeting_datelines import Dateline
from minutes_nlp.extraction.meeting_dates import Dated, dated, day_of, expected, first_after, nearest
from minutes_nlp.extraction.meeting_lines import Fact, PrintedLine, report_begin
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
_FIRST_LINES = 4  # where a year by itself is that of the meeting
_SUBTITLE_WORDS = 14
_NEAR_LINES = 5  # how far below “next meeting” its day may stand
_FARTHEST = 400  # days to the next meeting
_MOSTLY = 0.5  # share of a line that a date must make up to be its content
_BEFORE = 40  # characters before a date that say whose it is
_YEAR = re.compile(r"(?<![\w/.-])(?:19|20)\d\d(?![\w/-]|\.\d)")
_LETTER = re.compile(r"[^\W\d_],\s+(?:[^\W\d_]+\s+)?$")  # a place and a comma, right before a date
_CLOSE = 30  # characters after “next meeting” in which numbers alone are a day
_SHORT_NAME = 5  # letters of the short name of a body
_FOLLOWING = re.compile(r"\s+(?P<one>[^\W\d_][\w'’-]*)(?:\s+(?P<two>[^\W\d_][\w'’-]*))?")
_BEFORE_DAY = re.compile(r"\s*:|\s+(?:[^\W\d_]+\.?\s+)?\d")
_AFTER = 50  # characters after “next meeting” in which its day may stand, even beyond a stop


class MeetingDays:
    """Finds the day of the meeting and of the next.

    Args:
        normalised: the document.
        lines: its printed lines.
        facts: keys and values found in them.
        title: the title, if there is one.
        datelines: the lines of the head that say when the meeting was.
    """

    def __init__(
        self,
        normalised: NormalisedText,
        lines: Sequence[PrintedLine],
        facts: Sequence[Fact],
        title: Title | None,
        datelines: Sequence[Dateline],
    ) -> None:
        self.normalised = normalised
        self.text = normalised.text
        self.lines = lines
        self.facts = facts
        self.title = title
        self.datelines = datelines
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
            if day is None and late == _PUBLISHED_EVER:
                day = self._in_printed_year(meaning)
            if day and (front is None or reference is None or -1 <= (reference - day).days <= late):
                return FieldValue(day.isoformat(), span)
        if front and reference:
            return FieldValue(reference.isoformat(), front[0])
        keyed = self._under_key("date", len(self.lines))
        exact = ((span, meaning.day) for span, meaning in keyed if isinstance(meaning, ExactDay))
        return next((FieldValue(day.isoformat(), span) for span, day in exact), None)

    def _stated(self) -> Iterator[Dated]:
        """Days under a key, in the title, in a dateline (a time stands beside one without its year)."""
        report = report_begin(self.lines)
        yield from self._under_key("meeting_date", min(_HEAD_LINES, report))
        yield from self._under_key("date", min(_HEAD_LINES * 2, report))
        if self.title:
            for part, number in zip(self.title.parts, self.title.lines, strict=False):
                yield from expected(self.text, part, self.lines[number].language)
        for dateline in sorted(self.datelines, key=self._heads_letter):
            sure = (day for day in dateline.days[:1] if isinstance(day[1], ExactDay) or dateline.times)
            yield from sure

    def _heads_letter(self, dateline: Dateline) -> bool:
        """Whether a dateline reads as that of a letter (`Namur, le 3 mai`), beside one that gives the time too."""
        if dateline.times or not dateline.days or not any(other.times and other.days for other in self.datelines):
            return False
        span = self.lines[dateline.line].span
        return _LETTER.search(self.text[span.start : dateline.days[0][0].start]) is not None

    def _in_printed_year(self, meaning: ExactDay | DayMonth) -> datetime.date | None:
        """A day without a year in the only year that the first lines print by itself (`Algemene vergadering 2024`)."""
        head = " ".join(line.span.text(self.text) for line in self.lines[:_FIRST_LINES])
        years = {int(year[0]) for year in _YEAR.finditer(head)}
        return day_of(years.pop(), meaning) if isinstance(meaning, DayMonth) and len(years) == 1 else None

    def _said(self) -> Iterator[Dated]:
        """Days in a line of the head that names the report or the meeting, in another, in a sentence."""
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
        other = any(known.says(name, inner) for name in ("next_meeting", "earlier_minutes"))
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
        return self.words.says(kind, inner) is not None

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
        named = any(known.is_meeting(word) for word in _flat_words(inner)) or known.body.search(inner)
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
        """The words for the next meeting in a line: a phrase, or a word for “next” before a meeting, a body, a day."""
        line = self.lines[number]
        if line.front:
            return None
        inner = line.span.text(self.text)
        found = self.words.says("next_meeting", inner)
        if found:
            return CharSpan(*found.span()).shift(line.span.start)
        for word in self.words.next_word.finditer(inner):
            following = _FOLLOWING.match(inner, word.end())
            end = self._end_of_meeting(inner, following) if following else 0
            alone = not inner[: word.start()].strip(" -–—•*_0123456789./)") and _BEFORE_DAY.match(inner, word.end())
            if end or alone:
                return CharSpan(word.start(), end or word.end()).shift(line.span.start)
        return None

    def _end_of_meeting(self, inner: str, following: re.Match[str]) -> int:
        """Where the words after “next” for a body, a meeting, a short name or what takes place end; 0 if none."""
        body = self.words.body.match(inner, following.start("one"))
        if body:
            return body.end()
        for name in ("one", "two"):
            word = following[name]
            if word and (self.words.is_meeting(folded(word)) or (word.isupper() and 1 < len(word) <= _SHORT_NAME)):
                return following.end(name)
        held = self.words.sentences["takes_place"].search(inner, following.start("one"))
        between = inner[following.start("one") : held.start()] if held else ""
        return held.end() if held and len(between.split()) <= 3 else 0

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
        lead = CharSpan(self.lines[number].span.start, mention.start).text(self.text)
        if len(_flat_words(rest)) <= 3 and len(_flat_words(lead)) <= 3:
            places += [line.span for line in self.lines[number + 1 : number + 1 + _NEAR_LINES]]
        return places

    def _first_later(self, places: Sequence[CharSpan], language: str, date: datetime.date | None) -> FieldValue | None:
        for place in places:
            near = CharSpan(place.start, min(place.end, place.start + _CLOSE))
            for span, meaning in dated(self.text, place, language) or expected(self.text, near, language):
                day = first_after(meaning, date)
                if day and (date is None or 0 < (day - date).days <= _FARTHEST):
                    return FieldValue(day.isoformat(), span)
        return None


def _visible(text: str) -> int:
    return sum(map(str.isalnum, text))


def _flat_words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", folded(text))
