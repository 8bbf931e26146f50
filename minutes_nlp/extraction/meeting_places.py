"""Where the meeting was."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes_nlp.extraction.base import FieldValue
from minutes_nlp.extraction.dates import find_times
from minutes_nlp.extraction.meeting_days import dated
from minutes_nlp.extraction.meeting_lines import Fact, PrintedLine, head_length
from minutes_nlp.extraction.meeting_title import Title
from minutes_nlp.extraction.meeting_words import MeetingWords, folded, meeting_words
from minutes_nlp.language import NormalisedText
from minutes_nlp.language.sentences import sentences
from minutes_nlp.reading import BlockKind
from minutes_nlp.spans import CharSpan

_HEAD_LINES = 50
_FIRST_BLOCKS = 12
_LONGEST = 18  # words
_LONGEST_NAME = 9  # words of a place in running text
_BRACKETED = re.compile(r"^\s*\[[^\]]*\]\s*")  # the description of an image
_END = re.compile(r"[.;(]\s|[.;]$|,\s(?=[a-zß-ÿ]{2,}\s)")
_SMALL_LETTER = re.compile(r"\s+[a-zß-ÿ]")
_BESIDE = re.compile(r"\s*(?:[,·@]|[-–—]\s)?\s*")
_ADDRESS = re.compile(r"https?://\S+")


def find_location(
    normalised: NormalisedText,
    lines: Sequence[PrintedLine],
    facts: Sequence[Fact],
    title: Title | None,
) -> FieldValue | None:
    """The place, or how those present were connected, as written; `None` if it is not said.

    Sources, in order: a key (`Locatie:`), what stands beside the date in the head, a sentence that says where the
    meeting was held, a word or an address of the head that says that it was held at a distance.
    """
    finder = _PlaceFinder(normalised, lines, title, meeting_words())
    return finder.under_key(facts) or finder.beside_date() or finder.in_sentence() or finder.at_a_distance()


class _PlaceFinder:
    def __init__(
        self, normalised: NormalisedText, lines: Sequence[PrintedLine], title: Title | None, words: MeetingWords
    ) -> None:
        self.normalised = normalised
        self.text = normalised.text
        self.lines = lines
        self.titles = title.lines if title else ()
        self.words = words
        self.head = head_length(self.text, lines, words)

    def _value(self, span: CharSpan) -> FieldValue | None:
        span = span.trim(self.text).trim(self.text, " ,.;:–—-·|*_")
        inner = span.text(self.text)
        if not any(map(str.isalnum, inner)) or len(inner.split()) > _LONGEST or inner.endswith("?"):
            return None
        return FieldValue(" ".join(inner.split()), span)

    def under_key(self, facts: Sequence[Fact]) -> FieldValue | None:
        """The value of a key for places in the head that is no other key, time or date."""
        for fact in facts:
            if "location" not in fact.names or fact.line >= _HEAD_LINES:
                continue
            image = _BRACKETED.match(fact.value.text(self.text))
            value = CharSpan(fact.value.start + (image.end() if image else 0), fact.value.end)
            clean = value.text(self.text)
            if self.words.fact_of(clean) or self.words.letterhead.match(clean) or clean.endswith("?"):
                continue
            times = find_times(clean)
            if len(fact.names) > 1 and (times or dated(self.text, value, "unknown")):
                value = self._below(fact)
            elif times and times[0].span.start > 0 and not clean[times[-1].span.end :].strip(" .)-–"):
                value = CharSpan(value.start, value.start + times[0].span.start)
            found = self._value(value)
            if found:
                return found
        return None

    def _below(self, fact: Fact) -> CharSpan:
        """The line after the time under a key for both (`tijd/locatie`)."""
        after = next((line for line in self.lines if line.span.start > fact.value.end), None)
        return after.columns[0] if after else fact.value

    def beside_date(self) -> FieldValue | None:
        """`27 juni 2018, Den Haag, 14:00 - 16:00`: what is neither day nor time, beside a day that begins the line."""
        for number, line in enumerate(self.lines[: self.head]):
            inner = line.span.text(self.text)
            if line.front or number in self.titles or self.words.sentences["next_meeting"].search(inner):
                continue
            days = dated(self.text, line.span, line.language)
            if not days or days[0][0].start > line.span.start + 14:
                continue
            found = self._after(CharSpan(days[0][0].end, line.span.end))
            if found:
                return found
        return None

    def _after(self, rest: CharSpan) -> FieldValue | None:
        """A place in what follows a date, before or after a time."""
        times = [time.span.shift(rest.start) for time in find_times(rest.text(self.text))]
        edges = [rest.start, *(time.end for time in times)]
        stops = [*(time.start for time in times), rest.end]
        for start, stop in zip(edges, stops, strict=True):
            sign = _BESIDE.match(self.text, start, stop)
            begin = sign.end() if sign else start
            lead = self.words.place_lead.match(self.text, begin, stop)
            if not lead and not self.text[start:begin].strip():
                continue
            found = self._place(CharSpan(lead.end() if lead else begin, stop))
            if found and (found.value[:1].isupper() or lead) and not self._names_meeting(found.value):
                return found
        return None

    def _names_meeting(self, value: str) -> bool:
        words = set(re.findall(r"[^\W\d_]+", folded(value)))
        known = self.words
        return bool(words & (known.meeting | known.report | known.no_title)) or bool(known.body.search(value))

    def _place(self, span: CharSpan) -> FieldValue | None:
        """A name with a capital at the beginning of `span`, up to where the sentence goes on."""
        rest = span.text(self.text)
        stops = [
            found.start() for found in self.words.place_joint.finditer(rest) if _SMALL_LETTER.match(rest, found.end())
        ]
        stops += [found.start() for pattern in (_END, self.words.place_stops) for found in pattern.finditer(rest)]
        found = self._value(CharSpan(span.start, span.start + min([*stops, len(rest)])))
        named = (
            found
            and len(found.value) > 1
            and any(c.isupper() for c in found.value)
            and len(found.value.split()) <= _LONGEST_NAME
        )
        return found if named else None

    def in_sentence(self) -> FieldValue | None:
        """`… gehouden bij X in Y`, `… se sont réunis à X`."""
        for block in self.normalised.blocks[:_FIRST_BLOCKS]:
            for sentence in sentences(self.text, block.span, block.language):
                inner = sentence.text(self.text)
                said = self.words.sentences["held"].search(inner)
                if not said or self.words.sentences["next_meeting"].search(inner):
                    continue
                place = CharSpan(sentence.start + said.end(), sentence.end)
                days = dated(self.text, place, block.language)
                found = self._place(CharSpan(place.start, days[0][0].start) if days else place)
                if found:
                    return found
        return None

    def at_a_distance(self) -> FieldValue | None:
        """A word of the head or of the opening sentence for a meeting at a distance, or the address of a conference."""
        for line in self.lines[:_HEAD_LINES]:
            address = _ADDRESS.fullmatch(line.span.text(self.text).strip(" <>"))
            if address and self.words.conference.search(address[0]):
                return self._value(line.span.trim(self.text, " <>"))
        for number, line in enumerate(self.lines[:_HEAD_LINES]):
            inner = line.span.text(self.text)
            known = self.words.sentences
            first = folded(inner.split(":")[0]).strip(" .*_")
            fact = line.kind is BlockKind.KEY_VALUE and first not in self.words.no_title
            opening = number < self.head or fact or known["opening"].search(inner)
            said = known["online"].search(inner) if opening and not line.front else None
            if said and not known["next_meeting"].search(inner) and "(" not in inner[: said.start()]:
                return self._value(CharSpan(*said.span()).shift(line.span.start))
        return None
