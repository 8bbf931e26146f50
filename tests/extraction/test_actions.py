"""Actions by weighted cues, their status and where their deadline may stand."""

import pytest
import spacy
from act_cases import annotate, expected, facts, read

from minutes_nlp.extraction.actions import ActionRecogniser
from minutes_nlp.extraction.base import ActionFinding
from minutes_nlp.extraction.units import Shape, units_of
from minutes_nlp.reading.compose import compose
from minutes_nlp.reading.flow import Paragraph, Role, Row, Table

RECOGNISER = ActionRecogniser(spacy.blank("xx"), "actions")
PEOPLE_NL = "Aanwezig: An Claes, Bram Devos, Cleo Hart\n\n"
PEOPLE_FR = "Présents : Anne Clerc, Benoît Duval, Chloé Hart\n\n"


def found(marked: str) -> tuple[list[str], list[ActionFinding]]:
    doc = annotate(RECOGNISER, marked)
    return [finding.span.text(doc.text) for finding in doc._.minutes_actions], doc._.minutes_actions


@pytest.mark.parametrize(
    "text",
    [
        f"# Verslag\n\n{PEOPLE_NL}## Dak\n\nHet dak lekt. <act>An Claes vraagt tegen 15 mei drie offertes aan.</act>\n",
        f"# Verslag\n\n{PEOPLE_NL}## Dak\n\n<act>De offertes zullen aan de buren bezorgd worden.</act> Het regent.\n",
        f"# Verslag\n\n{PEOPLE_NL}## Actiepunten\n\n- <act>offertes opvragen</act>\n- <act>buren uitnodigen</act>\n",
        f"# Verslag\n\n{PEOPLE_NL}## Dak\n\n- <act>Actie: Bram belt de dakwerker.</act>\n- Het dak is oud.\n",
        f"# Compte rendu\n\n{PEOPLE_FR}## Toit\n\nIl pleut. <act>Anne contactera le couvreur avant mai.</act>\n",
        f"# Compte rendu\n\n{PEOPLE_FR}## À faire\n\n- <act>relancer le maçon</act>\n- <act>prévenir Luc</act>\n",
        "# Compte rendu\n\n## Toit\n\n- Devis du couvreur\n    - <act>A étudier avec la mairie en janvier</act>\n",
        "# Compte rendu\n\nElle améliore sa communication :\n\n- <act>La mise à jour de son site</act>\n- Affiches\n",
        "# Statuts\n\nChoses à faire :\n\n- <act>Affiliation aux fédérations</act>\n",
        "# Kring\n\n## Roof\n\nThe roof leaks. <act>Ann will contact the roofer by next week.</act>\n",
        "# Kring\n\n## Dach\n\nEs regnet. <act>Anna kümmert sich bis zum nächsten Treffen um das Dach.</act>\n",
    ],
)
def test_assignments_and_commitments_are_actions_and_what_stands_beside_them_is_not(text: str) -> None:
    assert found(text)[0] == expected(text)


@pytest.mark.parametrize(
    "text",
    [
        "# Dak\n\nHet zou goed zijn mocht iemand ooit de dakgoot nakijken.\n",
        "# Dak\n\nVorig jaar heeft An de dakgoot gekuist.\n",
        "# Toit\n\nChaque année, le couvreur nettoyait la gouttière.\n",
        "# Toit\n\nOn pourrait éventuellement repeindre la façade ?\n",
        "# Ideeën\n\n- een fuif\n- een quiz\n",
        f"# Verslag\n\n{PEOPLE_NL}## Verslag en actielijst\n\nHet verslag van 3 mei wordt goedgekeurd.\n",
        f"# Verslag\n\n{PEOPLE_NL}## Dak\n\nBram vraagt of de dakwerker nu ook de goot moet nakijken.\n",
        "# Statuts\n\nLes motifs menant à faire évoluer les statuts :\n\n- Affiliation aux fédérations\n",
    ],
)
def test_wishes_the_past_and_ideas_are_none(text: str) -> None:
    assert found(text)[0] == []


