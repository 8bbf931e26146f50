"""Passages as people read them: the cells of a table apart, without the column that stands beside them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from invented_records import NOON, evidence, facts

from minutes_nlp.query.readable import one_line, passage_at
from minutes_nlp.query.tasks import find_tasks
from minutes_nlp.records import ActionItem, Meeting, MeetingRecord, Passage
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import save_record

TWO_COLUMNS = """Verslag
| Noor maakt de affiche en    | Noor fait l'affiche et      |
| hangt ze op aan de zaal.    | la met à la salle.          |
| Fien boekt de zaal.         | Fien réserve la salle.      |
+-----------------------------+-----------------------------+
"""


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Noor maakt\n   de affiche.", "Noor maakt de affiche."),
        ("Noor | de affiche | | open", "Noor | de affiche | | open"),
        ("| Noor | de affiche |", "Noor | de affiche"),
        ("01     De affiche maken          Noor    open", "01 | De affiche maken | Noor | open"),
        ("9u00:\tOnthaal", "9u00: | Onthaal"),
        ("+----+----+\n| a  | b  |\n+----+----+", "a | b"),
        ("Een  dubbele spatie  is geen cel.", "Een dubbele spatie is geen cel."),
        ("  - een punt\n    dat verder gaat", "- een punt dat verder gaat"),
        ("   \n", ""),
    ],
)
def test_cells_are_apart_and_lines_are_one(text: str, read: str) -> None:
    assert one_line(text) == read


def hull(words: str, last: str) -> Passage:
    start = TWO_COLUMNS.index(words)
    return Passage(
        start=start, end=TWO_COLUMNS.index(last) + len(last), kind="paragraph", language="nl" if "No" in words else None
    )


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    actions = [
        ActionItem(evidence=evidence(TWO_COLUMNS, words), recogniser="test.v1")
        for words in ("Fien boekt de zaal.", "Fien réserve la salle.")
    ]
    record = MeetingRecord(
        document=facts("a.txt", TWO_COLUMNS),
        text=TWO_COLUMNS,
        meeting=Meeting(title="Verslag", date="2024-03-04"),
        actions=tuple(actions),
        passages=(hull("Noor maakt", "Fien boekt de zaal."), hull("Noor fait", "Fien réserve la salle.")),
    )
    with closing(open_database(tmp_path / "minutes.db", mode="write")) as connection:
        save_record(connection, record, ingested_at=NOON)
        yield connection


def test_a_passage_is_that_of_its_own_column(db: sqlite3.Connection) -> None:
    assert {task.text: task.passage for task in find_tasks(db)} == {
        "Fien boekt de zaal.": "Noor maakt de affiche en hangt ze op aan de zaal. Fien boekt de zaal.",
        "Fien réserve la salle.": "Noor fait l'affiche et la met à la salle. Fien réserve la salle.",
    }


def test_where_no_block_is_there_is_no_passage(db: sqlite3.Connection) -> None:
    assert passage_at(db, "a.txt", 0, 7) == ""
    assert passage_at(db, "nowhere.txt", 0, 7) == ""
