"""The rows of a series as the meetings that `resolution` follows actions through."""

from __future__ import annotations

import json
import re
import sqlite3
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from minutes_nlp.ledger.lists import TakenOver
from minutes_nlp.resolution.closing import is_routine, says_open, sign_of
from minutes_nlp.resolution.histories import Remark, Said, Session, Who
from minutes_nlp.resources.folding import fold
from minutes_nlp.store.ledger import Row, Tables, document_passages

_SENTENCE = re.compile(r"[^.!?;]*(?:[.!?;](?!\s|$)[^.!?;]*)*[.!?;]?")
_LETTERS = re.compile(r"[^\W\d_]+")
_NO_REMARKS = frozenset({"heading", "code"})


def action_items(tables: Tables, lists: Mapping[str, TakenOver] = MappingProxyType({})) -> dict[str, list[Said]]:
    """The action items of each meeting (id), in the order of the document.

    Args:
        tables: the rows of the series.
        lists: the action lists that were taken over, by the meeting (id).
    """
    owners: dict[str, list[Row]] = defaultdict(list)
    for row in tables["owners"]:
        owners[row["action_id"]].append(row)
    main = {row["id"]: main_language(row) for row in tables["meetings"]}
    found: dict[str, list[Said]] = defaultdict(list)
    for row in tables["actions"]:
        said = _said(row, row["language"] or main[row["meeting_id"]], owners[row["id"]])
        taken = lists.get(row["meeting_id"])
        found[row["meeting_id"]].append(said if taken is None else _of_list(said, taken))
    return found


def _of_list(said: Said, taken: TakenOver) -> Said:
    """A row of an action list: its status column says how it stands."""
    status = taken.status.get(said.start)
    listed = " ".join(_LETTERS.findall(fold(taken.title))) or "-"  # `acties 2026-05` is `acties 2026-06`, a month later
    if status is None:
        return replace(said, listed=listed)
    return replace(said, listed=listed, status=status, says_open=status == "open")


def main_language(meeting: Row) -> str | None:
    """The language that the minutes are written in for the most part."""
    listed = json.loads(meeting["languages"])
    return listed[0] if listed else None


def _said(row: Row, language: str | None, owners: Sequence[Row]) -> Said:
    text = row["quote"]
    still_open = says_open(text)
    return Said(
        key=row["id"],
        text=text,
        language=language,
        place=(row["document_id"], row["start_offset"], row["end_offset"]),
        owners=tuple(
            Who(
                owner["name"],
                owner["person_id"] or owner["organisation_id"],
                (owner["quote"],) if owner["quote"] else (),
            )
            for owner in owners
        ),
        due=row["due"],
        due_last_day=row["due_last_day"],
        due_text=row["due_text"] or "",
        due_evidence=row["due_evidence_id"],
        status="open" if still_open else row["status"],
        repeat=bool(row["is_repeat"]),
        routine=is_routine(text, language),
        says_open=still_open,
        item=row["item"] or "",
    )


def sessions(
    db: sqlite3.Connection, tables: Tables, counting: Sequence[str], items: Mapping[str, list[Said]]
) -> list[Session]:
    """The meetings `counting` (ids, in order) with their action items and remarks."""
    headings: dict[str, list[Row]] = defaultdict(list)
    for row in tables["items"]:
        headings[row["meeting_id"]].append(row)
    by_id = {row["id"]: row for row in tables["meetings"]}
    found = []
    for key in counting:
        meeting = by_id[key]
        remarks = tuple(_remarks(db, meeting["document_id"], headings[key], main_language(meeting)))
        found.append(Session(key, meeting["date"], tuple(items.get(key, ())), remarks))
    return found


def _remarks(db: sqlite3.Connection, document_id: str, headings: Sequence[Row], main: str | None) -> Iterator[Remark]:
    starts = [row["start_offset"] for row in headings]
    for start, kind, language, text in document_passages(db, document_id):
        if kind in _NO_REMARKS:
            continue
        for match in _SENTENCE.finditer(text):
            sentence = match[0].strip()
            if len(sentence) < 4:
                continue
            sign = sign_of(sentence, language or main)
            if sign is None:
                continue
            first = start + match.start() + (len(match[0]) - len(match[0].lstrip()))
            place = bisect_right(starts, first) - 1
            item = headings[place]["title"] if place >= 0 and first < headings[place]["extent_end"] else ""
            yield Remark(
                (document_id, first, first + len(sentence)), sentence, language or main, sign[0], sign[1], item
            )
