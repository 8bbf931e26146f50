"""Tables of attendance: with a header (name, organisation, present, excused …), or with a label in front of each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from minutes_nlp.extraction import attendance_names as names
from minutes_nlp.extraction.attendance_entries import Entry, read_entries
from minutes_nlp.extraction.attendance_lines import CELL_WIDTH, Line, Piece
from minutes_nlp.extraction.attendance_names import NAMES, Kind, kind_of
from minutes_nlp.extraction.attendance_words import fold, pattern, role_of, status_of
from minutes_nlp.records.people import Status
from minutes_nlp.spans import CharSpan, cover

Use = Literal["name", "first_name", "last_name", "organisation", "function", "status", "remarks", "mark", "skip"]
_MARKS = re.compile(r"[xX✓✔☒☑●•v√1]\b|[✓✔☒☑●√]")
_DATE = re.compile(r"\d{1,2}(?:[./-]\d{1,2}(?:[./-]\d{2,4})?|\.?\s\w{3,9}(?:\s\d{4})?)")
_NOT = re.compile(r"[✗✘☐]")
_USES: tuple[Use, ...] = ("skip", "first_name", "last_name", "organisation", "function", "remarks", "status", "name")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table with a header. `status` is what a mark in it means."""

    use: Use
    start: int
    end: int
    status: Status | None = None


def read_header(text: str, line: Line, *, strict: bool) -> list[Column] | None:
    """The columns that a row announces; `None` unless at least a name and one more column are among them.

    Args:
        text: the normalised text.
        line: the row.
        strict: whether every head must be one that tables of attendance have.
    """
    columns: list[Column] = []
    known = 0
    for piece in _split_heads(text, line):
        words = piece.span.text(text).strip(" *_:.")
        use, status = _use_of(words)
        known += use is not None and bool(words)
        columns.append(Column(use or "skip", piece.column, piece.column + max(1, piece.span.length), status))
    uses = [column.use for column in columns]
    if uses.count("mark") == 1 and "name" not in uses and "last_name" not in uses:
        return None
    if "last_name" in uses and "first_name" not in uses:
        columns = [replace(c, use="name") if c.use == "last_name" else c for c in columns]
        uses = [column.use for column in columns]
    if "first_name" in uses and "name" in uses:
        columns = [replace(c, use="last_name") if c.use == "name" else c for c in columns]
        uses = [column.use for column in columns]
    named = "name" in uses or ("first_name" in uses and "last_name" in uses)
    if not named or len(columns) < 2 or known < 2 or known * 2 < len(columns) or (strict and known < len(columns)):
        return None
    return columns


def _split_heads(text: str, line: Line) -> list[Piece]:
    """The heads of a header; heads of marks that stand close together (`Présent Excusé`) are told apart."""
    found: list[Piece] = []
    for piece in line.pieces:
        words = list(re.finditer(r"\S+", piece.span.text(text)))
        if line.table or len(words) < 2 or not all(status_of(word[0]) for word in words):
            found.append(piece)
            continue
        for word in words:
            span = CharSpan(piece.span.start + word.start(), piece.span.start + word.end())
            found.append(Piece(span, piece.column + word.start()))
    return found


def _use_of(words: str) -> tuple[Use | None, Status | None]:
    folded = fold(words)
    if not folded or len(folded.split()) > 5:
        return None, None
    status = status_of(words)
    exact = next((use for use in _USES if pattern("tables", use).fullmatch(folded)), None)
    if exact:
        return ("mark" if exact == "status" and status else exact), status
    if _DATE.fullmatch(folded):
        return "mark", "present"
    for use in _USES:
        found = pattern("tables", use).match(folded)
        if found and (found.end() == len(folded) or not found[0][-1:].isalnum() or folded[found.end()] in " /(-.&·"):
            if status and use == "status":
                return "mark", status
            if use == "name" and status and found.end() < len(folded) and not pattern("tables", "name").fullmatch(folded):
                continue
            return use, status
    if status:
        return "mark", status
    return None, None


def read_rows(text: str, columns: Sequence[Column], rows: Sequence[Line], status: Status | None) -> list[Entry]:
    """The people of rows below a header; `status` is theirs where no column says otherwise."""
    marked = [column for column in columns if column.use == "mark"]
    if len(marked) == 1:
        columns = [replace(c, use="status") if c is marked[0] else c for c in columns]
        marked = []
    found: list[Entry] = []
    for row in rows:
        found += _read_row(text, columns, row, status, bool(marked))
    return found


def _read_row(text: str, columns: Sequence[Column], row: Line, status: Status | None, marked: bool) -> list[Entry]:
    cells = _assign(columns, row)
    groups: list[dict[str, Piece]] = [{}]
    marks: list[Status] = []
    for column, piece in zip(columns, cells, strict=True):
        if column.use in ("name", "last_name") and "name" in groups[-1]:
            groups.append({})  # the same columns again, side by side
        if piece is None or not piece.span.length:
            continue
        if column.use == "mark" and column.status:
            marks.append(_mark(piece.span.text(text), column.status))
        elif column.use != "skip":
            groups[-1][column.use] = piece
    found: list[Entry] = []
    for group in groups:
        found += _people(text, group, marks, status, marked)
    return found


