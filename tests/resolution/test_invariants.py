"""A weekday that the date of the meeting does not have; a name in a list that says the opposite."""

import pytest

from minutes_nlp.resolution.invariants import Attendee, Facts, check, left_out, listed_otherwise


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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Verontschuldigd:\n- An Claes (OCMW Genk)\n- Bo Pirlot\n", ["An Claes"]),
        ("Excusés :\n• an claes\n", ["an claes"]),
        ("Verontschuldigd:\nAn Claes\n", ["An Claes"]),
        ("Verontschuldigd:\n- Bo Pirlot (in de plaats van An Claes)\n", []),
        ("Verontschuldigd:\n\nAn Claes opent de vergadering.\n", []),
        ("Verontschuldigd:\n- Bo Pirlot\nAanwezig:\n- An Claes\n", []),
    ],
)
def test_who_stands_in_a_list_below_a_label_that_says_otherwise(text: str, found: list[str]) -> None:
    entries = [Attendee("e1", "An Claes", None, "present"), Attendee("e2", "Cas Dua", None, "excused")]
    assert [text[start:end] for _, start, end in listed_otherwise(text, entries)] == found


ORDERED = "Verslag\n\n1. Opening\nTekst.\n2. Budget\nTekst.\n{}3. Slot\nTekst.\n"


@pytest.mark.parametrize(
    ("between", "found"),
    [
        ("4. Varia\nGeen.\n", ["4. Varia"]),
        ("", []),
        ("1. offerte\n2. drukker\n3. affiche\n4. zaal\n", []),  # a list of its own
        ("4) Varia\n", []),  # not numbered as the items are
        ("12. Varia\n", []),  # no number of an item here
        ("2.1. Varia\n", []),
        ("4. " + "Er werd lang over gesproken. " * 4 + "\n", []),
    ],
)
@pytest.mark.parametrize("mark", ["", "## "])
def test_a_number_out_of_order_that_is_no_agenda_item(mark: str, between: str, found: list[str]) -> None:
    text = ORDERED.format(between)
    if mark:
        text = "\n".join(f"{mark}{line}" if line[:1].isdigit() else line for line in text.split("\n"))
    items = [(text.index(title), number) for number, title in (("1", "Opening"), ("2", "Budget"), ("3", "Slot"))]
    assert [(text[s:e].removeprefix(mark), n, p) for s, e, n, p in left_out(text, items)] == [
        (line, line[0], 2) for line in found
    ]


def test_where_items_have_no_numbers_or_skip_some_nothing_is_out_of_order() -> None:
    text = ORDERED.format("4. Varia\n")
    opening, budget, slot = text.index("Opening"), text.index("Budget"), text.index("Slot")
    assert list(left_out(text, [(opening, "1"), (budget, None), (slot, "3")])) == []
    assert list(left_out(text, [(opening, "1"), (slot, "3")])) == []
