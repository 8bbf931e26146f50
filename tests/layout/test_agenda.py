"""The announced agenda, where its points come back in other words or an item itself is called `Agenda`."""


def test_points_come_back_with_shorter_titles(laid):
    found = laid(
        """
        Cultuurraad Rivierdal
        Vergadering van 30 september 2024

        Op de agenda: ⟦agenda-list⟧
        1. Goedkeuring van het verslag van de vergadering van 24 juni 2024 ⟦agenda-list⟧
        2. Toelichting bij het nieuwe subsidiereglement door de schepen van cultuur ⟦agenda-list⟧
        3. Programma van de kunstroute 2025 ⟦agenda-list⟧
        4. Vragen en mededelingen ⟦agenda-list⟧

        Verslag ⟦1⟧
        Goedgekeurd.

        Subsidiereglement ⟦1⟧
        De schepen stelt het reglement voor. De raad geeft een gunstig advies, met één onthouding.

        Kunstroute ⟦1⟧
        Hanne spreekt de kunstenaars aan voor 1 november. De route start aan de kerk.

        Vragen en mededelingen ⟦1⟧
        Louis organiseert een boekvoorstelling op 10 oktober.
        """
    )
    assert found.levels == found.expected_levels
    assert found.labels("agenda-list") == found.expected_labels("agenda-list")


def test_sentences_in_a_list_that_name_a_later_heading_are_no_announced_points(laid):
    found = laid(
        """
        # Notulen bestuursvergadering

        ## Begroting ⟦1⟧

        - Het lidgeld blijft wat het is.
        - De werkgroep Jeugd krijgt 200 euro voor een klimmuur.
        - De werkgroep Natuur krijgt 100 euro voor nestkasten.

        ## Werkgroep Jeugd ⟦1⟧

        Er is een tweede klimmuur gevonden.

        ## Werkgroep Natuur ⟦1⟧

        De nestkasten hangen.
        """
    )
    assert found.levels == found.expected_levels
    assert found.labels("agenda-list") == set()


def test_an_item_called_agenda_announces_nothing(laid):
    found = laid(
        """
        Procès verbal de l'assemblée générale du 14 septembre

        1    Ouverture ⟦1⟧
        Le quorum est constaté à 10h41.

        2    Ordre du jour ⟦1⟧
        L'ordre du jour est proposé par Jérémie Vandoorne.

        3    Procès-verbal de la dernière séance ⟦1⟧
        L'adoption est proposée par Simone Aramel.

        4    nouvelles internes ⟦1⟧
        Le café étudiant rouvre lundi.
        """
    )
    assert found.levels == found.expected_levels
