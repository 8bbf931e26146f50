"""Lists of attendance in minutes that are written freely: other cues than “present”, or none at all."""

import pytest
from attendance_cases import expected, found, plain

_BODY = "\n\nBudget\n\nDe nieuwe raming is klaar en wordt op de volgende vergadering besproken door het bestuur.\n"

CUES = {
    "we were with": "We waren met vier: [[Lotte Wouters|present]], [[Karim Benali|present]] en [[Nora Smets|present]].",
    "around the table": "Nous étions deux autour de la table : [[Lucie|present]], [[Hervé|present]]",
    "there and not there": "Là : [[Lucie|present]], [[Hervé|present]]\nPas là : [[Gilles|absent]]",
    "are there": "Zijn er: [[Lotte Wouters|present]], [[Karim Benali|present]]\nZijn er niet: [[Tom Aerts|absent]]",
    "who was there": "er waren: [[Lotte Wouters|present]], [[Karim Benali|present]]\ner was niet: [[Tom Aerts|absent]]",
    "a question": "Wie is er? [[Lotte|present]], [[Karim|present]]\nWie niet? [[Tom|absent]] (ziek)",
    "could not come": "Présentes : [[Lucie|present]], [[Anissa|present]]\nN'a pas pu venir : [[Gilles Prévot|excused]]",
    "niet kunnen komen": "Aanwezig: [[Lotte|present]], [[Karim|present]]\nNiet kunnen komen: [[Greet Nys|excused]]",
    "letters": "P: [[Lucie|present]], [[Hervé|present]], [[Anissa|present]]\nE: [[Gilles|excused]]",
    "no colon": "Aanwezig [[Lotte Wouters|present||chair]] (voorzitter) | [[Karim Benali|present]]\n\n"
    "Verontschuldigd [[Greet Nys|excused]]",
    "roles without a colon": "Voorzitter [[Karim Benali|present||chair]]; verslag [[Nora Smets|present||secretary]]",
    "bare after a bracket": "(op een drafje genoteerd) présents [[Lucie|present]] / [[Hervé|present]] ; "
    "[[Anissa|present]] arrive à 19h40 ; [[Gilles|absent]] absent",
    "status before a name in a list": "Présents : [[Lucie Marchand|present]], [[Hervé Collin|present]] ; "
    "exc. [[G. Prévot|excused]]",
    "first names without separators": "présents [[Lucie|present]] [[Hervé|present]] [[Nadia B.|present]] "
    "[[Gilles|present]]",
}

GROUPS = {
    "members of a board": "Bestuurders: [[Karim Benali|present||chair]] (voorzitter), [[Lotte Wouters|present]] "
    "(penningmeester), [[Greet Nys|excused]] (volmacht)\n"
    "Met raadgevende stem: [[Nora Smets|present||secretary]] (directeur, verslag)",
    "sides of a table": "Pour l'employeur : Mme [[Marchand|present||chair]] (présidente), M. [[Collin|excused]] "
    "(excusé)\nPour les travailleurs : M. [[Prévot|present]], Mme [[Belkacem|present||secretary]] (secrétaire)",
    "several groups in a line": "Panelleden: [[Lotte Wouters|present]], [[Karim Benali|present]]. "
    "Medewerkers: [[Nora Smets|present||secretary]] (verslag). Afgemeld: [[Greet Nys|excused]].",
    "organisations": "Gemeente Hazel: [[Lotte Wouters|present|Gemeente Hazel]] (schepen)\n"
    "Fietsersbond: [[Karim Benali|present|Fietsersbond]]",
    "a group after the list": "Présents : [[Lucie Marchand|present]], [[Hervé Collin|present]]\n"
    "Pour la FRW : [[Anissa Belkacem|present|FRW]]\nExcusés : [[Gilles Prévot|excused]]",
    "only names": "[[Y. Lambert|present||chair]] (présidente), [[S. Marchand|present]], [[E. Collin|present]] ; "
    "exc. [[V. Noir|excused]]",
    "items without a label": "* [[Karim Benali|present||chair]] (voorzitter)\n* [[Lotte Wouters|present]] "
    "(penningmeester)\n* [[Greet Nys|excused]] (afgemeld)\n",
    "table of two sides": "| Werkgevers | Werknemers |\n|---|---|\n"
    "| [[Karim Benali|present||chair]] (voorzitter) | [[Lotte Wouters|present]] |\n"
    "| [[Greet Nys|present]] | [[Nora Smets|present||secretary]] (secretaris) |\n",
    "a column of codes without a head": "| Lid | Namens |  |\n|---|---|---|\n"
    "| [[Karim Benali|present|Stad Hazel]] | Stad Hazel | A |\n| [[Greet Nys|excused|Veldham]] | Veldham | V |\n",
}

