"""Saving a document replaces its own rows, all or nothing."""

import datetime
import itertools
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from invented_records import NOON, SPRING, autumn, evidence, facts, passages, spring

from minutes_nlp.errors import StoreError
from minutes_nlp.records import ActionItem, Attendance, Decision, Meeting, MeetingRecord, Passage
from minutes_nlp.records.items import Due
from minutes_nlp.store import write
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.load import load_record
from minutes_nlp.store.write import (
    KnownDocument,
    clear_error,
    delete_document,
    known_documents,
    mark_found,
    mark_missing,
    save_error,
    save_record,
)

LATER = NOON + datetime.timedelta(days=1)


def rows(db: sqlite3.Connection, sql: str, *values: str) -> list[Any]:
    return db.execute(sql, values).fetchall()


def content(db: sqlite3.Connection) -> dict[str, list[Any]]:
    """All rows of all tables, the history of migrations aside."""
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    tables = [name for name in names if not name.startswith(("passages_fts_", "sqlite_", "schema_"))]
    return {table: sorted(map(repr, db.execute(f"SELECT * FROM {table}"))) for table in tables}


def index_is_sound(db: sqlite3.Connection) -> bool:
    db.execute("INSERT INTO passages_fts (passages_fts, rank) VALUES ('integrity-check', 1)")
    return True


def changed(record: MeetingRecord, **values: object) -> MeetingRecord:
    return record.model_copy(update=values)


def test_a_record_comes_back_as_it_was_saved(db: sqlite3.Connection) -> None:
    for record in (spring(), autumn()):
        save_record(db, record, ingested_at=NOON)
        assert load_record(db, record.document.path) == record


def test_what_is_not_there_cannot_be_loaded(db: sqlite3.Connection) -> None:
    with pytest.raises(StoreError) as caught:
        load_record(db, "nothing.txt")
    assert caught.value.code == "store.no_document"


def test_minutes_of_which_nothing_is_known_are_saved(db: sqlite3.Connection) -> None:
    record = MeetingRecord(document=facts("a.txt", ""), text="")
    save_record(db, record, ingested_at=NOON)
    assert load_record(db, "a.txt") == record


def test_the_same_document_gives_the_same_rows_in_any_order_on_any_machine(tmp_path: Path) -> None:
    contents = []
    for number, order in enumerate(itertools.permutations((spring(), autumn(), spring("other.txt")))):
        with closing(open_database(tmp_path / f"{number}.db", mode="write")) as db:
            for record in (*order, order[0]):
                save_record(db, record, ingested_at=NOON)
            found = content(db)
            found["passages"] = sorted(map(repr, rows(db, "SELECT id, text FROM passages")))
            del found["passages_fts"]
            contents.append(found)
    assert all(found == contents[0] for found in contents)


def test_the_ids_of_a_document_do_not_change(db: sqlite3.Connection) -> None:
    saved = save_record(db, spring(), ingested_at=NOON)
    assert (saved.document_id, saved.meeting_id, saved.replaced) == ("631a9cf6305be7fa", "9576cbad56067aca", False)
    assert rows(db, "SELECT id FROM actions ORDER BY position")[0] == ("4095938b9f7f9f60",)


def test_saving_again_changes_nothing(db: sqlite3.Connection) -> None:
    save_record(db, spring(), ingested_at=NOON)
    before = content(db)
    assert save_record(db, spring(), ingested_at=NOON).replaced
    assert content(db) == before


def test_a_changed_document_replaces_its_own_rows_only(db: sqlite3.Connection) -> None:
    save_record(db, autumn(), ingested_at=NOON)
    alone = content(db)
    save_record(db, spring(), ingested_at=NOON)
    text = "Alleen dit."
    new = MeetingRecord(
        document=facts(spring().document.path, text),
        text=text,
        decisions=(Decision(evidence=evidence(text, text)),),
        passages=passages(text),
    )
    save_record(db, new, ingested_at=LATER)
    assert load_record(db, new.document.path) == new
    assert load_record(db, autumn().document.path) == autumn()
    assert rows(db, "SELECT text FROM passages WHERE document_id = ?", new.document.id) == [(text,)]
    assert rows(db, "SELECT rowid FROM passages_fts WHERE passages_fts MATCH 'affiche'") == []
    assert index_is_sound(db)
    delete_document(db, new.document.path)
    assert content(db) == alone


