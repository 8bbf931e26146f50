"""The year that deadlines are counted in is the printed one, unless the rest of the document belies it."""

import datetime

import pytest

from minutes_nlp.resolution.reckoning import reckoning_day

PRINTED = datetime.date(2023, 1, 10)  # a Tuesday; in 2024 a Wednesday


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Volgende keer: woensdag 24 januari. De begroting van 2024 komt dan terug.", 2024),
        ("Le mercredi 24 janvier, nous verrons le plan de 2024.", 2024),
        ("Volgende keer: dinsdag 24 januari. De begroting van 2024 komt dan terug.", 2023),  # the weekday fits
        ("Dinsdag 24 januari overleg, woensdag 31 januari feest, plan van 2024.", 2023),  # one of two fits
        ("Volgende keer: woensdag 24 januari.", 2023),  # no other year is written out
        ("Volgende keer: vrijdag 24 januari. De begroting van 2024 komt dan terug.", 2023),  # fits neither year
        ("De begroting van 2024 komt terug op 24 januari.", 2023),
        ("Woensdag 24 januari 2024 komt de begroting terug.", 2023),  # a day with its year says nothing of others
        ("", 2023),
    ],
)
def test_weekdays_and_years_of_the_text_tell_the_year(text: str, year: int) -> None:
    assert reckoning_day(text, PRINTED) == PRINTED.replace(year=year)


def test_days_around_the_turn_of_the_year_fit_the_printed_year() -> None:
    december = datetime.date(2023, 12, 20)
    assert reckoning_day("Volgende keer: woensdag 10 januari. Planning 2024.", december) == december


def test_a_leap_day_moves_to_the_28th() -> None:
    text = "Volgende keer: vrijdag 7 maart. Planning 2025."
    assert reckoning_day(text, datetime.date(2024, 2, 29)) == datetime.date(2025, 2, 28)


def test_without_a_meeting_day_there_is_none() -> None:
    assert reckoning_day("Woensdag 24 januari, planning 2024.", None) is None
