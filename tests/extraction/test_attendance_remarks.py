"""What is printed beside names: surnames with one function, initials, stand-ins, proxies, codes, half meetings."""

import pytest
from attendance_cases import expected, found, plain

LISTS = {
    "surnames that share a function": (
        "Présents : M. [[Piron|present||chair]], Président ; [[Baudry|present]], [[Collin|present]], "
        "conseillers ; Mme [[Gofflot|present]], directrice."
    ),
    "surnames in capitals": "Présents : [[DUMEL|present]] et [[VERNAUX|present]], Bourgmestres.",
    "titles of several people": "Présents : Mmes [[Ansil|present]] et [[Renou|present]], M. [[Morsat|present]].",
    "an M. among initials is one": "Aanwezig: [[T. Lanting|present]], [[M. Oosterhof|present]], [[J. Stien|present]]",
    "a forgotten comma": "Aanwezig: [[An Claes|present|Stad Ham]] (Stad Ham) [[Bo Smets|present|OCMW Ham]] (OCMW Ham)",
    "each name with its organisation": "Afwezig: [[An Claes|absent|Stad Ham]], Stad Ham",
    "for whom somebody came": "Aanwezig: [[An Claes|present]] (vervangt [[Bo Smets|excused]])",
    "instead of whom somebody came": "Présents : [[An Claes|present]] en remplacement de [[Bo Smets|excused]]",
    "who votes for somebody": "Verontschuldigd: [[An Claes|excused]] (volmacht aan [[Bo Smets|present]])",
    "there for a part": "Verontschuldigd: [[An Claes|present]] (gedeeltelijk), [[Bo Smets|excused]]",
    "excused for one item only": "Présents : [[An Claes|present]] (excusée pour le point 1)",
    "an organisation before its people": (
        "Participent : pour la Maison du rail, [[An Claes|present|Maison du rail]] et "
        "[[Bo Smets|present|Maison du rail]] ; pour la Ville, [[Cas Maes|present|Ville]]"
    ),
    "a function each": "[[An Claes|present||chair]], voorzitster, en [[Bo Smets|present]], griffier, waren aanwezig.",
}


@pytest.mark.parametrize("marked", LISTS.values(), ids=LISTS.keys())
def test_remarks(marked: str) -> None:
    assert found(plain(marked)) == expected(marked)


def test_a_legend_says_what_codes_mean() -> None:
    marked = (
        "| Naam | Dienst | Status |\n|---|---|---|\n| [[An Claes|present|Jeugd]] | Jeugd | A |\n"
        "| [[Bo Smets|absent|Sport]] | Sport | X |\n| [[Cas Maes|excused|Jeugd]] | Jeugd | V |\n\n"
        "A = aanwezig, V = verontschuldigd, X = afwezig"
    )
    assert found(plain(marked)) == expected(marked)


def test_a_date_of_the_next_meeting_says_nothing_of_the_line_below() -> None:
    marked = (
        "Présents : [[Lucie|present]], [[Quentin|present||secretary]]\n\nProchaine réunion : 23 juin\n\nNotes : Quentin"
    )
    assert found(plain(marked)) == expected(marked)


def test_rows_with_a_status_need_no_header() -> None:
    marked = (
        "| Bestuurders | |\n|---|---|\n| [[An Claes|present]] | aanwezig |\n"
        "| [[Bo Smets|excused]] | verontschuldigd |\n"
        "| [[Cas Maes|present]] | aanwezig vanaf punt 3 |\n"
    )
    assert found(plain(marked)) == expected(marked)


def test_who_has_given_a_proxy_is_excused() -> None:
    marked = (
        "| Nom | Présent | Pouvoir à |\n|---|---|---|\n| [[An Claes|present]] | oui | |\n"
        "| [[Bo Smets|excused]] | non | An Claes |\n| [[Cas Maes|absent]] | non | |\n"
    )
    assert found(plain(marked)) == expected(marked)


NOBODY = {
    "streets": "Aanwezigen: zie lijst\n\n1. Verlichting: Kerkstraat, Molenstraat, Jan Pieterslaan, Dorpsplein",
    "the chair of the next meeting": "Agenda volgende keer\nVoorzitter: An Claes",
    "who wrote minutes that are approved": "Le PV rédigé par An Claes est approuvé.",
    "a timetable": "9u45 tot 10u30: An Claes stelt het project voor",
    "to whom the report is sent": "Compte rendu transmis à : Dr Claes, mutualité",
}


@pytest.mark.parametrize("text", NOBODY.values(), ids=NOBODY.keys())
def test_no_attendees(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Présents : tous sauf Kevin", {"Kevin": "absent"}),
        ("Excusés : tous sauf Lucie", {"Lucie": "present"}),
        ("Aanwezig: Lotte, Karim (Greet was ziek)", {"Lotte": "present", "Karim": "present", "Greet": "excused"}),
        ("Aanwezig: Lotte, Karim; Greet was ziek", {"Lotte": "present", "Karim": "present", "Greet": "excused"}),
    ],
)
def test_who_is_left_out_of_all_and_who_was_ill(line: str, people: dict[str, str]) -> None:
    told = {
        name: status
        for name, status, *_ in found(f"{line}\n\nSuivi des tâches\n- Site web : Laura, en cours\n- Budget : OK\n")
    }
    assert told == people


def test_initials_behind_a_family_name_are_no_organisation() -> None:
    people = found("Étaient présents : Mme Lambotte (IGN), MM. Jadoul (JJ) et Rossi (PR)\n")
    assert [organisation for _, _, organisation, _ in people] == ["IGN", None, None]
