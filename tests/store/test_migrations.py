"""The steps to the final shape: each whole or not at all, each once."""

import datetime
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from minutes_nlp.errors import StoreError
from minutes_nlp.store.migrations import LATEST, Migration, migrate, migrations, statements, version

NOON = datetime.datetime(2024, 5, 2, 12, 0, tzinfo=datetime.UTC)

FIRST = Migration(1, "first", "CREATE TABLE a (x);\nINSERT INTO a VALUES (1);\n")
SECOND = Migration(2, "second", "CREATE TABLE b (y);\n")
BROKEN = Migration(2, "broken", "CREATE TABLE b (y);\nINSERT INTO a VALUES (2);\nINSERT INTO nowhere VALUES (1);\n")

SCHEMA = {
    "schema_migrations": "number name applied_at",
    "documents": "id path sha256 media_type encoding size languages pipeline ingested_at missing_since text ocr_pages "
    "ocr_confidence ocr_unread",
    "evidence": "id document_id kind start_offset end_offset quote",
    "meetings": "id document_id title body date start_time end_time location next_meeting recogniser confidence "
    "organisation_id series superseded_by",
    "meeting_evidence": "meeting_id field evidence_id",
    "organisations": "id name name_folded kind source successor_id",
    "attendance": "id meeting_id position name person_id status organisation organisation_id role evidence_id "
    "recogniser confidence",
    "schedule_entries": "id meeting_id position start_time end_time title evidence_id recogniser confidence",
    "agenda_items": "id meeting_id position main_item_id level number title language extent_end evidence_id recogniser "
    "confidence",
    "decisions": "id meeting_id position agenda_item_id language is_repeat evidence_id recogniser confidence",
    "actions": "id meeting_id position agenda_item_id status due due_last_day due_evidence_id due_recogniser "
    "due_confidence language is_repeat evidence_id recogniser confidence",
    "action_owners": "id action_id position name name_folded attendance_id evidence_id recogniser confidence person_id "
    "organisation_id",
    "owner_candidates": "owner_id position attendance_id",
    "themes": "id nl fr en de scope",
    "item_themes": "agenda_item_id position theme_id",
    "meeting_themes": "meeting_id position theme_id",
    "passages": "number id document_id position start_offset end_offset kind level language text stems",
    "ingest_errors": "path sha256 code message hint at",
    "attendance_view": "id date meeting name status role organisation quote meeting_id person_id organisation_id "
    "document start_offset end_offset",
    "people": "id name name_folded source",
    "person_names": "person_id name name_folded source",
    "attendance_candidates": "attendance_id position person_id",
    "person_affiliations": "person_id position organisation_id from_day until_day",
    "people_state": "number fingerprint",
    "organisation_names": "organisation_id name name_folded language short",
    "owner_people": "owner_id position person_id",
    "corrections": "number id at who kind field document_path undoes content",
    "machine_records": "document_id applied record",
    "correction_targets": "correction_id document_id role row_id start_offset end_offset",
    "ledger_actions": "id series latest_action_id status owners owners_action_id due due_last_day due_evidence_id "
    "opened_on closed_on last_sign_on silent_meetings",
    "ledger_events": "id ledger_action_id position kind day meeting_id action_id evidence_id correction_id owners due "
    "due_last_day method confidence",
    "proposals": "id ledger_action_id event meeting_id action_id evidence_id method confidence",
    "pairs": "kind first_id second_id confidence",
    "issues": "id code meeting_id evidence_id other_evidence_id details settled_by",
    "ledger_state": "series fingerprint",
    "actions_view": "id date meeting action owners due due_text due_last_day status item_number item themes "
    "language confidence meeting_id agenda_item_id document start_offset end_offset opened_on closed_on last_sign_on "
    "silent_meetings",
    "open_actions": "id date meeting action owners due due_text due_last_day status item_number item themes "
    "language confidence meeting_id agenda_item_id document start_offset end_offset opened_on closed_on last_sign_on "
    "silent_meetings",
    "overdue_actions": "id date meeting action owners due due_text due_last_day status item_number item themes "
    "language confidence meeting_id agenda_item_id document start_offset end_offset opened_on closed_on last_sign_on "
    "silent_meetings",
    "decisions_view": "id date meeting decision item_number item themes language confidence meeting_id agenda_item_id "
    "document start_offset end_offset",
    "meetings_view": "id date title body location start_time end_time next_meeting languages present excused absent "
    "items decisions actions open_actions themes document missing_since superseded_by",
    "people_view": "id name organisations meetings present excused absent open_actions last_meeting",
    "affiliations": "person_id person organisation_id organisation first_day last_day meetings source",
}

