"""Which sentences, lines and rows state one decision together."""

from itertools import pairwise

import pytest
import spacy
from act_cases import annotate, expected
from hypothesis import given
from hypothesis import strategies as st

from minutes_nlp.extraction.decision_passages import JudgedUnit, join_units
from minutes_nlp.extraction.decisions import DecisionRecogniser
from minutes_nlp.extraction.outcomes import is_bare_outcome, is_second
from minutes_nlp.extraction.tallies import names_subject
from minutes_nlp.extraction.units import Shape, Unit
from minutes_nlp.spans import CharSpan

RECOGNISER = DecisionRecogniser(spacy.blank("xx"), "decisions")
COUNT = "| Votants | 9 |\n|---|---|\n| Abstention | 0 |\n| Contre | 1 |\n| Pour | 8 |\n"


def found(marked: str) -> list[str]:
    doc = annotate(RECOGNISER, marked)
    return [" ".join(finding.span.text(doc.text).split()) for finding in doc._.minutes_decisions]


def unmarked(text: str) -> list[str]:
    """What is marked in a text, without the markers of its items."""
    return [passage.replace(" - ", " ") for passage in expected(text)]


def unit(text: str, language: str, *, first: bool = True, block: int = 0) -> Unit:
    return Unit(CharSpan(0, len(text)), text, block, Shape.PROSE, language, first=first)


@pytest.mark.parametrize(
    "text",
    [
        f"# AG\n\n## Budget\n\nVote du budget :\n\n{COUNT}\n<act>Le budget est approuvé à la majorité.</act>\n",
        "# Raad\n\n## Dak\n\nMet 12 stemmen voor en 3 tegen\n\n"
        "<act>De herstelling van het dak wordt goedgekeurd.</act>\n",
    ],
)
def test_a_counted_vote_whose_outcome_is_told_in_words_is_no_decision_beside_it(text: str) -> None:
    assert found(text) == expected(text)


def test_a_counted_vote_without_words_is_the_decision_with_the_line_before_it() -> None:
    text = f"# AG\n\n## Budget\n\nVote du budget :\n\n{COUNT}\nLa salle est froide.\n"
    (told,) = found(text)
    assert told.startswith("Vote du budget :")
    assert told.endswith("Pour | 8")


def test_lines_that_name_what_their_votes_are_for_are_votes_of_their_own() -> None:
    text = (
        "# AG\n\n## Élections\n\nNouveaux candidats :\n\n"
        "- <act>Odile Tuba (pour : 11, contre : 0, abst : 4)</act>\n"
        "- <act>Remi Fifre (pour : 8, contre : 1, abst : 6)</act>\n"
    )
    assert found(text) == expected(text)


@pytest.mark.parametrize(
    ("text", "language", "named"),
    [("An Smet: 12 ja, 1 neen", "nl", True), ("Stemming: 12 ja, 1 neen", "nl", False), ("pour : 3", "fr", False)],
)
def test_the_subject_of_a_count_stands_before_it(text: str, language: str, named: bool) -> None:
    assert names_subject(text, language) is named


def test_a_proposal_that_is_only_seconded_gives_way_to_its_outcome() -> None:
    text = (
        "# CA\n\n## Tuba\n\nOdile propose l'achat d'un tuba.\nRemi appuie.\n\n"
        "<act>Que le club achète un tuba.\nLa proposition est adoptée à l'unanimité.</act>\n"
    )
    assert found(text) == expected(text)


def test_an_answer_to_a_question_is_not_what_an_outcome_settles() -> None:
    text = (
        "# CA\n\n## Trésorier\n\nOdile répond qu'elle habite près du local.\n"
        "<act>Proposition adoptée à l'unanimité.</act>\n"
    )
    assert found(text) == expected(text)


@pytest.mark.parametrize(
    "text",
    [
        "# Réunion\n\n## Pulls\n\n<act>Des pulls pour le comité ? Oui.</act> La salle est froide.\n",
        "# Overleg\n\n## Muur\n\n<act>Sanne stelt voor de muur te schilderen. De werkgroep is hiermee akkoord.</act>\n",
        "# Réunion\n\n## Local\n\n- <act>Proposition de repeindre le local\n  - validé</act>\n",
    ],
)
def test_a_bare_outcome_takes_in_what_it_settles(text: str) -> None:
    assert found(text) == unmarked(text)


def test_a_bare_yes_that_opens_a_paragraph_settles_nothing() -> None:
    assert found("# Réunion\n\n## Pulls\n\nLa salle est froide.\n\nOui.\n") == []


def test_a_label_opens_a_decision_that_ends_with_its_item() -> None:
    text = (
        "# Werkgroep\n\n## Wegen\n\n- De kaart is oud.\n"
        "- <act>Besluit: De kaart krijgt een codelijst. Die lijst bevat voor elke weg een nummer en een naam.</act>\n"
    )
    assert found(text) == expected(text)


