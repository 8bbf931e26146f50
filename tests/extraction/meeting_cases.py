"""Reads the samples of the tests of meeting facts.

What proves a fact is marked inside the sample (`<date>3 mei 2024</date>`); the whole set of facts is compared, so that
a sample also says what must not be found.
"""

import re

from minutes_nlp.extraction.base import MeetingFinding
from minutes_nlp.extraction.meeting import find_meeting
from minutes_nlp.language import NormalisedText, detector, normalise
from minutes_nlp.reading import read_content

MARK = re.compile(r"<(?P<end>/)?(?P<name>title|body|date|start_time|end_time|location|next_meeting)>")


def read(text: str, name: str = "minutes.txt") -> tuple[NormalisedText, MeetingFinding]:
    """The normalised text and the facts found in it."""
    normalised = normalise(read_content(text.encode(), name=name), detector())
    return normalised, find_meeting(normalised)


def parse(marked: str) -> tuple[str, dict[str, str]]:
    """The sample without marks, and the words between them by the name of the fact."""
    marks = list(MARK.finditer(marked))
    proofs = {}
    for opening in (m for m in marks if not m["end"]):
        closing = next(m for m in marks if m["end"] and m["name"] == opening["name"] and m.start() > opening.start())
        proofs[opening["name"]] = " ".join(MARK.sub("", marked[opening.end() : closing.start()]).split())
    return MARK.sub("", marked), proofs


def check(marked: str, values: dict[str, str] | None = None, name: str = "minutes.txt") -> MeetingFinding:
    """Compare the proof of every fact with the marks, and the values with `values` (default: the marked words)."""
    text, proofs = parse(marked)
    normalised, found = read(text, name)
    printed = {
        fact: " ".join(value.span.text(normalised.text).split()) if value.span else ""
        for fact, value in found.fields.items()
    }
    assert printed == proofs
    expected = {fact: proofs[fact] for fact in ("title", "body", "location") if fact in proofs} | (values or {})
    assert {fact: value.value for fact, value in found.fields.items() if fact in expected} == expected
    return found
