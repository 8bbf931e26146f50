"""Documents whose headings are marked as such, by a style of the word processor or `#`: which of them head items."""

import pytest

TABLED = """
# Verslag workshop fietspaden

## AANWEZIGEN
- Fenna Otterspoor

## AGENDA VAN DE WORKSHOP
| 9u00 - 9u10 | Inleiding |
|-------------|-----------|
| 9u10 - 9u40 | Bespreking van de kaart |

## Deel 1: Inleiding ⟦1⟧
Fenna vertelt hoe de kaart tot stand kwam.

## Deel 2: Bespreking van de kaart ⟦1⟧
De kaart wordt punt voor punt overlopen.
"""

VOTES = """
## 1 Ontslag van een raadslid ⟦1⟧
De raad neemt kennis van het ontslag.

### Stemming
Allen stemmen voor.

## 2 Reglement speelpleinen ⟦1⟧
Het reglement wordt goedgekeurd.

### Stemming
Allen stemmen voor.

## 3 Rekening kerkfabriek ⟦1⟧
De raad geeft gunstig advies.

### Stemming
Twaalf stemmen voor, twee tegen.
"""

OPENING = """
# Procès-verbal du conseil

## 1 Ouverture ⟦1⟧
Odile ouvre la séance à 18 heures.

## 2 Élections ⟦1⟧
Rémi est élu trésorier.
"""

TWO_TITLES = """
# Besluitenlijst van de raad van Wilderbeek

## RAAD VAN 24 SEPTEMBER 2025
De voorzitter opent de vergadering.

## 1. Verslag van de vorige zitting ⟦1⟧
Het verslag wordt goedgekeurd.

## 2. Huur van het zaaltje ⟦1⟧
De huur wordt verlengd.

## 3. Rondvraag ⟦1⟧
Er zijn geen vragen.
"""

AFTER_A_GOAL = """
# Werkgroep wegenkaart

## Doelstelling
De kaart overlopen en de vragen beantwoorden.

## Verloop

### Link met de kaart van 2019 ⟦1⟧
De oude kaart blijft staan.

### Kruispunten ⟦1⟧
Elk kruispunt krijgt een nummer.

## Besluit en acties ⟦1⟧
Fenna past de kaart aan.
"""

AFTER_AN_USUAL_ITEM = """
## Opening ⟦1⟧
Fenna opent de vergadering.

## Bespreking

### Kermis ⟦1⟧
De kermis verhuist naar het plein.

### Verkeer ⟦1⟧
De straat wordt afgesloten.
"""

SAME_LEVEL = """
# Workshop

# 1 Inleiding ⟦1⟧
Fenna vertelt over het traject.

# 2 Kennishub ⟦1⟧
De hub is klaar.

# 2.1 Volgende stappen ⟦2⟧
De hub gaat open in mei.

# 3 Varia ⟦1⟧
Niets.
"""

TRANSLATED = """
## 01 Vraag over de bruggen ⟦1⟧

**01 Question sur les ponts**

De minister antwoordt dat er tien bruggen worden hersteld.

## 02 Vraag over de tunnels ⟦1⟧

**02 Question sur les tunnels**

De minister antwoordt dat de tunnels veilig zijn.
"""

KEYS = """
# Werkgroep gebouwen

## Gegevens
| Datum | 8 juni 2025 |
| Locatie | Zaaltje |
| Verwante stukken | kaart.xlsx |
| Notulen | Fenna Otterspoor |

## Kaart van de gebouwen ⟦1⟧
De kaart is bijna klaar.

## Nummers ⟦1⟧
Elk huis krijgt er een.
"""


@pytest.mark.parametrize(
    "text",
    [TABLED, VOTES, OPENING, TWO_TITLES, AFTER_A_GOAL, AFTER_AN_USUAL_ITEM, SAME_LEVEL, TRANSLATED, KEYS],
    ids=[
        "a heading over a timetable is none",
        "what comes again in each item is none",
        "a numbered one is an item though it names a fact",
        "a second title above numbered ones is none",
        "what stands before the report is none",
        "a usual item before the report is one",
        "numbers nest headings of one level",
        "a translation is none",
        "a heading over facts is none, an unknown one among them included",
    ],
)
def test_marked_headings(laid, text):
    found = laid(text)
    assert found.levels == found.expected_levels


def test_a_title_that_comes_twice_may_head_items(laid):
    found = laid(VOTES.replace("Stemming\nTwaalf", "Bezwaren ⟦2⟧\nTwaalf").replace("Stemming\n", "Stemming ⟦2⟧\n"))
    assert found.levels == found.expected_levels


def test_points_that_stand_before_the_report_word_for_word_are_announced(laid):
    found = laid(
        """
        # Besluitenlijst van de raad

        **Huur van het zaaltje** ⟦agenda-list⟧

        **Aankoop van een vlag** ⟦agenda-list⟧

        De vlag kost 30 euro. ⟦agenda-list⟧

        ### Vragen van de fracties ⟦agenda-list⟧

        ## 1. Huur van het zaaltje ⟦1⟧
        De huur wordt verlengd.

        ## 2. Aankoop van een vlag ⟦1⟧
        De vlag kost 30 euro.

        ## 3. Vragen van de fracties ⟦1⟧
        Er zijn geen vragen.
        """
    )
    assert found.levels == found.expected_levels
    assert found.labels("agenda-list") == found.expected_labels("agenda-list")
