"""Stems: the forms of a word have one, each language its own; and a database from before the stems gets them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_records import NOON, spring

from minutes_nlp.store.connect import open_database
from minutes_nlp.store.migrations import migrate, migrations
from minutes_nlp.store.search import Query
from minutes_nlp.store.stems import Stems, stem_rules, word_stems
from minutes_nlp.store.write import save_record


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


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("nl", "verslag", "verslagen"),
        ("nl", "bestuurslid", "bestuursleden"),
        ("nl", "kopie", "kopieën"),
        ("nl", "groot", "grote"),
        ("nl", "nieuw", "nieuwe"),
        ("nl", "bezorgen", "bezorgt"),
        ("nl", "beslissen", "besliste"),
        ("nl", "bespreken", "besproken"),
        ("fr", "commission", "commissions"),
        ("fr", "lieu", "lieux"),
        ("fr", "active", "actif"),
        ("fr", "publics", "publique"),
        ("fr", "approuver", "approuvent"),
        ("fr", "prendre", "prise"),
        ("fr", "recevoir", "recu"),
    ],
)
def test_who_searches_a_form_finds_the_others_that_have_a_stem_of_their_own(
    language: str, one: str, other: str
) -> None:
    stems = Stems([language])
    assert not stems.of(one) & stems.of(other), "no longer a form apart: it tests nothing"
    assert stems.of_forms(one) & stems.of(other)
    assert stems.of_forms(other) & stems.of(one)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("nl", "man", "maan"),
        ("nl", "bom", "boom"),
        ("nl", "les", "lees"),
        ("nl", "dag", "daad"),
        ("fr", "mer", "maire"),
        ("nl", "ete", "een"),
    ],
)
def test_other_words_are_no_forms(language: str, one: str, other: str) -> None:
    assert not Stems([language]).of_forms(one) & Stems([language]).of(other)


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


def test_stems_by_older_rules_are_made_anew_when_the_database_is_next_opened_for_writing(tmp_path: Path) -> None:
    path = tmp_path / "minutes.db"
    with closing(open_database(path, mode="write")) as db:
        save_record(db, spring(), ingested_at=NOON)
        ours = db.execute("SELECT number, stems FROM passages ORDER BY number").fetchall()
        db.execute("UPDATE passages SET stems = 'nlanders'")
        assert found(db, "offertes") == [], "present rules: nothing is worked out again"
    with closing(open_database(path, mode="write")) as db:
        assert found(db, "offertes") == []
        db.execute("PRAGMA user_version = 0")
    with closing(open_database(path)) as db:
        assert found(db, "offertes") == [], "who only reads changes nothing"
    with closing(open_database(path, mode="write")) as db:
        assert db.execute("SELECT number, stems FROM passages ORDER BY number").fetchall() == ours
        assert found(db, "offertes") == ["José vraagt in mei een offerte voor de tent."]
        assert found(db, "anders") == []


def found(db: sqlite3.Connection, typed: str) -> list[str]:
    sql = "SELECT text FROM passages_fts WHERE passages_fts MATCH ?"
    return [row[0] for row in db.execute(sql, (Query(typed).expression,))]


def test_the_number_of_the_rules_fits_the_header_of_a_database() -> None:
    assert 0 < stem_rules() < 2**31
