"""What the words of a passage, and those around it, say for or against a decision, in each language."""

import pytest
import spacy
from act_cases import annotate, expected

from minutes_nlp.extraction.decisions import DecisionRecogniser

RECOGNISER = DecisionRecogniser(spacy.blank("xx"), "decisions")


def found(marked: str) -> list[str]:
    doc = annotate(RECOGNISER, marked)
    return [" ".join(finding.span.text(doc.text).split()) for finding in doc._.minutes_decisions]


@pytest.mark.parametrize(
    "text",
    [
        "# Kring\n\n## Slot\n\nDe vergadering wordt gesloten om 21.40 uur.\n",
        "# Cercle\n\n## Fin\n\nLa séance est levée à 21 h 40.\n",
        "# Club\n\n## End\n\nThe meeting was adjourned at 9.40 pm.\n",
        "# Verein\n\n## Ende\n\nDie Sitzung wird um 21 Uhr geschlossen.\n",
    ],
)
def test_that_a_meeting_ends_is_no_decision(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("condition", "settled"),
    [
        ("Wanneer het plan is goedgekeurd, begint de aannemer.", "Het plan is goedgekeurd."),
        ("Dès que le plan est approuvé, le maçon commence.", "Le plan est approuvé."),
        ("Once the plan is approved, the mason starts.", "The plan is approved."),
        ("Sobald der Plan genehmigt ist, beginnt der Maurer.", "Der Plan ist genehmigt."),
    ],
)
def test_what_only_a_condition_supposes_is_none(condition: str, settled: str) -> None:
    assert found(f"# Bestuur\n\n## Plan\n\n{condition}\n") == []
    assert found(f"# Bestuur\n\n## Plan\n\n{settled}\n") == [settled]


@pytest.mark.parametrize(
    "text",
    [
        "# Kring\n\n## Muur\n\n<act>De muur komt volgende vergadering terug.</act> De verf is duur.\n",
        "# Cercle\n\n## Mur\n\n<act>Le point est reporté à la prochaine réunion.</act> La peinture est chère.\n",
        "# Verein\n\n## Mauer\n\n<act>Der Punkt wird auf dem nächsten Treffen besprochen.</act> Farbe ist teuer.\n",
    ],
)
def test_a_point_that_comes_back_another_time_is_postponed(text: str) -> None:
    assert found(text) == expected(text)


@pytest.mark.parametrize(
    "text",
    [
        "# Cercle\n\n## Mur\n\nLe maçon est arrivé une heure plus tard.\n",
        "# Cercle\n\n## Mur\n\nOdile présentera ses croquis à la prochaine réunion.\n",
        "# Kring\n\n## Vervoer\n\nEen reiziger is wie zich verplaatst van thuis naar school.\n",
    ],
)
def test_later_and_elsewhere_are_not_yet_postponed(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "# Kring\n\n## Titel\n\n- <act>De titel van Lowie: niet aanvaard.</act>\n- De titel telt vijf woorden.\n",
        "# Cercle\n\n## Titre\n\n- <act>Le titre de Lowie : non approuvé.</act>\n- Le titre a cinq mots.\n",
    ],
)
def test_an_approval_that_is_denied_is_a_refusal(text: str) -> None:
    assert found(text) == expected(text)


def test_an_approval_that_is_not_there_yet_is_none() -> None:
    assert found("# Kring\n\n## Titel\n\nDe titel is nog niet aanvaard.\n") == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Het plan was al door de ouderraad goedgekeurd.", "nl"),
        ("Le plan avait déjà été approuvé par le comité des parents.", "fr"),
        ("The plan was already approved by the parents.", "en"),
    ],
)
def test_what_was_settled_before_is_none(text: str, language: str) -> None:
    assert found(f"# {language}\n\n## Plan\n\n{text}\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "# Kring\n\n## Bel\n\nZe is stuk.\n\n<act>Afspraak : sleutels bij de buurvrouw van 12</act>\n\nZe blinkt.\n",
        "# Cercle\n\n## Contact\n\n<act>Conclusion : on garde les clés chez Odile.</act>\n\nElles sont en cuivre.\n",
    ],
)
def test_a_label_with_a_statement_after_it_is_no_title(text: str) -> None:
    assert found(text) == expected(text)


@pytest.mark.parametrize("label", ["Conclusie:", "Décision :"])
def test_a_label_alone_is_none(label: str) -> None:
    assert found(f"# Kring\n\n## Contact\n\n{label}\n\nDe sleutels zijn van koper.\n") == []


def test_of_a_long_lead_in_the_last_sentence_tells_what_it_announces() -> None:
    lead = (
        "We keken de lange lijst van wensen van de buurt en van de school nog eens samen na. "
        "We hebben afgesproken dat dit zijn:"
    )
    points = "- <act>De speeltuin achter de kerk</act>\n- <act>Het dak van de loods</act>\n"
    text = f"# Kring\n\n## Plannen\n\n{lead}\n\n{points}"
    assert found(text) == expected(text)


def test_a_line_that_announces_decisions_is_none_beside_them() -> None:
    text = "# AG\n\n## Bureau\n\nRésultats des votes :\n\n- <act>Odile est élue présidente à l'unanimité.</act>\n"
    assert found(text) == expected(text)


def test_a_question_and_its_answer_leave_out_what_stands_before_them() -> None:
    text = "# Réunion\n\n## Pulls\n\nIl faut avancer. <act>Des pulls pour le comité ? Oui.</act>\n"
    assert found(text) == expected(text)


def test_what_somebody_said_is_no_title_of_a_proposal() -> None:
    text = (
        "# CA\n\n## Trésorier\n\nRemi répond qu'il a le temps. "
        "<act>Odile propose Remi comme trésorier. Adopté à l'unanimité.</act>\n"
    )
    assert found(text) == expected(text)


def test_a_motion_its_second_and_its_outcome_are_one() -> None:
    text = (
        "# Board\n\n## Minutes\n\n- <act>Odile moves to repaint the shed.\n- Remi seconds.\n- Motion approved.</act>\n"
    )
    assert found(text) == [" ".join(line.replace("- ", "") for line in expected(text))]


def test_a_sentence_that_tells_what_is_agreed_to_needs_no_sentence_before_it() -> None:
    text = (
        "# Kring\n\n## Reserve\n\nTine wil de winst van de fuif opzij zetten. "
        "<act>Zo werkt de kring al vele jaren lang en het bestuur is hiermee akkoord.</act>\n"
    )
    assert found(text) == expected(text)


def test_the_head_of_a_table_of_votes_is_none() -> None:
    text = "# AG\n\n| Poste | Oui | Non | Abstention |\n|---|---|---|---|\n| Odile Tuba | 12 | 1 | 0 |\n"
    assert not any("Abstention" in told for told in found(text))
