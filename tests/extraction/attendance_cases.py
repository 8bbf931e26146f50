"""Texts with the expected attendance written into them.

`[[An Claes|present|Stad Ham|chair]]` is a name with what must be found about it (status, organisation, role); what is
left out must not be found. Names without brackets must not be found at all.
"""

import re

from minutes_nlp.extraction.attendance import find_attendance
from minutes_nlp.extraction.base import AttendeeFinding
from minutes_nlp.language import NormalisedText, detector, normalise
from minutes_nlp.layout import analyse
from minutes_nlp.reading.blocks import split_blocks
from minutes_nlp.reading.document import SourceDocument

_MARKED = re.compile(r"\[\[([^|\]]+)((?:\|[^|\]]*)*)\]\]")
Person = tuple[str, str, str | None, str | None]


def plain(marked: str) -> str:
    """The text without the expectations."""
    return _MARKED.sub(r"\1", marked)


def expected(marked: str) -> list[Person]:
    """Name, status, organisation and role of everybody marked, in the order of the text."""
    people = []
    for found in _MARKED.finditer(marked):
        status, organisation, role, *_ = [*found[2].split("|")[1:], "", "", ""]
        people.append((" ".join(found[1].split()), status, organisation or None, role or None))
    return people


def read(text: str) -> NormalisedText:
    """The normalised text of a document that consists of `text`."""
    document = SourceDocument("case.txt", text, split_blocks(text), "", "text/plain", "utf-8", len(text))
    return normalise(document, detector())


def attendance(text: str) -> list[AttendeeFinding]:
    """The attendees of a document that consists of `text`."""
    normalised = read(text)
    return find_attendance(normalised, analyse(normalised))


def found(text: str) -> list[Person]:
    """The attendees in the form of `expected`, in the order of the text."""
    listed = sorted(attendance(text), key=lambda attendee: attendee.span)
    return [(a.name, a.status, a.organisation, a.role) for a in listed]
