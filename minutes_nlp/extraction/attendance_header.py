"""Headers of tables of attendance: what each column is for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from minutes_nlp.extraction.attendance_lines import CELL_WIDTH, Line, Piece
from minutes_nlp.extraction.attendance_marks import makes_a_absent, value_status
from minutes_nlp.extraction.attendance_words import fold, pattern, status_of
from minutes_nlp.records.people import Status
from minutes_nlp.spans import CharSpan, cover

Use = Literal[
    "name", "first_name", "last_name", "organisation", "function", "status", "remarks", "mark", "proxy", "skip"
]
_USES: tuple[Use, ...] = (
    "proxy",
    "skip",
    "first_name",
    "last_name",
    "organisation",
    "function",
    "remarks",
    "status",
    "name",
)
_BESIDE_NAMES: frozenset[Use] = frozenset({"organisation", "function", "proxy", "skip"})
_DATE = re.compile(r"\d{1,2}(?:[./-]\d{1,2}(?:[./-]\d{2,4})?|\.?\s\w{3,9}(?:\s\d{4})?)")
_LEGEND = re.compile(r"(?<!\w)(\w|/)\s?[=:]\s?([^\W\d_]+(?:\s[^\W\d_]{3,}){0,2})")
_HEAD_WORDS = 5


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table with a header.

    Attributes:
        use: what it holds; in a column of `mark` a mark means its `status`, one of `status` says it in words or codes.
        start, end: the columns of the page that its head takes (of a table with cells: `CELL_WIDTH` times its number).
        status: what a mark in it means.
        absent_a: whether the code `A` means absent: where `P` or `X` is among the codes.
        legend: what codes mean where lines beside the table say it.
    """

    use: Use
    start: int
    end: int
    status: Status | None = None
    absent_a: bool = False
    legend: tuple[tuple[str, Status], ...] = ()


def read_legend(text: str, lines: Sequence[Line]) -> tuple[tuple[str, Status], ...]:
    """What the codes of a table mean, as lines beside it say (`A = aanwezig, V = verontschuldigd`); mostly nothing."""
    found = {}
    for line in lines:
        for code, word in _LEGEND.findall(fold(line.span.text(text))):
            status = status_of(word)
            if status:
                found[code] = status
    return tuple(found.items()) if len(found) > 1 else ()


def read_header(text: str, line: Line, *, strict: bool) -> list[Column] | None:
    """The columns that a row announces; `None` unless at least a name and one more column are among them.

    Args:
        text: the normalised text.
        line: the row.
        strict: whether every head must be one that tables of attendance have.
    """
    heads = _heads(text, line)
    words = [piece.span.text(text).strip(" *_:.") for piece in heads]
    coded = _coded(words)
    read = [_column(head, piece, coded.get(fold(head))) for head, piece in zip(words, heads, strict=True)]
    known = sum(column is not None for column in read)
    columns = [c or Column("skip", p.column, p.column + p.span.length) for c, p in zip(read, heads, strict=True)]
    columns = _with_names(columns)
    uses = {column.use for column in columns}
    named = "name" in uses or {"first_name", "last_name"} <= uses
    if not named or known < 2 or known * 2 < len(columns) or (strict and known < len(columns)):
        return None
    return columns


def _with_names(columns: list[Column]) -> list[Column]:
    """Tell which column holds names where that depends on the others."""
    uses = [column.use for column in columns]
    beside = set(uses[1:])
    if uses[0] == "mark" and beside & _BESIDE_NAMES and beside <= _BESIDE_NAMES | {"mark"}:
        return [replace(columns[0], use="name"), *columns[1:]]  # “Present members | Organisation | Present”
    if "last_name" in uses and "first_name" not in uses:
        return [replace(c, use="name") if c.use == "last_name" else c for c in columns]
    if "first_name" in uses and "name" in uses:
        return [replace(c, use="last_name") if c.use == "name" else c for c in columns]
    return columns


def _heads(text: str, line: Line) -> list[Piece]:
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


