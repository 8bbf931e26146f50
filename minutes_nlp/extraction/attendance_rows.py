"""Steps of the walk for what stands side by side: headers of tables, labels over columns, labels beside values.

A step reads the line at `roll.position` and says whether it did.
"""

from __future__ import annotations

from collections.abc import Sequence

from minutes_nlp.extraction.attendance_accept import full_names
from minutes_nlp.extraction.attendance_entries import read_entries
from minutes_nlp.extraction.attendance_header import Column, read_header, read_legend, with_codes, with_unnamed
from minutes_nlp.extraction.attendance_lines import Line, Piece
from minutes_nlp.extraction.attendance_marks import value_status
from minutes_nlp.extraction.attendance_names import Kind
from minutes_nlp.extraction.attendance_remarks import Entry, described
from minutes_nlp.extraction.attendance_roll import LOOK_AHEAD, PRESENT, Roll
from minutes_nlp.extraction.attendance_tables import read_rows
from minutes_nlp.extraction.attendance_words import Cue, read_cue
from minutes_nlp.spans import cover

_STATUS_WORDS = 3
_LEGEND_LINES = 3
_NEAR = 3  # columns by which pieces under one another may be off


def read_table_header(roll: Roll) -> bool:
    """A header row: the rows below it will be read by its columns."""
    line = roll.line
    if roll.header and line.table != roll.header_table:
        roll.header = None
    if len(line.pieces) < 2 or line.is_heading:
        return False
    if roll.header:  # the header of the next page
        return not roll.names_someone(line) and read_header(roll.text, line, strict=True) is not None
    inside = roll.section is not None and not roll.section.loose
    rows = _rows_below(roll)
    columns = read_header(roll.text, line, strict=not inside)
    columns = with_unnamed(roll.text, columns, rows, _is_status) if columns else None
    if not columns or not rows or not _attended(roll, columns, rows):
        return False
    if roll.section is None:
        roll.open(PRESENT, line)
    legend = read_legend(roll.text, _around(roll, rows))
    roll.header, roll.header_table = with_codes(roll.text, columns, rows, legend), line.table
    return True


def _is_status(words: str) -> bool:
    return len(words.split()) <= _STATUS_WORDS and (not words.strip(" -–—") or value_status(words) is not None)


def _around(roll: Roll, rows: Sequence[Line]) -> list[Line]:
    """The lines right above and right below a table whose header is the line being read."""
    last = roll.position + len(rows)
    above = roll.lines[max(0, roll.position - _LEGEND_LINES) : roll.position]
    return [*above, *roll.lines[last + 1 : last + 1 + _LEGEND_LINES]]


def _rows_below(roll: Roll) -> list[Line]:
    below = roll.lines[roll.position + 1 : roll.position + 1 + LOOK_AHEAD]
    return [row for row in below if row.table == roll.line.table]


def _attended(roll: Roll, columns: Sequence[Column], rows: Sequence[Line]) -> bool:
    """Whether a table with a header is one of attendance: by where it stands, or by what its columns hold.

    A form in which nobody is marked is none.
    """
    entries = [entry for row in rows for entry in read_rows(roll.text, columns, [row], None)[:1]]
    uses = {column.use for column in columns}
    marked = bool(uses & {"status", "mark"})
    if marked and all(entry.status == "absent" for entry in entries):
        return False
    if roll.section is not None and not roll.section.loose:
        return True
    if sum(entry.kind is Kind.PERSON for entry in entries) * 2 < len(rows):
        return False
    if marked:
        return sum(entry.status is not None for entry in entries) * 2 >= len(rows)
    if roll.position >= LOOK_AHEAD:
        return False
    return ("function" in uses and any(e.role for e in entries)) or ("organisation" in uses and not roll.attendees)


def read_row(roll: Roll) -> list[Entry]:
    """The people of a row below a header."""
    return read_rows(roll.text, roll.header or [], [roll.line], roll.status_cue.status or "present")


