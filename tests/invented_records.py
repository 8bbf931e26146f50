"""Records for the tests of the database side, built from a text of one's own."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from minutes_nlp.records import (
    ActionItem,
    AgendaItem,
    Attendance,
    Decision,
    DocumentFacts,
    Evidence,
    Meeting,
    MeetingRecord,
    Passage,
    ScheduleEntry,
)
from minutes_nlp.records.items import Due, Owner

NOON = datetime.datetime(2024, 5, 2, 12, 0, tzinfo=datetime.UTC)

SPRING = """Verslag werkgroep Wilgenhof

Datum: 4 maart 2024
Aanwezig: Noor Verbiest (Stad Lindebeke), José Ampère, OCMW Lindebeke
Verontschuldigd: Fien Draulans

09:30 - 10:00 Ontvangst

1. Goedkeuring van het vorige verslag
Het verslag wordt goedgekeurd.

2. Zomerfeest
2.1 Affiche
Noor maakt de affiche tegen 15 april.
José vraagt in mei een offerte voor de tent.
L'été est chaud à Lindebeke.
De zaal werd gereserveerd door Noor.
De sleutels worden binnenkort bezorgd.
"""

AUTUMN = """Procès-verbal du groupe Wilgenhof

Date : 7 octobre 2024
Présents : Noor Verbiest, JOSE AMPERE (Ville de Tilleulmont)

1. Budget
Le groupe décide de reporter le point.
Fien envoie le budget avant le 1er novembre.
"""


def evidence(text: str, quote: str, occurrence: int = 1) -> Evidence:
    """The evidence of the given occurrence of `quote` in `text`."""
    start = -1
    for _ in range(occurrence):
        start = text.index(quote, start + 1)
    return Evidence(start=start, end=start + len(quote), quote=quote)


def facts(path: str, text: str) -> DocumentFacts:
    data = text.encode()
    return DocumentFacts(
        path=path, sha256=hashlib.sha256(data).hexdigest(), media_type="text/plain", encoding="utf-8", size=len(data)
    )


def passages(text: str) -> tuple[Passage, ...]:
    """Every line that is not empty, as a paragraph."""
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            found.append(Passage(start=start, end=start + len(line.rstrip("\n")), kind="paragraph", language="nl"))
        start += len(line)
    return tuple(found)


def attendee(text: str, name: str, status: str = "present", **values: Any) -> Attendance:
    return Attendance(
        name=name, status=status, evidence=evidence(text, name), recogniser="minutes.attendance.v1", **values
    )


def spring(path: str = "wilgenhof/2024-03-04.txt") -> MeetingRecord:
    """A Dutch meeting with something in every table."""
    text = SPRING
    items = (
        AgendaItem(
            number="1",
            title="Goedkeuring van het vorige verslag",
            level=1,
            themes=("meeting-procedure",),
            evidence=evidence(text, "1. Goedkeuring van het vorige verslag"),
            extent_end=text.index("2. Zomer"),
            language="nl",
        ),
        AgendaItem(
            number="2",
            title="Zomerfeest",
            level=1,
            themes=("events", "communication"),
            evidence=evidence(text, "2. Zomerfeest"),
            extent_end=len(text),
        ),
        AgendaItem(
            number="2.1", title="Affiche", level=2, evidence=evidence(text, "2.1 Affiche"), extent_end=len(text)
        ),
    )
    actions = (
        ActionItem(
            evidence=evidence(text, "Noor maakt de affiche tegen 15 april."),
            owners=(Owner(name="Noor Verbiest", evidence=evidence(text, "Noor", 2), attendee=0),),
            due=Due(value="2024-04-15", evidence=evidence(text, "tegen 15 april"), confidence=0.75),
            item=2,
            language="nl",
            confidence=0.5,
        ),
        ActionItem(
            evidence=evidence(text, "José vraagt in mei een offerte voor de tent."),
            owners=(Owner(name="José", evidence=evidence(text, "José", 2), candidates=(1, 3)),),
            due=Due(value="2024-05", evidence=evidence(text, "in mei")),
            item=2,
        ),
        ActionItem(
            evidence=evidence(text, "De zaal werd gereserveerd door Noor."),
            owners=(Owner(name="Noor Verbiest", attendee=0),),
            status="done",
            item=1,
        ),
        ActionItem(
            evidence=evidence(text, "De sleutels worden binnenkort bezorgd."),
            due=Due(evidence=evidence(text, "binnenkort")),
        ),
        ActionItem(
            evidence=evidence(text, "Noor maakt de affiche"),
            owners=(Owner(name="Noor Verbiest", attendee=0),),
            item=2,
            repeat=True,
        ),
    )
    return MeetingRecord(
        document=facts(path, text),
        text=text,
        meeting=Meeting(
            title="Verslag werkgroep Wilgenhof",
            body="werkgroep Wilgenhof",
            date="2024-03-04",
            start_time="09:30",
            languages=("nl", "fr"),
            evidence={
                "title": evidence(text, "Verslag werkgroep Wilgenhof"),
                "date": evidence(text, "4 maart 2024"),
            },
        ),
        attendance=(
            attendee(text, "Noor Verbiest", organisation="Stad Lindebeke", role="chair"),
            attendee(text, "José Ampère"),
            attendee(text, "OCMW Lindebeke", organisation="OCMW Lindebeke"),
            attendee(text, "Fien Draulans", "excused"),
        ),
        schedule=(
            ScheduleEntry(
                start_time="09:30",
                end_time="10:00",
                title="Ontvangst",
                evidence=evidence(text, "09:30 - 10:00 Ontvangst"),
            ),
        ),
        agenda_items=items,
        decisions=(Decision(evidence=evidence(text, "Het verslag wordt goedgekeurd."), item=0, language="nl"),),
        actions=actions,
        themes=("events", "communication"),
        passages=passages(text),
    )


def autumn(path: str = "wilgenhof/2024-10-07.txt") -> MeetingRecord:
    """A French meeting of the same group, half a year later."""
    text = AUTUMN
    return MeetingRecord(
        document=facts(path, text),
        text=text,
        meeting=Meeting(
            title="Procès-verbal du groupe Wilgenhof",
            body="groupe Wilgenhof",
            date="2024-10-07",
            languages=("fr",),
            evidence={"date": evidence(text, "7 octobre 2024")},
        ),
        attendance=(
            attendee(text, "Noor Verbiest"),
            attendee(text, "JOSE AMPERE", organisation="Ville de Tilleulmont"),
        ),
        agenda_items=(
            AgendaItem(
                number="1",
                title="Budget",
                level=1,
                themes=("finance",),
                evidence=evidence(text, "1. Budget"),
                extent_end=len(text),
            ),
        ),
        decisions=(Decision(evidence=evidence(text, "Le groupe décide de reporter le point."), item=0, language="fr"),),
        actions=(
            ActionItem(
                evidence=evidence(text, "Fien envoie le budget avant le 1er novembre."),
                owners=(Owner(name="Fien", evidence=evidence(text, "Fien")),),
                due=Due(value="2024-11-01", evidence=evidence(text, "avant le 1er novembre")),
                item=0,
                language="fr",
            ),
        ),
        themes=("finance",),
        passages=passages(text),
    )
