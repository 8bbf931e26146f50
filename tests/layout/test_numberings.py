"""Several numberings in one report: sessions that begin anew, lists inside items, numbers printed unalike."""

import pytest


def test_numbers_begin_anew_in_a_second_session(laid):
    found = laid(
        """
        Notulen raad van bestuur zorgbedrijf Meanderhof
        Zitting van 15 maart 2023

        OPENBARE ZITTING

        1. Goedkeuring notulen ⟦1⟧
        De notulen van 15 februari worden goedgekeurd.

        2. Jaarrekening ⟦1⟧
        De raad stelt de jaarrekening vast.

        3. Samenwerking met het ziekenhuis ⟦1⟧
        De overeenkomst wordt goedgekeurd.

        BESLOTEN ZITTING

        1. Aanstelling diensthoofd ⟦1⟧
        De raad stelt de kandidaat aan.

        2. Tuchtdossier ⟦1⟧
        Het dossier wordt verdaagd.
        """
    )
    assert found.levels == found.expected_levels


def test_a_list_that_begins_anew_without_a_session_is_inside_its_item(laid):
    found = laid(
        """
        Verslag 15 maart 2023

        1. Goedkeuring verslag ⟦1⟧
        Goedgekeurd.

        2. Lokaal ⟦1⟧
        Daarover zijn er twee voorstellen:
        1. de zaal van de school
        2. de kelder van het stadhuis

        3. Varia ⟦1⟧
        Geen.
        """
    )
    assert found.levels == found.expected_levels


def test_tight_numbers_of_items_are_apart_from_those_of_the_lists_in_them(laid):
    found = laid(
        """
        Notulen gemeenteraad Zonnedaal

        1.Goedkeuring notulen ⟦1⟧
        De raad heeft drie opmerkingen.
        1. De datum is fout en wordt aangepast.
        2. Een naam ontbreekt in de lijst.
        3. De stemming staat er dubbel in.

        2.Belasting op leegstand ⟦1⟧
        De raad wijzigt het reglement.
        1. De termijn wordt langer.
        2. Het tarief stijgt.
        3. De vrijstelling blijft.
        4. Het reglement geldt vanaf mei.

        3.Kerkplein ⟦1⟧
        De raad stelt het ontwerp vast.
        """
    )
    assert {line for line, level in found.levels.items() if level == 1} == set(found.expected_levels)


def test_a_space_left_out_once_changes_nothing(laid):
    found = laid(
        """
        Notulen dorpsraad

        1. Opening ⟦1⟧
        De voorzitter opent de vergadering.

        2.Notulen ⟦1⟧
        Die worden vastgesteld.

        3. Speeltuin ⟦1⟧
        De toestellen zijn besteld.

        4. Rondvraag ⟦1⟧
        Niets.
        """
    )
    assert found.levels == found.expected_levels


def test_bold_numbers_of_items_are_apart_from_plain_ones_inside_them(laid):
    found = laid(
        """
        Verslag adviesraad

        **1. Verslag** ⟦1⟧

        1. De datum is fout.

        2. Een naam ontbreekt.

        3. De rest is goed.

        **2. Stationsplein** ⟦1⟧

        De ontwerper licht het plan toe.

        **3. Kalender** ⟦1⟧

        1. In maart is er een uitstap.

        2. In mei is er een feest.
        """
    )
    assert {line for line, level in found.levels.items() if level == 1} == set(found.expected_levels)


def test_letters_after_a_number_are_its_parts(laid):
    found = laid(
        """
        Procès-verbal de l'assemblée générale du 25 avril 2023

        1. Constitution du bureau ⟦1⟧
        1.a Élection du président de séance ⟦2⟧
        Mme Rivelin est élue à l'unanimité.
        1.b Désignation du secrétaire ⟦2⟧
        Le syndic assure le secrétariat.

        2. Comptes ⟦1⟧
        2.a Rapport du commissaire ⟦2⟧
        Le commissaire confirme la régularité des comptes.
        2.b Approbation ⟦2⟧
        Les comptes sont approuvés.
        """
    )
    assert found.levels == found.expected_levels


def test_times_before_titles_divide_a_report(laid):
    found = laid(
        """
        Réunion de coordination du 12/06/2024
        Participants : Inès Morvan, Hugo Blanchet

        9h00 - Accueil ⟦1⟧
        Chacun se présente.

        9h15 - Retour sur le salon de mai ⟦1⟧
        Le stand a accueilli 300 visiteurs. Hugo compile les contacts.

        10h00 - Préparation de la rentrée ⟦1⟧
        Trois ateliers sont prévus.
        """
    )
    assert found.levels == found.expected_levels


def test_times_that_do_not_run_on_divide_nothing(laid):
    found = laid(
        """
        Verslag oudercomité

        1. Paasontbijt ⟦1⟧
        10u00 opbouwen van de tafels

        2. Quiz ⟦1⟧
        9u00 zaal openen

        3. Kermis ⟦1⟧
        8u00 kraampjes zetten
        """
    )
    assert found.levels == found.expected_levels


