"""What was found in one document: the only objects that cross from the language side to the database side."""

from minutes_nlp.records.evidence import Evidence, Found
from minutes_nlp.records.items import ActionItem, AgendaItem, Decision, ScheduleEntry
from minutes_nlp.records.meeting import DocumentFacts, Meeting, MeetingRecord, OcrFacts, Passage
from minutes_nlp.records.people import Attendance

__all__ = [
    "ActionItem",
    "AgendaItem",
    "Attendance",
    "Decision",
    "DocumentFacts",
    "Evidence",
    "Found",
    "Meeting",
    "MeetingRecord",
    "OcrFacts",
    "Passage",
    "ScheduleEntry",
]
