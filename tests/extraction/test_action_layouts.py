"""Ways to print actions, owners and what is done that differ from minutes to minutes."""

import pytest
import spacy
from act_cases import annotate, expected, facts

from minutes_nlp.extraction.actions import ActionRecogniser
from minutes_nlp.extraction.cues import cue_table
from minutes_nlp.resources import languages

RECOGNISER = ActionRecogniser(spacy.blank("xx"), "actions")
NL = "# Verslag\n\nAanwezig: An Claes, Bram Devos (OCMW Ham), Thomas van Zuil\n\n"
FR = "# Compte rendu\n\nPrésents : Anne Clerc, Benoît Duval, Chloé Hart\n\n"
EN = "# Minutes\n\nPresent: Ann Lee, Ned Marsh, Sam Field\n\n"
DE = "# Protokoll\n\nAnwesend: Anna Weber, Jens Krüger, Paul Lenz\n\n"
ACTIES, ACTIONS = NL + "## Actiepunten\n\n", FR + "## Actions\n\n"


def owners(text: str) -> list[str]:
    """The owners of each action found, joined by commas."""
    return [", ".join(o.name for o in action.owners) for action in annotate(RECOGNISER, text)._.minutes_actions]


def found(text: str) -> list[str]:
    doc = annotate(RECOGNISER, text)
    return [" ".join(action.span.text(doc.text).split()) for action in doc._.minutes_actions]


@pytest.mark.parametrize(
    "text",
    [
        ACTIES + '- <act owners="dienst Communicatie">De dienst Communicatie maakt een bericht voor juni.</act>\n',
        ACTIES + '- <act owners="dienst P&O">Actie: dienst P&O werkt de tekst uit</act>\n',
        ACTIES + '- <act owners="dienst Jeugd en Sport">De dienst Jeugd en Sport stuurt de folder rond.</act>\n',
        ACTIES + '- <act owners="juridische dienst">De juridische dienst kijkt het contract na.</act>\n',
        ACTIES + '- <act owners="bureau Omtrek">Het bureau Omtrek bezorgt een nieuwe tekening.</act>\n',
        ACTIES + '- <act owners="An Claes, bestuur">An en het bestuur zullen de zaal zoeken.</act>\n',
        ACTIONS + "- <act owners=\"bureau d'études\">Le bureau d'études enverra les plans.</act>\n",
        ACTIONS + '- <act owners="cellule communication">La cellule communication prépare une affiche.</act>\n',
        ACTIONS + '- <act owners="service Jeunesse et Sports">Le service Jeunesse et Sports enverra la liste.</act>\n',
        ACTIONS + '- <act owners="">La liste du nouveau service sera envoyée lundi.</act>\n',
    ],
)
def test_the_name_of_a_group_is_not_cut_short(text: str) -> None:
    assert owners(text) == [fact["owners"] for fact in facts(text)]


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("| Folder nalezen | dienst P&O | 3 mei |", "dienst P&O"),
        ("| Folder nalezen | dienst Jeugd en Sport | 3 mei |", "dienst Jeugd en Sport"),
        ("| Folder nalezen | AC&BD | 3 mei |", "An Claes, Bram Devos"),
        ("| Folder nalezen | An & Bram | 3 mei |", "An Claes, Bram Devos"),
        ("| Folder nalezen | Kernteam (en partners) | 3 mei |", "Kernteam"),
        ("| Folder nalezen | Bram Devos (OCMW Ham) | 3 mei |", "Bram Devos"),
    ],
)
def test_a_cell_names_whole_groups_and_all_people(row: str, named: str) -> None:
    table = "| Actie | Opvolging door | Deadline |\n|---|---|---|\n"
    assert owners(ACTIES + table + row + "\n") == [named]


@pytest.mark.parametrize(
    "text",
    [
        ACTIONS + '- <act owners="Garnier">M. Garnier s\'engage à repeindre la grille.</act>\n',
        ACTIES + '- <act owners="Hofman">Mevrouw Hofman zal de drukker bellen.</act>\n',
        ACTIES + '- <act owners="">De kosten zullen bekeken worden.</act>\n',
    ],
)
def test_a_title_makes_a_word_with_a_capital_the_name_of_somebody(text: str) -> None:
    assert owners(text) == [fact["owners"] for fact in facts(text)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (FR + "## Cuisine\n\n- TODO @chloe acheter un thermomètre\n", ["@chloe"]),
        (EN + "## Gate\n\nACTION – Ned and Sam to obtain prices for locks.\n", ["Ned Marsh, Sam Field"]),
        (ACTIES + "- Contract nakijken – verantwoordelijke: bestuur – termijn: 3 mei\n", ["bestuur"]),
        (ACTIES + "- Teksten nalezen: Bram, tegen 3 mei\n", ["Bram Devos"]),
        (ACTIES + "- Handleiding schrijven — An/Bram — eind mei\n", ["An Claes, Bram Devos"]),
        (DE + "## Aufgaben\n\n- Saatgut bestellen: Paul, bis 01.06.\n", ["Paul Lenz"]),
        (ACTIONS + "- Tombola : Mme Clerc et M. Duval.\n", ["Anne Clerc, Benoît Duval"]),
    ],
)
def test_owners_stand_behind_a_label_or_apart(text: str, named: list[str]) -> None:
    assert owners(text) == named


