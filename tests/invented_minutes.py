"""Minutes in a small notation, for tests of what happens across meetings.

A line begins with its kind: `# ` an agenda item, `! ` an action item, `x ` one that is done, `= ` a decision; any other
line is a passage. Behind an action stand its owners (`@Noor Verbiest, Fien`); its deadline is written
`{tegen 1 mei=2024-05-01}`, of which the words stand in the text. `+ ` is somebody present, `- ` somebody excused.
"""

from __future__ import annotations

import datetime
import re
import sqlite3
from collections.abc import Sequence
from typing import Any

from minutes_nlp.ledger import refresh
from minutes_nlp.records import ActionItem, AgendaItem, Attendance, Decision, Evidence, Meeting, MeetingRecord, Passage
from minutes_nlp.records.corrections import Correction
from minutes_nlp.records.items import Due, Owner
from minutes_nlp.store.write import save_record
from tests.invented_records import facts

NOON = datetime.datetime(2024, 5, 2, 12, 0, tzinfo=datetime.UTC)
BODY = "werkgroep Wilgenhof"
_DUE = re.compile(r"\{([^={}]*)=([\d-]*)\}")


def minutes(path: str, date: str | None, lines: str, *, language: str = "nl", body: str | None = BODY) -> MeetingRecord:
    """The record of a document; the first line of its text is its title and, if there is one, the date."""
    head = f"Verslag {date or ''}".strip()
    text = head + "\n"
    parts: dict[str, list[Any]] = {"agenda_items": [], "actions": [], "decisions": [], "attendance": [], "passages": []}
    for line in lines.strip().splitlines():
        kind, rest = (line[0], line[2:]) if line[:2] in ("# ", "! ", "x ", "= ", "+ ", "- ") else ("", line)
        said, _, names = rest.partition(" @")
        due = _DUE.search(said)
        said = _DUE.sub(r"\1", said)
        place = Evidence(start=len(text), end=len(text) + len(said), quote=said)
        text += said + "\n"
        parts["passages"].append(_passage(place, "heading" if kind == "#" else "paragraph", language))
        item = len(parts["agenda_items"]) - 1 if parts["agenda_items"] else None
        if kind == "#":
            parts["agenda_items"].append(_item(place, language))
        elif kind in "!x" and kind:
            owners = tuple(Owner(name=name) for name in names.split(", ") if name)
            parts["actions"].append(
                ActionItem(
                    evidence=place,
                    owners=owners,
                    due=_due(place, due),
                    status="done" if kind == "x" else "open",
                    item=item,
                    language=language,
                )
            )
        elif kind == "=":
            parts["decisions"].append(Decision(evidence=place, item=item, language=language))
        elif kind in "+-" and kind:
            status = "present" if kind == "+" else "excused"
            parts["attendance"].append(Attendance(name=said, status=status, evidence=place))
    items = [entry.model_copy(update={"extent_end": len(text)}) for entry in parts.pop("agenda_items")]
    day = Evidence(start=head.index(date), end=head.index(date) + len(date), quote=date) if date else None
    meeting = Meeting(title=head, body=body, date=date, languages=(language,), evidence={"date": day} if day else {})
    found = {name: tuple(entries) for name, entries in parts.items()}
    return MeetingRecord(document=facts(path, text), text=text, meeting=meeting, agenda_items=_ending(items), **found)


def put(
    db: sqlite3.Connection, *records: MeetingRecord, corrections: Sequence[Correction] = (), pipeline: str = ""
) -> None:
    """Store the records and bring the ledger up to date."""
    for record in records:
        save_record(db, record, ingested_at=NOON, pipeline=pipeline)
    refresh(db, directory=None, corrections=corrections)


def events(db: sqlite3.Connection, begins: str) -> list[tuple[str | None, str]]:
    """Day and kind of the events of the one action whose first passage begins so."""
    sql = """SELECT v.day, v.kind FROM ledger_events v JOIN actions a ON a.id = v.ledger_action_id
        JOIN evidence e ON e.id = a.evidence_id WHERE substr(e.quote, 1, ?) = ? ORDER BY a.id, v.position"""
    return db.execute(sql, (len(begins), begins)).fetchall()


def proposals(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """What is proposed: the kind of event and the passage."""
    sql = "SELECT p.event, e.quote FROM proposals p JOIN evidence e ON e.id = p.evidence_id ORDER BY 2, 1"
    return db.execute(sql).fetchall()


def everything(db: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """All rows that the ledger writes."""
    tables = ("ledger_actions", "ledger_events", "proposals", "pairs", "issues", "ledger_state")
    found = {table: sorted(db.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in tables}
    found["meetings"] = db.execute("SELECT id, series, superseded_by FROM meetings ORDER BY id").fetchall()
    return found


def _passage(place: Evidence, kind: str, language: str) -> Passage:
    return Passage(start=place.start, end=place.end, kind=kind, language=language)


def _item(place: Evidence, language: str) -> AgendaItem:
    number, _, title = place.quote.partition(". ")
    known = number.isdigit()
    return AgendaItem(
        number=number if known else None,
        title=title if known else place.quote,
        level=1,
        language=language,
        evidence=place,
        extent_end=place.end,
    )


def _ending(items: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    """The items with their extents: each goes up to the next."""
    ends = [item.evidence.start for item in items[1:]] + [item.extent_end for item in items[-1:]]
    return tuple(item.model_copy(update={"extent_end": end}) for item, end in zip(items, ends, strict=True))


def _due(place: Evidence, found: re.Match[str] | None) -> Due | None:
    if found is None:
        return None
    start = place.start + place.quote.index(found[1])
    return Due(value=found[2] or None, evidence=Evidence(start=start, end=start + len(found[1]), quote=found[1]))
