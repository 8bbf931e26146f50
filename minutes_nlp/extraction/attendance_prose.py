"""People of whom running text says that they were there, came, left, chaired or took the minutes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from minutes_nlp.extraction import attendance_names as names
from minutes_nlp.extraction.attendance_entries import read_entries
from minutes_nlp.extraction.attendance_lines import Line
from minutes_nlp.extraction.attendance_names import Kind
from minutes_nlp.extraction.attendance_remarks import Entry
from minutes_nlp.extraction.attendance_roll import Attendee
from minutes_nlp.extraction.attendance_words import (
    Cue,
    fold,
    may_give_role,
    pattern,
    phrase_index,
    role_of,
    speaks_of_next,
)
from minutes_nlp.language import NormalisedText
from minutes_nlp.reading import BlockKind
from minutes_nlp.records.people import Role, Status
from minutes_nlp.resources.lexicon import either, words_cache, words_of_all
from minutes_nlp.spans import CharSpan

_PHRASES: tuple[tuple[str, Status, Role | None], ...] = (
    ("chair", "present", "chair"),
    ("secretary", "present", "secretary"),
    ("present", "present", None),
    ("timed", "present", None),  # a time of day stands near
    ("excused", "excused", None),
    ("absent", "absent", None),
)
_SIDES = tuple(f"{key}_{side}" for key, _, _ in _PHRASES for side in ("after", "before"))
_TOKEN = re.compile(r"\([^()]*\)|[^\W\d_]{1,3}\.(?=\s|[A-Z]|,)|[^\s,;.:()]+|[,;.:()]")
_SIGNS = frozenset(",:;.()–-/")
_ELIDED = re.compile(r"['’]\w")  # `D'Amico` is a surname
_MARGIN = 40  # lines from the beginning and the end in which chair and secretary are named
_NAME_TOKENS = 7
_ENOUGH = 2  # sure names
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3})[.!?]\s+")
_SENTENCE = 200  # characters


def find_in_prose(text: str, lines: Sequence[Line]) -> list[Attendee]:
    """The people that sentences of these lines call present, excused, absent, chair or secretary."""
    found: list[Attendee] = []
    for number, line in enumerate(lines):
        marginal = number < _MARGIN or number >= len(lines) - _MARGIN
        folded = fold(line.span.text(text))
        possible = phrase_index("prose", *_SIDES).possible(folded)
        for key, status, role in _PHRASES if possible else ():
            if key != "timed" and not marginal:
                continue
            cue = Cue("people", status, role)
            found += [Attendee(entry, cue) for entry in _told(text, line.span, folded, key, role)]
        if marginal:
            found += _signed(text, lines, number)
    return sorted(found, key=lambda attendee: attendee.span)


def find_authors(normalised: NormalisedText) -> list[Attendee]:
    """Whom the front matter names as author: they took the minutes, if they attended."""
    found: list[Attendee] = []
    text = normalised.text
    blocks = normalised.blocks
    for number, block in enumerate(blocks):
        if block.key is None or not pattern("roles", "author").fullmatch(fold(block.key.text(text))):
            continue
        spans = [block.value] if block.value else []
        for below in blocks[number + 1 :]:
            if block.value or below.kind is not BlockKind.LIST_ITEM:
                break
            spans.append(below.span)
        for span in spans:
            entries = [entry for entry in read_entries(text, span) if len(entry.name.text(text).split()) > 1]
            found += [Attendee(entry, Cue("people", "present", "secretary")) for entry in entries]
    return found


def _told(text: str, span: CharSpan, folded: str, key: str, role: Role | None) -> Iterator[Entry]:
    many = role is None
    for phrase in _mentions(f"{key}_after", folded):
        before = folded[max(0, phrase.start() - _SENTENCE) : phrase.end()]
        if (role == "chair" and not _of_this_meeting(before)) or (key == "timed" and not _time().search(folded)):
            continue
        if role == "secretary" and _of_earlier_minutes(folded[phrase.end() :]):
            continue
        yield from _sure(text, _after(text, CharSpan(span.start + phrase.end(), span.end), many))
    for phrase in _mentions(f"{key}_before", folded):
        if key == "timed" and not _time().match(folded[phrase.end() : phrase.end() + 25]):
            continue
        before_it = CharSpan(span.start, span.start + phrase.start())
        found = _sure(text, _before(text, before_it, many))
        yield from found or (_with_functions(text, before_it) if many and key != "timed" else ())


def _mentions(side: str, folded: str) -> Iterable[re.Match[str]]:
    """Where phrases of one list stand."""
    possible = phrase_index("prose", *_SIDES).possible(folded)
    return pattern("prose", side).finditer(folded) if side in possible else ()


@words_cache()
def _time() -> re.Pattern[str]:
    """A time of day, at most two words before it."""
    return re.compile(rf"\W{{0,3}}(?:\w+\s){{0,2}}\d{{1,2}}\s?(?:[:.]|{either('hour_words')})\s?\d{{0,2}}")


def _of_this_meeting(before: str) -> bool:
    """Whether what stands before “is chaired by” is about a meeting, and not the next one."""
    sentence = re.split(r"[.!?]\s", before)[-1]
    return bool(pattern("prose", "meeting").search(sentence)) and not pattern("prose", "next").search(sentence)


def _of_earlier_minutes(after: str) -> bool:
    """Whether the sentence goes on to say that those minutes are approved: they are of an earlier meeting."""
    return bool(pattern("prose", "approved").search(re.split(r"[.!?;]\s", after)[0]))


def _sure(text: str, span: CharSpan) -> list[Entry]:
    span = _without_joins(text, span)
    if not span.length:
        return []
    entries = read_entries(text, span)
    found: list[Entry] = []
    titled = False
    among = sum(entry.kind is Kind.PERSON for entry in entries) >= _ENOUGH  # then those beside them are names, too
    for entry in entries:
        words = entry.name.text(text).split()
        titled |= entry.titled
        if names.is_particle(words[-1]) and len(words) < 3 and not _ELIDED.search(words[-1]):
            continue
        named = entry.kind is Kind.NAMELIKE and (titled or (among and len(words) > 1))
        if entry.kind is Kind.PERSON or named:
            found.append(entry)
    return found


def _with_functions(text: str, span: CharSpan) -> list[Entry]:
    """The people of a sentence with the function of each (`An Claes, voorzitter, en Bo Smets, griffier, waren …`)."""
    stops = [stop.end() for stop in _SENTENCE_END.finditer(text, span.start, span.end)]
    sentence = CharSpan(stops[-1] if stops else span.start, span.end).trim(text)
    if not names.begins_with_name(text, sentence):
        return []
    entries = [entry for entry in read_entries(text, sentence) if entry.kind in names.NAMES]
    sure = [entry for entry in entries if entry.titled or entry.kind is Kind.PERSON]
    return sure if len(sure) >= _ENOUGH and len(sure) == len(entries) else []


def _after(text: str, span: CharSpan, many: bool) -> CharSpan:
    """The names at the beginning of the span."""
    end = span.start
    tokens = 0
    for token in _TOKEN.finditer(text, span.start, span.end):
        if not _belongs(token[0], many, tokens == 0):
            break
        tokens = 0 if token[0] == "," or pattern("people", "and").fullmatch(fold(token[0])) else tokens + 1
        if tokens > _NAME_TOKENS:
            break
        end = token.end()
    found = CharSpan(span.start, end).trim(text, " \t,:;")
    while found.length:
        last = found.text(text).split()[-1]
        if not (last.islower() and names.is_particle(last)):
            break
        found = CharSpan(found.start, found.end - len(last)).trim(text, " \t,:;")
    return found


def _before(text: str, span: CharSpan, many: bool) -> CharSpan:
    """The names at the end of the span."""
    comma = span.text(text).rstrip().endswith(",")
    span = span.trim(text, " \t,")
    start = span.end
    for token in reversed(list(_TOKEN.finditer(text, span.start, span.end))):
        if not _belongs(token[0], many, False) or (token[0] == ":" or (token[0] == "," and not many)):
            break
        start = token.start()
    if comma and not text[span.start : start].rstrip().endswith(","):
        return CharSpan(span.end, span.end)  # a comma may only close what another opened: `the secretary, An, opens`
    return CharSpan(start, span.end).trim(text, " \t,:;")


def _without_joins(text: str, span: CharSpan) -> CharSpan:
    """The span without words like “and” at its edges."""
    joint = either("conjunctions")
    inner = re.match(rf"(?:(?:{joint})\s+)*(.*?)(?:\s+(?:{joint}))*\s*$", span.text(text), re.DOTALL | re.IGNORECASE)
    return CharSpan(span.start + inner.start(1), span.start + inner.end(1)) if inner else span


def _belongs(word: str, many: bool, first: bool) -> bool:
    """Whether a word or sign can stand in a name, or between names."""
    if word in _SIGNS:
        return (word == ":" and first) or (word in ",–-/" and many)
    if word.startswith("("):
        return not first
    if word[:1].isupper() or names.is_particle(word):
        return True
    folded = fold(word.rstrip("."))
    if pattern("people", "titles").fullmatch(folded) or folded in words_of_all("name_particles"):
        return True
    return bool(pattern("people", "and").fullmatch(folded)) and not first


def _signed(text: str, lines: Sequence[Line], number: int) -> list[Attendee]:
    """`An Claes, secretaris` or `An Claes (secr.)` as a line of its own; or the role on the line below the name."""
    line = lines[number]
    words = line.span.text(text)
    if line.is_heading or line.is_item or len(words.split()) > 8:
        return []
    if number and speaks_of_next(lines[number - 1].span.text(text)):
        return []
    below = lines[number + 1].pieces[-1].span.text(text) if number + 1 < len(lines) and lines[number + 1].pieces else ""
    titled = len(below.split()) <= 2 and below.strip()[:1].isupper() and ":" not in below
    told_below = role_of(below) if titled else None
    if told_below is None and not may_give_role(words):
        return []
    entries = read_entries(text, line.pieces[-1].span if line.pieces else line.span, one=True)
    if len(entries) != 1 or entries[0].kind is not Kind.PERSON or entries[0].status:
        return []
    name = entries[0].name.text(text)
    if name[0].isupper() and name.split()[-1].islower():  # `An transmet le rapport.`
        return []
    role = entries[0].role or told_below
    if role is None:
        return []
    return [Attendee(replace(entries[0], organisation=None), Cue("people", "present", role))]
