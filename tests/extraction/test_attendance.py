"""Who attended is found in whatever layout a list has, with status, organisation and role; nobody else is."""

import pytest
import spacy
from attendance_cases import attendance, expected, found, plain, read
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes_nlp.extraction.attendance import AttendanceRecogniser
from minutes_nlp.extraction.base import AttendeeFinding
from minutes_nlp.language.tokenise import make_doc
from minutes_nlp.layout import analyse

LISTS = {
    "paragraph with organisations in brackets": (
        "Aanwezig: [[Lotte Wouters|present|OCMW Hazel]] (OCMW Hazel), [[Piet de Ridder|present]], "
        "[[Samira Aït Kaci|present|vzw De Brug]] en [[Joris Maes|present|vzw De Brug]] (vzw De Brug)\n"
        "Verontschuldigd: [[Greet Nys|excused|Stad Hazel]] (Stad Hazel)"
    ),
    "one bracket too many": (
        "Aanwezigen: [[Lotte Wouters|present|OCMW Hazel]] (OCMW Hazel), ([[Karim Benali|present|Stad Hazel]] "
        "(Stad Hazel), [[Nora Smets|present|OCMW Veldham]] (OCMW Veldham)"
    ),
    "one bracket never closed": (
        "Aanwezigen: [[Lotte Wouters|present|Bibliotheek Veldham]] (Bibliotheek Veldham, "
        "[[Karim Benali|present|Stad Hazel]] (Stad Hazel)"
    ),
    "organisation before its people": (
        "AANWEZIG\nStad Hazel: [[Lotte Wouters|present|Stad Hazel]], [[Karim Benali|present|Stad Hazel]]\n"
        "Politiezone Veldham: [[Nora Smets|present|Politiezone Veldham]]\n\n"
        "AFWEZIG MET KENNISGEVING\nNetwerk Wonen: [[Greet Nys|excused|Netwerk Wonen]]"
    ),
    "nested bullets": (
        "AANWEZIGEN\n- Stad Hazel\n    - [[Lotte Wouters|present|Stad Hazel]]\n"
        "    - [[Karim Benali|present|Stad Hazel]]\n"
        "- [[Dienst Water|present]]\n- OCMW Veldham\n    - [[Nora Smets|present|OCMW Veldham]]\n"
    ),
    "sections with headings": (
        "# Verslag\n\n## Aanwezig\n\n* [[Lotte Wouters|present||chair]] (voorzitter)\n* [[Karim Benali|present]]\n\n"
        "## Verontschuldigd\n\n* [[Greet Nys|excused]]\n\n## Afwezig\n\n* [[Tom Aerts|absent]]\n\n## Rondvraag\n\n"
        "Nora Smets vraagt het woord.\n"
    ),
    "several labels in one line": (
        "Aanwezig: [[Lotte Wouters|present]], [[Karim Benali|present]]. "
        "Afwezig met bericht: [[Greet Nys|excused]]. Afwezig: [[Tom Aerts|absent]]."
    ),
    "name, dash, organisation": (
        "Aanwezig:\n\n[[Lotte Wouters|present||chair]] - Voorzitter\n\n[[Karim Benali|present|Veldham]] - Veldham\n\n"
        "[[Nora Smets|present|Dienst Groen]] - Dienst Groen;\n"
    ),
    "name, semicolon, function": (
        "-   Aanwezig\n    -   [[Lotte Wouters|present||chair]]; voorzitter\n"
        "    -   [[Karim Benali|present]]; schepen\n"
        "-   Verontschuldigd\n    -   [[Greet Nys|excused]]; raadslid\n"
    ),
    "handles, e-mail addresses and pronouns": (
        "## Attendees\n\n* [[Priya Raman|present|Quillworks]] @priyar (Quillworks)\n* [[Oscar Lind|present]] (@olind)\n"
        "* [[Grace Adeyemi|present]] (she/her) <grace@example.org>\n\n"
        "Regrets: [[Bo Lund|excused|Fjord Labs]] (Fjord Labs)"
    ),
    "check boxes": (
        "Présents :\n\n- [x] [[Lucie Marchand|present]]\n- [ ] [[Hervé Collin|absent]]\n"
        "- [x] [[Anissa Belkacem|present]]\n"
    ),
    "table with words of status": (
        "| Naam | Organisatie | Status |\n|---|---|---|\n"
        "| [[Lotte Wouters|present|Stad Hazel]] | Stad Hazel | aanwezig |\n"
        "| [[Greet Nys|excused|OCMW Veldham]] | OCMW Veldham | verontschuldigd |\n"
        "| [[Tom Aerts|absent|OCMW Veldham]] | OCMW Veldham | afwezig |\n"
    ),
    "table with marks": (
        "| Lid | Aanwezig | Verontschuldigd | Afwezig |\n|---|---|---|---|\n| [[Lotte Wouters|present]] | x | | |\n"
        "| [[Greet Nys|excused]] | | x | |\n| [[Tom Aerts|absent]] | | | x |\n"
    ),
    "printed columns with marks": (
        "Participants :\n\n"
        "Nom Prénom          Organisme           Présent  Excusé\n"
        "[[Lucie MARCHAND|present|Ville de Noyelles]]      Ville de Noyelles      x\n"
        "[[Hervé COLLIN|excused|Ligue des Marais]]        Ligue des Marais                x\n"
    ),
    "codes P A E": (
        "| Nom | Structure | P/A/E |\n|---|---|---|\n| [[Lucie Marchand|present|CPAS]] | CPAS | P |\n"
        "| [[Hervé Collin|absent|CPAS]] | CPAS | A |\n| [[Anissa Belkacem|excused|CPAS]] | CPAS | E |\n"
    ),
    "codes A V": (
        "| Naam | Dienst | A/V |\n|---|---|---|\n| [[Lotte Wouters|present|Groen]] | Groen | A |\n"
        "| [[Greet Nys|excused|Groen]] | Groen | V |\n"
    ),
    "key-value table": (
        "| **Datum** | 3 mei 2024 |\n|---|---|\n| **Aanwezig** | [[Lotte Wouters|present]], [[Karim "
        "Benali|present]] |\n"
        "| **Verontschuldigd** | / |\n| **Verslaggever** | [[Nora Smets|present||secretary]] |\n"
    ),
    "labels side by side": (
        "Présents                 Excusés\n"
        "[[Lucie Marchand|present]]           [[Hervé Collin|excused]]\n"
        "[[Anissa Belkacem|present]]          [[Gilles Prévot|excused]]\n"
    ),
    "French council": (
        "Présents : M. [[Lucien HAVEAUX|present||chair]], Bourgmestre-Président ; Mmes et MM. [[Sabine "
        "THIRION|present]], "
        "[[Grégory LAMBOT|present]], Échevins ; Mme [[Dominique ROMAIN|present]], Directrice générale.\n"
        "Excusés : [[Alain JADOUL|excused]], Conseiller."
    ),
    "French association": (
        "Étaient présents :\n- Mme [[Lucie Marchand|present||chair]], maire, présidente de séance\n"
        "- M. [[Hervé Collin|present]], premier adjoint\n\n"
        "Absent excusé : M. [[Gilles Prévot|excused]]\n\nSecrétaire de séance : [[Anissa Belkacem|present||secretary]]"
    ),
    "inclusive spelling, first names only": (
        "Présent·e·s : [[Lucie|present]], [[Hervé|present]] (arrivé à 20h15), [[Anissa|present]]\n"
        "Excusé.e.s : [[Gilles|excused]]"
    ),
    "labels in two languages": (
        "Aanwezig/Présents: [[Lotte Wouters|present|Dienst Groen]] (Dienst Groen), [[Lucie "
        "Marchand|present|Service Vert]] "
        "(Service Vert)\nVerontschuldigd/Excusés: [[Greet Nys|excused]]\n"
        "Verslag/PV: [[Karim Benali|present||secretary]]"
    ),
    "German": (
        "Anwesend: [[Heike Brandhorst|present]], [[Jörg Wolters|present||chair]] (Sitzungsleitung)\n"
        "Entschuldigt: [[Ulrike Sander|excused]]\nUnentschuldigt: [[Lars Petersen|absent]]\n"
        "Protokoll: [[Finja Harmsen|present||secretary]]"
    ),
    "late and leaving": (
        "Aanwezig: [[Lotte Wouters|present]] (tot 21.15 uur), [[Karim Benali|present]] (vanaf punt 3), "
        "[[Nora Smets|present]]"
    ),
    "proxies": (
        "Étaient présents : [[Lucie Marchand|present]], [[Hervé Collin|present]]\n"
        "Avaient donné pouvoir : [[Gilles Prévot|excused]] (à Lucie Marchand)"
    ),
    "inverted names": "Aanwezig: [[Baert, An|present]]; [[de Smedt, Maarten|present]]; [[El Fassi, Karim|present]]",
    "roll call": "[[Lotte Wouters|present]] – aanwezig\n\n[[Greet Nys|excused]] – verontschuldigd\n\n"
    "[[Tom Aerts|absent]] – afwezig\n",
    "only organisations": "Associations présentes : [[Vélo-Semois|present]], [[Les Jardins du "
    "Moulin|present]], [[Amicale Nautique|present]]",
    "substitute": (
        "Aanwezig: [[Lotte Wouters|present|GGD Veldham]] namens [[Greet Nys|excused|GGD Veldham]] (GGD "
        "Veldham), [[Karim Benali|present]]"
    ),
    "front matter": (
        "---\ntitel: Verslag\naanwezig: [[Lotte Wouters|present]], [[Karim Benali|present]]\n"
        "verslag: [[Nora Smets|present||secretary]]\n---\n"
    ),
    "line breaks in a cell": (
        "| Aanwezig | [[Lotte Wouters|present|Stad Hazel|chair]], Stad Hazel (vz)<br>[[Karim "
        "Benali|present|Veldham]], Veldham |\n|---|---|\n"
    ),
}