@pytest.mark.parametrize(
    ("before", "text", "named"),
    [
        ("An toont een ontwerp.", "Zij zal de drukker volgende week bellen.", ["An Claes"]),
        ("An vroeg Bram om raad.", "Zij zal de drukker volgende week bellen.", ["An Claes"]),
        ("Het OCMW Ham schreef aan An.", "Zij zal de drukker volgende week bellen.", ["An Claes"]),
        ("An en Bram tonen een ontwerp.", "Zij zal de drukker volgende week bellen.", [""]),
        ("De kleuren zijn te fel.", "Zij zal de drukker volgende week bellen.", [""]),
    ],
)
def test_a_pronoun_stands_for_the_subject_of_the_sentence_before(before: str, text: str, named: list[str]) -> None:
    talk = NL + "1. Dak\n\nHet dak lekt. De schade blijft beperkt.\n\n2. Website\n\nDe oude website blijft bestaan. "
    rest = "\n\n3. Feest\n\nHet feest was een succes en bracht meer op dan vorig jaar.\n\n4. Rondvraag\n\nGeen.\n"
    assert owners(f"{talk}{before} {text}{rest}") == named
    assert owners(f"{talk}{before}\n\n{text}{rest}") == named


def test_a_pronoun_that_stands_for_nobody_has_no_owner() -> None:
    told = FR + "## Toiture\n\nBenoît a vu le couvreur. "
    assert owners(told + "Il relance le couvreur cette semaine.\n") == ["Benoît Duval"]
    assert owners(told + "Il faut relancer le couvreur cette semaine.\n") == [""]


@pytest.mark.parametrize(
    "text",
    [
        NL + "## Drukwerk\n\n### <act>TODO An: offertes opvragen bij de drukker</act>\n\nDe prijs steeg.\n",
        NL + "## Drukwerk\n\n### <act>An belt de drukker tegen volgende vergadering.</act>\n\nDe prijs steeg.\n",
        NL + "## Actiepunten An\n\nDe prijs steeg.\n",
        NL + "## TODO-lijst\n\nDe prijs steeg.\n",
        EN + "## Action items\n\n### <act>Ned - file a ticket with the hosting provider</act>\n",
        EN + "## Action items\n\n### Website\n\nNothing changed.\n",
    ],
)
def test_a_heading_may_state_an_action_or_only_announce_some(text: str) -> None:
    assert found(text) == expected(text)


@pytest.mark.parametrize(
    ("line", "statuses"),
    [
        ("- ☐ An: zaal boeken", ["open"]),
        ("- ☒ An: zaal boeken", ["done"]),
        ("- [x] An: zaal boeken", ["done"]),
        ("- [x] Ann Lee, Acme Group", []),
        ("- [](https://ham.example) Foto van de zaal", []),
    ],
)
def test_a_box_before_a_line_makes_it_a_task_unless_it_ticks_off_who_is_there(line: str, statuses: list[str]) -> None:
    doc = annotate(RECOGNISER, NL + f"## Feest\n\nEr komen veel mensen.\n\n{line}\n")
    assert [action.status for action in doc._.minutes_actions] == statuses


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("An: docs for the new login [done]", "done"),
        ("An: docs for the login, not yet [done]", "open"),
    ],
)
def test_words_for_what_is_open_deny_only_a_mark_beside_them(line: str, status: str) -> None:
    (action,) = annotate(RECOGNISER, EN + f"## Action items\n\n- {line}\n")._.minutes_actions
    assert action.status == status


@pytest.mark.parametrize(
    "line",
    [
        "- <act>Kookploeg zoeken (An)</act>",
        "- <act>Kookploeg zoeken → An</act>",
        "- Lokaal boven (An)",
        "- Lokaal: An, eerste verdieping",
    ],
)
def test_an_infinitive_may_stand_before_the_owner_that_ends_the_line(line: str) -> None:
    text = NL + f"1. Dak\n\nHet dak lekt op twee plaatsen.\n\n2. Feest\n\nEr komen veel mensen.\n\n{line}\n"
    assert found(text) == expected(text)


def test_a_name_that_ends_as_an_infinitive_does_is_none() -> None:
    assert found(FR + "## Bureau\n\n- Olivier Grimaud – trésorier\n") == []
    assert found(FR + "## Bureau\n\n- Installer Olivier au bureau\n") == ["Installer Olivier au bureau"]


def test_a_month_owns_no_action() -> None:
    assert owners(EN + "## Action items\n\n- Collect the reviews by January\n") == [""]
    assert owners(EN + "## Action items\n\n- Reviews to be collected by Ned\n") == ["Ned Marsh"]


@pytest.mark.parametrize("language", languages())
def test_every_weight_of_a_cue_can_count(language: str) -> None:
    table = cue_table(language, "actions")
    named = {name for weight in table.weights for name in weight.split(" & ") if name.startswith("cue.")}
    assert named <= {f"cue.{cue.name}" for cue in table.cues}
