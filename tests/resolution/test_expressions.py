"""The deadlines of two lists of sentences, worked out by hand: one sentence a line, distractors among them.

`expression` is the words that give the deadline (`null` for a distractor, in which nothing may be found), `due` the day
or month that they mean (`null` if none can be known), `reason` why, where that is not plain.
"""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from minutes_nlp.resolution.dates import find_due

LISTS = Path(__file__).parents[1] / "extraction" / "dates"
LANGUAGES = ("nl", "fr")


def sentences(language: str) -> list[dict[str, Any]]:
    lines = (LISTS / f"expressions_{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def is_right(sentence: dict[str, Any], language: str) -> bool:
    """Whether the deadline is worked out rightly, and from the right words."""
    text, wanted = sentence["text"], sentence["expression"]
    found = find_due(text, language, meeting=day(sentence["meeting"]), next_meeting=day(sentence["next_meeting"]))
    if found is None:
        return wanted is None
    words = found[0].text(text)
    return wanted is not None and (words in wanted or wanted in words) and found[1] == sentence["due"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_least_97_in_100_deadlines_are_right(language: str) -> None:
    wrong = [sentence["text"] for sentence in sentences(language) if not is_right(sentence, language)]
    assert len(wrong) <= 0.03 * len(sentences(language)), wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_is_long_enough_and_a_sixth_of_it_gives_no_deadline(language: str) -> None:
    listed = sentences(language)
    distractors = sum(sentence["expression"] is None for sentence in listed)
    assert len({sentence["text"] for sentence in listed}) == len(listed) >= 150
    assert 0.15 <= distractors / len(listed) <= 0.2