PROSE = {
    "chaired by": "De vergadering wordt geopend om 14 uur en voorgezeten door de heer [[Piet de "
    "Ridder|present||chair]].",
    "présidée par": "L'assemblée est présidée par Mme [[Lucie Marchand|present||chair]] et se tient en "
    "visioconférence.",
    "led by": "The meeting was led by [[Grace Adeyemi|present||chair]].",
    "were present": "[[Lotte Wouters|present]], [[Karim Benali|present]] en [[Nora Smets|present]] waren aanwezig.",
    "has left": "Aanwezig: [[Lotte Wouters|present]], [[Nora Smets|present]]\n\nOm 21 uur verliet niemand de zaal.",
    "arrives": "Présents : [[Lucie Marchand|present]]\n\n# Budget\n\n[[Hervé Collin|present]] arrive à 19h20.",
    "letterhead": "[[Lucie Marchand|present||secretary]], secrétaire\n\nProcès-verbal de la réunion",
}

NOBODY = {
    "people in running text": (
        "# Verslag\n\nLotte Wouters licht het plan toe. Karim Benali vraagt of Stad Hazel meedoet. Nora "
        "Smets bezorgt de cijfers."
    ),
    "a mailing list": "Aan: Lotte Wouters, Karim Benali\nCc: Nora Smets\nBetreft: ontwerpverslag",
    "copies": "Kopie aan: Lotte Wouters, Karim Benali, directie",
    "nobody is named": "Aanwezig: volgens de lijst achteraan\nVerontschuldigd: niemand\nVerslag: secretariaat",
    "everybody": "Aanwezig: iedereen\nAfwezig: /",
    "an agenda with names": "ORDRE DU JOUR\n1. Approbation du PV (L. Marchand)\n"
    "2. Budget – présentation par Karim Benali",
    "an action table": (
        "| Actie | Wie | Status |\n|---|---|---|\n| Lijst bezorgen | Lotte Wouters | open |\n"
        "| Zaal boeken | Karim Benali | klaar |"
    ),
    "an empty form": ("| Nom | Prénom | Présent |\n|---|---|---|\n| Marchand | Lucie | |\n| Collin | Hervé | |\n"),
    "a meeting of others": "De deelnemers aan de vorige workshop vonden het programma te lang.",
    "a table of contents": "Aanwezigen ........ 3\nAgenda ........ 4",
    "the next chair": "Volgende voorzitter: Lotte Wouters",
    "an empty text": "",
}


