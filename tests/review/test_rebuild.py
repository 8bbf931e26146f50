"""A hundred corrections on the invented samples: they survive another ingest, a rebuild, and other word lists."""

from __future__ import annotations

import datetime
import json
import random
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from minutes_nlp.export.lines import record_lines
from minutes_nlp.export.sides import side_of
from minutes_nlp.ingest import Places, Processing, ingest
from minutes_nlp.pipeline import build_pipeline
from minutes_nlp.query.differences import differences
from minutes_nlp.query.doubts import find_doubts, place_of_row
from minutes_nlp.query.places import TABLES, Place
from minutes_nlp.query.references import find_meeting
from minutes_nlp.records import Evidence
from minutes_nlp.records.corrections import Correction, in_force
from minutes_nlp.resources import lexicon
from minutes_nlp.review.answers import accepted, rejected
from minutes_nlp.review.desk import Desk
from minutes_nlp.review.golden import Lessons, keep_case
from minutes_nlp.review.history import undo_of
from minutes_nlp.review.statements import document_of_meeting, of_fact, of_names, of_passage, of_row
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.correction_log import read_log
from minutes_nlp.store.load import load_record
from tests.test_ingest import Silent

PLAN = {
    "action": (
        ("owners", ["Fien Draulans"], {}),
        ("owners", [], {}),
        ("owners", ["Wout De Craecker", "CPAS Andenne"], {"on": "2026-11-02"}),
        ("due", "2027-01-15", {}),
        ("due", None, {}),
        ("due", "2027-03", {"on": "2026-11-03"}),
        ("status", "done", {}),
        ("status", "done", {"on": "2026-11-04"}),
        ("status", "dropped", {"on": "2026-11-05"}),
        ("exists", True, {}),
        ("exists", False, {}),
        ("quote", None, {}),
    ),
    "decision": (("exists", True, {}), ("exists", False, {}), ("quote", None, {})),
    "attendance": (
        ("name", "Noor Verbiest", {}),
        ("status", "excused", {}),
        ("organisation", "OCMW Lindebeke", {}),
        ("role", "secretary", {}),
        ("exists", False, {}),
    ),
    "agenda_item": (("title", "Een ander punt", {}), ("themes", ["finance"], {}), ("exists", False, {})),
}
REPEATS = {"action": 3, "decision": 5, "attendance": 3, "agenda_item": 3}
FACTS = (("title", "Ander verslag"), ("date", "2026-10-01"), ("location", None), ("start_time", "08:15"))


@dataclass
class Office:
    """The samples, their database, and somebody who corrects."""

    places: Places
    desk: Desk
    pipeline: Any

    def ingest(self, fingerprint: str = "one") -> dict[str, int]:
        moment = datetime.datetime(2026, 5, 4, 12, 0, tzinfo=datetime.UTC)
        processing = Processing(fingerprint, lambda: self.pipeline, jobs=1)
        return dict(ingest([], self.places, processing, progress=Silent(), clock=lambda: moment).counts())

    def lines(self) -> list[str]:
        with self.desk.reading() as db:
            return list(record_lines(db))

    def log(self) -> tuple[Correction, ...]:
        return read_log(self.desk.log).corrections


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Office:
    folder = tmp_path_factory.mktemp("office")
    shutil.copytree(samples, folder / "raw")
    structured = folder / "structured"
    places = Places(folder / "raw", structured / "records", structured / "minutes.db")
    now = datetime.datetime(2026, 11, 27, 9, 0, tzinfo=datetime.UTC)
    moments = (now + datetime.timedelta(seconds=second) for second in range(10_000))
    desk = Desk(places.database, places.records, "an", lambda: next(moments))
    made = Office(places, desk, build_pipeline())
    made.ingest()
    correct_a_hundred(made)
    return made


