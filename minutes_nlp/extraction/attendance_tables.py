"""Rows of tables of attendance: who stands in them, with organisation, role and status."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from minutes_nlp.extraction import attendance_names as names
from minutes_nlp.extraction.attendance_entries import read_entries
from minutes_nlp.extraction.attendance_header import Column, Use, assign
from minutes_nlp.extraction.attendance_lines import Line, Piece
from minutes_nlp.extraction.attendance_marks import is_mark, value_status
from minutes_nlp.extraction.attendance_names import NAMES, Kind, kind_of
from minutes_nlp.extraction.attendance_remarks import Entry
from minutes_nlp.extraction.attendance_words import fold, role_of, status_of
from minutes_nlp.records.people import Role, Status
from minutes_nlp.spans import CharSpan

_INVERTED = re.compile(r"[^,()]+,\s[^\s,()]+")  # `Peeters, An` in one cell
_FUNCTION_EDGE = re.compile(r"\s[-–/]\s(?![^(]*\))|,\s(?![^(]*\))|\s(?=\()")  # none inside brackets


def read_rows(text: str, columns: Sequence[Column], rows: Sequence[Line], status: Status | None) -> list[Entry]:
    """The people of rows below a header; `status` is theirs where no column says otherwise."""
    marked = [column for column in columns if column.use == "mark"]
    if len(marked) == 1:
        columns = [replace(c, use="status") if c is marked[0] else c for c in columns]
    reader = _Reader(text, columns, status)
    return [entry for row in rows for entry in reader.read(row)]


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    columns: Sequence[Column]
    status: Status | None

    def read(self, row: Line) -> list[Entry]:
        groups: list[dict[Use, Piece]] = [{}]
        marks: list[Status] = []
        for column, piece in zip(self.columns, assign(self.columns, row), strict=True):
            if column.use == "name" and "name" in groups[-1]:
                groups.append({})  # the same columns again, side by side
            if piece is None:
                continue
            if column.use == "mark":
                marks.append(_marked(self._words(piece), column))
            else:
                groups[-1][column.use] = piece
        return [self._person(entry, cells, marks) for cells in groups for entry in self._names(cells)]

    def _words(self, piece: Piece | None) -> str:
        return piece.span.text(self.text).strip() if piece else ""

    def _names(self, cells: Mapping[Use, Piece]) -> list[Entry]:
        if "first_name" in cells and "last_name" in cells:
            first, last = sorted((cells["first_name"].span, cells["last_name"].span))
            return [Entry(CharSpan(first.start, last.end), Kind.PERSON)]
        piece = cells.get("name") or cells.get("last_name") or cells.get("first_name")
        if piece is None:
            return []
        entries = read_entries(self.text, piece.span, one=True)
        if _INVERTED.fullmatch(self._words(piece)) and len(entries) == 1 and entries[0].kind in NAMES:
            return [replace(entries[0], name=names.trim(self.text, piece.span), organisation=None)]
        return [entry for entry in entries if entry.kind in NAMES or entry.kind is Kind.ORGANISATION]

    def _person(self, entry: Entry, cells: Mapping[Use, Piece], marks: Sequence[Status]) -> Entry:
        roles = (self._words(cells.get("function")), self._words(cells.get("remarks")))
        organisation = entry.organisation
        if organisation is None and "organisation" in cells:
            organisation = _organisation(self.text, cells["organisation"].span)
        found = replace(entry, organisation=organisation, role=entry.role or _first_role(roles))
        column = next((column for column in self.columns if column.use == "status"), None)
        if any(column.use == "mark" for column in self.columns):
            found = replace(found, status=marks[-1] if marks else found.status or "absent")
        elif column:
            said = self._words(cells.get("status")).strip(" *_")
            role = found.role or _first_role(re.split(r"[(),;/]", said))
            found = replace(found, role=role, status=found.status or _status_in(said, column))
        elif found.status is None:
            found = replace(found, status=self.status)
        if found.status == "absent" and kind_of(self._words(cells.get("proxy"))) in NAMES:
            return replace(found, status="excused")  # somebody else votes
        remark = roles[1]
        excused = kind_of(remark) is Kind.STATUS and status_of(remark) == "excused"
        return replace(found, status="excused") if excused else found


def _first_role(texts: Sequence[str]) -> Role | None:
    return next((role for role in map(role_of, texts) if role), None)


def _marked(words: str, column: Column) -> Status:
    """What a mark, a code or a word in a column of marks says."""
    status = column.status or "present"
    if status == "present":
        return _status_in(words, column) or status
    said = status_of(words)
    return said if said and not is_mark(words) else status


def _organisation(text: str, span: CharSpan) -> CharSpan | None:
    """The organisation of a cell without a function behind it (`Cel Water – directrice`); `None` if it is empty."""
    for edge in _FUNCTION_EDGE.finditer(span.text(text)):
        if kind_of(span.text(text)[edge.end() :]) in (Kind.FUNCTION, Kind.ROLE, Kind.NOTE):
            return names.trim(text, CharSpan(span.start, span.start + edge.start()))
    inner = names.trim(text, span)
    return inner if inner.length and inner.text(text) != "/" else None


def _status_in(words: str, column: Column) -> Status | None:
    """What a cell of a column says: by the legend of the table if it has one, else as everywhere."""
    code = fold(words.strip(" *_."))
    return dict(column.legend).get(code) or value_status(words, absent_a=column.absent_a)
