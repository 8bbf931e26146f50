"""Full-text search: accents and case don't matter, and nothing typed is a wrong query."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from invented_records import NOON, facts, passages

from minutes_nlp.query.search import search_passages, themes_named
from minutes_nlp.records import MeetingRecord, Passage
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.search import match_expression
from minutes_nlp.store.write import save_record


def texts(db: sqlite3.Connection, words: str) -> list[str]:
    return [row.text for row in search_passages(db, words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ete", ["L'été est chaud à Lindebeke."]),
        ("ÉTÉ chaud", ["L'été est chaud à Lindebeke."]),
        ("l'été", ["L'été est chaud à Lindebeke."]),
        ("offerte tent", ["José vraagt in mei een offerte voor de tent."]),
        ("tent offerte", ["José vraagt in mei een offerte voor de tent."]),
        ('"offerte tent"', []),
        ('"voor de tent"', ["José vraagt in mei een offerte voor de tent."]),
        ("«voor de» tent", ["José vraagt in mei een offerte voor de tent."]),
        ("offer", []),
        ("offer*", ["José vraagt in mei een offerte voor de tent."]),
        ("report*", ["Le groupe décide de reporter le point."]),
        ("offerte AND", []),  # a word like any other, and not there
        ("text:offerte", []),
        ("", []),
        ("?! - *", []),
    ],
)
def test_passages_hold_all_the_words(db: sqlite3.Connection, words: str, expected: list[str]) -> None:
    assert texts(db, words) == expected


@pytest.mark.parametrize(
    ("language", "text", "words", "marked"),
    [
        ("nl", "De vergaderingen zijn gepland.", "vergadering", ["vergaderingen"]),
        ("nl", "De vergadering keurt de offertes goed.", "offerte vergaderingen", ["vergadering", "offertes"]),
        ("fr", "Le point est reporté.", "reporter points", ["point", "reporté"]),
        ("fr", "La convention a été approuvée.", "approuvee", ["approuvée"]),
        ("nl", "De vergaderingen zijn gepland.", '"vergadering"', []),  # as typed
        ("nl", "De vergaderingen zijn gepland.", "vergeten", []),
    ],
)
def test_inflected_words_are_found_and_marked(
    tmp_path: Path, language: str, text: str, words: str, marked: list[str]
) -> None:
    whole = (Passage(start=0, end=len(text), kind="paragraph", language=language),)
    with closing(open_database(tmp_path / "minutes.db", mode="write")) as db:
        record = MeetingRecord(document=facts("a.txt", text), text=text, passages=whole)
        save_record(db, record, ingested_at=NOON)
        found = search_passages(db, words)
    assert [row.text[start:end] for row in found for start, end in row.hits] == marked


def test_a_name_in_one_language_finds_the_body_in_the_other(tmp_path: Path) -> None:
    text = "La Commune de Forest a répondu.\nForest est loin."
    with closing(open_database(tmp_path / "minutes.db", mode="write")) as db:
        save_record(
            db, MeetingRecord(document=facts("a.txt", text), text=text, passages=passages(text)), ingested_at=NOON
        )
        assert texts(db, "gemeente vorst") == []
        db.execute("INSERT INTO organisations (id, name, name_folded) VALUES ('o', 'Vorst', 'vorst')")
        db.executemany(
            "INSERT INTO organisation_names (organisation_id, name, name_folded) VALUES ('o', ?, lower(?))",
            [("Gemeente Vorst", "Gemeente Vorst"), ("Commune de Forest", "Commune de Forest")],
        )
        (row,) = search_passages(db, "gemeente vorst")
    assert [row.text[start:end] for start, end in row.hits] == ["Commune de Forest"]


@pytest.mark.parametrize("words", ["AND", "en", "et des", "van de", "und", "for the"])
def test_words_that_say_nothing_name_no_theme(db: sqlite3.Connection, words: str) -> None:
    assert themes_named(db, words) == []


def test_words_name_a_theme_in_any_language_and_inflected(db: sqlite3.Connection) -> None:
    assert themes_named(db, "begrotingen") == ["finance"]
    assert themes_named(db, "budgets") == ["finance"]
    assert themes_named(db, "begroting zomerfeest") == []
    assert themes_named(db, "Finances et budget") == ["finance"]
    assert themes_named(db, "gezondheid en welzijn") == ["health-wellbeing"]
    assert themes_named(db, "") == []


@pytest.mark.parametrize(("words", "other"), [("oeuvre", "L’œuvre"), ("œuvre", "L’oeuvre"), ("COEUR", "Le cœur")])
def test_a_ligature_is_two_letters(tmp_path: Path, words: str, other: str) -> None:
    with closing(open_database(tmp_path / "minutes.db", mode="write")) as db:
        save_record(
            db, MeetingRecord(document=facts("a.txt", other), text=other, passages=passages(other)), ingested_at=NOON
        )
        assert texts(db, words) == [other]


def test_a_passage_says_where_the_words_stand(db: sqlite3.Connection) -> None:
    (row,) = search_passages(db, "maakt affiche")
    assert [row.text[start:end] for start, end in row.hits] == ["maakt", "affiche"]
    assert (row.meeting_date, row.document, row.start, row.end) == ("2024-03-04", "wilgenhof/2024-03-04.txt", 272, 309)
    assert row.snippet == row.text


def test_a_long_passage_is_cut_around_the_words(tmp_path: Path) -> None:
    text = "Hier staat niets bijzonders. " * 30 + "Maar hier een narwal. " + "En dan weer niets. " * 30
    with closing(open_database(tmp_path / "minutes.db", mode="write")) as db:
        save_record(
            db, MeetingRecord(document=facts("a.txt", text), text=text, passages=passages(text)), ingested_at=NOON
        )
        (row,) = search_passages(db, "narwal")
    assert "narwal" in row.snippet
    assert row.snippet.startswith("…")
    assert row.snippet.endswith("…")
    assert len(row.snippet) < 400
    assert [row.text[start:end] for start, end in row.hits] == ["narwal"]


def test_the_limit_holds(db: sqlite3.Connection) -> None:
    assert len(search_passages(db, "noor")) == 4
    assert len(search_passages(db, "noor", 2)) == 2


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text())
@example(words='"')
@example(words='a" OR "b')
@example(words="NEAR(a b, 3)")
@example(words="-a ^b +c {d e} : f")
@example(words="\0")
@example(words="a\0b")
@example(words="\udce9t\udce9")
@example(words="oe" * 40)
def test_whatever_is_typed_is_a_query(db: sqlite3.Connection, words: str) -> None:
    search_passages(db, words)


def test_many_ligatures_do_not_make_an_endless_query() -> None:
    assert len(match_expression("oe" * 40)) < 2000
