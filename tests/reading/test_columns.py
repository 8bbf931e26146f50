"""Columns drawn by white space alone."""

import pytest
from block_shapes import page, shapes

from minutes_nlp.reading.blocks import split_blocks
from minutes_nlp.reading.sides import lists_side_by_side


def test_marks_stand_under_their_header() -> None:
    text = page("""
                        Naam             Aanwezig   Verontschuldigd   Afwezig
                    Noor Baert              x
              Ilias van den Poncelet                       x
                  Wannes Dhondt                                          x
                    Zoé Lhoest              x
        """)
    assert shapes(text) == [
        "t* Naam | Aanwezig | Verontschuldigd | Afwezig",
        "t Noor Baert | x |  |",
        "t Ilias van den Poncelet |  | x |",
        "t Wannes Dhondt |  |  | x",
        "t Zoé Lhoest | x |  |",
    ]


def test_a_tight_header_is_parted_by_the_marks_below() -> None:
    text = page("""
        Nom                 Organisme                 Présent Excusé
        Zoé Lhoest          Régie des Tanneurs           x
        Ilias Poncelet      Maison de la Meuse                  x
        Noor Baert          Atelier du Vieux Pont       x
        """)
    assert [len(block.cells) for block in split_blocks(text)] == [4, 4, 4, 4]
    assert shapes(text)[2] == "t Ilias Poncelet | Maison de la Meuse |  | x"


def test_a_cell_that_runs_over_lines_stays_one() -> None:
    text = page("""
        Nr    Actie                                              Wie         Stand
        7     De smid vragen om zes sleutels te maken voor       Noor        open
              de voordeur en de kelder
        8     Verf kopen                                         Wannes van  klaar
                                                                 de Velde
        """)
    assert shapes(text) == [
        "t Nr | Actie | Wie | Stand",
        "t 7 | De smid vragen om zes sleutels te maken voor / de voordeur en de kelder | Noor | open",
        "t 8 | Verf kopen | Wannes van / de Velde | klaar",
    ]


def test_names_below_each_other_are_rows_of_their_own() -> None:
    text = page("""
        Huis van de Wijk              Noor Baert
                                      Ilias Poncelet

        Stadsdienst Groen             Wannes Dhondt
        """)
    assert shapes(text) == [
        "t Huis van de Wijk | Noor Baert",
        "t  | Ilias Poncelet",
        "t Stadsdienst Groen | Wannes Dhondt",
    ]


def test_lists_with_a_heading_each_are_read_one_after_the_other() -> None:
    text = page("""
        vergaderdatum              aanwezig
        3 mei 2031                 Noor Baert | Huis van de Wijk
                                   Ilias Poncelet | Stadsdienst Groen

        notulist                   afwezig
        Wannes Dhondt              Zoé Lhoest
        """)
    assert shapes(text) == [
        "p vergaderdatum",
        "p 3 mei 2031",
        "p notulist",
        "p Wannes Dhondt",
        "p aanwezig",
        "p Noor Baert | Huis van de Wijk",
        "p Ilias Poncelet | Stadsdienst Groen",
        "p afwezig",
        "p Zoé Lhoest",
    ]


def test_keys_with_a_colon_have_all_that_runs_on_beside_them() -> None:
    text = page("""
        Présents :     M. Ilias Poncelet, président ;
                       Mmes Zoé Lhoest et Noor Baert, conseillères.
        Excusée :      Mme Alix Dhondt.
        """)
    assert shapes(text) == [
        "k Présents = M. Ilias Poncelet, président ;\n               Mmes Zoé Lhoest et Noor Baert, conseillères.",
        "k Excusée = Mme Alix Dhondt.",
    ]


def test_keys_with_names_below_each_other_make_rows() -> None:
    text = "Aanwezig:     Noor Baert\n              Ilias Poncelet\nAfwezig:      Zoé Lhoest\n"
    assert shapes(text) == ["t Aanwezig: | Noor Baert", "t  | Ilias Poncelet", "t Afwezig: | Zoé Lhoest"]


def test_labels_and_values_side_by_side_are_read_pair_by_pair() -> None:
    text = page("""
        Datum      3 mei 2031       Aanwezig     Noor Baert (voorzitter)
        Plaats     lokaal 4                      Ilias Poncelet
                                    Afwezig      Zoé Lhoest
        """)
    assert shapes(text) == [
        "t Datum | 3 mei 2031",
        "t Plaats | lokaal 4",
        "t Aanwezig | Noor Baert (voorzitter)",
        "t  | Ilias Poncelet",
        "t Afwezig | Zoé Lhoest",
    ]


def test_a_status_over_marks_or_beside_organisations_heads_a_table() -> None:
    assert lists_side_by_side(["Aanwezig:", "Afwezig:"], [["Noor Baert"], ["Zoé Lhoest", "Wannes Dhondt"]])
    assert not lists_side_by_side(["Aanwezig", "Afwezig"], [["x", "x"], ["x"]])
    assert not lists_side_by_side(["Aanwezig", "Organisatie"], [["Noor Baert"], ["Huis van de Wijk"]])
    assert not lists_side_by_side(["Datum", "Plaats"], [["3 mei 2031"], ["lokaal 4"]])


def test_two_languages_side_by_side() -> None:
    text = page("""
        1. De begroting van het comité            1. Le budget du comité

        De begroting wordt niet gewijzigd en      Le budget n'est pas modifié et il est
        ze gaat in juni naar de gemeenteraad.     transmis en juin au conseil communal.
        """)
    assert shapes(text) == [
        "-1 1. De begroting van het comité",
        "-1 1. Le budget du comité",
        "p De begroting wordt niet gewijzigd en / ze gaat in juni naar de gemeenteraad.",
        "p Le budget n'est pas modifié et il est / transmis en juin au conseil communal.",
    ]


def test_a_table_goes_on_with_the_same_number_after_a_page_break() -> None:
    row = "{}    Verf kopen          Noor\n"
    text = (
        "Nr    Actie               Wie\n"
        + row.format("01")
        + row.format("02")
        + "\f"
        + row.format("03")
        + row.format("04")
    )
    blocks = split_blocks(text)
    assert [block.table for block in blocks] == [1, 1, 1, 1, 1]
    assert [block.page for block in blocks] == [1, 1, 1, 2, 2]


@pytest.mark.parametrize(
    "text",
    [
        "De raad komt samen.  Iedereen is er.\nDe deur staat open.  Het regent.\n",
        "1.         Opening\n2.         Ronde\n",
        "3.1     Extern\n3.2     Intern\n",
        "-    Koffie halen\n-    Thee zetten\n",
        "Gelezen en goedgekeurd          Gezien\n",
    ],
)
def test_wide_gaps_that_make_no_columns(text: str) -> None:
    assert not [shape for shape in shapes(text) if shape.startswith("t")]


def test_what_follows_a_table_is_no_part_of_it() -> None:
    text = "Nr    Actie         Wie\n01    Verf kopen    Noor\n\nBegin: 18 uur\nEinde: 20 uur\n"
    assert shapes(text)[2:] == ["k Begin = 18 uur", "k Einde = 20 uur"]
