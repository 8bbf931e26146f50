"""Attendance from what a model found."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from minutes_nlp.extraction.attendance_lines import read_lines
from minutes_nlp.extraction.attendance_merge import merge
from minutes_nlp.extraction.attendance_names import strip_titles
from minutes_nlp.extraction.attendance_words import fold, pattern, status_of
from minutes_nlp.extraction.base import AttendeeFinding, attendance_of, layout_of, mark, text_of
from minutes_nlp.extraction.own.labels import PERSON
from minutes_nlp.extraction.own.sources import ModelSpan, SpanSource, TextClassifier, sure_enough
from minutes_nlp.language import NormalisedText
from minutes_nlp.layout import Label, Layout
from minutes_nlp.records.people import Status
from minutes_nlp.spans import CharSpan

_STATUSES: tuple[Status, ...] = ("present", "excused", "absent")
_CUES: tuple[tuple[str, Status], ...] = (
    ("unexcused", "absent"),
    ("absent", "absent"),
    ("excused", "excused"),
    ("present", "present"),
)
_BRACKETED = re.compile(r"\([^()]*\)")
_BRACKET = 60  # characters behind a name in which a bracket about it may open and close


@dataclass(frozen=True, slots=True)
class FoundPeople:
    """Takes the names that a model finds.

    Of a name without status (`person`) only those in attendance lists count, with the status that the word before
    them, or the bracket behind them, gives.
    """

    model: SpanSource
    threshold: float

    def __call__(self, doc: Doc) -> Doc:
        """Annotate and return the document."""
        normalised, layout = text_of(doc), layout_of(doc)
        found = self.model.find(normalised.text, [block.span for block in normalised.blocks])
        entries = [_attendee(entry, normalised, layout) for entry in sure_enough(found, self.threshold)]
        attendees = merge([entry for entry in entries if entry is not None])
        doc._.minutes_attendance = attendees
        mark(doc, "minutes.attendance", [attendee.span for attendee in attendees])
        return doc


def _attendee(found: ModelSpan, normalised: NormalisedText, layout: Layout) -> AttendeeFinding | None:
    text = normalised.text
    span = strip_titles(text, found.span)
    if not span.length:
        return None
    status = next((known for known in _STATUSES if known == found.label), None)
    if found.label == PERSON:
        status = _told(span, normalised, layout)
    if status is None:
        return None
    name = " ".join(span.text(text).split())
    return AttendeeFinding(name, span, status, found.organisation, found.role, found.sureness)


def _told(name: CharSpan, normalised: NormalisedText, layout: Layout) -> Status | None:
    """The status of a name that an attendance list gives; `None` outside of one."""
    text = normalised.text
    block = next(index for index, entry in enumerate(normalised.blocks) if entry.span.contains(name))
    if layout.labels[block] is not Label.ATTENDANCE:
        return None
    behind = text[name.end : min(name.end + _BRACKET, normalised.blocks[block].span.end)].lstrip()
    if behind.startswith("(") and ")" in behind and (said := status_of(behind[1 : behind.index(")")])):
        return said
    first = block
    while first and layout.labels[first - 1] is Label.ATTENDANCE:
        first -= 1
    begin = normalised.blocks[max(0, first - 1)].span.start
    before = _BRACKETED.sub(" ", fold(text[begin : name.start]))  # a bracket is about one name
    last: tuple[int, Status] = (-1, "present")
    for key, status in _CUES:
        for match in pattern("status", key).finditer(before):
            last = max(last, (match.start(), status))
    return last[1]


class StatusesByModel:
    """The attendance of another recogniser, the status of each line with one name given by a classifier.

    A classifier cannot say where names stand; a line with several names, or one of which it is not sure enough, keeps
    the status that it has.
    """

    def __init__(self, recogniser: Callable[[Doc], Doc], model: TextClassifier, threshold: float) -> None:
        self.recogniser = recogniser
        self.model = model
        self.threshold = threshold

    def __call__(self, doc: Doc) -> Doc:
        """Annotate and return the document."""
        doc = self.recogniser(doc)
        normalised = text_of(doc)
        found = list(attendance_of(doc))
        lines: list[tuple[int, str]] = []
        for line in read_lines(normalised):
            here = [index for index, attendee in enumerate(found) if line.span.contains(attendee.span)]
            if len(here) == 1:
                lines.append((here[0], line.span.text(normalised.text)))
        scores = self.model.classify([line for _, line in lines]) if lines else []
        for (index, _), known in zip(lines, scores, strict=True):
            probability, status = max((known.get(status, 0.0), status) for status in _STATUSES)
            if probability >= self.threshold:
                found[index] = replace(found[index], status=status, confidence=round(probability, 3))
        doc._.minutes_attendance = found
        return doc