FOREIGN_KEYS = """
action_owners.action_id > actions CASCADE
action_owners.attendance_id > attendance CASCADE
action_owners.evidence_id > evidence CASCADE
action_owners.organisation_id > organisations SET NULL
action_owners.person_id > people SET NULL
actions.agenda_item_id > agenda_items CASCADE
actions.due_evidence_id > evidence CASCADE
actions.evidence_id > evidence CASCADE
actions.meeting_id > meetings CASCADE
agenda_items.evidence_id > evidence CASCADE
agenda_items.main_item_id > agenda_items CASCADE
agenda_items.meeting_id > meetings CASCADE
attendance.evidence_id > evidence CASCADE
attendance.meeting_id > meetings CASCADE
attendance.organisation_id > organisations NO ACTION
attendance.person_id > people NO ACTION
attendance_candidates.attendance_id > attendance CASCADE
attendance_candidates.person_id > people CASCADE
correction_targets.correction_id > corrections CASCADE
correction_targets.document_id > documents CASCADE
decisions.agenda_item_id > agenda_items CASCADE
decisions.evidence_id > evidence CASCADE
decisions.meeting_id > meetings CASCADE
evidence.document_id > documents CASCADE
issues.evidence_id > evidence CASCADE
issues.meeting_id > meetings CASCADE
issues.other_evidence_id > evidence CASCADE
issues.settled_by > corrections NO ACTION
item_themes.agenda_item_id > agenda_items CASCADE
item_themes.theme_id > themes NO ACTION
ledger_actions.due_evidence_id > evidence SET NULL
ledger_actions.id > actions CASCADE
ledger_actions.latest_action_id > actions CASCADE
ledger_actions.owners_action_id > actions CASCADE
ledger_events.action_id > actions CASCADE
ledger_events.correction_id > corrections NO ACTION
ledger_events.evidence_id > evidence CASCADE
ledger_events.ledger_action_id > ledger_actions CASCADE
ledger_events.meeting_id > meetings CASCADE
machine_records.document_id > documents CASCADE
meeting_evidence.evidence_id > evidence CASCADE
meeting_evidence.meeting_id > meetings CASCADE
meeting_themes.meeting_id > meetings CASCADE
meeting_themes.theme_id > themes NO ACTION
meetings.document_id > documents CASCADE
meetings.organisation_id > organisations SET NULL
meetings.superseded_by > meetings SET NULL
organisation_names.organisation_id > organisations CASCADE
organisations.successor_id > organisations SET NULL
owner_candidates.attendance_id > attendance CASCADE
owner_candidates.owner_id > action_owners CASCADE
owner_people.owner_id > action_owners CASCADE
owner_people.person_id > people CASCADE
passages.document_id > documents CASCADE
person_affiliations.organisation_id > organisations CASCADE
person_affiliations.person_id > people CASCADE
person_names.person_id > people CASCADE
proposals.action_id > actions CASCADE
proposals.evidence_id > evidence CASCADE
proposals.ledger_action_id > ledger_actions CASCADE
proposals.meeting_id > meetings CASCADE
schedule_entries.evidence_id > evidence CASCADE
schedule_entries.meeting_id > meetings CASCADE
"""

TRIGGERS = """
action_owners_own_document_insert action_owners_own_document_update
actions_own_document_insert actions_own_document_update
agenda_items_own_document_insert agenda_items_own_document_update
attendance_own_document_insert attendance_own_document_update
decisions_own_document_insert decisions_own_document_update
documents_are_not_replaced documents_keep_text
evidence_quotes_text_insert evidence_quotes_text_update evidence_stays_in_document
meeting_evidence_own_document_insert meeting_evidence_own_document_update
passages_indexed_delete passages_indexed_insert passages_indexed_update
passages_quote_text_insert passages_quote_text_update
schedule_entries_own_document_insert schedule_entries_own_document_update
"""