@pytest.mark.parametrize("case", LISTS, ids=str)
def test_lists(case: str) -> None:
    marked = LISTS[case]
    assert sorted(found(plain(marked)), key=str) == sorted(expected(marked), key=str)


@pytest.mark.parametrize("case", PROSE, ids=str)
def test_running_text_that_says_who_was_there(case: str) -> None:
    marked = PROSE[case]
    assert found(plain(marked)) == expected(marked)


@pytest.mark.parametrize("case", NOBODY, ids=str)
def test_nobody_attended(case: str) -> None:
    assert found(NOBODY[case]) == []


def test_first_and_last_name_in_two_cells_are_one_name() -> None:
    head = "## Deelnemers\n\n| Voornaam | Achternaam | Organisatie |\n|---|---|---|\n"
    text = head + "| Lotte | van der Wal | Stad Hazel |\n"
    assert found(text) == [("Lotte van der Wal", "present", "Stad Hazel", None)]


def test_a_roster_only_gives_the_organisations_of_those_who_came() -> None:
    text = (
        "## Deelnemers\n\n| Leden | Departement |\n|---|---|\n| Lotte Wouters | Stad Hazel |\n"
        "| Karim Benali | Veldham |\n"
        "| Greet Nys | Veldham |\n\n## Verslag\n\nAanwezig: Lotte Wouters, Karim Benali\n"
    )
    assert found(text) == [
        ("Lotte Wouters", "present", "Stad Hazel", None),
        ("Karim Benali", "present", "Veldham", None),
    ]


