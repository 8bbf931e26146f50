"""The watcher: what it takes, what it waits for, and what it tells. Time is a number here."""

from __future__ import annotations

import datetime
import itertools
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import minutes_nlp.watch.loop as loop
from minutes_nlp.errors import ExportError, MinutesError, StoreError, WatchError
from minutes_nlp.ingest import Entry, Places, Processing
from minutes_nlp.locking import exclusive
from minutes_nlp.store import connect
from minutes_nlp.store.connect import open_database
from minutes_nlp.watch import Changes, Notices, Pace, watch

TEXT = "Verslag\nDATE 2026-03-10\nACTION Noor belt\n"
Step = Callable[[], object]


@dataclass
class Place:
    """A raw folder, a watcher over it, and all that was told."""

    folder: Path
    processor: object
    noon: datetime.datetime
    polls: bool = False
    now: float = 0.0
    builds: int = 0
    steps: list[Step] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    ended: list[Entry] = field(default_factory=list)

    @property
    def raw(self) -> Path:
        return self.folder / "raw"

    def put(self, name: str, text: str = TEXT) -> None:
        path = self.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def wait(self, seconds: float) -> None:
        self.now += max(seconds, 0.5)
        if self.steps:
            self.steps.pop(0)()
        else:
            self.idle -= 1

    def tell(self, event: str, **values: object) -> None:
        self.told.append(event)

    def start(self, total: int) -> None: ...

    def begin(self, name: str) -> None: ...

    def end(self, entry: Entry) -> None:
        self.ended.append(entry)

    def build(self):
        self.builds += 1
        return self.processor

    def watch(self, *steps: Step, idle: int = 8, pace: Pace | None = None, changes: Changes | None = None) -> None:
        """Watch; each step happens while the watcher waits; then it may look a few times more."""
        self.steps, self.idle = list(steps), idle
        places = Places(self.raw, self.folder / "structured" / "records", self.folder / "structured" / "minutes.db")
        watch(
            places,
            Processing("one", self.build, jobs=1),
            changes or self,
            pace=pace or Pace(free=0),
            progress=self,
            tell=self.tell,
            clock=lambda: self.noon,
            monotonic=lambda: self.now,
            goes_on=lambda: self.idle > 0,
        )

    def rows(self, sql: str) -> list:
        with closing(open_database(self.folder / "structured" / "minutes.db")) as db:
            return db.execute(sql).fetchall()

    def known(self) -> dict[str, bool]:
        """The documents of the database; true for those whose file is gone."""
        return dict(self.rows("SELECT path, missing_since IS NOT NULL FROM documents ORDER BY path"))

    def failed(self) -> dict[str, str]:
        return dict(self.rows("SELECT path, code FROM ingest_errors ORDER BY path"))


@pytest.fixture
def place(tmp_path: Path, processor, noon: datetime.datetime) -> Place:
    (tmp_path / "raw").mkdir()
    return Place(tmp_path, processor, noon)


def test_what_was_there_and_what_comes_is_taken_with_one_processor(place: Place) -> None:
    place.put("een.txt")
    place.watch(*[lambda: None] * 3, lambda: place.put("map/twee.txt"))
    assert place.known() == {"een.txt": 0, "map/twee.txt": 0}
    assert place.builds == 1
    assert place.told == ["started", "watching"]


def test_a_file_that_is_still_written_is_not_read(place: Place) -> None:
    growing = [lambda size=size: place.put("een.txt", TEXT + "x" * size) for size in range(5)]
    place.put("een.txt")
    place.watch(*growing, idle=0, pace=Pace(settle=100, free=0))
    assert not (place.folder / "structured" / "minutes.db").exists()
    place.watch(*growing)
    assert place.processor.processed == ["een.txt"]
    assert place.rows("SELECT text FROM documents") == [(TEXT + "xxxx",)]


def test_a_changed_file_is_read_again_and_an_unchanged_one_is_not(place: Place) -> None:
    place.put("een.txt")
    place.put("twee.txt")
    place.watch(*[lambda: None] * 4, lambda: place.put("een.txt", TEXT + "ACTION Bram komt\n"))
    assert place.processor.processed == ["een.txt", "twee.txt", "een.txt"]


def test_a_file_that_goes_is_flagged_and_one_that_is_renamed_is_both(place: Place) -> None:
    for name in ("een.txt", "twee.txt", "drie.txt"):
        place.put(name)
    place.watch(
        *[lambda: None] * 4,
        lambda: (place.raw / "een.txt").unlink(),
        lambda: (place.raw / "twee.txt").rename(place.raw / "vier.txt"),
    )
    assert place.known() == {"een.txt": 1, "twee.txt": 1, "drie.txt": 0, "vier.txt": 0}


