"""What was corrected stays corrected: after another ingest, another model, a changed document, a rebuild."""

from __future__ import annotations

import datetime
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from minutes_nlp.errors import ReviewError, StoreError
from minutes_nlp.export.records import read_record, record_path
from minutes_nlp.ingest import IngestReport, Places, Processing, ingest
from minutes_nlp.locking import exclusive
from minutes_nlp.query.places import find_row
from minutes_nlp.records import MeetingRecord
from minutes_nlp.records.corrections import Correction
from minutes_nlp.review.desk import Desk
from minutes_nlp.review.history import undo
from minutes_nlp.review.statements import of_row
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.correction_log import append, read_log
from minutes_nlp.store.corrections import machine_record
from minutes_nlp.store.load import load_record
from minutes_nlp.store.write import failed_paths
from tests.test_ingest import Silent

MARCH = """Raad maart
DATE 2026-03-10
DECISION de begroting geldt
ACTION Noor maakt het bord BY 2026-04-01
ACTION Bram belt de zaal
De tent wordt gehuurd door Fien.
"""


class Office:
    """A raw folder, its database, and somebody who corrects."""

    def __init__(self, folder: Path, processor: Any) -> None:
        self.places = Places(folder / "raw", folder / "structured" / "records", folder / "structured" / "minutes.db")
        self.places.raw.mkdir()
        self.processor = processor
        self.moment = datetime.datetime(2026, 5, 4, 12, 0, tzinfo=datetime.UTC)
        self.desk = Desk(self.places.database, self.places.records, "an", self.clock, wait=0.0)

    def clock(self) -> datetime.datetime:
        self.moment += datetime.timedelta(seconds=1)
        return self.moment

    def put(self, text: str, name: str = "maart.txt") -> None:
        (self.places.raw / name).write_text(text, encoding="utf-8")

    def ingest(self, fingerprint: str = "one") -> IngestReport:
        processing = Processing(fingerprint, lambda: self.processor, jobs=1)
        return ingest([], self.places, processing, progress=Silent(), clock=self.clock)

    def row(self, kind: str, begins: str) -> str:
        """The id of the row whose quote begins so."""
        table = {"action": "actions", "decision": "decisions"}[kind]
        sql = f"SELECT r.id FROM {table} r JOIN evidence e ON e.id = evidence_id WHERE quote LIKE ? || '%'"
        with self.database() as db:
            return db.execute(sql, (begins,)).fetchone()[0]

    def correct(self, kind: str, begins: str, field: str, value: Any, **more: Any) -> Correction:
        with self.desk.reading() as db:
            place = find_row(db, kind, self.row(kind, begins))
            correction = of_row(self.desk, db, place, field, value, **more)
        return self.desk.put([correction]).corrections[0]

    def database(self) -> closing[sqlite3.Connection]:
        return closing(open_database(self.places.database))

    def record(self, name: str = "maart.txt") -> MeetingRecord:
        with self.database() as db:
            stored = load_record(db, name)
        assert read_record(record_path(name, self.places.records)) == stored, "file and database say the same"
        return stored

    def owners(self, begins: str) -> list[str]:
        (found,) = [a for a in self.record().actions if a.evidence.quote.startswith(begins)]
        return [owner.name for owner in found.owners]


@pytest.fixture
def office(tmp_path: Path, processor: Any) -> Office:
    found = Office(tmp_path, processor)
    found.put(MARCH)
    found.ingest()
    return found


def test_a_correction_is_seen_at_once_and_what_the_machine_found_is_kept(office: Office) -> None:
    before = office.record()
    office.correct("action", "ACTION Bram", "owners", ["Fien", "Noor"])
    assert office.owners("ACTION Bram") == ["Fien", "Noor"]
    with office.database() as db:
        assert machine_record(db, "maart.txt") == before
        row = db.execute("SELECT ingested_at, pipeline, missing_since FROM documents").fetchone()
    assert row[1:] == ("one", None)


def test_nothing_is_read_again_for_a_correction_and_the_next_ingest_leaves_it(office: Office) -> None:
    office.correct("decision", "DECISION", "exists", False)
    office.processor.processed.clear()
    report = office.ingest()
    assert office.processor.processed == []
    assert (dict(report.counts()), report.corrected) == ({"unchanged": 1}, [])
    assert office.record().decisions == ()


def test_it_survives_another_model(office: Office) -> None:
    office.correct("action", "ACTION Bram", "owners", ["Fien"])
    office.correct("decision", "DECISION", "exists", False)
    assert dict(office.ingest("two").counts()) == {"reread": 1}
    assert office.owners("ACTION Bram") == ["Fien"]
    assert office.record().decisions == ()


def test_it_survives_a_changed_document_and_what_no_longer_fits_is_an_issue(office: Office) -> None:
    office.correct("action", "ACTION Bram", "owners", ["Fien"])
    lost = office.correct("action", "ACTION Noor", "owners", ["Bram"])
    office.put(
        MARCH.replace("ACTION Noor maakt het bord", "ACTION Lies zoekt een tent").replace("DATE", "Zaal 3\nDATE")
    )
    office.ingest()
    assert office.owners("ACTION Bram") == ["Fien"]
    assert office.owners("ACTION Lies") == ["Lies"]
    with office.database() as db:
        assert db.execute("SELECT correction_id FROM correction_targets WHERE start_offset IS NULL").fetchall() == [
            (lost.id,)
        ]
        assert db.execute("SELECT count(*) FROM issues WHERE code = 'correction-lost'").fetchone() == (1,)