def test_deleting_a_document_deletes_all_of_it(db: sqlite3.Connection) -> None:
    empty = content(db)
    save_record(db, spring(), ingested_at=NOON)
    assert delete_document(db, spring().document.path)
    remaining = content(db)
    assert {table for table, found in remaining.items() if found != empty[table]} == {"themes"}
    assert not delete_document(db, spring().document.path)
    assert index_is_sound(db)


def broken() -> list[tuple[str, MeetingRecord]]:
    """Records of the spring meeting that the tables refuse, each at another point of the transaction."""
    good = spring()
    nul = SPRING.replace("Wilgenhof", "Wilgen\0of")
    vague = evidence(SPRING, "binnenkort")
    never = ActionItem(evidence=vague, due=Due(evidence=vague).model_copy(update={"value": "2024-02-31"}))
    behind = Passage(start=0, end=len(SPRING) + 5, kind="paragraph")
    return [
        ("a theme outside the list", changed(good, themes=("gardening",))),
        ("a day that does not exist", changed(good, meeting=Meeting().model_copy(update={"date": "2024-02-31"}))),
        ("a deadline that does not exist", changed(good, actions=(never,))),
        ("a passage behind the end", changed(good, passages=(behind,))),
        ("a NUL", MeetingRecord(document=facts(good.document.path, nul), text=nul)),
        ("half a character", MeetingRecord(document=good.document, text="a\ud800b")),
    ]


@pytest.mark.parametrize(("what", "record"), broken(), ids=[what for what, _ in broken()])
def test_a_record_that_does_not_fit_leaves_the_old_rows(
    db: sqlite3.Connection, what: str, record: MeetingRecord
) -> None:
    save_record(db, spring(), ingested_at=NOON)
    save_record(db, autumn(), ingested_at=NOON)
    before = content(db)
    with pytest.raises(StoreError) as caught:
        save_record(db, record, ingested_at=LATER)
    assert caught.value.code == "store.refused"
    assert spring().document.path in caught.value.message
    assert content(db) == before
    assert not db.in_transaction


def test_a_failure_halfway_leaves_the_old_rows(db: sqlite3.Connection) -> None:
    save_record(db, spring(), ingested_at=NOON)
    before = content(db)
    db.execute("CREATE TEMP TRIGGER full BEFORE INSERT ON actions BEGIN SELECT RAISE(FAIL, 'disk full'); END")
    with pytest.raises(StoreError, match="disk full"):
        save_record(db, spring(), ingested_at=LATER)
    assert content(db) == before


