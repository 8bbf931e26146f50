"""Which lines head the items of the report, and at which level."""

import pytest

NUMBERED = """
Verslag bestuursvergadering 3 maart 2026

Aanwezig: Fenna Otterspoor (OCMW Wilderbeek), Tijl Roskam

1. Opening ⟦1⟧
Fenna opent de vergadering en heet iedereen welkom.

2. Verslag van 4 februari ⟦1⟧
Het verslag wordt goedgekeurd zonder opmerkingen.

3. Werking van de moestuin ⟦1⟧
Tijl vertelt dat de compostbak vol is. Daarvoor zijn er twee oplossingen:
1. een tweede bak plaatsen
2. vaker omzetten

4. Rondvraag ⟦1⟧
Er zijn geen vragen meer.
"""

BARE_NUMBERS = """
Procès-verbal du conseil du 12 mai 2025

Présents : Odile Brancart, Rémi Fauconnet

1 Ouverture ⟦1⟧
La séance est ouverte à 18 heures par Odile.

2 Élections ⟦1⟧

2.1 Trésorier ⟦2⟧
Rémi se propose. Il est élu à l'unanimité.

2.2 Secrétaire ⟦2⟧
Personne ne se propose, le poste reste vacant.

3 Divers ⟦1⟧
12 membres ont demandé un nouveau local, une réponse est attendue en juin.
"""

MARKED = """
# Notulen ledenraad

## Aanwezig
- Mirthe Zandvliet
- Joris Kolkman

## Verslag

### Huisvesting ⟦1⟧
De huur van het clubhuis loopt af in mei.

#### Verhuizing ⟦2⟧
Joris zoekt een verhuiswagen.

### Feest ⟦1⟧
Het feest was geslaagd.
"""

BOLD = """
Compte rendu de la réunion du 2 avril 2026

Présents : Solène Marchais, Titouan Le Bihan

**Le budget**

Nous avons moins d'argent que prévu, il faudra revoir les dépenses.

**La fête du quartier**

Solène contacte la mairie pour réserver la place avant la fin du mois.

**Prochaine réunion**

Elle aura lieu chez Titouan, tout le monde apporte quelque chose.
"""

COLON = """
PV du cercle photo
8 octobre 2025

Présents : Maud, Basile, Corentin

Trésorerie :
Le compte est dans le vert, Maud a payé les factures de septembre.

Exposition :
Il faut encore choisir vingt tirages parmi ceux des membres.

Matériel :
Basile a trouvé un agrandisseur d'occasion à bon prix.
"""

BULLETS = """
# Overleg speelplein

## Agenda

* Zomerwerking
    * De inschrijvingen openen in april.
    * We zoeken nog drie monitoren.
* Speelgoed
    * De kast is leeg.
* Vakantie
    * We sluiten twee weken in augustus.

## Acties

* Els koopt nieuwe ballen.
"""


@pytest.mark.parametrize("text", [NUMBERED, BARE_NUMBERS, MARKED], ids=["numbers", "bare numbers", "marked"])
def test_the_style_that_divides_the_report_gives_its_headings(laid, text):
    found = laid(text)
    assert found.levels == found.expected_levels


def test_bold_lines_head_items(laid):
    titles = [h.title for h in laid(BOLD).layout.headings]
    assert titles == ["Le budget", "La fête du quartier", "Prochaine réunion"]


def test_lines_before_a_colon_head_items(laid):
    titles = [h.title for h in laid(COLON).layout.headings]
    assert titles == ["Trésorerie", "Exposition", "Matériel"]


def test_bullets_below_the_agenda_are_items_if_they_have_remarks_below_them(laid):
    headings = laid(BULLETS).layout.headings
    assert [(h.title, h.level) for h in headings] == [
        ("Zomerwerking", 1),
        ("Speelgoed", 1),
        ("Vakantie", 1),
        ("Acties", 1),
    ]


def test_a_wrapper_with_content_of_its_own_is_an_item(laid):
    found = laid(
        """
        # Meeting of the garden club

        ## Notes ⟦1⟧
        The spring fair was discussed at length, and everybody agreed that it went well.

        ## Next meeting ⟦1⟧
        In the greenhouse, as always.
        """
    )
    assert found.levels == found.expected_levels