def test_a_file_that_waits_to_be_whole_is_not_gone_meanwhile(place: Place) -> None:
    place.put("een.txt")
    place.put("twee.txt")
    place.watch(
        *[lambda: None] * 4,
        lambda: (place.put("een.txt", TEXT * 2), (place.raw / "twee.txt").unlink()),
        idle=1,
    )
    assert place.known() == {"een.txt": 0, "twee.txt": 1}


def test_what_happened_while_nobody_watched_is_caught_up_with(place: Place) -> None:
    place.put("een.txt")
    place.put("twee.txt")
    place.watch()
    (place.raw / "een.txt").unlink()
    place.put("twee.txt", TEXT + "DECISION het plan geldt\n")
    place.put("drie.txt")
    place.watch()
    assert place.known() == {"een.txt": 1, "twee.txt": 0, "drie.txt": 0}
    assert place.rows("SELECT count(*) FROM decisions") == [(1,)]


def test_a_file_that_cannot_be_read_fails_with_its_reason_and_the_others_go_on(place: Place) -> None:
    place.put("een.txt", "BOOM")
    place.put("twee.txt")
    place.watch()
    assert place.known() == {"twee.txt": 0}
    assert place.failed() == {"een.txt": "ingest.unexpected"}


def test_a_failure_is_forgotten_once_its_file_is_gone(place: Place) -> None:
    place.put("een.txt", "BOOM")
    place.put("twee.txt")
    place.watch(*[lambda: None] * 4, lambda: (place.raw / "een.txt").unlink())
    assert place.failed() == {}


def test_a_share_that_goes_and_comes_back_loses_nothing(place: Place) -> None:
    place.put("een.txt")
    away = place.folder / "elsewhere"
    place.watch(
        *[lambda: None] * 4, lambda: place.raw.rename(away), *[lambda: None] * 3, lambda: away.rename(place.raw)
    )
    assert place.known() == {"een.txt": 0}
    assert place.told == ["started", "watching", "away", "recovered"]


def test_a_folder_that_is_not_there_yet_is_waited_for(place: Place) -> None:
    place.raw.rmdir()
    place.watch(lambda: None, lambda: None, lambda: place.put("een.txt"))
    assert place.known() == {"een.txt": 0}
    assert place.told == ["started", "watching", "away", "recovered"]


def test_an_empty_folder_at_the_start_makes_nothing_gone(place: Place) -> None:
    place.put("een.txt")
    place.watch()
    (place.raw / "een.txt").rename(place.folder / "een.txt")
    place.told.clear()
    place.watch()
    assert place.known() == {"een.txt": 0}
    assert place.told == ["started", "watching", "emptied"]
    place.put("twee.txt")
    place.watch()
    assert place.known() == {"een.txt": 1, "twee.txt": 0}


def test_a_folder_that_was_emptied_under_its_eyes_is_believed(place: Place) -> None:
    place.put("een.txt")
    place.watch(*[lambda: None] * 4, lambda: (place.raw / "een.txt").unlink())
    assert place.known() == {"een.txt": 1}


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (StoreError("store.locked", "in use"), "store.locked"),
        (sqlite3.OperationalError("database or disk is full"), "OperationalError"),
        (OSError(28, "No space left on device"), "OSError"),
    ],
)
def test_what_passes_by_itself_is_waited_for_and_told_once(
    place: Place, monkeypatch: pytest.MonkeyPatch, problem: Exception, code: str
) -> None:
    original, calls = loop.ingest, []

    def troubled(*arguments, **options):
        calls.append(place.now)
        if len(calls) <= 3:
            raise problem
        return original(*arguments, **options)

    monkeypatch.setattr(loop, "ingest", troubled)
    place.put("een.txt")
    place.watch()
    assert place.known() == {"een.txt": 0}
    assert place.told == ["started", "watching", "waiting", "recovered"]
    assert [round(later - earlier) for earlier, later in itertools.pairwise(calls)][:3] == [5, 15, 60]


