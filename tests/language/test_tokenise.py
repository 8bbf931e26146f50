"""Tokens cover the text, and sentences begin where they should."""

from __future__ import annotations

import spacy
from hypothesis import given
from hypothesis import strategies as st

from minutes_nlp.language import detector, normalise
from minutes_nlp.language.tokenise import make_doc
from minutes_nlp.reading.readers import read_content

VOCAB = spacy.blank("xx").vocab


def doc_of(text: str):
    return make_doc(normalise(read_content(text.encode(), name="a.txt"), detector()), VOCAB)


def test_a_token_is_a_word_with_what_is_joined_to_it_a_sign_or_white_space() -> None:
    doc = doc_of("Mr. D'Hondt (OCMW-raad) zag foto's op 12.05, toch?\n\nL’école  suit.")
    assert [token.text for token in doc] == [
        *("Mr", ".", "D'Hondt", "(", "OCMW-raad", ")", "zag", "foto's", "op", "12.05", ",", "toch", "?"),
        *("\n", "L’école", " ", "suit", "."),
    ]


def test_sentences_begin_with_blocks_and_after_stops() -> None:
    doc = doc_of("De raad keurt goed. Dhr. Maas belt.\n\nBravo")
    assert [sentence.text.strip() for sentence in doc.sents] == ["De raad keurt goed.", "Dhr. Maas belt.", "Bravo"]


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=60).map(
        lambda text: f"Verslag {text} einde"
    )
)
def test_the_tokens_are_the_text(text: str) -> None:
    normalised = normalise(read_content(text.encode(), name="a.txt"), detector())
    doc = make_doc(normalised, VOCAB)
    assert doc.text == normalised.text
