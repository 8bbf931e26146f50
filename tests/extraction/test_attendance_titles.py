"""Titles of lists printed behind a number, names that no list of names knows, columns in two languages."""

import pytest
from attendance_cases import expected, found, plain

LISTS = {
    "sections numbered in the margin": "PV de la réunion du 11/10/2024\n\n1    Présences\n1.1    Sur place\n"
    "    — [[Guillaume Marchand|present|Folklore]], Folklore\n    — [[Louka Collin|present|Photo]], Photo\n"
    "1.2    Absence excusée\n    — [[Marc Dumont|excused|Bar]], Bar\n\n2    Divers\n    — Il faut acheter du café.\n",
    "a nickname and an unknown name among names": "1    Aanwezigheden\n1.1    Ter plaatse\n"
    "    - [[Lotte Wouters|present]]\n"
    "    - [[Triantafyllos Mandekos|present]]\n    - [[Astranaut|present|Foto]], Foto\n    - [[Karim Benali|present]]\n"
    "    - [[Greet Nys|present]]\n",
    "heads of columns in two languages": "Naam/Nom          Organisatie/Organisation    Aanwezig/Présent\n"
    "[[Lotte Wouters|present|OCMW Hazel]]     OCMW Hazel                  X\n"
    "[[Anissa Dumont|excused|CPAS de Corbais]]     CPAS de Corbais             E\n"
    "[[Gilles Petit|absent|Ligue des piétons]]      Ligue des piétons           A\n",
    "a function in two languages behind an organisation": "| Nom / Naam | Délégation / Afvaardiging | Présent |\n"
    "|---|---|---|\n| [[An Peeters|present|SIPP / IDPB]] | SIPP / IDPB (secrétaire / secretaris) | X |\n"
    "| [[Koen Maes|present|ABVV / FGTB]] | ABVV / FGTB | X |\n",
}


@pytest.mark.parametrize("nobody", ["-", "–", "/", "0", "**/**"])
def test_a_dash_or_a_stroke_says_nobody(nobody: str) -> None:
    people = found(f"Aanwezig: Lotte Wouters, Karim Benali\nAfwezig: {nobody}\n\nNieuwe Kaart\nOude Brug\n")
    assert [name for name, *_ in people] == ["Lotte Wouters", "Karim Benali"]


NO_TITLES = {
    "numbered people": "Aanwezig:\n1    Lotte Wouters\n2    Karim Benali\n3    Greet Nys\n",
    "numbered family names first": "Aanwezig:\n1    Wouters Lotte, stad Hazel\n2    Benali Karim, stad Hazel\n",
}


def test_given_and_family_names_in_columns_of_their_own() -> None:
    head = "## Participants\n\n| Given Name | Family Name | Affiliation | Present |\n|---|---|---|---|\n"
    people = found(head + "| Celia | Walsh | Tidal Labs | Yes |\n| Peter | Hale | Tidal Labs | No |\n")
    assert people == [("Celia Walsh", "present", "Tidal Labs", None), ("Peter Hale", "absent", "Tidal Labs", None)]


@pytest.mark.parametrize("case", LISTS, ids=str)
def test_lists_below_titles(case: str) -> None:
    assert found(plain(LISTS[case])) == expected(LISTS[case])


@pytest.mark.parametrize("case", NO_TITLES, ids=str)
def test_numbered_people_are_no_titles(case: str) -> None:
    people = found(NO_TITLES[case])
    assert len(people) == NO_TITLES[case].count("\n") - 1
    assert {status for _, status, *_ in people} == {"present"}
