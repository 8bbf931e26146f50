"""A weekday that the date of the meeting does not have; a name in a list that says the opposite."""

import pytest

from minutes_nlp.resolution.invariants import Attendee, Facts, check, listed_otherwise


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("Datum: dinsdag 4 maart 2024", "nl", "dinsdag"),
        ("Réunion du mardi 4 mars 2024", "fr", "mardi"),
        ("Tuesday 4 March 2024", "en", "Tuesday"),
    ],
)
def test_a_weekday_that_is_not_that_of_the_date(text: str, language: str, written: str) -> None:
    [problem] = check(Facts("a.txt", "2024-03-04", "e", text, language))
    assert (problem.code, problem.details["written"]) == ("weekday-differs", written)


@pytest.mark.parametrize(
    "text",
    ["maandag 4 maart 2024", "4 maart 2024", "maandag 4 en dinsdag 5 maart 2024", "op dinsdag, zoals op 12 mei 2023"],
)
def test_what_agrees_or_says_nothing(text: str) -> None:
    assert list(check(Facts("a.txt", "2024-03-04", "e", text, "nl"))) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Présents : An Claes, Bo Pirlot\nExcusés : An Claes\n", ["An Claes"]),
        ("Aanwezig: an claes\nVerontschuldigd: Bo Pirlot", []),
        ("Niet aanwezig: AN CLAES", ["AN CLAES"]),
        ("Aanwezig: An Claes", []),
        ("An Claes verontschuldigt zich voor de fout.", []),
        ("Opmerking: An Claes was er niet.", []),
    ],
)
def test_who_is_listed_otherwise(text: str, found: list[str]) -> None:
    entries = [Attendee("e1", "An Claes", None, "present"), Attendee("e2", "Bo", None, "present")]
    assert [text[start:end] for _, start, end in listed_otherwise(text, entries)] == found
