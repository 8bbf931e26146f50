"""Who has to act: names and the ways of naming an owner."""

import pytest
import spacy
from act_cases import annotate, facts
from hypothesis import given
from hypothesis import strategies as st

from minutes_nlp.extraction.actions import ActionRecogniser
from minutes_nlp.extraction.base import AttendeeFinding
from minutes_nlp.extraction.names import Named, names_of
from minutes_nlp.spans import CharSpan

RECOGNISER = ActionRecogniser(spacy.blank("xx"), "actions")
NL = "# Verslag\n\nAanwezig: An Claes, Bram Devos (OCMW Ham), Thomas van Zuil\n\n## Actiepunten\n\n"
FR = "# Compte rendu\n\nPrésents : Anne Clerc, Benoît Duval, Chloé Hart\n\n## Actions\n\n"


def attendees(*names: str) -> list[AttendeeFinding]:
    return [AttendeeFinding(name, CharSpan(0, 0), "present") for name in names]


@pytest.mark.parametrize(
    "text",
    [
        NL + '<act owners="An Claes">An bezorgt de lijst aan Bram tegen vrijdag.</act>\n',
        NL + '- <act owners="An Claes, Bram Devos">An en Bram: offertes opvragen</act>\n',
        NL + '- <act owners="Bram Devos">offertes opvragen (Bram)</act>\n',
        NL + '- <act owners="Bram Devos">offertes opvragen → Bram</act>\n',
        NL + '- <act owners="Thomas van Zuil">Actie TvZ: offertes opvragen</act>\n',
        NL + '- <act owners="bestuur">Het bestuur zal tegen mei offertes opvragen</act>\n',
        NL + '- <act owners="iedereen">iedereen: teksten nalezen</act>\n',
        NL + '- <act owners="An Claes">De offertes zullen door An Claes opgevraagd worden</act>\n',
        NL + '- <act owners="">De offertes zullen aan An Claes bezorgd worden</act>\n',
        NL + '- <act owners="@bram">@bram: offertes opvragen</act>\n',
        FR + '- <act owners="Anne Clerc, Chloé Hart">Anne et Chloé vont contacter le couvreur</act>\n',
        FR + '- <act owners="secrétariat">Le secrétariat enverra la liste avant lundi</act>\n',
        FR + '- <act owners="Benoît Duval">relancer le couvreur (Benoît)</act>\n',
        FR + '- <act owners="">relancer le couvreur</act>\n',
    ],
)
def test_the_owner_is_who_acts_and_not_whoever_is_named(text: str) -> None:
    doc = annotate(RECOGNISER, text)
    wanted = [fact["owners"] for fact in facts(text)]
    assert [", ".join(owner.name for owner in action.owners) for action in doc._.minutes_actions] == wanted


def test_an_owner_says_where_the_name_stands() -> None:
    doc = annotate(RECOGNISER, NL + "- Actie TvZ: offertes opvragen\n")
    (action,) = doc._.minutes_actions
    assert [owner.span.text(doc.text) for owner in action.owners] == ["TvZ"]


def test_the_cell_of_an_action_table_names_the_owners() -> None:
    table = "| Actie | Wie | Deadline |\n|---|---|---|\n| Bram bellen | An, Thomas | 3 mei |\n"
    doc = annotate(RECOGNISER, NL + table)
    (action,) = doc._.minutes_actions
    assert [owner.name for owner in action.owners] == ["An Claes", "Thomas van Zuil"]
    assert [owner.span.text(doc.text) for owner in action.owners] == ["An", "Thomas"]


