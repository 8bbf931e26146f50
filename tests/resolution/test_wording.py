"""Passages are compared by what they are about, not by their grammar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_nlp.resolution.wording import Weights, likeness, stems, translations, wording

_WORDS = ("offerte", "dak", "school", "tent", "leden", "lijst", "budget", "affiche", "sleutels", "zaal", "12", "14")
WORDS = st.lists(st.sampled_from(_WORDS), max_size=6)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Noor bezorgt de plannen aan de architect", "De plannen werden aan de architecten bezorgd", "nl"),
        ("Noor vraagt een offerte", "Een offerte vragen", "nl"),
        ("Envoyer les convocations", "Les convocations ont été envoyées", "fr"),
        ("- [ ] Het dak herstellen", "Het dak herstellen", "nl"),
        ("De lijst [issue #18](https://example.org/issues/18) nakijken", "De lijst, issue 18, nakijken", "nl"),
    ],
)
def test_endings_and_small_words_make_no_difference(one: str, other: str, language: str) -> None:
    assert wording(one, language, without=["Noor"]).stems == wording(other, language).stems


def test_the_names_of_owners_are_left_out() -> None:
    assert wording("Noor Verbiest belt de drukker", "nl", without=["Noor Verbiest"]) == wording("belt de drukker", "nl")


def test_numbers_are_told_apart() -> None:
    one, other = wording("issue 12 nakijken", "nl"), wording("issue 014 nakijken", "nl")
    assert (one.numbers, other.numbers) == ({"12"}, {"14"})
    assert likeness(one, other, Weights([one, other])).other_numbers


@pytest.mark.parametrize(
    ("dutch", "french"),
    [("offerte", "devis"), ("gemeente", "commune"), ("leden", "membres"), ("verzekering", "assurance")],
)
def test_words_are_translated_both_ways(dutch: str, french: str) -> None:
    [one], [other] = stems(dutch, "nl"), stems(french, "fr")
    assert other in translations(one, "nl", "fr")
    assert one in translations(other, "fr", "nl")


def test_what_is_not_known_is_not_translated() -> None:
    assert translations("wilgenhof", "nl", "fr") == frozenset()
    assert translations("offert", "nl", "de") == frozenset()


@given(WORDS, WORDS)
def test_likeness_is_a_share_and_the_same_from_both_sides(one: list[str], other: list[str]) -> None:
    first, second = wording(" ".join(one), "nl"), wording(" ".join(other), "nl")
    weights = Weights([first, second])
    there, back = likeness(first, second, weights), likeness(second, first, weights)
    assert 0 <= there.dice <= there.inside <= 1.0000001
    assert (there.dice, there.inside, there.shared, there.contrast) == (
        pytest.approx(back.dice),
        pytest.approx(back.inside),
        back.shared,
        back.contrast,
    )
    if first.stems and first.stems == second.stems:
        assert there.dice == pytest.approx(1)


def test_a_rare_word_counts_more() -> None:
    passages = [wording(text, "nl") for text in ("dak school", "dak tent", "dak zaal", "dak leden")]
    weights = Weights(passages)
    assert weights.of("tent") > weights.of("dak") > 0
