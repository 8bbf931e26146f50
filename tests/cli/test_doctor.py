"""What `minutes doctor` finds, in a sound place and in damaged ones."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from minutes_nlp.store.connect import open_database
from minutes_nlp.store.health import check

pytestmark = pytest.mark.usefixtures("fake_pipeline")


def findings(database: Path) -> dict[str, tuple[bool, int]]:
    with closing(open_database(database)) as db:
        return {found.check: (found.sound, found.rows) for found in check(db)}


def test_a_sound_database_passes_every_check(database: Path) -> None:
    assert all(sound for sound, _ in findings(database).values())
    assert findings(database)["evidence"][1] > 5


def damage(database: Path, *statements: str) -> None:
    with closing(sqlite3.connect(database)) as db:
        for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            db.execute(statement)
        db.commit()


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE evidence SET quote = 'never said' WHERE kind = 'decision'", "evidence"),
        ("DELETE FROM evidence WHERE kind = 'decision'", "foreign-keys"),
        ("UPDATE passages SET text = 'iets anders'", "full-text"),
        ("DELETE FROM passages WHERE number = 1", "full-text"),
    ],
)
def test_each_damage_is_found_by_its_check(cli, database: Path, statement: str, broken: str) -> None:
    kinds = {row[0] for row in sqlite3.connect(database).execute("SELECT DISTINCT kind FROM evidence")}
    assert "decision" in kinds
    damage(database, statement)
    assert not findings(database)[broken][0]
    (Path("raw")).mkdir()
    told = cli("doctor")
    assert told.code == 1
    assert "PROBLEM" in told.out


def test_everything_well(cli, database: Path) -> None:
    Path("raw").mkdir()
    told = cli("doctor")
    assert told.code == 0, told.out
    assert told.out.endswith("\nAll is well.\n")
    assert cli("doctor", "--lang", "nl").out.endswith("\nAlles is in orde.\n")
    for line in ("spacy ", "Word lists nl: ", "The pipeline works: minutes.layout.v1", "quotes checked"):
        assert line in told.out


def test_without_a_database_or_raw_folder(cli, folder: Path) -> None:
    told = cli("doctor")
    assert told.code == 1
    assert "There is no readable folder raw" in told.out
    assert "There is no database structured/minutes.db yet" in told.out
    assert told.out.endswith("Problems: 1.\n")


def test_wrong_settings_are_a_problem_and_the_rest_is_still_checked(cli, folder: Path) -> None:
    (folder / "minutes.toml").write_text("nonsense = 1")
    told = cli("doctor")
    assert told.code == 1
    assert "nonsense" in told.out
    assert "spacy " in told.out


def test_a_folder_that_may_not_be_written_is_a_problem(cli, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "raw").mkdir()
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK)
    assert "structured cannot be written to" in cli("doctor").out


def test_what_several_checks_break_down_on_is_told_once(cli, folder: Path) -> None:
    (folder / "minutes.toml").write_text('words = "nowhere"\n')
    done = cli("doctor")
    assert done.code == 1
    assert done.out.count("nowhere") == 1
    assert done.out.endswith("Problems: 1.\n")


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [
        ('[[people]]\nname = "Noor Verbiest"\n', 0, "directory.toml: 1 and 0"),
        ("[[people\n", 1, "directory.toml"),
    ],
)
def test_the_list_of_people_and_bodies_is_looked_at(cli, database: Path, content: str, code: int, told: str) -> None:
    Path("raw").mkdir()
    Path("directory.toml").write_text(content)
    answer = cli("doctor")
    assert answer.code == code
    assert told in answer.out
