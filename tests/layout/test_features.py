"""What can be read off a block: its number, its form."""

import pytest

from minutes_nlp.layout.features import describe
from minutes_nlp.layout.words import Role, vocabulary


@pytest.mark.parametrize(
    ("line", "number", "title", "ordinal"),
    [
        ("3. Kermis", "3", "Kermis", 3),
        ("2.1) Kraampjes", "2.1", "Kraampjes", 1),
        ("04 Vraag van Roel Hazewind", "04", "Vraag van Roel Hazewind", 4),
        ("Punt 5: Vlaggen", "5", "Vlaggen", 5),
        ("TOP 2 Kassenbericht", "2", "Kassenbericht", 2),
        ("IV. Trésorerie", "IV", "Trésorerie", 4),
        ("B) Verkeer", "B", "Verkeer", 2),
        ("12 leden waren akkoord", None, "12 leden waren akkoord", None),
        ("9 mei 2026 : feest", None, "9 mei 2026 : feest", None),
        ("9u30 Onthaal", None, "9u30 Onthaal", None),
        ("De kermis", None, "De kermis", None),
    ],
)
def test_the_number_of_a_line(laid, line, number, title, ordinal):
    (feature,) = describe(laid(line).normalised, vocabulary())
    assert (feature.number, feature.title, feature.ordinal) == (number, title, ordinal)


@pytest.mark.parametrize("line", ["18 oktober 2025", "lundi 3 mars", "12/05/2024", "Mai"])
def test_a_date_is_told_from_a_title(line):
    assert vocabulary().is_date(line)


@pytest.mark.parametrize("line", ["Feest van 3 mei", "2025 en verder", ""])
def test_a_title_with_a_date_in_it_is_no_date(line):
    assert not vocabulary().is_date(line)


def test_sentences_have_more_function_words_than_lists_of_names(laid):
    sentence, names = describe(
        laid(
            "De raad besluit dat het plein wordt heraangelegd.\n\nAnna van den Berg, Luc de Wit (voorzitter)"
        ).normalised,
        vocabulary(),
    )
    assert sentence.small > 0.2
    assert names.small < 0.1


@pytest.mark.parametrize(
    ("role", "line"),
    [
        (Role.AGENDA, "Ordre du jour :"),
        (Role.AGENDA, "AGENDA"),
        (Role.ATTENDANCE, "Présents (12) :"),
        (Role.ATTENDANCE, "PRESENTS"),
        (Role.WRAPPER, "Verslag"),
        (Role.CLOSING, "Rondvraag"),
        (Role.LEAD_IN, "Opmerkingen:"),
    ],
)
def test_a_label_is_known_whatever_its_case_accents_and_brackets(role, line):
    assert vocabulary().is_whole(role, line)


@pytest.mark.parametrize(
    ("role", "line"), [(Role.AGENDA, "Agenda van morgen bespreken"), (Role.WRAPPER, "Verslag van Kees")]
)
def test_more_words_make_it_another_line(role, line):
    assert not vocabulary().is_whole(role, line)
