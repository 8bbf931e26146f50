"""The stems of words, by which a search forgives inflection: `vergadering` also finds `vergaderingen`."""

from __future__ import annotations

import re
from collections.abc import Iterable

import Stemmer

from minutes_nlp.resources import section, words_cache
from minutes_nlp.resources.folding import fold

_ALGORITHMS = {"nl": "dutch", "fr": "french", "en": "english", "de": "german"}
_WORD = re.compile(r"[^\W\d_]{3,}")
_SHORTEST_BEGINNING = 2  # letters before an ending

LANGUAGES = tuple(_ALGORITHMS)
"""The languages whose words have stems."""


class Stems:
    """Stems the words of some languages. An object serves one thread: the stemmers keep what they work on.

    Args:
        languages: ISO codes; those without a stemmer are left out, and with none left all are taken.
    """

    def __init__(self, languages: Iterable[str] = ()) -> None:
        wanted = [code for code in dict.fromkeys(languages) if code in _ALGORITHMS] or LANGUAGES
        self._stemmers = [(code, Stemmer.Stemmer(_ALGORITHMS[code])) for code in wanted]

    def of(self, word: str) -> set[str]:
        """The stems of a word, folded, each with its language's code before it; none for a word of fewer than three
        letters.

        A word is stemmed as it is written, without its accents, and with those that its ending may lack, so that who
        types none finds it in any form: the stem of `approuvee` is that of `approuvée`.
        """
        if not _WORD.fullmatch(word):
            return set()
        plain = {word.lower(), fold(word)}
        return {
            code + fold(stemmer.stemWord(one))
            for code, stemmer in self._stemmers
            for one in plain | {_accented(spelling, code) for spelling in plain}
        }


def _accented(word: str, language: str) -> str:
    """The word with the accents that its ending may lack (`search.toml`); the word itself if it has no such ending."""
    endings = _endings(language)
    for length in range(min(len(word) - _SHORTEST_BEGINNING, max(map(len, endings), default=0)), 0, -1):
        if accented := endings.get(word[-length:]):
            return word[:-length] + accented
    return word


@words_cache()
def _endings(language: str) -> dict[str, str]:
    """What endings without accents may stand for."""
    return dict(section(language, "search").get("endings", {}))


def word_stems(text: str, language: str | None) -> str:
    """The stems of the words of `text`, as the index holds them: each once, with spaces between.

    Args:
        language: of the text; `None` or one without a stemmer: the words are stemmed by the rules of each language.
    """
    stems = Stems([language] if language else ())
    found: dict[str, None] = {}
    for word in dict.fromkeys(_WORD.findall(text)):
        found.update(dict.fromkeys(sorted(stems.of(word))))
    return " ".join(found)