def test_it_survives_a_rebuild_from_the_files_and_the_log(office: Office) -> None:
    office.correct("action", "ACTION Bram", "owners", ["Fien"])
    office.correct("decision", "DECISION", "exists", False)
    before = office.record()
    office.places.database.unlink()
    record_path("maart.txt", office.places.records).unlink()
    office.ingest()
    assert office.record() == before


def test_a_renamed_file_keeps_its_corrections(office: Office) -> None:
    office.correct("action", "ACTION Bram", "owners", ["Fien"])
    (office.places.raw / "maart.txt").rename(office.places.raw / "2026-03.txt")
    office.ingest()
    assert [owner.name for owner in office.record("2026-03.txt").actions[1].owners] == ["Fien"]


def test_undoing_gives_back_what_the_machine_found(office: Office) -> None:
    before = office.record()
    correction = office.correct("action", "ACTION Bram", "owners", ["Fien"])
    back, _ = undo(office.desk, correction.id[:6])
    office.desk.put([back])
    assert office.record() == before
    with office.database() as db:
        assert machine_record(db, "maart.txt") is None
    again, _ = undo(office.desk, back.id)
    office.desk.put([again])
    assert office.owners("ACTION Bram") == ["Fien"]


def test_of_a_file_that_is_gone_the_rows_are_corrected_and_still_flagged(office: Office) -> None:
    (office.places.raw / "maart.txt").unlink()
    office.ingest()
    office.correct("action", "ACTION Bram", "owners", ["Fien"])
    with office.database() as db:
        assert db.execute("SELECT missing_since FROM documents").fetchone() != (None,)


def test_what_is_corrected_during_an_ingest_is_noted_and_taken_in_when_that_ends(office: Office) -> None:
    with office.desk.reading() as db:
        place = find_row(db, "action", office.row("action", "ACTION Bram"))
        correction = of_row(office.desk, db, place, "owners", ["Fien"])
    with exclusive(office.places.database.with_name("minutes.db.lock")):
        outcome = office.desk.put([correction])
    assert outcome.settled is None
    assert office.owners("ACTION Bram") == ["Bram"]
    report = office.ingest()
    assert report.corrected == ["maart.txt"]
    assert office.owners("ACTION Bram") == ["Fien"]


def test_what_is_noted_while_the_ledger_is_worked_out_is_taken_in_before_the_database_is_let_go(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office.desk.reading() as db:
        rows = [find_row(db, "action", office.row("action", begins)) for begins in ("ACTION Bram", "ACTION Noor")]
        first, second = (of_row(office.desk, db, place, "owners", ["Fien"]) for place in rows)
    late = [second]

    def refresh(*_: object, **__: object) -> None:
        append(office.desk.log, late)
        late.clear()

    monkeypatch.setattr("minutes_nlp.ledger.corrected.refresh", refresh)
    office.desk.put([first])
    assert (office.owners("ACTION Bram"), office.owners("ACTION Noor")) == (["Fien"], ["Fien"])


def test_a_torn_line_is_told_and_does_not_count(office: Office) -> None:
    office.correct("action", "ACTION Bram", "owners", ["Fien"])
    with office.desk.log.open("ab") as file:
        file.write(b'{"id":"00')
    assert office.ingest().torn == '{"id":"00'
    assert office.owners("ACTION Bram") == ["Fien"]


def test_a_log_that_got_lost_is_written_again_from_the_database(office: Office) -> None:
    office.correct("action", "ACTION Bram", "owners", ["Fien"])
    before = office.desk.log.read_bytes()
    office.desk.log.unlink()
    office.ingest()
    assert office.desk.log.read_bytes() == before
    assert office.owners("ACTION Bram") == ["Fien"]


def test_a_correction_of_what_is_not_in_the_document_is_refused_and_not_noted(office: Office) -> None:
    with office.desk.reading() as db:
        place = find_row(db, "action", office.row("action", "ACTION Bram"))
        fitting = of_row(office.desk, db, place, "owners", ["Fien"])
    assert fitting.span is not None
    elsewhere = fitting.span.model_copy(update={"quote": "x" * len(fitting.span.quote)})
    with pytest.raises(ReviewError) as caught:
        office.desk.put([fitting.model_copy(update={"span": elsewhere})])
    assert caught.value.code == "review.lost"
    assert read_log(office.desk.log).corrections == ()


def test_a_corrected_record_that_the_database_refuses_leaves_the_document_as_it_was(office: Office) -> None:
    with office.database() as db:
        document = {"path": "maart.txt", "sha256": load_record(db, "maart.txt").document.sha256}
    span = {"start": 0, "end": 10, "quote": "Raad maart"}
    unknown = {"kind": "agenda_item", "field": "themes", "document": document, "span": span, "value": ["no-theme"]}
    outcome = office.desk.put([Correction.make(at=office.clock(), who="an", **unknown)])
    assert outcome.settled is not None
    assert [(path, problem.code) for path, problem in outcome.settled.refused] == [("maart.txt", "store.refused")]
    assert office.record().agenda_items == ()
    assert [entry.kind for entry in office.ingest().entries] == ["unchanged", "failed"]
    office.desk.put([undo(office.desk, outcome.corrections[0].id)[0]])
    assert [entry.kind for entry in office.ingest().entries] == ["unchanged"]
    with office.database() as db:
        assert failed_paths(db) == []


def test_a_log_of_a_newer_program_stops_the_ingest_before_anything_is_done(office: Office) -> None:
    office.desk.log.write_text('{"id":"0123456789abcdef","at":"2030","who":"x","kind":"vote","field":"x"}\n')
    with pytest.raises(StoreError) as caught:
        office.ingest()
    assert caught.value.code == "corrections.line"
