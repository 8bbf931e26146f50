"""`minutes.meeting.v1`: the facts of the meeting, each with the passage that proves it."""

from __future__ import annotations

import datetime

from spacy.language import Language
from spacy.tokens import Doc

from minutes_nlp.extraction.base import FieldValue, MeetingFinding, mark, recogniser, text_of
from minutes_nlp.extraction.meeting_body import find_body
from minutes_nlp.extraction.meeting_datelines import find_datelines
from minutes_nlp.extraction.meeting_days import MeetingDays
from minutes_nlp.extraction.meeting_languages import document_languages
from minutes_nlp.extraction.meeting_lines import facts, printed_lines
from minutes_nlp.extraction.meeting_places import find_location
from minutes_nlp.extraction.meeting_times import MeetingTimes
from minutes_nlp.extraction.meeting_title import find_title
from minutes_nlp.extraction.timetable import read_timetable
from minutes_nlp.language import NormalisedText

_PROGRAMME_SHARE = 0.35  # of the text, in which the meeting's own programme begins


@recogniser("minutes.meeting.v1", reads=["minutes_text"], writes=["minutes_meeting"])
class MeetingRecogniser:
    """Finds title, body, date, times, place, next meeting and languages.

    What the document does not say is left out. Sources in order of trust: keys with values (`Datum: …`), the title,
    the lines of the head, sentences, the front matter (whose date may be that of publication), the timetable.

    Reads: the normalised text. Writes: `doc._.minutes_meeting`, `doc.spans["minutes.meeting"]`.
    """

    def __init__(self, nlp: Language, name: str) -> None:  # noqa: ARG002 (spaCy calls it so)
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Annotate and return the document."""
        finding = find_meeting(text_of(doc))
        doc._.minutes_meeting = finding
        mark(doc, "minutes.meeting", [value.span for value in finding.fields.values() if value.span])
        return doc


def find_meeting(normalised: NormalisedText) -> MeetingFinding:
    """The facts of the meeting that a document gives; a fact that it does not give is not in the result."""
    text = normalised.text
    lines = printed_lines(normalised)
    programme = read_timetable(text, lines)
    planned = [entry.span for entry in programme]
    known = [fact for fact in facts(text, lines) if not any(fact.value.overlaps(entry) for entry in planned)]
    title = find_title(text, lines, known)
    datelines = find_datelines(text, lines, known, title)
    days = MeetingDays(normalised, lines, known, title, datelines)
    date = days.date()
    own = programme and programme[0].span.start <= _PROGRAMME_SHARE * len(text)  # a later one is of another event
    first = FieldValue(programme[0].start, programme[0].span) if own else None
    last = FieldValue(programme[-1].end, programme[-1].ends) if own and programme[-1].end else None
    start, end = MeetingTimes(normalised, lines, known, title, datelines).find((first, last))
    found = {
        "title": FieldValue(title.text, title.span) if title else None,
        "body": find_body(text, lines, known, title, datelines),
        "date": date,
        "start_time": start,
        "end_time": end,
        "location": find_location(normalised, lines, known, title, datelines),
        "next_meeting": days.next_meeting(datetime.date.fromisoformat(date.value) if date else None),
    }
    fields = {name: value for name, value in found.items() if value}
    return MeetingFinding(fields, document_languages(normalised, lines, title))
