"""The log of corrections is only added to, and survives whatever happens while a line is written."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import pytest

from minutes_nlp.errors import StoreError
from minutes_nlp.records.corrections import Correction
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.correction_log import append, log_path, read_log
from minutes_nlp.store.corrections import mirror_log, mirrored_log
from tests.invented_corrections import correct, undo
from tests.invented_records import NOON, spring

AFFICHE = "Noor maakt de affiche tegen 15 april."


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return log_path(tmp_path / "minutes.db")


def reject() -> Correction:
    return correct(spring(), "action", "exists", AFFICHE, False)


def test_what_was_added_is_read_back_in_its_order(log: Path) -> None:
    first, second = append(log, [reject()]), append(log, [reject(), reject()])
    assert list(read_log(log).corrections) == [*first, *second]
    assert len(log.read_text(encoding="utf-8").splitlines()) == 3


def test_a_log_that_is_not_there_is_empty(log: Path) -> None:
    assert read_log(log) == ((), "")


@pytest.mark.parametrize("kept", [1, 40, -2])
def test_a_line_that_was_cut_short_is_told_passed_over_and_cut_off_by_the_next(log: Path, kept: int) -> None:
    append(log, [reject()])
    whole = log.read_bytes()
    torn = reject().line().encode()[:kept]
    log.write_bytes(whole + torn)
    assert len(read_log(log).corrections) == 1
    assert read_log(log).torn == torn.decode()
    append(log, [reject()])
    assert read_log(log).torn == ""
    assert len(read_log(log).corrections) == 2
    assert log.read_bytes().startswith(whole)


def test_a_whole_last_line_without_its_break_counts_and_stays(log: Path) -> None:
    append(log, [reject()])
    log.write_bytes(log.read_bytes().rstrip(b"\n"))
    assert len(read_log(log).corrections) == 1
    append(log, [reject()])
    assert len(read_log(log).corrections) == 2


def test_a_line_in_the_middle_that_is_no_correction_is_an_error_with_its_number(log: Path) -> None:
    append(log, [reject(), reject()])
    lines = log.read_text(encoding="utf-8").splitlines()
    log.write_text("\n".join([lines[0], "{}", lines[1]]) + "\n", encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        read_log(log)
    assert (caught.value.code, caught.value.values["line"]) == ("corrections.line", 2)


def test_the_same_correction_at_the_same_moment_gets_a_moment_of_its_own(log: Path) -> None:
    twice = [Correction.make(at=NOON, who="an", kind="issue", field="settled", value="0" * 16)] * 2
    written = append(log, twice)
    assert len({correction.id for correction in written}) == 2
    assert all(correction.id == correction.digest() for correction in written)


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises((StoreError, OSError)):
        append(tmp_path / "file" / "corrections.jsonl", [reject()])


def test_a_full_disk_leaves_the_log_as_it_was(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append(log, [reject()])
    before = log.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("minutes_nlp.store.correction_log.os.fsync", full)
    with pytest.raises(StoreError, match="No space left"):
        append(log, [reject()])
    assert log.read_bytes() == before


def _write(path: Path, who: str, count: int) -> None:
    for number in range(count):
        value = f"{number:016x}"
        append(path, [Correction.make(at=NOON, who=who, kind="issue", field="settled", value=value)])


def test_writers_at_the_same_time_lose_nothing(log: Path) -> None:
    processes = multiprocessing.get_context("spawn")
    writers = [processes.Process(target=_write, args=(log, who, 25)) for who in ("an", "ben", "cas")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    found = read_log(log).corrections
    assert len({correction.id for correction in found}) == 75
    for who in ("an", "ben", "cas"):
        own = [correction.value for correction in found if correction.who == who]
        assert own == [f"{number:016x}" for number in range(25)]


def test_the_database_holds_the_log_line_for_line(log: Path, tmp_path: Path) -> None:
    db = open_database(tmp_path / "minutes.db", mode="write")
    first = reject()
    written = append(log, [first, undo(first)])
    assert mirror_log(db, written)
    assert not mirror_log(db, written)
    assert mirrored_log(db) == written
    later = append(log, [reject()])
    assert mirror_log(db, [*later, *written]), "the log was put in another order"
    assert mirrored_log(db) == [*later, *written]
    assert json.loads(db.execute("SELECT content FROM corrections WHERE number = 1").fetchone()[0])["who"] == "an"
    db.close()
