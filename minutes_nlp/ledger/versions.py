"""Which minutes of a series are of one meeting."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from minutes_nlp.ledger.twins import Pairs
from minutes_nlp.reading.lists import MEDIA_TYPE
from minutes_nlp.records import Evidence
from minutes_nlp.resolution.correcting.anchors import context_of, locate
from minutes_nlp.resolution.histories import Place, Said
from minutes_nlp.resolution.versions import Minutes, Versions, find_versions
from minutes_nlp.resolution.wording import Weights, likeness, wording
from minutes_nlp.spans import CharSpan
from minutes_nlp.store.ledger import LedgerMeeting, Row, Tables, document_text

_SAME = 0.8  # likeness from which an action item of a version is that of another
_HEAD = 1000  # characters in which a stamp may stand


def versions_of(db: sqlite3.Connection, members: Sequence[LedgerMeeting]) -> Versions:
    """The versions and twins among the minutes of a series; texts are read only where a day comes twice."""
    days = Counter(member.date for member in members if member.date)
    minutes = []
    for member in members:
        if member.date is None or days[member.date] == 1 or member.media_type == MEDIA_TYPE:
            continue  # two lists of one day are two lists
        text = document_text(db, member.document_id)
        language = member.languages[0] if member.languages else None
        words = wording(text, language)
        head, title = text[:_HEAD], member.title or ""
        minutes.append(Minutes(member.id, member.path, member.date, title, language, words, head, member.gone))
    found = find_versions(minutes)
    return replace(found, superseded={**_renamed(members), **found.superseded})


def _renamed(members: Sequence[LedgerMeeting]) -> dict[str, str]:
    """Minutes (id) whose file is gone, by those with the same bytes under another name."""
    there = {member.sha256: member.id for member in members if not member.gone}
    return {member.id: there[member.sha256] for member in members if member.gone and member.sha256 in there}


class Carried:
    """Where what people said of a version that does not count holds in the one that does.

    Args:
        db: the database, for the texts.
        actions: action items (id) of the one by those (id) of the other.
        documents: likewise, documents (id).
    """

    def __init__(
        self, db: sqlite3.Connection, actions: Mapping[str, str], documents: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self._db = db
        self.actions = actions
        self._documents = documents

    def action(self, key: str) -> str:
        """The action item that counts."""
        return self.actions.get(key, key)

    def place(self, place: Place) -> Place:
        """The passage with the same words in the version that counts; the same passage if there is none."""
        document, start, end = place
        other = self._documents.get(document)
        if other is None:
            return place
        text, span = document_text(self._db, document), CharSpan(start, end)
        passage = Evidence(start=start, end=end, quote=span.text(text))
        found = locate(passage, context_of(span, text), document_text(self._db, other))
        return place if found is None else (other, found.start, found.end)


def copied_decisions(tables: Tables, same: Sequence[tuple[str, str]], pairs: Pairs) -> Iterator[Row]:
    """The rows of `pairs` for decisions that stand in two files of the same minutes, neither of which counts more.

    Args:
        tables: the rows of the series.
        same: minutes (meeting ids) of one meeting in two files.
        pairs: those between languages; what says a decision again there is in no other pair.
    """
    decisions: dict[str, list[Said]] = defaultdict(list)
    for row in tables["decisions"] if same else ():
        place = (row["document_id"], row["start_offset"], row["end_offset"])
        decisions[row["meeting_id"]].append(Said(row["id"], row["quote"], row["language"], place))
    known = {pair.second.key for pair in pairs.found["decision"]}
    for second, first in carried_over(decisions, {second: first for first, second in same}).items():
        if second not in known:
            yield {"kind": "decision", "first_id": first, "second_id": second, "confidence": 1.0}


def carried_over(items: Mapping[str, list[Said]], superseded: Mapping[str, str]) -> dict[str, str]:
    """For each action item (id) of a version that does not count: the one of the version that does, if it has it.

    So what people said of an action of the draft holds for that of the approved minutes.
    """
    found = {}
    for draft, approved in superseded.items():
        words = {
            item.key: wording(item.text, item.language) for key in (draft, approved) for item in items.get(key, ())
        }
        weights = Weights(words.values())
        for item in items.get(draft, ()):
            alike = {
                other.key: likeness(words[item.key], words[other.key], weights).dice
                for other in items.get(approved, ())
            }
            best = max(alike, key=lambda key: (alike[key], key), default=None)
            if best is not None and alike[best] >= _SAME:
                found[item.key] = best
    return found
