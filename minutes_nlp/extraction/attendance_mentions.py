"""Names in a document as the classifier of attendance sees them: where each stands, and in what company.

No feature holds a name, so that no person can be learned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from minutes_nlp.extraction import attendance_names as names
from minutes_nlp.extraction.attendance_entries import read_entries
from minutes_nlp.extraction.attendance_lines import Line, read_lines
from minutes_nlp.extraction.attendance_merge import name_words
from minutes_nlp.extraction.attendance_names import NAMES, Kind, kind_of
from minutes_nlp.extraction.attendance_remarks import Entry
from minutes_nlp.extraction.attendance_words import fold, pattern, phrase_index, read_cue, role_of, status_of
from minutes_nlp.extraction.attendance_wraps import join_wraps
from minutes_nlp.extraction.base import AttendeeFinding
from minutes_nlp.language import NormalisedText
from minutes_nlp.layout import Layout
from minutes_nlp.resources.lexicon import either, words_cache
from minutes_nlp.spans import CharSpan

Features = dict[str, float]

_WORD = re.compile(r"\w+|[^\w\s]")
_SENTENCE = re.compile(r"(?<=\w{3})[.!?]\s|\n")
_SHORT = 25  # words of a line that is read as a list, too
_FRONT, _BACK = 40, 12  # lines at the beginning and at the end in which names are looked at
_NEAR = 3  # words before and behind a name
_ABOVE = 12  # lines that a heading may stand above
_PHRASES = tuple(f"{key}_{side}" for key in ("present", "timed", "excused", "absent", "chair", "secretary")
                 for side in ("after", "before"))  # fmt: skip


@words_cache()
def _capitals() -> re.Pattern[str]:
    """Up to four words in capitals, with particles (`Van`, `de la`) between them."""
    first, next_ = r"[A-ZÀ-Þ](?:[\w'’-]|\.(?=[A-Z-]))*\.?", r"[A-ZÀ-Þ][\w'’-]+"
    return re.compile(rf"{first}(?:\s(?:(?:{either('name_particles')})\s)*{next_}){{0,3}}")


@words_cache()
def _time() -> re.Pattern[str]:
    """A time of day."""
    return re.compile(rf"\d{{1,2}}\s?(?:[:.]|{either('hour_words')})\s?\d{{0,2}}")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at a place.

    Attributes:
        entry: the name as the grammar of lists reads it, with what is printed beside it.
        words: of the name, without case and accents.
        features: what is known of the place.
        line: number of its line.
    """

    entry: Entry
    words: frozenset[str]
    features: Mapping[str, float]
    line: int


@dataclass(frozen=True, slots=True)
class _Page:
    """A document while its mentions are read."""

    text: str
    lines: Sequence[Line]
    headings: frozenset[int]
    labels: Sequence[str]
    names: frozenset[str]  # the words of all names in it


def mentions(normalised: NormalisedText, layout: Layout) -> list[Mention]:
    """The names near the beginning and the end of a document, and those beside words of coming and going.

    Args:
        normalised: the readable text.
        layout: what its blocks are for.
    """
    text = normalised.text
    lines = join_wraps(normalised, read_lines(normalised))
    headings = frozenset(heading.block for heading in layout.headings)
    entries = {
        number: list(_entries(text, line)) for number, line in enumerate(lines) if _is_asked(text, lines, number)
    }
    people = (entry for found in entries.values() for entry in found if entry.kind is Kind.PERSON)
    words = frozenset(word for entry in people for word in _words(entry.name.text(text)))
    page = _Page(text, lines, headings, [label.name for label in layout.labels], words)
    return [
        Mention(entry, name_words(entry.name.text(text)), _features(page, number, entry, index, len(found)), number)
        for number, found in entries.items()
        for index, entry in enumerate(found)
        if name_words(entry.name.text(text))
    ]


def _is_asked(text: str, lines: Sequence[Line], number: int) -> bool:
    """Whether the names of a line are looked at: by its place and what it says, if it is no list of recipients."""
    words = lines[number].span.text(text)
    cue = read_cue(words.partition(":")[0])
    if cue and cue.kind == "elsewhere":
        return False
    marginal = number < _FRONT or number >= len(lines) - _BACK
    folded = "" if marginal else fold(words)
    return marginal or any(
        pattern("prose", key).search(folded) for key in phrase_index("prose", *_PHRASES).possible(folded)
    )


def left_over(named: Iterable[Mention], found: Sequence[AttendeeFinding]) -> list[Mention]:
    """The mentions that are neither people nor organisations of a list, nor parts of their names."""
    people = [name_words(attendee.name) for attendee in found]
    organisations = [name_words(attendee.organisation) for attendee in found if attendee.organisation]
    return [
        mention
        for mention in named
        if not any(mention.words <= other or other <= mention.words for other in people)
        and not any(mention.words <= other for other in organisations)
    ]


