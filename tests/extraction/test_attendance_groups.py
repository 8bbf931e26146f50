"""Organisations with people below, cells that say who was there, stand-ins, family names first."""

import pytest
from attendance_cases import expected, found, plain

LISTS = {
    "bullets below bullets": "* Stad Hazel\n    * [[Lotte Wouters|present|Stad Hazel]]\n"
    "    * [[Karim Benali|present|Stad Hazel]]\n"
    "* Fietsersbond\n    * [[Greet Nys|excused|Fietsersbond]] (verontschuldigd)\n",
    "indented lines below capitals": "VILLE DE CORBAIS\n   [[Lucie Marchand|present|VILLE DE CORBAIS]]\n"
    "   [[Hervé Collin|present|VILLE DE CORBAIS]]\nMAISON DES JEUNES\n"
    "   [[Anissa Belkacem|present|MAISON DES JEUNES]]\n",
    "bullets below bold lines": "**Commune de Corbais**\n- [[Lucie Marchand|present|Commune de Corbais]]\n"
    "- [[Hervé Collin|present|Commune de Corbais]]\n**Ligue des piétons**\n"
    "- [[Anissa Belkacem|present|Ligue des piétons]]\n**Excusés**\n- [[Gilles Prévot|excused]]\n",
    "marks beside a name that no list of names knows": "| Name | Affiliation | 3 Feb |\n|---|---|---|\n"
    "| [[Quillon Ashgrove|present|Tidal Labs]] | Tidal Labs | ✓ |\n"
    "| [[Peter Walsh|absent|Tidal Labs]] | Tidal Labs | ✗ |\n",
    "a head for both sexes": "| Teilnehmer:in | Einrichtung | Status |\n|---|---|---|\n"
    "| [[Sabine Krämer|present|Jugendhaus]] | Jugendhaus | anwesend |\n"
    "| [[Peter Schulz|excused|Schulamt]] | Schulamt | entschuldigt |\n",
    "one line that says who was missing": "[[Lucie|present]] (sur place) – [[Hervé|present]] (visio) – "
    "[[Anissa|excused]] (excusée) – [[Gilles|absent]] (absent)",
    "somebody came instead": "Aanwezig: [[Lotte Wouters|excused]] (vervangen door [[Karim Benali|present]]), "
    "[[Nora Smets|present]]",
    "represented by somebody": "Présents : [[Lucie Marchand|present|Cercle nautique]] (Cercle nautique), "
    "[[Hervé Collin|present]]\nExcusés et représentés : [[Gilles Prévot|excused|Club Alpin]] (Club Alpin), "
    "représenté par [[Anissa Belkacem|present]]",
    "family names first": "Aanwezig: [[Wouters, Lotte|present]]; [[Benali, Karim|present]]\n"
    "Verontschuldigd: [[van der Nys, Greet|excused]]\nVoorzitter: [[Smets, Nora|present||chair]]",
}

NOBODY = {
    "topics with their owners": "* Nieuwe website\n    * Lotte Wouters\n* Zomerfeest in het park\n    * Karim Benali\n",
    "one organisation": "* Stad Hazel\n    * Lotte Wouters\n    * Karim Benali\n    * Greet Nys\n",
    "people after the report began": "Verslag\n\n# Opening\n\nDe voorzitter opent de vergadering om acht uur.\n\n"
    "# Werkgroepen\n\n* Stad Hazel\n    * Lotte Wouters\n    * Karim Benali\n* Fietsersbond\n    * Greet Nys\n",
    "three names and no status": "Lotte Wouters, Karim Benali, Greet Nys",
}


def test_nobody_known_came_instead() -> None:
    people = found("Aanwezig: Lotte Wouters (vervangen door een collega), Nora Smets")
    assert [name for name, *_ in people] == ["Lotte Wouters", "Nora Smets"]


@pytest.mark.parametrize("case", LISTS, ids=str)
def test_people_of_lists(case: str) -> None:
    assert sorted(found(plain(LISTS[case])), key=str) == sorted(expected(LISTS[case]), key=str)


@pytest.mark.parametrize("case", NOBODY, ids=str)
def test_no_list_of_attendance(case: str) -> None:
    assert found(NOBODY[case]) == []
