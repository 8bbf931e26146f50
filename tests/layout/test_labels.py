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


@pytest.mark.parametrize(
    "line", ["Vergadering van 30 september 2024", "18 oktober 2025", "Zitting van donderdag 4 mei"]
)
def test_a_line_below_the_title_that_gives_the_day_is_a_fact(laid, line):
    found = laid(
        f"""
        CULTUURRAAD RIVIERDAL
        {line} ⟦metadata⟧

        Subsidies ⟦1⟧
        De schepen stelt het reglement voor. De raad geeft een gunstig advies.

        Kunstroute ⟦1⟧
        De route start aan de kerk en eindigt aan het kanaal, zoals vorig jaar.
        """
    )
    assert found.levels == found.expected_levels
    assert found.expected_labels("metadata") <= found.labels("metadata")


def test_a_line_in_the_report_that_gives_a_day_is_none(laid):
    found = laid(
        """
        Verslag cultuurraad

        Subsidies ⟦1⟧
        De schepen stelt het reglement voor. De raad geeft een gunstig advies.

        Vergadering van 4 mei ⟦1⟧
        Die vergadering gaat niet door, want de zaal is dan niet vrij.
        """
    )
    assert found.levels == found.expected_levels


def test_a_last_heading_over_a_bare_list_of_attachments_is_no_item(laid):
    found = laid(
        """
        # Verslag raad

        ## Beveiliging ⟦1⟧

        De test wordt herhaald in september.

        ## Bijlagen

        - [Verslag van de test](bijlage1.pdf)
        - Planning
        """
    )
    assert found.levels == found.expected_levels


@pytest.mark.parametrize("below", ["De foto's staan op de schijf van de raad.", "- Zaal vragen\n    - doet Lotte"])
def test_a_last_heading_with_content_is_an_item(laid, below):
    found = laid(f"# Verslag raad\n\n## Beveiliging ⟦1⟧\n\nDe test komt terug.\n\n## Bijlagen ⟦1⟧\n\n{below}")
    assert {line for line, level in found.levels.items() if level == 1} == set(found.expected_levels)


@pytest.mark.parametrize("bullet", ["-", "*"])
def test_topics_after_names_on_the_line_of_their_label_are_no_people(laid, bullet):
    found = laid(
        f"""
        Overleg kernteam

        Aanwezig: Lore, Ben, Igor ⟦attendance⟧

        {bullet} Vertalingen ⟦1⟧
            {bullet} Frans is klaar, Duits nog niet
        {bullet} Beurs ⟦1⟧
            {bullet} Ben boekt de treintickets
        {bullet} Lokaal ⟦1⟧
            {bullet} het slot is vervangen
        """
    )
    assert found.labels("attendance") == found.expected_labels("attendance")
    assert {line for line, level in found.levels.items() if level == 1} == set(found.expected_levels)


def test_names_right_below_a_label_with_names_still_belong_to_it(laid):
    found = laid(
        """
        # Overleg kernteam

        Aanwezig: Lore Vanhees, Ben Otters, ⟦attendance⟧
        Igor Maric, Tess Blomme ⟦attendance⟧
        Voorzitter: Lore Vanhees ⟦attendance⟧

        ## Vertalingen
        Frans is klaar, Duits nog niet.
        """
    )
    lines = found.labels("attendance")
    assert {2, 4} <= lines <= {2, 3, 4}


def test_an_unknown_key_between_title_and_facts_is_a_fact(laid):
    found = laid(
        """
        PROCÈS-VERBAL DE L'ASSEMBLÉE GÉNÉRALE
        Association : Les Semelles de Vent ⟦metadata⟧
        Adresse : 20, rue du Puits ⟦metadata⟧

        Rapport moral ⟦1⟧
        Le président remercie les bénévoles et rappelle que le club a grandi.

        Rapport financier ⟦1⟧
        La trésorière présente les comptes, qui sont adoptés à l'unanimité.
        """
    )
    assert found.labels("metadata") == found.expected_labels("metadata")
    assert found.levels == found.expected_levels


@pytest.mark.parametrize(
    ("title", "closing"),
    [("Questions diverses", "Tout va bien."), ("Any other business", "None."), ("Sonstiges", "Nichts.")],
)
def test_a_closing_item_is_one_however_it_is_printed(laid, title, closing):
    found = laid(
        f"""
        # Minutes, procès-verbal, Protokoll

        ## 1. Budget ⟦1⟧

        1 200 €.

        ## 2. Local ⟦1⟧

        RAS.

        {title} ⟦1⟧

        {closing}
        """
    )
    assert found.levels == found.expected_levels


@pytest.mark.parametrize("sign", ["1. ", "1 ", "1) ", "- "])
def test_a_list_below_the_key_of_a_fact_is_a_fact(laid, sign):
    entries = "\n".join(
        sign.replace("1", str(n)) + title for n, title in enumerate(("Afrekening", "Plan", "Adressen"), 1)
    )
    found = laid(f"Verslag jeugdraad\n\n§ 1 Fuif ⟦1⟧\nDe fuif bracht 812 euro op.\n\nBijlagen:\n{entries}")
    assert found.levels == found.expected_levels


def test_a_first_item_below_the_key_of_a_fact_is_none(laid):
    found = laid(
        """
        Verslag jeugdraad
        Onderwerp:
        1. Fuif ⟦1⟧
        De fuif bracht 812 euro op.
        2. Lokaal ⟦1⟧
        Het dak lekt.
        """
    )
    assert found.levels == found.expected_levels


def test_bullets_over_sentences_after_names_on_the_line_of_their_label_are_no_people(laid):
    found = laid(
        """
        PV de la réunion du 17 mars 2024
        Présents: Gilles, Marie-Paule, Jean-Luc ⟦attendance⟧
        Excusé: Fernand ⟦attendance⟧
        * Carnaval ⟦1⟧
        Le cortège partira à 14h de la place de la gare.
        * Brocante ⟦1⟧
        Il reste 20 emplacements pour la fin du mois.
        """
    )
    assert found.labels("attendance") == found.expected_labels("attendance")
    assert found.levels == found.expected_levels


def test_a_function_in_a_list_of_people_may_be_a_topic_and_a_name_not(laid):
    found = laid(
        """
        Verslag wijkraad

        Aanwezig: Fatma Yildirim, Henk Brouwers, wijkagent Peter Vossen

        Opening ⟦1⟧
        Henk opent de bijeenkomst en heet alle bewoners van harte welkom.

        Wijkagent ⟦1⟧
        Het aantal inbraken daalt, en bewoners wordt gevraagd verdachte situaties te melden.

        Groen ⟦1⟧
        De wensenlijst gaat deze maand naar de dienst van de gemeente.

        Fatma Yildirim
        Zij vraagt of er ook geld is voor bloembakken aan de school en de kerk.
        """
    )
    assert found.levels == found.expected_levels


def test_a_sentence_below_names_is_no_name_even_if_it_begins_with_one(laid):
    found = laid(
        """
        Teamoverleg
        Aanwezig: Kim, Mo ⟦attendance⟧
        Els Maes, diensthoofd Groen ⟦attendance⟧
        Bart Nys (afdeling Water). ⟦attendance⟧
        Kim belt de drukker.
        Els Maes stuurt de uitnodiging.
        """
    )
    assert found.labels("attendance") == found.expected_labels("attendance")
