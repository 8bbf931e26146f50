"""A backup is of one moment and is checked before it is put back; what was there is never lost."""

from __future__ import annotations

import datetime
import json
import sqlite3
import threading
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from invented_records import NOON, autumn, spring

from minutes_nlp.errors import StoreError
from minutes_nlp.locking import exclusive
from minutes_nlp.store import backup as module
from minutes_nlp.store.backup import back_up
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.restore import read_backup, restore
from minutes_nlp.store.write import save_record

LATER = NOON + datetime.timedelta(hours=1)


def line(number: int) -> bytes:
    from minutes_nlp.records.corrections import Correction

    made = Correction.make(
        at=NOON + datetime.timedelta(minutes=number), who="Noor", kind="person", field="merge", value=["a", "b"]
    )
    return f"{made.line()}\n".encode()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "structured" / "minutes.db"
    with closing(open_database(path, mode="write")) as db:
        save_record(db, spring(), ingested_at=NOON)
    return path


def documents(path: Path) -> list[str]:
    with closing(open_database(path)) as db:
        return [row[0] for row in db.execute("SELECT path FROM documents ORDER BY path")]


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


def code(error: pytest.ExceptionInfo[StoreError]) -> str:
    return error.value.code


def test_what_is_restored_is_what_was_backed_up(database: Path, tmp_path: Path) -> None:
    before = dump(database)
    made = back_up(database, tmp_path / "b.zip", at=NOON)
    assert (made.documents, made.corrections, made.made_at) == (1, 0, "2024-05-02T12:00:00+00:00")
    elsewhere = tmp_path / "new" / "minutes.db"
    done = restore(tmp_path / "b.zip", elsewhere, force=False, at=LATER)
    assert dump(elsewhere) == before
    assert done.kept is None


def test_the_log_of_corrections_goes_with_it_without_an_unfinished_line(database: Path, tmp_path: Path) -> None:
    log = database.with_name("corrections.jsonl")
    log.write_bytes(line(1) + line(2) + b'{"id":"0123')
    made = back_up(database, tmp_path / "b.zip", at=NOON)
    assert made.corrections == 2
    log.unlink()
    restore(tmp_path / "b.zip", database, force=False, at=LATER)
    assert log.read_bytes() == line(1) + line(2)


def test_a_folder_gets_a_file_named_by_the_moment(database: Path, tmp_path: Path) -> None:
    made = back_up(database, tmp_path, at=NOON)
    assert made.path == tmp_path / "minutes-2024-05-02-120000.zip"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["minutes-2024-05-02-120000.zip", "structured"]


def test_a_folder_that_is_not_there_is_made(database: Path, tmp_path: Path) -> None:
    summary = back_up(database, tmp_path / "backups", at=NOON, folder=True)
    assert summary.path.parent == tmp_path / "backups"
    assert summary.path.is_file()


def test_a_backup_takes_the_place_of_a_backup_and_of_nothing_else(database: Path, tmp_path: Path) -> None:
    back_up(database, tmp_path / "b.zip", at=NOON)
    assert back_up(database, tmp_path / "b.zip", at=LATER).made_at.startswith("2024-05-02T13")
    (tmp_path / "text.zip").write_text("important")
    with pytest.raises(StoreError) as error:
        back_up(database, tmp_path / "text.zip", at=NOON)
    assert code(error) == "backup.in-the-way"
    assert (tmp_path / "text.zip").read_text() == "important"


def test_without_a_database_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as error:
        back_up(tmp_path / "minutes.db", tmp_path / "b.zip", at=NOON)
    assert code(error) == "store.missing"
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as db:
        db.execute("CREATE TABLE t (x)")
    with pytest.raises(StoreError) as error:
        back_up(tmp_path / "other.db", tmp_path / "b.zip", at=NOON)
    assert code(error) == "store.foreign"


