"""The user's list: what stands in it, and what is wrong with it, by line."""

import datetime
from pathlib import Path

import pytest

from minutes_nlp.errors import SettingsError
from minutes_nlp.resolution.directory import Directory, DirectoryAffiliation, load_directory
from minutes_nlp.resolution.organisations import BodyName

GOOD = """
[[people]]
name = "Mira Tolhuis"
aliases = ["MT"]
meetings = ["Netwerk Noord"]

[[people.affiliations]]
organisation = "POD MI"
from = 2021-03-01
until = 2023-12-31

[[people.affiliations]]
organisation = "OCMW Lokeren"
from = 2024-01-01

[[people]]
name = "Noor Lambrix"
affiliations = [{ organisation = "VVSG" }]

[[organisations]]
name = "Netwerk Noord"
aliases = ["NN"]
fr = ["Réseau Nord"]
successor = "OCMW Lokeren"
"""


def load(folder: Path, text: str) -> Directory:
    path = folder / "directory.toml"
    path.write_text(text, encoding="utf-8")
    return load_directory(path)


def test_people_have_aliases_and_bodies_with_days_and_bodies_have_names(tmp_path: Path) -> None:
    directory = load(tmp_path, GOOD)
    mira, noor = directory.people
    assert (mira.name, mira.aliases, mira.meetings) == ("Mira Tolhuis", ("MT",), ("Netwerk Noord",))
    assert mira.affiliations == (
        DirectoryAffiliation("POD MI", datetime.date(2021, 3, 1), datetime.date(2023, 12, 31)),
        DirectoryAffiliation("OCMW Lokeren", datetime.date(2024, 1, 1)),
    )
    assert noor.affiliations == (DirectoryAffiliation("VVSG"),)
    (body,) = directory.bodies
    assert body.names == (BodyName("Netwerk Noord"), BodyName("Réseau Nord", "fr"), BodyName("NN", short=True))
    assert body.successor == "OCMW Lokeren"


def test_no_file_is_an_empty_directory(tmp_path: Path) -> None:
    assert load_directory(tmp_path / "directory.toml") == load_directory(None) == Directory()


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("[[people]\n", "directory.toml", "line 1"),
        ("[[persons]]\nname = 'x'\n", "directory.key", "line 1: the key persons"),
        (GOOD.replace('aliases = ["MT"]', 'alias = ["MT"]'), "directory.key", "line 4: the key people[0].alias"),
        (GOOD.replace("until = 2023", "until = 2020"), "directory.value", "line 10: people[0].affiliations[0].until"),
        (
            GOOD.replace("from = 2024-01-01", 'from = "soon"'),
            "directory.value",
            "line 14: people[0].affiliations[1].from must be 2024-05-31, not 'soon'",
        ),
        (GOOD.replace('name = "Noor Lambrix"', 'name = "…"'), "directory.value", "line 17: people[1].name"),
        (
            GOOD.replace('name = "Noor Lambrix"', ""),
            "directory.value",
            "line 16: people[1].name must be text, not None",
        ),
        (GOOD.replace("VVSG", " "), "directory.value", "line 18: people[1].affiliations[0].organisation"),
        (GOOD.replace('fr = ["Réseau Nord"]', 'fr = "Réseau"'), "directory.value", "line 23: organisations[0].fr"),
        (GOOD.replace("Noor Lambrix", "TOLHUIS Mira").replace("VVSG", "POD MI"), "directory.twice", "line 16"),
        (GOOD + '[[organisations]]\nname = "nn"\n', "directory.twice", "line 25: nn stands there twice"),
        ("people = 3\n", "directory.value", "line 1: people must be [[…]], not 3"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, code: str, said: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load(tmp_path, text)
    assert raised.value.code == code
    assert said in str(raised.value)


def test_a_file_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "directory.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_directory(tmp_path / "directory.toml")


def test_namesakes_are_taken_with_different_bodies(tmp_path: Path) -> None:
    assert len(load(tmp_path, GOOD.replace("Noor Lambrix", "Mira Tolhuis")).people) == 2
