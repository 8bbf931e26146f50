"""The record of one document."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from minutes_nlp.records.evidence import Evidence, Found, IsoDay, Offset, Record
from minutes_nlp.records.items import ActionItem, AgendaItem, ClockTime, Decision, ScheduleEntry
from minutes_nlp.records.people import Attendance

PageNumber = Annotated[int, Field(ge=1)]


class OcrFacts(Record):
    """How much of a document was read from pictures of pages.

    `pages` are those that OCR read, from 1; `confidence` is how sure it was of their words on average, 0 to 1, and
    `None` if there is no such page. `unread` are pages that are pictures and were left out, since OCR is not installed.
    """

    pages: tuple[PageNumber, ...]
    confidence: Annotated[float, Field(ge=0, le=1)] | None
    unread: tuple[PageNumber, ...] = ()

    @model_validator(mode="after")
    def _confident_of_something(self) -> Self:
        if (self.confidence is None) == bool(self.pages):
            raise ValueError("there is a confidence where there are pages, and only there")
        return self


class DocumentFacts(Record):
    """The file behind a record. `path` is relative to the folder that was ingested, with `/`.

    `ocr` is `None` where the file itself holds the text.
    """

    path: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    media_type: str
    encoding: str
    size: Annotated[int, Field(ge=0, description="bytes of the file")]
    ocr: OcrFacts | None = None

    @property
    def id(self) -> str:
        """A stable id of 16 hexadecimal digits, made from the path: the same on every machine."""
        return hashlib.sha256(self.path.encode()).hexdigest()[:16]


class Passage(Record):
    """A block of the text as it is searched and shown: offsets, kind (`heading`, `paragraph` …), language."""

    start: Offset
    end: Offset
    kind: str
    level: int = 0
    language: str | None = None


class Meeting(Found):
    """The facts of the meeting; `None` means that the document does not say.

    `evidence` gives for a field (`date`, `title` …) the passage that proves it; a field may lack one if it follows
    from others (the programme's first start).
    """

    title: str | None = None
    body: str | None = None
    date: IsoDay | None = None
    start_time: ClockTime | None = None
    end_time: ClockTime | None = None
    location: str | None = None
    next_meeting: IsoDay | None = None
    languages: tuple[str, ...] = ()
    evidence: dict[str, Evidence] = Field(default_factory=dict)


class MeetingRecord(Record):
    """Everything found in one document. Offsets refer to `text`."""

    document: DocumentFacts
    text: str
    meeting: Meeting = Meeting()
    attendance: tuple[Attendance, ...] = ()
    schedule: tuple[ScheduleEntry, ...] = ()
    agenda_items: tuple[AgendaItem, ...] = ()
    decisions: tuple[Decision, ...] = ()
    actions: tuple[ActionItem, ...] = ()
    themes: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()

    def all_evidence(self) -> list[Evidence]:
        """Every piece of evidence in the record, in no particular order."""
        found = list(self.meeting.evidence.values())
        for group in (self.attendance, self.schedule, self.agenda_items, self.decisions, self.actions):
            found += [entry.evidence for entry in group]
        for action in self.actions:
            found += [owner.evidence for owner in action.owners if owner.evidence]
            found += [action.due.evidence] if action.due else []
        return found

    @model_validator(mode="after")
    def _grounded(self) -> Self:
        for evidence in self.all_evidence():
            if self.text[evidence.start : evidence.end] != evidence.quote:
                raise ValueError(f"the text at [{evidence.start}, {evidence.end}) is not {evidence.quote!r}")
        for item in (*(d.item for d in self.decisions), *(a.item for a in self.actions)):
            if item is not None and not 0 <= item < len(self.agenda_items):
                raise ValueError(f"there is no agenda item {item}")
        for owner in (owner for action in self.actions for owner in action.owners):
            for index in (*owner.candidates, *([] if owner.attendee is None else [owner.attendee])):
                if not 0 <= index < len(self.attendance):
                    raise ValueError(f"there is no attendee {index}")
        return self

    def evaluation_view(self) -> dict[str, Any]:
        """The record in the fields of the annotation guideline, as JSON-ready values with offsets."""
        meeting = self.meeting.model_dump(exclude={"evidence", "recogniser", "confidence"})
        meeting["languages"] = list(self.meeting.languages)
        return {
            "doc": self.document.path,
            **({} if self.document.ocr is None else {"ocr": self.document.ocr.model_dump(mode="json")}),
            "meeting": meeting,
            "attendance": [_attendance(a) for a in self.attendance],
            "schedule": [
                {"start": s.start_time, "end": s.end_time, "title": s.title, "evidence": s.evidence.model_dump()}
                for s in self.schedule
            ],
            "agenda_items": [_agenda_item(i) for i in self.agenda_items],
            "decisions": [{**_passage(d.evidence, "quote"), **_found(d), "repeat": d.repeat} for d in self.decisions],
            "actions": [_action(a) for a in self.actions],
            "themes": list(self.themes),
            "text": self.text,
        }


def _passage(evidence: Evidence, key: str) -> dict[str, Any]:
    return {key: evidence.quote, "start": evidence.start, "end": evidence.end}


def _found(entry: Found) -> dict[str, Any]:
    return {"recogniser": entry.recogniser, "confidence": round(entry.confidence, 4)}


def _attendance(entry: Attendance) -> dict[str, Any]:
    values = entry.model_dump(include={"name", "status", "organisation", "role"})
    return {**values, "start": entry.evidence.start, "end": entry.evidence.end, **_found(entry)}


def _agenda_item(entry: AgendaItem) -> dict[str, Any]:
    values = {"number": entry.number, "title": entry.title, "level": entry.level, "themes": list(entry.themes)}
    return {**_passage(entry.evidence, "line"), **values, **_found(entry)}


def _action(entry: ActionItem) -> dict[str, Any]:
    return {
        **_passage(entry.evidence, "quote"),
        "owners": [owner.name for owner in entry.owners],
        "due": entry.due.value if entry.due else None,
        "due_text": entry.due.evidence.quote if entry.due else None,
        "status": entry.status,
        "repeat": entry.repeat,
        **_found(entry),
    }
