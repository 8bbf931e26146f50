"""Headings, and cells with lists, as units of decisions and actions."""

from __future__ import annotations

import pytest
import spacy
from act_cases import read

from minutes_nlp.extraction.signals import announces
from minutes_nlp.extraction.units import Shape, units_of
from minutes_nlp.language import detector, normalise
from minutes_nlp.language.tokenise import make_doc
from minutes_nlp.layout import analyse
from minutes_nlp.reading.compose import compose
from minutes_nlp.reading.document import SourceDocument
from minutes_nlp.reading.flow import Paragraph, Row, Table

LIST = """# Besluitenlijst van de raad

## 1. Goedkeuren van de huur
De huur wordt verlengd.

## 2. Vlag
Geen opmerkingen.
"""


def test_the_number_of_a_heading_is_no_part_of_what_it_says() -> None:
    headings = [unit.text for unit in units_of(read(LIST)) if unit.shape is Shape.HEADING]
    assert headings == ["Goedkeuren van de huur", "Vlag"]


def test_what_looks_like_a_number_but_is_none_stays() -> None:
    found = units_of(read(LIST.replace("2. Vlag", "12 vlaggen worden gekocht")))
    assert [unit.text for unit in found if unit.shape is Shape.HEADING][-1] == "12 vlaggen worden gekocht"


@pytest.mark.parametrize(
    ("heading", "announced"),
    [
        ("Acties", True),
        ("Actiepunten ?", True),
        ("Welke acties of producten zullen we op te leveren?", False),
        ("Welke acties lopen er", True),
    ],
)
def test_a_long_question_announces_no_list(heading: str, announced: bool) -> None:
    assert announces(heading, "nl", "actions", "action") is announced


def _rows(*rows: tuple[list[str], ...]) -> list[str]:
    """The units of a table of a word processor, whose cells hold these lines."""
    table = Table([Row([[Paragraph([line]) for line in cell] for cell in row]) for row in rows])
    text, blocks = compose([table])
    normalised = normalise(SourceDocument("v.docx", text, blocks, "", "x", "utf-8", len(text)), detector())
    doc = make_doc(normalised, spacy.blank("xx").vocab)
    doc._.minutes_text, doc._.minutes_layout = normalised, analyse(normalised)
    return [unit.text for unit in units_of(doc)]


HEAD = (["Punt"], ["Opmerkingen"])


def test_each_line_of_a_cell_that_begins_with_a_dash_is_a_unit() -> None:
    lines = ["- De kaart wordt goedgekeurd - met dank.", "- De borden komen later."]
    assert _rows(HEAD, (["Kaart"], lines)) == ["De kaart wordt goedgekeurd - met dank.", "De borden komen later."]


def test_a_dash_within_a_line_parts_nothing() -> None:
    assert _rows(HEAD, (["Kaart"], ["Goed - en af", "De borden komen later."])) == [
        "Kaart | Goed - en af De borden komen later."
    ]


def test_each_numbered_line_of_the_last_cell_is_a_unit_and_the_first_goes_with_who_stands_before_it() -> None:
    lines = ["1. Maak je lid!", "2. Schrijf je in voor 3 mei", "of later."]
    assert _rows(HEAD, (["Iedereen"], lines)) == [
        "Iedereen | 1. Maak je lid!",
        "2. Schrijf je in voor 3 mei of later.",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["1. De kaart wordt goedgekeurd."],
        ["De kaart kost 1. en de borden kosten 2. zoals gezegd."],
        ["2. De kaart wordt goedgekeurd.", "1. De borden komen later."],
    ],
)
def test_numbers_that_count_no_points_part_nothing(lines: list[str]) -> None:
    assert _rows(HEAD, (["Kaart"], lines)) == [f"Kaart | {' '.join(lines)}"]
