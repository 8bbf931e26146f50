"""Decisions and actions that stand in two languages, in one document or in twin documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from minutes_nlp.resolution.histories import Said
from minutes_nlp.resolution.pairs import Disagreement, Pair, Statement, align, disagreements
from minutes_nlp.resources.folding import fold
from minutes_nlp.store.ledger import Row, Tables


@dataclass(slots=True)
class Pairs:
    """The pairs of a series by kind (`decision`, `action`); `between` names the meetings of the two passages."""

    found: dict[str, list[Pair]] = field(default_factory=lambda: {"decision": [], "action": []})
    meetings: dict[str, str] = field(default_factory=dict)

    def actions(self) -> dict[str, str]:
        """For each action item that says what another one says: the id of that one."""
        return {pair.second.key: pair.first.key for pair in self.found["action"]}

    def rows(self) -> list[Row]:
        """The rows of the table `pairs`."""
        return [
            {"kind": kind, "first_id": pair.first.key, "second_id": pair.second.key, "confidence": pair.confidence}
            for kind, pairs in self.found.items()
            for pair in pairs
        ]

    def disagreeing(self) -> list[tuple[str, Pair, Disagreement]]:
        """Where two passages of a pair disagree: kind, pair, and in what."""
        return [
            (kind, pair, difference)
            for kind, pairs in self.found.items()
            for pair in pairs
            for difference in disagreements(pair)
        ]


def pair_up(tables: Tables, items: Mapping[str, list[Said]], twins: Iterable[tuple[str, str]]) -> Pairs:
    """Pair the decisions and actions of each meeting, and those of twin documents.

    Args:
        tables: the rows of the series.
        items: the action items of each meeting (id).
        twins: minutes (meeting ids) of one meeting in two languages.
    """
    twins = list(twins)
    people = _names(tables)
    looked_at = _in_two_languages(tables).union(*twins)
    statements = {
        "action": {key: _of_actions(said, people[key]) for key, said in items.items() if key in looked_at},
        "decision": _of_decisions(tables, people, looked_at),
    }
    pairs = Pairs()
    for kind, by_meeting in statements.items():
        second: set[str] = set()
        for key, listed in by_meeting.items():
            pairs.meetings.update((statement.key, key) for statement in listed)
            own = _within(listed)
            second.update(pair.second.key for pair in own)
            pairs.found[kind] += own
        for one, other in twins:
            sides = [[s for s in by_meeting.get(key, ()) if s.key not in second] for key in (one, other)]
            across = [pair for pair in align(*sides) if pair.first.language != pair.second.language]
            second.update(pair.second.key for pair in across)
            pairs.found[kind] += across
    return pairs


def _within(statements: Sequence[Statement]) -> list[Pair]:
    """The pairs inside one document: the language that comes first in it against each other one."""
    by_language: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.language:
            by_language[statement.language].append(statement)
    if len(by_language) < 2:
        return []
    main, *others = by_language.values()
    found: list[Pair] = []
    for other in others:
        found += align(_placed(main), _placed(other))
    return found


def _placed(statements: Sequence[Statement]) -> list[Statement]:
    """The statements of one language with their places among themselves."""
    return [
        Statement(s.key, s.text, s.language, s.item, s.owners, s.due, number / max(1, len(statements) - 1), s.people)
        for number, s in enumerate(statements)
    ]


def _of_actions(said: Sequence[Said], people: frozenset[str]) -> list[Statement]:
    return _placed(
        [Statement(a.key, a.text, a.language, a.item, a.owners, a.due, people=_named(a.text, people)) for a in said]
    )


def _in_two_languages(tables: Tables) -> set[str]:
    """The meetings (ids) whose decisions and actions are in more than one language."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in ("actions", "decisions"):
        for row in tables[name]:
            found[row["meeting_id"]].add(row["language"])
    return {key for key, used in found.items() if len(used - {None}) > 1}


def _of_decisions(
    tables: Tables, people: Mapping[str, frozenset[str]], meetings: set[str]
) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = defaultdict(list)
    for row in tables["decisions"]:
        if row["meeting_id"] not in meetings:
            continue
        item = " ".join(filter(None, (row["item_number"], row["item"])))
        named = _named(row["quote"], people[row["meeting_id"]])
        found[row["meeting_id"]].append(Statement(row["id"], row["quote"], row["language"], item, people=named))
    return {key: _placed(listed) for key, listed in found.items()}


def _names(tables: Tables) -> dict[str, frozenset[str]]:
    """The names of the attendance list of each meeting."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in tables["attendance"]:
        found[row["meeting_id"]].add(row["name"])
    return defaultdict(frozenset, {key: frozenset(names) for key, names in found.items()})


def _named(text: str, people: frozenset[str]) -> frozenset[str]:
    """The people whose whole name stands in a text."""
    folded = fold(text)
    return frozenset(name for name in people if fold(name) in folded)
