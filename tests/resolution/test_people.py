"""An owner is an attendee only when exactly one fits."""

import pytest

from minutes_nlp.resolution.people import match_owner

ATTENDEES = ["Toon Verlinde", "Sander Van Belle", "Sander Loos", "Anaïs D'Hondt", "Xu Li", "VERBEKE Mia"]


@pytest.mark.parametrize(
    ("written", "attendee"),
    [
        ("Toon Verlinde", 0),
        ("toon", 0),
        ("Van Belle", 1),
        ("Sander L.", 2),
        ("Sander V.B.", 1),
        ("Anais", 3),
        ("D’Hondt", 3),
        ("Mia Verbeke", 5),
        ("Li Xu", 4),
    ],
)
def test_the_only_one_who_fits_is_chosen(written: str, attendee: int) -> None:
    assert match_owner(written, ATTENDEES).attendee == attendee


@pytest.mark.parametrize("written", ["Sander", "sander"])
def test_several_who_fit_are_candidates_and_none_is_chosen(written: str) -> None:
    match = match_owner(written, ATTENDEES)
    assert (match.attendee, match.candidates) == (None, (1, 2))


@pytest.mark.parametrize("written", ["iedereen", "Toontje", "Li", "T.", "", "de werkgroep", "Toon Verlindens"])
def test_nobody_fits(written: str) -> None:
    match = match_owner(written, ATTENDEES)
    assert (match.attendee, match.candidates) == (None, ())


def test_one_person_listed_twice_is_one() -> None:
    assert match_owner("Toon", ["Toon Verlinde", "Verlinde Toon", "Toon Verlinde"]).attendee == 0