@pytest.mark.parametrize("problem", [StoreError("store.newer", "newer"), RuntimeError("a fault of the program")])
def test_what_does_not_pass_by_itself_ends_the_watcher(
    place: Place, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def broken(*_arguments, **_options):
        raise problem

    monkeypatch.setattr(loop, "ingest", broken)
    place.put("een.txt")
    with pytest.raises(type(problem)):
        place.watch()


def test_to_be_stopped_while_sqlite_works_stops_it(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_args: object, **_options: object) -> None:
        connect._interrupts.append(KeyboardInterrupt())
        raise sqlite3.OperationalError("user-defined function raised exception")

    monkeypatch.setattr(loop, "ingest", stopped)
    place.put("een.txt")
    with pytest.raises(KeyboardInterrupt):
        place.watch(*[lambda: None] * 4)
    assert place.told == ["started", "watching"]


def test_nothing_is_begun_on_a_disk_that_is_nearly_full(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    free = [10, 10, 10**9]
    usage = shutil.disk_usage(place.folder)
    monkeypatch.setattr(loop.shutil, "disk_usage", lambda _: usage._replace(free=free.pop(0) if free else 10**9))
    place.put("een.txt")
    place.watch(pace=Pace(free=1000))
    assert place.known() == {"een.txt": 0}
    assert place.told == ["started", "watching", "full", "recovered"]


def test_a_record_that_did_not_fit_on_the_disk_is_tried_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    import minutes_nlp.ingest as ingesting

    original, problems = ingesting.write_record, [ExportError("export.unwritable", "full")] * 2

    def write(record, folder):
        if problems:
            raise problems.pop()
        return original(record, folder)

    monkeypatch.setattr(ingesting, "write_record", write)
    place.put("een.txt")
    place.watch()
    assert place.known() == {"een.txt": 0}
    assert place.failed() == {}


def test_a_file_that_went_while_it_was_read_is_neither_known_nor_failed(place: Place) -> None:
    place.put("twee.txt")
    place.begin = lambda name: (place.raw / "een.txt").unlink(missing_ok=True)  # type: ignore[method-assign]
    place.put("een.txt")
    place.watch()
    assert place.known() == {"twee.txt": 0}
    assert place.failed() == {}


def test_where_the_system_tells_nothing_any_more_the_folder_is_looked_at(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Deaf:
        polls = False

        def wait(self, _seconds: float) -> None:
            raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(loop, "Polling", lambda _seconds: place)
    place.put("een.txt")
    place.watch(*[lambda: None] * 4, lambda: place.put("twee.txt"), changes=Deaf())
    assert place.known() == {"een.txt": 0, "twee.txt": 0}
    assert place.told == ["started", "watching", "blind"]


def test_only_one_watcher_works_on_a_database(place: Place) -> None:
    (place.folder / "structured").mkdir()
    with exclusive(place.folder / "structured" / "minutes.db.watch.lock"), pytest.raises(WatchError) as caught:
        place.watch()
    assert caught.value.code == "watch.busy"
    place.watch()  # the lock is free again


def test_an_ingest_of_someone_else_is_waited_for(place: Place) -> None:
    (place.folder / "structured").mkdir()
    held = exclusive(place.folder / "structured" / "minutes.db.lock")
    held.__enter__()
    place.put("een.txt")
    place.watch(*[lambda: None] * 6, lambda: held.__exit__(None, None, None))
    assert place.known() == {"een.txt": 0}
    assert place.told == ["started", "watching", "waiting", "recovered"]


def test_the_members_of_an_archive_that_waits_are_not_gone(place: Place) -> None:
    import zipfile

    with zipfile.ZipFile(place.raw / "2026.zip", "w") as archive:
        archive.writestr("maart.txt", TEXT)
    place.put("een.txt")
    place.watch(*[lambda: None] * 4, lambda: place.put("twee.txt"))
    assert place.known() == {"2026.zip/maart.txt": 0, "een.txt": 0, "twee.txt": 0}


def test_the_notices_of_the_system_wake_the_watcher(tmp_path: Path) -> None:
    notices = Notices(tmp_path)
    notices.wait(0.1)  # begins to listen
    (tmp_path / "een.txt").write_text("x")
    started = os.times().elapsed
    notices.wait(20)
    assert os.times().elapsed - started < 10


def test_another_folder_under_the_same_name_is_listened_to(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    notices = Notices(folder)
    notices.wait(0.1)
    folder.rmdir()
    with pytest.raises(OSError, match="raw"):
        notices.wait(0.1)
    folder.mkdir()
    notices.wait(0.1)
    (folder / "een.txt").write_text("x")
    started = os.times().elapsed
    notices.wait(20)
    assert os.times().elapsed - started < 10


def test_a_folder_that_is_away_gives_no_notices(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="away"):
        Notices(tmp_path / "away").wait(0.1)


def test_problems_are_told_apart_by_what_a_new_try_may_change() -> None:
    from minutes_nlp.watch.trouble import stops_a_file, stops_the_run

    assert stops_a_file(MinutesError("own.unreachable", ""))
    assert not stops_a_file(MinutesError("reading.empty", ""))
    assert not stops_the_run(KeyError("x"))
