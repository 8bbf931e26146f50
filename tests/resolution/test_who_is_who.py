"""Who is one person: in one series of meetings, across series, with the user's directory and corrections."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes_nlp.resolution.appearances import Appearance
from minutes_nlp.resolution.corrected_people import Change, corrected
from minutes_nlp.resolution.identity import Affiliation, ListedPerson, People, identify

Line = tuple[str, str] | tuple[str, str, str | None]


def lists(meetings: dict[str, list[Line | str]], series: str = "wilgenhof") -> list[Appearance]:
    """The entries of attendance lists; a meeting is named by its day, an entry by its name, with the body beside it."""
    entries = []
    for day, names in meetings.items():
        for number, line in enumerate(names):
            name, body = (line, None) if isinstance(line, str) else (line[0], line[1])
            entries.append(Appearance(f"{series}/{day}/{number}", name, f"{series}/{day}", series, day[:10], body))
    return entries


def who(people: People, entry: str) -> str | None:
    """The name of the person of an entry, with `?` before the candidates where several fit."""
    person = people.of_entry.get(entry)
    if person is not None:
        return person.name
    return "?" + ", ".join(sorted(candidate.name for candidate in people.candidates.get(entry, ())))


def names_of(people: People) -> list[list[str]]:
    """The names of every person who stands in a list, in the alphabet's order."""
    return sorted(sorted(person.names) for person in people.people)


FIRST = {"2024-01-10": ["Mira Tolhuis", "Sem Van Hulle", "Noor Lambrix"]}


@pytest.mark.parametrize(
    "written",
    [
        "Mira",
        "M. Tolhuis",
        "Tolhuis",
        "mevr. Tolhuis",
        "mevr. Tolhuiss",
        "Tolhuis Mira",
        "TOLHUIS, Mira",
        "Mira Tolhuys",
        "Mirá Tólhuis",
    ],
)
def test_the_only_one_who_fits_is_the_person(written: str) -> None:
    people = identify(lists({**FIRST, "2024-02-10": [written]}))
    assert people.of_entry["wilgenhof/2024-02-10/0"] is people.of_entry["wilgenhof/2024-01-10/0"]
    assert len(people.people) == 3


def test_one_list_has_nobody_under_two_short_names() -> None:
    people = identify(lists({**FIRST, "2024-02-10": ["Mira", "M. Tolhuis"], "2024-03-10": ["Mira"]}))
    assert [who(people, f"wilgenhof/2024-0{at}") for at in ("2-10/0", "2-10/1", "3-10/0")] == [
        "Mira",
        "Mira Tolhuis",
        "Mira Tolhuis",
    ]


def test_of_two_who_fit_the_other_one_is_meant_if_the_one_is_in_the_list() -> None:
    people = identify(lists({"2024-01-10": ["Mira Tolhuis", "Mira Lambrix"], "2024-02-10": ["Mira", "M. Tolhuis"]}))
    assert [who(people, f"wilgenhof/2024-02-10/{at}") for at in (0, 1)] == ["Mira Lambrix", "Mira Tolhuis"]


def test_the_same_short_name_twice_in_one_list_is_one_person() -> None:
    people = identify(lists({**FIRST, "2024-02-10": ["N. Lambrix", "LAMBRIX N."]}))
    assert {who(people, f"wilgenhof/2024-02-10/{at}") for at in (0, 1)} == {"Noor Lambrix"}


def test_several_who_fit_are_candidates_and_none_is_chosen() -> None:
    people = identify(lists({"2024-01-10": ["Mira Tolhuis", "Mira Lambrix"], "2024-02-10": ["Mira"]}))
    assert who(people, "wilgenhof/2024-02-10/0") == "?Mira Lambrix, Mira Tolhuis"
    assert "wilgenhof/2024-02-10/0" not in people.of_entry


def test_the_body_beside_a_short_name_tells_which_of_several() -> None:
    beside = [("Mira Tolhuis", "social-centre:1"), ("Mira Lambrix", "social-centre:2")]
    people = identify(lists({"2024-01-10": [*beside], "2024-02-10": [("Mira", "social-centre:2")]}))
    assert who(people, "wilgenhof/2024-02-10/0") == "Mira Lambrix"


