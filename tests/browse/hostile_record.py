"""A record with markup in every text that it can hold."""

from __future__ import annotations

from invented_records import evidence, facts, passages

from minutes_nlp.records import (
    ActionItem,
    AgendaItem,
    Attendance,
    Decision,
    Meeting,
    MeetingRecord,
    ScheduleEntry,
)
from minutes_nlp.records.items import Due, Owner

ATTACK = "<img src=x onerror=window.hacked=1>"


def _attack(field: str) -> str:
    return f"{field}\"'><script>window.hacked=1</script>{ATTACK}"


TITLE, BODY, PLACE = _attack("title"), _attack("body"), _attack("place")
NAME, ORGANISATION, ITEM = _attack("name"), _attack("organisation"), _attack("item")
DECISION, ACTION, SCHEDULE = _attack("decision"), _attack("action"), _attack("schedule")


def hostile(path: str = "<b>folder/\"'><script>window.hacked=1.txt") -> MeetingRecord:
    """The record; the path that it is stored under has markup too."""
    due = "tegen 1 mei"
    text = "\n".join((TITLE, BODY, PLACE, NAME, ORGANISATION, SCHEDULE, f"1. {ITEM}", DECISION, f"{ACTION} {due}", ""))
    owner = Owner(name=NAME, evidence=evidence(text, NAME), attendee=0)
    return MeetingRecord(
        document=facts(path, text),
        text=text,
        meeting=Meeting(
            title=TITLE,
            body=BODY,
            location=PLACE,
            date="2024-04-01",
            languages=("nl",),
            recogniser=_attack("recogniser"),
            evidence={"title": evidence(text, TITLE), "location": evidence(text, PLACE)},
        ),
        attendance=(
            Attendance(
                name=NAME,
                status="present",
                organisation=ORGANISATION,
                evidence=evidence(text, NAME),
                recogniser=_attack("recogniser"),
                confidence=0.4,
            ),
        ),
        schedule=(ScheduleEntry(start_time="09:30", title=SCHEDULE, evidence=evidence(text, SCHEDULE)),),
        agenda_items=(
            AgendaItem(
                number="<i>1</i>",
                title=ITEM,
                level=1,
                themes=("finance",),
                evidence=evidence(text, ITEM),
                extent_end=len(text),
                language="nl",
            ),
        ),
        decisions=(
            Decision(
                evidence=evidence(text, DECISION),
                item=0,
                language="nl",
                recogniser=_attack("recogniser"),
                confidence=0.4,
            ),
        ),
        actions=(
            ActionItem(
                evidence=evidence(text, f"{ACTION} {due}"),
                owners=(owner,),
                due=Due(value="2024-05-01", evidence=evidence(text, due)),
                item=0,
                language="nl",
                recogniser=_attack("recogniser"),
                confidence=0.4,
            ),
        ),
        themes=("finance",),
        passages=passages(text),
    )
