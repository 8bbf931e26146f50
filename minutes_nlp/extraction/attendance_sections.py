"""Walks through the document and finds the lists of people: labels open them, headings and running text close them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from minutes_nlp.extraction import attendance_names as names
from minutes_nlp.extraction.attendance_entries import Entry, read_entries
from minutes_nlp.extraction.attendance_labels import Labelled, find_labels
from minutes_nlp.extraction.attendance_lines import Line, Piece
from minutes_nlp.extraction.attendance_names import NAMES, Kind, kind_of
from minutes_nlp.extraction.attendance_tables import Column, read_header, read_rows
from minutes_nlp.extraction.attendance_words import Cue, read_cue
from minutes_nlp.reading import BlockKind
from minutes_nlp.spans import CharSpan, cover

_TITLE_WORDS = 8
_NEAR = 3  # columns by which pieces under one another may be off
_LOOK_AHEAD = 15  # lines


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person found in a list, with what the list as a whole says: its cue, and the organisation of a group in it.

    `roster` marks rows of a table that gives names and organisations only: who could have been there, if another list
    says who was.
    """

    entry: Entry
    cue: Cue
    organisation: CharSpan | None = None
    roster: bool = False

    @property
    def span(self) -> CharSpan:
        """Where the name stands."""
        return self.entry.name


@dataclass
class _Section:
    """The list being read. `level` is that of the heading that opened it, 0 for a label in the text."""

    cue: Cue
    level: int = 0
    group: CharSpan | None = None
    group_line: Line | None = None
    group_used: bool = True
    found: int = 0
    kinds: set[Kind] = field(default_factory=set)
    shape: tuple[object, ...] = ()  # of the last line that held names
    single: bool = False  # whether names of one word are among those found
    rolled: bool = False  # opened by lines `organisation: names` without a word of presence
    loose: bool = False  # the label's line had names already: only close continuations are accepted