def test_a_list_under_a_name_belongs_to_that_person_and_has_no_span_of_its_own() -> None:
    doc = annotate(RECOGNISER, NL + "Bram:\n\n- offertes opvragen\n- buren uitnodigen\n")
    owners = [owner for action in doc._.minutes_actions for owner in action.owners]
    assert [(owner.name, owner.span) for owner in owners] == [("Bram Devos", None)] * 2


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Thomas", "Thomas van Zuil"),
        ("van Zuil", "Thomas van Zuil"),
        ("TvZ", "Thomas van Zuil"),
        ("T. van Zuil", "Thomas van Zuil"),
        ("A. Clerc", "Anne CLERC"),
    ],
)
def test_attendees_are_known_by_every_short_form(form: str, name: str) -> None:
    mentions = names_of(attendees("Thomas van Zuil", "Anne CLERC"), "").mentions(f"{form} belt.", "nl")
    assert [(m.name, m.kind) for m in mentions] == [(name, Named.ATTENDEE)]


@pytest.mark.parametrize(
    "text",
    [
        NL + '- <act owners="An Claes">An bundelt de brieven tegen vrijdag</act>\n',
        NL + '- <act owners="An Claes, Bram Devos">An en Bram vouwen tegen mei de brochures</act>\n',
        NL + '- <act owners="Bram Devos">Schepen Devos bundelt de brieven tegen vrijdag</act>\n',
        NL + '- <act owners="bestuur">Het bestuur bundelt de brieven tegen vrijdag</act>\n',
        NL + '- <act owners="">Brieven bundelen met An tegen vrijdag</act>\n',
        FR + '- <act owners="Chloé Hart">Mme Hart introduit le dossier avant mai</act>\n',
        FR + '- <act owners="Benoît Duval">L\'échevin Duval introduit le dossier avant mai</act>\n',
    ],
)
def test_a_sentence_that_begins_with_a_person_is_about_what_that_person_does_whatever_the_verb(text: str) -> None:
    test_the_owner_is_who_acts_and_not_whoever_is_named(text)


@pytest.mark.parametrize(
    "text",
    [
        NL + '- <act owners="Bram Devos">Schepen Bram Devos: offertes opvragen</act>\n',
        NL + '- <act owners="Bram Devos">De directeur Bram Devos zal tegen mei offertes opvragen</act>\n',
        NL + '- <act owners="An Claes, voorzitter">An en de voorzitter: offertes opvragen</act>\n',
        NL + '- <act owners="An Claes">offertes opvragen (Actie: An)</act>\n',
        FR + '- <act owners="Benoît Duval">Le directeur Duval va contacter le couvreur</act>\n',
    ],
)
def test_a_function_beside_a_name_a_label_and_a_letter_are_no_owners_of_their_own(text: str) -> None:
    test_the_owner_is_who_acts_and_not_whoever_is_named(text)


@pytest.mark.parametrize(
    ("heading", "item", "owners"),
    [
        ("## OCMW Ham", "Zij bezorgen de lijst tegen 3 mei aan de buren.", []),
        ("## OCMW Ham", "De lijst zal tegen 3 mei bezorgd worden.", []),
        ("## Actiepunten\n\nOCMW Ham:", "- de lijst bezorgen tegen 3 mei", ["OCMW Ham"]),
        ("## Actiepunten\n\nOCMW Ham:", "- zij bezorgen de lijst tegen 3 mei", []),
        ("## Actiepunten\n\nBram:", "- hij bezorgt de lijst tegen 3 mei", ["Bram Devos"]),
    ],
)
def test_an_organisation_that_a_topic_is_about_has_to_do_nothing(heading: str, item: str, owners: list[str]) -> None:
    doc = annotate(RECOGNISER, NL.replace("## Actiepunten\n\n", "") + f"{heading}\n\n{item}\n")
    (action,) = doc._.minutes_actions
    assert [owner.name for owner in action.owners] == owners


def test_a_form_of_two_attendees_stays_as_written() -> None:
    mentions = names_of(attendees("Jan Pels", "Jan Roos"), "").mentions("Jan belt.", "nl")
    assert [m.name for m in mentions] == ["Jan"]


