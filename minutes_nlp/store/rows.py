"""A record as rows of the tables: pure, so that it can be read and tested without a database."""

from __future__ import annotations

import datetime
import json

from minutes_nlp.records import ActionItem, AgendaItem, Attendance, Evidence, MeetingRecord
from minutes_nlp.records.items import Due, Owner
from minutes_nlp.store.identity import RowIds, fold, stable_id
from minutes_nlp.store.stems import word_stems

Value = str | int | float | None
Row = dict[str, Value]
Tables = dict[str, list[Row]]

TABLES = (
    "documents",
    "evidence",
    "meetings",
    "meeting_evidence",
    "people",
    "organisations",
    "attendance",
    "schedule_entries",
    "agenda_items",
    "item_themes",
    "meeting_themes",
    "decisions",
    "actions",
    "action_owners",
    "owner_candidates",
    "passages",
)
"""The tables that a record fills, each after those it refers to."""


def person_id(name: str) -> str:
    """The id of the person of this name (compared without case and accents, its words in any order)."""
    return stable_id("person", " ".join(sorted(fold(name).split())))


def organisation_id(name: str) -> str:
    """The id of the organisation of this name (compared without case and accents)."""
    return stable_id("organisation", fold(name))


class RecordRows:
    """Builds the rows of one record; `tables` holds them, by table, when it is made."""

    def __init__(self, record: MeetingRecord, *, ingested_at: datetime.datetime, pipeline: str) -> None:
        self.document_id = record.document.id
        self.tables: Tables = {table: [] for table in TABLES}
        self._record = record
        self._ids = RowIds(self.document_id)
        self.meeting_id = self._ids.of("meeting")
        self._document(ingested_at, pipeline)
        self._meeting()
        attendees = [self._attendee(position, entry) for position, entry in enumerate(record.attendance)]
        self._schedule()
        items = self._agenda_items()
        self._decisions(items)
        for position, action in enumerate(record.actions):
            self._action(position, action, items, attendees)
        self._passages()

    def _add(self, table: str, **values: Value) -> None:
        self.tables[table].append(values)

    def _evidence(self, kind: str, evidence: Evidence) -> str:
        identifier = self._ids.of(f"evidence of {kind}", evidence.start, evidence.end)
        self._add(
            "evidence",
            id=identifier,
            document_id=self.document_id,
            kind=kind,
            start_offset=evidence.start,
            end_offset=evidence.end,
            quote=evidence.quote,
        )
        return identifier

    def _document(self, ingested_at: datetime.datetime, pipeline: str) -> None:
        facts = self._record.document
        self._add(
            "documents",
            id=self.document_id,
            path=facts.path,
            sha256=facts.sha256,
            media_type=facts.media_type,
            encoding=facts.encoding,
            size=facts.size,
            languages=json.dumps(self._record.meeting.languages),
            pipeline=pipeline,
            ingested_at=ingested_at.isoformat(timespec="seconds"),
            text=self._record.text,
            ocr_pages=None if facts.ocr is None else json.dumps(facts.ocr.pages),
            ocr_confidence=None if facts.ocr is None else facts.ocr.confidence,
            ocr_unread=None if facts.ocr is None else json.dumps(facts.ocr.unread),
        )

    def _meeting(self) -> None:
        meeting = self._record.meeting
        self._add(
            "meetings",
            id=self.meeting_id,
            document_id=self.document_id,
            title=meeting.title,
            body=meeting.body,
            date=meeting.date,
            start_time=meeting.start_time,
            end_time=meeting.end_time,
            location=meeting.location,
            next_meeting=meeting.next_meeting,
            recogniser=meeting.recogniser,
            confidence=meeting.confidence,
        )
        for field, evidence in meeting.evidence.items():
            identifier = self._evidence(f"meeting.{field}", evidence)
            self._add("meeting_evidence", meeting_id=self.meeting_id, field=field, evidence_id=identifier)
        for position, theme in enumerate(dict.fromkeys(self._record.themes)):
            self._add("meeting_themes", meeting_id=self.meeting_id, position=position, theme_id=theme)

    def _named(self, table: str, identifier: str, name: str) -> str | None:
        """The id of a person or organisation; `None` for a name without any character."""
        if not fold(name):
            return None
        if all(row["id"] != identifier for row in self.tables[table]):
            self._add(table, id=identifier, name=name, name_folded=fold(name))
        return identifier

    def _attendee(self, position: int, entry: Attendance) -> str:
        span = entry.evidence
        identifier = self._ids.of("attendance", span.start, span.end)
        # A list that names only organisations gives the organisation as the name.
        is_organisation = entry.organisation is not None and fold(entry.organisation) == fold(entry.name)
        person = None if is_organisation else self._named("people", person_id(entry.name), entry.name)
        organisation = entry.organisation and self._named(
            "organisations", organisation_id(entry.organisation), entry.organisation
        )
        self._add(
            "attendance",
            id=identifier,
            meeting_id=self.meeting_id,
            position=position,
            name=entry.name,
            person_id=person,
            status=entry.status,
            organisation=entry.organisation,
            organisation_id=organisation or None,
            role=entry.role,
            evidence_id=self._evidence("attendance", span),
            recogniser=entry.recogniser,
            confidence=entry.confidence,
        )
        return identifier

    def _schedule(self) -> None:
        for position, entry in enumerate(self._record.schedule):
            self._add(
                "schedule_entries",
                id=self._ids.of("schedule", entry.evidence.start, entry.evidence.end),
                meeting_id=self.meeting_id,
                position=position,
                start_time=entry.start_time,
                end_time=entry.end_time,
                title=entry.title,
                evidence_id=self._evidence("schedule", entry.evidence),
                recogniser=entry.recogniser,
                confidence=entry.confidence,
            )

    def _agenda_items(self) -> list[str]:
        identifiers: list[str] = []
        main: str | None = None
        for position, item in enumerate(self._record.agenda_items):
            identifier = self._ids.of("agenda_item", item.evidence.start, item.evidence.end)
            main = identifier if item.level == 1 else main
            self._agenda_item(position, item, identifier, main)
            identifiers.append(identifier)
        return identifiers

    def _agenda_item(self, position: int, item: AgendaItem, identifier: str, main: str | None) -> None:
        self._add(
            "agenda_items",
            id=identifier,
            meeting_id=self.meeting_id,
            position=position,
            main_item_id=main,
            level=item.level,
            number=item.number,
            title=item.title,
            language=item.language,
            extent_end=item.extent_end,
            evidence_id=self._evidence("agenda_item", item.evidence),
            recogniser=item.recogniser,
            confidence=item.confidence,
        )
        for place, theme in enumerate(dict.fromkeys(item.themes)):
            self._add("item_themes", agenda_item_id=identifier, position=place, theme_id=theme)

    def _decisions(self, items: list[str]) -> None:
        for position, decision in enumerate(self._record.decisions):
            self._add(
                "decisions",
                id=self._ids.of("decision", decision.evidence.start, decision.evidence.end),
                meeting_id=self.meeting_id,
                position=position,
                agenda_item_id=None if decision.item is None else items[decision.item],
                language=decision.language,
                is_repeat=int(decision.repeat),
                evidence_id=self._evidence("decision", decision.evidence),
                recogniser=decision.recogniser,
                confidence=decision.confidence,
            )

    def _action(self, position: int, action: ActionItem, items: list[str], attendees: list[str]) -> None:
        identifier = self._ids.of("action", action.evidence.start, action.evidence.end)
        self._add(
            "actions",
            id=identifier,
            meeting_id=self.meeting_id,
            position=position,
            agenda_item_id=None if action.item is None else items[action.item],
            status=action.status,
            **self._due(action.due),
            language=action.language,
            is_repeat=int(action.repeat),
            evidence_id=self._evidence("action", action.evidence),
            recogniser=action.recogniser,
            confidence=action.confidence,
        )
        for place, owner in enumerate(action.owners):
            self._owner(identifier, place, owner, attendees)

    def _due(self, due: Due | None) -> Row:
        last_day = due.last_day() if due else None
        return {
            "due": due.value if due else None,
            "due_last_day": last_day.isoformat() if last_day else None,
            "due_evidence_id": self._evidence("due", due.evidence) if due else None,
            "due_recogniser": due.recogniser if due else None,
            "due_confidence": due.confidence if due else None,
        }

    def _owner(self, action_id: str, position: int, owner: Owner, attendees: list[str]) -> None:
        identifier = stable_id(action_id, "owner", position)
        self._add(
            "action_owners",
            id=identifier,
            action_id=action_id,
            position=position,
            name=owner.name,
            name_folded=fold(owner.name),
            attendance_id=None if owner.attendee is None else attendees[owner.attendee],
            person_id=None if owner.attendee is None else self.tables["attendance"][owner.attendee]["person_id"],
            evidence_id=self._evidence("owner", owner.evidence) if owner.evidence else None,
            recogniser=owner.recogniser,
            confidence=owner.confidence,
        )
        for place, candidate in enumerate(owner.candidates):
            self._add("owner_candidates", owner_id=identifier, position=place, attendance_id=attendees[candidate])

    def _passages(self) -> None:
        for position, passage in enumerate(self._record.passages):
            text = self._record.text[passage.start : passage.end]
            self._add(
                "passages",
                id=self._ids.of("passage", passage.start, passage.end),
                document_id=self.document_id,
                position=position,
                start_offset=passage.start,
                end_offset=passage.end,
                kind=passage.kind,
                level=passage.level,
                language=passage.language,
                text=text,
                stems=word_stems(text, passage.language),
            )
