"""Opening a database: what is refused, and that reading changes nothing."""

import datetime
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from invented_records import NOON, spring

from minutes_nlp.errors import StoreError
from minutes_nlp.store import connect
from minutes_nlp.store.connect import open_database, transaction
from minutes_nlp.store.migrations import LATEST
from minutes_nlp.store.write import known_documents, save_record


def refused(path: Path, mode: connect.Mode = "read") -> str:
    with pytest.raises(StoreError) as caught:
        open_database(path, mode=mode)
    return caught.value.code


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "minutes.db"
    open_database(path, mode="write").close()
    return path


def test_reading_needs_a_database_and_makes_none(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.db") == "store.missing"
    assert list(tmp_path.iterdir()) == []


def test_writing_makes_the_database_and_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "minutes.db"
    open_database(path, mode="write").close()
    with closing(open_database(path)) as db:
        assert known_documents(db) == {}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("name", ["a b.db", "50% #1?.db", "%41.db", "Vergadering é.db"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    open_database(tmp_path / name, mode="write").close()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    open_database(tmp_path / name).close()


def test_a_relative_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    open_database(Path("minutes.db"), mode="write").close()
    assert (tmp_path / "minutes.db").exists()


@pytest.mark.parametrize("mode", ["read", "write"])
@pytest.mark.parametrize(
    ("content", "code"),
    [(b"no database at all, but long enough to be looked at" * 20, "store.corrupt"), (None, "store.unopenable")],
)
def test_what_is_no_database_is_refused(tmp_path: Path, mode: connect.Mode, content: bytes | None, code: str) -> None:
    path = tmp_path / "minutes.db"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    assert refused(path, mode) == code
    assert content is None or path.read_bytes() == content


def test_a_damaged_database_is_refused(database: Path) -> None:
    content = bytearray(database.read_bytes())
    content[100:2000] = b"\xff" * 1900
    database.write_bytes(content)
    assert refused(database) == "store.corrupt"


@pytest.mark.parametrize("mode", ["read", "write"])
def test_another_programs_database_is_left_alone(tmp_path: Path, mode: connect.Mode) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE notes (text)")
    before = path.read_bytes()
    assert refused(path, mode) == "store.foreign"
    assert path.read_bytes() == before


@pytest.mark.parametrize("mode", ["read", "write"])
def test_a_newer_database_is_refused(database: Path, mode: connect.Mode) -> None:
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("INSERT INTO schema_migrations VALUES (?, 'later', '2030-01-01')", (LATEST + 1,))
    assert refused(database, mode) == "store.newer"


def test_an_empty_file_is_an_old_database_for_reading_and_a_new_one_for_writing(tmp_path: Path) -> None:
    path = tmp_path / "minutes.db"
    path.touch()
    assert refused(path) == "store.old"
    open_database(path, mode="write").close()
    open_database(path).close()


def test_a_connection_for_reading_cannot_write(database: Path) -> None:
    with closing(open_database(database)) as db, pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("DELETE FROM documents")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_file_that_may_not_be_written_can_be_read(database: Path) -> None:
    database.chmod(0o444)
    open_database(database).close()


def test_foreign_keys_are_enforced(database: Path) -> None:
    with closing(open_database(database, mode="write")) as db, pytest.raises(sqlite3.IntegrityError):
        db.execute("INSERT INTO meetings (id, document_id) VALUES ('a', 'nothing')")


def interrupted_while_writing(db: sqlite3.Connection) -> None:
    with transaction(db):
        db.execute("INSERT INTO people (id, name, name_folded) VALUES ('a', 'A', 'a')")
        raise KeyboardInterrupt


def test_an_interruption_inside_a_transaction_undoes_it(database: Path) -> None:
    with closing(open_database(database, mode="write")) as db:
        with pytest.raises(KeyboardInterrupt):
            interrupted_while_writing(db)
        assert db.execute("SELECT count(*) FROM people").fetchone() == (0,)
        assert not db.in_transaction


def _interrupted(_text: str) -> str:
    raise KeyboardInterrupt


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interruption_while_sqlite_calls_us_is_not_lost(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(open_database(database, mode="write")) as db:
        with pytest.raises(sqlite3.OperationalError) as other:
            db.execute("SELECT nothing")
        assert not connect.is_interrupt(other.value)
        monkeypatch.setattr(connect, "fold", _interrupted)
        with pytest.raises(sqlite3.OperationalError) as caught:
            db.execute("SELECT fold('A')")
        assert connect.is_interrupt(caught.value)
        assert not connect.is_interrupt(other.value), "it is told once"
    assert connect.is_interrupt(KeyboardInterrupt())


def test_a_database_that_another_process_writes_is_reported(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "_WAIT_SECONDS", 0.01)
    with closing(open_database(database, mode="write")) as first, closing(open_database(database, mode="write")) as db:
        first.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as caught, transaction(db):
            pass
    assert caught.value.code == "store.locked"


_KILLED = """
import os, sys
from pathlib import Path
from minutes_nlp.store.connect import open_database
db = open_database(Path(sys.argv[1]), mode="write")
db.execute("PRAGMA cache_size = 1")
db.execute("BEGIN IMMEDIATE")
db.execute("UPDATE documents SET missing_since = 'now'")
insert = "INSERT INTO people (id, name, name_folded) VALUES (?, ?, ?)"
db.executemany(insert, [(f"{n}", "N" * 500, f"{n}") for n in range(5000)])
os._exit(9)
"""


def test_what_a_killed_writer_left_half_done_is_undone(database: Path) -> None:
    with closing(open_database(database, mode="write")) as db:
        save_record(db, spring(), ingested_at=NOON)
    subprocess.run([sys.executable, "-c", _KILLED, str(database)], check=False, timeout=60)
    assert database.with_name("minutes.db-journal").exists()
    with closing(open_database(database)) as db:
        assert [document.missing_since for document in known_documents(db).values()] == [None]
        assert db.execute("SELECT count(*) FROM people WHERE length(name) = 500").fetchone() == (0,)


def test_the_time_of_a_migration_is_recorded_in_utc(database: Path) -> None:
    with closing(open_database(database)) as db:
        (applied,) = db.execute("SELECT applied_at FROM schema_migrations").fetchone()
    assert datetime.datetime.fromisoformat(applied).tzinfo is datetime.UTC


def test_several_processes_may_make_the_database_at_once(tmp_path: Path) -> None:
    making = "import sys, pathlib; from minutes_nlp.store.connect import open_database as o; "
    making += "o(pathlib.Path(sys.argv[1]), mode='write').close()"
    command = [sys.executable, "-c", making, str(tmp_path / "minutes.db")]
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(4)]
    errors = [process.communicate(timeout=60)[1] for process in processes]
    assert errors == [b""] * 4
    with closing(open_database(tmp_path / "minutes.db")) as db:
        assert db.execute("SELECT count(*) FROM schema_migrations").fetchone() == (LATEST,)


def test_a_python_with_an_old_sqlite_is_told(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    assert refused(database) == "store.sqlite"
