"""Numbers of titles as secretariats print them: with a word and a sign, with a slash, in parts close together."""

import pytest

WORDS_WITH_NUMBERS = """
Procès-verbal de la réunion du comité du 6 juin 2024

Présents : Odile Brancart, Rémi Fauconnet

Point n° 1 : Approbation du procès-verbal ⟦1⟧
Le procès-verbal est approuvé moyennant une correction.

Point n° 2 : Télétravail ⟦1⟧
Rémi expose le projet de règlement.

Point n° 3 : Canicule ⟦1⟧
Odile demande des ventilateurs.
"""

NUMBERED_TWICE = """
Notulen van 24 oktober 2023 / Procès-verbal du 24 octobre 2023

PUNT 1 / POINT 1: Verslag / Procès-verbal ⟦1⟧
Het verslag van de vergadering van 26 september 2023 wordt zonder opmerkingen goedgekeurd.

PUNT 2 / POINT 2: Telewerk / Télétravail ⟦1⟧
Mevrouw Charlier stelt het ontwerp van reglement voor, dat op 1 januari 2024 moet ingaan.
"""

DELIBERATIONS = """
Extrait du registre aux délibérations, séance du 28 juin 2023

Présents : Odile Brancart, Rémi Fauconnet

OBJET N° 4 : Marché public de fournitures ⟦1⟧
Le Conseil approuve le cahier des charges et le montant estimé du marché.

OBJET N° 5 : Engagement d'un comptable ⟦1⟧
Le Conseil prend connaissance du rapport du jury et désigne le premier candidat.
"""

RIGHT_BELOW_A_SHORT_LIST = """
PV du comité du 3 mai 2024

Présents : Chloé, Vincent, Anna

1. Outils ⟦1⟧
Le modèle est retenu. Chloé récupère les outils.
"""

SLASHES = """
Compte rendu de la réunion d'équipe du 9 septembre 2024

1/ Plaines d'été ⟦1⟧
Très bonne fréquentation. Les repas sont à améliorer.

2/ Fête du quartier ⟦1⟧
La Région accorde un budget.

3/ Agenda ⟦1⟧
Nous nous reverrons en octobre.
"""

SECTIONS_IN_PARTS = """
Verslag overleg burgerzaken van donderdag 11 juli 2024

1   OPVOLGING VORIG VERSLAG ⟦1⟧
    Geen opmerkingen.

2   NIEUWE PROCEDURE ⟦1⟧
2.1 Toelichting ⟦2⟧
    Bart licht de procedure toe. Vanaf september gaan alle aanvragen digitaal.
2.2 Afspraken ⟦2⟧
    De loketten blijven op vrijdag gesloten.

3   VARIA ⟦1⟧
    Kristof vraagt ieders verlof.
"""

TABLE_BELOW_THE_LIST = """
# CR du comité de quartier du 15 janvier 2025

Présents : Michèle Carlier, Jean-Paul Wuyts
Excusés : Béatrice Noël

| Point | Discussion | Action | Qui |
|---|---|---|---|
| Mobilité | La commune propose un sens unique dans la rue des Prés. | Demander un essai | Jean-Paul | ⟦1⟧
| Propreté | Il y a de nouveau des dépôts clandestins au parking. | Appeler la commune | Michèle | ⟦1⟧
| Divers | Une panne d'éclairage a été signalée par les riverains. | Signaler la panne | Michèle | ⟦1⟧
"""


@pytest.mark.parametrize(
    "text",
    [
        WORDS_WITH_NUMBERS,
        DELIBERATIONS,
        RIGHT_BELOW_A_SHORT_LIST,
        NUMBERED_TWICE,
        SLASHES,
        SECTIONS_IN_PARTS,
        TABLE_BELOW_THE_LIST,
    ],
    ids=[
        "words with numbers",
        "deliberations",
        "right below a short list",
        "numbers in two languages",
        "slashes",
        "sections in parts",
        "rows of a table below the list of people",
    ],
)
def test_numbered_titles_head_items(laid, text):
    found = laid(text)
    assert found.levels == found.expected_levels


def test_the_number_in_a_second_language_is_no_part_of_the_title(laid):
    headings = laid(NUMBERED_TWICE).layout.headings
    assert [(h.number, h.title) for h in headings] == [
        ("1", "Verslag / Procès-verbal"),
        ("2", "Telewerk / Télétravail"),
    ]
