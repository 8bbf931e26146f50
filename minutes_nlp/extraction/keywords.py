"""Which keywords of which class stand in a text: quick for thousands of keywords."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from minutes_nlp.resources import phrases

_WORDS = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_PLAIN = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*\*?")
_SHORTEST_STEM = 2


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

    def find(self, text: str) -> dict[str, Counter[str]]:
        """For each class with a hit, its keywords as they were matched, and how often."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for word, count in Counter(m[0].casefold() for m in _WORDS.finditer(text)).items():
            for name in self._words.get(word, ()):
                found[name][word] += count
            for length in range(_SHORTEST_STEM, len(word) + 1):
                for name in self._stems.get(word[:length], ()):
                    found[name][word[:length]] += count
        for name, pattern in self._phrases.items():
            for match in pattern.finditer(text):
                found[name][match[0].casefold()] += 1
        return found
