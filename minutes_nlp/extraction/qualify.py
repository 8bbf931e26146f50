"""What a statement is besides its content: asked, denied, wished, past, reported by others, only possible, usual."""

from __future__ import annotations

import re
from enum import StrEnum

from minutes_nlp.resources.lexicon import phrases, section, words_cache
from minutes_nlp.resources.phrase_index import PhraseIndex

_REMEMBERED = 4096  # the same headings stand above many passages
_ENDS_AS_QUESTION = re.compile(r"\?[\"'”’»)\]]*\s*$")


class Mood(StrEnum):
    """A quality that turns a statement into something else than a plain assertion."""

    QUESTION = "question"
    NEGATION = "negation"
    CONDITIONAL = "conditional"
    WISH = "wish"
    PAST = "past"
    PERFECT = "perfect"  # done before, or (`is goedgekeurd`) the state that this meeting brought about
    REPORTED = "reported"
    OPINION = "opinion"
    POSSIBLE = "possible"
    HABIT = "habit"


@words_cache()
def _patterns(language: str) -> tuple[tuple[Mood, re.Pattern[str]], ...]:
    words = section(language, "negation")
    return tuple((mood, phrases(tuple(words.get(mood.value, ())))) for mood in Mood)


@words_cache()
def _index(language: str) -> PhraseIndex:
    words = section(language, "negation")
    return PhraseIndex({mood.value: words.get(mood.value, ()) for mood in Mood})


def moods(text: str, language: str) -> frozenset[Mood]:
    """The moods whose words occur in `text`; empty for a plain assertion.

    A question is told by its sign, or by words that introduce one.
    """
    possible = _index(language).possible(text)
    found = {mood for mood, pattern in _patterns(language) if mood.value in possible and pattern.search(text)}
    if Mood.QUESTION in found and not _ENDS_AS_QUESTION.search(text) and text.rstrip().endswith((".", "!")):
        found -= {Mood.QUESTION}
    if _ENDS_AS_QUESTION.search(text):
        found |= {Mood.QUESTION}
    return frozenset(found)


@words_cache(_REMEMBERED)
def names_options(title: str, language: str) -> bool:
    """Whether a heading or lead-in announces ideas, questions or background rather than outcomes."""
    return bool(phrases(tuple(section(language, "negation").get("options", ()))).search(title))
