"""What stands right before and right behind a name, without a comma: a role, a status, a note, an organisation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from minutes_nlp.extraction import attendance_names as names
from minutes_nlp.extraction.attendance_names import QUALIFIERS, Kind, kind_of
from minutes_nlp.extraction.attendance_words import fold, pattern, role_of, status_of
from minutes_nlp.records.people import Role, Status
from minutes_nlp.spans import CharSpan

_PREFIX_WORDS = 3
_NOTES = 4  # places behind a name where a note may begin
_STATUS_WORDS = 5
_MOST = 16  # words that a name with an organisation behind it has
_NAMED = frozenset({Kind.PERSON, Kind.NAMELIKE})
_TOKEN = re.compile(r"\S+")
_ACRONYM = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ0-9]+")
_REMARK_EDGE = re.compile(r"[,;]")
_LOW_START = re.compile(r"\s+(?=[a-zà-ÿ])")


@dataclass(frozen=True, slots=True)
class Prefixed:
    """A name, and the status or role that the words before it gave."""

    name: CharSpan
    status: Status | None = None
    role: Role | None = None


def read_prefix(text: str, core: CharSpan) -> Prefixed:
    """The name without a status, role or function in front of it (`excusé Jean Petit`, `secretaris An Claes`)."""
    words = core.text(text)
    tokens = list(_TOKEN.finditer(words))
    begin = next((n for n, token in enumerate(tokens[1:], 1) if token[0][0].isupper()), len(tokens))
    if begin > _PREFIX_WORDS or begin == len(tokens):
        return Prefixed(core)
    lead = words[: tokens[begin].start()].strip()
    if kind_of(lead) not in QUALIFIERS or not (lead[0].islower() or _opens_status(lead)):
        return Prefixed(core)
    if pattern("people", "proxy", "replaces", "replaced_by").match(fold(words)):
        return Prefixed(core)
    name = names.strip_titles(text, CharSpan(core.start + tokens[begin].start(), core.end))
    kind = kind_of(name.text(text))
    if kind not in _NAMED or (kind is Kind.NAMELIKE and names.is_particle(lead.split()[-1])):
        return Prefixed(core)
    role = role_of(lead)
    return Prefixed(name, None if role else status_of(lead), role)


def _opens_status(lead: str) -> bool:
    """Whether words with a capital are those of a label (`Excusé Jean`), not a name."""
    return kind_of(lead) is Kind.STATUS and not names.is_first_name(lead.split()[0])


def cut_note(text: str, core: CharSpan) -> tuple[CharSpan, CharSpan | None]:
    """The name without what is told of the person right behind it (`Lena est arrivée à 18h`, `Yann absent`).

    Returns:
        The name, and where a status or a role is told, if one is.
    """
    words = core.text(text)
    for gap in list(_LOW_START.finditer(words))[:_NOTES]:
        rest, before = fold(words[gap.end() :]), words[: gap.start()]
        if kind_of(before) not in _NAMED:
            continue
        role = role_of(rest)
        status = status_of(rest) if len(rest.split()) <= _STATUS_WORDS and kind_of(rest) is Kind.STATUS else None
        told = role or status or pattern("people", "notes").match(rest) or _gives_proxy(words[gap.end() :])
        if told:
            name = names.trim(text, CharSpan(core.start, core.start + gap.start()))
            return name, CharSpan(core.start + gap.end(), core.end) if role or status else None
    return core, None


def _gives_proxy(rest: str) -> bool:
    """Whether words say who votes instead (`à Jean Petit`)."""
    found = pattern("people", "proxy").match(fold(rest))
    return bool(found) and kind_of(rest[found.end() :]) in _NAMED if found else False


def cut_organisation(text: str, core: CharSpan) -> tuple[CharSpan, CharSpan | None]:
    """The name without an organisation printed right behind it (`Lena Maes IGN`), and that organisation."""
    tokens = list(islice(_TOKEN.finditer(core.text(text)), _MOST))
    for index, token in enumerate(tokens[2:], 2):
        before = [t[0] for t in tokens[:index]]
        acronym = _ACRONYM.fullmatch(token[0]) and not any(t.isupper() and len(t) > 1 for t in before)
        word = pattern("organisations", "words").fullmatch(fold(token[0]))
        if (acronym or word) and kind_of(" ".join(before)) in _NAMED and token[0][0].isupper():
            start = core.start + token.start()
            return names.trim(text, CharSpan(core.start, start)), CharSpan(start, core.end)
    return core, None


def replaced(text: str, core: CharSpan) -> tuple[CharSpan, CharSpan] | None:
    """Who stands in, and for whom (`An Claes namens Bo Smets`); `None` if nobody is said to stand in."""
    found = pattern("people", "replaces").search(fold(core.text(text)))
    if not found or not found.start():
        return None
    there = names.trim(text, CharSpan(core.start, core.start + found.start()))
    return there, CharSpan(core.start + found.end(), core.end)


def instead_of(text: str, remark: CharSpan) -> tuple[CharSpan | None, CharSpan]:
    """For whom somebody came, as a remark says first (`vervangt An Claes; Stad Ham`), and the rest of the remark."""
    found = pattern("people", "replaces").match(fold(remark.text(text)))
    if not found:
        return None, remark
    end = _first_edge(text, remark)
    name = _full_name(text, CharSpan(min(remark.start + found.end(), end), end))
    return (name, CharSpan(min(end + 1, remark.end), remark.end)) if name else (None, remark)


def proxy_of(text: str, remark: CharSpan) -> CharSpan | None:
    """Who votes for somebody, as a remark says first (`volmacht aan An Claes`), and so was there."""
    found = pattern("people", "proxy").match(fold(remark.text(text)))
    end = _first_edge(text, remark)
    return _full_name(text, CharSpan(min(remark.start + found.end(), end), end)) if found else None


def _first_edge(text: str, remark: CharSpan) -> int:
    return next((sign.start() for sign in _REMARK_EDGE.finditer(text, remark.start, remark.end)), remark.end)


def _full_name(text: str, span: CharSpan) -> CharSpan | None:
    """The name at a span without its title; `None` if it is none, or short for somebody who is listed."""
    name = names.trim(text, names.strip_titles(text, span))
    words = name.text(text)
    return name if kind_of(words) is Kind.PERSON and " " in words and "." not in words else None


def stand_in(text: str, span: CharSpan) -> CharSpan | None:
    """Who is said to have come instead (`vervangen door An Claes`); `None` if nobody is, or none that is a name."""
    begin = span.start
    while found := pattern("people", "replaced_by").match(fold(text[begin : span.end].lstrip(" ."))):
        begin += len(text[begin : span.end]) - len(text[begin : span.end].lstrip(" .")) + found.end()
    if begin == span.start:
        return None
    name = names.trim(text, names.strip_titles(text, names.trim(text, CharSpan(begin, span.end))))
    return name if kind_of(name.text(text)) is Kind.PERSON else None
