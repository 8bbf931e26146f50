"""When the meeting began and ended."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from minutes_nlp.extraction.base import FieldValue
from minutes_nlp.extraction.dates import TimeExpression, find_times
from minutes_nlp.extraction.meeting_datelines import Dateline
from minutes_nlp.extraction.meeting_dates import dated
from minutes_nlp.extraction.meeting_lines import Fact, PrintedLine, head_length, report_begin
from minutes_nlp.extraction.meeting_title import Title
from minutes_nlp.extraction.meeting_words import folded, meeting_words
from minutes_nlp.extraction.meeting_written import written_times
from minutes_nlp.extraction.timetable import joins_times
from minutes_nlp.language import NormalisedText
from minutes_nlp.language.sentences import sentences
from minutes_nlp.reading import BlockKind
from minutes_nlp.spans import CharSpan, cover

_HEAD_LINES = 40
_OPENING_SHARE = 0.5  # the opening stands in the first half of the document
_FIRST_PAGE = 3000  # characters in which it may stand whatever the length
_BESIDE = 40  # characters after a date in which its time stands
_LAST = 6  # sentences at the end, where “ends at” needs no word for a meeting either
_SHORT = 7  # words: so short a sentence needs no word for a meeting beside “begin” or “end”
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT(?P<hour>\d\d):(?P<minute>\d[05])(?::00)?(?![:.\d])")

Times = tuple[FieldValue | None, FieldValue | None]


class MeetingTimes:
    """Finds the start and the end of the meeting.

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
        self.head = head_length(self.text, lines, self.words)
        self.last_key = min(_HEAD_LINES, report_begin(lines))

    def find(self, timetable: Times) -> Times:
        """Start and end: as recorded, else as announced, else as the programme has them; `None` where not said.

        Args:
            timetable: first start and last end of the programme, if the document has one.
        """
        opening, closing = self._sentence("opened") or self._sentence("opening"), self._sentence("closing")
        announced = self._announced()
        start = opening or self._under_key("start") or announced[0] or timetable[0] or self._stamp()
        end = closing or self._under_key("end") or announced[1] or timetable[1]
        return start, _half_day(start, end)

    def _times(self, span: CharSpan, *, expected: bool = False) -> list[TimeExpression]:
        found = find_times(span.text(self.text), expected=expected)
        return [TimeExpression(time.span.shift(span.start), time.value) for time in found]

    def _written(self, span: CharSpan) -> list[TimeExpression]:
        """The times of a passage that are written in words."""
        found = written_times(span.text(self.text))
        return [TimeExpression(time.span.shift(span.start), time.value) for time in found]

    def _under_key(self, name: str) -> FieldValue | None:
        for fact in self.facts:
            if name in fact.names:
                found = self._times(fact.value, expected=True)
                if found and fact.value.length < 60:
                    return FieldValue(found[0].value, found[0].span)
        return None

    def _announced(self) -> Times:
        """A time or a range beside the date of the meeting, under its key, or in the title."""
        groups = (self._times(span, expected=True) for span in self._places())
        for found in map(_without_repeats, (*groups, *(dateline.times for dateline in self.datelines))):
            if not found:
                continue
            first = FieldValue(found[0].value, found[0].span)
            if len(found) > 1 and self._makes_range(self.text[found[0].span.end : found[1].span.start]):
                return first, FieldValue(found[1].value, found[1].span)
            return first, None
        return None, None

    def _makes_range(self, between: str) -> bool:
        """Whether what stands between two times makes them start and end: a sign, `to`, a word for the end."""
        bare = between.strip(" ,.:/")
        return joins_times(between) or ("end",) in (self.words.fact_of(bare), self.words.fact_of(bare.split(" ")[0]))

    def _places(self) -> Iterator[CharSpan]:
        for fact in self.facts:
            if (
                {"time", "date", "meeting_date", "location"} & set(fact.names)
                and not fact.front
                and fact.line < self.last_key
            ):
                line = self.lines[fact.line]
                yield CharSpan(fact.value.start, max(fact.value.end, line.span.end if len(line.columns) == 1 else 0))
                if fact.line + 1 < len(self.lines) and "meeting_date" in fact.names:
                    yield self.lines[fact.line + 1].span
        if self.title:
            yield from self.title.parts
        for line in self.lines[: self.head]:
            days = [] if line.front else dated(self.text, line.span, line.language)
            if days and not self.words.says("next_meeting", line.span.text(self.text)):
                yield CharSpan(days[0][0].end, min(line.span.end, days[0][0].end + _BESIDE))

    def _stamp(self) -> FieldValue | None:
        """The time of a stamp in the front matter if it is a round one: a clock's own stamp is that of writing."""
        for fact in self.facts:
            found = _STAMP.search(fact.value.text(self.text)) if fact.front and "date" in fact.names else None
            if found and (found["hour"], found["minute"]) != ("00", "00"):
                return FieldValue(f"{found['hour']}:{found['minute']}", fact.value)
        return None

    def _sentence(self, kind: str) -> FieldValue | None:
        """The time in the sentence that opens or closes the meeting: the first opening, the last closing."""
        length = max(1, len(self.text))
        found: FieldValue | None = None
        passages = self._passages
        for number, (line, sentence) in enumerate(passages):
            if kind != "closing" and (
                found or (sentence.start > _OPENING_SHARE * length and sentence.start > _FIRST_PAGE)
            ):
                break
            inner = sentence.text(self.text)
            said = self.words.says(kind, inner)
            last = kind == "closing" and number >= len(passages) - _LAST
            if not said or not (last or self._about_meeting(inner)):
                continue
            if self.words.says("next_meeting", inner[: said.start()]) or line.kind is BlockKind.TABLE_ROW:
                continue
            times = self._times(sentence) or self._written(sentence)
            if times:
                nearest = min(times, key=lambda time: _distance(time.span, said.span(), sentence.start))
                found = FieldValue(nearest.value, nearest.span)
        return found

    def _about_meeting(self, inner: str) -> bool:
        words = re.findall(r"[^\W\d_]+", folded(inner))
        known = self.words
        return (
            len(words) <= _SHORT
            or any(known.is_meeting(word) for word in words)
            or bool(known.body.search(inner))
            or any(word.endswith(tuple(known.meeting)) for word in words)
        )

    @functools.cached_property
    def _passages(self) -> Sequence[tuple[PrintedLine, CharSpan]]:
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[tuple[PrintedLine, CharSpan]]:
        first_line: dict[int, PrintedLine] = {}
        for line in self.lines:
            first_line.setdefault(line.block, line)
        for index, block in enumerate(self.normalised.blocks):
            if index in first_line and not first_line[index].front:
                for sentence in sentences(self.text, block.span, block.language):
                    yield first_line[index], sentence


def _without_repeats(found: Sequence[TimeExpression]) -> list[TimeExpression]:
    """The times, one given twice in a row (`9u30 / 9h30`) as one."""
    kept: list[TimeExpression] = []
    for time in found:
        if kept and kept[-1].value == time.value:
            kept[-1] = TimeExpression(cover([kept[-1].span, time.span]), time.value)
        else:
            kept.append(time)
    return kept


def _distance(time: CharSpan, said: tuple[int, int], base: int) -> int:
    return min(abs(time.start - base - said[1]), abs(said[0] + base - time.end))


def _half_day(start: FieldValue | None, end: FieldValue | None) -> FieldValue | None:
    """The end, twelve hours on if it is printed without half of the day (`13:02` to `1:55`)."""
    if start and end and end.value < start.value and end.value < "12:00" and start.value >= "12:00":
        later = f"{int(end.value[:2]) + 12:02}{end.value[2:]}"
        if later > start.value and int(later[:2]) - int(start.value[:2]) <= 4:
            return FieldValue(later, end.span)
    return end