def test_a_backup_made_while_others_write_is_of_one_moment(database: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with closing(open_database(database, mode="write")) as db:
            number = 0
            while not stop.is_set():
                number += 1
                save_record(db, autumn(f"a/{number}.txt"), ingested_at=NOON)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(8):
            back_up(database, tmp_path / f"{number}.zip", at=NOON)
    finally:
        stop.set()
        writer.join()
    for number in range(8):
        folder = tmp_path / str(number)
        folder.mkdir()
        read_backup(tmp_path / f"{number}.zip", folder)  # sound, with every foreign key
        with closing(open_database(folder / "minutes.db")) as db:
            orphans = "SELECT count(*) FROM documents d LEFT JOIN meetings m ON m.document_id = d.id WHERE m.id IS NULL"
            assert db.execute(orphans).fetchone() == (0,)


def test_a_database_that_stays_locked_is_told(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError) as error:
            back_up(database, tmp_path / "b.zip", at=NOON)
    assert code(error) == "store.locked"
    assert not (tmp_path / "b.zip").exists()


@pytest.mark.parametrize("newer", ["document", "read again", "correction"])
def test_newer_work_is_not_overwritten_unasked_and_then_kept(database: Path, tmp_path: Path, newer: str) -> None:
    back_up(database, tmp_path / "b.zip", at=NOON)
    with closing(open_database(database, mode="write")) as db:
        if newer == "document":
            save_record(db, autumn(), ingested_at=NOON)
        elif newer == "read again":
            save_record(db, spring(), ingested_at=LATER)
        else:
            database.with_name("corrections.jsonl").write_bytes(line(1))
    before, log = dump(database), database.with_name("corrections.jsonl")
    with pytest.raises(StoreError) as error:
        restore(tmp_path / "b.zip", database, force=False, at=LATER)
    assert code(error) == "backup.newer"
    assert error.value.values == {"documents": int(newer != "correction"), "corrections": int(newer == "correction")}
    assert dump(database) == before
    done = restore(tmp_path / "b.zip", database, force=True, at=LATER)
    assert documents(database) == ["wilgenhof/2024-03-04.txt"]
    assert not log.exists()
    assert done.kept == database.with_name("before-restore-2024-05-02-130000.zip")
    restore(done.kept, database, force=True, at=LATER)
    assert dump(database) == before
    assert log.exists() == (newer == "correction")


def test_older_work_is_overwritten_without_a_word(database: Path, tmp_path: Path) -> None:
    with closing(open_database(database, mode="write")) as db:
        save_record(db, autumn(), ingested_at=LATER)
    back_up(database, tmp_path / "b.zip", at=LATER)
    with closing(open_database(database, mode="write")) as db:
        db.execute("DELETE FROM documents WHERE path = ?", (autumn().document.path,))
    restore(tmp_path / "b.zip", database, force=False, at=LATER)
    assert len(documents(database)) == 2


def test_who_reads_sees_the_old_or_the_new_and_needs_no_new_connection(database: Path, tmp_path: Path) -> None:
    back_up(database, tmp_path / "b.zip", at=NOON)
    with closing(open_database(database, mode="write")) as db:
        save_record(db, autumn(), ingested_at=NOON)
    with closing(open_database(database)) as reader:
        assert reader.execute("SELECT count(*) FROM documents").fetchone() == (2,)
        restore(tmp_path / "b.zip", database, force=True, at=LATER)
        assert reader.execute("SELECT count(*) FROM documents").fetchone() == (1,)


def test_a_damaged_database_is_put_aside(database: Path, tmp_path: Path) -> None:
    back_up(database, tmp_path / "b.zip", at=NOON)
    database.write_bytes(b"not a database at all" * 300)
    done = restore(tmp_path / "b.zip", database, force=False, at=LATER)
    assert documents(database) == ["wilgenhof/2024-03-04.txt"]
    assert done.kept == database.with_name("minutes.db.broken")


def changed(path: Path, target: Path, **members: bytes | None) -> Path:
    """The backup with members replaced, or taken out."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in {*old.namelist(), *members}:
            content = members.get(name, old.read(name) if name in old.namelist() else None)
            if content is not None:
                new.writestr(name, content)
    return target


def manifest(path: Path, **values: object) -> bytes:
    with zipfile.ZipFile(path) as file:
        return json.dumps({**json.loads(file.read("manifest.json")), **values}).encode()


@pytest.mark.parametrize(
    "break_it",
    [
        lambda path, target: target.write_bytes(b"no archive"),
        lambda path, target: target.write_bytes(path.read_bytes()[:-100]),
        lambda path, target: changed(path, target, **{"minutes.db": b"SQLite format 3\x00 broken"}),
        lambda path, target: changed(path, target, **{"minutes.db": None}),
        lambda path, target: changed(path, target, **{"manifest.json": None}),
        lambda path, target: changed(path, target, **{"manifest.json": b"[]"}),
        lambda path, target: changed(path, target, **{"manifest.json": manifest(path, format=99)}),
        lambda path, target: changed(path, target, **{"manifest.json": manifest(path, sha256={"../x": "0"})}),
    ],
)
def test_a_broken_backup_changes_nothing(database: Path, tmp_path: Path, break_it) -> None:
    back_up(database, tmp_path / "b.zip", at=NOON)
    before = dump(database)
    break_it(tmp_path / "b.zip", tmp_path / "broken.zip")
    with pytest.raises(StoreError) as error:
        restore(tmp_path / "broken.zip", database, force=True, at=LATER)
    assert code(error) == "backup.broken"
    assert dump(database) == before
    left = {entry.name for entry in database.parent.iterdir()}
    assert left <= {"minutes.db", "minutes.db.lock", "corrections.jsonl.lock"}


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
def test_one_byte_that_changed_is_told_as_such(database: Path, tmp_path: Path, share: float) -> None:
    back_up(database, tmp_path / "b.zip", at=NOON)
    content = bytearray((tmp_path / "b.zip").read_bytes())
    content[int(len(content) * share)] ^= 0xFF
    (tmp_path / "b.zip").write_bytes(content)
    with pytest.raises(StoreError) as error:
        restore(tmp_path / "b.zip", database, force=True, at=LATER)
    assert "is no sound backup: it is not as it was made." in str(error.value)


def test_a_backup_with_broken_references_is_refused(database: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("UPDATE decisions SET agenda_item_id = 'nowhere'")
        db.commit()
    back_up(database, tmp_path / "b.zip", at=NOON)
    with pytest.raises(StoreError) as error:
        restore(tmp_path / "b.zip", database, force=True, at=LATER)
    assert code(error) == "backup.broken"


def test_a_backup_of_a_later_program_is_refused(database: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        db.execute("INSERT INTO schema_migrations VALUES (999, 'later', '2030-01-01')")
        db.commit()
    back_up(database, tmp_path / "b.zip", at=NOON)
    with pytest.raises(StoreError) as error:
        restore(tmp_path / "b.zip", tmp_path / "new.db", force=True, at=LATER)
    assert code(error) == "store.newer"


def test_a_backup_that_is_not_there_is_told(database: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as error:
        restore(tmp_path / "nowhere.zip", database, force=True, at=LATER)
    assert code(error) == "backup.missing"


def test_nothing_is_restored_during_an_ingest(database: Path, tmp_path: Path) -> None:
    back_up(database, tmp_path / "b.zip", at=NOON)
    with exclusive(database.with_name("minutes.db.lock")), pytest.raises(StoreError) as error:
        restore(tmp_path / "b.zip", database, force=True, at=LATER)
    assert code(error) == "store.busy"
