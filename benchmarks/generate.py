"""A database of invented minutes of any size, for the benchmarks."""

from __future__ import annotations

import datetime
import hashlib
import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass
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
_OF_WHAT = (
    *("het dak", "de fietsenstalling", "de speelplaats", "het archief", "de keuken", "het tuinfeest", "de poort"),
    *("la chaudière", "les archives", "la signalisation", "le potager", "la salle de sport", "l'éclairage"),
)
_WHERE = (
    *("aan het station", "in Oosterzeke", "van de academie", "bij de brug", "in de Molenstraat", "van 't gildehuis"),
    *("à la gare", "du quartier Tilleul", "près du pont", "de l'ancienne école", "au Val-Saint-Amand"),
)
_PROSE = (
    *("de", "vergadering", "bespreekt", "het", "voorstel", "van", "de", "werkgroep", "en", "vraagt", "naar", "kosten"),
    *("le", "groupe", "examine", "la", "proposition", "et", "demande", "quels", "seraient", "les", "frais"),
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


@dataclass(frozen=True)
class World:
    """Who meets, how often and about what: `bodies` take turns, `days` apart; each has `members` among all that are
    named (0: all of them), of whom some come; `tasks` are what people promise to do."""

    bodies: Sequence[str] = _BODIES
    names: Sequence[str] = tuple(f"{first} {last}" for first in _FIRST_NAMES for last in _LAST_NAMES)
    days: float = 5
    members: int = 0
    tasks: Sequence[str] = _TASKS

    def members_of(self, body: str) -> Sequence[str]:
        """Who belongs to a body; the same on every run."""
        return random.Random(body).sample(self.names, self.members) if self.members else self.names


def large_world(meetings: int) -> World:
    """Sixty-three bodies of twenty-five people, six hundred in all, whose meetings fill ten years."""
    towns = ("Wilgenhof", "Lindebeke", "Tilleulmont", "Kantelaar", "Oosterzeke", "Val-Saint-Amand", "Molenkouter")
    kinds = ("werkgroep", "stuurgroep", "comité", "bestuur", "groupe de travail", "commission", "overleg", "conseil")
    bodies = [f"{kind} {town}" for kind in kinds for town in towns] + [f"netwerk {town}" for town in towns]
    middle = ("", " de", " Van den", " Le", " Ter", " d'", " op 't", " Vander")
    names = [f"{first}{link} {last}" for first in _FIRST_NAMES for link in middle for last in _LAST_NAMES]
    tasks = [f"{task}: {what} {where}" for task in _TASKS for what in _OF_WHAT for where in _WHERE]
    return World(bodies, names, 3652 / meetings, members=25, tasks=tasks)


def generate_record(number: int, actions: int, world: World = World(), *, prose: int = 0) -> MeetingRecord:
    """The record of invented meeting `number`, with that many actions, each after a paragraph of `prose` words; the
    same on every run."""
    chance = random.Random(number)
    text = _Text()
    date = _FIRST_DAY + datetime.timedelta(days=int(world.days * number))
    body = chance.choice(world.bodies)
    title = text.add(f"Verslag {body} {date.isoformat()}")
    names = chance.sample(world.members_of(body), 12)
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
        if prose:
            text.add(" ".join(chance.choice(_PROSE) for _ in range(prose)).capitalize() + ".")
        found.append(_action(chance, text, date, names, world.tasks, len(items) - 1))
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
        meeting=Meeting(title=title.quote, body=body, date=date.isoformat(), languages=("nl", "fr")),
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


def _action(
    chance: random.Random, text: _Text, date: datetime.date, names: list[str], tasks: Sequence[str], item: int
) -> ActionItem:
    owner = chance.randrange(len(names))
    due = date + datetime.timedelta(days=chance.randrange(7, 200))
    line = text.add(f"{names[owner]} {chance.choice(tasks)} tegen {due.isoformat()}.")
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


def generate_database(path: Path, *, meetings: int, actions: int, world: World = World()) -> None:
    """Make a database of that many meetings, with `actions` actions spread evenly over them."""
    db = open_database(path, mode="write")
    db.execute("PRAGMA synchronous = OFF")
    per_meeting, rest = divmod(actions, meetings)
    for number in range(meetings):
        save_record(db, generate_record(number, per_meeting + (number < rest), world), ingested_at=_INGESTED)
    db.close()


def generate_long_record(words: int) -> MeetingRecord:
    """The record of one meeting whose minutes have at least that many words: an action in every hundred."""
    return generate_record(0, words // 100, prose=92)


def fill_ledger(path: Path) -> None:
    """Fill the ledger of a generated database: every action stands by itself and bodies are organisations."""
    db = open_database(path, mode="write")
    db.execute("PRAGMA synchronous = OFF")
    for statement in _LEDGER:
        db.execute(statement)
    db.close()


_LEDGER = (
    """INSERT INTO organisations (id, name, name_folded)
       SELECT lower(hex(randomblob(8))), body, fold(body) FROM (SELECT DISTINCT body FROM meetings)""",
    """INSERT OR IGNORE INTO organisation_names (organisation_id, name, name_folded)
       SELECT id, name, name_folded FROM organisations""",
    """UPDATE meetings SET series = fold(body),
       organisation_id = (SELECT id FROM organisations WHERE name_folded = fold(body))""",
    """UPDATE action_owners SET person_id = (SELECT person_id FROM attendance WHERE attendance.id = attendance_id)""",
    """INSERT INTO ledger_actions (id, series, latest_action_id, owners_action_id, status, owners, due, due_last_day,
         opened_on, closed_on, last_sign_on)
       SELECT a.id, m.series, a.id, a.id, a.status,
         (SELECT json_group_array(name) FROM action_owners WHERE action_id = a.id), a.due, a.due_last_day, m.date,
         CASE a.status WHEN 'done' THEN date(m.date, '+' || (abs(random()) % 200) || ' days') END, m.date
       FROM actions a JOIN meetings m ON m.id = a.meeting_id WHERE a.is_repeat = 0""",
    """INSERT INTO ledger_events (id, ledger_action_id, position, kind, day, meeting_id, action_id, evidence_id, owners,
         due, due_last_day, method, confidence)
       SELECT 'e' || a.id, a.id, 0, 'created', l.opened_on, a.meeting_id, a.id, a.evidence_id, l.owners, a.due,
         a.due_last_day, a.recogniser, a.confidence
       FROM ledger_actions l JOIN actions a ON a.id = l.id""",
)