@pytest.mark.parametrize(
    "text",
    [
        f"# Verslag\n\n{PEOPLE_NL}## Acties\n\n- <act>foto's van de nieuwe kast op de website</act>\n",
        f"# Verslag\n\n{PEOPLE_NL}## Kalender\n\n- foto's van de nieuwe kast op de website\n",
        f"# Compte rendu\n\n{PEOPLE_FR}## Actions à mener\n\n- <act>photos du nouveau local sur le site</act>\n",
        f"# Compte rendu\n\n{PEOPLE_FR}## Calendrier\n\n- 3 mai : ouverture du local\n",
        f"# Verslag\n\n{PEOPLE_NL}## Dak\n\nActies voor de werkgroep:\n",
    ],
)
def test_anything_in_a_list_of_actions_is_one_and_in_a_list_of_dates_or_without_items_nothing_is(text: str) -> None:
    assert found(text)[0] == expected(text)


@pytest.mark.parametrize(
    "text",
    [
        f"# Verslag\n\n{PEOPLE_NL}## Dak\n\n<act>Bram pakt dit verder op met de dakwerker.</act> Het regent.\n",
        f"# Verslag\n\n{PEOPLE_NL}## Dak\n\nCleo vraagt of het dak nog lang meegaat.\n",
        f"# Verslag\n\n{PEOPLE_NL}## Dak\n\nMaar de goot moet ook proper zijn, anders lekt het.\n",
        f"# Compte rendu\n\n{PEOPLE_FR}## Toit\n\n<act>Chloé va demander un devis au couvreur.</act> Il pleut.\n",
        f"# Compte rendu\n\n{PEOPLE_FR}## Toit\n\nBenoît demande si le toit tiendra encore longtemps.\n",
        "# Kring\n\n## Roof\n\n<act>Ann will send the draft to the roofer.</act> But it may not rain.\n",
    ],
)
def test_taking_up_a_task_is_an_action_and_asking_or_objecting_is_none(text: str) -> None:
    assert found(text)[0] == expected(text)


@pytest.mark.parametrize(
    ("cell", "status"),
    [("gedaan", "done"), ("afgerond", "done"), ("lopend", "open"), ("nog niet gedaan", "open"), ("", "open")],
)
def test_the_status_column_tells_whether_an_action_is_done(cell: str, status: str) -> None:
    table = f"| Wie | Wat | Wanneer | Status |\n|---|---|---|---|\n| An | offertes vragen | 3 mei | {cell} |\n"
    _, actions = found(f"# Verslag\n\n{PEOPLE_NL}## Actielijst\n\n{table}")
    assert [action.status for action in actions] == [status]


@pytest.mark.parametrize(
    ("item", "status"),
    [
        ("[x] offertes opvragen", "done"),
        ("[ ] offertes opvragen", "open"),
        ("offertes opvragen (gedaan)", "done"),
        ("offertes opvragen (nog niet gedaan)", "open"),
        ("offertes opvragen ✅", "done"),
    ],
)
def test_marks_tell_whether_an_item_is_done(item: str, status: str) -> None:
    _, actions = found(f"# Verslag\n\n{PEOPLE_NL}## Actiepunten\n\n- {item}\n")
    assert [action.status for action in actions] == [status]


@pytest.mark.parametrize(
    "header", ["Wat | Wie | Tegen wanneer", "Actie | Verantwoordelijke | Deadline", "Tâche | Qui | Échéance"]
)
def test_rows_that_say_what_who_and_by_when_are_actions_under_any_heading(header: str) -> None:
    rows = "| Koelwagen reserveren | An Claes | 1 juni 2026 |\n| Affiches drukken | Bram Devos | |\n"
    text = f"# Verslag\n\n{PEOPLE_NL}## Zomerfeest\n\nHet feest was leuk.\n\n| {header} |\n|---|---|---|\n{rows}"
    assert [quote.split(" | ")[0] for quote in found(text)[0]] == ["Koelwagen reserveren", "Affiches drukken"]


@pytest.mark.parametrize(
    ("header", "other"),
    [("Aanleiding | Groep | Kleur", True), ("Aanleiding | Groep | Stand", False), ("Wat | Wie | Kleur", False)],
)
def test_rows_of_a_table_with_none_of_the_columns_of_an_action_list_tell_of_something_else(
    header: str, other: bool
) -> None:
    row = "De vereniging dient een dossier in bij de dienst | Groep 1 | rood"
    text = f"# Verslag\n\n## Werkwijze\n\nEr zijn drie wegen.\n\n| {header} |\n|---|---|---|\n| {row} |\n"
    assert [unit.other for unit in units_of(read(text)) if unit.shape is Shape.ROW] == [other]


