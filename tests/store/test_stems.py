"""Stems: the forms of a word have one, each language its own; and a database from before the stems gets them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_nlp.store.connect import open_database
from minutes_nlp.store.migrations import migrate, migrations
from minutes_nlp.store.search import Query
from minutes_nlp.store.stems import Stems, word_stems


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("nl", "vergadering", "vergaderingen"),
        ("nl", "goedgekeurd", "goedkeuren"),
        ("fr", "réunion", "réunions"),
        ("fr", "approuvée", "approuver"),
        ("fr", "reunions", "réunion"),
        ("en", "meetings", "meeting"),
        ("de", "Sitzungen", "Sitzung"),
    ],
)
def test_forms_of_a_word_share_a_stem(language: str, one: str, other: str) -> None:
    stems = Stems([language])
    assert stems.of(one) & stems.of(other)


@pytest.mark.parametrize(
    ("language", "typed", "written"),
    [
        ("fr", "approuvee", "approuvé"),
        ("fr", "approuvees", "approuver"),
        ("fr", "approuver", "APPROUVEES"),
        ("fr", "premiere", "premiers"),
        ("fr", "subsidies", "subsidiée"),
        ("nl", "financiele", "financieel"),
        ("nl", "creeren", "gecreëerd"),
    ],
)
def test_accents_and_inflection_are_forgiven_together(language: str, typed: str, written: str) -> None:
    assert Stems([language]).of(typed) & Stems([language]).of(written)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("fr", "decidee", "décimer"), ("fr", "nee", "neuve"), ("nl", "financieel", "financier")],
)
def test_words_that_begin_alike_are_not_taken_for_forms_of_one(language: str, one: str, other: str) -> None:
    assert not Stems([language]).of(one) & Stems([language]).of(other)


def test_words_that_only_look_alike_do_not() -> None:
    assert not Stems(["nl"]).of("vergadering") & Stems(["nl"]).of("vergeten")
    assert not Stems(["nl"]).of("points") & Stems(["fr"]).of("points")


def test_the_stems_of_a_text_are_those_of_its_language_once_each() -> None:
    assert word_stems("De plannen, het plan en 12 plannen van A.", "nl").split() == ["nlplan", "nlhet", "nlvan"]
    assert {stem[:2] for stem in word_stems("plan", None).split()} == {"nl", "fr", "en", "de"}


@given(st.text(max_size=40), st.sampled_from(["nl", "fr", "en", "de"]))
def test_what_is_found_in_the_index_is_marked_in_the_text(text: str, language: str) -> None:
    words = [word for word in text.split() if any(map(str.isalpha, word))]
    for word in words[:2]:
        plain = "".join(filter(str.isalpha, word))
        if Stems([language]).of(plain) and plain.isascii():
            assert Query(plain).hits(f"{plain} {text}", [language])[0] == (0, len(plain))


def test_an_older_database_gets_the_stems_of_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "minutes.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        migrate(db, migrations()[:3])
        db.execute(
            "INSERT INTO documents (id, path, sha256, media_type, encoding, size, ingested_at, text) "
            "VALUES ('d', 'a.txt', 'x', 'text/plain', 'utf-8', 1, 'now', 'Twee vergaderingen.')"
        )
        db.execute(
            "INSERT INTO passages (id, document_id, position, start_offset, end_offset, kind, level, language, text) "
            "VALUES ('p', 'd', 0, 0, 19, 'paragraph', 0, 'nl', 'Twee vergaderingen.')"
        )
    with closing(open_database(path, mode="write")) as db:
        sql = "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ?"
        assert db.execute(sql, (Query("vergadering").expression,)).fetchall() == [(1,)]
        assert db.execute(sql, (Query("verslag").expression,)).fetchall() == []
        db.execute("DELETE FROM documents")
        db.execute("INSERT INTO passages_fts (passages_fts, rank) VALUES ('integrity-check', 1)")
