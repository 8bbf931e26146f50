"""Where sentences end: stops that belong to abbreviations, initials and days do not end one."""

import pytest

from minutes_nlp.language.sentences import sentences
from minutes_nlp.spans import CharSpan


def split(text: str, language: str) -> list[str]:
    """The sentences of a text."""
    return [sentence.text(text) for sentence in sentences(text, CharSpan(0, len(text)), language)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wir trafen uns am 22. Februar 2025 im Klubhaus.", "de"),
        ("Sitzung vom 3. März im Rathaus.", "unknown"),
        ("Het voorstel van dhr. Peeters wordt besproken.", "nl"),
        ("Mme A. Collin présente le budget, cf. p. 12 du rapport.", "fr"),
        ("Bijv. Lotte kan de zaal openen, d.w.z. 's morgens.", "nl"),
        ("Het plan is o.l.v. Wannes opgemaakt i.h.k.v. Wijk 2030.", "nl"),
        ("La Sté. Batilux passe le 3 juill. Place Verte.", "fr"),
    ],
)
def test_the_stop_belongs_to_its_word(text: str, language: str) -> None:
    assert split(text, language) == [text]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wir sind 22. Februar war kalt.", "nl"),  # no month of that language
        ("Es kamen 22. Niemand fehlte.", "de"),
        ("De rekening is 122. Maart was duur.", "nl"),
    ],
)
def test_a_number_may_end_a_sentence(text: str, language: str) -> None:
    assert len(split(text, language)) == 2


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le devis vient de l'ASBL. La salle est libre.", "fr"),
        ("De nota gaat naar de RvB. Het TO leest hem na.", "nl"),
    ],
)
def test_a_word_in_capitals_is_no_initial(text: str, language: str) -> None:
    assert len(split(text, language)) == len(text.split(". "))
