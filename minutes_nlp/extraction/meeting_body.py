"""The body that met: a word for a group with the words that name it, in the title or the head of the document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes_nlp.extraction.base import FieldValue
from minutes_nlp.extraction.dates import find_times
from minutes_nlp.extraction.meeting_datelines import Dateline
from minutes_nlp.extraction.meeting_dates import expected
from minutes_nlp.extraction.meeting_lines import Fact, PrintedLine, head_length
from minutes_nlp.extraction.meeting_title import JOINT, Title
from minutes_nlp.extraction.meeting_words import MeetingWords, folded, meeting_words
from minutes_nlp.reading import BlockKind
from minutes_nlp.resources import languages, section, words_cache
from minutes_nlp.spans import CharSpan

_HEAD_LINES = 25
_FIRST_LINES = 6  # in which a sentence may say who met
_LONG_LINE = 10  # words: a longer line of the head is a sentence, not a name
_LONG_NAME = 4  # words of a name without a word for a group
_NEARLY_ALL = 0.6  # of the characters of a line that a name must make up
_SEPARATOR = re.compile(r"\s+[-–—|]\s+|:\s+|;\s+|\s·\s")
_TOKEN = re.compile(r"\S+")
_NUMBER = re.compile(r"\W*(?:n°|nr\.?|no\.?|#)?\s*\d[\d./:^()ehdnstr-]*\w{0,2}\W*$", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-ZÀ-Ý][A-ZÀ-Ýa-z]{0,2}[A-ZÀ-Ý]{1,6}")
_COMMA = re.compile(r",\s+")
_COMMA_AND_WORD = re.compile(r",\s+[a-zß-ÿ]")
_ELIDED = re.compile(r"[ldLD]['’]")
_TRIMMED = ' ,.;:–—-/|"“”«»*_'
_QUOTES = (("«", "»"), ("“", "”"))
_BRACKETS = _TRIMMED + "()"


def find_body(
    text: str,
    lines: Sequence[PrintedLine],
    facts: Sequence[Fact],
    title: Title | None,
    datelines: Sequence[Dateline],
) -> FieldValue | None:
    """The name of the body in its shortest full form, or `None` if none is named.

    Sources, in order: the title; a line of the head that is a name (the nearest to the title); a key for it; a line
    that says what the report is of. A body of all members gives way to the organisation named beside it.

    Args:
        text: the normalised text.
        lines: its printed lines.
        facts: keys and values found in them.
        title: the title, if there is one.
        datelines: the lines of the head that say when the meeting was.
    """
    finder = _BodyFinder(text, lines, title, meeting_words())
    under_key = finder.under_key(facts)
    found = finder.in_title()
    if found and finder.words.assembly.fullmatch(found.value):
        return under_key or finder.organisation() or finder.in_head(None) or found
    if found and folded(found.value) in finder.words.internal:
        return under_key or finder.organisation() or found
    if found:
        return finder.in_head(found) or found
    return (
        finder.in_datelines(datelines)
        or finder.rest_of_title()
        or finder.in_head(None)
        or under_key
        or finder.of_report()
        or finder.organisation()
        or finder.in_sentence()
    )


class _BodyFinder:
    def __init__(self, text: str, lines: Sequence[PrintedLine], title: Title | None, words: MeetingWords) -> None:
        self.text = text
        self.lines = lines
        self.title = title
        self.words = words
        first = title.lines[0] if title else 0
        head = min(_HEAD_LINES, head_length(text, lines, words))
        taken = title.lines if title else ()
        near = [n for n in range(head) if n not in taken and self._may_name(lines[n])]
        self.head = [lines[n] for n in sorted(near, key=lambda n: (abs(n - first), n))]

    def _may_name(self, line: PrintedLine) -> bool:
        return not (line.front or line.marker or line.level > 1 or line.kind is BlockKind.KEY_VALUE) and (
            len(line.columns) == 1
        )

    def in_title(self) -> FieldValue | None:
        """The body that the title names by a word for a group."""
        return next(filter(None, (self.named(part, language) for part, language in self._title_parts())), None)

    def rest_of_title(self) -> FieldValue | None:
        """The body that the title names as what the report is of, without a word for a group."""
        return next(filter(None, (self._what_remains(part, language) for part, language in self._title_parts())), None)

    def _title_parts(self) -> list[tuple[CharSpan, str]]:
        if self.title is None:
            return []
        parts = self.title.parts if JOINT in self.title.text else (self.title.span,)
        return [(part, self.lines[self.title.lines[0]].language) for part in parts]

    def in_datelines(self, datelines: Sequence[Dateline]) -> FieldValue | None:
        """A body at the beginning of a piece of a dateline: `équipe Tilleul, 16h00`."""
        for dateline in datelines:
            for rest in () if self.title and dateline.line in self.title.lines else dateline.rests:
                noun = self.words.body.match(rest.text(self.text))
                found = self.named(rest, self.lines[dateline.line].language) if noun else None
                if found and len(found.value.split()) > 1:
                    return found
        return None

    def under_key(self, facts: Sequence[Fact]) -> FieldValue | None:
        """The value of a key for the body in the head."""
        for fact in facts:
            words = fact.value.text(self.text).split()
            if fact.names == ("body",) and fact.line < _HEAD_LINES and len(words) <= _LONG_LINE:
                first = next(span for span in self._columns(fact.value))
                return FieldValue(" ".join(first.text(self.text).split()), first)
        return None

    def _columns(self, span: CharSpan) -> list[CharSpan]:
        gap = re.search(r"\s{3,}", span.text(self.text))
        return [CharSpan(span.start, span.start + gap.start()) if gap else span]

    def in_head(self, known: FieldValue | None) -> FieldValue | None:
        """A body named by a line of its own in the head; with `known`, only one that says it more fully."""
        for line in self.head:
            inner = line.span.text(self.text)
            if len(inner.split()) > (_LONG_LINE if known is None else 6) or inner.rstrip().endswith((".", ":")):
                continue
            if known is not None and not folded(inner).startswith(folded(known.value) + " "):
                continue
            found = self.named(line.span, line.language)
            first = self._segments(line.span)[0] if known is None else line.span
            if found and found.span and any(_fills(found.span, part) for part in (line.span, first)):
                return found
        return self._beside_date() if known is None else None

    def _beside_date(self) -> FieldValue | None:
        """A short name before the date on the line after the title."""
        after = [line for line in self.head if self.title and line.span.start > self.title.span.end]
        for line in after[:1]:
            days = expected(self.text, line.span, line.language)
            name = CharSpan(line.span.start, days[0][0].start).trim(self.text) if days else CharSpan(0, 0)
            inner = name.text(self.text)
            words = inner.split()
            plain = not inner.endswith(",") and not self.words.kind.search(inner)
            named = plain and any(folded(word) not in self.words.links for word in words)
            if words and len(words) <= _LONG_NAME and named and all(word[:1].isupper() for word in words):
                return FieldValue(inner, name)
        return None

    def organisation(self) -> FieldValue | None:
        """What the title, or a line of the head, names by a word for an organisation or a legal form."""
        for part, language in self._title_parts():
            for segment in self._segments(part):
                inner = segment.text(self.text)
                noun = self.words.organisation.search(inner)
                if not noun:
                    continue
                end = self._right(inner, noun.end(), max(self._first_date(segment, language), noun.end()))
                found = CharSpan(noun.start(), end).shift(segment.start).trim(self.text, _TRIMMED)
                if len(found.text(self.text).split()) > 1:
                    return FieldValue(" ".join(found.text(self.text).split()), found)
        for line in self.head:
            for segment in self._segments(line.span)[:2]:
                inner = segment.text(self.text)
                named = self.words.organisation.match(inner) or self.words.legal_form.search(inner)
                if named and 2 <= len(inner.split()) <= _LONG_LINE and ":" not in line.span.text(self.text):
                    return FieldValue(" ".join(inner.split()), segment)
        return None

    def of_report(self) -> FieldValue | None:
        """`Verslag van het Technisch Overleg …` in the head."""
        for line in self.head:
            inner = line.span.text(self.text)
            kind = self.words.kind.match(inner)
            if kind and kind.end() < len(inner):
                found = self.named(line.span, line.language)
                if found and len(found.value.split()) > 1:
                    return found
        return None

    def in_sentence(self) -> FieldValue | None:
        """`Le conseil municipal de Rives s'est réuni …`: who met, in one of the first lines."""
        for line in self.lines[:_FIRST_LINES]:
            inner = line.span.text(self.text)
            said = [match.start() for name in ("held", "opening") if (match := self.words.says(name, inner))]
            other = any(self.words.says(name, inner) for name in ("next_meeting", "earlier_minutes"))
            if not said or other or line.front or line.marker:
                continue
            found = self._in_clauses(CharSpan(line.span.start, line.span.start + min(said)), line.language)
            if found and len(found.value.split()) > 1:
                return found
        return None

    def _in_clauses(self, span: CharSpan, language: str) -> FieldValue | None:
        """The first body named between two commas of a passage."""
        starts = [span.start, *(comma.end() for comma in _COMMA.finditer(self.text, span.start, span.end))]
        ends = [*(comma.start() for comma in _COMMA.finditer(self.text, span.start, span.end)), span.end]
        clauses = [CharSpan(start, end) for start, end in zip(starts, ends, strict=True)]
        return next(filter(None, (self.named(clause, language) for clause in clauses)), None)

    def named(self, span: CharSpan, language: str) -> FieldValue | None:
        """The first body named in a line: its noun, what describes it before, what names it after."""
        for segment in self._segments(span):
            inner = segment.text(self.text)
            stop = self._first_date(segment, language)
            for noun in self.words.body.finditer(inner):
                if self._is_meeting(inner, noun) or self._is_other_word(inner, noun):
                    continue
                start = self._left(inner, noun.start())
                end = self._right(inner, noun.end(), stop if stop > noun.end() else len(inner))
                if end == noun.end() and (body := self.words.compounds.get(folded(noun[0]))):  # `teamoverleg`
                    return FieldValue(body, CharSpan(*noun.span()).shift(segment.start))
                found = self._trimmed(CharSpan(start, end).shift(segment.start))
                return FieldValue(" ".join(found.text(self.text).split()), found)
            for token in _TOKEN.finditer(inner):
                word = token[0].strip(_TRIMMED)
                body = self.words.compounds.get(folded(word))
                short = word.rpartition("-")[0] if folded(word).endswith(self.words.meeting_tails) else ""
                if body or (short.isupper() and short.isalpha()):  # `OR-vergadering`
                    return FieldValue(body or short, CharSpan(*token.span()).shift(segment.start))
        return None

    def _trimmed(self, span: CharSpan) -> CharSpan:
        """The span without signs at its ends, but with the sign that closes a quotation in it."""
        found = span.trim(self.text, _TRIMMED)
        inner = found.text(self.text)
        for opening, closing in _QUOTES:
            end = self.text.find(closing, found.end, span.end)
            if inner.count(opening) > inner.count(closing) and end >= 0:
                return CharSpan(found.start, end + 1)
        return found

    def _segments(self, span: CharSpan) -> list[CharSpan]:
        inner, start, found = span.text(self.text), 0, []
        for separator in _SEPARATOR.finditer(inner):
            found.append(CharSpan(start, separator.start()).shift(span.start))
            start = separator.end()
        found.append(CharSpan(start, len(inner)).shift(span.start))
        return [segment for segment in found if segment.length]

    def _first_date(self, span: CharSpan, language: str) -> int:
        """Where the first date or time of a passage begins, counted from its start; its length if there is none."""
        starts = [day.start - span.start for day, _ in expected(self.text, span, language)]
        starts += [time.span.start for time in find_times(span.text(self.text))]
        return min(starts, default=span.length)

    def _is_meeting(self, inner: str, noun: re.Match[str]) -> bool:
        """Whether the word only means a coming together here (`overleg`)."""
        return folded(noun[0]) in self.words.meeting and self._left(inner, noun.start()) == noun.start()

    def _is_other_word(self, inner: str, noun: re.Match[str]) -> bool:
        """Whether a short name of a body is only a like word or part of another (`or`, `CD&V`, `AV cultuurraad`)."""
        following = inner[noun.end() : noun.end() + 1]
        called = self.words.place.match(inner, noun.start())  # `Council Chamber`
        if called and called.end() > noun.end():
            return True
        if folded(noun[0]) not in self.words.acronyms:
            return False
        longer = following.isspace() and self.words.body.match(inner, noun.end() + 1)
        return not noun[0].isupper() or following == "&" or bool(longer)

    def _left(self, inner: str, noun: int) -> int:
        """Where the words that describe the noun begin."""
        start = noun
        for token in reversed(list(_TOKEN.finditer(inner[:start]))):
            flat = folded(token[0]).strip(_BRACKETS)
            ends = self._ends_name(flat, token[0]) or flat in self.words.acronyms
            if (ends and token[0] not in self.words.joints) or token[0].endswith((",", ":", ";")):
                break
            if _ELIDED.match(token[0]):
                return token.start() + 2
            start = token.start()
        kinds = [kind.end() for kind in self.words.kind.finditer(inner, 0, noun) if kind.end() > start]
        return max([start, *kinds])

    def _right(self, inner: str, end: int, stop: int) -> int:
        """Where the name ends: before a date, a number, a word for a meeting, a second complement."""
        last, links, linked = end, 0, False
        if _COMMA_AND_WORD.match(inner, end):
            return end  # `teamoverleg, week 6`
        tokens = list(_TOKEN.finditer(inner, end, stop))
        for place, token in enumerate(tokens):
            flat = folded(token[0]).strip(_TRIMMED)
            numbered = _NUMBER.match(token[0]) and not (place == 0 and inner[token.end() :].strip()[:1].isupper())
            stops = flat in self.words.meeting | self.words.manner | self.words.no_title | self.words.report
            of_meeting = linked and last == end and flat in self.words.meeting  # `comité de concertation`
            opened = token[0].startswith("(") and ")" not in token[0]
            if (stops and not of_meeting) or numbered or opened or flat in _months():
                break
            named = token[0][:1].isupper() and not inner.isupper()  # `Les Trois Tilleuls`
            is_link = flat in self.words.links and not named
            links += (is_link or bool(_ELIDED.match(token[0]))) and not linked
            if links > 1:
                authority = self.words.authority.search(inner, end, token.end())  # `conseil de la commune de Rives`
                if not authority or authority.end() != token.end():
                    break
                links = 1
            linked = is_link
            if not is_link and flat not in self.words.joints and token[0] not in self.words.joints:
                last = token.end()
            if token[0].endswith((".", ";")) and len(token[0]) > 3:
                break
        return last

    def _is_acronym(self, inner: str, tokens: Sequence[re.Match[str]]) -> bool:
        """Whether the one word that a title adds is a short name after the word for the report, or by itself."""
        if len(tokens) != 1 or (inner.isupper() and len(inner.split()) > 1):
            return False
        name = tokens[0][0].strip(_BRACKETS)
        alone = inner.strip(_BRACKETS) == name or self.words.report_first.match(folded(inner.strip()))
        return bool(alone and _ACRONYM.fullmatch(name))

    def _ends_name(self, flat: str, token: str) -> bool:
        known = self.words
        return (
            not flat or flat in known.report | known.meeting | known.manner | known.links or bool(_NUMBER.match(token))
        )

    def _what_remains(self, span: CharSpan, language: str) -> FieldValue | None:
        """What a short title says beside the words for the report, the meeting and its day: two to four words."""
        segments = self._segments(span)
        for candidate in segments[:1] if segments else []:
            whole = candidate.text(self.text)
            inner = whole[: self._first_date(candidate, language)]
            kinds = list(self.words.kind.finditer(whole if len(segments) == 1 else span.text(self.text)))
            blank = self.words.kind.sub(lambda kind: " " * len(kind[0]), inner)
            words = _TOKEN.finditer(blank.partition("(")[0])
            tokens = [t for t in words if not _NUMBER.match(t[0]) and folded(t[0]) not in _months()]
            names = [t for t in tokens if folded(t[0]) not in self.words.links]
            short = self._is_acronym(inner, names)
            tokens = names if short else tokens
            if not kinds or not (short or 2 <= len(tokens) <= _LONG_NAME):
                continue
            run = CharSpan(tokens[0].start(), tokens[-1].end())
            plain = all(folded(t[0]) not in self.words.links | self.words.no_title for t in tokens)
            if plain and run.text(blank) == run.text(inner) and any(c.isupper() for c in run.text(inner)):
                found = run.shift(candidate.start).trim(self.text, _TRIMMED)
                return FieldValue(found.text(self.text), found)
        return None


def _fills(name: CharSpan, part: CharSpan) -> bool:
    """Whether a name stands in a part of a line and is nearly all of it."""
    return part.contains(name) and name.length >= _NEARLY_ALL * part.length


@words_cache()
def _months() -> frozenset[str]:
    tables = (section(code, "dates")["months"] for code in languages())
    return frozenset(folded(name) for table in tables for names in table.values() for name in names)