def read_columns(roll: Roll) -> bool:
    """Labels at the heads of columns, a label with its value beside it, and what stands below them."""
    line = roll.line
    if _labelled_cells(roll) or _stated(roll):
        return True
    if len(line.pieces) < 2:
        return bool(roll.tracks) and _below(roll)
    cues = [read_cue(roll.words(piece.span)) for piece in line.pieces]
    first = cues[0]
    if roll.header and (first is None or (roll.header[0].use == "function" and first.kind in ("people", "group"))):
        return False
    if all(cue and cue.kind == "group" for cue in cues):
        if roll.section is None and roll.is_front and line.table:
            roll.tracks = [(piece.column, PRESENT) for piece in line.pieces]  # both sides of a table: groups of a roll
        return True
    telling = [(piece.column, cue) for piece, cue in zip(line.pieces, cues, strict=True) if cue and not cue.weak]
    labels = [(column, cue) for column, cue in telling if cue.kind != "group"]
    people = [cue for _, cue in labels if cue.kind == "people"]
    if first and len(labels) == 1 and people:
        return _beside(roll, first)
    if people:
        roll.close()
        roll.tracks = labels
        return True
    if roll.tracks:
        roll.tracks = labels or roll.tracks
        return bool(labels) or _below(roll)
    if first and first.kind != "group":
        roll.close()
        return True
    return False


def _stated(roll: Roll) -> bool:
    """Rows of a table without a header: a name, and whether that person is there (`An Claes | aanwezig`)."""
    entries = _with_status(roll, roll.position)
    if not entries or roll.header or roll.tracks:
        return False
    beside = [_with_status(roll, roll.position + step) for step in (-1, 1)]
    if roll.section is None:
        if not any(beside):
            return False
        roll.open(PRESENT, roll.line)
    roll.add(entries, roll.status_cue)
    return True


def _with_status(roll: Roll, position: int) -> list[Entry]:
    """The person of a line at `position` whose last piece says whether that person is there."""
    if not 0 <= position < len(roll.lines) or len(roll.lines[position].pieces) < 2 or roll.lines[position].is_heading:
        return []
    first, last = roll.lines[position].pieces[0].span, roll.lines[position].pieces[-1].span
    cue = read_cue(roll.words(last))
    if cue is None or cue.kind != "people" or cue.role or cue.weak or read_cue(roll.words(first)):
        return []
    entries = read_entries(roll.text, first, one=True)
    if len(entries) != 1 or entries[0].kind is not Kind.PERSON:
        return []
    return [described(roll.text, entries[0], last, Kind.STATUS)]


def _labelled_cells(roll: Roll) -> bool:
    """Cells with a label in their first line and its value below (`aanwezig` / `An, Bo`)."""
    found = [(piece, read_cue(roll.words(piece.lines[0]))) for piece in roll.line.pieces if len(piece.lines) > 1]
    labelled = [(piece, cue) for piece, cue in found if cue and cue.kind == "people"]
    for piece, cue in labelled:
        roll.add_value(cover(piece.lines[1:]), cue)
    return bool(labelled)


def _beside(roll: Roll, cue: Cue) -> bool:
    """A label in the first column, its value in the others; a mere number there is a page of a table of contents."""
    values = roll.line.pieces[1:]
    if not any(character.isalpha() for piece in values for character in roll.words(piece.span)):
        return roll.section is None
    if not cue.role:
        roll.open(cue, roll.line)
    for piece in values:
        roll.add_value(piece.span, cue)
    return True


def _below(roll: Roll) -> bool:
    """Read the pieces of a line under the heads of columns; the columns end where nothing fits."""
    line = roll.line
    cues = [_track(roll, piece) for piece in line.pieces]
    if line.is_heading or line.is_item or None in cues or (line.block in roll.headings and not line.table):
        roll.close()
        return False
    hits = 0
    for piece, cue in zip(line.pieces, cues, strict=True):
        if cue and cue.kind == "people":
            entries = full_names(roll.text, read_entries(roll.text, piece.span, one=True), piece.span)
            roll.add(entries, cue)
            hits += len(entries)
        else:
            hits += 1
    if not hits:
        roll.close()
    return hits > 0


def _track(roll: Roll, piece: Piece) -> Cue | None:
    near = [(abs(column - piece.column), cue) for column, cue in roll.tracks]
    distance, cue = min(near, key=lambda pair: pair[0])
    return cue if distance <= _NEAR else None