def test_a_short_name_beside_another_body_is_somebody_else() -> None:
    meetings = {"2024-01-10": [("Mira Tolhuis", "social-centre:1")], "2024-02-10": [("Mira", "social-centre:2")]}
    assert names_of(identify(lists(meetings))) == [["Mira"], ["Mira Tolhuis"]]


def test_who_came_by_far_the_nearest_in_time_is_the_one() -> None:
    meetings = {
        "2012-01-10": ["Mira Lambrix"],
        "2023-01-10": ["Mira Tolhuis"],
        "2023-06-10": ["Mira"],
        "2024-01-10": ["Mira Tolhuis"],
    }
    assert who(identify(lists(meetings)), "wilgenhof/2023-06-10/0") == "Mira Tolhuis"


def test_a_first_name_long_after_is_nobody_of_before() -> None:
    people = identify(lists({"2009-01-10": ["Mira Tolhuis"], "2024-01-10": ["Mira"]}))
    assert names_of(people) == [["Mira"], ["Mira Tolhuis"]]


def test_two_in_one_list_are_two_people_there_and_ever_after() -> None:
    meetings = {"2024-01-10": ["Mira Tolhuis", "Mira"], "2024-02-10": ["Mira"], "2024-03-10": ["Tolhuis"]}
    people = identify(lists(meetings))
    assert who(people, "wilgenhof/2024-02-10/0") == "Mira"
    assert who(people, "wilgenhof/2024-03-10/0") == "Mira Tolhuis"


def test_misspelt_names_in_one_list_are_two_people() -> None:
    people = identify(lists({"2024-01-10": ["Mira Tolhuis", "Mira Tolhuys"]}))
    assert names_of(people) == [["Mira Tolhuis"], ["Mira Tolhuys"]]


def test_namesakes_beside_two_bodies_are_told_apart_by_these_and_the_rest_stays_open() -> None:
    meetings = {
        "2024-01-10": [("Mira Tolhuis", "social-centre:1"), ("Mira Tolhuis", "social-centre:2")],
        "2024-02-10": [("Mira Tolhuis", "social-centre:2")],
        "2024-03-10": ["Mira Tolhuis"],
    }
    people = identify(lists(meetings))
    assert len(people.people) == 2
    assert people.of_entry["wilgenhof/2024-02-10/0"] is people.of_entry["wilgenhof/2024-01-10/1"]
    assert len(people.candidates["wilgenhof/2024-03-10/0"]) == 2


def test_first_names_one_letter_apart_are_one_person_only_beside_the_same_body() -> None:
    meetings = {"2024-01-10": [("Marie Lambrix", "a:1")], "2024-02-10": [("Maria Lambrix", "a:1")]}
    assert len(identify(lists(meetings)).people) == 1
    without = {"2024-01-10": ["Marie Lambrix"], "2024-02-10": ["Maria Lambrix"]}
    assert len(identify(lists(without)).people) == 2


COMPANY: list[Line | str] = ["Mira Tolhuis", "Sem Van Hulle", "Noor Lambrix"]


@pytest.mark.parametrize(
    ("here", "there", "people"),
    [
        (["Mira Tolhuis"], ["Mira Tolhuis"], 2),  # nothing says that they are one
        ([("Mira Tolhuis", "social-centre:1")], [("Mira Tolhuis", "social-centre:1")], 1),
        ([("Mira Tolhuis", "social-centre:1")], [("Mira Tolhuis", "social-centre:2")], 2),
        (COMPANY, COMPANY, 3),  # the others are the same as well
        (["Mira"], ["Mira"], 2),
    ],
)
def test_the_same_name_in_two_series_is_one_person_if_something_says_so(
    here: list[Line | str], there: list[Line | str], people: int
) -> None:
    entries = lists({"2024-01-10": here}, "a") + lists({"2024-01-20": there}, "b")
    assert len(identify(entries).people) == people


