"""An entry of a list, and what is said about it: in brackets, behind a comma, a dash or in another cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from minutes_nlp.extraction import attendance_names as names
from minutes_nlp.extraction.attendance_brackets import split_masked
from minutes_nlp.extraction.attendance_names import QUALIFIERS, Kind, kind_of
from minutes_nlp.extraction.attendance_words import fold, pattern, role_of, status_of
from minutes_nlp.records.people import Role, Status
from minutes_nlp.resources.lexicon import either, words_cache
from minutes_nlp.spans import CharSpan, cover

_ORGANISATION_LENGTH = 90  # characters


@dataclass(frozen=True, slots=True)
class Entry:
    """A person or an organisation of a list, with what is printed beside the name.

    `kind` is what the name looks like; `titled` whether a form of address stands before it.
    """

    name: CharSpan
    kind: Kind
    status: Status | None = None
    role: Role | None = None
    organisation: CharSpan | None = None
    titled: bool = False


@words_cache()
def _separators() -> re.Pattern[str]:
    """What stands between the pieces of a remark."""
    return re.compile(rf"[,;]|\s[-–—]\s|\s(?:&|{either('conjunctions')})\s|\u2028")


def read_remark(text: str, span: CharSpan) -> Iterator[tuple[CharSpan, Kind]]:
    """What a bracketed remark says, piece by piece; pieces that only belong together to one name are one piece."""
    pieces = [names.trim(text, piece) for piece in split_masked(span.text(text), span, _separators())]
    pieces = [piece for piece in pieces if piece.length]
    kinds = [kind_of(piece.text(text)) for piece in pieces]
    rest: list[CharSpan] = []
    for piece, kind in zip(pieces, kinds, strict=True):
        if kind in QUALIFIERS:
            yield piece, kind
        else:
            rest.append(piece)
    if rest:
        whole = cover(rest)
        yield whole, kind_of(whole.text(text)) if len(rest) == 1 else Kind.ORGANISATION


def described(text: str, entry: Entry, span: CharSpan, kind: Kind) -> Entry:
    """The entry with one more thing said about it; an organisation is not given another one."""
    words = span.text(text)
    if entry.kind in (Kind.ORGANISATION, Kind.ACRONYM) and kind not in QUALIFIERS:
        return entry
    if kind is Kind.ROLE:
        return replace(entry, role=entry.role or role_of(words))
    if kind in (Kind.STATUS, Kind.NOTE) and pattern("status", "partly").search(fold(words)):
        return replace(entry, status="present")
    if kind is Kind.STATUS:
        return replace(entry, status=status_of(words) or entry.status)
    if kind in QUALIFIERS or entry.organisation is not None or not _may_be_organisation(text, entry, words, kind):
        return entry
    return replace(entry, organisation=span)


def _may_be_organisation(text: str, entry: Entry, words: str, kind: Kind) -> bool:
    if pattern("organisations", "words").search(fold(words)):
        return True
    if not any(c.isupper() for c in words) or "@" in words or words.isdigit() or len(words) > _ORGANISATION_LENGTH:
        return False
    if pattern("people", "proxy", "replaces", "replaced_by").match(fold(words)):
        return False
    if kind in (Kind.PERSON, Kind.ORGANISATION) and names.is_first_name(words.split()[0]):
        return False
    name = entry.name.text(text)
    return not (len(words) <= 4 and (names.is_abbreviation_of(words, name) or _are_initials(words, name)))


def _are_initials(words: str, name: str) -> bool:
    """Whether a code is the initials of somebody of whom only the family name is printed (`Jadoul (JJ)`)."""
    return words.isalpha() and words.isupper() and len(words) in (2, 3) and " " not in name and words[-1] == name[:1]
