"""A small notation for sequences of word classes, compiled to regular expressions over one character per token.

| notation | meaning |
|---|---|
| `weekday` | a token of that class |
| `month\\|month_short` | a token of one of the classes |
| `m:month` | the same, remembered as `m` |
| `!unit` | what follows is no such token |
| `&comma` | what follows is such a token, or nothing |
| `( a / b )?` | one of these, optional; `*` any number of times, `+` at least once |
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from minutes_nlp.extraction.dates.tokens import Token
from minutes_nlp.extraction.dates.words import Value
from minutes_nlp.spans import CharSpan

_FIRST_CODE = 0x4E00  # any run of characters without special meaning in a regular expression
_PART = re.compile(r"(?P<sign>[()/][?*+]?)|(?P<look>[!&])?(?:(?P<name>\w+):)?(?P<classes>\w[\w|]*)(?P<count>[?*]?)|\S")


class Alphabet:
    """One character for every set of classes that a token can have."""

    def __init__(self, sets: Iterable[frozenset[str]]) -> None:
        ordered = sorted(set(sets), key=sorted)
        self._codes = {classes: chr(_FIRST_CODE + number) for number, classes in enumerate(ordered)}

    def encode(self, tokens: Sequence[Token]) -> str:
        """The text of characters that stands for `tokens`."""
        return "".join(self._codes[frozenset(token.meaning)] for token in tokens)

    def members(self, classes: Iterable[str]) -> str:
        """The characters of the tokens in any of `classes`."""
        wanted = set(classes)
        return "".join(code for known, code in self._codes.items() if not wanted.isdisjoint(known))

    def any_of(self, classes: Iterable[str]) -> str:
        """The regular expression of one token in any of `classes`."""
        members = self.members(classes)
        return f"[{members}]" if members else "(?!)"


@dataclass(frozen=True, slots=True)
class Match:
    """A run of tokens `[start, end)` that fits a pattern, with the values of the remembered ones."""

    tokens: Sequence[Token]
    start: int
    end: int
    values: dict[str, Value]

    @property
    def span(self) -> CharSpan:
        """Where the run stands in the text."""
        return CharSpan(self.tokens[self.start].span.start, self.tokens[self.end - 1].span.end)

    def number(self, name: str) -> int:
        """The number remembered as `name`."""
        value = self.values[name]
        assert isinstance(value, int)
        return value

    def maybe(self, name: str) -> int | None:
        """The number remembered as `name`, or `None` if the optional part was not there."""
        return self.number(name) if name in self.values else None

    def numbers(self, name: str) -> tuple[int, ...]:
        """The tuple of numbers remembered as `name`."""
        value = self.values[name]
        assert isinstance(value, tuple)
        return value

    def word(self, name: str) -> str | None:
        """The key word remembered as `name` (an edge, a period), or `None`."""
        value = self.values.get(name)
        assert value is None or isinstance(value, str)
        return value


class Pattern:
    """A compiled sequence of word classes."""

    def __init__(self, notation: str, alphabet: Alphabet) -> None:
        self._remembered: dict[str, tuple[str, ...]] = {}
        self._needed: list[frozenset[str]] = []  # of the tokens that stand in no bracket and may not lack
        built = []
        depth = 0
        for part in _PART.finditer(notation):
            if part["sign"]:
                built.append(part["sign"].replace("(", "(?:").replace("/", "|"))
                depth += part["sign"].startswith("(") - part["sign"].startswith(")")
            elif part["classes"]:
                built.append(self._element(part, alphabet))
                if not (depth or part["look"] or part["count"]):
                    self._needed.append(frozenset(alphabet.members(part["classes"].split("|"))))
            else:
                raise ValueError(f"{part[0]!r} has no meaning in {notation!r}")
        self._regex = re.compile("".join(built))
        self._ending = re.compile(f"(?:{''.join(built)})\\Z")

    def _element(self, part: re.Match[str], alphabet: Alphabet) -> str:
        classes = tuple(part["classes"].split("|"))
        one = alphabet.any_of(classes)
        if part["look"] == "!":
            return f"(?!{one})"
        if part["look"] == "&":
            return f"(?={one}|\\Z)"
        if part["name"]:
            self._remembered[part["name"]] = classes
            return f"(?P<{part['name']}>{one}){part['count']}"
        return one + part["count"]

    def may_fit(self, codes: Set[str]) -> bool:
        """Whether a run may fit in a text of tokens that these characters stand for."""
        return not any(map(codes.isdisjoint, self._needed))

    def find(self, encoded: str, tokens: Sequence[Token]) -> Iterator[Match]:
        """The non-overlapping runs of `tokens` that fit, in order."""
        for found in self._regex.finditer(encoded):
            if found.end() > found.start():
                yield self._match(found, tokens)

    def before(self, encoded: str, tokens: Sequence[Token], start: int, end: int) -> Match | None:
        """The longest fitting run that ends exactly at token `end` and begins at `start` or later."""
        found = self._ending.search(encoded, start, end)
        return self._match(found, tokens) if found and found.end() > found.start() else None

    def at(self, encoded: str, tokens: Sequence[Token], start: int) -> Match | None:
        """The run that begins exactly at token `start`, if it fits and is not empty."""
        found = self._regex.match(encoded, start)
        return self._match(found, tokens) if found and found.end() > found.start() else None

    def covers(self, encoded: str, start: int, end: int) -> bool:
        """Whether the tokens `[start, end)` as a whole fit."""
        return self._regex.fullmatch(encoded, start, end) is not None

    def _match(self, found: re.Match[str], tokens: Sequence[Token]) -> Match:
        values: dict[str, Value] = {}
        for name, classes in self._remembered.items():
            position = found.start(name)
            if position >= 0:
                meaning = tokens[position].meaning
                values[name] = next(meaning[one] for one in classes if one in meaning)
        return Match(tokens, found.start(), found.end(), values)
