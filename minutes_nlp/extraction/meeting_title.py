"""The title of a document: the line, or the lines, that say what it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minutes_nlp.extraction.dates import find_days, find_times
from minutes_nlp.extraction.meeting_dates import expected
from minutes_nlp.extraction.meeting_lines import Fact, PrintedLine, columns, head_length
from minutes_nlp.extraction.meeting_words import MeetingWords, folded, meeting_words
from minutes_nlp.language import UNKNOWN
from minutes_nlp.reading import BlockKind
from minutes_nlp.resources.lexicon import either, words_cache
from minutes_nlp.spans import CharSpan, cover

HEAD_LINES = 40  # where a title may stand
_KEY_LINES = 6  # where a key for it may stand
JOINT = " – "  # between the two languages of a title on two lines
# How much a line looks like a title: points, added up. Chosen on the training minutes; only their order matters much.
_NEEDED = 1.5
_REPORT_FIRST, _REPORT, _MEETING, _BODY, _BODY_TOO, _DAY = 3.0, 1.5, 1.5, 2.0, 1.0, 0.5
_TOP_HEADING, _HEADING, _FIRST_LINE, _STRONG, _CAPITALS = 2.0, 0.5, 1.5, 1.0, 0.5
_LATER_HEADING, _LEAD_IN, _KEY, _IN_REPORT, _APPROVAL, _LONG = -1.0, -1.5, -2.0, -2.0, -2.0, -0.25
_PER_LINE = 0.12  # lost for each line above it, up to
_MOST_FOR_LINES = 0.8
_IMPOSSIBLE = -9.0
_LONGEST = 30  # words
_MANY_WORDS = 14
_FEW_WORDS = 9
_EDGE = '/#*_=~-–—|·•\u200b"“”«»: \t'
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_ADDRESS = re.compile(r"https?:|www\.|\S@\S+\.\w|\+\d[\d ()]{7,}|^\W*[1-9]\d{3,4}\s+[^\W\d_]+$")
_LINK_END = re.compile(r"(?:,|\b(?P<word>[^\W\d_]+['’]?))\s*$")


@dataclass(frozen=True, slots=True)
class Title:
    """A title: its text, where its parts stand, and the numbers of their lines."""

    text: str
    parts: tuple[CharSpan, ...]
    lines: tuple[int, ...]

    @property
    def span(self) -> CharSpan:
        """From the first part to the last."""
        return cover(self.parts)


@words_cache()
def _hour_end() -> re.Pattern[str]:
    """The abbreviated or full word for hours at the end of a line, with a stop that may end no sentence."""
    return re.compile(rf"(?<=\d)\s?(?:{either('hour_words')})\.$", re.IGNORECASE)


def find_title(text: str, lines: Sequence[PrintedLine], facts: Sequence[Fact]) -> Title | None:
    """The title, or `None` if the document has none.

    Args:
        text: the normalised text.
        lines: its printed lines.
        facts: keys and values found in them; a line with such a fact is no title.
    """
    return _TitleFinder(text, lines[:HEAD_LINES], facts, meeting_words()).find()


class _TitleFinder:
    def __init__(self, text: str, lines: Sequence[PrintedLine], facts: Sequence[Fact], words: MeetingWords) -> None:
        self.text = text
        self.lines = lines
        self.words = words
        titles = [fact for fact in facts if "title" in fact.names and fact.value.length]
        self.front = next((fact for fact in titles if fact.front), None)
        self.key = next((fact for fact in titles if not fact.front and fact.line < _KEY_LINES), None)
        self._report_begins = head_length(text, lines, words)
        self.taken = {fact.line for fact in facts if fact.names != ("title",)} | {
            n for n, line in enumerate(lines) if line.front
        }

    def find(self) -> Title | None:
        printed = self._printed()
        front = self._from_front_matter()
        keyed = self._from_key()
        if keyed and front is None:
            return keyed
        if front is None or printed is None:
            return printed or front
        line = self.lines[printed.lines[0]]
        richer = len(_WORD.findall(printed.text)) >= len(_WORD.findall(front.text))
        first = printed.lines[0] == self._first_printed()
        return printed if first and line.level and richer and self._telling(printed) else front

    def _first_printed(self) -> int:
        return next((n for n, line in enumerate(self.lines) if not line.front), 0)

    def _telling(self, title: Title) -> bool:
        """Whether the title says by its words or a date that it heads minutes."""
        return self._evidence(title.text, self.lines[title.lines[0]].language) >= _NEEDED

    def _from_front_matter(self) -> Title | None:
        if self.front is None:
            return None
        span = self.front.value
        return Title(_squeezed(span.text(self.text)), (span,), (self.front.line,))

    def _from_key(self) -> Title | None:
        """The value of a key for the subject (`Betreft: verslag …`) if it says that it heads minutes."""
        if self.key is None or self.key.line >= len(self.lines):
            return None
        value = self.key.value
        telling = self._evidence(value.text(self.text).strip(_EDGE), self.lines[self.key.line].language) >= _NEEDED
        return Title(_squeezed(value.text(self.text)), (value,), (self.key.line,)) if telling else None

    def _printed(self) -> Title | None:
        scores = {n: self.score(n) for n in range(len(self.lines)) if n not in self.taken}
        good = [(score - min(_PER_LINE * n, _MOST_FOR_LINES), -n) for n, score in scores.items() if score >= _NEEDED]
        return self._complete(-max(good)[1]) if good else None

    def score(self, number: int) -> float:
        """How much the line looks like the title, in points."""
        line = self.lines[number]
        inner = line.span.text(self.text).strip(_EDGE)
        if line.front or not self._possible(line, inner):
            return _IMPOSSIBLE
        found = self._evidence(inner, line.language)
        if line.kind is BlockKind.HEADING:
            found += self._of_heading(number)
        elif line.strong:
            found += _STRONG
        letters = [c for c in inner if c.isalpha()]
        printed = _hour_end().sub("", line.span.text(self.text).rstrip(" *_"))
        if printed.endswith((".", ":")) and len(_WORD.findall(inner)) > 2:
            found += _LEAD_IN
        if self.words.says("earlier_minutes", inner):
            found += _APPROVAL
        if line.kind is BlockKind.KEY_VALUE and not self._starts_with_report(folded(inner)):
            found += _KEY
        if number > self._report_begins and line.kind is not BlockKind.HEADING:
            found += _IN_REPORT
        return found + (_CAPITALS if letters and all(c.isupper() for c in letters) else 0.0)

    def _of_heading(self, number: int) -> float:
        """What it adds that a line is a marked heading: most for the first line, nothing for a later one."""
        headings = [n for n, line in enumerate(self.lines) if line.level]
        if number != headings[0] or number > self._report_begins:
            return _LATER_HEADING
        top = min(self.lines[n].level for n in headings)
        return (_TOP_HEADING if self.lines[number].level == top else _HEADING) + (
            _FIRST_LINE if number == self._first_printed() else 0.0
        )

    def _possible(self, line: PrintedLine, inner: str) -> bool:
        if line.kind in (BlockKind.LIST_ITEM, BlockKind.CODE) or line.marker or not any(c.isalpha() for c in inner):
            return line.kind is BlockKind.HEADING and not line.marker and bool(inner)
        words = _WORD.findall(inner)
        first = folded(inner.split(":")[0]).strip(" .")
        if first in self.words.no_title or self._opens_part(folded(inner)):
            return False
        sentence = inner.endswith(".") and len(words) > _FEW_WORDS
        if len(words) > _LONGEST or inner.endswith((";", "?")) or sentence:
            return False
        if line.kind is BlockKind.TABLE_ROW and len(line.columns) > 2:
            return False
        return not (self.words.letterhead.match(inner) or _ADDRESS.search(inner))

    def _opens_part(self, flat: str) -> bool:
        """Whether the folded line is what a part of minutes is headed with (`Agenda`, `Agenda van de sessie`)."""
        for end in (match.start() for match in re.finditer(r"\W+|$", flat)):
            following = re.match(r"\W*(\w+'?)?", flat[end:])
            is_part = flat[:end] in self.words.no_title and (not following or following[1] in {None, *self.words.links})
            is_report = flat[:end] in self.words.report and any(map(self.words.is_meeting, _WORD.findall(flat[end:])))
            if is_part and not is_report:
                return True
        return False

    def _evidence(self, inner: str, language: str) -> float:
        flat = folded(inner)
        words = [folded(word) for word in _WORD.findall(inner)]
        if not words:
            return 0.0
        score = 0.0
        if self._starts_with_report(flat):
            score += _REPORT_FIRST
        elif self._names_report(flat) or words[0].endswith(self.words.report_tails):
            score += _REPORT
        if any(self.words.is_meeting(word) for word in words):
            score += _MEETING
        if self.words.body.search(inner):
            score += _BODY_TOO if score else _BODY
        if find_days(inner, language if language != UNKNOWN else "nl"):
            score += _DAY
        return score + max(0, len(words) - _MANY_WORDS) * _LONG

    def _starts_with_report(self, flat: str) -> bool:
        """Whether the folded text begins with a word for the report."""
        return self.words.report_first.match(flat) is not None

    def _names_report(self, flat: str) -> bool:
        return any(self.words.report_first.match(flat, word.start()) for word in re.finditer(r"\b\w", flat))

    def _complete(self, number: int) -> Title:
        """The title that begins on this line, with the lines that carry it on."""
        line = self.lines[number]
        telling = [c for c in line.columns if self._evidence(c.text(self.text), line.language) >= _NEEDED - 0.5]
        if len(telling) == 2 and line.kind is BlockKind.TABLE_ROW:
            return self._title(telling, [number] * 2, JOINT)
        if line.kind is BlockKind.TABLE_ROW:
            return self._title(telling[:1] or [line.span], [number], " ")
        while number and self._carries_on([self.lines[number - 1].span], number - 1, number, backwards=True):
            number -= 1
        line = self.lines[number]
        first = line.span.trim(self.text).trim(self.text, _EDGE)
        pieces = list(columns(self.text, first))
        if len(pieces) == 2 and folded(pieces[0].text(self.text)) in self.words.report:
            return self._title(pieces, [number] * 2, " ")
        if len(pieces) > 1:  # the title stands beside a letterhead or a date
            first = max(pieces, key=lambda piece: (self._evidence(piece.text(self.text), line.language), -piece.start))
            return self._title([first], [number], " ")
        parts, numbers, joint = [first], [number], " "
        while (following := numbers[-1] + 1) < len(self.lines) and len(numbers) < 6:
            if self._is_translation(number, following) and len(numbers) == 1:
                joint = JOINT
            elif not self._carries_on(parts, numbers[-1], following):
                break
            parts.append(self.lines[following].span.trim(self.text).trim(self.text, _EDGE))
            numbers.append(following)
        return self._title(parts, numbers, joint)

    def _title(self, parts: Sequence[CharSpan], numbers: Sequence[int], joint: str) -> Title:
        return Title(_squeezed(joint.join(part.text(self.text) for part in parts)), tuple(parts), tuple(numbers))

    def _is_translation(self, number: int, following: int) -> bool:
        one, two = self.lines[number], self.lines[following]
        told = {one.language, two.language} - {UNKNOWN}
        days = [bool(expected(self.text, line.span, line.language)) for line in (one, two)]
        return (
            len(told) == 2
            and days[0] == days[1]
            and following not in self.taken
            and one.level == two.level
            and self.score(number) >= _NEEDED
            and self.score(following) >= _NEEDED
        )

    def _carries_on(self, parts: Sequence[CharSpan], number: int, following: int, *, backwards: bool = False) -> bool:
        """Whether the next line belongs to the title: it was cut in a phrase, or only named the report.

        `backwards` asks it of the line above a title, which counts only where the cut is plain to see.
        """
        above, below = self.lines[number], self.lines[following]
        if (
            {number, following} & self.taken
            or above.level
            or below.level
            or len(below.columns) + len(above.columns) > 2
        ):
            return False
        if backwards and not self._possible(above, above.span.text(self.text).strip(_EDGE)):
            return False
        inner = below.span.text(self.text).strip(_EDGE)
        if not inner or not self._possible(below, inner) or len(_WORD.findall(inner)) > _FEW_WORDS:
            return False
        so_far = " ".join(part.text(self.text) for part in parts)
        last = _LINK_END.search(so_far)
        if last and (not last["word"] or folded(last["word"]) in self.words.links):
            return True
        if above.block == below.block and inner[:1].islower() and len(so_far) > 20 and not self._is_dateline(below):
            return True
        if backwards:
            return False
        first = re.match(r"[^\W\d_]+['’]?", inner)
        if find_days(so_far, above.language if above.language != UNKNOWN else "nl") and self._is_dateline(below):
            return False
        dated = bool(find_days(inner, below.language if below.language != UNKNOWN else "nl"))
        continuing = inner[:1].islower() or inner.isupper()
        if first and continuing and folded(first[0]) in self.words.links and (above.block == below.block or dated):
            return True
        if len(parts) == 1 and folded(so_far) in self.words.report:
            return inner[:1].isupper() or self.score(following) >= _NEEDED
        return inner[:1].isupper() and not dated and not self._is_dateline(below) and self._lacks_name(so_far)

    def _is_dateline(self, line: PrintedLine) -> bool:
        """Whether a line begins with a day, or holds a time."""
        inner = line.span.text(self.text)
        days = expected(self.text, line.span, line.language)
        begins = bool(days) and len(inner[: days[0][0].start - line.span.start].split()) <= 1
        return begins or bool(find_times(inner, expected=True))

    def _lacks_name(self, so_far: str) -> bool:
        """Whether a title of several lines ends in the bare word for a group, with a number at most."""
        nouns = list(self.words.body.finditer(so_far))
        report = self.words.report_first.match(folded(so_far))
        several = report and re.search(r"\w", folded(so_far)[report.end() :])
        return bool(several and nouns) and not re.search(r"[^\W\d_]", so_far[nouns[-1].end() :])


def _squeezed(value: str) -> str:
    return " ".join(value.strip(_EDGE).split())
