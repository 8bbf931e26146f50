"""Printed timetables; samples are invented."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes_nlp.extraction.base import factory_name
from minutes_nlp.extraction.meeting_lines import printed_lines
from minutes_nlp.extraction.schedule import ScheduleRecogniser
from minutes_nlp.extraction.timetable import read_timetable
from minutes_nlp.language import detector, normalise
from minutes_nlp.language.tokenise import make_doc
from minutes_nlp.reading import read_content

Entry = tuple[str, str | None, str]


def schedule(text: str) -> list[Entry]:
    """Start, end and title of the entries that the recogniser writes."""
    nlp = spacy.blank("xx")
    normalised = normalise(read_content(text.encode(), name="programme.txt"), detector())
    doc = make_doc(normalised, nlp.vocab)
    doc._.minutes_text = normalised
    ScheduleRecogniser(nlp, "schedule")(doc)
    return [(entry.start, entry.end, entry.title) for entry in doc._.minutes_schedule]


DAY = [("09:00", "09:30", "Onthaal met koffie"), ("09:30", "10:15", "Rondgang"), ("10:15", "11:00", "Debat")]


@pytest.mark.parametrize(
    "text",
    [
        "Programma:\n9u00 tot 9u30:\tOnthaal met koffie\n9u30 tot 10u15 :\tRondgang\n10u15 tot 11u00\tDebat\n",
        "- 9:00 - 9:30 Onthaal met koffie\n- 9:30 - 10:15 Rondgang\n- 10:15 - 11:00 Debat\n",
        "9h00 à 9h30 : Onthaal met koffie\n9h30 à 10h15 : Rondgang\n10h15 à 11h00 : Debat\n",
        "Uur             Wat\n9u00 – 9u30     Onthaal met koffie\n9u30 – 10u15    Rondgang\n10u15 – 11u     Debat\n",
        "| Uur | Wat |\n|---|---|\n| 9u00 - 9u30 | Onthaal met koffie |\n| 9u30 - 10u15 | Rondgang |\n"
        "| 10u15 - 11u | Debat |\n",
    ],
)
def test_a_timetable_in_its_usual_forms(text: str) -> None:
    assert schedule(text) == DAY


def test_starts_alone_are_a_timetable_if_there_are_enough() -> None:
    text = "9:00 Accueil\n9:30 Visite\n10:15 Débat\n11:00 Clôture\n"
    assert schedule(text) == [
        ("09:00", None, "Accueil"),
        ("09:30", None, "Visite"),
        ("10:15", None, "Débat"),
        ("11:00", None, "Clôture"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "*17h12: début de la réunion*\n\nLe budget est présenté.\n\n*17h56: fin de réunion*\n",
        "Inhoud\n\n1. Onthaal ... 2\n2. Rondgang ... 3\n3. Debat ... 5\n",
        "Tijd: 17:10-17:45\n\nDe servers staan klaar.\n",
        "10/12/2018\n11/12/2018\n12/12/2018\n",
        "14:00 Debat\n13:00 Rondgang\n12:00 Onthaal\n11:00 Begin\n",
    ],
)
def test_other_times_and_numbers_are_no_timetable(text: str) -> None:
    assert schedule(text) == []


def test_entries_cover_their_times_and_title() -> None:
    text = "9u00 tot 9u30: Onthaal\n9u30 tot 10u15: Rondgang\n10u15 tot 11u00: Debat\n"
    normalised = normalise(read_content(text.encode(), name="x.txt"), detector())
    spans = [entry.span.text(normalised.text) for entry in read_timetable(normalised.text, printed_lines(normalised))]
    assert spans == ["9u00 tot 9u30: Onthaal", "9u30 tot 10u15: Rondgang", "10u15 tot 11u00: Debat"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["9u00 - 9u30 A", "10:00 B", "C", "| 11h | D |", "12h-13h", "-", ""]), max_size=8))
def test_entries_lie_in_the_text_in_order(lines: list[str]) -> None:
    if not any(line.strip() for line in lines):
        return
    normalised = normalise(read_content("\n".join(lines).encode(), name="x.txt"), detector())
    entries = read_timetable(normalised.text, printed_lines(normalised))
    assert all(0 <= e.span.start < e.span.end <= len(normalised.text) for e in entries)
    assert [e.start for e in entries] == sorted(e.start for e in entries)


def test_the_recogniser_is_registered_under_its_frozen_name() -> None:
    assert spacy.blank("xx").has_factory(factory_name("minutes.schedule.v1"))
