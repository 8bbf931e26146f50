"""Weighted cues: which groups of phrases of the word lists occur in a passage, and what that is worth."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from minutes_nlp.resources.lexicon import phrases, section, words_cache
from minutes_nlp.resources.phrase_index import PhraseIndex
from minutes_nlp.spans import CharSpan


@dataclass(frozen=True, slots=True)
class Cue:
    """A group of phrases that speak for (or against) the same thing; `exceptions` are read over it."""

    name: str
    pattern: re.Pattern[str]
    exceptions: re.Pattern[str]

    def find(self, text: str) -> list[CharSpan]:
        """Where its phrases stand in `text`, without those that begin inside an exception."""
        spans = [CharSpan(*match.span()) for match in self.pattern.finditer(text)]
        if not spans:
            return []
        excepted = [CharSpan(*match.span()) for match in self.exceptions.finditer(text)]
        return [span for span in spans if not any(span.overlaps(other) for other in excepted)]


@dataclass(frozen=True, slots=True)
class CueTable:
    """What a language's file says about one kind of passage.

    Attributes:
        name: of the file: `decisions` or `actions`.
        cues: the groups of phrases.
        weights: of a feature (`cue.future`, `place.item`, `mood.question`, or two joined by ` & `), in log-odds.
        bias: log-odds of a passage with no feature at all.
        threshold: the probability from which a passage is taken.
        index: tells which groups a passage may hold.
    """

    name: str
    cues: tuple[Cue, ...]
    weights: Mapping[str, float]
    bias: float
    threshold: float
    index: PhraseIndex = field(repr=False, compare=False)
    _order: Mapping[str, int] = field(init=False, repr=False, compare=False)
    _single: Mapping[str, float] = field(init=False, repr=False, compare=False)
    _joint: tuple[tuple[frozenset[str], float], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        named = [(name.split(" & "), weight) for name, weight in self.weights.items()]
        object.__setattr__(self, "_order", {cue.name: place for place, cue in enumerate(self.cues)})
        object.__setattr__(self, "_single", {names[0]: weight for names, weight in named if len(names) == 1})
        object.__setattr__(self, "_joint", tuple((frozenset(names), w) for names, w in named if len(names) > 1))

    def find(self, text: str) -> dict[str, list[CharSpan]]:
        """The groups that occur, by name, with the places of their phrases."""
        possible = sorted(map(self._order.__getitem__, self.index.possible(text)))
        found = {self.cues[place].name: self.cues[place].find(text) for place in possible}
        return {name: spans for name, spans in found.items() if spans}

    def probability(self, features: Iterable[str]) -> float:
        """How likely a passage with these features is what the table is about, 0 to 1."""
        present = frozenset(features)
        single = self._single
        found = [single[name] for name in present if name in single]
        found += [weight for names, weight in self._joint if names <= present]
        return 1 / (1 + math.exp(-self.bias - math.fsum(found)))  # the same in whatever order they come


@words_cache()
def cue_table(language: str, name: str) -> CueTable:
    """The cues of `<language>/<name>.toml`.

    Raises:
        LanguageError: there are no word lists for the language.
        ResourceError: the file is missing or malformed.
    """
    words = section(language, name)
    cues: list[Cue] = []
    weights: dict[str, float] = dict(words.get("weights", {}))
    for group, entry in words.get("cues", {}).items():
        cues.append(Cue(group, phrases(tuple(entry["phrases"])), phrases(tuple(entry.get("except", ())))))
        weights[f"cue.{group}"] = float(entry["weight"])
    index = PhraseIndex({group: entry["phrases"] for group, entry in words.get("cues", {}).items()})
    return CueTable(
        name, tuple(cues), weights, float(words.get("bias", 0.0)), float(words.get("threshold", 0.5)), index
    )
