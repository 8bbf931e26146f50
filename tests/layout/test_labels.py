"""What is no part of the report: title, facts, people, timetable, announced agenda."""

import pytest

from minutes_nlp.layout import Label


def test_names_below_a_label_are_attendance_until_the_report_begins(laid):
    found = laid(
        """
        # Overleg buurthuis

        Aanwezig: ⟦attendance⟧
        - Sanne van der Wilgen (voorzitter) ⟦attendance⟧
        - Otto de Haas ⟦attendance⟧
        - Ilse Moerman ⟦attendance⟧

        Verontschuldigd: Karel Buitink ⟦attendance⟧

        ## Keuken
        Otto heeft de oven hersteld en de kasten opgeruimd.
        """
    )
    assert found.labels("attendance") == found.expected_labels("attendance")


def test_a_label_may_end_with_the_word_and_lack_its_accents(laid):
    found = laid(
        """
        # Conseil de l'école

        Membres du comité presents : Agathe Lenoir, Sylvain Pottier ⟦attendance⟧

        ETAIENT EXCUSES : Ninon Gaspard ⟦attendance⟧

        ## Cantine
        Le menu change à la rentrée.
        """
    )
    assert found.labels("attendance") == found.expected_labels("attendance")


def test_a_numbered_heading_about_people_is_an_item_and_the_names_are_people(laid):
    found = laid(
        """
        # Vergadering van de zeilclub

        ## 1. Aanwezigen ⟦1⟧

        Gijs Ketelaar, Roos Hinfelaar en Daan Wiersma ⟦attendance⟧

        ## 2. Boten ⟦1⟧

        De boten liggen nog in de loods.
        """
    )
    assert found.levels == found.expected_levels
    assert found.labels("attendance") == found.expected_labels("attendance")


@pytest.mark.parametrize(
    "sentence",
    [
        "Aanwezige leden vinden dat de prijs van de koffie te hoog is geworden.",
        "Les membres ont décidé de repeindre la salle avant la fin de l'été.",
        "Members should pay their fee before the summer.",
    ],
)
def test_a_sentence_about_people_is_no_list_of_people(laid, sentence):
    found = laid(f"# Verslag\n\n## Varia\n\n{sentence}\n\n## Sluiting\n\nIedereen gaat naar huis.")
    assert found.labels("attendance") == set()


def test_a_numbered_item_ends_a_list_of_people(laid):
    found = laid(
        """
        Verslag van het overleg

        Aanwezig: ⟦attendance⟧
        - Femke Rietveld ⟦attendance⟧
        - Bas Uilenhoed ⟦attendance⟧

        1. Klimop aan de gevel ⟦1⟧
        De klimop groeit over de ramen en moet worden gesnoeid.

        2. Goten ⟦1⟧
        De goten zitten vol met bladeren.
        """
    )
    assert found.labels("attendance") == found.expected_labels("attendance")
    assert found.levels == found.expected_levels


def test_lines_that_begin_with_a_time_are_a_timetable(laid):
    found = laid(
        """
        Verslag studiedag

        1. Inleiding ⟦1⟧
        Nele verwelkomt iedereen in de nieuwe zaal.

        Programma van de dag: ⟦timetable⟧
        9u00 tot 9u30: Onthaal ⟦timetable⟧
        9u30 tot 11u00: Werkgroepen ⟦timetable⟧
        11u00: Pauze ⟦timetable⟧

        2. Werkgroepen ⟦1⟧
        Om 10 uur was er nog niemand.
        """
    )
    assert found.labels("timetable") == found.expected_labels("timetable")
    assert found.levels == found.expected_levels


def test_a_single_time_is_no_timetable(laid):
    found = laid("# Verslag\n\n## Opening\n\n19:30 De vergadering begint.\n\n## Sluiting\n\nDe deur gaat dicht.")
    assert found.labels("timetable") == set()


def test_an_announced_agenda_is_not_the_report(laid):
    found = laid(
        """
        # Compte rendu du club

        ## Ordre du jour ⟦agenda-list⟧
        - Cotisations ⟦agenda-list⟧
        - Tournoi d'automne ⟦agenda-list⟧
        - Divers ⟦agenda-list⟧

        ## Cotisations ⟦1⟧
        Elles restent à vingt euros.

        ## Tournoi d'automne ⟦1⟧
        Il aura lieu en octobre dans la grande salle.

        ## Divers ⟦1⟧
        Rien à signaler.
        """
    )
    assert found.labels("agenda-list") == found.expected_labels("agenda-list")
    assert found.levels == found.expected_levels


def test_a_list_whose_titles_come_back_is_announced_even_without_a_label(laid):
    found = laid(
        """
        Raad van Eikenrode

        1. Notulen van de vorige zitting. ⟦agenda-list⟧
        2. Verkoop van een stuk grond. ⟦agenda-list⟧
        3. Reglement voor de kermis. ⟦agenda-list⟧

        1. Notulen van de vorige zitting. ⟦1⟧
        De notulen worden goedgekeurd.

        2. Verkoop van een stuk grond. ⟦1⟧
        De raad gaat akkoord met de verkoop aan de hoogste bieder.

        3. Reglement voor de kermis. ⟦1⟧
        De raad stelt het reglement vast voor drie jaar.
        """
    )
    assert found.labels("agenda-list") == found.expected_labels("agenda-list")
    assert found.levels == found.expected_levels


def test_facts_of_the_meeting_and_its_title_are_no_items(laid):
    found = laid(
        """
        Stad Polderveen
        Kerkstraat 5
        Verslag van de jeugdraad ⟦title⟧

        Datum: 5 mei 2026
        Plaats: Het Anker
        Verslaggever: Noor Hamelink

        1. Opening ⟦1⟧
        De voorzitter opent om acht uur.

        2. Rondvraag ⟦1⟧
        Geen vragen.
        """
    )
    assert found.labels("metadata") == {0, 1, 4, 5, 6}
    assert found.labels("title") == found.expected_labels("title")
    assert found.levels == found.expected_levels


def test_a_single_first_heading_names_the_document(laid):
    found = laid(
        """
        # Groep Noord ⟦title⟧

        ## Ramen ⟦1⟧
        De ramen klemmen.

        ## Deuren ⟦1⟧
        De deuren ook.
        """
    )
    assert found.labels("title") == found.expected_labels("title")
    assert found.levels == found.expected_levels


def test_a_numbered_first_heading_is_no_title(laid):
    found = laid("## 1. Mededelingen ⟦1⟧\n\nEr zijn geen mededelingen.\n\n## 2. Varia ⟦1⟧\n\nNiets.")
    assert found.labels("title") == set()
    assert found.levels == found.expected_levels


def test_minutes_of_facts_only_have_no_headings(laid):
    found = laid("Datum: 4 mei 2026\nPlaats: Gent\n\nAanwezig: Lotte Vos, Pim Hagen")
    assert found.layout.headings == ()
    assert set(found.layout.labels) == {Label.METADATA, Label.ATTENDANCE}


def test_an_empty_text_has_an_empty_layout(laid):
    found = laid("-----")
    assert (found.layout.labels, found.layout.headings, found.layout.heading_of) == ((), (), ())
