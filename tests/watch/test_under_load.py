"""Hundreds of files in bursts, slow writers, renames, deletions and a process that is killed: nothing is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from minutes_nlp.errors import MinutesError
from minutes_nlp.store.connect import open_database

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = f"""
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background hands on that it is ignored
sys.path.insert(0, {str(ROOT / "tests")!r})
import minutes_nlp.pipeline as pipeline
from conftest import LineProcessor

class Slow(LineProcessor):
    def process(self, document):
        time.sleep(0.004)
        record = super().process(document)
        meeting = record.meeting.model_copy(update={{"body": document.name}})  # each is a body of its own
        return record.model_copy(update={{"meeting": meeting}})

vars(pipeline)["build_pipeline"] = lambda settings: Slow()
from minutes_nlp.cli.app import main
main()
"""
SETTLE = 0.6
FILES, SLOW, RENAMED, DELETED, BROKEN = 500, 8, 10, 10, 5


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    return tmp_path


@contextmanager
def watcher(folder: Path, log: Path):
    with log.open("ab") as stream:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "--lang", "en", "watch", "--settle", str(SETTLE), "--jobs", "1"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=stream,
            stdout=stream,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def until(condition, seconds: float = 300.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.1)


def state(folder: Path) -> tuple[dict[str, bool], dict[str, str]]:
    """The documents of the database (true for those whose file is gone), and the files that failed."""
    try:
        with closing(open_database(folder / "structured" / "minutes.db")) as db:
            known = dict(db.execute("SELECT path, missing_since IS NOT NULL FROM documents").fetchall())
            return known, dict(db.execute("SELECT path, code FROM ingest_errors").fetchall())
    except MinutesError:
        return {}, {}


def written(number: int, lines: int = 3) -> str:
    return f"Verslag {number}\nDATE 2026-03-10\n" + "".join(f"ACTION Noor doet {line}\n" for line in range(lines))


@pytest.mark.skipif(os.name == "nt", reason="a process is killed there in another way")
def test_every_file_ends_ingested_failed_or_gone(folder: Path, tmp_path: Path) -> None:
    raw, log, dice = folder / "raw", tmp_path / "log.txt", random.Random(1)
    names = [f"{number % 7}/{number}.txt" for number in range(FILES)]
    for number in range(7):
        (raw / str(number)).mkdir()
    slow = {name: (raw / name).open("w") for name in names[:SLOW]}
    renamed, deleted = names[SLOW : SLOW + RENAMED], names[100 : 100 + DELETED]
    broken = names[200 : 200 + BROKEN]
    bursts = [names[SLOW:180], names[180:340], names[340:]]
    for number, burst in enumerate(bursts):
        with watcher(folder, log) as process:
            for name in burst:
                (raw / name).write_text("BOOM" if name in broken else written(int(Path(name).stem)))
            for file in slow.values():
                file.write(written(number, lines=1))
                file.flush()
            done = len(state(folder)[0])
            until(lambda before=done: len(state(folder)[0]) > before + 20)
            if number == 0:
                for name in renamed:
                    (raw / name).rename(raw / name.replace(".txt", "-new.txt"))
                for name in dice.sample(deleted, DELETED):
                    (raw / name).unlink()
            process.send_signal(signal.SIGKILL)
    for file in slow.values():
        file.write("ACTION Bram sluit af\n")
        file.close()

    there = {path.relative_to(raw).as_posix() for path in raw.rglob("*.txt")}
    assert len(there) == FILES - DELETED
    with watcher(folder, log) as process:

        def all_there() -> bool:
            known, failed = state(folder)
            return {name for name, gone in known.items() if not gone} | failed.keys() == there

        until(all_there)
        time.sleep(2 * SETTLE)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0

    known, failed = state(folder)
    ingested = {name for name, gone in known.items() if not gone}
    gone = {name for name, missing in known.items() if missing}
    assert ingested | failed.keys() == there
    assert not ingested & failed.keys()
    assert not gone & there
    assert gone <= {*renamed, *deleted}
    assert failed.keys() == set(broken)
    with closing(open_database(folder / "structured" / "minutes.db")) as db:
        texts = dict(db.execute("SELECT path, text FROM documents").fetchall())
    assert {name for name in ingested if texts[name] != (raw / name).read_text()} == set()
    records = {path.relative_to(folder / "structured" / "records").as_posix() for path in records_of(folder)}
    assert records == {f"{name}.json" for name in known}
    assert "Traceback" not in log.read_text()


def records_of(folder: Path) -> list[Path]:
    return [path for path in (folder / "structured" / "records").rglob("*") if path.is_file()]


@pytest.mark.skipif(os.name == "nt", reason="no such signals there")
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_tidily_when_it_is_told_to(folder: Path, tmp_path: Path, stop: signal.Signals) -> None:
    log = tmp_path / "log.txt"
    (folder / "raw" / "een.txt").write_text(written(1))
    with watcher(folder, log) as process:
        until(lambda: "een.txt" in (log.read_text() if log.exists() else ""))
        process.send_signal(stop)
        assert process.wait(timeout=60) == 0
    lines = [line[len("2026-05-04 12:00:00  ") :] for line in log.read_text().splitlines()]
    assert lines == [
        "Started; watching raw.",
        "The system tells of changes.",
        "een.txt: new; actions: 3, decisions: 0",
        "Stopped; what was done is kept.",
    ]


@pytest.mark.skipif(os.name == "nt", reason="no such signals there")
def test_a_second_watcher_is_refused_and_one_may_follow_a_killed_one(folder: Path, tmp_path: Path) -> None:
    log, other = tmp_path / "log.txt", tmp_path / "other.txt"
    with watcher(folder, log) as first:
        until(lambda: "Started" in (log.read_text() if log.exists() else ""))
        with watcher(folder, other) as second:
            assert second.wait(timeout=60) == 1
        assert "Another `minutes watch` works on structured/minutes.db." in other.read_text()
        first.send_signal(signal.SIGKILL)
        first.wait()
    with watcher(folder, other) as third:
        until(lambda: "Started" in other.read_text())
        third.send_signal(signal.SIGTERM)
        assert third.wait(timeout=60) == 0