def test_a_row_of_a_procedure_is_no_task() -> None:
    row = "Een afvaardiging zal het dossier bezorgen"
    table = f"# Verslag\n\n## Werkwijze\n\nEr zijn drie wegen.\n\n| {{}} | Groep |\n|---|---|\n| {row} | 1 |\n"
    assert found(table.format("Aanleiding"))[0] == []
    assert found(table.format("Stand"))[0] == [f"{row} | 1"]


def test_each_point_of_a_list_in_a_cell_is_a_task_of_its_own() -> None:
    points = ["1. De zaal zal voor mei geboekt worden", "2. De buren zullen een brief krijgen"]
    table = Table([
        Row([[Paragraph(["Punt"])], [Paragraph(["Opmerkingen"])]]),
        Row([[Paragraph(["Feest"])], [Paragraph([point]) for point in points]]),
    ])  # fmt: skip
    text, blocks = compose([Paragraph(["Actiepunten"], Role.HEADING, 1), table])
    doc = RECOGNISER(read(text, blocks))
    passages = [action.span.text(doc.text) for action in doc._.minutes_actions]
    assert passages == [f"Feest | {points[0]}", points[1]]


def test_a_row_that_calls_itself_a_decision_is_less_likely_a_task() -> None:
    table = "# Lijst\n\n| Nr | Tekst | Stand |\n|---|---|---|\n| 4 | Het attribuut wordt wel toegevoegd | {} |\n"
    assert confidence(table.format("Besluit")) < confidence(table.format("Vervolg"))


def confidence(text: str) -> float:
    """How sure the rules are that there is an action; 0 if they find none."""
    return max((action.confidence for action in found(text)[1]), default=0.0)


def test_the_deadline_of_a_row_may_only_stand_in_its_column() -> None:
    table = "| Qui | Quoi | Échéance |\n|---|---|---|\n| Anne | préparer la fête du 3 mai | 20 avril |\n"
    doc = annotate(RECOGNISER, f"# Compte rendu\n\n{PEOPLE_FR}## Actions\n\n{table}")
    scopes = [action.due_scope.text(doc.text) for action in doc._.minutes_actions]
    assert scopes == ["20 avril"]


def test_elsewhere_the_deadline_may_stand_anywhere_in_the_passage() -> None:
    text = f"# Verslag\n\n{PEOPLE_NL}## Dak\n\nAn Claes vraagt tegen 15 mei drie offertes aan.\n"
    assert [action.due_scope for action in found(text)[1]] == [action.span for action in found(text)[1]]


def test_a_label_with_a_name_belongs_to_the_sentence_before_it() -> None:
    text = f"# Verslag\n\n{PEOPLE_NL}## Dak\n\n<act owners='Bram'>De dakgoot is nog niet gekuist. Actie: Bram.</act>\n"
    passages, actions = found(text)
    assert passages == expected(text)
    assert [owner.name for owner in actions[0].owners] == ["Bram Devos"]


def test_the_threshold_is_an_option_and_an_empty_document_has_no_actions() -> None:
    strict = ActionRecogniser(spacy.blank("xx"), "actions", threshold=1.0)
    text = f"# Verslag\n\n{PEOPLE_NL}## Actiepunten\n\n- offertes opvragen\n"
    assert annotate(strict, text)._.minutes_actions == []
    assert found("")[0] == []


def test_facts_of_the_cases_are_read() -> None:
    assert facts('<act owners="An" status="done">x</act>') == [{"owners": "An", "status": "done"}]


@pytest.mark.parametrize(
    ("item", "status"),
    [
        ("Offertes vragen (An): uitgevoerd op 3 mei, met de buren", "done"),
        ("Offertes vragen (An) - gedaan, te lezen in bijlage", "done"),
        ("Offertes vragen (An): afgewerkt", "done"),
        ("Offertes vragen (An): nog niet uitgevoerd", "open"),
        ("Offertes vragen (An): deels uitgevoerd", "open"),
        ("Offertes vragen (An): wordt uitgevoerd op 3 mei", "open"),
        ("~~Offertes vragen (An)~~", "done"),
        ("**~~Offertes vragen (An)~~**.", "done"),
        ("Offertes vragen (An) ~~tegen mei~~ tegen juni", "open"),
    ],
)
def test_what_stands_behind_the_action_tells_whether_it_is_done(item: str, status: str) -> None:
    _, actions = found(f"# Verslag\n\n{PEOPLE_NL}## Actielijst\n\n- {item}\n- buren uitnodigen\n")
    assert [action.status for action in actions] == [status, "open"]


