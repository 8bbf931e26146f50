"""Decisions by weighted cues."""

import pytest
import spacy
from act_cases import annotate, expected

from minutes_nlp.extraction.decisions import DecisionRecogniser
from minutes_nlp.extraction.qualify import Mood, moods
from minutes_nlp.extraction.repeats import Repeats
from minutes_nlp.extraction.tallies import is_ballot, is_tally

HEAD = "# Kring\n\n## "
RECOGNISER = DecisionRecogniser(spacy.blank("xx"), "decisions")


def found(marked: str) -> list[str]:
    doc = annotate(RECOGNISER, marked)
    return [finding.span.text(doc.text) for finding in doc._.minutes_decisions]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "Verslag\n\n<act>Het verslag van de vorige zitting wordt goedgekeurd.</act> De zaal was koud.\n",
        HEAD + "Begroting\n\nEr was veel discussie. <act>Er wordt besloten de fuif uit te stellen.</act>\n",
        HEAD + "Procès-verbal\n\nLuc présente les comptes. <act>Les comptes sont approuvés à l'unanimité.</act>\n",
        HEAD + "Locaux\n\nLa toiture fuit depuis mars. <act>Il est décidé de reporter le point.</act>\n",
        HEAD + "Logo\n\n<act>The board approved the new logo by majority vote.</act> It was drawn last year.\n",
        HEAD
        + "Beitrag\n\n<act>Es wurde einstimmig beschlossen, den Beitrag zu senken.</act> Der Kassenwart war krank.\n",
    ],
)
def test_a_settled_question_is_a_decision_and_what_stands_beside_it_is_not(text: str) -> None:
    assert found(text) == expected(text)


@pytest.mark.parametrize(
    "text",
    [
        "# Fuif\n\nZou het niet leuker zijn om de fuif in mei te houden?\n",
        "# Fuif\n\nTine vindt dat de fuif misschien beter in mei gehouden zou worden.\n",
        "# Mobilité\n\nLa ville pourrait éventuellement approuver une piste cyclable.\n",
        "# Mobilité\n\nFaut-il approuver le plan de la ville ?\n",
        "# Garden\n\nPerhaps we could think about a vegetable garden.\n",
    ],
)
def test_questions_wishes_and_possibilities_are_none(text: str) -> None:
    assert found(text) == []


def test_an_outcome_takes_in_the_proposal_before_it() -> None:
    text = "# Fanfare\n\n<act>Odile propose l'achat d'un tuba. Adopté à l'unanimité.</act>\n"
    assert found(text) == expected(text)


def test_the_lines_of_a_count_are_one_decision_with_what_was_voted_on() -> None:
    text = "# Comptes\n\nLa salle est pleine.\n\n- Décharge\n- pour : 12\n- contre : 0\n- abstention : 3\n"
    assert found(text) == ["Décharge\npour : 12\ncontre : 0\nabstention : 3"]


def test_the_same_decision_in_two_languages_side_by_side_is_one() -> None:
    dutch, french = "De vergadering keurt het verslag van mei goed.", "L'assemblée approuve le compte rendu de mai."
    weather = "Het regende die dag pijpenstelen in de straten van de stad."
    assert found(f"# Kring\n\n## Verslag\n\n{weather}\n\n{dutch}\n\n{french}\n") == [f"{dutch}\n{french}"]


def test_every_decision_has_a_probability_and_the_threshold_is_an_option() -> None:
    text = HEAD + "Verslag\n\nHet verslag wordt goedgekeurd.\n"
    doc = annotate(RECOGNISER, text)
    assert all(0 < finding.confidence <= 1 for finding in doc._.minutes_decisions)
    assert [span.text for span in doc.spans["minutes.decisions"]] == ["Het verslag wordt goedgekeurd."]
    strict = DecisionRecogniser(spacy.blank("xx"), "decisions", threshold=1.0)
    assert annotate(strict, text)._.minutes_decisions == []


def test_the_same_decision_said_again_is_a_repeat() -> None:
    sentence = "Er wordt besloten de kantine op zondag te sluiten."
    doc = annotate(RECOGNISER, f"# Kantine\n\n{sentence}\n\n# Besluiten\n\n- {sentence}\n")
    assert [finding.repeat for finding in doc._.minutes_decisions] == [False, True]


def test_an_empty_document_has_none() -> None:
    assert found("") == []


@pytest.mark.parametrize(
    ("text", "language", "tally"),
    [
        ("pour : 12", "fr", True),
        ("Ne prennent pas part au vote | 0", "fr", True),
        ("5 voor, 2 tegen", "nl", True),
        ("Voor de barbecue zijn er nog geen plannen gemaakt door het comité van vorig jaar", "nl", False),
        ("Tuba", "fr", False),
    ],
)
def test_tallies_are_told_by_options_and_counts(text: str, language: str, tally: bool) -> None:
    assert is_tally(text, language) is tally


def test_a_ballot_names_two_options() -> None:
    assert is_ballot("Candidat | Oui | Non | Abstentions", "fr")
    assert not is_ballot("Candidat | Adresse", "fr")


@pytest.mark.parametrize(
    ("text", "language", "mood"),
    [
        ("Komt er een nieuw dak?", "nl", Mood.QUESTION),
        ("Het dak zou vernieuwd worden", "nl", Mood.CONDITIONAL),
        ("Le toit n'est pas réparé", "fr", Mood.NEGATION),
        ("Selon le voisin, le toit fuit", "fr", Mood.REPORTED),
        ("The roof was repaired", "en", Mood.PAST),
        ("Das Dach ist meistens dicht", "de", Mood.HABIT),
    ],
)
def test_moods_are_told_by_their_words(text: str, language: str, mood: Mood) -> None:
    assert mood in moods(text, language)
    assert moods("Tuba", language) == frozenset()


