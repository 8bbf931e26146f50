"""Ids depend on what they are made from only; names are compared without case and accents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_nlp.store.identity import RowIds, fold, stable_id, storable


def test_an_id_is_the_same_on_every_machine() -> None:
    assert stable_id("person", "noor verbiest") == "37f86032a4b03411"


def test_parts_of_an_id_do_not_run_into_each_other() -> None:
    assert stable_id("ab", "c") != stable_id("a", "bc")


def test_rows_of_one_kind_at_one_place_get_different_ids() -> None:
    ids = RowIds("d")
    given_out = [ids.of("decision", 3, 9), ids.of("decision", 3, 9), ids.of("action", 3, 9)]
    assert len(set(given_out)) == 3
    again = RowIds("d")
    assert given_out == [again.of("decision", 3, 9), again.of("decision", 3, 9), again.of("action", 3, 9)]


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Hélène  LECŒUR", "helene lecoeur"),
        ("D’Hondt", "d'hondt"),
        ("Straße", "strasse"),
        (" Çelik\nØrsted ", "celik orsted"),
        ("ﬁn", "fin"),
        ("", ""),
    ],
)
def test_names_are_compared_without_case_and_accents(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_what_is_storable_can_be_stored(text: str) -> None:
    storable(text).encode("utf-8")


def test_a_lone_surrogate_becomes_a_question_mark() -> None:
    assert storable("a\ud800b") == "a?b"