def test_a_heading_without_content_over_its_like_heads_a_group(laid):
    found = laid(
        """
        # Notulen van het bestuur

        ## Begroting ⟦1⟧
        De begroting sluit met een klein overschot.

        ## Werkgroepen ⟦1⟧

        ## Werkgroep Muziek ⟦2⟧
        Het koor repeteert op dinsdag.

        ## Werkgroep Toneel ⟦2⟧
        De zaal is geboekt.

        ## Rondvraag ⟦1⟧
        Niemand heeft een vraag.
        """
    )
    assert found.levels == found.expected_levels


def test_of_a_heading_in_two_languages_the_first_line_counts(laid):
    found = laid(
        """
        Commissie voor Waterwegen

        01 Vraag van Loes Andriessen over de sluis ⟦1⟧
        01 Question de Loes Andriessen sur l'écluse

        De sluis is al drie weken gesloten. Wanneer gaat zij weer open?

        02 Vraag van Bram Terlinden over het jaagpad ⟦1⟧
        02 Question de Bram Terlinden sur le chemin de halage

        Het jaagpad is op vele plaatsen verzakt en gevaarlijk.
        """
    )
    assert found.levels == found.expected_levels


def test_names_of_speakers_and_lead_ins_head_nothing(laid):
    found = laid(
        """
        # Verslag werkgroep fietsen

        ## Aanwezig
        - Wietse Brandaen
        - Hanne Lieftinck

        ## Fietspad langs de vaart ⟦1⟧

        Wietse:

        Ik vind dat het pad te smal is voor bakfietsen en brommers samen.

        Hanne:

        Er is geen plaats om het pad breder te maken zonder bomen te kappen.

        Voordelen:
        - veiliger
        - sneller

        ## Fietsenstalling ⟦1⟧

        Wietse:

        De stalling staat vol met fietsen die niemand nog gebruikt.

        Details:
        - zie bijlage
        """
    )
    assert found.levels == found.expected_levels


def test_running_titles_and_dates_head_nothing(laid):
    found = laid(
        """
        # Verslag

        ## 18 oktober 2025

        ## Kostuums ⟦1⟧
        De kostuums zijn klaar en hangen in de kast.

        ## Decor ⟦1⟧
        Het decor moet nog worden geverfd.
        """
    )
    assert found.levels == found.expected_levels


def test_a_closing_item_is_found_however_it_is_printed(laid):
    found = laid(
        """
        Raad van Morsebeek

        1 Jaarrekening van het park ⟦1⟧
        De raad keurt de jaarrekening goed met vijftien stemmen.

        2 Reglement voor de speelstraat ⟦1⟧
        De raad keurt het reglement goed met zestien stemmen.

        Sluiting van de zitting ⟦1⟧
        De zitting is gesloten om 21 uur.
        """
    )
    assert found.levels == found.expected_levels


def test_without_headings_every_topic_is_an_item(laid):
    found = laid(
        """
        Compte rendu de l'atelier du 4 juin

        Le four à pain est enfin réparé, Gaspard a trouvé la pièce qui manquait depuis le printemps. ⟦1⟧

        Côté jardin, les semis ont souffert du gel et il faudra tout recommencer la semaine suivante. ⟦1⟧

        La mairie propose une subvention de deux cents euros, que nous avons décidé de demander. ⟦1⟧
        """
    )
    assert found.levels == found.expected_levels


def test_number_title_extent_and_confidence_of_a_heading(laid):
    found = laid(NUMBERED)
    heading = found.layout.headings[1]
    text = found.normalised.text
    assert (heading.number, heading.title) == ("2", "Verslag van 4 februari")
    assert heading.line.text(text) == "Verslag van 4 februari"
    assert text[heading.line.end : heading.end].strip() == "Het verslag wordt goedgekeurd zonder opmerkingen."
    assert 0 < heading.confidence <= 1


def test_an_item_extends_over_the_items_inside_it(laid):
    found = laid(BARE_NUMBERS)
    elections, treasurer = found.layout.headings[1:3]
    assert (elections.title, treasurer.title) == ("Élections", "Trésorier")
    assert elections.line.start < treasurer.line.start < treasurer.end < elections.end


def test_a_block_knows_the_headings_it_stands_under(laid):
    found = laid(BARE_NUMBERS)
    block = next(i for i, b in enumerate(found.normalised.blocks) if "vacant" in b.span.text(found.normalised.text))
    assert [h.title for h in found.layout.path(block)] == ["Élections", "Secrétaire"]
    assert found.layout.headings[found.layout.main_item(block)].title == "Élections"


def test_blocks_before_the_first_heading_stand_under_none(laid):
    found = laid(NUMBERED)
    assert found.layout.path(0) == ()
    assert found.layout.main_item(0) is None


