"""A database with a Dutch and a French meeting of one group, and a ledger of their actions."""

from contextlib import closing
from pathlib import Path

import pytest
from invented_ledger import fill_ledger
from invented_records import NOON, autumn, spring

from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import save_record


def make_database(folder: Path) -> Path:
    path = folder / "minutes.db"
    with closing(open_database(path, mode="write")) as db:
        save_record(db, spring(), ingested_at=NOON)
        save_record(db, autumn(), ingested_at=NOON)
        fill_ledger(db)
    return path


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database of the test's own."""
    return make_database(tmp_path)


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One database for all tests that only look."""
    return make_database(tmp_path_factory.mktemp("unchanged"))
