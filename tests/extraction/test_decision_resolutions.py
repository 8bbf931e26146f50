"""Resolutions of public bodies: recitals, articles, votes beside what was decided, lists in the third person."""

import pytest
import spacy
from act_cases import annotate, expected

from minutes_nlp.extraction.decisions import DecisionRecogniser
from minutes_nlp.extraction.outcomes import is_article
from minutes_nlp.extraction.units import Shape, Unit
from minutes_nlp.spans import CharSpan

RECOGNISER = DecisionRecogniser(spacy.blank("xx"), "decisions")


def found(marked: str) -> list[str]:
    doc = annotate(RECOGNISER, marked)
    return [" ".join(finding.span.text(doc.text).split()) for finding in doc._.minutes_decisions]


@pytest.mark.parametrize(
    "recital",
    [
        "# Gemeenteraad\n\n## Dak\n\nGelet op het gunstig advies van de bouwdienst;\n",
        "# Gemeenteraad\n\n## Dak\n\nOverwegende dat het oude reglement is opgeheven;\n",
        "# Conseil communal\n\n## Toit\n\nConsidérant l'avis favorable du service des travaux ;\n",
        "# Conseil communal\n\n## Toit\n\nVu la décision du collège d'approuver le devis ;\n",
        "# Council\n\n## Roof\n\nWhereas the estimate was approved by the surveyor;\n",
        "# Gemeinderat\n\n## Dach\n\nAufgrund des genehmigten Lastenheftes;\n",
    ],
)
def test_a_recital_is_no_decision(recital: str) -> None:
    assert found(recital) == []


def test_a_ground_in_the_sentence_of_a_decision_leaves_it_one() -> None:
    text = "# Raad\n\n## Dak\n\n<act>Gelet op de kosten wordt er beslist om het dak niet te herstellen.</act>\n"
    assert found(text) == expected(text)


@pytest.mark.parametrize(
    "text",
    [
        "# Gemeenteraad\n\n## Huur\n\nBESLUIT: met eenparigheid van stemmen\n\n"
        "<act>Artikel 1. De huur van de zaal bedraagt 120 euro.</act>\n",
        "# Gemeenteraad\n\n## Huur\n\nDe raad beslist eenparig:\n\n"
        "<act>Enig artikel. De huur van de zaal bedraagt 120 euro.</act>\n",
    ],
)
def test_what_only_opens_a_resolution_is_none_beside_its_articles(text: str) -> None:
    assert found(text) == expected(text)


def test_an_article_may_have_its_number_on_a_line_of_its_own() -> None:
    text = (
        "# Gemeenteraad\n\n## Huur\n\nArtikel 1\n\n<act>De huur van de zaal bedraagt 120 euro.</act>\n\n"
        "Artikel 2\n\n<act>De waarborg bedraagt 200 euro.</act>\n"
    )
    assert found(text) == expected(text)


@pytest.mark.parametrize(
    ("text", "before", "language", "article"),
    [
        ("Artikel 2: De huur stijgt.", "", "nl", True),
        ("De huur stijgt.", "Art. 2", "nl", True),
        ("De huur stijgt.", "Artikel 12 van het decreet.", "nl", False),
        ("Artikel 12 van het decreet gaat over huur.", "", "nl", False),
        ("Enig artikel. De huur stijgt.", "", "nl", True),
        ("Article unique. Le loyer augmente.", "", "fr", True),
        ("Article 1er - Le loyer augmente.", "", "fr", True),
        ("L'article unique est long.", "", "fr", False),
        ("Artikel 3.", "", "de", True),
    ],
)
def test_articles_are_told_by_their_numbers(text: str, before: str, language: str, article: bool) -> None:
    unit = Unit(CharSpan(0, len(text)), text, 0, Shape.PROSE, language, before=before)
    assert is_article(unit) is article


@pytest.mark.parametrize(
    "text",
    [
        "# VME\n\n## Rekening\n\n<act>De algemene vergadering keurt de rekening goed.</act>\n\n"
        "Voor: 690 aandelen - Tegen: 22 aandelen - Onthouding: 0\n",
        "# VME\n\n## Rekening\n\n<act>De rekening wordt goedgekeurd.</act>\n\nStemming: unaniem.\n",
    ],
)
def test_the_vote_below_a_decision_in_words_is_none_beside_it(text: str) -> None:
    assert found(text) == expected(text)