def test_the_first_word_of_a_sentence_is_no_name_unless_the_document_uses_it_as_one() -> None:
    names = names_of([], "De dakgoot lekt. Morgen belt men met Odiel.")
    assert names.mentions("Dakgoot kuisen", "nl") == []
    assert [m.name for m in names.mentions("Odiel belt", "nl")] == ["Odiel"]


@given(st.text(alphabet="AnBbram ,/&():[]@-.é", max_size=60))
def test_mentions_never_overlap_and_lie_in_the_text(text: str) -> None:
    mentions = names_of(attendees("An Claes", "Bram Devos"), text).mentions(text, "nl")
    edges = [edge for mention in mentions for edge in mention.span]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


@pytest.mark.parametrize(
    "text",
    [
        NL + '- <act owners="Bram Devos">bram: offertes opvragen</act>\n',
        NL + '- <act owners="Thomas van Zuil, Bram Devos">thomas/BRAM: offertes opvragen</act>\n',
        NL + '- <act owners="Bram Devos">offertes opvragen (bram)</act>\n',
        NL + '- <act owners="nicolas, sofie">nicolas/sofie: offertes opvragen</act>\n',
        NL + '- <act owners="">offertes opvragen bij dakwerken@bram.example</act>\n',
        NL + '- <act owners="">offertes opvragen bij de bram van de buren</act>\n',
    ],
)
def test_signs_set_a_name_apart_in_any_case_and_an_address_holds_none(text: str) -> None:
    test_the_owner_is_who_acts_and_not_whoever_is_named(text)


@pytest.mark.parametrize(
    "text",
    [
        NL + '- <act owners="An Claes">An: bezorgt iedereen tegen vrijdag de sleutel</act>\n',
        NL + '- <act owners="An Claes">An: offertes opvragen, overzicht in Excel → API</act>\n',
        NL + '- <act owners="bestuur">An: Het dak lekt, het bestuur zal tegen mei offertes opvragen</act>\n',
        FR + '- <act owners="Anne Clerc">Anne : assistera Benoît avec les devis</act>\n',
    ],
)
def test_whoever_opens_an_item_is_its_subject_unless_others_act_in_it(text: str) -> None:
    test_the_owner_is_who_acts_and_not_whoever_is_named(text)


@pytest.mark.parametrize(
    "text",
    [
        NL + '- <act owners="An Claes, Bram Devos">An belt de drukker, Bram haalt tegen vrijdag de affiches</act>\n',
        NL + '- <act owners="leden van de werkgroep">De leden van de werkgroep zullen de tekst nalezen</act>\n',
        FR + '- <act owners="membres du comité">Les membres du comité vont relire le texte</act>\n',
        FR + '- <act owners="Anne Clerc, Chloé Hart">Anne, aidée de Chloé, va contacter le couvreur</act>\n',
        FR + '- <act owners="Anne Clerc, Chloé Hart">relancer le couvreur (Anne et/ou Chloé)</act>\n',
        NL + '- <act owners="Bram Devos">De goot moet proper. To do Bram.</act>\n',
        NL + '- <act owners="">offertes opvragen (Klaar)</act>\n',
    ],
)
def test_everybody_who_acts_is_found_and_a_group_by_its_whole_name(text: str) -> None:
    test_the_owner_is_who_acts_and_not_whoever_is_named(text)


@pytest.mark.parametrize(
    ("before", "owners"),
    [
        ("Anne a visité la salle.", ["Anne Clerc"]),
        ("Anne et Chloé ont visité la salle.", []),
        ("La salle est belle.", []),
    ],
)
def test_a_pronoun_stands_for_the_only_attendee_of_the_sentence_before(before: str, owners: list[str]) -> None:
    text = FR.replace("## Actions", "## Salle") + f"{before} Elle enverra la liste avant lundi.\n"
    (action,) = annotate(RECOGNISER, text)._.minutes_actions
    assert [owner.name for owner in action.owners] == owners
