"""Records as JSON lines, what the last ingest changed, and everything that can be compared."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_records import NOON, autumn, facts, spring

from minutes_nlp.errors import ExportError
from minutes_nlp.export.history import Before, history_path, read_before
from minutes_nlp.export.lines import record_lines
from minutes_nlp.export.records import write_record, write_records
from minutes_nlp.export.sides import load_side, side_of_database
from minutes_nlp.query.differences import Side, differences
from minutes_nlp.records import MeetingRecord
from minutes_nlp.store.backup import back_up
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import save_record


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "structured" / "minutes.db"


@pytest.fixture
def db(path: Path):
    with closing(open_database(path, mode="write")) as connection:
        yield connection


def save(db: sqlite3.Connection, *records: MeetingRecord, day: int = 0) -> None:
    for record in records:
        save_record(db, record, ingested_at=NOON.replace(day=2 + day))


def test_a_line_is_a_record_with_its_ledger(db: sqlite3.Connection) -> None:
    save(db, autumn(), spring())
    lines = list(record_lines(db))
    assert [json.loads(line)["document"]["path"] for line in lines] == [
        "wilgenhof/2024-03-04.txt",
        "wilgenhof/2024-10-07.txt",
    ]
    found = json.loads(lines[0])
    assert isinstance(found.pop("ledger"), list)
    assert MeetingRecord.model_validate(found) == spring()
    assert all(line.endswith("}\n") and "\n" not in line[:-1] for line in lines)


def test_the_order_and_the_moment_of_the_ingest_make_no_difference(tmp_path: Path) -> None:
    texts = []
    for number, records in enumerate(((spring(), autumn()), (autumn(), spring(), autumn()))):
        with closing(open_database(tmp_path / f"{number}.db", mode="write")) as db:
            save(db, *records, day=number)
            texts.append("".join(record_lines(db)))
    assert texts[0] == texts[1]


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@given(TEXT, TEXT)
@settings(max_examples=30, deadline=None)
def test_any_text_comes_back_out_of_a_line(text: str, title: str) -> None:
    record = MeetingRecord.model_validate({"document": facts("a.txt", text), "text": text, "meeting": {"title": title}})
    with closing(_memory()) as db:
        save(db, record)
        (line,) = record_lines(db)
    assert line.count("\n") == 1
    found = json.loads(line)
    found.pop("ledger")
    assert MeetingRecord.model_validate(found) == record


def _memory() -> sqlite3.Connection:
    from minutes_nlp.resources.folding import fold
    from minutes_nlp.store.migrations import migrate

    db = sqlite3.connect(":memory:", isolation_level=None)
    db.create_function("fold", 1, lambda text: None if text is None else fold(text), deterministic=True)
    migrate(db)
    return db


def test_every_kind_of_side_holds_the_same(db: sqlite3.Connection, path: Path, tmp_path: Path) -> None:
    save(db, spring(), autumn())
    write_records(db, tmp_path / "records")
    (tmp_path / "all.jsonl").write_text("".join(record_lines(db)), encoding="utf-8")
    back_up(path, tmp_path / "b.zip", at=NOON)
    sides = [load_side(one) for one in (path, tmp_path / "b.zip", tmp_path / "all.jsonl", tmp_path / "records")]
    for side in (*sides, side_of_database(db)):
        assert differences(sides[0], side, everything=True) == []
        assert len(side.records) == 2


@pytest.mark.parametrize("content", ["no json\n", '{"a": 1}\n', "[]\n", "\x00\x01"])
def test_what_is_none_of_them_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "x").write_text(content)
    with pytest.raises(ExportError) as error:
        load_side(tmp_path / "x")
    assert error.value.code == "export.no-side"


def test_a_side_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as error:
        load_side(tmp_path / "nowhere")
    assert error.value.code == "export.side-unreadable"


def test_records_are_written_only_where_they_differ(db: sqlite3.Connection, tmp_path: Path) -> None:
    save(db, spring(), autumn())
    write_records(db, tmp_path)
    first = tmp_path / "wilgenhof" / "2024-03-04.txt.json"
    first.write_text("{}")
    before = (tmp_path / "wilgenhof" / "2024-10-07.txt.json").stat().st_mtime_ns
    write_records(db, tmp_path)
    assert MeetingRecord.model_validate_json(first.read_text()) == spring()
    assert (tmp_path / "wilgenhof" / "2024-10-07.txt.json").stat().st_mtime_ns == before


def changed(record: MeetingRecord) -> MeetingRecord:
    meeting = {**record.model_dump()["meeting"], "location": "zaal"}
    return MeetingRecord.model_validate({**record.model_dump(), "meeting": meeting})


def ingest(db: sqlite3.Connection, path: Path, folder: Path, *records: MeetingRecord) -> None:
    before = Before(history_path(path))
    for record in records:
        before.keep(db, record.document.path, folder / f"{record.document.path}.json")
        write_record(record, folder)
        save(db, record)


def told(db: sqlite3.Connection, path: Path) -> list[tuple[str, str, str]]:
    before, documents = read_before(history_path(path))
    now = side_of_database(db, documents)
    return [(one.document, one.field, one.change) for one in differences(before, Side(now.records, now.ledger))]


def test_the_last_ingest_tells_what_it_changed(db: sqlite3.Connection, path: Path, tmp_path: Path) -> None:
    ingest(db, path, tmp_path, spring())
    assert told(db, path) == [("wilgenhof/2024-03-04.txt", "", "added")]
    ingest(db, path, tmp_path, changed(spring()), autumn())
    assert told(db, path) == [
        ("wilgenhof/2024-03-04.txt", "location", "changed"),
        ("wilgenhof/2024-10-07.txt", "", "added"),
    ]


def test_an_ingest_that_changes_nothing_leaves_what_the_one_before_it_told(
    db: sqlite3.Connection, path: Path, tmp_path: Path
) -> None:
    ingest(db, path, tmp_path, spring())
    Before(history_path(path))
    assert told(db, path) == [("wilgenhof/2024-03-04.txt", "", "added")]


def test_without_an_ingest_and_after_a_cut_nothing_breaks(db: sqlite3.Connection, path: Path, tmp_path: Path) -> None:
    assert told(db, path) == []
    ingest(db, path, tmp_path, spring(), autumn())
    content = history_path(path).read_bytes()
    history_path(path).write_bytes(content[:-5])
    assert told(db, path) == [("wilgenhof/2024-03-04.txt", "", "added")]
