"""Lists of names that a narrow page broke in the middle of a name."""

import pytest
from attendance_cases import expected, found, plain

WRAPPED = {
    "inside a surname": "Aanwezig: [[Marieke Claes|present]], [[Stef Van\nHove|present]], [[Nour Smets|present]].",
    "inside a first name": "Excusés : [[Anne-\nLise Moret|excused]], [[Tom Berger|excused]].",
    "between first name and surname": "Présents : [[Mireille Aubel|present]], [[Omar\nBenard|present]].",
    "behind a title": "Présents : Mme [[Nadia Corbel|present]], M. [[Denis\nLambot|present]].",
    "inside a bracket": "Aanwezig: [[An Claes|present|Huis van de Sport]] (Huis van\nde Sport), [[Bo Smets|present]].",
}


@pytest.mark.parametrize("marked", WRAPPED.values(), ids=WRAPPED.keys())
def test_names_go_on_in_the_next_line(marked: str) -> None:
    assert found(plain(marked)) == expected(marked)


SEPARATE = {
    "the next line is a label": "Aanwezig: [[Jolien|present]], [[Mats|present]]\nVerslag: [[Fien|present||secretary]]",
    "the next line begins the report": "Aanwezig: [[An Claes|present]], [[Bo Smets|present]]\nBegroting, eerste deel",
    "a function is no open end": "Aanwezig: [[An Claes|present]], raadslid\nBart leest het vorige verslag voor.",
}


@pytest.mark.parametrize("marked", SEPARATE.values(), ids=SEPARATE.keys())
def test_complete_lists_end_with_their_line(marked: str) -> None:
    assert found(plain(marked)) == expected(marked)
