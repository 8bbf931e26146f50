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
        ("VII.1 Penningmeester", "VII.1", "Penningmeester", 1),
        ("B) Verkeer", "B", "Verkeer", 2),
        ("1.b Secrétaire", "1.b", "Secrétaire", 2),
        ("3a) Bruggen", "3a", "Bruggen", 1),
        ("2/Jardin", "2", "Jardin", 2),
        ("6     nouvelles internes", "6", "nouvelles internes", 6),
        ("5.10 Onthaal", None, "5.10 Onthaal", None),
        ("12 leden waren akkoord", None, "12 leden waren akkoord", None),
        ("1/2 van de leden", None, "1/2 van de leden", None),
        ("3e kwartaal", None, "3e kwartaal", None),
        ("9 mei 2026 : feest", None, "9 mei 2026 : feest", None),
        ("9u30 Onthaal", None, "9u30 Onthaal", None),
        ("De kermis", None, "De kermis", None),
    ],
)
def test_the_number_of_a_line(laid, line, number, title, ordinal):
    (feature,) = describe(laid(line).normalised, vocabulary())
    assert (feature.number, feature.title, feature.ordinal) == (number, title, ordinal)


def test_what_may_be_a_time_is_a_number_where_the_numbers_count_on_to_it(laid):
    found = describe(laid("5.9 Secretaris\n\n5.10 Archief\n\n5.11 null\n\n9.30 Pauze").normalised, vocabulary())
    assert [(f.number, f.timed) for f in found] == [("5.9", False), ("5.10", False), ("5.11", False), (None, True)]


def test_roman_numbers_with_parts_are_written_alike(laid):
    found = describe(laid("II.1 Leden\n\nVII.1 Kas").normalised, vocabulary())
    assert len({f.form for f in found}) == 1


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
        (Role.CLOSING, "Varia / Divers"),
        (Role.CLOSING, "ACTIEPUNTEN/POINTS D'ACTION"),
    ],
)
def test_a_label_is_known_whatever_its_case_accents_and_brackets(role, line):
    assert vocabulary().is_whole(role, line)


@pytest.mark.parametrize(
    ("role", "line"),
    [
        (Role.AGENDA, "Agenda van morgen bespreken"),
        (Role.WRAPPER, "Verslag van Kees"),
        (Role.CLOSING, "Nieuwe fietsen / Nouveaux vélos"),
        (Role.AGENDA, "Agenda / budget / reglement"),
    ],
)
def test_more_words_make_it_another_line(role, line):
    assert not vocabulary().is_whole(role, line)


@pytest.mark.parametrize(
    ("text", "introduced"),
    [
        ("Er zijn drie ideeën:\n- een feest\n- een markt\n\n- Varia", [False, True, True, False]),
        ("Er zijn drie ideeën:\n\n- een feest\n\n- een markt", [False, True, True]),
        ("- Feest\n    Er zijn ideeën:\n    - een markt\n- Varia", [False, False, True, False]),
        ("De ideeën worden besproken.\n- een feest\n- een markt", [False, False, False]),
    ],
)
def test_a_list_below_a_colon_ends_where_it_ends(laid, text, introduced):
    found = describe(laid(text + "\nSlot van het verslag").normalised, vocabulary())
    assert [f.introduced for f in found][: len(introduced)] == introduced
