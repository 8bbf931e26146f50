"""Numbers in forms that only the document gives away: a word or a code that no list knows, and that counts up."""

import pytest

from minutes_nlp.layout.codes import find_codes
from minutes_nlp.layout.words import vocabulary


def numbers(*lines: str) -> list[tuple[str, int]]:
    """The number and ordinal of each line that has a code."""
    return [(c.number, c.ordinal) for c in find_codes(dict(enumerate(lines)), vocabulary()).values()]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("OJ 1 - Comptes", "OJ 2 - Taxe", "OJ 3 - Divers"), [("1", 1), ("2", 2), ("3", 3)]),
        (("HD1. Straat", "HD2. Plein", "HD3. Brug"), [("HD1", 1), ("HD2", 2), ("HD3", 3)]),
        (("22/07 Opening", "22/08 Boats", "22/09 Roof"), [("22/07", 7), ("22/08", 8), ("22/09", 9)]),
        (
            ("Délibération n° 2023-14 : Tarif", "Délibération n° 2023-15 : Budget", "Délibération n° 2023-16 : Prêt"),
            [("2023-14", 14), ("2023-15", 15), ("2023-16", 16)],
        ),
        (
            ("2024_RV_00086 - Weg", "2024_RV_00073 - Kerk", "2024_RV_00079 - Zaal"),
            [("2024_RV_00086", 1), ("2024_RV_00073", 2), ("2024_RV_00079", 3)],
        ),
    ],
)
def test_lines_that_begin_alike_and_count_up_are_numbered(lines, expected):
    assert numbers(*lines) == expected


@pytest.mark.parametrize(
    "lines",
    [
        ("OJ 1 - Comptes", "OJ 2 - Taxe"),  # too few
        ("Zaal 4: Tafels", "Zaal 9: Stoelen", "Zaal 2: Banken"),  # nothing counts up
        ("12/03 Feest", "19/03 Markt", "26/03 Kermis"),  # days
        ("Artikel 1. De weg", "Artikel 2. De brug", "Artikel 3. De zaal"),  # parts of a text
        ("Figure 1. Plan", "Figure 2. Coupe", "Figure 3. Façade"),
        ("Vote 1 : Oui", "Vote 2 : Non", "Vote 3 : Oui"),  # a label inside each item
        ("Mei 1 - Feest", "Mei 2 - Rust", "Mei 3 - Markt"),
        ("Q1 2027: Begin", "Q2 2027: Vervolg", "Q3 2027: Einde"),
        ("Bram 1 - nog te zien", "Bram 2 - later", "Bram 3 - nooit"),  # no titles
        ("9u15 Koffie", "9u30 Inleiding", "9u45 Vragen"),
    ],
)
def test_other_lines_that_begin_with_a_number_have_none(lines):
    assert numbers(*lines) == []


def test_items_with_a_code_head_the_report_and_the_articles_in_them_do_not(laid):
    found = laid(
        """
        Commune de Valbrume
        Conseil communal - Séance du 19 décembre 2022

        Présents : MM. Delcourt, bourgmestre ; Hennaut, échevin ; Mme Pirard, conseillère

        OJ 1 - Procès-verbal de la séance précédente ⟦1⟧
        Approuvé à l'unanimité.

        OJ 2 - Taxe sur les déchets ⟦1⟧
        Vu le Code de la démocratie locale ;
        ARRÊTE par 10 voix pour et 3 voix contre :
        Article 1er. Il est établi pour 2023 une taxe annuelle sur les déchets.
        Article 2. La taxe est fixée à 75 euros par ménage.

        OJ 3 - Plaine de jeux ⟦1⟧
        DÉCIDE à l'unanimité :
        Article unique. Le cahier des charges est approuvé.
        """
    )
    assert found.levels == found.expected_levels
    assert [h.number for h in found.layout.headings] == ["1", "2", "3"]


def test_numbers_of_a_register_carry_on_the_main_ones(laid):
    found = laid(
        """
        Gemeenteraad Zonnedaal - notulen van 15 april 2024

        1. Verslag vorige zitting ⟦1⟧
        Het verslag wordt goedgekeurd.

        2. Belasting op leegstand ⟦1⟧
        De raad keurt het reglement goed.

        3. Kerkplein ⟦1⟧
        De raad stelt het ontwerp vast.

        RV1. Fractie Dorp. Fietspad langs de vaart. ⟦1⟧
        De fractie vraagt verlichting.

        RV2. Fractie Groen. Bomen op het kerkplein. ⟦1⟧
        De fractie vraagt zes lindes.

        RV3. Fractie Dorp. Zwerfvuil. ⟦1⟧
        De schepen antwoordt dat er vuilnisbakken bijkomen.
        """
    )
    assert found.levels == found.expected_levels


def test_steps_numbered_inside_one_item_stay_inside_it(laid):
    found = laid(
        """
        Verslag stuurgroep 3 mei 2024

        1. Verslag ⟦1⟧
        Goedgekeurd.

        2. Planning ⟦1⟧
        Het werk gebeurt in drie stappen.
        Stap 1: Ontwerp. ⟦2⟧
        De architect tekent het plan.
        Stap 2: Vergunning. ⟦2⟧
        De stad beslist in de zomer.
        Stap 3: Bouw. ⟦2⟧
        De werf begint in het najaar.

        3. Varia ⟦1⟧
        Geen.
        """
    )
    assert found.levels == found.expected_levels