@pytest.fixture
def memory() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        yield db


def own_tables(db: sqlite3.Connection) -> list[str]:
    sql = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
    return [name for (name,) in db.execute(sql) if not name.startswith(("sqlite_", "passages_fts"))]


def test_the_final_shape(memory: sqlite3.Connection) -> None:
    migrate(memory)
    shape = {
        table: " ".join(row[1] for row in memory.execute(f"PRAGMA table_info({table})")) for table in own_tables(memory)
    }
    assert shape == SCHEMA


def test_the_final_foreign_keys(memory: sqlite3.Connection) -> None:
    migrate(memory)
    keys = [
        f"{table}.{row[3]} > {row[2]} {row[6]}"
        for table in own_tables(memory)
        for row in memory.execute(f"PRAGMA foreign_key_list({table})")
    ]
    assert sorted(keys) == FOREIGN_KEYS.split("\n")[1:-1]


def test_the_final_triggers(memory: sqlite3.Connection) -> None:
    migrate(memory)
    names = [row[0] for row in memory.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")]
    assert names == sorted(TRIGGERS.split())


def test_every_table_is_strict(memory: sqlite3.Connection) -> None:
    migrate(memory)
    tables = {row[1]: row[5] for row in memory.execute("PRAGMA table_list") if row[2] == "table"}
    assert {name for name, strict in tables.items() if not strict and not name.startswith("sqlite_")} == set()


def test_every_foreign_key_has_an_index(memory: sqlite3.Connection) -> None:
    """Without one, deleting a document would read whole tables."""
    migrate(memory)
    bare = []
    for table in own_tables(memory):
        indexes = [row[1] for row in memory.execute(f"PRAGMA index_list({table})")]
        first = {memory.execute(f"PRAGMA index_info({index})").fetchone()[2] for index in indexes}
        keys = {row[3] for row in memory.execute(f"PRAGMA foreign_key_list({table})")}
        bare += [f"{table}.{key}" for key in keys - first]
    assert bare == []


def test_the_steps_are_numbered_without_gaps() -> None:
    assert [step.number for step in migrations()] == list(range(1, LATEST + 1))


def test_migrating_twice_does_nothing_more(memory: sqlite3.Connection) -> None:
    assert [step.number for step in migrate(memory)] == list(range(1, LATEST + 1))
    before = list(memory.iterdump())
    assert migrate(memory) == []
    assert list(memory.iterdump()) == before


def test_a_step_is_recorded_with_its_time(memory: sqlite3.Connection) -> None:
    migrate(memory, [FIRST], clock=lambda: NOON)
    assert memory.execute("SELECT * FROM schema_migrations").fetchall() == [(1, "first", "2024-05-02T12:00:00+00:00")]


def test_only_missing_steps_are_taken(memory: sqlite3.Connection) -> None:
    migrate(memory, [FIRST])
    assert migrate(memory, [FIRST, SECOND]) == [SECOND]
    assert memory.execute("SELECT count(*) FROM a").fetchone() == (1,)


def test_a_step_that_fails_leaves_nothing_behind(memory: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        migrate(memory, [FIRST, BROKEN])
    assert version(memory) == 1
    assert memory.execute("SELECT x FROM a").fetchall() == [(1,)]
    assert migrate(memory, [FIRST, SECOND]) == [SECOND]


def test_a_database_with_unknown_steps_is_refused(memory: sqlite3.Connection) -> None:
    migrate(memory, [FIRST, SECOND])
    with pytest.raises(StoreError) as caught:
        migrate(memory, [FIRST])
    assert caught.value.code == "store.newer"


def test_a_trigger_is_one_statement() -> None:
    trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM b;\n  DELETE FROM c;\nEND;\n"
    assert list(statements(f"SELECT 1;\n{trigger}-- the end\n")) == ["SELECT 1;\n", trigger, "-- the end\n"]