def _coded(heads: Sequence[str]) -> dict[str, Status]:
    """What heads of one letter mean (`P | V | A`); empty unless there are two or more, all of them known codes."""
    codes = {fold(head) for head in heads if len(head) == 1}
    meanings = {code: value_status(code, absent_a=makes_a_absent(codes)) for code in codes}
    known = {code: status for code, status in meanings.items() if status}
    return known if 1 < len(known) == len(codes) else {}


def _column(words: str, piece: Piece, coded: Status | None = None) -> Column | None:
    """The column under a head, whose code may mean a status; `None` if tables of attendance have no such head."""
    folded = fold(words)
    if coded:
        return Column("mark", piece.column, piece.column + max(1, piece.span.length), coded)
    if not folded or len(folded.split()) > _HEAD_WORDS:
        return None
    status = status_of(words)
    use = _use(folded, status)
    if use is None:
        return None
    meaning: Status | None = "present" if _DATE.fullmatch(folded) else status
    codes = re.findall(r"\b[a-z]\b", folded)
    return Column(use, piece.column, piece.column + max(1, piece.span.length), meaning, "p" in codes)


def _use(folded: str, status: Status | None) -> Use | None:
    exact = next((use for use in _USES if pattern("tables", use).fullmatch(folded)), None)
    use = exact or next((use for use in _USES if _begins(folded, use)), None)
    if _DATE.fullmatch(folded):
        return "mark"  # of the meeting on that day
    if status and use in (None, "status"):
        return "mark"
    if status and use == "name" and not exact:
        return "mark"  # “members present”
    return use


def _begins(folded: str, use: Use) -> bool:
    found = pattern("tables", use).match(folded)
    return bool(found) and (found.end() == len(folded) or folded[found.end()] in " /(-.&·:") if found else False


def with_codes(
    text: str, columns: Sequence[Column], rows: Sequence[Line], legend: tuple[tuple[str, Status], ...] = ()
) -> list[Column]:
    """The columns, with what the code `A` means: absent where another code (`P`, `X`) means present."""
    found = []
    for index, column in enumerate(columns):
        cells = [assign(columns, row)[index] for row in rows]
        values = {fold(cell.span.text(text).strip()) for cell in cells if cell}
        absent_a = column.absent_a or makes_a_absent(values)
        found.append(replace(column, absent_a=absent_a, legend=legend))
    return found


def with_unnamed(
    text: str, columns: Sequence[Column], rows: Sequence[Line], is_status: Callable[[str], bool]
) -> list[Column]:
    """The columns, with one more for statuses if the table has one without a head."""
    if any(column.use in ("status", "mark") for column in columns):
        return list(columns)
    known = {column.start // CELL_WIDTH for column in columns}
    cells: dict[int, list[str]] = {}
    for row in rows:
        for piece in row.pieces:
            if row.table and piece.column // CELL_WIDTH not in known:
                cells.setdefault(piece.column, []).append(piece.span.text(text))
    told = [at for at, values in cells.items() if all(map(is_status, values)) and len(values) * 2 >= len(rows)]
    return [*columns, *(Column("status", at, at + 1) for at in told[:1])]


def assign(columns: Sequence[Column], row: Line) -> list[Piece | None]:
    """The piece of a row in each column; of printed columns, the one that lies nearest."""
    if row.table:
        by_number = {piece.column // CELL_WIDTH: piece for piece in row.pieces}
        return [by_number.get(column.start // CELL_WIDTH) for column in columns]
    found: list[Piece | None] = [None] * len(columns)
    for piece in row.pieces:
        distances = [_distance(column, piece) for column in columns]
        index = distances.index(min(distances))
        before = found[index]
        found[index] = piece if before is None else Piece(cover([before.span, piece.span]), before.column)
    return found


def _distance(column: Column, piece: Piece) -> tuple[float, float]:
    """How far a piece lies from a column, in columns of the page: the gap, then how badly they are aligned."""
    end = piece.column + piece.span.length
    gap = max(column.start - end, piece.column - column.end, 0)
    centred = abs((column.start + column.end) / 2 - (piece.column + end) / 2)
    return gap, min(abs(column.start - piece.column), centred)
