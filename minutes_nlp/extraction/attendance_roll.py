"""What is known while the document is walked through: the list being read, its group, and who was found so far."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field

from minutes_nlp.extraction import attendance_names as names
from minutes_nlp.extraction.attendance_accept import full_names, known_names
from minutes_nlp.extraction.attendance_entries import read_entries
from minutes_nlp.extraction.attendance_header import Column
from minutes_nlp.extraction.attendance_lines import Line
from minutes_nlp.extraction.attendance_names import Kind
from minutes_nlp.extraction.attendance_remarks import Entry
from minutes_nlp.extraction.attendance_words import Cue, fold, pattern
from minutes_nlp.spans import CharSpan

LOOK_AHEAD = 15  # lines
_TITLE_LINES = 4  # blocks at the top that may be titles, dates and places, though they look like headings
_LINE_LENGTH = 300  # characters
PRESENT = Cue("people", "present")


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
class Section:
    """The list being read.

    Attributes:
        cue: what its label says of everybody in it.
        level: of the heading that opened it; 0 for a label in the text.
        group: the organisation under which people stand, with its line; `group_used` once it has members.
        found: how many names it has so far; `kinds` of what sort, `single` whether some are of one word.
        shape: of the last line that held names.
        rolled: opened by lines `organisation: names`, without a word of presence.
        loose: the label's line had names already, so that only close continuations still belong to it.
    """

    cue: Cue
    level: int = 0
    group: CharSpan | None = None
    group_line: Line | None = None
    group_used: bool = True
    found: int = 0
    kinds: set[Kind] = field(default_factory=set)
    single: bool = False
    shape: tuple[object, ...] = ()
    rolled: bool = False
    loose: bool = False


@dataclass
class Roll:
    """The state of the walk.

    Attributes:
        text, lines: the document.
        headings: blocks that are headings of the report; no list goes on behind one.
        likely: blocks that the layout takes for attendance; empty if it does not know.
        position: index of the line being read; `last`: of the last one that held a name.
        tracks: the labels at the heads of columns, by the column they stand in.
        header: the columns of the table being read, and its number.
    """

    text: str
    lines: Sequence[Line]
    headings: frozenset[int] = frozenset()
    likely: frozenset[int] = frozenset()
    attendees: list[Attendee] = field(default_factory=list)
    section: Section | None = None
    position: int = 0
    last: int = -LOOK_AHEAD
    tracks: list[tuple[int, Cue]] = field(default_factory=list)
    header: list[Column] | None = None
    header_table: int = 0

    @property
    def line(self) -> Line:
        """The line being read."""
        return self.lines[self.position]

    @property
    def status_cue(self) -> Cue:
        """What the open list says, without a role; plain presence if there is none."""
        return Cue("people", self.section.cue.status) if self.section else PRESENT

    @property
    def group(self) -> CharSpan | None:
        """The organisation that the names being read belong to."""
        return self.section.group if self.section else None

    def words(self, span: CharSpan) -> str:
        """The text at a span."""
        return span.text(self.text)

    def open(self, cue: Cue, line: Line, *, loose: bool = False) -> Section:
        """Begin a list; one that is open ends."""
        self.close()
        self.section = Section(cue, line.depth if line.is_heading else 0, loose=loose)
        return self.section

    def close(self) -> None:
        """End the list; a table with a header goes on."""
        self._end_group()
        self.section = None
        self.tracks = []

    def finish(self) -> None:
        """End the list and the table."""
        self.close()
        self.header = None

    def begin_group(self, span: CharSpan | None, line: Line) -> None:
        """Whoever follows belongs to the organisation at `span`; to none if it is `None`."""
        self._end_group()
        if self.section:
            self.section.group = names.trim(self.text, span) if span else None
            self.section.group_line = line
            self.section.group_used = span is None

    def _end_group(self) -> None:
        """A group without members is itself what attends."""
        section = self.section
        alone = section and section.group and not section.group_used and section.found
        if section and section.group and alone and not names.reads_like_text(self.words(section.group)):
            self.attendees.append(Attendee(Entry(section.group, Kind.ORGANISATION), section.cue))
        if section:
            section.group, section.group_line, section.group_used = None, None, True

    def add(self, entries: Sequence[Entry], cue: Cue, organisation: CharSpan | None = None) -> None:
        """Take down the people of a line."""
        roster = self.header is not None and not {c.use for c in self.header} & {"status", "mark", "remarks"}
        self.attendees += [Attendee(entry, cue, organisation, roster) for entry in entries]
        if entries:
            self.last = self.position
        if self.section and entries:
            self.section.found += len(entries)
            self.section.kinds |= {entry.kind for entry in entries}
            self.section.single |= any(" " not in self.words(entry.name) for entry in entries)
            self.section.group_used = True

    def add_value(self, span: CharSpan, cue: Cue) -> None:
        """Take down the names that stand after a label or in a cell."""
        inverted = "," in self.words(span) and (cue.role is not None or self._inverts)
        entries = read_entries(self.text, span, one=inverted)
        if cue.role:
            entries = [e for e in entries if e.kind is Kind.PERSON or (self.is_near and self._may_be_name(e))][:4]
        elif not known_names(entries) and not self.is_near:
            return
        self.add(full_names(self.text, entries, span), cue)

    def _may_be_name(self, entry: Entry) -> bool:
        """Whether an entry is a name rather than a word like `ok`."""
        mark = pattern("marks", "yes", "no").fullmatch(fold(self.words(entry.name)))
        return entry.kind in names.NAMES and not (entry.kind is Kind.LOWER and mark)

    @property
    def _inverts(self) -> bool:
        """Whether the last name was printed with the family name first (`Peeters, An`)."""
        return bool(self.attendees) and "," in self.words(self.attendees[-1].span)

    @property
    def is_near(self) -> bool:
        """Whether the line stands near the top or near names: where a single odd word may be a name."""
        return self.position < LOOK_AHEAD or self.position - self.last <= LOOK_AHEAD

    @property
    def is_front(self) -> bool:
        """Whether the line stands before the report: near the top, with none of its headings above."""
        return self.position < min(LOOK_AHEAD, self._report)

    @functools.cached_property
    def _report(self) -> int:
        """Index of the line after the first heading of the report; titles at the top may look like headings, too."""
        for position, line in enumerate(self.lines[:LOOK_AHEAD]):
            if line.block in self.headings and (line.block >= _TITLE_LINES or (line.is_heading and line.block)):
                return position + 1
        return LOOK_AHEAD

    @property
    def is_inside(self) -> bool:
        """Whether the line is a heading below that of the open list."""
        return bool(self.section and self.section.level and self.line.depth > self.section.level)

    @property
    def is_leaf(self) -> bool:
        """Whether no deeper item or line follows."""
        if self.position + 1 >= len(self.lines):
            return True
        line, after = self.line, self.lines[self.position + 1]
        return not (after.indent > line.indent or (after.is_item and line.is_item and after.depth > line.depth))

    def names_someone(self, line: Line) -> bool:
        """Whether a line, which is no paragraph, begins with a person's name."""
        if line.span.length > _LINE_LENGTH:
            return False
        entries = read_entries(self.text, line.span, one=True)
        return bool(entries) and entries[0].kind is Kind.PERSON

    def lists_person(self, position: int) -> bool:
        """Whether the line at `position` is about one person and nothing else."""
        if position >= len(self.lines) or self.lines[position].is_heading:
            return False
        entries = read_entries(self.text, self.lines[position].span, one=True)
        return len(entries) == 1 and entries[0].kind is Kind.PERSON
