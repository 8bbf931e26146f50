"""From files to records and rows: what is read, skipped, replaced, kept, and what happens when it goes wrong."""

from __future__ import annotations

import datetime
import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from minutes_nlp import ingest as module
from minutes_nlp.errors import MinutesError, StoreError
from minutes_nlp.ingest import Entry, IngestReport, Places, Processing, ingest
from minutes_nlp.locking import exclusive
from minutes_nlp.pipeline.jobs import process_here
from minutes_nlp.pipeline.timings import Timings, collecting
from minutes_nlp.reading import Limits, SourceDocument
from minutes_nlp.records import MeetingRecord
from minutes_nlp.store.connect import open_database


class Silent:
    """A progress that only remembers."""

    def __init__(self) -> None:
        self.total = -1
        self.began: list[str] = []
        self.ended: list[Entry] = []

    def start(self, total: int) -> None:
        self.total = total

    def begin(self, name: str) -> None:
        self.began.append(name)

    def end(self, entry: Entry) -> None:
        self.ended.append(entry)


class Workplace:
    """A folder with `raw/`, and the ingest over it."""

    def __init__(self, folder: Path, processor, noon: datetime.datetime) -> None:
        self.places = Places(folder / "raw", folder / "structured" / "records", folder / "structured" / "minutes.db")
        self.places.raw.mkdir()
        self.processor = processor
        self.noon = noon
        self.builds = 0
        self.progress = Silent()

    def build(self):
        self.builds += 1
        return self.processor

    def ahead(self, jobs, processes: int):
        """Stands for several processes: everything is processed before the first outcome is told."""
        yield from list(process_here(jobs, self.build))

    def put(self, name: str, text: str | bytes) -> Path:
        path = self.places.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def ingest(
        self, *paths: Path, fingerprint: str = "one", limits: Limits | None = None, jobs: int = 1
    ) -> IngestReport:
        self.processor.processed.clear()
        self.progress = Silent()
        processing = Processing(fingerprint, self.build, limits or Limits(), self.ahead, jobs)
        return ingest(paths, self.places, processing, progress=self.progress, clock=lambda: self.noon)

    def rows(self, sql: str) -> list[tuple]:
        with closing(open_database(self.places.database)) as db:
            return db.execute(sql).fetchall()

    def record(self, name: str) -> dict:
        return json.loads((self.places.records / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture
def place(tmp_path: Path, processor, noon: datetime.datetime) -> Workplace:
    return Workplace(tmp_path, processor, noon)


def kinds(report: IngestReport) -> dict[str, str]:
    return {entry.name: entry.kind for entry in report.entries}


ONE = "Verslag een\nDATE 2026-03-10\nACTION Noor maakt het bord BY 2026-04-01\n"
TWO = "Verslag twee\nDATE 2026-04-14\nDECISION het plan geldt\nACTION Bram belt\n"


def test_a_new_file_gives_a_record_and_rows_that_agree(place: Workplace) -> None:
    place.put("raad/een.txt", ONE)
    report = place.ingest()
    assert report.entries == [Entry("raad/een.txt", "new", actions=1, decisions=0)]
    assert place.record("raad/een.txt")["actions"][0]["evidence"]["quote"] == "ACTION Noor maakt het bord BY 2026-04-01"
    assert place.rows("SELECT action, due FROM actions_view") == [
        ("ACTION Noor maakt het bord BY 2026-04-01", "2026-04-01")
    ]
    assert place.rows("SELECT ingested_at FROM documents") == [("2026-05-04T12:00:00+00:00",)]


def test_an_unchanged_file_is_skipped_without_building_the_pipeline(place: Workplace) -> None:
    place.put("een.txt", ONE)
    place.ingest()
    assert kinds(place.ingest()) == {"een.txt": "unchanged"}
    assert place.builds == 1


def test_several_processes_leave_what_one_leaves(tmp_path: Path, processor, noon: datetime.datetime) -> None:
    seen = []
    for jobs in (1, 2):
        folder = tmp_path / str(jobs)
        folder.mkdir()
        place = Workplace(folder, processor, noon)
        place.put("c.txt", ONE)
        place.ingest(jobs=jobs)
        for name, text in (("a.txt", ONE), ("b.txt", b""), ("d.txt", "BOOM"), ("e.txt", TWO)):
            place.put(name, text)
        report = place.ingest(jobs=jobs)
        assert kinds(report) == {
            "a.txt": "new",
            "b.txt": "failed",
            "c.txt": "unchanged",
            "d.txt": "failed",
            "e.txt": "new",
        }
        ended = [(entry.name, entry.kind) for entry in place.progress.ended]
        seen.append(
            (ended, place.rows("SELECT * FROM actions"), place.rows("SELECT path, code, sha256 FROM ingest_errors"))
        )
    assert seen[0] == seen[1]


def test_reading_and_storing_are_timed_if_somebody_asks(place: Workplace) -> None:
    place.put("een.txt", ONE)
    with collecting(Timings()) as timings:
        place.ingest()
    assert timings.seconds.keys() == {"reading", "store"}
    assert timings.words == len(ONE.split())


def test_a_touched_file_with_the_same_bytes_is_unchanged(place: Workplace) -> None:
    path = place.put("een.txt", ONE)
    place.ingest()
    path.touch()
    path.write_bytes(ONE.encode())
    assert kinds(place.ingest()) == {"een.txt": "unchanged"}


def test_a_changed_file_replaces_its_own_rows_only(place: Workplace) -> None:
    place.put("een.txt", ONE)
    place.put("twee.txt", TWO)
    place.ingest()
    before = place.rows("SELECT * FROM actions WHERE meeting_id IN (SELECT id FROM meetings WHERE date = '2026-04-14')")
    place.put("een.txt", ONE.replace("Noor maakt", "Lieve breekt"))
    assert kinds(place.ingest()) == {"een.txt": "changed", "twee.txt": "unchanged"}
    assert place.processor.processed == ["een.txt"]
    after = place.rows("SELECT * FROM actions WHERE meeting_id IN (SELECT id FROM meetings WHERE date = '2026-04-14')")
    assert after == before
    assert [row[0] for row in place.rows("SELECT action FROM actions_view ORDER BY action")] == [
        "ACTION Bram belt",
        "ACTION Lieve breekt het bord BY 2026-04-01",
    ]


def test_another_pipeline_processes_everything_anew(place: Workplace) -> None:
    place.put("een.txt", ONE)
    place.ingest(fingerprint="one")
    assert kinds(place.ingest(fingerprint="two")) == {"een.txt": "reread"}, "the file itself did not change"
    assert kinds(place.ingest(fingerprint="two")) == {"een.txt": "unchanged"}
    place.put("een.txt", ONE.replace("Noor maakt", "Lieve breekt"))
    assert kinds(place.ingest(fingerprint="three")) == {"een.txt": "changed"}, "both did"


def test_a_document_that_takes_too_long_fails_and_the_others_are_read(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = place.processor.process

    def slow(document: SourceDocument) -> MeetingRecord:
        stop = time.monotonic() + 60
        while "traag" in document.text and time.monotonic() < stop:
            pass
        return quick(document)

    monkeypatch.setattr(place.processor, "process", slow)
    place.put("een.txt", "Alles gaat traag.")
    place.put("twee.txt", ONE)
    found = kinds(place.ingest(limits=Limits(working_seconds=1)))
    assert found == {"een.txt": "failed", "twee.txt": "new"}
    assert place.rows("SELECT code FROM ingest_errors") == [("pipeline.time",)]
    assert (place.places.raw / "een.txt").is_file()


def test_a_record_that_was_deleted_is_made_again(place: Workplace) -> None:
    place.put("een.txt", ONE)
    place.ingest()
    (place.places.records / "een.txt.json").unlink()
    assert kinds(place.ingest()) == {"een.txt": "reread"}
    assert place.record("een.txt")["meeting"]["date"] == "2026-03-10"


def test_a_file_that_is_gone_is_reported_and_kept_and_its_return_noticed(place: Workplace) -> None:
    path = place.put("een.txt", ONE)
    place.put("twee.txt", TWO)
    place.ingest()
    path.unlink()
    assert kinds(place.ingest()) == {"een.txt": "missing", "twee.txt": "unchanged"}
    assert place.rows("SELECT path FROM documents WHERE missing_since IS NOT NULL") == [("een.txt",)]
    assert len(place.rows("SELECT * FROM actions")) == 2
    place.put("een.txt", ONE)
    assert kinds(place.ingest()) == {"een.txt": "unchanged", "twee.txt": "unchanged"}
    assert place.rows("SELECT count(*) FROM documents WHERE missing_since IS NOT NULL") == [(0,)]


def test_only_what_was_looked_through_can_be_gone(place: Workplace) -> None:
    place.put("a/een.txt", ONE)
    path = place.put("b/twee.txt", TWO)
    place.ingest()
    path.unlink()
    assert kinds(place.ingest(place.places.raw / "a")) == {"a/een.txt": "unchanged"}
    assert kinds(place.ingest(place.places.raw / "b")) == {"b/twee.txt": "missing"}


def test_a_bad_file_is_noted_and_the_others_are_read(place: Workplace) -> None:
    place.put("a-leeg.txt", "")
    place.put("b-kapot.txt", "Verslag\nBOOM\n")
    place.put("c-goed.txt", ONE)
    report = place.ingest()
    assert kinds(report) == {"a-leeg.txt": "failed", "b-kapot.txt": "failed", "c-goed.txt": "new"}
    noted = place.rows("SELECT path, code, sha256 IS NULL, at FROM ingest_errors ORDER BY path")
    assert noted == [
        ("a-leeg.txt", "reading.empty", 1, "2026-05-04T12:00:00+00:00"),
        ("b-kapot.txt", "ingest.unexpected", 0, "2026-05-04T12:00:00+00:00"),
    ]
    problem = report.of_kind("failed")[1].problem
    assert problem is not None
    assert "RuntimeError: boom" in problem.message


def test_a_file_that_turns_bad_keeps_what_it_said_and_a_mended_one_loses_its_error(place: Workplace) -> None:
    place.put("een.txt", ONE)
    place.ingest()
    place.put("een.txt", ONE + "BOOM\n")
    assert kinds(place.ingest()) == {"een.txt": "failed"}
    assert len(place.rows("SELECT * FROM actions")) == 1
    assert "BOOM" not in place.record("een.txt")["text"]
    assert kinds(place.ingest()) == {"een.txt": "failed"}, "a failure is tried again"
    place.put("een.txt", ONE + "hersteld\n")
    assert kinds(place.ingest()) == {"een.txt": "changed"}
    assert place.rows("SELECT * FROM ingest_errors") == []


def test_the_error_of_a_bad_file_goes_when_the_file_goes(place: Workplace) -> None:
    path = place.put("leeg.txt", "")
    place.ingest()
    path.unlink()
    assert kinds(place.ingest()) == {}
    assert place.rows("SELECT * FROM ingest_errors") == []


def test_the_limits_hold(place: Workplace) -> None:
    place.put("groot.txt", "x" * 200)
    report = place.ingest(limits=Limits(bytes=100))
    assert [entry.problem.code for entry in report.entries if entry.problem] == ["reading.too-large"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_a_stop_leaves_whole_documents_only(
    place: Workplace, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    place.put("een.txt", ONE)
    place.put("twee.txt", TWO)
    save = module.save_record

    def save_first(db, record, **options):
        if record.document.path == "twee.txt":
            raise stop
        return save(db, record, **options)

    monkeypatch.setattr(module, "save_record", save_first)
    with pytest.raises(stop):
        place.ingest()
    assert place.rows("SELECT path FROM documents") == [("een.txt",)]
    assert sorted(path.name for path in place.places.records.rglob("*")) == ["een.txt.json"]
    monkeypatch.undo()
    assert kinds(place.ingest()) == {"een.txt": "unchanged", "twee.txt": "new"}


def test_a_program_killed_between_record_and_commit_is_mended_by_the_next_ingest(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.put("een.txt", ONE)
    place.ingest()
    place.put("een.txt", ONE.replace("Noor", "Lieve"))

    class Killed(BaseException):
        """No handler of the program runs when it is killed."""

    def killed(*_args, **_options):
        raise Killed

    monkeypatch.setattr(module, "save_record", killed)
    monkeypatch.setattr(module, "restored_on_failure", lambda path: closing(_Nothing()))
    with pytest.raises(Killed):
        place.ingest()
    assert "Lieve" in place.record("een.txt")["text"], "the record is ahead of the rows"
    monkeypatch.undo()
    assert kinds(place.ingest()) == {"een.txt": "changed"}
    assert place.record("een.txt")["text"] == place.rows("SELECT text FROM documents")[0][0]


class _Nothing:
    def close(self) -> None:
        """Restore nothing."""


def test_rows_that_the_database_refuses_leave_record_and_rows_as_they_were(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.put("een.txt", ONE)
    place.ingest()
    before = (place.places.records / "een.txt.json").read_bytes()

    def refuse(*_args, **_options):
        raise StoreError("store.refused", "no")

    monkeypatch.setattr(module, "save_record", refuse)
    place.put("een.txt", ONE.replace("Noor", "Lieve"))
    place.put("twee.txt", TWO)
    assert kinds(place.ingest()) == {"een.txt": "failed", "twee.txt": "failed"}
    assert (place.places.records / "een.txt.json").read_bytes() == before
    assert not (place.places.records / "twee.txt.json").exists()


@pytest.mark.parametrize("trouble", [sqlite3.OperationalError("disk full"), StoreError("store.locked", "locked")])
def test_a_database_in_trouble_stops_the_run(
    place: Workplace, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    place.put("een.txt", ONE)
    place.put("twee.txt", TWO)

    def fail(*_args, **_options):
        raise trouble

    monkeypatch.setattr(module, "save_record", fail)
    with pytest.raises(type(trouble)):
        place.ingest()
    assert place.progress.began == ["een.txt"], "the second file is not tried"
    assert list(place.places.records.rglob("*.json")) == []


def test_a_second_ingest_on_the_same_database_is_refused(place: Workplace) -> None:
    place.put("een.txt", ONE)
    place.ingest()
    lock = place.places.database.with_name("minutes.db.lock")
    with exclusive(lock), pytest.raises(StoreError, match="Another ingest") as refused:
        place.ingest()
    assert refused.value.code == "store.busy"
    assert kinds(place.ingest()) == {"een.txt": "unchanged"}, "the lock is released"


def test_nothing_is_made_when_a_path_does_not_exist(place: Workplace) -> None:
    with pytest.raises(MinutesError) as refused:
        place.ingest(place.places.raw / "nergens.txt")
    assert refused.value.code == "ingest.no-path"
    assert not place.places.database.exists()


def test_without_a_raw_folder_it_says_so(place: Workplace) -> None:
    place.places.raw.rmdir()
    with pytest.raises(MinutesError) as refused:
        place.ingest()
    assert refused.value.code == "ingest.no-raw"


def test_files_outside_raw_have_a_stable_name_and_are_not_taken_for_gone(place: Workplace, tmp_path: Path) -> None:
    place.put("een.txt", ONE)
    other = tmp_path / "archief" / "twee.txt"
    other.parent.mkdir()
    other.write_text(TWO)
    assert kinds(place.ingest(other)) == {"outside-1/archief/twee.txt": "new"}
    assert kinds(place.ingest()) == {"een.txt": "new"}
    assert kinds(place.ingest(other.parent)) == {"outside-1/archief/twee.txt": "unchanged"}
    assert place.record("outside-1/archief/twee.txt")["document"]["path"] == "outside-1/archief/twee.txt"


def test_progress_is_told_of_every_file(place: Workplace) -> None:
    place.put("een.txt", ONE)
    place.put(".verborgen", "x")
    place.ingest()
    assert place.progress.total == 1
    assert place.progress.began == ["een.txt"]
    assert [(entry.name, entry.kind, entry.reason) for entry in place.progress.ended] == [
        ("een.txt", "new", ""),
        (".verborgen", "ignored", "hidden"),
    ]


def test_the_pipeline_that_cannot_be_built_stops_before_anything_is_stored(place: Workplace) -> None:
    place.put("een.txt", ONE)

    def broken():
        raise MinutesError("pipeline.recogniser", "no such recogniser")

    processing = Processing("one", broken)
    with pytest.raises(MinutesError, match="no such recogniser"):
        ingest([], place.places, processing, progress=Silent(), clock=lambda: place.noon)
    assert place.rows("SELECT * FROM ingest_errors") == []


def test_the_same_files_give_the_same_rows_in_any_order(tmp_path: Path, processor, noon: datetime.datetime) -> None:
    dumps = []
    for number, order in enumerate((["een.txt", "twee.txt"], ["twee.txt", "een.txt"])):
        folder = tmp_path / str(number)
        folder.mkdir()
        place = Workplace(folder, processor, noon)
        place.put("een.txt", ONE)
        place.put("twee.txt", TWO)
        for name in order:
            place.ingest(place.places.raw / name)
        dumps.append(place.rows("SELECT id, due, status FROM actions ORDER BY id"))
    assert dumps[0] == dumps[1]


def test_a_name_that_leaves_no_room_for_the_records_ending_is_told_and_the_rest_goes_on(place: Workplace) -> None:
    long = "n" * 247 + ".txt"
    try:
        place.put(long, ONE)
    except OSError:
        pytest.skip("this file system has shorter names")
    place.put("twee.txt", TWO)
    report = place.ingest()
    assert kinds(report) == {long: "failed", "twee.txt": "new"}
    assert place.rows("SELECT path, code FROM ingest_errors") == [(long, "export.name-too-long")]


def test_the_total_counts_every_file_that_is_told(place: Workplace) -> None:
    place.put("e\u0301\u00e9.txt", ONE)
    place.put("\u00e9\u00e9.txt", TWO)
    place.ingest()
    assert place.progress.total == len(place.progress.ended)


def test_a_fault_of_the_program_is_told_by_the_exception_that_came_first() -> None:
    later = ValueError("the component could not be run")
    later.__cause__ = KeyError("weight")
    assert module.unexpected("a.txt", later).values["reason"] == "KeyError: 'weight'"
