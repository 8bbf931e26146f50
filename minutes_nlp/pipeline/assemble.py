"""From findings on a `Doc` to a `MeetingRecord`: offsets go back to the source, owners and dates are resolved."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc

from minutes_nlp.extraction.base import (
    ActionFinding,
    AttendeeFinding,
    DecisionFinding,
    MeetingFinding,
    ScheduleFinding,
    ThemeFinding,
    layout_of,
    text_of,
)
from minutes_nlp.language import UNKNOWN
from minutes_nlp.reading import SourceDocument
from minutes_nlp.records import (
    ActionItem,
    AgendaItem,
    Attendance,
    Decision,
    DocumentFacts,
    Evidence,
    Meeting,
    MeetingRecord,
    OcrFacts,
    Passage,
    ScheduleEntry,
)
from minutes_nlp.records.items import Due, Owner
from minutes_nlp.resolution.dates import find_due
from minutes_nlp.resolution.people import match_owner
from minutes_nlp.resolution.reckoning import reckoning_day
from minutes_nlp.resolution.themes import document_themes
from minutes_nlp.spans import CharSpan


def assemble(document: SourceDocument, doc: Doc, recognisers: Mapping[str, str]) -> MeetingRecord:
    """The record of a document whose recognisers have run.

    Args:
        document: what was read.
        doc: the result of the pipeline.
        recognisers: the frozen name of the component of each part, for `recogniser` in the record.
    """
    builder = _Assembler(document, doc, recognisers)
    return builder.record()


@dataclass
class _Assembler:
    document: SourceDocument
    doc: Doc
    recognisers: Mapping[str, str]

    def record(self) -> MeetingRecord:
        self.text = text_of(self.doc)
        self.layout = layout_of(self.doc)
        facts: MeetingFinding = self.doc._.minutes_meeting or MeetingFinding()
        self.reckoning_day = reckoning_day(self.text.text, _day(facts, "date"))
        self.next_meeting = _day(facts, "next_meeting")
        self.attendees: list[AttendeeFinding] = self.doc._.minutes_attendance or []
        items = self._agenda_items()
        document = self.document
        return MeetingRecord(
            document=DocumentFacts(
                path=document.name,
                sha256=document.sha256,
                media_type=document.media_type,
                encoding=document.encoding,
                size=document.size,
                ocr=_ocr(document),
            ),
            text=document.text,
            meeting=self._meeting(facts),
            attendance=tuple(map(self._attendance, self.attendees)),
            schedule=tuple(map(self._schedule, self.doc._.minutes_schedule or [])),
            agenda_items=items,
            decisions=tuple(map(self._decision, self.doc._.minutes_decisions or [])),
            actions=tuple(map(self._action, self.doc._.minutes_actions or [])),
            themes=document_themes(items),
            passages=self._passages(),
        )

    def evidence(self, span: CharSpan) -> Evidence:
        """The passage of the source that a normalised span stands for, without white space around it."""
        source = self.text.to_source(span).trim(self.document.text)
        return Evidence(start=source.start, end=source.end, quote=source.text(self.document.text))

    def _meeting(self, facts: MeetingFinding) -> Meeting:
        values = {name: found.value for name, found in facts.fields.items()}
        proof = {name: self.evidence(found.span) for name, found in facts.fields.items() if found.span}
        return Meeting.model_validate(
            {**values, "languages": facts.languages, "evidence": proof, "recogniser": self.recognisers["meeting"]}
        )

    def _attendance(self, found: AttendeeFinding) -> Attendance:
        return Attendance(
            name=found.name,
            status=found.status,
            organisation=found.organisation,
            role=found.role,
            evidence=self.evidence(found.span),
            recogniser=self.recognisers["attendance"],
            confidence=found.confidence,
        )

    def _schedule(self, found: ScheduleFinding) -> ScheduleEntry:
        return ScheduleEntry(
            start_time=found.start,
            end_time=found.end,
            title=found.title,
            evidence=self.evidence(found.span),
            recogniser=self.recognisers["schedule"],
            confidence=found.confidence,
        )

    def _agenda_items(self) -> tuple[AgendaItem, ...]:
        themes: ThemeFinding = self.doc._.minutes_themes or ThemeFinding()
        return tuple(
            AgendaItem(
                number=heading.number,
                title=heading.title,
                level=heading.level,
                themes=themes.of_heading.get(index, ()) if heading.level == 1 else (),
                language=self._language(heading.block),
                evidence=self.evidence(heading.line),
                extent_end=self.text.to_source(CharSpan(heading.end - 1, heading.end)).end,
                recogniser=self.recognisers["layout"],
                confidence=heading.confidence,
            )
            for index, heading in enumerate(self.layout.headings)
        )

    def _language(self, block: int) -> str | None:
        language = self.text.blocks[block].language
        return None if language == UNKNOWN else language

    def _decision(self, found: DecisionFinding) -> Decision:
        return Decision(
            evidence=self.evidence(found.span),
            item=self.layout.heading_of[found.block],
            language=self._language(found.block),
            repeat=found.repeat,
            recogniser=self.recognisers["decisions"],
            confidence=found.confidence,
        )

    def _action(self, found: ActionFinding) -> ActionItem:
        return ActionItem(
            evidence=self.evidence(found.span),
            owners=self._owners(found),
            due=self._due(found),
            status=found.status,
            item=self.layout.heading_of[found.block],
            language=self._language(found.block),
            repeat=found.repeat,
            recogniser=self.recognisers["actions"],
            confidence=found.confidence,
        )

    def _owners(self, found: ActionFinding) -> tuple[Owner, ...]:
        owners = []
        for mention in found.owners:
            match = match_owner(mention.name, [a.name for a in self.attendees])
            name = self.attendees[match.attendee].name if match.attendee is not None else mention.name
            proof = self.evidence(mention.span) if mention.span else None
            owners.append(
                Owner(
                    name=name,
                    evidence=proof,
                    attendee=match.attendee,
                    candidates=match.candidates,
                    recogniser=self.recognisers["actions"],
                    confidence=found.confidence,
                )
            )
        return tuple({owner.name: owner for owner in owners}.values())

    def _due(self, found: ActionFinding) -> Due | None:
        if found.due_scope is None:
            return None
        language = self.text.blocks[found.block].language
        for scope in (found.due_scope, *found.due_leads):
            text = scope.text(self.text.text)
            due = find_due(text, language, meeting=self.reckoning_day, next_meeting=self.next_meeting)
            if due is not None:
                span, value = due
                return Due(
                    value=value,
                    evidence=self.evidence(span.shift(scope.start)),
                    recogniser=self.recognisers["actions"],
                    confidence=found.confidence,
                )
        return None

    def _passages(self) -> tuple[Passage, ...]:
        passages = []
        for index, block in enumerate(self.text.blocks):
            source = self.text.to_source(block.span).trim(self.document.text)
            passages.append(
                Passage(
                    start=source.start,
                    end=source.end,
                    kind=block.kind.value,
                    level=block.block.level,
                    language=self._language(index),
                )
            )
        return tuple(passages)


def _ocr(document: SourceDocument) -> OcrFacts | None:
    found = document.ocr
    if found is None:
        return None
    return OcrFacts(pages=found.pages, confidence=found.confidence if found.pages else None, unread=found.unread)


def _day(facts: MeetingFinding, field: str) -> datetime.date | None:
    found = facts.fields.get(field)
    return datetime.date.fromisoformat(found.value) if found else None
