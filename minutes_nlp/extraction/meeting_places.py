"""Where the meeting was."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes_nlp.extraction.base import FieldValue
from minutes_nlp.extraction.dates import find_times
from minutes_nlp.extraction.meeting_days import dated
from minutes_nlp.extraction.meeting_lines import Fact, PrintedLine
from minutes_nlp.extraction.meeting_words import MeetingWords, meeting_words
from minutes_nlp.language import NormalisedText
from minutes_nlp.language.sentences import sentences
from minutes_nlp.spans import CharSpan

_HEAD_LINES = 25
_FIRST_BLOCKS = 12
_LONGEST = 18  # words
_BRACKETED = re.compile(r"^\s*\[[^\]]*\]\s*")  # the description of an image
_END = re.compile(r"[.;(]\s|[.;]$|,\s(?=[a-zß-ÿ]{2,}\s)|\s(?:en|et|und|and)\s(?=[a-zß-ÿ])")
_BESIDE = re.compile(r"^\s*(?:[,·@]|[-–—]\s|te |in |à |au |at |en )\s*")


def find_location(
    normalised: NormalisedText, lines: Sequence[PrintedLine], facts: Sequence[Fact], words: MeetingWords | None = None
) -> FieldValue | None:
    """The place, or how those present were connected, as written; `None` if it is not said.

    Sources, in order: a key (`Locatie:`), what stands beside the date in the head, a sentence that says where the
    meeting was held, a word of the head that it was held at a distance.
    """
    finder = _PlaceFinder(normalised, lines, words or meeting_words())
    return finder.under_key(facts) or finder.beside_date() or finder.in_sentence() or finder.at_a_distance()


class _PlaceFinder:
    def __init__(self, normalised: NormalisedText, lines: Sequence[PrintedLine], words: MeetingWords) -> None:
        self.normalised = normalised
        self.text = normalised.text
        self.lines = lines
        self.words = words

    def _value(self, span: CharSpan) -> FieldValue | None:
        span = span.trim(self.text).trim(self.text, " ,.;:–—-·|*_")
        inner = span.text(self.text)
        if not any(map(str.isalnum, inner)) or len(inner.split()) > _LONGEST:
            return None
        return FieldValue(" ".join(inner.split()), span)

    def under_key(self, facts: Sequence[Fact]) -> FieldValue | None:
        """The value of a key for places in the head that is no other key, time or date."""
        for fact in facts:
            if "location" not in fact.names or (fact.line >= _HEAD_LINES * 2 and not fact.front):
                continue
            inner = fact.value.text(self.text)
            image = _BRACKETED.match(inner)
            value = CharSpan(fact.value.start + (image.end() if image else 0), fact.value.end)
            clean = value.text(self.text)
            if self.words.fact_of(clean) or find_times(clean) or dated(self.text, value, "nl"):
                if len(fact.names) == 1 or not (find_times(clean) and fact.line + 1 < len(self.lines)):
                    continue
                value = self._below(fact)
            found = self._value(value)
            if found:
                return found
        return None

    def _below(self, fact: Fact) -> CharSpan:
        """The line after the time under a key for both (`tijd/locatie`)."""
        after = next((line for line in self.lines if line.span.start > fact.value.end), None)
        return after.columns[0] if after else fact.value

    def beside_date(self) -> FieldValue | None:
        """`27 juni 2018, Den Haag, 14:00 - 16:00`: what is neither day nor time."""
        for line in self.lines[:_HEAD_LINES]:
            inner = line.span.text(self.text)
            if line.front or len(inner.split()) > 14 or self.words.sentences["next_meeting"].search(inner):
                continue
            days = dated(self.text, line.span, line.language)
            if not days or days[0][0].start > line.span.start + 14:
                continue
            rest = CharSpan(days[0][0].end, line.span.end)
            times = find_times(rest.text(self.text))
            beside = _BESIDE.match(rest.text(self.text))
            if not beside:
                continue
            stop = times[0].span.start if times and times[0].span.start > beside.end() else rest.length
            found = self._value(CharSpan(rest.start + beside.end(), rest.start + stop))
            if found and found.value[:1].isupper() and not find_times(found.value) and not self._is_day(found):
                return found
        return None

    def _is_day(self, found: FieldValue) -> bool:
        return bool(found.span and dated(self.text, found.span, "nl"))

    def in_sentence(self) -> FieldValue | None:
        """`… gehouden bij X in Y`, `… se sont réunis à X`."""
        for block in self.normalised.blocks[:_FIRST_BLOCKS]:
            for sentence in sentences(self.text, block.span, block.language):
                inner = sentence.text(self.text)
                said = self.words.sentences["held"].search(inner)
                if not said or self.words.sentences["next_meeting"].search(inner):
                    continue
                rest = inner[said.end() :]
                stop = _END.search(rest)
                place = CharSpan(said.end(), said.end() + (stop.start() if stop else len(rest))).shift(sentence.start)
                days = dated(self.text, place, block.language)
                if days:
                    place = CharSpan(place.start, days[0][0].start)
                found = self._value(place)
                if found and any(c.isupper() for c in found.value) and len(found.value.split()) <= 9:
                    return found
        return None

    def at_a_distance(self) -> FieldValue | None:
        """A word of the head for a meeting at a distance."""
        for line in self.lines[:_HEAD_LINES]:
            inner = line.span.text(self.text)
            if line.front or self.words.sentences["next_meeting"].search(inner):
                continue
            said = self.words.sentences["online"].search(inner)
            if said and (len(inner.split()) <= 14 or any(w in self.words.meeting for w in inner.casefold().split())):
                return self._value(CharSpan(*said.span()).shift(line.span.start))
        return None
