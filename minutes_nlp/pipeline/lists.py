"""The record of an action list that was taken over from a spreadsheet: no recogniser guesses, the columns say it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from minutes_nlp.language import UNKNOWN, detector
from minutes_nlp.reading import SourceDocument
from minutes_nlp.reading.lists import ActionList, Role, Row, parse
from minutes_nlp.reading.lists.columns import Status, status_of
from minutes_nlp.records import ActionItem, DocumentFacts, Evidence, Meeting, MeetingRecord, Passage
from minutes_nlp.records.items import Due, Owner
from minutes_nlp.resolution.dates import find_due
from minutes_nlp.resources.lexicon import either, words_cache
from minutes_nlp.spans import CharSpan

RECOGNISER: Final = "minutes.list.v1"

_REMARKED: Final[tuple[Role, ...]] = ("action", "due", "status")


def list_record(document: SourceDocument) -> MeetingRecord:
    """The record of an action list: one action per row that has one.

    The evidence of an action is its cell in the row; the passage that holds it is the whole row as printed. An action
    whose row says that it was dropped is one of the record; that it was dropped stands in the ledger (`stated`).
    """
    text = document.text
    found = parse(text)
    languages = _languages(found, text)
    day = datetime.date.fromisoformat(found.head["date"].text(text))
    actions = [
        action
        for row, language in zip(found.rows, languages, strict=True)
        if (action := _action(found, row, text, language, day)) is not None
    ]
    rows = zip((*([found.headings] if found.headings else ()), *found.rows), _of_all(found, languages), strict=True)
    return MeetingRecord(
        document=DocumentFacts(
            path=document.name,
            sha256=document.sha256,
            media_type=document.media_type,
            encoding=document.encoding,
            size=document.size,
        ),
        text=text,
        meeting=_meeting(found, text, day, languages),
        actions=tuple(actions),
        passages=tuple(
            Passage(start=row.span.start, end=row.span.end, kind="table-row", language=language)
            for row, language in rows
        ),
    )


@dataclass(frozen=True, slots=True)
class Remark:
    """What the user should know about a row before the list is taken over.

    Attributes:
        row: which row below the headings, from 0.
        kind: `empty`: it has no action, and gives none; `dropped`: its status says so; `deadline`: its deadline can't
            be read.
        cell: what stands in the row, or in the cell that is meant.
        span: where that stands in the text.
    """

    row: int
    kind: Literal["empty", "dropped", "deadline"]
    cell: str
    span: CharSpan


def remarks(text: str) -> list[Remark]:
    """The rows of a list, as `compose` writes it, that give no open action or whose deadline can't be read.

    A vague deadline ("as soon as possible") can be read; a cell of signs alone ("-") gives none.
    """
    found = parse(text)
    day = datetime.date.fromisoformat(found.head["date"].text(text))
    return [
        remark
        for number, (row, language) in enumerate(zip(found.rows, _languages(found, text), strict=True))
        if (remark := _remark(found, number, text, language, day)) is not None
    ]


def _remark(found: ActionList, number: int, text: str, language: str | None, day: datetime.date) -> Remark | None:
    row = found.rows[number]
    action, due, status = (_cell(row, _place(found, role)) for role in _REMARKED)
    if action is None:
        return Remark(number, "empty", " · ".join(cell.text(text) for cell in row.cells if cell.length), row.span)
    if status is not None and status_of(status.text(text)) == "dropped":
        return Remark(number, "dropped", status.text(text), status)
    said = due.text(text) if due is not None else ""
    if due is None or not any(map(str.isalnum, said)):
        return None
    known = find_due(said, language or UNKNOWN, meeting=day, next_meeting=None)
    return Remark(number, "deadline", said, due) if known is None else None


def stated(text: str) -> dict[int, Status]:
    """What the status column of a list says of its actions: by the start of the action's cell in the text."""
    found = parse(text)
    cells = ((_cell(row, _place(found, "action")), _cell(row, _place(found, "status"))) for row in found.rows)
    said = ((action.start, status_of(status.text(text))) for action, status in cells if action and status)
    return {start: status for start, status in said if status is not None}


def _meeting(found: ActionList, text: str, day: datetime.date, languages: Sequence[str | None]) -> Meeting:
    said = {
        name: found.head[name] for name in ("title", "body", "date") if name in found.head and found.head[name].length
    }
    return Meeting(
        title=said["title"].text(text) if "title" in said else None,
        body=said["body"].text(text) if "body" in said else None,
        date=day.isoformat(),
        languages=tuple(dict.fromkeys(language for language in languages if language)),
        evidence={name: _evidence(span, text) for name, span in said.items()},
        recogniser=RECOGNISER,
    )


def _evidence(span: CharSpan, text: str) -> Evidence:
    return Evidence(start=span.start, end=span.end, quote=span.text(text))


def _languages(found: ActionList, text: str) -> list[str | None]:
    """The language of each row, by its action."""
    place = _place(found, "action")
    texts = [cell.text(text) if (cell := _cell(row, place)) else "" for row in found.rows]
    return [None if guess.language == UNKNOWN else guess.language for guess in detector().detect(texts)]


def _of_all(found: ActionList, languages: Sequence[str | None]) -> list[str | None]:
    return [*([None] if found.headings else []), *languages]


def _place(found: ActionList, role: Role) -> int | None:
    return found.roles.index(role) if role in found.roles else None


def _cell(row: Row, place: int | None) -> CharSpan | None:
    """The cell of a column; `None` if the list has no such column or the row nothing in it."""
    if place is None or place >= len(row.cells) or not row.cells[place].length:
        return None
    return row.cells[place]


def _action(found: ActionList, row: Row, text: str, language: str | None, day: datetime.date) -> ActionItem | None:
    cells = {role: _cell(row, _place(found, role)) for role in ("action", "owner", "due", "status")}
    action, status = cells["action"], cells["status"]
    said = status_of(status.text(text)) if status else None
    if action is None:
        return None
    return ActionItem(
        evidence=_evidence(action, text),
        owners=tuple(_owners(cells["owner"], text)),
        due=_due(cells["due"], text, language, day),
        status="done" if said == "done" else "open",
        language=language,
        recogniser=RECOGNISER,
    )


def _owners(cell: CharSpan | None, text: str) -> Iterator[Owner]:
    if cell is None:
        return
    start = cell.start
    for between in (*_between().finditer(text, cell.start, cell.end), None):
        piece = CharSpan(start, between.start() if between else cell.end).trim(text)
        if any(map(str.isalpha, piece.text(text))):  # a dash is nobody
            yield Owner(name=piece.text(text), evidence=_evidence(piece, text), recogniser=RECOGNISER)
        start = between.end() if between else start


def _due(cell: CharSpan | None, text: str, language: str | None, day: datetime.date) -> Due | None:
    """The deadline: what the cell says, and the day that it means if one can be told."""
    if cell is None:
        return None
    found = find_due(cell.text(text), language or UNKNOWN, meeting=day, next_meeting=None)
    return Due(value=found[1] if found else None, evidence=_evidence(cell, text), recogniser=RECOGNISER)


@words_cache()
def _between() -> re.Pattern[str]:
    """What stands between the names in a cell."""
    return re.compile(rf"\s*(?:[,;/&+]|\s(?:{either('conjunctions')})\s)\s*")


class ListProcessor:
    """Processes action lists alone, for which nothing has to be loaded."""

    def process(self, document: SourceDocument) -> MeetingRecord:
        """The record of one list."""
        return list_record(document)