def test_a_wrapper_directly_over_its_parts_is_no_item(laid):
    found = laid(
        """
        Verslag werkgroep

        1 AGENDA
        - Verwelkoming van de leden
        - Context van de standaard
        - Bespreking van het model

        2 VERLOOP

        2.1 VERWELKOMING VAN DE LEDEN ⟦1⟧
        De sessie begint met praktische mededelingen.

        2.2 CONTEXT VAN DE STANDAARD ⟦1⟧
        De projectleider schetst de context.

        2.3 BESPREKING VAN HET MODEL ⟦1⟧
        Het model wordt klasse per klasse overlopen.

        TERUGBLIK ⟦1⟧
        Er zijn geen vragen.

        3 BESLUIT EN ACTIES ⟦1⟧
        Het verslag wordt rondgestuurd.
        """
    )
    assert found.levels == found.expected_levels


def test_numbers_begin_anew_in_a_second_report_in_the_other_language(laid):
    found = laid(
        """
        Verslag van 3 oktober 2023
        Aanwezig: de heer Maesen, mevrouw Duboisson

        1. Verslag vorige vergadering ⟦1⟧
        Het verslag wordt goedgekeurd.

        2. Lonen ⟦1⟧
        De werkgevers doen een voorstel.

        3. Varia ⟦1⟧
        Geen.

        Procès-verbal du 3 octobre 2023
        Présents : M. Maesen, Mme Duboisson

        1. Procès-verbal de la réunion précédente ⟦1⟧
        Le procès-verbal est approuvé.

        2. Salaires ⟦1⟧
        Les employeurs font une proposition.

        3. Divers ⟦1⟧
        Néant.
        """
    )
    assert found.levels == found.expected_levels


def test_points_told_one_by_one_before_the_report_are_not_in_it(laid):
    found = laid(
        """
        Gemeenteraad van Zonnedaal

        1. Kerkplein
        De raad keurt het ontwerp goed.

        2. Fietspad
        De raad keurt het bestek goed.

        3. Speeltuin
        De raad keurt de kosten goed.

        Aanwezig: Karel Baertsen, An Smetsers

        1. Kerkplein ⟦1⟧
        De schepen licht het ontwerp toe, dat met algemene stemmen wordt goedgekeurd.

        2. Fietspad ⟦1⟧
        De schepen licht het bestek toe, waarover daarna wordt gestemd.

        3. Speeltuin ⟦1⟧
        De schepen licht de kosten toe, en de raad stemt daarmee in.
        """
    )
    assert {line for line, level in found.levels.items() if level == 1} >= set(found.expected_levels)
    assert len(found.levels) <= 4


def test_a_number_makes_the_next_meeting_an_item(laid):
    found = laid(
        """
        Réunion du 11 janvier

        1. Local ⟦1⟧
        Le bail se termine en juin.

        2. Prochaine réunion : mercredi 14 février à 18 h ⟦1⟧
        Chez Solène.
        """
    )
    assert found.levels == found.expected_levels


@pytest.mark.parametrize("sign", ["1. {}", "1) {}", "1 - {}", "Punt 1: {}", "1/ {}", "1.{}", "**1. {}**"])
def test_the_same_items_however_their_numbers_are_written(laid, sign):
    titles = ["Verslag van 3 mei", "Lokaal van de jeugd", "Kermis", "Rondvraag"]
    heads = [sign.replace("1", str(number), 1).format(title) for number, title in enumerate(titles, 1)]
    said = ["Goedgekeurd zonder opmerkingen.", "Het dak lekt, de stad herstelt het.", "Die begint op 4 mei.", "Niets."]
    body = "\n\n".join(f"{head} ⟦1⟧\n{text}" for head, text in zip(heads, said, strict=True))
    found = laid(f"Verslag jeugdraad\n\nAanwezig: Noor Peetermans, Tijl Roskam\n\n{body}")
    assert found.levels == found.expected_levels
    assert [h.title for h in found.layout.headings] == titles


def test_a_heading_right_below_with_its_number_in_the_other_language_is_its_translation(laid):
    found = laid(
        """
        Verslag / Procès-verbal

        1. GOEDKEURING VAN DE AGENDA ⟦1⟧
        1. Approbation de l'ordre du jour

        De agenda wordt goedgekeurd.

        2. JAARVERSLAG VAN DE DIENST ⟦1⟧
        2. Rapport annuel du service

        Het verslag wordt overlopen.

        3. VOLGENDE VERGADERING ⟦1⟧
        3. Prochaine réunion

        Op 8 februari.
        """
    )
    assert found.levels == found.expected_levels


def test_a_list_right_below_with_the_same_number_in_the_same_language_is_no_translation(laid):
    found = laid(
        """
        Verslag

        I. KERMIS ⟦1⟧
        1. Kraampjes van de markt ⟦2⟧
        De markt wordt gevraagd.
        2. Muziek op het plein ⟦2⟧
        Een koor wordt gevraagd.

        II. LOKAAL ⟦1⟧
        1. Dak van het lokaal ⟦2⟧
        Het dak lekt.
        2. Sleutels van het lokaal ⟦2⟧
        Die liggen bij de stad.
        """
    )
    assert found.levels == found.expected_levels