def test_a_first_name_is_looked_up_in_a_series_with_the_same_people() -> None:
    near = lists({"2024-01-10": [*COMPANY, "Wannes Ketels"]}, "a") + lists(
        {"2024-01-20": [*COMPANY], "2024-02-20": ["Wannes"]}, "b"
    )
    assert who(identify(near), "b/2024-02-20/0") == "Wannes Ketels"
    far = lists({"2024-01-10": ["Wannes Ketels"]}, "a") + lists({"2024-02-20": ["Wannes"]}, "b")
    assert who(identify(far), "b/2024-02-20/0") == "Wannes"


def test_the_directory_gives_aliases_and_makes_one_person_of_two_series() -> None:
    listed = [ListedPerson("Mira Tolhuis", ("MT", "Miet van Zolder"), (Affiliation("social-centre:1"),))]
    entries = lists({"2024-01-10": ["Mira Tolhuis", ("MT", "social-centre:1")]}, "a") + lists(
        {"2024-01-20": ["Miet van Zolder"], "2024-02-20": ["Mira Tolhuis"]}, "b"
    )
    people = identify(entries, listed)
    assert [person.name for person in people.people] == ["Mira Tolhuis"]
    assert len(people.of_entry) == 4


def test_an_alias_of_one_word_counts_where_the_person_takes_part_only() -> None:
    listed = [ListedPerson("Mira Tolhuis", ("Mie",), (Affiliation("social-centre:1"),))]
    entries = lists({"2024-01-10": [("Mie", "social-centre:1")]}, "a") + lists({"2024-01-20": ["Mie"]}, "b")
    people = identify(entries, listed)
    assert (who(people, "a/2024-01-10/0"), who(people, "b/2024-01-20/0")) == ("Mira Tolhuis", "Mie")


def test_two_people_of_the_directory_with_one_name_are_told_apart_by_the_body() -> None:
    listed = [
        ListedPerson("Mira Tolhuis", (), (Affiliation("a:1"),)),
        ListedPerson("Mira Tolhuis", (), (Affiliation("a:2"),)),
    ]
    meetings = {
        "2024-01-10": [("Mira Tolhuis", "a:2")],
        "2024-02-10": ["Mira Tolhuis"],
        "2024-03-10": [("Mira", "a:1")],
    }
    people = identify(lists(meetings), listed)
    assert people.of_entry["wilgenhof/2024-01-10/0"].listed == 1
    assert people.of_entry["wilgenhof/2024-03-10/0"].listed == 0
    assert len(people.candidates["wilgenhof/2024-02-10/0"]) == 2


def test_who_stands_in_the_directory_only_is_a_person_too() -> None:
    people = identify([], [ListedPerson("Mira Tolhuis", ("MT",))])
    assert [(person.name, sorted(person.names)) for person in people.people] == [
        ("Mira Tolhuis", ["MT", "Mira Tolhuis"])
    ]


def test_an_owner_is_looked_up_in_the_series() -> None:
    people = identify(lists(FIRST))
    assert [person.name for person in people.find("Mira", "wilgenhof", "2024-01-10")] == ["Mira Tolhuis"]
    assert people.find("Mira", "elders") == ()
    assert people.find("…", "wilgenhof") == ()


def identities(people: People) -> dict[str, tuple[str, ...]]:
    return {entry: person.identity for entry, person in people.of_entry.items()}


def test_who_somebody_is_does_not_change_when_later_meetings_come_in() -> None:
    first = lists({"2024-01-10": ["Mira Tolhuis", "Noor"], "2024-02-10": ["Mira"]})
    later = lists({"2024-03-10": ["TOLHUIS Mira"], "2024-04-10": ["Mira Tolhuys"], "2024-05-10": ["Noor"]})
    before, after = identities(identify(first)), identities(identify(first + later))
    assert {entry: after[entry] for entry in before} == before


