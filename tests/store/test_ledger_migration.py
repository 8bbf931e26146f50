"""A database of version 1 with rows becomes one of today: nothing is lost, ids stay."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from minutes_nlp.store.connect import open_database
from minutes_nlp.store.migrations import LATEST, migrate, migrations, version

TEXT = "Aanwezig: Noor Verbiest, Noor Verbiest\nNoor maakt de affiche tegen 15 april 2024."

ROWS = f"""
INSERT INTO documents (id, path, sha256, media_type, encoding, size, ingested_at, text)
  VALUES ('d1', 'a.txt', 'x', 'text/plain', 'utf-8', 80, '2024-03-05', '{TEXT}');
INSERT INTO meetings (id, document_id, title, body, date) VALUES ('m1', 'd1', 'Verslag', 'werkgroep', '2024-03-04');
INSERT INTO evidence VALUES ('e1', 'd1', 'attendance', 10, 23, 'Noor Verbiest');
INSERT INTO evidence VALUES ('e2', 'd1', 'action', 39, 80, 'Noor maakt de affiche tegen 15 april 2024');
INSERT INTO evidence VALUES ('e3', 'd1', 'due', 61, 80, 'tegen 15 april 2024');
INSERT INTO people VALUES ('p1', 'Noor Verbiest', 'noor verbiest');
INSERT INTO organisations VALUES ('o1', 'Stad Lindebeke', 'stad lindebeke');
INSERT INTO attendance VALUES
  ('t1', 'm1', 0, 'Noor Verbiest', 'p1', 'present', 'Stad Lindebeke', 'o1', 'chair', 'e1', 'minutes', 0.9);
INSERT INTO actions VALUES
  ('a1', 'm1', 0, NULL, 'open', '2024-04-15', '2024-04-15', 'e3', 'r', 0.8, 'nl', 0, 'e2', 'r', 0.7);
INSERT INTO action_owners VALUES ('w1', 'a1', 0, 'Noor Verbiest', 'noor verbiest', 't1', 'e1', 'r', 0.6);
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "minutes.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        migrate(db, migrations()[:1])
        db.executescript(ROWS)
    return path


def rows(db: sqlite3.Connection, sql: str) -> list[tuple[object, ...]]:
    return db.execute(sql).fetchall()


def test_an_old_database_is_carried_over(old: Path) -> None:
    with closing(open_database(old, mode="write")) as db:
        assert version(db) == LATEST
        assert rows(db, "SELECT id, name, source FROM people") == [("p1", "Noor Verbiest", "minutes")]
        assert rows(db, "SELECT id, person_id, organisation_id FROM attendance") == [("t1", "p1", "o1")]
        assert rows(db, "SELECT id, name, kind, source, successor_id FROM organisations") == [
            ("o1", "Stad Lindebeke", "", "minutes", None)
        ]
        assert rows(db, "SELECT id, date, series, superseded_by FROM meetings") == [("m1", "2024-03-04", "", None)]
        assert rows(db, "SELECT id, attendance_id, person_id FROM action_owners") == [("w1", "t1", None)]
        assert rows(db, "PRAGMA foreign_key_check") == []


def test_its_actions_are_listed_before_the_ledger_has_looked_at_them(old: Path) -> None:
    with closing(open_database(old, mode="write")) as db:
        sql = (
            "SELECT id, action, owners, due, due_text, status, opened_on, closed_on, silent_meetings FROM open_actions"
        )
        [(identifier, action, owners, *rest)] = db.execute(sql)
    assert (identifier, action) == ("a1", "Noor maakt de affiche tegen 15 april 2024")
    assert json.loads(owners) == ["Noor Verbiest"]
    assert rest == ["2024-04-15", "tegen 15 april 2024", "open", "2024-03-04", None, 0]


def test_two_people_may_share_a_name_now(old: Path) -> None:
    with closing(open_database(old, mode="write")) as db:
        db.execute("INSERT INTO people (id, name, name_folded) VALUES ('p2', 'Noor Verbiest', 'noor verbiest')")
        assert rows(db, "SELECT count(*) FROM people") == [(2,)]


def test_a_step_that_is_interrupted_leaves_the_old_database(old: Path) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        before = list(db.iterdump())
        first, second, *_ = migrations()
        broken = second._replace(sql=f"{second.sql}\nINSERT INTO nowhere VALUES (1);\n")
        with pytest.raises(sqlite3.OperationalError, match="nowhere"):
            migrate(db, [first, broken])
        assert list(db.iterdump()) == before
