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
