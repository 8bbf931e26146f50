"""Tables whose rows each report on an item."""

import pytest


def test_rows_with_a_number_are_headed_by_the_cell_after_it(laid):
    found = laid(
        """
        Projectgroep Groene Daken - verslag overleg 22 mei 2024
        Aanwezig: Saar Vermeeren, Pieter Loosveld

        | Nr | Onderwerp | Besluit |
        |----|-----------|---------|
        | 1 | Verslag vorige keer | Goedgekeurd. | ⟦1⟧
        | 2 | Subsidie | Het dossier is ingediend bij de provincie. | ⟦1⟧
        | 3 | Rondvraag | Geen punten. | ⟦1⟧
        """
    )
    assert found.levels == found.expected_levels
    headings = found.layout.headings
    assert [(h.number, h.title) for h in headings] == [
        ("1", "Verslag vorige keer"),
        ("2", "Subsidie"),
        ("3", "Rondvraag"),
    ]
    assert headings[1].line.text(found.normalised.text) == "Subsidie"


def test_the_last_head_before_the_one_that_tells_names_the_items(laid):
    found = laid(
        """
        Parish Council Meeting, 9 January 2024
        Present: Cllrs Warden, Hughson, Patmore

        Item  Subject                Discussion                                            Action
        1     Apologies              Received from Cllr Stonely. ⟦1⟧
        2     Planning               Application 23/0456 was discussed. No objection.      Clerk ⟦1⟧
        3     Highways               The pothole in Mill Lane has been reported again.     Cllr Warden ⟦1⟧
        4     Next meeting           13 February 2024 ⟦1⟧
        """
    )
    assert found.levels == found.expected_levels
    assert [h.title for h in found.layout.headings] == ["Apologies", "Planning", "Highways", "Next meeting"]


@pytest.mark.parametrize(
    "head",
    ["Wie | Wat | Wanneer", "Onderwerp | Wie | Tegen wanneer", "Naam | Organisatie | Besluit", "Actie | Wie | Besluit"],
)
def test_rows_of_other_tables_head_nothing(laid, head):
    found = laid(
        f"""
        Verslag overleg 22 mei 2024

        1. Planning ⟦1⟧
        De planning wordt overlopen.

        2. Acties ⟦1⟧

        | {head} |
        |---|---|---|
        | Saar | folder maken | 1 juni |
        | Pieter | zaal vragen | 3 juni |
        """
    )
    assert found.levels == found.expected_levels


def test_a_table_in_an_item_that_compares_heads_nothing(laid):
    found = laid(
        """
        Verslag buurtcomité 11 juni 2024

        1. Zwerfvuil ⟦1⟧
        De actie was geslaagd en wordt in maart herhaald.

        2. Plein ⟦1⟧
        Onderwerp           Voorstel                        Kost
        Banken              vier houten banken              2.000 euro
        Bomen               zes lindes                      1.500 euro
        Het comité kiest voor de banken.
        """
    )
    assert found.levels == found.expected_levels