def test_the_first_cells_of_a_table_of_topics_head_items(laid):
    found = laid(
        """
        # Verslag werkgroep vergroening

        Aanwezig: Jolien Havermans, Seppe Kuyken

        ## Besproken ideeën ⟦1⟧

        | Geveltuinen | Bewoners mogen twee tegels uitbreken; de stad levert aarde, planten en advies. | ⟦2⟧
        | Regentonnen | De werkgroep koopt samen aan zodat de prijs zakt tot onder de helft van nu. | ⟦2⟧
        | Boomspiegels | Er komt een lijst van straten waar bewoners de boomspiegel willen beplanten. | ⟦2⟧
        """
    )
    assert found.levels == found.expected_levels
    assert [h.title for h in found.layout.headings[1:]] == ["Geveltuinen", "Regentonnen", "Boomspiegels"]
    assert found.layout.headings[1].line.text(found.normalised.text) == "Geveltuinen"


def test_a_table_of_tasks_per_person_heads_nothing_below_its_item(laid):
    found = laid(
        """
        # Verslag werkgroep vergroening

        Aanwezig: Jolien Havermans, Seppe Kuyken, Warre Dillen

        ## Taken ⟦1⟧

        | Jolien | Vraagt bij de stad na welke planten er dit najaar nog te krijgen zijn. |
        | Seppe | Maakt een lijst van straten en belt de contactpersonen van vorig jaar op. |
        | Warre | Zorgt voor kruiwagens, schoppen en handschoenen voor wie er geen heeft. |
        """
    )
    assert found.levels == found.expected_levels


def test_a_lone_higher_heading_with_content_stands_beside_many_lower_ones(laid):
    found = laid(
        """
        ---
        title: Réunion du potager
        ---

        # Arrosage ⟦1⟧
        - Le tuyau fuit depuis mardi.

        ## Semis ⟦1⟧
        Tout est semé.

        ## Serre ⟦1⟧
        Une vitre manque.

        ## Compost ⟦1⟧
        Il chauffe bien.

        ## Outils ⟦1⟧
        La brouette est réparée.
        """
    )
    assert found.levels == found.expected_levels


def test_numbers_with_parts_nest_below_those_without(laid):
    found = laid(
        """
        COMPTE RENDU DU CLUB DE VOILE

        I. BILAN MORAL ⟦1⟧
        La saison a été belle malgré le vent.

        II. BILAN SPORTIF ⟦1⟧

        II.1. REGATES ⟦2⟧
        Trois podiums pour nos équipages.

        II.2. ECOLE DE VOILE ⟦2⟧
        Quarante enfants ont navigué cet été.

        III. DIVERS ⟦1⟧
        Le ponton sera repeint.
        """
    )
    assert found.levels == found.expected_levels


def test_a_part_of_each_item_that_is_named_like_a_closing_one_is_none(laid):
    found = laid(
        """
        ## Kaart ⟦1⟧
        De kaart wordt overlopen.

        Actiepunten

        Fenna past de kaart aan.

        ## Nummers ⟦1⟧
        De nummers kloppen niet.

        Actiepunten

        Tijl telt de huizen.
        """
    )
    assert found.levels == found.expected_levels


@pytest.mark.parametrize("title", ["Context", "Bronnen"])
def test_a_bullet_with_remarks_below_it_is_an_item_though_elsewhere_it_leads_in(laid, title):
    found = laid(
        f"""
        Verslag werkgroep

        Verloop
        - {title} ⟦1⟧
            - De kaart is van 2019 en wordt elk jaar aangevuld door de diensten.
            - De nieuwe is beter.
        - Kruispunten ⟦1⟧
            - Elk kruispunt krijgt een nummer, en de gemeente plaatst de borden.
        - Bruggen ⟦1⟧
            - De bruggen krijgen een naam.
        """
    )
    assert found.levels == found.expected_levels


def test_numbers_set_flush_right_are_of_one_style(laid):
    found = laid(
        """
        Verslag van de ledenraad

           I. OPENING ⟦1⟧
        De voorzitter opent de vergadering.

          II. JAARVERSLAG ⟦1⟧
        Het jaarverslag wordt voorgelezen.

         III. FINANCIËN ⟦1⟧
        De kas klopt tot op de laatste cent.

          IV. SLUITING ⟦1⟧
        De voorzitter sluit de vergadering.
        """
    )
    assert found.levels == found.expected_levels
