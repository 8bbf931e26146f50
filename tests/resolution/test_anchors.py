"""A passage is found again by its words, by what stood around it, and by where it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_nlp.records import Evidence
from minutes_nlp.records.corrections import Context
from minutes_nlp.resolution.correcting.anchors import context_of, locate, locate_beside
from minutes_nlp.resolution.correcting.claims import overlap
from minutes_nlp.spans import CharSpan

LIST = "Aanwezig: Noor, Bram\n\nNoor belt de zaal.\nBram zoekt een tent.\n\nVerontschuldigd: Noor\n"


def passage(text: str, quote: str, occurrence: int = 1) -> tuple[Evidence, Context]:
    start = -1
    for _ in range(occurrence):
        start = text.index(quote, start + 1)
    span = CharSpan(start, start + len(quote))
    return Evidence(start=start, end=span.end, quote=quote), context_of(span, text)


@pytest.mark.parametrize("occurrence", [1, 2, 3])
def test_in_the_same_text_it_is_where_it_was(occurrence: int) -> None:
    found, context = passage(LIST, "Noor", occurrence)
    assert locate(found, context, LIST) == (found.start, found.end)


@pytest.mark.parametrize("occurrence", [1, 2, 3])
def test_what_stands_around_it_tells_it_from_others_wherever_it_goes(occurrence: int) -> None:
    found, context = passage(LIST, "Noor", occurrence)
    grown = "Noor was hier.\n" * 40 + LIST
    assert locate(found, context, grown) == (found.start + 600, found.end + 600)


def test_of_equal_surroundings_the_nearest_counts() -> None:
    text = "- zaal\n" * 20
    found, context = passage(text, "zaal", 11)
    assert locate(found, context, text) == (found.start, found.end)


def test_white_space_may_differ() -> None:
    found, context = passage(LIST, "Noor belt de zaal.")
    place = locate(found, context, LIST.replace("belt de", "belt\n   de"))
    assert place is not None
    assert place.length == len("Noor belt\n   de zaal.")


@pytest.mark.parametrize(
    "changed",
    [
        LIST.replace("Noor belt de zaal.", "Noor belt een zaal."),
        LIST.replace("Noor belt de zaal.\n", ""),
        "",
    ],
)
def test_other_words_are_not_it(changed: str) -> None:
    found, context = passage(LIST, "Noor belt de zaal.")
    assert locate(found, context, changed) is None


def test_a_name_somewhere_else_is_not_it_a_long_sentence_is() -> None:
    name, around = passage(LIST, "Noor", 3)
    assert locate(name, around, "Noor belt de zaal.") is None
    sentence, around = passage(LIST, "Bram zoekt een tent.")
    assert locate(sentence, around, "Besloten: Bram zoekt een tent. En verder niets.") == (10, 30)


def test_without_context_the_words_alone_count() -> None:
    found, _ = passage(LIST, "Bram", 2)
    assert locate(found, Context(), LIST) == (found.start, found.end)


def test_an_empty_passage_stays_where_it_is_or_is_lost() -> None:
    nothing = Evidence(start=3, end=3, quote="")
    assert locate(nothing, Context(), LIST) == (3, 3)
    assert locate(nothing, Context(), "ab") is None


def test_a_short_quote_is_found_beside_the_passage_that_it_corrects() -> None:
    before, context = passage(LIST, "Noor belt de zaal.")
    inner = Evidence(start=before.start + 5, end=before.start + 9, quote="belt")
    grown = "Wie belt er?\n" * 30 + LIST
    assert locate_beside(inner, before, locate(before, context, grown), grown) == (inner.start + 390, inner.end + 390)
    assert locate_beside(inner, before, None, grown) is None
    far = "x" * 2000 + "belt"
    assert locate_beside(inner, before, CharSpan(0, 18), far) is None


@given(st.text(alphabet="ab \n", min_size=1, max_size=60), st.data())
def test_any_passage_of_any_text_is_found_in_that_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = Evidence(start=start, end=end, quote=text[start:end])
    assert locate(found, context_of(CharSpan(start, end), text), text) == (start, end)


@given(st.tuples(st.integers(0, 9), st.integers(0, 9)), st.tuples(st.integers(0, 9), st.integers(0, 9)))
def test_the_overlap_is_that_of_the_letters(one: tuple[int, int], other: tuple[int, int]) -> None:
    first, second = CharSpan(*sorted(one)), CharSpan(*sorted(other))
    letters, others = set(range(*first)), set(range(*second))
    if letters or others:
        assert overlap(first, second) == len(letters & others) / len(letters | others)
    assert overlap(first, second) == overlap(second, first)
    assert overlap(first, first) == 1.0
