"""Where the meeting was."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes_nlp.extraction.base import FieldValue
from minutes_nlp.extraction.dates import find_times
from minutes_nlp.extraction.meeting_datelines import Dateline, without_connectives
from minutes_nlp.extraction.meeting_dates import dated
from minutes_nlp.extraction.meeting_lines import Fact, PrintedLine, head_length, report_begin
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
_QUOTES = (("«", "»"), ("“", "”"))
_LONG_VALUE = 12  # words: so long a value is a sentence about something else, unless it is an address
_LOWER_WORDS = 3  # words in lower case that a name may have which is not called a place
_SHORT_NAME = 6  # words: in so short a name no word for how the sentence goes on is looked for
_WEEKDAY_LENGTH = 14  # characters that may stand before a day at the beginning of a line
_BRACKETED = re.compile(r"^\s*\[[^\]]*\]\s*")  # the description of an image
_FURTHER_KEY = re.compile(r"\s[-–—|·•]\s[^\W\d_][^:\n]{0,24}:\s")  # of something else on the same line
_END = re.compile(r"[.;(]\s|[.;]$|,\s(?=[a-zß-ÿ]{2,}\s)")
_CLAUSE = re.compile(r"[.;(]\s|[.;]$|,\s(?![A-ZÀ-Þ\d])")
_SMALL_LETTER = re.compile(r"\s+[a-zß-ÿ]")
_COMMA = re.compile(r",\s+")
_ARTICLE = re.compile(r"\s*(?:(?P<word>[^\W\d_]+)\s+|[lL]['’])")
_ADDRESS = re.compile(r"https?://\S+")


def find_location(
    normalised: NormalisedText,
    lines: Sequence[PrintedLine],
    facts: Sequence[Fact],
    title: Title | None,
    datelines: Sequence[Dateline],
) -> FieldValue | None:
    """The place, or how those present were connected, as written; `None` if it is not said.

    Sources, in order: a key (`Locatie:`), what stands beside the date in the head, a sentence that says where the
    meeting was held, a word or an address of the head that says that it was held at a distance.
    """
    finder = _PlaceFinder(normalised, lines, title, datelines, meeting_words())
    return (
        finder.under_key(facts)
        or finder.in_datelines(sure=True)
        or finder.next_to_dateline()
        or finder.in_sentence()
        or finder.in_datelines(sure=False)
        or finder.at_a_distance()
    )


class _PlaceFinder:
    def __init__(
        self,
        normalised: NormalisedText,
        lines: Sequence[PrintedLine],
        title: Title | None,
        datelines: Sequence[Dateline],
        words: MeetingWords,
    ) -> None:
        self.normalised = normalised
        self.text = normalised.text
        self.lines = lines
        self.titles = title.lines if title else ()
        self.datelines = datelines
        self.words = words
        self.head = head_length(self.text, lines, words)
        self.last_key = min(_HEAD_LINES, report_begin(lines))

    def _value(self, span: CharSpan) -> FieldValue | None:
        span = span.trim(self.text).trim(self.text, " ,.;:–—-·|*_")
        inner = span.text(self.text)
        if not any(map(str.isalnum, inner)) or len(inner.split()) > _LONGEST or inner.endswith("?"):
            return None
        if any(inner.count(opening) != inner.count(closing) for opening, closing in _QUOTES):
            return None  # half of the name of something else
        return FieldValue(" ".join(inner.split()), span)

    def under_key(self, facts: Sequence[Fact]) -> FieldValue | None:
        """The value of a key for places in the head that is no other key, time or date."""
        for fact in facts:
            if "location" not in fact.names or fact.line >= self.last_key:
                continue
            image = _BRACKETED.match(fact.value.text(self.text))
            start = fact.value.start + (image.end() if image else 0)
            further = _FURTHER_KEY.search(self.text, start, fact.value.end)
            value = CharSpan(start, further.start() if further else fact.value.end)
            clean = value.text(self.text)
            if self.words.fact_of(clean) or self.words.letterhead.match(clean) or clean.endswith("?"):
                continue
            times = find_times(clean, expected=True)
            if len(fact.names) > 1 and (times or dated(self.text, value, "unknown")):
                value = self._below(fact)
            elif times and times[0].span.start > 0 and not clean[times[-1].span.end :].strip(" .)-–"):
                value = without_connectives(
                    self.text, CharSpan(value.start, value.start + times[0].span.start).trim(self.text)
                )
            found = self._value(value)
            sentence = found and len(found.value.split()) > _LONG_VALUE and not re.search(r"[\d,]", found.value)
            if found and not sentence:
                return found
        return None

    def _below(self, fact: Fact) -> CharSpan:
        """The line after the time under a key for both (`tijd/locatie`)."""
        after = next((line for line in self.lines if line.span.start > fact.value.end), None)
        return after.columns[0] if after else fact.value

    def in_datelines(self, *, sure: bool) -> FieldValue | None:
        """`27 juni 2018, Den Haag, 14:00`, `raadzaal, 20u`: what is neither day nor time beside one.

        Args:
            sure: whether to give what is called a place by its words, or else a bare name: that counts only on a line
                of its own, after a day that begins it or before a day and a time.
        """
        for dateline in self.datelines:
            line = self.lines[dateline.line]
            leads = bool(dateline.days) and dateline.days[0][0].start <= line.span.start + _WEEKDAY_LENGTH
            for place, rest in enumerate(dateline.rests):
                found, called = self._named_place(rest)
                beside = leads if place >= dateline.before else bool(dateline.days and dateline.times)
                if found and (called if sure else beside and dateline.line not in self.titles):
                    return found
        return None

    def next_to_dateline(self) -> FieldValue | None:
        """A line after a dateline or the title that is called a place by its first words."""
        numbers = {number + 1 for number in (*self.titles, *(dateline.line for dateline in self.datelines))}
        for number in sorted(numbers - set(self.titles)):
            line = self.lines[number] if number < self.head else None
            if line is None or line.front or line.level:
                continue
            inner = line.span.text(self.text)
            found, called = self._named_place(line.span)
            if found and called and ":" not in inner and len(inner.split()) <= _LONGEST_NAME:
                return found
        return None

    def _named_place(self, rest: CharSpan) -> tuple[FieldValue | None, bool]:
        """The place in a piece of a dateline, from its first part between commas that is one; whether it is sure."""
        inner = rest.text(self.text)
        if ":" in inner:
            return None, False
        online = self.words.says("online", inner)
        if online:
            return self._value(CharSpan(*online.span()).shift(rest.start)), True
        stop = self.words.place_stops.search(inner) if len(inner.split()) > _SHORT_NAME else None
        parts = self._parts(CharSpan(rest.start, rest.start + stop.start()) if stop else rest)
        for number, part in enumerate(parts):
            found, sure = self._part_as_place(part)
            if found is None:
                continue
            end = found.end
            for further in parts[number + 1 :]:
                more, _ = self._part_as_place(further)
                if more is None:
                    break
                end = more.end
            return self._value(CharSpan(found.start, end)), sure
        return None, False

    def _parts(self, span: CharSpan) -> list[CharSpan]:
        """The parts of a piece between commas."""
        commas = list(_COMMA.finditer(self.text, span.start, span.end))
        starts = [span.start, *(comma.end() for comma in commas)]
        stops = [*(comma.start() for comma in commas), span.end]
        return [CharSpan(start, stop).trim(self.text) for start, stop in zip(starts, stops, strict=True)]

    def _part_as_place(self, part: CharSpan) -> tuple[CharSpan | None, bool]:
        """What a part says of the place, without the word that leads to it; whether that is sure."""
        inner = part.text(self.text)
        host = self.words.place_host.match(inner)
        lead = None if host else self.words.place_lead.match(inner)
        start = self._after_article(CharSpan(part.start + lead.end(), part.end)) if lead else part.start
        named = CharSpan(start, part.end).trim(self.text)
        value = named.text(self.text)
        if not 0 < len(value.split()) <= _LONGEST_NAME or sum(map(str.isalpha, value)) < 2 or ":" in value:
            return None, False
        noun = self.words.place.search(value)
        body = self.words.body.search(value)
        kind = self.words.kind.search(value)
        first = noun and len(value[: noun.start()].split()) <= 1
        if noun and first and all(other is None or noun.start() <= other.start() for other in (body, kind)):
            return named, not (kind and not value[noun.end() : kind.start()].strip())
        if kind or folded(value) in self.words.manner | self.words.people or self._names_meeting(value):
            return None, False
        if any(named.match(value) for named in (self.words.authority, self.words.organisation)):
            return None, False
        if self.words.legal_form.search(value):
            return None, False
        plain = [word for word in value.split() if folded(word) not in self.words.links | self.words.joints]
        if sum(word.islower() for word in plain) > _LOWER_WORDS:
            return None, False
        capital = value[:1].isupper() or (bool(host) and any(map(str.isupper, value)))
        return (named, bool(lead or host)) if capital or value[:1].isdigit() else (None, False)

    def _after_article(self, span: CharSpan) -> int:
        """Where a name begins after its article, if it has one."""
        article = _ARTICLE.match(self.text, span.start, span.end)
        plain = article and (not article["word"] or article["word"] in self.words.links)
        return article.end() if article and plain else span.start

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
                said = self.words.says("held", inner)
                opened = said or self.words.says("opened", inner)
                if not opened or self.words.says("next_meeting", inner):
                    continue
                found = self._after_phrase(sentence, said.end(), block.language) if said else None
                found = found or self._led_to(sentence, block.language)
                if found:
                    return found
        return None

    def _after_phrase(self, sentence: CharSpan, end: int, language: str) -> FieldValue | None:
        """The place right behind a phrase that ends at `end` of a sentence."""
        place = CharSpan(sentence.start + end, sentence.end)
        days = dated(self.text, place, language)
        place = CharSpan(self._after_article(place), days[0][0].start if days else place.end)
        called = self.words.place.match(self.text, place.start, place.end)
        return self._named_place(place)[0] if called else self._place(place)

    def _led_to(self, sentence: CharSpan, language: str) -> FieldValue | None:
        """What a sentence about the opening calls a place by its words, behind a word that leads to one (`in de`)."""
        inner = sentence.text(self.text)
        purpose = self.words.says("purposes", inner)
        for lead in self.words.place_lead.finditer(inner[: purpose.start()] if purpose else inner):
            start = self._after_article(CharSpan(sentence.start + lead.end(), sentence.end).trim(self.text))
            if not self.words.place.match(self.text, start, sentence.end):
                continue
            days = dated(self.text, CharSpan(start, sentence.end), language)
            stop = days[0][0].start if days else sentence.end
            ends = [found.start() for found in _CLAUSE.finditer(self.text, start, stop)]
            found, sure = self._named_place(CharSpan(start, min([*ends, stop])))
            if found and sure:
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
            first = folded(inner.split(":")[0]).strip(" .*_")
            fact = line.kind is BlockKind.KEY_VALUE and first not in self.words.no_title
            opening = number < self.head or fact or self.words.says("opening", inner)
            said = self.words.says("online", inner) if opening and not line.front else None
            if said and not self.words.says("next_meeting", inner) and "(" not in inner[: said.start()]:
                return self._value(CharSpan(*said.span()).shift(line.span.start))
        return None
