"""Whether an action is done: what is struck out is, whatever its status cell said before."""

import pytest

from minutes_nlp.extraction.columns import Column
from minutes_nlp.extraction.progress import status_of
from minutes_nlp.extraction.units import Shape, Unit
from minutes_nlp.spans import CharSpan


def status(text: str, language: str = "nl", **more: object) -> str:
    unit = Unit(CharSpan(0, len(text)), text, 0, Shape.ROW, language, **more)  # type: ignore[arg-type]
    return status_of(unit, text)


@pytest.mark.parametrize(("struck", "wanted"), [(True, "done"), (False, "open")])
def test_a_struck_row_is_done_though_its_cell_says_that_it_runs(struck: bool, wanted: str) -> None:
    row = "Bank bellen | An | loopt"
    assert status(row, struck=struck, cells=((Column.STATUS, CharSpan(19, 24)),)) == wanted


@pytest.mark.parametrize(
    ("lead", "wanted"), [("Fait :", "done"), ("Ce que l'on fait :", "open"), ("Pas encore fait :", "open")]
)
def test_a_lead_in_says_what_was_done_not_what_one_does(lead: str, wanted: str) -> None:
    assert status("appeler la banque", "fr", leads=(lead,)) == wanted
