"""No quote that is not exactly in its document's text gets into the database, by whatever SQL."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_records import NOON, autumn, spring

from minutes_nlp.store.connect import open_database
from minutes_nlp.store.migrations import migrate
from minutes_nlp.store.write import save_record

TEXT = "Noor belt. Éva 👍 schrijft."

DOCUMENT = """INSERT INTO documents (id, path, sha256, media_type, encoding, size, ingested_at, text)
VALUES (:id, :id, '', 'text/plain', 'utf-8', 0, '2024-05-02', :text)"""

EVIDENCE = """INSERT INTO evidence (id, document_id, kind, start_offset, end_offset, quote)
VALUES ('e', :document, 'action', :start, :end, :quote)"""

PASSAGE = """INSERT INTO passages (id, document_id, position, kind, level, start_offset, end_offset, text)
VALUES ('p', :document, 0, 'paragraph', 0, :start, :end, :quote)"""


def plain(text: str = TEXT, foreign_keys: str = "ON") -> sqlite3.Connection:
    """A database as another program opens it: plain SQL, without any function of ours."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    migrate(db)
    db.execute(f"PRAGMA foreign_keys = {foreign_keys}")
    db.execute(DOCUMENT, {"id": "d", "text": text})
    return db


def values(start: object, end: object, quote: object, document: str = "d") -> dict[str, object]:
    return {"document": document, "start": start, "end": end, "quote": quote}


@pytest.mark.parametrize("statement", [EVIDENCE, PASSAGE], ids=["evidence", "passages"])
class TestQuotes:
    @pytest.mark.parametrize(
        ("start", "end", "quote"),
        [(0, 4, "Noor"), (11, 16, "Éva 👍"), (15, 16, "👍"), (17, 26, "schrijft."), (26, 26, ""), (0, 26, TEXT)],
    )
    def test_the_text_at_its_offsets_is_accepted(self, statement: str, start: int, end: int, quote: str) -> None:
        plain().execute(statement, values(start, end, quote))

    @pytest.mark.parametrize(
        ("start", "end", "quote"),
        [
            (0, 4, "noor"),  # another case
            (11, 14, "Eva"),  # without the accent
            (11, 14, "É" + "va "),  # longer than its span
            (11, 15, "E\u0301va"),  # the same to the eye, other code points
            (0, 3, "Noor"),
            (0, 5, "Noor"),
            (1, 5, "Noor"),
            (17, 27, "schrijft."),  # the end lies behind the text
            (27, 27, ""),  # so does an empty one, by one
            (40, 44, ""),
            (-9, 0, "schrijft."),  # SQLite counts a negative offset from the end
            (4, 0, "Noor"),
            (0, 4, None),
            (None, 4, "Noor"),
            (0, 4, b"Noor"),
            ("a", 4, "Noor"),
            (0.5, 4.5, "Noor"),
        ],
    )
    def test_anything_else_is_refused(self, statement: str, start: object, end: object, quote: object) -> None:
        db = plain()
        for verb in ("INSERT INTO", "INSERT OR REPLACE INTO"):
            with pytest.raises(sqlite3.IntegrityError):
                db.execute(statement.replace("INSERT INTO", verb), values(start, end, quote))
        for verb in ("INSERT OR IGNORE INTO", "INSERT OR FAIL INTO"):
            try:
                db.execute(statement.replace("INSERT INTO", verb), values(start, end, quote))
            except sqlite3.IntegrityError:
                continue
        table = statement.split()[2]
        assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)

    @pytest.mark.parametrize("foreign_keys", ["ON", "OFF"])
    def test_a_quote_needs_its_document(self, statement: str, foreign_keys: str) -> None:
        with pytest.raises(sqlite3.IntegrityError):
            plain(foreign_keys=foreign_keys).execute(statement, values(0, 4, "Noor", document="none"))

    @pytest.mark.parametrize("verb", ["UPDATE", "UPDATE OR IGNORE", "UPDATE OR REPLACE"])
    @pytest.mark.parametrize("change", ["{text} = 'Roon'", "start_offset = 1", "end_offset = 3"])
    def test_a_quote_cannot_be_made_wrong_afterwards(self, statement: str, verb: str, change: str) -> None:
        db = plain()
        db.execute(statement, values(0, 4, "Noor"))
        table, column = ("evidence", "quote") if statement is EVIDENCE else ("passages", "text")
        before = db.execute(f"SELECT * FROM {table}").fetchall()
        with pytest.raises(sqlite3.IntegrityError):
            db.execute(f"{verb} {table} SET {change.format(text=column)}")
        assert db.execute(f"SELECT * FROM {table}").fetchall() == before

    @pytest.mark.parametrize("foreign_keys", ["ON", "OFF"])
    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE documents SET text = 'Something else altogether'",
            "UPDATE documents SET id = 'd2'",
            "REPLACE INTO documents (id, path, sha256, media_type, encoding, size, ingested_at, text) SELECT id, path, "
            "sha256, media_type, encoding, size, ingested_at, 'Something else' FROM documents",
        ],
    )
    def test_the_text_cannot_change_under_a_quote(self, statement: str, change: str, foreign_keys: str) -> None:
        db = plain(foreign_keys=foreign_keys)
        db.execute(statement, values(0, 4, "Noor"))
        with pytest.raises(sqlite3.IntegrityError):
            db.execute(change)
        assert db.execute("SELECT id, text FROM documents").fetchall() == [("d", TEXT)]

    def test_another_document_cannot_take_a_quote_over(self, statement: str) -> None:
        db = plain()
        db.execute(DOCUMENT, {"id": "other", "text": "Fien " + TEXT[5:]})
        db.execute(statement, values(0, 4, "Noor"))
        table = statement.split()[2]
        with pytest.raises(sqlite3.IntegrityError):
            db.execute(f"UPDATE {table} SET document_id = 'other'")


