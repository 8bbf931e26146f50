"""Texts, days and numbers in the reader's language; and which language that is."""

import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import minutes_nlp.browse
from minutes_nlp.browse.language import choose
from minutes_nlp.browse.routes import MENU
from minutes_nlp.browse.words import Words
from minutes_nlp.resources import section

BROWSE = Path(minutes_nlp.browse.__file__).parent
LANGUAGES = ("nl", "fr", "en")


def texts(words: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in words.items():
        if isinstance(value, Mapping):
            yield from texts(value, f"{before}{key}.")
        else:
            yield before + key, value


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("name", ["site", "access"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_language_has_the_same_texts_with_the_same_names_in_them(language: str, name: str) -> None:
    dutch, other = dict(texts(section("nl", name))), dict(texts(section(language, name)))
    assert set(dutch) == set(other)
    assert [key for key in dutch if fields(dutch[key]) != fields(other[key])] == []


def test_every_text_that_a_page_names_exists_and_each_is_named_somewhere() -> None:
    known = {key for name in ("site", "access") for key, _ in texts(section("nl", name))}
    source = "\n".join(
        path.read_text(encoding="utf-8") for path in BROWSE.rglob("*") if path.suffix in (".py", ".html")
    )
    named = set(re.findall(r"""\b(?:t|a|told|words|_words)\(["']([\w.]+)["'][),]""", source))
    counted = set(re.findall(r"""\.count\(["']([\w.]+)["']""", source))
    assert {key for key in named if key not in known} == set()
    assert {key for key in counted if f"{key}.other" not in known} == set()
    sections = set(re.findall(r"""["'](\w+)\.["'{] ?[~{]""", source)) | set(re.findall(r'f"(\w+)\.\{', source))
    menu = set(re.findall(r'\("(menu\.\w+)"', source))
    unused = known - named - menu - {f"{key}.{form}" for key in counted for form in ("one", "other")}
    assert {key for key in unused if key.split(".")[0] not in sections} == set()


@pytest.mark.parametrize(
    ("language", "day", "long", "month", "number", "share"),
    [
        ("nl", "4 mrt 2024", "maandag 4 maart 2024", "mei 2024", "12.345", "86\xa0%"),
        ("fr", "4 mars 2024", "lundi 4 mars 2024", "mai 2024", "12\u202f345", "86\xa0%"),
        ("en", "4 Mar 2024", "Monday 4 March 2024", "May 2024", "12,345", "86\xa0%"),
    ],
)
def test_days_and_numbers_are_written_as_the_language_does(
    language: str, day: str, long: str, month: str, number: str, share: str
) -> None:
    words = Words(language)
    assert words.day("2024-03-04") == day
    assert words.day("2024-03-04", "full") in (long, long.replace("Monday 4", "Monday, 4"))
    assert words.day("2024-05") == month
    assert words.number(12345) == number
    assert words.percent(0.857) == share


def test_what_is_no_day_stays_as_it_is() -> None:
    words = Words("nl")
    assert (words.day(None), words.day(""), words.day("binnenkort"), words.day("2024-13-01")) == (
        "",
        "",
        "binnenkort",
        "2024-13-01",
    )


def test_one_is_singular_and_in_french_zero_too() -> None:
    assert [Words("nl").count("count.actions", n) for n in (0, 1, 2)] == ["0 acties", "1 actie", "2 acties"]
    assert [Words("fr").count("count.actions", n) for n in (0, 1, 2)] == ["0 action", "1 action", "2 actions"]


def test_a_text_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        Words("nl")("home.nothing")


@pytest.mark.parametrize(
    ("cookies", "accepted", "language"),
    [
        ({}, "", "en"),
        ({}, "fr-BE,fr;q=0.9,nl;q=0.8", "fr"),
        ({}, "de-DE,nl;q=0.3", "nl"),
        ({}, "en;q=0.2, nl-BE;q=0.9", "nl"),
        ({}, "nl;q=0, fr;q=0.1", "fr"),
        ({}, "de, ja", "en"),
        ({}, "*;q=0.5", "en"),
        ({}, ";;q=,,=\x00" * 300, "en"),
        ({"minutes_language": "nl"}, "fr", "nl"),
        ({"minutes_language": "klingon"}, "fr", "fr"),
    ],
)
def test_the_choice_counts_first_then_what_the_browser_asks_for(
    cookies: dict[str, str], accepted: str, language: str
) -> None:
    assert choose(cookies, accepted, "en") == language


def test_the_documentation_names_every_page() -> None:
    text = (Path(__file__).parents[2] / "docs" / "browse.md").read_text(encoding="utf-8")
    assert [address for _, address in MENU if f"`{address}`" not in text] == []
    assert all(f"`{address}`" in text for address in ("/", "/checks", "/minutes"))