@dataclass
class Walker:
    """Finds the attendees of a document.

    Args:
        text: the normalised text.
        lines: all its lines.
        headings: blocks that are headings of the report: a list does not go on behind them.
    """

    text: str
    lines: Sequence[Line]
    headings: frozenset[int] = frozenset()
    attendees: list[Attendee] = field(default_factory=list)
    section: _Section | None = None
    tracks: list[tuple[int, Cue]] = field(default_factory=list)
    header: list[Column] | None = None
    header_table: int = 0

    def run(self) -> list[Attendee]:
        """All attendees in the order of the text; the same person may be among them several times."""
        position = 0
        steps: tuple[Callable[[int], int], ...] = (self._table, self._columns, self._labels, self._title, self._content)
        while position < len(self.lines):
            position += next(used for step in steps if (used := step(position)))
        self._close()
        return self.attendees

    # -- opening and closing ----------------------------------------------------------------------------------------

    def _open(self, cue: Cue, line: Line, *, loose: bool = False) -> None:
        self._close()
        level = line.depth if line.is_heading else 0
        self.section = _Section(cue, level, loose=loose)

    def _close(self) -> None:
        self._end_group()
        self.section = None
        self.tracks = []

    def _finish(self) -> None:
        self._close()
        self.header = None

    def _end_group(self) -> None:
        """A group without members is itself what attends."""
        section = self.section
        if section and section.group and not section.group_used and section.found:
            self.attendees.append(Attendee(Entry(section.group, Kind.ORGANISATION), section.cue))
        if section:
            section.group, section.group_line, section.group_used = None, None, True

    def _begin_group(self, span: CharSpan | None, line: Line) -> None:
        self._end_group()
        if self.section:
            self.section.group = names.trim(self.text, span) if span else None
            self.section.group_line = line
            self.section.group_used = span is None

    def _add(self, entries: Sequence[Entry], cue: Cue, organisation: CharSpan | None = None) -> None:
        roster = self.header is not None and not {c.use for c in self.header} & {"status", "mark", "remarks"}
        for entry in entries:
            self.attendees.append(Attendee(entry, cue, organisation, roster))
        if self.section and entries:
            self.section.found += len(entries)
            self.section.kinds |= {entry.kind for entry in entries}
            self.section.single |= any(len(self._words(entry.name).split()) == 1 for entry in entries)
            self.section.group_used = True

    def _words(self, span: CharSpan) -> str:
        return span.text(self.text)

    # -- tables -----------------------------------------------------------------------------------------------------

    def _table(self, position: int) -> int:
        """A header row: the rows below it are read by its columns."""
        line = self.lines[position]
        if self.header and line.table != self.header_table:
            self.header = None
        if len(line.pieces) < 2 or line.is_heading or self.header:
            return 0
        inside = self.section is not None and not self.section.loose
        columns = read_header(self.text, line, strict=not inside)
        if not columns or position + 1 >= len(self.lines) or not self._attended(position, columns):
            return 0
        if self.section is None:
            self._open(Cue("people", "present"), line)
        self.header, self.header_table = columns, line.table
        return 1

    def _attended(self, position: int, columns: Sequence[Column]) -> bool:
        """Whether a table with a header is one of attendance: by where it stands, or by what its columns hold."""
        if self.section is not None and not self.section.loose:
            return True
        line = self.lines[position]
        rows = [row for row in self.lines[position + 1 : position + 1 + _LOOK_AHEAD] if row.table == line.table]
        entries = [entry for row in rows for entry in read_rows(self.text, columns, [row], None)[:1]]
        if not rows or sum(entry.kind is Kind.PERSON for entry in entries) * 2 < len(rows):
            return False
        uses = {column.use for column in columns}
        if uses & {"status", "mark"}:
            return sum(entry.status is not None for entry in entries) * 2 >= len(rows)
        if "function" in uses and any(entry.role for entry in entries):
            return position < _LOOK_AHEAD
        return "organisation" in uses and position < _LOOK_AHEAD and not self.attendees

    def _row(self, line: Line) -> list[Entry]:
        status = self.section.cue.status if self.section else None
        return read_rows(self.text, self.header or [], [line], status or "present")

    # -- labels side by side ----------------------------------------------------------------------------------------

    def _columns(self, position: int) -> int:
        """Labels at the heads of columns, and a label with its value beside it; then what stands below them."""
        line = self.lines[position]
        if self._labelled_cells(line):
            return 1
        cues = [(piece, read_cue(self._words(piece.span))) for piece in line.pieces]
        if self.header and line.table == self.header_table and len(line.pieces) > 1:
            first = cues[0][1]
            if first is None or (self.header[0].use == "function" and first.kind in ("people", "group")):
                return 0
        if len(line.pieces) > 1 and all(cue and cue.kind == "group" for _, cue in cues):
            return 1
        labels = [(piece.column, cue) for piece, cue in cues if cue]
        people = [cue for _, cue in labels if cue.kind == "people"]
        if len(line.pieces) > 1 and people and not any(c.isalpha() for p in line.pieces[1:] for c in self._words(p.span)):
            return int(self.section is None or cues[0][1] is None)  # a line of a table of contents
        if len(line.pieces) > 1 and people and cues[0][1] and len(labels) == 1 and people[0] is cues[0][1]:
            if not people[0].role:
                self._open(people[0], line)
            for piece in line.pieces[1:]:
                self._value(piece.span, people[0])
            return 1
        if len(line.pieces) > 1 and cues[0][1] and not people and cues[0][1].kind != "group" and not self.tracks:
            self._close()
            return 1
        if len(line.pieces) > 1 and people:
            self._close()
            self.tracks = labels
            return 1
        if not self.tracks:
            return 0
        if labels and len(line.pieces) > 1:
            self.tracks = labels
            return 1
        return self._below(line)

    def _labelled_cells(self, line: Line) -> bool:
        """Cells with a label in their first line and its value below (`aanwezig` / `An, Bo`)."""
        found = [(piece, read_cue(self._words(piece.lines[0]))) for piece in line.pieces if len(piece.lines) > 1]
        labelled = [(piece, cue) for piece, cue in found if cue and cue.kind == "people"]
        for piece, cue in labelled:
            self._value(cover(piece.lines[1:]), cue)
        return bool(labelled)

    def _below(self, line: Line) -> int:
        """Read the pieces of a line under the heads of columns; ends the columns where nothing fits."""
        if line.is_heading or line.is_item or any(self._track(p) is None for p in line.pieces):
            self._close()
            return 0
        hits = 0
        for piece in line.pieces:
            cue = self._track(piece)
            if cue and cue.kind == "people":
                entries = self._acceptable(read_entries(self.text, piece.span, one=True), piece.span)
                self._add(entries, cue)
                hits += len(entries)
            else:
                hits += 1
        if not hits:
            self._close()
        return 1 if hits else 0

    def _track(self, piece: Piece) -> Cue | None:
        near = [(abs(column - piece.column), cue) for column, cue in self.tracks]
        distance, cue = min(near, key=lambda pair: pair[0])
        return cue if distance <= _NEAR else None

    # -- labels in the text -----------------------------------------------------------------------------------------

    def _labels(self, position: int) -> int:
        line = self.lines[position]
        labels = find_labels(self.text, line.span)
        if not labels:
            return 0
        if not any(label.cue and label.cue.kind == "people" for label in labels):
            return self._unknown_label(position, labels[0])
        if self.section and labels[0].label.start > line.span.start + 2:
            before = CharSpan(line.span.start, labels[0].label.start).trim(self.text)
            self._add(self._sure(read_entries(self.text, before, one=line.is_item)), self.section.cue, self._group_of(line))
        for label in labels:
            self._label(line, label)
        return 1

    def _sure(self, entries: Sequence[Entry]) -> list[Entry]:
        return [entry for entry in entries if entry.kind is Kind.PERSON]

    def _label(self, line: Line, label: Labelled) -> None:
        cue = label.cue
        if cue is None or cue.kind == "metadata":
            return
        if cue.kind == "elsewhere":
            self._close()
        elif cue.kind == "group":
            inherited = self.section.cue if self.section and not self.section.loose else Cue("people", "present")
            if self.section or self._roll_ahead(line):
                self._value(label.value, replace(inherited, role=None))
        elif not any(character.isalpha() for character in self._words(label.value)):
            if cue.role is None:
                self._open(cue, line)
        elif cue.role:
            self._value(label.value, cue)
        else:
            kept = self.section.level if self.section else 0
            self._open(cue, line, loose=not self._words(label.value).rstrip().endswith((",", ";")))
            if self.section:
                self.section.level = kept
            self._value(label.value, cue)

    def _unknown_label(self, position: int, label: Labelled) -> int:
        """A label that names a group or an organisation, inside a list; others close it."""
        line, section = self.lines[position], self.section
        if label.cue and label.cue.kind in ("metadata", "elsewhere"):
            if section and not section.level:
                self._close()
            return 1
        if section is None and not self._roll_ahead(line):
            return 0
        if section is None or (section.loose and not section.rolled):
            if section:
                return 0
            self._open(Cue("people", "present"), line)
            section = self.section
            assert section is not None
            section.rolled = True
        organisation = None if label.cue else names.trim(self.text, label.label)
        if not label.value.length:
            self._begin_group(organisation, line)
            return 1
        entries = self._acceptable(read_entries(self.text, label.value), label.value)
        if entries and any(entry.kind is Kind.PERSON for entry in entries) or label.cue:
            self._end_group()
            self._add(entries, section.cue, organisation)
            return 1
        return 0

    def _roll_ahead(self, line: Line) -> bool:
        """Whether lines `organisation: names` begin a roll that a later line (`Verontschuldigd: …`) shows to be one."""
        position = next(i for i, other in enumerate(self.lines) if other is line)
        if position > _LOOK_AHEAD or self.attendees and not all(a.cue.role for a in self.attendees):
            return False
        for number, following in enumerate(self.lines[position : position + _LOOK_AHEAD]):
            labels = find_labels(self.text, following.span)
            if not labels:
                return False
            if any(label.cue and label.cue.kind == "people" for label in labels):
                return True
            entries = read_entries(self.text, labels[0].value)
            if following.is_heading or not entries or not all(e.kind is Kind.PERSON or e.titled for e in entries):
                return number > 1
        return False

    def _value(self, span: CharSpan, cue: Cue) -> None:
        """The names that stand after a label."""
        entries = read_entries(self.text, span)
        if cue.role:
            entries = [e for e in entries if e.kind in NAMES][:4]
        self._add(self._acceptable(entries, span), cue)

    # -- headings and lines that are labels --------------------------------------------------------------------------

    def _title(self, position: int) -> int:
        """A heading, or a line of its own, that announces people, a group of them, or something else."""
        line = self.lines[position]
        words = self._words(line.span)
        named = self._names_someone(line)
        if line.block in self.headings and self.section and not self._inside(line) and not named and not read_cue(words):
            self._finish()
            return 1
        if named and self._called(position):
            return 0
        heading = line.is_heading or line.strong
        if line.is_heading and self.section and not self._inside(line):
            self._close()
        if len(words.split()) > _TITLE_WORDS or len(line.pieces) > 1 or (line.ticked is not None):
            return 0
        cue = read_cue(words)
        if cue is None or (cue.kind == "group" and self._lists_people(position)):
            return self._subtitle(position) if heading else 0
        if cue.role and not (self.section and self._lists_people(position + 1)):
            return 0
        if cue.kind == "people" and not (line.is_item and self._is_leaf(position)):
            self._open(cue, line)
            return 1
        if cue.kind == "group" and self.section is None and self._begins_roll(position):
            self._open(Cue("people", "present"), line)
        if cue.kind == "group" and self.section and not (line.is_item and self._is_leaf(position)):
            if self.section.found and not self._inside(line) and self.section.cue.status != "present":
                self._open(Cue("people", "present"), line)
            self._begin_group(None, line)
            return 1
        if cue.kind in ("metadata", "elsewhere") and not line.is_item:
            self._close()
            return 1
        return 0

    def _names_someone(self, line: Line) -> bool:
        entries = read_entries(self.text, line.span, one=True)
        return bool(entries) and entries[0].kind is Kind.PERSON

    def _called(self, position: int) -> bool:
        """Whether a line gives a name and whether that person is there (`An Claes – aanwezig`); it may open a roll."""
        lines = self.lines[position : position + 2]
        first = [read_entries(self.text, line.span, one=True)[:1] for line in lines]
        said = [bool(e) and e[0].kind is Kind.PERSON and e[0].status is not None for e in first]
        if not said[0]:
            return False
        if self.section is None and all(said) and len(said) == 2:
            self._open(Cue("people", "present"), self.lines[position])
        return self.section is not None

    def _begins_roll(self, position: int) -> bool:
        """Whether a group (`Membres du bureau`) opens a roll near the top, without a word of presence."""
        return position < 2 * _LOOK_AHEAD and not self.attendees and all(map(self._lists_people, (position + 1, position + 2)))

    def _inside(self, line: Line) -> bool:
        return bool(self.section and self.section.level and line.depth > self.section.level)

    def _subtitle(self, position: int) -> int:
        """A heading below that of the list: the organisation of those listed under it."""
        line = self.lines[position]
        if line.is_heading and self._inside(line):
            self._begin_group(line.span, line)
            return 1
        if not line.is_heading and self.section and self._lists_people(position + 1):
            self._begin_group(line.span, line)
            return 1
        if self.section and line.is_heading:
            self._close()
        return 0

    def _lists_people(self, position: int) -> bool:
        if position >= len(self.lines):
            return False
        entries = read_entries(self.text, self.lines[position].span, one=True)
        return len(entries) == 1 and entries[0].kind is Kind.PERSON and self.lines[position].kind is not BlockKind.HEADING

    def _is_leaf(self, position: int) -> bool:
        """Whether no deeper item or line follows."""
        line = self.lines[position]
        if position + 1 >= len(self.lines):
            return True
        after = self.lines[position + 1]
        deeper = after.indent > line.indent or (after.is_item and line.is_item and after.depth > line.depth)
        return not deeper

    # -- what the list holds ----------------------------------------------------------------------------------------

    def _content(self, position: int) -> int:
        line, section = self.lines[position], self.section
        if section is None:
            return 1
        if self._is_group(position):
            self._begin_group(line.span, line)
            return 1
        entries = self._row(line) if self.header else self._line_entries(line)
        if entries and self._fits(line, entries) and (not section.loose or self._continues(position, entries)):
            section.shape = self._shape(line)
            self._add(entries, self._ticked_cue(line), self._group_of(line))
            if section.cue.role and not section.level:
                self._close()
            return 1
        if section.loose or not self._is_aside(line):
            self._close()
        return 1

    def _is_group(self, position: int) -> bool:
        line = self.lines[position]
        if len(line.pieces) > 1 or (kind_of(self._words(line.span)) is Kind.PERSON and not line.is_item):
            return False
        if self._is_leaf(position) or line.is_heading or self.section is None or self.section.loose:
            return self._is_childless_group(position)
        return len(self._words(line.span).split()) <= 14 and "," not in self._words(line.span).rstrip(",")[:-1] or (
            kind_of(self._words(line.span)) is Kind.ORGANISATION
        )

    def _is_childless_group(self, position: int) -> bool:
        """An item on the level of the groups before it."""
        line, section = self.lines[position], self.section
        if not section or not section.group_line or not line.is_item or section.loose:
            return False
        above = section.group_line
        return above.is_item and line.depth == above.depth and line.indent == above.indent

    def _shape(self, line: Line) -> tuple[object, ...]:
        return (line.kind, line.depth, line.ticked is None, line.numbered)

    def _fits(self, line: Line, entries: Sequence[Entry]) -> bool:
        """Whether a line of a list looks like the lines before it; a full name always does."""
        section = self.section
        kinds = {entry.kind for entry in entries}
        if section is None or line.is_heading:
            return False
        if Kind.PERSON in kinds:
            return True
        if any(names.reads_like_text(self._words(entry.name)) for entry in entries):
            return False
        alike = not section.found or section.shape == self._shape(line)
        if Kind.ORGANISATION in kinds:
            return alike and (line.is_item or self._organisations_only(line))
        if Kind.LOWER in kinds:
            return alike and (line.is_item or (len(entries) > 1 and not section.found))
        described = any(entry.organisation or entry.role or entry.status for entry in entries)
        if section.found and not section.single and not described and all(len(self._words(e.name).split()) == 1 for e in entries):
            return False
        return alike

    def _organisations_only(self, line: Line) -> bool:
        section = self.section
        return bool(section and section.kinds <= {Kind.ORGANISATION, Kind.NAMELIKE, Kind.ACRONYM}) and not line.table

    def _group_of(self, line: Line) -> CharSpan | None:
        section = self.section
        return section.group if section and section.group_line else None

    def _ticked_cue(self, line: Line) -> Cue:
        cue = self.section.cue if self.section else Cue("people", "present")
        return cue if line.ticked is None else replace(cue, status="present" if line.ticked else "absent")

    def _line_entries(self, line: Line) -> list[Entry]:
        if len(line.pieces) > 1:
            found: list[Entry] = []
            for span in self._pieces_of(line):
                entries = read_entries(self.text, span, one=True)
                if found and entries and entries[0].kind is not Kind.PERSON and found[-1].organisation is None:
                    found[-1] = replace(found[-1], organisation=entries[0].name)
                elif len(found) == 1 and found[0].kind is not Kind.PERSON and entries and entries[0].kind is Kind.PERSON:
                    self._begin_group(found.pop().name, line)
                    found += entries
                else:
                    found += entries
            return self._acceptable(found, line.span)
        one = line.is_item or self._words(line.span).count(",") <= 2
        return self._acceptable(read_entries(self.text, line.span, one=one), line.span)

    def _pieces_of(self, line: Line) -> list[CharSpan]:
        """The pieces of a row; a cell with a name on each of its lines gives each of them."""
        found: list[CharSpan] = []
        for piece in line.pieces:
            apart = len(piece.lines) > 1 and all(kind_of(self._words(span)) is Kind.PERSON for span in piece.lines)
            found += piece.lines if apart else (piece.span,)
        return found

    def _continues(self, position: int, entries: Sequence[Entry]) -> bool:
        """Whether a line after a full label still belongs to it: right below, and nothing but names."""
        line = self.lines[position]
        return not line.is_item and line.kind is BlockKind.PARAGRAPH and all(
            entry.kind is Kind.PERSON and entry.organisation for entry in entries
        )

    def _is_aside(self, line: Line) -> bool:
        """A short remark inside a list (a count, a note) that does not end it."""
        words = self._words(line.span)
        return len(words.split()) <= 12 and (line.ticked is not None or not words[:1].isalpha() or kind_of(words) in (
            Kind.NOTE, Kind.NOBODY, Kind.FUNCTION, Kind.STATUS) or words.rstrip().endswith(":"))

    def _acceptable(self, entries: Sequence[Entry], span: CharSpan) -> list[Entry]:
        """The entries that can be attendees; none at all if the passage reads like running text."""
        words = self._words(span)
        longest = max((len(part.split()) for part in words.replace(";", ",").replace("(", ",").split(",")), default=0)
        people = [e for e in entries if e.kind in NAMES or e.kind is Kind.ORGANISATION]
        people = [e for e in people if sum(c.isalpha() for c in self._words(e.name)) > 0]
        sure = sum(entry.kind is Kind.PERSON for entry in people)
        if not people or (longest > 14 and sure < 2):
            return []
        if sure == 0 and (len(words.split()) > 12 * len(people) or not self._may_be_names(people)):
            return []
        return [e for e in people if e.kind is not Kind.ORGANISATION or not names.reads_like_text(self._words(e.name))]

    def _may_be_names(self, people: Sequence[Entry]) -> bool:
        """Words in lower case are names only if some are known first names, or each stands alone."""
        lower = [self._words(entry.name).split() for entry in people if entry.kind is Kind.LOWER]
        if len(lower) < len(people) or all(len(tokens) == 1 for tokens in lower) and len(lower) == 1:
            return True
        return any(names.is_known_first_name(token) for tokens in lower for token in tokens)