def test_evidence_cannot_move_even_where_the_same_words_stand() -> None:
    db = plain()
    db.execute(DOCUMENT, {"id": "other", "text": TEXT})
    db.execute(EVIDENCE, values(0, 4, "Noor"))
    with pytest.raises(sqlite3.IntegrityError, match="another document"):
        db.execute("UPDATE evidence SET document_id = 'other'")


@pytest.mark.parametrize("text", ["a\0b", "\0", "ab\0"])
def test_a_text_with_a_nul_is_refused(text: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        plain(text)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), st.data())
def test_every_slice_of_every_text_is_accepted_and_no_other_text(text: str, data: st.DataObject) -> None:
    db = plain(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    db.execute(EVIDENCE, values(start, end, text[start:end]))
    db.execute("DELETE FROM evidence")
    other = data.draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=5))
    if other != text[start:end]:
        with pytest.raises(sqlite3.IntegrityError):
            db.execute(EVIDENCE, values(start, end, other))
    db.close()


def foreign_evidence(db: sqlite3.Connection) -> str:
    """The id of some evidence in the document of autumn."""
    sql = "SELECT e.id FROM evidence e JOIN documents d ON d.id = e.document_id WHERE d.path = ? ORDER BY e.id"
    identifier: str = db.execute(sql, (autumn().document.path,)).fetchone()[0]
    return identifier


@pytest.mark.parametrize(
    "column",
    [
        "meeting_evidence.evidence_id",
        "attendance.evidence_id",
        "schedule_entries.evidence_id",
        "agenda_items.evidence_id",
        "decisions.evidence_id",
        "actions.evidence_id",
        "actions.due_evidence_id",
        "action_owners.evidence_id",
    ],
)
def test_a_row_cannot_point_to_evidence_in_another_document(tmp_path: Path, column: str) -> None:
    db = open_database(tmp_path / "minutes.db", mode="write")
    save_record(db, autumn(), ingested_at=NOON)
    foreign = foreign_evidence(db)
    save_record(db, spring(), ingested_at=NOON)
    table, name = column.split(".")
    rowid = db.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0]
    with pytest.raises(sqlite3.IntegrityError, match="another document"):
        db.execute(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", (foreign, rowid))
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    copied = ", ".join("?" if c == name else f"{c} || 'x'" if c in ("id", "field") else c for c in columns)
    with pytest.raises(sqlite3.IntegrityError, match="another document"):
        db.execute(f"INSERT INTO {table} SELECT {copied} FROM {table} WHERE rowid = ?", (foreign, rowid))
    db.close()


def test_every_found_row_has_evidence(tmp_path: Path) -> None:
    db = open_database(tmp_path / "minutes.db", mode="write")
    save_record(db, spring(), ingested_at=NOON)
    for table in ("attendance", "schedule_entries", "agenda_items", "decisions", "actions"):
        with pytest.raises(sqlite3.IntegrityError):
            db.execute(f"UPDATE {table} SET evidence_id = NULL")
    used = """SELECT evidence_id FROM meeting_evidence UNION SELECT evidence_id FROM attendance
        UNION SELECT evidence_id FROM schedule_entries UNION SELECT evidence_id FROM agenda_items
        UNION SELECT evidence_id FROM decisions UNION SELECT evidence_id FROM actions
        UNION SELECT due_evidence_id FROM actions UNION SELECT evidence_id FROM action_owners"""
    unused = db.execute(f"SELECT kind, quote FROM evidence WHERE id NOT IN ({used.replace('UNION', 'UNION ALL')})")
    assert unused.fetchall() == []
    db.close()