def test_chair_and_secretary_named_elsewhere_are_the_people_of_the_list() -> None:
    text = "Voorzitter: Lotte\nAanwezig: Lotte Wouters, Karim Benali (Veldham)\nVerslag: Karim Benali"
    assert {(a.name, a.organisation, a.role) for a in attendance(text)} == {
        ("Lotte Wouters", None, "chair"),
        ("Karim Benali", "Veldham", "secretary"),
    }


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("voorzitter", "chair"),
        ("présidente de séance", "chair"),
        ("chair", "chair"),
        ("notulist", "secretary"),
        ("secrétaire", "secretary"),
        ("scribe", "secretary"),
        ("ondervoorzitter", None),
        ("vice-présidente", None),
        ("voorzitter congrescommissie", None),
        ("penningmeester", None),
        ("directrice générale", None),
    ],
)
def test_only_chair_and_secretary_of_the_meeting_are_roles(said: str, role: str | None) -> None:
    people = attendance(f"Aanwezig: Lotte Wouters ({said}), Karim Benali")
    assert [(a.name, a.role, a.organisation) for a in people] == [
        ("Lotte Wouters", role, None),
        ("Karim Benali", None, None),
    ]


def test_the_span_is_where_the_name_stands() -> None:
    text = "Aanwezig: mevr. Lotte Wouters (Stad Hazel), dhr. Karim Benali"
    normalised = read(text)
    for attendee in attendance(text):
        assert attendee.span.text(normalised.text) == attendee.name


def test_recogniser_writes_findings_and_spans() -> None:
    nlp = spacy.blank("xx")
    normalised = read("Aanwezig: Lotte Wouters, Karim Benali")
    doc = make_doc(normalised, nlp.vocab)
    doc._.minutes_text = normalised
    doc._.minutes_layout = analyse(normalised)
    doc = AttendanceRecogniser(nlp, "attendance")(doc)
    assert [a.name for a in doc._.minutes_attendance] == ["Lotte Wouters", "Karim Benali"]
    assert [span.text for span in doc.spans["minutes.attendance"]] == ["Lotte Wouters", "Karim Benali"]


_PIECES = st.sampled_from(
    [
        "Aanwezig: ",
        "Excusés :",
        "Jan",
        "An Claes",
        "(Stad Ham",
        ")",
        ", ",
        "; ",
        " – ",
        "\n",
        "\n\n",
        "| ",
        "- ",
        "x",
        "   ",
        "(vz)",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=25).map("".join))
def test_whatever_the_text_every_finding_stands_in_it(text: str) -> None:
    normalised = read(text)
    people: list[AttendeeFinding] = attendance(text)
    for attendee in people:
        assert attendee.name.split() == attendee.span.text(normalised.text).split()
        assert attendee.organisation is None or attendee.organisation in " ".join(normalised.text.split())
