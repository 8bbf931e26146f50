"""Who attended in layouts with proxies, columns of codes, initials, guests and organisations around the names."""

import pytest
from attendance_cases import expected, found, plain

LISTS = {
    "columns headed by the letters of present, excused and absent": (
        "| Naam | Organisatie | P | V | A |\n|---|---|---|---|---|\n"
        "| [[Lotte Wouters|present|Stad Hazel]] | Stad Hazel | x | | |\n"
        "| [[Karim Benali|excused|De Fietsers]] | De Fietsers | | x | |\n"
        "| [[Greet Nys|absent]] | | | | x |\n"
    ),
    "columns headed by the letters of present and excused alone": (
        "| Naam | A | V |\n|---|---|---|\n| [[Lotte Wouters|present]] | x | |\n| [[Karim Benali|excused]] | | x |\n"
        "| [[Nora Smets|present]] | x | |\n"
    ),
    "a column for signatures": (
        "Liste des présences\n\nNom, prénom          Organisme              Signature\n"
        "[[VERBIEST Lotte|present|SPW Eaux]]       SPW Eaux\n"
        "[[MAES Joris|present|Commune de Rives]]           Commune de Rives\n"
        "[[SMETS Nora|present|Riverain]]           Riverain\n"
    ),
    "proxies held, in Dutch": (
        "Aanwezig:\n- [[Lotte Wouters|present]] met volmacht van [[Karim Benali|excused]]\n"
        "- [[Nora Smets|present]]\nVerontschuldigd: [[Greet Nys|excused]] geeft volmacht aan Nora Smets\n"
    ),
    "proxies held and given, in French": (
        "Présents : Mme [[Lotte Wouters|present]] porteuse d'une procuration de M. [[Karim Benali|excused]], "
        "M. [[Joris Maes|present]]\nProcurations : Mme [[Nora Smets|excused]] donne procuration à M. Joris Maes\n"
    ),
    "an organisation represented by somebody": (
        "Aanwezig:\n- nv Duinbouw, vertegenwoordigd door [[Lotte Wouters|present|nv Duinbouw]]\n"
        "- [[Karim Benali|excused]], vertegenwoordigd door [[Nora Smets|present]]\n"
    ),
    "columns of which the first is the longest": (
        "Aanwezig:        Verontschuldigd:      Verslag:\n"
        "[[Lotte Wouters|present]]    [[Karim Benali|excused]]          [[Greet Nys|present||secretary]]\n"
        "[[Joris Maes|present]]\n[[Nora Smets|present]]\n\n1. Opening\nAlles is besproken.\n"
    ),
    "a number of further members": "Present: Mrs [[Anna Byrne|present]], Dr [[P. Quayle|present]] and 23 members\n",
    "an M that is an initial behind another title": "In attendance: Cllr [[M. Trent|present]]\n",
    "an M that is an initial among others of the document": (
        "Aanwezig: [[C. Wouters|present]], [[J. Benali|present]]\nVerontschuldigd: [[M. Smets|excused]]\n"
    ),
    "an M that is a title": (
        "Présents : Mme [[Wouters|present]], M. [[Benali|present]]\nExcusé : M. [[Smets|excused]]\n"
    ),
    "short names of organisations before people in brackets": (
        "Aanwezig: Toneelkring De Lach ([[Lotte Wouters|present|Toneelkring De Lach]]), "
        "KWBX ([[Joris Maes|present|KWBX]])\n"
    ),
    "parents in brackets": "Présents : [[Lotte|present]] (maman de Tom et Zoé), [[Joris|present]] (papa de Hugo)\n",
    "an office with a capital before a name": (
        "Aanwezig:\nDiensthoofd [[Joris Maes|present]]\nMevr. [[Lotte Wouters|present]], bibliothecaris\n"
    ),
    "crosses and ticks before names": (
        "Présences\n✔ [[Lotte Wouters|present]]\n✘ [[Karim Benali|excused]] (excusé)\n✘ [[Joris Maes|absent]]\n"
    ),
    "the whole board, named": (
        "Aanwezig: 34 leden, het voltallige bestuur: [[Lotte Wouters|present]], [[Karim Benali|present]]\n"
    ),
    "a guest with a firm": "Uitgenodigd: [[Joris Maes|present|studiebureau Arko]], studiebureau Arko\n",
}


@pytest.mark.parametrize("layout", LISTS)
def test_layouts(layout: str) -> None:
    head = "Verslag van het overleg\n\nAanwezig: [[Roos Tack|present]]\n" if layout.startswith("a guest") else ""
    assert sorted(found(plain(head + LISTS[layout]))) == sorted(expected(head + LISTS[layout]))


@pytest.mark.parametrize(
    "text",
    [
        "Verslag MR De Linde\n\nDe planning is klaar.\n",
        "Il propose un bureau.\n\nPrésident :\nJoris Maes\n",
        "Réunion de suivi\n\nTom transmet le rapport.\n",
        "| N | V |\n|---|---|\n| 3 | 4 |\n| 5 | 6 |\n",
    ],
)
def test_nobody(text: str) -> None:
    assert found(text) == []
