"""A group of phrases that occurs in a text is always possible; most of those that don't are not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from minutes_nlp.resources import languages, phrases, section
from minutes_nlp.resources.phrase_index import PhraseIndex

INDEX = PhraseIndex(
    {
        "approved": ["wordt ... goedgekeurd", "goedkeur*"],
        "meeting": ["*vergadering"],
        "either": ["(pour|contre) le (projet|plan*)"],
        "elided": ["l'ordre du jour"],
        "optional": ["(la)? motion"],
        "nested": ["^(iedereen|alle (leden|aanwezigen)) akkoord"],
        "first": ["^besluit*"],
        "last": ["*werken$"],
        "both": ["niet ... akkoord"],
        "open": ["*gader*"],
    }
)


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("Het verslag wordt zonder opmerkingen GOEDGEKEURD.", {"approved"}),
        ("De goedkeuring volgt later.", {"approved"}),
        ("De Raadsvergadering begint.", {"meeting"}),
        ("Vergaderingen zijn lang.", set()),
        ("Contre le planning actuel.", {"either"}),
        ("Fixer l’ordre du jour", {"elided"}),
        ("Motion adoptée", {"optional"}),
        ("Iedereen akkoord", {"nested"}),
        ("Alle leden akkoord", {"nested"}),
        ("**Besluiten** van de raad", {"first"}),
        ("De raad besluit later.", set()),
        ("Dat moeten we uitwerken!", {"last"}),
        ("We werken eraan.", set()),
        ("Hij gaat niet helemaal akkoord.", {"both", "nested"}),
        ("Dat kan niet.", set()),
        ("Niets van dat alles.", set()),
        ("", set()),
    ],
)
def test_a_group_is_possible_if_a_text_has_the_words_of_a_phrase_in_their_place(text: str, possible: set[str]) -> None:
    assert INDEX.possible(text) - {"open"} == possible


def test_a_phrase_that_is_open_on_both_sides_is_always_possible() -> None:
    assert INDEX.possible("Iets anders.") == {"open"}


@pytest.mark.parametrize("text", ["BESCHLIESST", "beschließt", "İk beslis", "bes\u017flis"])
def test_letters_that_regular_expressions_equate_are_equated(text: str) -> None:
    lists = {"a": ["beschließt"], "b": ["beschliesst"], "c": ["ik"], "d": ["besslis"]}
    index = PhraseIndex(lists)
    assert {name for name, entries in lists.items() if phrases(tuple(entries)).search(text)} <= index.possible(text)


def _lists(entry: Any, name: str = "") -> Iterator[tuple[str, list[str]]]:
    """All lists of phrases below an entry of a word list."""
    if isinstance(entry, Mapping):
        for key, value in entry.items():
            yield from _lists(value, f"{name}.{key}")
    elif isinstance(entry, (list, tuple)) and all(isinstance(phrase, str) for phrase in entry):
        yield name, list(entry)


@pytest.mark.parametrize("file", ["decisions", "actions", "negation", "attendance"])
def test_no_phrase_of_the_word_lists_is_missed_in_the_samples(file: str, samples: Path) -> None:
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in samples.rglob("*.*") if path.is_file()]
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    for language in languages():
        groups = dict(_lists(section(language, file)))
        index = PhraseIndex(groups)
        patterns = {name: phrases(tuple(entries)) for name, entries in groups.items()}
        for line in lines:
            found = {name for name, pattern in patterns.items() if pattern.search(line)}
            assert found <= index.possible(line), line


@pytest.mark.parametrize("file", ["decisions", "actions", "negation", "attendance"])
def test_every_phrase_of_the_word_lists_is_possible_where_it_stands(file: str) -> None:
    for language in languages():
        for name, entries in _lists(section(language, file)):
            for phrase in entries:
                text = _example(phrase)
                if phrases((phrase,)).search(text):
                    assert PhraseIndex({name: [phrase]}).possible(text) == {name}, phrase


def _example(phrase: str) -> str:
    """A text that the phrase finds: the last of all alternatives, nothing for what is optional or open."""
    text = re.sub(r"\([^()]*\)\?", "", phrase.strip("^$"))
    text = re.sub(r"\(([^()]*)\)", lambda found: found[1].split("|")[-1], text)
    return " ".join(text.replace("...", "iets").replace("*", "").split())
