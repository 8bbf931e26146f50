"""Which keywords of which class stand in a text: quick for thousands of keywords."""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from minutes_nlp.resources import phrases
from minutes_nlp.resources.phrase_index import PhraseIndex

_WORDS = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_PLAIN = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*\*?")
_SHORTEST_STEM = 2
_REMEMBERED = 1 << 14  # words


class KeywordIndex:
    """Finds keywords written in the notation of `resources.lexicon`.

    Args:
        classes: the keywords of each class; a keyword may belong to several.
    """

    def __init__(self, classes: Mapping[str, Iterable[str]]) -> None:
        self._words: dict[str, set[str]] = defaultdict(set)
        self._stems: dict[str, set[str]] = defaultdict(set)
        longer: dict[str, list[str]] = defaultdict(list)
        for name, keywords in classes.items():
            for keyword in keywords:
                if not _PLAIN.fullmatch(keyword):
                    longer[name].append(keyword)
                elif keyword.endswith("*"):
                    self._stems[keyword[:-1].casefold()].add(name)
                else:
                    self._words[keyword.casefold()].add(name)
        self._phrases = {name: phrases(tuple(keywords)) for name, keywords in longer.items()}
        self._possible = PhraseIndex(longer).possible
        self._hits = functools.lru_cache(_REMEMBERED)(self._look_up)

    def find(self, text: str) -> dict[str, Counter[str]]:
        """For each class with a hit, its keywords as they were matched, and how often."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for word, count in Counter(map(str.casefold, _WORDS.findall(text))).items():
            for name, keyword in self._hits(word):
                found[name][keyword] += count
        possible = self._possible(text)
        for name, pattern in self._phrases.items():
            for match in pattern.finditer(text) if name in possible else ():
                found[name][match[0].casefold()] += 1
        return found

    def _look_up(self, word: str) -> tuple[tuple[str, str], ...]:
        """The classes that a folded word tells, each with what of it does."""
        begins = [word[:length] for length in range(_SHORTEST_STEM, len(word) + 1)]
        stems = [(name, begin) for begin in begins for name in self._stems.get(begin, ())]
        return (*((name, word) for name in self._words.get(word, ())), *stems)