def test_boxes_to_tick_are_no_decision() -> None:
    assert found("# AG\n\n## Bilan\n\nLa salle est froide.\n\nApprouvé                          Rejeté\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "# Gemeenteraad\n\n## Huur van de zaal\n\nDe prijs stijgt.\n\nBESLUIT:\n\n"
        "<act>Artikel 1. Met ingang van 1 mei bedraagt de huur 120 euro.</act>\n\n"
        "<act>Artikel 2. Het reglement van 2019 wordt opgeheven.</act>\n",
        "# Conseil communal\n\n## Location de la salle\n\nVu le Code ;\n\nARRÊTE :\n\n"
        "<act>Article 1er : Le loyer est fixé à 120 euros.</act>\n\n"
        "<act>Article 2 : Le règlement de 2019 est abrogé.</act>\n",
    ],
)
def test_each_article_of_a_resolution_is_a_decision(text: str) -> None:
    assert found(text) == expected(text)


def test_an_article_of_another_text_is_none() -> None:
    assert found("# Raad\n\n## Huur\n\nArtikel 12 van het decreet gaat over de huur van zalen.\n") == []


def test_points_that_are_listed_in_one_sentence_belong_to_it() -> None:
    text = (
        "# Raad\n\n## Intercommunale\n\n<act>Goedkeuring van de agenda, die er zo uitziet: 1. Verslag van de raad. "
        "2. Rekening van het jaar. 3. Varia.</act>\n"
    )
    assert found(text) == expected(text)


def test_a_cell_with_bullets_is_read_point_by_point() -> None:
    table = "| Punt | Opmerkingen | Status |\n|---|---|---|\n"
    row = "| Licentie | -   De tekst is lang. -   Werkgroep is akkoord om de licentie te verplichten. | aanvaard |\n"
    assert found(f"# Groep\n\n{table}{row}") == ["Werkgroep is akkoord om de licentie te verplichten."]


@pytest.mark.parametrize(
    "text",
    [
        "# Overleg\n\n## Planning\n\nDe nieuwe planning zal begin 2030 door de groep worden vastgesteld.\n",
        "# Réunion\n\n## Accès\n\nLe plan sera transmis à la ville pour accord.\n",
        "# Réunion\n\n## Accès\n\nLe plan sera prêt au plus tard le 15 novembre.\n",
    ],
)
def test_what_is_still_to_be_settled_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "language", "outcome", "second"),
    [
        ("Adopté à l'unanimité.", "fr", True, False),
        ("Remi appuie.", "fr", True, True),
        ("Odile propose une pause, Remi appuie.", "fr", False, True),
        ("Remi appuie la proposition, elle est acceptée.", "fr", True, False),
        ("Le budget est adopté.", "fr", False, False),
        ("Iedereen is akkoord.", "nl", True, False),
        ("Iedereen is akkoord dat de zaal warm is.", "nl", False, False),
    ],
)
def test_bare_outcomes_and_seconds(text: str, language: str, outcome: bool, second: bool) -> None:
    assert is_bare_outcome(unit(text, language)) is outcome
    assert is_second(unit(text, language)) is second


TEXTS = (
    "Goedgekeurd.",
    "Er wordt beslist te wachten.",
    "Besluit: ja.",
    "voor : 3",
    "tegen : 1",
    "Tine antwoordt.",
    "Dak",
)


@st.composite
def judged_units(draw: st.DrawFn) -> list[JudgedUnit]:
    entries: list[JudgedUnit] = []
    place = block = 0
    for text in draw(st.lists(st.sampled_from(TEXTS), max_size=12)):
        first = draw(st.booleans()) or not entries
        block += first
        shape, title = draw(st.sampled_from([(Shape.PROSE, ""), (Shape.ITEM, ""), (Shape.HEADING, "Dak")]))
        span = CharSpan(place, place + len(text))
        part = Unit(span, text, block, shape, "nl", title=title, first=first, last=draw(st.booleans()))
        features = draw(st.frozensets(st.sampled_from(["cue.label", "cue.approve", "place.item"])))
        entries.append(JudgedUnit(part, draw(st.floats(0, 1)), draw(st.booleans()), features))
        place = span.end + 1
    if entries:
        final = entries[-1]
        whole = Unit(final.unit.span, final.unit.text, final.unit.block, final.unit.shape, "nl", last=True)
        entries[-1] = JudgedUnit(whole, final.probability, final.taken, final.features)
    return entries


@given(judged_units())
def test_passages_lie_within_the_document_in_order_and_apart(entries: list[JudgedUnit]) -> None:
    passages = join_units(entries)
    assert all(0 <= passage.first <= passage.last < len(entries) for passage in passages)
    assert all(one.last < other.first for one, other in pairwise(passages))