def correct_a_hundred(office: Office) -> None:
    """Corrections of every kind, in a few sittings, as the commands make them."""
    desk, dice = office.desk, random.Random(2026)
    for kind, plan in PLAN.items():
        with desk.reading() as db:
            rows = rows_of(db, kind)
            chosen = dice.sample(rows, len(plan) * REPEATS[kind])
            corrections = [
                of_row(desk, db, place, field, shorter(place) if field == "quote" else value, **more)
                for place, (field, value, more) in zip(chosen, plan * REPEATS[kind], strict=True)
            ]
        desk.put(corrections)
    with desk.reading() as db:
        corrections = list(further(desk, db))
    desk.put(corrections)
    log = office.log()
    desk.put([undo_of(desk, log, correction.id)[0] for correction in dice.sample(log, 100 - len(log))])


def rows_of(db: sqlite3.Connection, kind: str) -> list[Place]:
    """The rows of a kind that a person may correct, in a fixed order."""
    sql = (
        f"SELECT r.id FROM {TABLES[kind]} r JOIN evidence e ON e.id = evidence_id WHERE length(quote) > 8 ORDER BY r.id"
    )
    places = [place_of_row(db, kind, row[0]) for row in db.execute(sql).fetchall()]
    return [place for place in places if place]


def shorter(place: Place) -> Evidence:
    """The passage without its last word."""
    quote = place.quote.rsplit(maxsplit=1)[0]
    return Evidence(start=place.start, end=place.start + len(quote), quote=quote)


def further(desk: Desk, db: sqlite3.Connection) -> Iterator[Correction]:
    """Corrections that are not of a row: added passages, facts, proposals, issues, people."""
    document, text = document_of_meeting(db, "2024-04-18")
    for number, kind in enumerate(("action", "action", "decision")):
        start = [0, *(place for place in range(len(text)) if text.startswith("\n- ", place))][number + 1] + 3
        end = text.index("\n", start)
        yield of_passage(desk, kind, document, Evidence(start=start, end=end, quote=text[start:end]), text)
    for field, value in FACTS:
        yield of_fact(desk, db, find_meeting(db, "2024-04-18"), field, value)
    doubts = [*find_doubts(db, kinds=("proposal",))[:3], *find_doubts(db, kinds=("issue",))]
    for number, doubt in enumerate(doubts[:6]):
        judged = rejected(desk, db, doubt) if number % 2 else accepted(desk, db, doubt)
        yield judged or accepted(desk, db, doubt)
    people = db.execute("SELECT id, name FROM people ORDER BY id LIMIT 3").fetchall()
    yield of_names(desk, "person", "merge", (people[0][0], people[1][0]))
    yield of_names(desk, "person", "rename", (people[2][0], "Iemand Anders"))


def test_there_are_a_hundred_corrections_of_every_kind(office: Office) -> None:
    log = office.log()
    assert len(log) == 100
    kinds = {"action", "decision", "attendance", "agenda_item", "meeting", "link", "issue", "person", "undo"}
    assert {correction.kind for correction in log} == kinds


def test_the_same_version_gives_the_same_bytes_after_an_ingest_and_after_a_rebuild(office: Office) -> None:
    before = office.lines()
    assert office.ingest() == {"unchanged": 12}
    assert office.lines() == before
    assert office.ingest("the same, read again") == {"reread": 12}
    assert office.lines() == before
    records = {path.name: path.read_bytes() for path in office.places.records.rglob("*.json")}
    with closing(open_database(office.places.database)) as db:
        people = db.execute("SELECT id, name FROM people ORDER BY id").fetchall()
        issues = db.execute("SELECT id, settled_by FROM issues ORDER BY id").fetchall()
    shutil.rmtree(office.places.records)
    for path in office.places.database.parent.glob("minutes.db*"):
        path.unlink()
    assert office.ingest() == {"new": 12}
    assert office.lines() == before
    assert {path.name: path.read_bytes() for path in office.places.records.rglob("*.json")} == records
    with closing(open_database(office.places.database)) as db:
        assert db.execute("SELECT id, name FROM people ORDER BY id").fetchall() == people
        assert db.execute("SELECT id, settled_by FROM issues ORDER BY id").fetchall() == issues