def test_an_interruption_halfway_leaves_the_old_rows(db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    save_record(db, spring(), ingested_at=NOON)
    before = content(db)

    def interrupt(*_: object) -> None:
        assert content(db) != before
        raise KeyboardInterrupt

    monkeypatch.setattr(write, "_forget_error", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save_record(db, spring(), ingested_at=LATER)
    assert content(db) == before


def test_a_name_is_one_person_whatever_its_case_and_accents(db: sqlite3.Connection) -> None:
    save_record(db, spring(), ingested_at=NOON)
    save_record(db, autumn(), ingested_at=NOON)
    assert rows(db, "SELECT name FROM people ORDER BY name") == [
        ("Fien Draulans",),
        ("José Ampère",),
        ("Noor Verbiest",),
    ]


def test_an_organisation_in_the_list_is_no_person(db: sqlite3.Connection) -> None:
    save_record(db, spring(), ingested_at=NOON)
    found = rows(db, "SELECT person_id, organisation_id IS NULL FROM attendance WHERE name = 'OCMW Lindebeke'")
    assert found == [(None, 0)]


def test_the_commonest_spelling_of_a_name_is_shown(db: sqlite3.Connection) -> None:
    for number, name in enumerate(("Zoe Pirlot", "Zoe Pirlot", "Zoé Pirlot")):
        entry = Attendance(name=name, status="present", evidence=evidence(name, name))
        record = MeetingRecord(document=facts(f"{number}.txt", name), text=name, attendance=(entry,))
        save_record(db, record, ingested_at=NOON)
    assert rows(db, "SELECT name FROM people") == [("Zoe Pirlot",)]
    delete_document(db, "0.txt")
    assert rows(db, "SELECT name FROM people") == [("Zoé Pirlot",)]


def list_of(number: int, *names: str) -> MeetingRecord:
    text = "\n".join(names)
    entries = tuple(Attendance(name=name, status="present", evidence=evidence(text, name)) for name in names)
    return MeetingRecord(document=facts(f"{number}.txt", text), text=text, attendance=entries)


def test_the_name_shown_is_the_commonest_after_each_list_that_is_saved_or_replaced(db: sqlite3.Connection) -> None:
    printed: dict[int, str] = {}
    for spellings in itertools.product(("Zoe Pirlot", "Zoé Pirlot", "ZOE PIRLOT"), repeat=3):
        for number, name in enumerate(spellings):
            save_record(db, list_of(number, name), ingested_at=NOON)
            printed[number] = name
            times = Counter(printed.values())
            assert rows(db, "SELECT name FROM people") == [(max(times, key=lambda one: (times[one], one)),)]


def test_a_list_with_the_names_shown_asks_nothing_of_all_other_lists(db: sqlite3.Connection) -> None:
    asked: list[str] = []
    save_record(db, list_of(0, "Zoé Pirlot", "Fien Draulans"), ingested_at=NOON)
    db.set_trace_callback(asked.append)
    save_record(db, list_of(1, "Zoé Pirlot", "Fien Draulans"), ingested_at=NOON)
    assert [sql for sql in asked if "count(*)" in sql] == []
    save_record(db, list_of(2, "Zoe Pirlot", "Fien Draulans"), ingested_at=NOON)
    assert len([sql for sql in asked if "count(*)" in sql]) == 1


def test_known_documents_tell_what_to_read_again(db: sqlite3.Connection) -> None:
    record = spring()
    save_record(db, record, ingested_at=NOON, pipeline="v1")
    path = record.document.path
    assert known_documents(db) == {path: KnownDocument(path, record.document.sha256, "v1", None)}


def test_a_document_whose_file_is_gone_is_flagged_and_kept(db: sqlite3.Connection) -> None:
    path = spring().document.path
    save_record(db, spring(), ingested_at=NOON)
    assert mark_missing(db, [path, "never-seen.txt"], at=NOON) == [path]
    assert mark_missing(db, [path], at=LATER) == []
    assert known_documents(db)[path].missing_since == "2024-05-02T12:00:00+00:00"
    assert load_record(db, path) == spring()
    mark_found(db, [path])
    assert known_documents(db)[path].missing_since is None


def test_saving_takes_the_flag_off(db: sqlite3.Connection) -> None:
    save_record(db, spring(), ingested_at=NOON)
    mark_missing(db, [spring().document.path], at=NOON)
    save_record(db, spring(), ingested_at=LATER)
    assert known_documents(db)[spring().document.path].missing_since is None


def fail(db: sqlite3.Connection, path: str, code: str) -> None:
    save_error(db, path=path, sha256=None, code=code, message="It is empty.", hint="", at=NOON)


def test_a_failure_is_kept_until_it_fails_otherwise_or_succeeds(db: sqlite3.Connection) -> None:
    path = spring().document.path
    fail(db, path, "reading.empty")
    fail(db, path, "reading.binary")
    fail(db, "other.txt", "reading.empty")
    assert rows(db, "SELECT path, code FROM ingest_errors ORDER BY path") == [
        ("other.txt", "reading.empty"),
        (path, "reading.binary"),
    ]
    save_record(db, spring(), ingested_at=NOON)
    clear_error(db, "other.txt")
    assert rows(db, "SELECT path FROM ingest_errors") == []


def test_labels_of_themes_follow_the_list(db: sqlite3.Connection) -> None:
    save_record(db, spring(), ingested_at=NOON)
    assert rows(db, "SELECT nl, fr FROM themes WHERE id = 'housing'") == [("Wonen", "Logement")]
    db.execute("UPDATE themes SET nl = 'Oud' WHERE id = 'housing'")
    save_record(db, autumn(), ingested_at=NOON)
    assert rows(db, "SELECT nl FROM themes WHERE id = 'housing'") == [("Wonen",)]


def test_vacuum_keeps_the_full_text_index_right(db: sqlite3.Connection) -> None:
    save_record(db, autumn(), ingested_at=NOON)
    save_record(db, spring(), ingested_at=NOON)
    delete_document(db, autumn().document.path)
    db.execute("VACUUM")
    found = rows(db, "SELECT p.text FROM passages_fts f JOIN passages p ON p.number = f.rowid WHERE f.text MATCH 'ete'")
    assert found == [("L'été est chaud à Lindebeke.",)]
    assert index_is_sound(db)