FUNCTIONS = {
    "Aanwezig: [[Lotte Wouters|present]], pastoor [[Karim Benali|present]], juf [[Nora|present]]": "titles",
    "Aanwezig: zonecommandant kolonel [[Lotte Wouters|present]]; secretaris [[Karim Benali|present||secretary]]": "two",
    "Présents : le président [[Marc Collin|present||chair]], les conseillères [[Lucie Marchand|present]] et "
    "[[Anissa Belkacem|present]]": "articles",
    "Présents : l'abbé [[Marc Collin|present]], [[Lucie de la Cour|present]]": "elision",
    "Excusé : [[Hervé Collin|excused]] à L. Marchand": "proxy",
}

PROSE = {
    "let himself be excused": "Aanwezig: [[Lotte Wouters|present]]. [[Greet Nys|excused]] had "
    "zich laten verontschuldigen.",
    "had to work": "Erbij: [[Lotte|present]], [[Karim|present]]\n\n[[Tom|excused]] moest werken.",
    "excuses himself": "[[Lucie|present]] et [[Hervé|present]] sont là, [[Gilles|excused]] s'excuse",
    "apposition": "La directrice, [[Lucie Marchand|present||secretary]], agit comme secrétaire.",
}

NOBODY = {
    "speakers": "Lotte Wouters: de zaal is te klein.\nKarim Benali: we zoeken een andere.",
    "an agenda": "Agenda\n1. Begroting: Lotte Wouters\n2. Feest: Karim Benali, Nora Smets",
    "a pronoun": "Avis : Elle est presque terminée.",
    "candidates": "* Nieuwe plaatsen: Lotte Wouters, Karim Benali\n* Bespreking van de begroting",
    "an address list": "Van: Lotte Wouters\nAan: Karim Benali, Nora Smets\nOnderwerp: verslag",
}


def _document(lines: str) -> str:
    return f"Verslag van de werkgroep\n\n{lines}{_BODY}"


@pytest.mark.parametrize("case", [*CUES, *GROUPS, *PROSE], ids=str)
def test_free_forms(case: str) -> None:
    marked = _document((CUES | GROUPS | PROSE)[case])
    assert sorted(found(plain(marked)), key=str) == sorted(expected(marked), key=str)


@pytest.mark.parametrize("marked", FUNCTIONS, ids=FUNCTIONS.values())
def test_functions_before_names_are_no_part_of_them(marked: str) -> None:
    assert found(plain(_document(marked))) == expected(_document(marked))


@pytest.mark.parametrize("case", NOBODY, ids=str)
def test_names_that_are_no_list_of_attendance(case: str) -> None:
    assert found(_document(NOBODY[case])) == []


@pytest.mark.parametrize(
    "group", ["Ouders", "Personeel", "Algemeen directeur", "Autres", "Corps académique", "Locataires"]
)
def test_what_people_are_is_no_organisation(group: str) -> None:
    people = found(_document(f"{group}: Lotte Wouters, Karim Benali\nVerontschuldigd: Greet Nys"))
    assert people[:2] == [("Lotte Wouters", "present", None, None), ("Karim Benali", "present", None, None)]


def test_a_list_without_a_label_ends_at_the_report() -> None:
    text = f"Verslag van de werkgroep\n\nAanwezig: Lotte Wouters{_BODY}\nKarim, Nora, Greet, Tom\n"
    assert [name for name, *_ in found(text)] == ["Lotte Wouters"]