@pytest.mark.parametrize(
    ("item", "status"),
    [
        ("Relancer le couvreur (Anne) : réalisée le 3 mai", "done"),
        ("Relancer le couvreur (Anne) : c'est fait", "done"),
        ("Relancer le couvreur (Anne) : en cours", "open"),
        ("Relancer le couvreur (Anne) : pas encore réalisé", "open"),
    ],
)
def test_the_same_holds_in_french(item: str, status: str) -> None:
    _, actions = found(f"# Compte rendu\n\n{PEOPLE_FR}## Actions\n\n- {item}\n")
    assert [action.status for action in actions] == [status]


def test_a_row_whose_first_cell_is_struck_out_is_done() -> None:
    table = "| Wat | Wie |\n|---|---|\n| ~~offertes vragen~~ | An |\n| buren uitnodigen | Bram |\n"
    _, actions = found(f"# Verslag\n\n{PEOPLE_NL}## Actielijst\n\n{table}")
    assert [action.status for action in actions] == ["done", "open"]


IN_TURN = (
    "Het dak van de oude schuur lekt al sinds de winter.\n\nLe toit de la vieille grange fuit depuis cet hiver.\n\n"
    "{nl}\n\n{fr}\n"
)


@pytest.mark.parametrize(
    ("nl", "fr", "repeats"),
    [
        (
            "An vraagt tegen 15 mei drie offertes aan de dakwerkers van de streek.",
            "An demande pour le 15 mai trois offres aux couvreurs de la région.",
            [False, True],
        ),
        (
            "An vraagt tegen 15 mei drie offertes aan de dakwerkers van de streek.",
            "An demande pour le 20 juin trois offres aux couvreurs de la région.",
            [False, False],
        ),
        (
            "An vraagt tegen 15 mei drie offertes aan de dakwerkers van de streek.",
            "Bram demandera pour le 15 mai trois offres aux couvreurs de la région.",
            [False, False],
        ),
    ],
)
def test_a_translation_beside_the_action_is_the_same_action(nl: str, fr: str, repeats: list[bool]) -> None:
    _, actions = found(f"# Verslag\n\n{PEOPLE_NL}## Dak\n\n{IN_TURN.format(nl=nl, fr=fr)}")
    assert [action.repeat for action in actions] == repeats


@pytest.mark.parametrize(
    "text",
    [
        f"# Compte rendu\n\n{PEOPLE_FR}## Toit\n\n- <act>Il faut relancer le maçon. (avec le devis)</act>\n",
        f"# Compte rendu\n\n{PEOPLE_FR}## Toit\n\n- <act>Il faut relancer le maçon → avant la pluie</act>\n",
        f"# Compte rendu\n\n{PEOPLE_FR}## Toit\n\n- <act>Le maçon a-t-il écrit ? → À relancer avant mai.</act>\n",
        f"# Verslag\n\n{PEOPLE_NL}## Dak\n\n- <act>Actie: Bram belt de dakwerker. Liefst in de ochtend.</act>\n",
        f"# Verslag\n\n{PEOPLE_NL}## Dak\n\nHet dak lekt al lang. <act>Actie Bram: dit opvolgen.</act>\n",
        f"# Verslag\n\n{PEOPLE_NL}## Dak\n\n<act>An Claes vraagt tegen 15 mei offertes aan.</act> Het regent.\n",
    ],
)
def test_what_goes_on_with_a_task_belongs_to_it_and_another_sentence_does_not(text: str) -> None:
    assert found(text)[0] == expected(text)


def test_a_list_below_a_heading_for_tasks_is_no_agenda() -> None:
    listed = "* Plan\n  * Lecture du texte\n  * Création de l'affiche\n"
    text = f"# CR\n\n## Tâches générales\n\n{listed}\n## Lecture du texte\n\nOui.\n"
    assert {"Lecture du texte", "Création de l'affiche"} <= set(found(text)[0])
