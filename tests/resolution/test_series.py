"""Which meetings are of one group."""

import pytest

from minutes_nlp.resolution.series import Sitting, folder, series_of


def same(*sittings: Sitting) -> bool:
    return len(set(series_of(sittings))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("werkgroep Wilgenhof", "Groupe de travail Wilgenhof"),
        ("Werkgroep Wilgenhof", "WG Wilgenhof"),
        ("stuurgroep Lindebeke", "Comité de pilotage de Lindebeke"),
        ("AG", "Assemblée générale"),
        ("bestuur", "Conseil d'administration"),
    ],
)
def test_one_group_under_two_names(one: str, other: str) -> None:
    assert same(Sitting("a.txt", one), Sitting("b.txt", other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Sitting("a.txt", "werkgroep Wilgenhof"), Sitting("b.txt", "stuurgroep Wilgenhof")),
        (Sitting("a.txt", "werkgroep Wilgenhof"), Sitting("b.txt", "werkgroep Lindebeke")),
        (Sitting("kantelaar/a.txt", "bestuur"), Sitting("wilgem/b.txt", "bestuur")),
        (Sitting("kantelaar/a.txt"), Sitting("wilgem/b.txt")),
        (Sitting("a.txt", "bestuur", "o1"), Sitting("b.txt", "bestuur", "o2")),
    ],
)
def test_two_groups(one: Sitting, other: Sitting) -> None:
    assert not same(one, other)


def test_the_organisation_counts_before_the_name() -> None:
    assert same(Sitting("a.txt", "OCMW Wilgem", "o1"), Sitting("b.txt", "CPAS de Wilgem", "o1"))


def test_minutes_that_name_no_group_are_of_the_only_one_of_their_folder() -> None:
    assert same(Sitting("kantelaar/a.txt", "bestuur"), Sitting("kantelaar/b.txt"))
    board, assembly, unnamed = series_of(
        [Sitting("kantelaar/a.txt", "bestuur"), Sitting("kantelaar/b.txt", "AG"), Sitting("kantelaar/c.txt")]
    )
    assert len({board, assembly, unnamed}) == 3


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.txt", ""),
        ("2023/a.txt", ""),
        ("bestuur/2023-05/a.txt", "bestuur"),
        ("b/c d/a.txt", ""),
        ("raad/bis/a", "raad/bis"),
    ],
)
def test_a_folder_that_only_says_when_tells_nothing(path: str, expected: str) -> None:
    assert folder(path) == expected


def test_an_action_list_is_of_the_only_group_that_its_kind_names_wherever_it_lies() -> None:
    held, taken = Sitting("kantelaar/a.txt", "bestuur"), Sitting("lists/b.tsv", "bestuur", is_list=True)
    assert same(held, taken)
    first, _, third = series_of([held, Sitting("wilgem/c.txt", "bestuur"), taken])
    assert first != third
    assert not same(held, Sitting("lists/b.tsv", "bestuur"))
