"""The ledger follows the documents: the same whatever the order, only what changed, nothing closed in silence."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minutes_nlp import ledger
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import delete_document
from tests.invented_minutes import events, everything, minutes, put

MEETINGS = (
    minutes("a.txt", "2024-03-04", "+ Noor Verbiest\n! Noor bestelt de tent voor het zomerfeest @Noor Verbiest"),
    minutes("b.txt", "2024-04-01", "! Fien telt de fietsen bij het station in mei @Fien Draulans"),
    minutes("c.txt", "2024-05-06", "De tent voor het zomerfeest werd besteld door Noor."),
    minutes("d.txt", "2024-05-07", "! Wout herstelt het dak van de school @Wout", body="stuurgroep Lindebeke"),
)


def test_the_ledger_is_the_same_in_any_order_of_ingest(db: sqlite3.Connection, tmp_path: Path) -> None:
    put(db, *MEETINGS)
    with closing(open_database(tmp_path / "other.db", mode="write")) as other:
        for record in reversed(MEETINGS):
            put(other, record)
        assert everything(other) == everything(db)


def test_refreshing_again_writes_nothing(db: sqlite3.Connection) -> None:
    put(db, *MEETINGS)
    before = db.total_changes
    put(db)
    assert db.total_changes == before


def test_only_the_series_that_changed_is_worked_out_again(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(db, *MEETINGS)
    worked: list[str] = []
    write = ledger.write_series
    monkeypatch.setattr(
        ledger, "write_series", lambda db, series, *rest: (worked.append(series), write(db, series, *rest))
    )
    put(db, minutes("e.txt", "2024-06-03", "Niets.", body="stuurgroep Lindebeke"))
    assert worked == [db.execute("SELECT series FROM meetings WHERE title LIKE '%2024-06-03'").fetchone()[0]]


def test_what_was_interrupted_is_made_up_for(db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as interrupted:
        interrupted.setattr(ledger, "write_series", stop)
        with pytest.raises(KeyboardInterrupt):
            put(db, *MEETINGS)
    assert db.execute("SELECT count(*) FROM ledger_actions").fetchone() == (0,)
    assert db.execute("SELECT count(*) FROM open_actions").fetchone() == (3,)
    put(db)
    assert [kind for _, kind in events(db, "Noor bestelt")] == ["created", "done"]


def test_a_document_that_goes_takes_what_it_said_with_it(db: sqlite3.Connection) -> None:
    put(db, *MEETINGS)
    delete_document(db, "c.txt")
    put(db)
    assert [kind for _, kind in events(db, "Noor bestelt")] == ["created"]
    delete_document(db, "a.txt")
    put(db)
    assert events(db, "Noor bestelt") == []
    assert db.execute("SELECT count(*) FROM evidence WHERE kind = 'ledger'").fetchone() == (0,)


def test_a_changed_document_is_followed_anew(db: sqlite3.Connection) -> None:
    put(db, *MEETINGS)
    put(db, minutes("c.txt", "2024-05-06", "De tent voor het zomerfeest is te duur."))
    assert [kind for _, kind in events(db, "Noor bestelt")] == ["created"]


def test_every_row_of_the_ledger_quotes_what_stands_there(db: sqlite3.Connection) -> None:
    put(db, *MEETINGS)
    sql = """SELECT substr(d.text, e.start_offset + 1, e.end_offset - e.start_offset), e.quote
        FROM ledger_events v JOIN evidence e ON e.id = v.evidence_id JOIN documents d ON d.id = e.document_id"""
    rows = db.execute(sql).fetchall()
    assert len(rows) == 4
    assert all(text == quote for text, quote in rows)


WORDS = ("tent", "affiche", "budget", "dak", "school", "fietsen", "sleutels", "zaal", "offerte", "lijst", "leden")
ITEM = st.builds(
    lambda verb, words, owner: f"! {owner} {verb} {' en '.join(words)} @{owner}",
    st.sampled_from(("bestelt", "bezorgt", "telt", "herstelt")),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True),
    st.sampled_from(("Noor", "Fien", "Wout")),
)
PLAIN = st.sampled_from(("De leden bespreken het budget.", "De tent is groot.", "De zaal wordt nog niet gereserveerd."))


@given(st.lists(st.lists(st.one_of(ITEM, PLAIN), min_size=1, max_size=4), min_size=1, max_size=5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_action_is_never_closed_in_silence(texts: list[list[str]]) -> None:
    """Where no passage says that anything is done or dropped, everything asked stays open, and nothing is lost."""
    with TemporaryDirectory() as folder, closing(open_database(Path(folder) / "minutes.db", mode="write")) as db:
        put(db, *[minutes(f"{n}.txt", f"2024-0{n + 1}-04", "\n".join(lines)) for n, lines in enumerate(texts)])
        assert db.execute("SELECT count(*) FROM ledger_actions WHERE status <> 'open'").fetchone() == (0,)
        asked = db.execute("SELECT count(*) FROM actions WHERE is_repeat = 0").fetchone()
        told = db.execute("SELECT count(DISTINCT action_id) FROM ledger_events").fetchone()
        assert told == asked
