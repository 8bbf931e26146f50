"""The same decision or action in two languages, and where the two disagree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from minutes_nlp.extraction.dates import DayMonth, ExactDay, find_dates
from minutes_nlp.extraction.tallies import is_ballot
from minutes_nlp.resolution.histories import Who
from minutes_nlp.resolution.wording import Weights, Wording, likeness, wording
from minutes_nlp.resources.lexicon import languages

_SURE = 0.45
"""Strength from which two passages are taken for translations of one another."""
_LENGTHS = 2.5  # how much longer one of them may be
_AMOUNT = re.compile(
    r"(?:€|\bEUR\b|\beuros?\b)\s*(\d[\d.,  ]*\d|\d)|(\d[\d.,  ]*\d|\d)\s*(?:€|\bEUR\b|\beuros?\b)", re.IGNORECASE
)
_CENTS = re.compile(r"[.,]\d{2}$")
_COUNT = re.compile(r"(?<![\w.,/])\d{1,4}(?![\w/]|[.,]\d)")

Field = Literal["date", "amount", "name", "vote"]


@dataclass(frozen=True, slots=True)
class Statement:
    """A decision or action item, as far as it takes to find it in another language.

    Attributes:
        key: its id.
        text: the passage; `language` an ISO 639-1 code or `None`.
        item: number and title of the agenda item that it stands under; empty if none.
        owners, due: of an action item.
        place: where it stands among those of its document, 0 to 1.
        people: names of the attendance list that the passage holds.
    """

    key: str
    text: str
    language: str | None
    item: str = ""
    owners: tuple[Who, ...] = ()
    due: str | None = None
    place: float = 0.0
    people: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two passages that say the same in two languages, the earlier document's first, and how sure that is."""

    first: Statement
    second: Statement
    confidence: float


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field in which two passages differ that should say the same, with what each says."""

    field: Field
    first: str
    second: str


def align(firsts: Sequence[Statement], seconds: Sequence[Statement]) -> list[Pair]:
    """Pair the statements of two texts of which one translates the other, each in the order of its document.

    The pairs that fit best together and do not cross are taken; what has no counterpart stays alone.
    """
    weights = Weights([_words(statement) for statement in (*firsts, *seconds)])
    strength = [[_strength(one, other, weights) for other in seconds] for one in firsts]
    best = [[0.0] * (len(seconds) + 1) for _ in range(len(firsts) + 1)]
    for i in range(len(firsts) - 1, -1, -1):
        for j in range(len(seconds) - 1, -1, -1):
            both = strength[i][j] + best[i + 1][j + 1] if strength[i][j] >= _SURE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    pairs: list[Pair] = []
    i = j = 0
    while i < len(firsts) and j < len(seconds):
        if strength[i][j] >= _SURE and best[i][j] == strength[i][j] + best[i + 1][j + 1]:
            pairs.append(Pair(firsts[i], seconds[j], round(min(1.0, strength[i][j]), 3)))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def disagreements(pair: Pair) -> list[Disagreement]:
    """Where two passages that should say the same say different dates, amounts, names or votes.

    What only one of them gives is no disagreement: a translation may leave out what is clear.
    """
    one, other = pair.first, pair.second
    found = []
    dates = _dates(one), _dates(other)
    if one.due and other.due and not (one.due.startswith(other.due) or other.due.startswith(one.due)):
        found.append(Disagreement("date", one.due, other.due))
    elif all(dates) and dates[0] != dates[1]:
        found.append(Disagreement("date", _listed(dates[0] - dates[1]), _listed(dates[1] - dates[0])))
    amounts = _amounts(one.text), _amounts(other.text)
    if all(amounts) and amounts[0] != amounts[1]:
        found.append(Disagreement("amount", _listed(amounts[0] - amounts[1]), _listed(amounts[1] - amounts[0])))
    if one.owners and other.owners and not _same_owners(one.owners, other.owners):
        names = [", ".join(owner.name for owner in side) for side in (one.owners, other.owners)]
        found.append(Disagreement("name", *names))
    elif one.people - other.people and other.people - one.people:
        found.append(Disagreement("name", _listed(one.people - other.people), _listed(other.people - one.people)))
    votes = _votes(one), _votes(other)
    if all(votes) and votes[0] != votes[1]:
        found.append(Disagreement("vote", "–".join(votes[0]), "–".join(votes[1])))
    return found


def _strength(one: Statement, other: Statement, weights: Weights) -> float:
    """How much speaks for two passages saying the same, about 0 to 1."""
    if not 1 / _LENGTHS <= (len(one.text) + 20) / (len(other.text) + 20) <= _LENGTHS:
        return 0.0
    alike = likeness(_words(one), _words(other), weights)
    value = 0.75 * alike.dice
    value += _agree(_numbers(one), _numbers(other), 0.15)
    value += _agree(_due(one), _due(other), 0.15)
    if one.owners and other.owners:
        value += 0.15 if _same_owners(one.owners, other.owners) else -0.1
    if one.item and other.item:
        titles = likeness(wording(one.item, one.language), wording(other.item, other.language), weights)
        value += 0.15 * titles.dice + (0.1 if _numbers_of(one.item) == _numbers_of(other.item) != set() else 0.0)
    return value + 0.15 * max(0.0, 1 - 4 * abs(one.place - other.place))


def _agree(one: set[str] | frozenset[str], other: set[str] | frozenset[str], worth: float) -> float:
    if not one or not other:
        return 0.0
    return worth if one == other else 0.0 if one & other else -worth / 3


def _due(statement: Statement) -> set[str]:
    return {statement.due} if statement.due else set()


def _words(statement: Statement) -> Wording:
    return wording(statement.text, statement.language, [owner.name for owner in statement.owners])


def _numbers(statement: Statement) -> set[str]:
    return _numbers_of(statement.text)


def _numbers_of(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


def _same_owners(one: Sequence[Who], other: Sequence[Who]) -> bool:
    if not _are_people(one) or not _are_people(other):
        return True  # groups are called differently in each language
    return all(any(a.may_be(b) for b in other) for a in one) and all(any(a.may_be(b) for b in one) for a in other)


def _are_people(owners: Sequence[Who]) -> bool:
    return all(owner.person is not None for owner in owners)


def _dates(statement: Statement) -> frozenset[str]:
    """The days of the year that a passage names (`04-15`)."""
    language = statement.language if statement.language in languages() else ""
    days = set()
    for found in find_dates(statement.text, language or ""):
        meaning = found.meaning
        if isinstance(meaning, ExactDay):
            days.add(meaning.day.isoformat()[5:])
        elif isinstance(meaning, DayMonth):
            days.add(f"{meaning.month:02}-{meaning.day:02}")
    return frozenset(days)


def _amounts(text: str) -> frozenset[str]:
    """The sums of money in a text, in euros (`1250`, `12.50`)."""
    found = set()
    for match in _AMOUNT.finditer(text):
        digits = re.sub(r"\s", "", match[1] or match[2]).rstrip(".,")
        cents = _CENTS.search(digits)
        whole = re.sub(r"\D", "", digits[: cents.start()] if cents else digits)
        found.add(f"{whole}.{cents[0][1:]}" if cents and cents[0][1:] != "00" else whole)
    return frozenset(found)


def _votes(statement: Statement) -> tuple[str, ...]:
    """The numbers of a passage that counts votes, from the most."""
    if statement.language not in languages() or not is_ballot(statement.text, statement.language or ""):
        return ()
    return tuple(sorted(_COUNT.findall(statement.text), key=lambda number: (-int(number), number)))


def _listed(values: frozenset[str]) -> str:
    return ", ".join(sorted(values)) or "–"
