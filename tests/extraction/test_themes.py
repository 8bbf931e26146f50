"""Themes of main items, by keywords."""

import pytest

from minutes_nlp.extraction.keywords import KeywordIndex
from minutes_nlp.extraction.themes import ItemHits, ThemeWeights, choose


def test_keywords_are_found_whole_as_stems_and_as_phrases() -> None:
    index = KeywordIndex({"finance": ["begroting*", "kas"], "procurement": ["openbare aanbesteding"]})
    found = index.find("De begrotingswijziging en de kas; de openbare  aanbesteding. Het kasboek blijft.")
    assert {theme: dict(words) for theme, words in found.items()} == {
        "finance": {"begroting": 1, "kas": 1},
        "procurement": {"openbare  aanbesteding": 1},
    }


def test_a_word_of_two_classes_counts_for_both() -> None:
    found = KeywordIndex({"a": ["kamp*"], "b": ["kampeer*"]}).find("kampeerterrein")
    assert set(found) == {"a", "b"}


def hits(words: int, **scores: float) -> ItemHits:
    return ItemHits({name.replace("_", "-"): score for name, score in scores.items()}, words)


@pytest.mark.parametrize(
    ("item", "themes"),
    [
        (hits(100, finance=6.0, staff=1.0), ("finance",)),
        (hits(100, finance=6.0, staff=5.0, events=4.0, legal=4.5), ("finance", "staff", "legal")),
        (hits(100, finance=6.0, meeting_procedure=5.0), ("finance",)),
        (hits(3, meeting_procedure=3.0), ("meeting-procedure",)),
        (hits(0), ("meeting-procedure",)),
        (hits(100), ()),
    ],
)
def test_one_to_three_themes_and_procedure_only_alone(item: ItemHits, themes: tuple[str, ...]) -> None:
    assert choose([item], ThemeWeights()) == [themes]


def test_an_item_that_says_nothing_takes_the_documents_usual_theme() -> None:
    assert choose([hits(90, mobility_works=8.0), hits(90)], ThemeWeights())[1] == ("mobility-works",)