def test_a_vote_that_says_what_was_approved_is_one_of_its_own() -> None:
    text = (
        "# Raad\n\n## Verkeer\n\n<act>Amendement verworpen met 4 stemmen voor en 7 stemmen tegen</act>\n\n"
        "<act>Reglement goedgekeurd met 8 stemmen voor en 3 stemmen tegen</act>\n"
    )
    assert found(text) == expected(text)


def test_what_somebody_said_is_not_what_a_count_is_about() -> None:
    text = "# Raad\n\n## Rekening\n\nDe schepen legt de cijfers uit.\n\n<act>Stemming: 15 ja, 0 neen</act>\n"
    assert found(text) == expected(text)


@pytest.mark.parametrize(
    "text",
    [
        "# Collège\n\n## Châssis\n\n<act>Attribue le marché à la menuiserie Rabot pour 12.430 euros.</act>\n",
        "# Collège\n\n## Rapport\n\n<act>PREND ACTE du rapport de la bibliothécaire.</act>\n",
        "# Directie\n\n## Telewerk\n\nHet comité:\n\n- <act>keurt het reglement goed;</act>\n- bespreekt de kosten.\n",
    ],
)
def test_a_verb_in_the_third_person_without_subject_is_what_the_body_does(text: str) -> None:
    assert found(text) == expected(text)


@pytest.mark.parametrize(
    "text",
    [
        "# Comité\n\n## Engagement\n\n<act>Le Comité charge le secrétaire d'écrire à la Ministre.</act>\n",
        "# Comité\n\n## Engagement\n\n<act>Le Comité se rallie à cette proposition.</act>\n",
        "# Comité\n\n## Sluiting\n\n<act>Volgende dagen worden vastgelegd: 30 mei en 26 december.</act>\n",
        "# Kring\n\n## Bestuur\n\n<act>Ria Coppens blijft secretaris.</act>\n",
        "# Cercle\n\n## Bulletin\n\n<act>On supprime la version papier.</act>\n",
        "# Kring\n\n## Boetes\n\n<act>We schaffen de boetes af.</act>\n",
        "# Gemeinderat\n\n## Zuschuss\n\n<act>Dem Musikverein wird ein Zuschuss von 500 Euro gewährt.</act>\n",
        "# Stuurgroep\n\n## Release\n\n<act>D: Go voor versie 2 in oktober.</act>\n",
    ],
)
def test_wordings_of_bodies_that_settle_something(text: str) -> None:
    assert found(text) == expected(text)


@pytest.mark.parametrize(
    "text",
    [
        "# Cercle\n\n## Bulletin\n\nSi on supprime la version papier, les frais baissent.\n",
        "# Raad\n\n## Parkeren\n\nHet is aangewezen om de parkeerduur te beperken.\n",
        "# Conseil\n\n## Scrutin\n\nIl est procédé au scrutin secret.\n",
        "# Kring\n\n## Bestuur\n\nDe secretaris blijft thuis.\n",
    ],
)
def test_wordings_that_look_like_them_are_none(text: str) -> None:
    assert found(text) == []


def test_an_item_of_a_list_of_decisions_is_one_up_to_the_next_that_says_so() -> None:
    text = (
        "# Werkgroep\n\n## Kaart\n\nDe volgende afspraken worden gemaakt:\n\n"
        "- <act>De kaart krijgt een legende. Die legende telt tien kleuren.</act>\n"
        "- <act>De schaal blijft behouden.</act> <act>Er wordt besloten om de kaart te drukken.</act>\n"
    )
    assert found(text) == expected(text)


def test_a_title_in_a_list_of_decisions_gives_way_to_the_decision_below_it() -> None:
    text = (
        "# Besluitenlijst van het college\n\n## Aanstelling jobstudenten\n\n"
        "<act>Het college gaat akkoord met de aanstelling van vier jobstudenten.</act>\n"
    )
    assert found(text) == expected(text)