@settings(deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_ingest_changes_nothing(dice: random.Random) -> None:
    names = ["Mira Tolhuis", "Mira", "Tolhuis", "Mira Tolhuys", "Noor", "Noor Lambrix", "M. Tolhuis", "Noor Lambrex"]
    entries = []
    for series in ("a", "b"):
        for month in range(1, 6):
            there = dice.sample(names, 3)
            bodies = [(name, dice.choice([None, "social-centre:1", "social-centre:2"])) for name in there]
            entries += lists({f"2024-{month:02}-10": [*bodies]}, series)
    shuffled = dice.sample(entries, len(entries))
    one, other = identify(entries), identify(shuffled)
    assert identities(one) == identities(other)
    assert {key: {p.identity for p in found} for key, found in one.candidates.items()} == {
        key: {p.identity for p in found} for key, found in other.candidates.items()
    }
    assert set(one.of_entry) | set(one.candidates) == {entry.id for entry in entries}
    assert len({person.identity for person in one.people}) == len(one.people)


def changed(entries: list[Appearance], *changes: Change) -> People:
    return identify(entries, correct=lambda people: corrected(people, changes, "/".join))


MEETINGS = lists({"2024-01-10": ["Mira Tolhuis", "Noor Lambrix"], "2024-02-10": ["MT"], "2024-03-10": ["Mira"]})


@pytest.mark.parametrize("goes", ["MT", "mt/wilgenhof"])
def test_a_merge_makes_two_people_one_and_holds_for_later_lists(goes: str) -> None:
    later = lists({"2024-04-10": ["MT"]})
    people = changed(MEETINGS + later, Change("merge", "Mira Tolhuis", goes))
    assert who(people, "wilgenhof/2024-02-10/0") == who(people, "wilgenhof/2024-04-10/0") == "Mira Tolhuis"
    assert people.of_entry["wilgenhof/2024-02-10/0"].identity == ("mira tolhuis",)


def test_a_split_makes_somebody_else_of_a_spelling() -> None:
    people = changed(MEETINGS, Change("split", "Mira Tolhuis", "Mira"))
    assert who(people, "wilgenhof/2024-03-10/0") == "Mira"
    assert who(people, "wilgenhof/2024-01-10/0") == "Mira Tolhuis"


def test_a_rename_shows_another_name_and_the_person_is_found_under_both() -> None:
    people = changed(
        MEETINGS, Change("rename", "Mira Tolhuis", "Mira van Tolhuis"), Change("merge", "Mira van Tolhuis", "MT")
    )
    assert who(people, "wilgenhof/2024-02-10/0") == "Mira van Tolhuis"
    assert people.of_entry["wilgenhof/2024-02-10/0"].names["Mira van Tolhuis"] == "correction"


def test_a_name_that_two_people_have_is_corrected_by_id_only() -> None:
    two = lists({"2024-01-10": ["Mira Tolhuis"]}, "a") + lists({"2024-01-20": ["Mira Tolhuis"]}, "b")
    assert len(changed(two, Change("rename", "Mira Tolhuis", "Mira T.")).people) == 2
    assert who(changed(two, Change("rename", "Mira Tolhuis", "Mira T.")), "a/2024-01-10/0") == "Mira Tolhuis"
    by_id = changed(two, Change("rename", "mira tolhuis/b", "Mira T."))
    assert (who(by_id, "a/2024-01-10/0"), who(by_id, "b/2024-01-20/0")) == ("Mira Tolhuis", "Mira T.")
    assert len(changed(two, Change("merge", "mira tolhuis", "mira tolhuis/b")).people) == 1


def test_namesakes_of_two_series_that_were_taken_for_one_are_split_by_series() -> None:
    two = lists({"2024-01-10": [*COMPANY]}, "a") + lists({"2024-01-20": [*COMPANY]}, "b")
    people = changed(two, Change("split", "Mira Tolhuis", "Mira Tolhuis"))
    assert people.of_entry["a/2024-01-10/0"] is not people.of_entry["b/2024-01-20/0"]


def test_a_change_about_nobody_is_left_out() -> None:
    assert names_of(changed(MEETINGS, Change("merge", "Nobody", "MT"))) == names_of(identify(MEETINGS))