def test_few_words_may_recur_without_being_a_repeat() -> None:
    repeats = Repeats()
    assert not repeats.seen("Goedgekeurd")
    assert not repeats.seen("Goedgekeurd")
    assert not repeats.seen("De fanfare koopt een nieuwe tuba")
    assert repeats.seen("De fanfare koopt dus een nieuwe tuba")


def test_a_decision_in_a_side_of_several_sentences_repeats_the_one_it_translates() -> None:
    text = (
        "# Verslag\n\nDe raad keurt het nieuwe dak van de schuur goed.\n\n"
        "De buurvrouw dankt het comité voor de koffie.\n\n"
        "Le conseil approuve le nouveau toit de la grange. La voisine remercie le comité pour le café.\n\n"
        "De vergadering keurt het verslag van 3 mei goed.\n\nLa réunion approuve le rapport du 3 mai.\n"
    )
    doc = annotate(RECOGNISER, text)
    found = [(f.repeat, f.span.text(doc.text)) for f in doc._.minutes_decisions]
    assert (True, "Le conseil approuve le nouveau toit de la grange.") in found
    assert not any("voisine" in told or "buurvrouw" in told for _, told in found)


@pytest.mark.parametrize(
    "text",
    [
        "# Project\n\n## Algemene afspraken\n\n- <act>Markdown is het formaat van alle teksten.</act>\n"
        "- <act>De code is in het Engels.</act>\n",
        "# Stuurgroep\n\nDe volgende afspraken worden gemaakt:\n\n- <act>De oude kaart komt te vervallen.</act>\n",
        "# Groupe\n\n## Décisions\n\n- <act>Le logo reste bleu.</act>\n",
    ],
)
def test_below_a_heading_or_lead_in_of_decisions_a_plain_statement_is_one(text: str) -> None:
    assert found(text) == expected(text)


def test_below_a_heading_that_names_decisions_among_other_things_it_is_none() -> None:
    assert found("# Project\n\n## Discussiepunten en afspraken\n\n- Markdown is het formaat van alle teksten.\n") == []


def test_a_cell_that_says_so_makes_a_row_a_decision_and_the_cell_that_says_most_is_it() -> None:
    table = "| Nr | Datum | Omschrijving | Soort |\n|---|---|---|---|\n"
    row = "| 7 | 12-03-2025 | Oproepen komen voortaan in de ochtend. | Afspraak |\n"
    assert found(f"# Lijst\n\n{table}{row}") == ["Oproepen komen voortaan in de ochtend."]


def test_the_outcome_below_a_title_of_several_sentences_takes_in_the_whole_title() -> None:
    text = "# Gemeenteraad\n\n## 2026_12 - Kerkfabriek Sint-Odilia. Jaarrekening 2025. Advies.\n\nGoedgekeurd\n"
    assert found(text) == ["2026_12 - Kerkfabriek Sint-Odilia. Jaarrekening 2025. Advies.\nGoedgekeurd"]


@pytest.mark.parametrize(
    "text",
    [
        "# Raad\n\n## Reglement\n\nAan de gemeenteraad wordt gevraagd het reglement goed te keuren.\n",
        "# Conseil\n\n## Règlement\n\nIl est proposé au conseil d'approuver le règlement.\n",
        "# Bestuur\n\n## Korting\n\nDe korting is door de ALV goedgekeurd in de vorige vergadering.\n",
    ],
)
def test_what_is_only_asked_of_the_body_or_was_settled_elsewhere_is_none(text: str) -> None:
    assert found(text) == []


def test_a_title_that_ends_with_its_outcome_is_the_decision_if_nothing_below_it_says_so() -> None:
    explained = "De kerkfabriek bezorgde haar stukken. De ontvangsten liggen hoger dan vorig jaar.\n"
    text = f"# Gemeenteraad\n\n## Kerkfabriek Sint-Odilia - rekening 2025 - goedkeuring\n\n{explained}"
    assert found(text) == ["Kerkfabriek Sint-Odilia - rekening 2025 - goedkeuring"]
    settled = "De gemeenteraad keurt de rekening goed."
    assert found(f"{text}\n{settled}\n") == [settled]


def test_what_is_printed_twice_below_one_heading_is_one_decision() -> None:
    line = "De gemeenteraad keurt de rekening van de kerkfabriek goed.\n"
    assert found(f"# Raad\n\n## Rekening\n\n{line}\n{line}") == [line.strip()]


POINTS = ("Rekening van de kerkfabriek", "Verkoop van een perceel", "Reglement van de speelpleinen")


def minutes_with_agenda(summary: str) -> str:
    agenda = "".join(f"{number} {point}\n\n{summary}\n\n" for number, point in enumerate(POINTS, 1))
    report = "".join(
        f"## {number} {point}\n\nDe gemeenteraad keurt punt {number} goed.\n\n"
        for number, point in enumerate(POINTS, 1)
    )
    return f"# Gemeenteraad van 3 mei 2026\n\nAgendapunten\n\n{agenda}{report}"


def test_what_an_announced_agenda_says_of_its_points_is_no_decision() -> None:
    summary = "Goedkeuring van het voorstel van het college."
    assert found(minutes_with_agenda(summary)) == [f"De gemeenteraad keurt punt {number} goed." for number in (1, 2, 3)]