def _mark(words: str, status: Status) -> Status:
    if status == "present":
        return value_status(words) or status
    said = status_of(words)
    return said if said and not _MARKS.match(words.strip()) else status


def _people(text: str, cells: dict[str, Piece], marks: Sequence[Status], status: Status | None, marked: bool) -> list[Entry]:
    entries = _named(text, cells)
    organisation = cells.get("organisation")
    function = cells.get("function")
    value = cells.get("status")
    remarks = cells.get("remarks")
    found = []
    for entry in entries:
        if organisation and organisation.span.text(text).strip(" -–/|") and entry.organisation is None:
            entry = replace(entry, organisation=_organisation(text, organisation.span))
        if function:
            entry = replace(entry, role=entry.role or role_of(function.span.text(text)))
        if marked:
            said = _last_mark(marks)
            entry = replace(entry, status=said or entry.status or "absent")
        elif value is not None:
            entry = _valued(entry, value.span.text(text))
        elif entry.status is None:
            entry = replace(entry, status="absent" if "status" in cells else status)
        if remarks:
            entry = _remarked(entry, remarks.span.text(text))
        found.append(entry)
    return found


def _remarked(entry: Entry, words: str) -> Entry:
    said = status_of(words) if kind_of(words) is Kind.STATUS else None
    return replace(entry, role=entry.role or role_of(words), status="excused" if said == "excused" else entry.status)


def _last_mark(marks: Sequence[Status]) -> Status | None:
    return marks[-1] if marks else None


def _named(text: str, cells: dict[str, Piece]) -> list[Entry]:
    if "first_name" in cells and "last_name" in cells:
        first, last = sorted((cells["first_name"].span, cells["last_name"].span))
        return [Entry(CharSpan(first.start, last.end), Kind.PERSON)]
    piece = cells.get("name") or cells.get("last_name") or cells.get("first_name")
    if piece is None:
        return []
    entries = read_entries(text, piece.span, one=True)
    inverted = re.fullmatch(r"[^,()]+,\s[^\s,()]+", piece.span.text(text))
    if inverted and len(entries) == 1 and entries[0].kind in NAMES:
        return [replace(entries[0], name=names.trim(text, piece.span), organisation=None)]
    return [e for e in entries if e.kind in NAMES or e.kind is Kind.ORGANISATION]


def _organisation(text: str, span: CharSpan) -> CharSpan | None:
    """The organisation of a cell without a function behind it (`Cerema – directrice`)."""
    pieces = [m.start() for m in re.finditer(r"\s[-–]\s|,\s", span.text(text))]
    for offset in pieces:
        tail = span.text(text)[offset:].strip(" -–,")
        if kind_of(tail) in (Kind.FUNCTION, Kind.ROLE, Kind.NOTE):
            return names.trim(text, CharSpan(span.start, span.start + offset))
    inner = names.trim(text, span)
    closed = inner.end < span.end and text[inner.end] == ")" and "(" in inner.text(text)
    return CharSpan(inner.start, inner.end + closed) if inner.length else None


def _valued(entry: Entry, words: str) -> Entry:
    """The entry with what its cell under “status” or “remarks” says."""
    bare = words.strip(" *_")
    role = entry.role or next((r for r in map(role_of, re.split(r"[(),;/]", bare)) if r), None)
    return replace(entry, role=role, status=entry.status or value_status(bare))


def value_status(words: str) -> Status | None:
    """What a cell of a column of statuses says: a mark, a code, or words; an empty one means absent."""
    folded = fold(words.strip(" *_."))
    first = re.split(r"[\s(,;/]", folded, maxsplit=1)[0].strip(".")
    if not folded:
        return "absent"
    if status_of(words) in ("excused",) or pattern("marks", "excused").fullmatch(first):
        return "excused"
    if _NOT.search(words):
        return "absent"
    if _MARKS.match(words) or pattern("marks", "yes").fullmatch(first):
        return "present"
    if pattern("marks", "no").fullmatch(first):
        return "absent"
    return status_of(words)


def _assign(columns: Sequence[Column], row: Line) -> list[Piece | None]:
    """The piece of the row in each column; of printed columns, the one that lies nearest."""
    if row.table:
        by_number = {piece.column // CELL_WIDTH: piece for piece in row.pieces}
        return [by_number.get(column.start // CELL_WIDTH) for column in columns]
    found: list[Piece | None] = [None] * len(columns)
    for piece in row.pieces:
        end = piece.column + piece.span.length
        index = min(range(len(columns)), key=lambda i: _distance(columns[i], piece.column, end))
        before = found[index]
        found[index] = piece if before is None else Piece(cover([before.span, piece.span]), before.column)
    return found


def _distance(column: Column, start: int, end: int) -> tuple[float, float]:
    gap = max(column.start - end, start - column.end, 0)
    return gap, min(abs(column.start - start), abs((column.start + column.end) / 2 - (start + end) / 2))
