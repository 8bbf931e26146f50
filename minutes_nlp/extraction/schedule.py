"""`minutes.schedule.v1`: the printed timetable of a meeting."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from minutes_nlp.extraction.base import ScheduleFinding, mark, recogniser, text_of
from minutes_nlp.extraction.meeting_lines import printed_lines
from minutes_nlp.extraction.timetable import read_timetable


@recogniser("minutes.schedule.v1", reads=["minutes_text"], writes=["minutes_schedule"])
class ScheduleRecogniser:
    """Reads the timetable: lines or rows with times and what is planned then.

    Reads: the normalised text. Writes: `doc._.minutes_schedule`, `doc.spans["minutes.schedule"]`.

    Example:
        A document with the lines `9u00 tot 9u30: Onthaal`, `9u30 tot 10u15: Rondgang`, `10u15 tot 11u00: Debat` gives
        three entries; times in running minutes (`17h12: début de la réunion`) give none.
    """

    def __init__(self, nlp: Language, name: str) -> None:  # noqa: ARG002 (spaCy calls it so)
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Annotate and return the document."""
        text = doc.text
        found = [
            ScheduleFinding(
                start=entry.start,
                end=entry.end,
                title=" ".join(" ".join(piece.text(text).split()) for piece in entry.title),
                span=entry.span,
            )
            for entry in read_timetable(text, printed_lines(text_of(doc)))
        ]
        doc._.minutes_schedule = found
        mark(doc, "minutes.schedule", [entry.span for entry in found])
        return doc