def _entries(text: str, line: Line) -> Iterator[Entry]:
    """The names of a line: of a short one those that the grammar of lists reads, then whatever has capitals."""
    read: list[CharSpan] = []
    if len(line.span.text(text).split()) <= _SHORT:
        for piece in line.pieces:
            for entry in read_entries(text, piece.span, one=line.is_item):
                if entry.kind in NAMES and entry.kind is not Kind.ACRONYM and entry.name.length:
                    read.append(entry.name)
                    yield entry
    for found in _capitals().finditer(text, line.span.start, line.span.end):
        span = names.trim(text, names.strip_titles(text, CharSpan(*found.span())))
        kind = kind_of(span.text(text)) if span.length else Kind.OTHER
        overlaps = any(span.start < other.end and other.start < span.end for other in read)
        if not overlaps and (kind is Kind.PERSON or (kind is Kind.NAMELIKE and " " in span.text(text))):
            yield Entry(span, kind)


def _features(page: _Page, number: int, entry: Entry, index: int, count: int) -> Features:
    line, span, kind = page.lines[number], entry.name, entry.kind
    found: Features = {"bias": 1.0}
    words = line.span.text(page.text)
    marks = [
        f"kind={kind.name}",
        f"words={min(3, len(span.text(page.text).split()))}",
        f"block={line.kind.name}",
        f"layout={page.labels[line.block]}",
        f"names={_bin(count)}",
        f"share={_tenth(span.length * count, max(1, line.span.length))}",
        f"length={_bin(len(words.split()))}",
        f"place={_bin(number)}",
        f"from-end={_bin(len(page.lines) - number)}",
        f"first={index == 0 and span.start - line.span.start < 4}",
        f"cells={min(3, len(line.pieces))}",
        f"ticked={line.ticked}",
        f"time={bool(_time().search(words))}",
        f"layout+names={page.labels[line.block]},{_bin(count)}",
        f"kind+names={kind.name},{_bin(count)}",
        f"kind+place={kind.name},{_bin(number)}",
        f"beside={_neighbours(page, number)}",
        *_context(page, number, span),
    ]
    found.update(dict.fromkeys(marks, 1.0))
    return found


def _neighbours(page: _Page, number: int) -> str:
    """Whether the lines above and below begin with names as well."""
    sides = []
    for other in (number - 1, number + 1):
        inside = 0 <= other < len(page.lines)
        sides.append("1" if inside and names.begins_with_name(page.text, page.lines[other].span) else "0")
    return "".join(sides)


def _context(page: _Page, number: int, span: CharSpan) -> Iterator[str]:
    """Words around the name, words of its sentence, of its label and of the heading above it."""
    text, line = page.text, page.lines[number]
    stops = [stop.end() for stop in _SENTENCE.finditer(text, line.span.start, span.start)]
    start = stops[-1] if stops else line.span.start
    after = _SENTENCE.search(text, span.end, line.span.end)
    end = after.start() if after else line.span.end
    before, behind = fold(text[start : span.start]), fold(text[span.end : end])
    for place, word in enumerate(reversed(_words(before)[-_NEAR:])):
        yield f"before{place}={_nameless(page, word)}"
    for place, word in enumerate(_words(behind)[:_NEAR]):
        yield f"behind{place}={_nameless(page, word)}"
    low = {fold(word) for word in _WORD.findall(text[start:end]) if word[:1].islower()}
    yield from (f"word={_nameless(page, word)}" for word in sorted(low))
    label = text[line.span.start : span.start].rpartition(":")[0]
    yield from _said(page, "label", label)
    heading = next((n for n in range(number - 1, max(-1, number - _ABOVE), -1) if _is_title(page, n)), None)
    if heading is not None:
        yield f"heading-at={_bin(number - heading)}"
        yield from _said(page, "heading", page.lines[heading].span.text(text))
    possible = phrase_index("prose", *_PHRASES)
    for sides, side in (("after", before), ("before", behind)):
        for key in sorted(possible.possible(side)):
            if key.endswith(sides) and pattern("prose", key).search(side):
                yield f"phrase={key}"
    yield from (f"beside={part}:{status_of(words)}" for part, words in (("before", before), ("behind", behind)))


def _is_title(page: _Page, number: int) -> bool:
    line = page.lines[number]
    words = line.span.text(page.text)
    return line.is_heading or line.block in page.headings or (len(words.split()) <= 6 and words.rstrip().endswith(":"))


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _nameless(page: _Page, word: str) -> str:
    """A word, or a sign that stands for any word of a name."""
    return "NAME" if word in page.names or names.is_known_first_name(word) else word


def _said(page: _Page, place: str, words: str) -> Iterator[str]:
    cue = read_cue(words) if words.strip() else None
    yield f"{place}-cue={cue and (cue.kind, cue.status)}"
    yield f"{place}-role={role_of(words) if words.strip() else None}"
    for word in _words(words)[-6:]:
        yield f"{place}={_nameless(page, word)}"


def _bin(count: int) -> str:
    return next((f"<{limit}" for limit in (1, 2, 3, 5, 8, 12, 20, 40) if count < limit), "many")


def _tenth(part: int, whole: int) -> int:
    return min(10, 10 * part // whole)