@pytest.fixture
def other_words(tmp_path: Path) -> Iterator[None]:
    """Word lists with which the program finds more decisions and other attendees."""
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "decisions.toml").write_text('[cues.more]\nweight = 9.0\nphrases = ["een ... "]\n')
    (tmp_path / "nl" / "attendance.toml").write_text('[status]\nextra_excused = ["aanwezigen"]\n')
    lexicon.overlay(tmp_path)
    yield
    lexicon.overlay(None)


@pytest.mark.usefixtures("other_words")
def test_after_other_word_lists_every_corrected_field_keeps_its_value(office: Office) -> None:
    before = office.lines()
    office.pipeline = build_pipeline()
    office.ingest("other words")
    after = office.lines()
    found = differences(side_of(before), side_of(after))
    assert found, "the word lists made a difference"
    kept = fields_in_force(office)
    assert len(kept) > 50
    with closing(open_database(office.places.database)) as db:
        wrong = [(c.kind, c.field, c.value) for c in kept if not holds(db, c)]
    assert wrong == []
    assert changed_documents(before, after) <= {difference.document for difference in found}


def fields_in_force(office: Office) -> list[Correction]:
    """The last correction in force of every field of every passage."""
    last: dict[tuple[Any, ...], Correction] = {}
    for correction in in_force(office.log()):
        if correction.document is not None and not correction.is_event and correction.kind not in ("link", "undo"):
            place = (correction.span.start, correction.span.end) if correction.span else ()
            last[correction.document.path, correction.kind, correction.field, place] = correction
    return list(last.values())


def holds(db: sqlite3.Connection, correction: Correction) -> bool:
    """Whether the record says what a correction says."""
    assert correction.document is not None
    record = load_record(db, correction.document.path)
    if correction.kind == "meeting":
        return bool(getattr(record.meeting, correction.field) == correction.value)
    sql = "SELECT row_id, start_offset FROM correction_targets WHERE correction_id = ? AND role = 'passage'"
    row, start = db.execute(sql, (correction.id,)).fetchone()
    if (correction.field, correction.value) == ("exists", False):
        return row is None and start is not None
    place = place_of_row(db, correction.kind, row) if row else None
    if place is None:
        return False
    rows: Sequence[Any] = {
        "action": record.actions,
        "decision": record.decisions,
        "attendance": record.attendance,
        "agenda_item": record.agenda_items,
    }[correction.kind]
    (entry,) = [entry for entry in rows if (entry.evidence.start, entry.evidence.end) == (place.start, place.end)][:1]
    value: Any = {
        "exists": lambda: True,
        "quote": lambda: entry.evidence.model_dump(),
        "owners": lambda: [owner.name for owner in entry.owners],
        "due": lambda: entry.due.value if entry.due else None,
        "themes": lambda: list(entry.themes),
    }.get(correction.field, lambda: getattr(entry, correction.field))()
    return bool(value == correction.value)


def changed_documents(before: list[str], after: list[str]) -> set[str]:
    """The documents whose line is another one."""
    return {json.loads(new)["document"]["path"] for old, new in zip(before, after, strict=True) if old != new}


def test_a_corrected_meeting_becomes_a_case_that_can_be_evaluated_and_learned_from(
    office: Office, tmp_path: Path
) -> None:
    from minutes_nlp.reading import Limits
    from minutes_nlp.training.corpus import folder_examples

    with office.desk.reading() as db:
        path = "netwerk/2024-04-18.txt"
        keep_case(db, office.places.raw, path, tmp_path, limits=Limits(), replace=False)
        lessons = list(Lessons(db, office.places.raw, Limits()).examples())
    (example,) = folder_examples(tmp_path)
    assert example.document.name == path
    assert example.gold["actions"]
    assert path in {lesson.document.name for lesson in lessons}
    assert next(lesson.gold for lesson in lessons if lesson.document.name == path) == example.gold
