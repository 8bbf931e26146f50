"""The body that met: a word for a group with the words that name it, in the title or the head of the document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes_nlp.extraction.base import FieldValue
from minutes_nlp.extraction.dates import find_dates, find_times
from minutes_nlp.extraction.meeting_lines import Fact, PrintedLine
from minutes_nlp.extraction.meeting_title import Title
from minutes_nlp.extraction.meeting_words import MeetingWords, folded, meeting_words
from minutes_nlp.language import UNKNOWN
from minutes_nlp.spans import CharSpan

_HEAD_LINES = 25
_LONG_LINE = 10  # words: a longer line of the head is a sentence, not a name
_SEPARATOR = re.compile(r"\s+[-–—|]\s+|:\s+|;\s+|\s·\s|\s/\s(?=$)")
_TOKEN = re.compile(r"\S+")
_NUMBER = re.compile(r"\W*(?:n°|nr\.?|no\.?|#|versie|version)?\s*\d[\d./:^()ehdnstr-]*\w{0,2}\W*$", re.IGNORECASE)
_TRIMMED = " ,.;:–—-/|"


def find_body(
    text: str, lines: Sequence[PrintedLine], facts: Sequence[Fact], title: Title | None
) -> FieldValue | None:
    """The name of the body in its shortest full form, or `None` if none is named.

    Args:
        text: the normalised text.
        lines: its printed lines.
        facts: keys and values found in them.
        title: the title, if there is one.
    """
    finder = _BodyFinder(text, meeting_words())
    named = next((f.value for f in facts if f.names == ("body",) and f.line < _HEAD_LINES), None)
    head = [line for n, line in enumerate(lines[:_HEAD_LINES]) if not line.front and (not title or n not in title.lines)]
    in_title = finder.in_title(title, lines) if title else None
    if in_title and in_title.span and len(in_title.value.split()) > 1:
        return in_title
    fuller = finder.in_head(head, in_title)
    if fuller:
        return fuller
    if in_title is None and named and len(named.text(text).split()) <= _LONG_LINE:
        return FieldValue(named.text(text), named)
    return in_title


class _BodyFinder:
    def __init__(self, text: str, words: MeetingWords) -> None:
        self.text = text
        self.words = words

    def in_title(self, title: Title, lines: Sequence[PrintedLine]) -> FieldValue | None:
        """The body that the title names, by a word for a group or as what the report is of."""
        for part, number in zip(title.parts, title.lines, strict=False):
            found = self.named(part, lines[number].language)
            if found:
                return found
        for part, number in zip(title.parts, title.lines, strict=False):
            rest = self._what_remains(part, lines[number].language)
            if rest:
                return FieldValue(rest.text(self.text), rest)
        return None

    def in_head(self, head: Sequence[PrintedLine], known: FieldValue | None) -> FieldValue | None:
        """A body named by a line of its own in the head; with `known`, only one that says it more fully."""
        for line in head:
            words = line.span.text(self.text).split()
            if len(line.columns) > 1 or not words or len(words) > _LONG_LINE or line.marker:
                continue
            if known is not None:
                wanted = folded(known.value)
                if folded(line.span.text(self.text)).startswith(wanted + " ") and len(words) <= 6:
                    found = self.named(line.span, line.language)
                    if found and found.span and self._covers(found.span, line.span):
                        return found
                continue
            found = self.named(line.span, line.language)
            if found and found.span and self._covers(found.span, line.span):
                return found
        return None

    def _covers(self, found: CharSpan, line: CharSpan) -> bool:
        """Whether the name is nearly all of the line."""
        return found.length >= 0.6 * line.length

    def named(self, span: CharSpan, language: str) -> FieldValue | None:
        """The first body named in a line: its noun, what describes it before, what names it after."""
        for segment in self._segments(span):
            inner = segment.text(self.text)
            stop = self._first_date(inner, language)
            for noun in self.words.body.finditer(inner):
                if self._is_meeting(inner, noun):
                    continue
                start = self._left(inner, noun.start())
                end = self._right(inner, noun.end(), stop if stop > noun.end() else len(inner))
                found = CharSpan(start, end).shift(segment.start).trim(self.text, _TRIMMED)
                return FieldValue(found.text(self.text), found)
            for token in _TOKEN.finditer(inner):
                body = self.words.compounds.get(folded(token[0]).strip(_TRIMMED))
                if body:
                    return FieldValue(body, CharSpan(*token.span()).shift(segment.start))
        return None

    def _segments(self, span: CharSpan) -> list[CharSpan]:
        inner, start, found = span.text(self.text), 0, []
        for separator in _SEPARATOR.finditer(inner):
            found.append(CharSpan(start, separator.start()).shift(span.start))
            start = separator.end()
        found.append(CharSpan(start, len(inner)).shift(span.start))
        return [segment for segment in found if segment.length]

    def _first_date(self, inner: str, language: str) -> int:
        known = "nl" if language == UNKNOWN else language
        starts = [found.core.start for found in find_dates(inner, known) if any(map(str.isdigit, found.core.text(inner)))]
        starts += [time.span.start for time in find_times(inner)]
        return min(starts, default=len(inner))

    def _is_meeting(self, inner: str, noun: re.Match[str]) -> bool:
        """Whether the word only means a coming together here (`overleg`)."""
        return folded(noun[0]) in self.words.meeting and not self._left(inner, noun.start()) < noun.start()

    def _left(self, inner: str, start: int) -> int:
        """Where the words that describe the noun begin."""
        for token in reversed(list(_TOKEN.finditer(inner[:start]))):
            flat = folded(token[0]).strip(_TRIMMED)
            if self._ends_name(flat, token[0]) or token[0].endswith((",", ":", ";")):
                break
            if re.match(r"[ldLD]['’]", token[0]):
                start = token.start() + 2
                break
            start = token.start()
        return start

    def _right(self, inner: str, end: int, stop: int) -> int:
        """Where the name ends: before a date, a number, a word for a meeting, a comma."""
        last, pending = end, False
        for token in _TOKEN.finditer(inner, end, stop):
            flat = folded(token[0]).strip(_TRIMMED)
            if flat in self.words.meeting or flat in self.words.manner or _NUMBER.match(token[0]):
                break
            pending = flat in self.words.links or flat in {"et", "en", "and", "und", "&", "/"}
            if not pending:
                last = token.end()
            if token[0].endswith((".", ";")) and len(token[0]) > 3:
                break
        return last

    def _ends_name(self, flat: str, token: str) -> bool:
        known = self.words
        return (
            not flat
            or flat in known.report
            or flat in known.meeting
            or flat in known.manner
            or flat in known.links
            or bool(_NUMBER.match(token))
            or flat in {"verbal", "verbaux", "rendu", "rendus"}
        )

    def _what_remains(self, span: CharSpan, language: str) -> CharSpan | None:
        """What a short title says beside the words for the report, the meeting and its day."""
        inner = span.text(self.text)
        first = self._segments(span)[0].text(self.text) if self._segments(span) else ""
        for candidate in dict.fromkeys((first, inner)):
            cut = candidate[: self._first_date(candidate, language)]
            tokens = [t for t in _TOKEN.finditer(cut) if not self._ends_name(folded(t[0]).strip(_TRIMMED), t[0])]
            whole = list(_TOKEN.finditer(cut))
            if not tokens or len(tokens) > 4 or len(tokens) == len(whole) and cut == inner:
                continue
            run = CharSpan(tokens[0].start(), tokens[-1].end())
            if len(run.text(cut).split()) == len(tokens) and all(t[0][:1].isupper() or len(tokens) > 1 for t in tokens):
                return run.shift(span.start).trim(self.text, _TRIMMED)
        return None
