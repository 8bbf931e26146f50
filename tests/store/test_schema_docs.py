"""The page about the database says all and is up to date."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from minutes_nlp.errors import StoreError
from minutes_nlp.store.migrations import migrate
from minutes_nlp.store.schema_docs import main, relations, schema_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "schema.md"


def database(more: str = "") -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    migrate(db)
    db.executescript(more)
    return db


def test_the_page_is_up_to_date() -> None:
    """Else: `python -m minutes_nlp.store.schema_docs docs/schema.md`."""
    with closing(database()) as db:
        assert PAGE.read_text(encoding="utf-8") == schema_page(db)


def test_every_table_view_and_column_is_described() -> None:
    with closing(database()) as db:
        for relation in relations(db):
            assert relation.description.strip(), relation.name
            for column in relation.columns:
                assert column.description.strip(), f"{relation.name}.{column.name}"


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ("CREATE TABLE surprises (x)", "surprises"),
        ("ALTER TABLE people ADD COLUMN shoe_size INTEGER", "people.shoe_size"),
        ("DROP VIEW people_view", "people_view"),
        ("ALTER TABLE documents DROP COLUMN media_type", "media_type"),
    ],
)
def test_what_has_no_description_or_no_column_is_found(change: str, missing: str) -> None:
    with closing(database(change)) as db, pytest.raises(StoreError, match=missing):
        relations(db)


def test_the_page_is_written_where_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(tmp_path / "page.md")])
    main([])
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == capsys.readouterr().out
