"""A database with a Dutch and a French meeting of one group, read-only."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from invented_records import NOON, autumn, spring

from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import save_record


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "minutes.db"
    with closing(open_database(path, mode="write")) as writing:
        save_record(writing, spring(), ingested_at=NOON)
        save_record(writing, autumn(), ingested_at=NOON)
    return path


@pytest.fixture
def db(database: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_database(database)) as connection:
        yield connection
