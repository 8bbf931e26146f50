"""A database of invented minutes of any size, for the benchmarks."""

from __future__ import annotations

import datetime
import hashlib
import itertools
import random
from pathlib import Path

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
)
from minutes_nlp.records.items import Due, Owner
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import save_record

_FIRST_NAMES = ("Noor", "Élise", "Wout", "Zoé", "Ferre", "Maïté", "Lowie", "Célestin", "Tuur", "Anaïs")
_LAST_NAMES = ("Verbiest", "Draulans", "Lemaître", "Van Hollebeke", "Pirlot", "D'Hertoghe", "Tillemans", "Quoirin")
_BODIES = ("werkgroep Wilgenhof", "stuurgroep Lindebeke", "comité Tilleulmont", "bestuur Kantelaar")
_THEMES = ("finance", "events", "communication", "housing", "digital", "health-wellbeing", "staff")
_TASKS = (
    "bezorgt de lijst van de deelnemers",
    "prépare le budget de l'été",
    "vraagt een offerte voor het dak",
    "contacte le fournisseur des vélos",
)
_FIRST_DAY = datetime.date(2016, 1, 5)
_INGESTED = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)


class _Text:
    """A text that grows line by line and gives the evidence of each line."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.length = 0

    def add(self, line: str) -> Evidence:
        start = self.length
        self.lines.append(line)
        self.length += len(line) + 1
        return Evidence(start=start, end=start + len(line), quote=line)

    def part(self, line: Evidence, words: str) -> Evidence:
        start = line.start + line.quote.index(words)
        return Evidence(start=start, end=start + len(words), quote=words)


def generate_record(number: int, actions: int) -> MeetingRecord:
    """The record of invented meeting `number`, with that many actions; the same on every run."""
    chance = random.Random(number)
    text = _Text()
    date = _FIRST_DAY + datetime.timedelta(days=5 * number)
    title = text.add(f"Verslag {chance.choice(_BODIES)} {date.isoformat()}")
    names = chance.sample([f"{first} {last}" for first in _FIRST_NAMES for last in _LAST_NAMES], 12)
    attendance = tuple(
        Attendance(
            name=name,
            status=chance.choice(("present", "present", "excused")),
            organisation=f"OCMW {chance.choice(('Lindebeke', 'Wilgem', 'Tilleulmont'))}",
            evidence=text.add(name),
        )
        for name in names
    )
    items: list[AgendaItem] = []
    decisions: list[Decision] = []
    found: list[ActionItem] = []
    for index in range(actions):
        if index % 4 == 0:
            heading = text.add(f"{len(items) + 1}. Punt over {chance.choice(_THEMES)}")
            themes = tuple(chance.sample(_THEMES, 2))
            items.append(
                AgendaItem(title=heading.quote, level=1, themes=themes, evidence=heading, extent_end=heading.end)
            )
            decision = text.add("De vergadering keurt het voorstel goed.")
            decisions.append(Decision(evidence=decision, item=len(items) - 1))
        found.append(_action(chance, text, date, names, len(items) - 1))
    whole = "\n".join(text.lines) + "\n"
    lines = [0]
    for line in text.lines:
        lines.append(lines[-1] + len(line) + 1)
    data = whole.encode()
    return MeetingRecord(
        document=DocumentFacts(
            path=f"series-{number % 7}/{number:05}.txt",
            sha256=hashlib.sha256(data).hexdigest(),
            media_type="text/plain",
            encoding="utf-8",
            size=len(data),
        ),
        text=whole,
        meeting=Meeting(title=title.quote, body=title.quote[8:-11], date=date.isoformat(), languages=("nl", "fr")),
        attendance=attendance,
        agenda_items=tuple(items),
        decisions=tuple(decisions),
        actions=tuple(found),
        themes=tuple(dict.fromkeys(theme for item in items for theme in item.themes)),
        passages=tuple(
            Passage(start=start, end=end - 1, kind="paragraph", language="nl")
            for start, end in itertools.pairwise(lines)
        ),
    )


def _action(chance: random.Random, text: _Text, date: datetime.date, names: list[str], item: int) -> ActionItem:
    owner = chance.randrange(len(names))
    due = date + datetime.timedelta(days=chance.randrange(7, 200))
    line = text.add(f"{names[owner]} {chance.choice(_TASKS)} tegen {due.isoformat()}.")
    owners = (Owner(name=names[owner], evidence=text.part(line, names[owner]), attendee=owner),)
    deadline = Due(value=due.isoformat(), evidence=text.part(line, f"tegen {due.isoformat()}"))
    return ActionItem(
        evidence=line,
        owners=owners if chance.random() < 0.8 else (),
        due=deadline if chance.random() < 0.7 else None,
        status="open" if chance.random() < 0.6 else "done",
        item=item,
        language="nl",
    )


def generate_database(path: Path, *, meetings: int, actions: int) -> None:
    """Make a database of that many meetings, with `actions` actions spread evenly over them."""
    db = open_database(path, mode="write")
    db.execute("PRAGMA synchronous = OFF")
    per_meeting, rest = divmod(actions, meetings)
    for number in range(meetings):
        save_record(db, generate_record(number, per_meeting + (number < rest)), ingested_at=_INGESTED)
    db.close()
