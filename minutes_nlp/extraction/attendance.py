"""`minutes.attendance.v1` and `v2`: who was there, who was excused or absent; who chaired, who wrote the minutes."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from minutes_nlp.extraction.attendance_learned import find_learned
from minutes_nlp.extraction.attendance_lines import read_lines
from minutes_nlp.extraction.attendance_merge import finding, initials_restored, merge, without_rosters
from minutes_nlp.extraction.attendance_prose import find_authors, find_in_prose
from minutes_nlp.extraction.attendance_walk import find_listed
from minutes_nlp.extraction.attendance_wraps import join_wraps
from minutes_nlp.extraction.base import AttendeeFinding, layout_of, mark, recogniser, text_of
from minutes_nlp.language import NormalisedText
from minutes_nlp.layout import Label, Layout


@recogniser("minutes.attendance.v1", reads=["minutes_text", "minutes_layout"], writes=["minutes_attendance"])
class AttendanceRecogniser:
    """Finds the people (or organisations) of attendance lists.

    Reads: the normalised text, the layout. Writes: `doc._.minutes_attendance`, `doc.spans["minutes.attendance"]`.
    """

    def __init__(self, nlp: Language, name: str) -> None:  # noqa: ARG002 (spaCy calls it so)
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Annotate and return the document."""
        found = self.find(text_of(doc), layout_of(doc))
        doc._.minutes_attendance = found
        mark(doc, "minutes.attendance", [attendee.span for attendee in found])
        return doc

    def find(self, normalised: NormalisedText, layout: Layout) -> list[AttendeeFinding]:
        """The attendees of a document."""
        return find_attendance(normalised, layout)


@recogniser(
    "minutes.attendance.v2",
    reads=["minutes_text", "minutes_layout"],
    writes=["minutes_attendance"],
    options={"path": ""},
)
class LearnedAttendanceRecogniser(AttendanceRecogniser):
    """The same; where the rules find next to nobody, names that a trained classifier takes are added.

    Options: `path`, the folder of other models than the shipped ones (`models/attendance/`).

    Quality: see `models/attendance/README.md`.
    """

    def __init__(self, nlp: Language, name: str, path: str) -> None:
        super().__init__(nlp, name)
        self.path = path

    def find(self, normalised: NormalisedText, layout: Layout) -> list[AttendeeFinding]:
        """The attendees of a document."""
        found = super().find(normalised, layout)
        learned = find_learned(normalised, layout, found, self.path)
        return sorted([*found, *learned], key=lambda attendee: attendee.span) if learned else found


def find_attendance(normalised: NormalisedText, layout: Layout | None = None) -> list[AttendeeFinding]:
    """The attendees of a document in the order of the text; empty if it names none.

    Args:
        normalised: the readable text.
        layout: what its blocks are for, if known; a list ends at a heading of the report.
    """
    text = normalised.text
    lines = join_wraps(normalised, read_lines(normalised))
    headings: frozenset[int] = frozenset()
    likely: frozenset[int] = frozenset()
    if layout:
        headings = frozenset(heading.block for heading in layout.headings)
        likely = frozenset(block for block, label in enumerate(layout.labels) if label is Label.ATTENDANCE)
    listed = find_listed(text, lines, headings=headings, likely=likely)
    listed = without_rosters(text, initials_restored(text, listed))
    told = find_in_prose(text, lines)
    authors = find_authors(normalised)
    return merge(*([finding(text, attendee) for attendee in group] for group in (listed, told, authors)))
