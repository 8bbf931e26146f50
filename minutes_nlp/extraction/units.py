"""The units in which minutes state decisions and actions: a sentence, a list item, a table row, with their context.

A recogniser judges units; it never looks at the layout itself, so that rules and trained models see the same things.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise
from typing import Any

from spacy.tokens import Doc

from minutes_nlp.extraction.base import layout_of, text_of
from minutes_nlp.extraction.columns import Column, TableColumns, names_none, read_columns
from minutes_nlp.language import UNKNOWN, NormalisedText, TextBlock
from minutes_nlp.language.normalise import CELL_SEPARATOR
from minutes_nlp.language.sentences import sentences
from minutes_nlp.layout import Label, Layout
from minutes_nlp.reading import BlockKind
from minutes_nlp.resources import languages
from minutes_nlp.resources.lexicon import phrases, section
from minutes_nlp.spans import CharSpan

_KEPT = "minutes.units"  # key of `Doc.user_data`
_LEAD_LENGTH = 160  # a longer line that ends in a colon announces no list
_NO_CONTENT = frozenset({Label.TITLE, Label.METADATA, Label.ATTENDANCE, Label.TIMETABLE, Label.AGENDA_LIST})
_SUBITEM = re.compile(r"\s[-–•]\s(?=\S)")
_BULLET = re.compile(r"(?:^|\s)(?:[-–*]\s{2,}|[•●▪]\s*)(?=[^\W\d_])")
_DASH = re.compile(r"(?:^|\s)[-–*]\s(?=[^\W\d_])")  # a bullet only where it begins a line
_NUMBER = re.compile(r"(?:^|\s)(\d{1,2})[.)]\s+(?=\S)")  # of a point, where it begins a line
_CELL_WORDS = 3  # a cell with no more of them is a mark (`aanvaard`, `J. Peeters`)
_FIRST_POINT = re.compile(r":\s*1[.)](?:\s|$)")  # `… als volgt: 1. Verslag 2. Begroting`: what is listed belongs to it
_FEWEST_POINTS = 2  # in a cell, from which they are a list
_NUMBER_LENGTH = 4  # shorter pieces are the number of what follows
_ARTICLE_LENGTH = 16  # `Artikel 12bis.`
_SHORT = 60
_SEVERAL = 3  # lines before the report that recur as headings, from which they are an announced agenda
_OPENING = 400  # characters at the start of a document that may say what it is


class Shape(StrEnum):
    """How a unit is printed."""

    PROSE = "prose"
    ITEM = "item"
    ROW = "row"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage that may state a decision or an action.

    Attributes:
        span: in the normalised text, without list marker.
        text: what the span covers.
        block: index of the block that it stands in.
        shape: how it is printed.
        language: ISO code of its block; of the document where the block's is unknown.
        document: the first lines of the document, which say what kind of minutes these are.
        title: of a heading, its words without number; else empty.
        headings: titles of the headings above, outermost first.
        leads: the lines that announce the list it stands in (`Actions :`), outermost first; also parent items.
        before: the unit before it in the same block, or else in the block before, empty at the start of a section.
        first, last: whether it is the first and the last unit of its block.
        marker: the list marker as printed (`-`, `[x]`).
        header: the first row of the table that a row stands in.
        other: whether that is marked as a header, and names no column of an action list.
        cells: of a table row whose header was understood: column to span.
        struck: whether it is printed as struck out.
        seen: what was made out about it, by whoever did, so that two recognisers don't do the same work.
    """

    span: CharSpan
    text: str
    block: int
    shape: Shape
    language: str
    document: str = ""
    title: str = ""
    headings: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    before: str = ""
    first: bool = True
    last: bool = True
    marker: str = ""
    header: str = ""
    other: bool = False
    cells: tuple[tuple[Column, CharSpan], ...] = ()
    struck: bool = False
    seen: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def cell(self, column: Column) -> CharSpan | None:
        """The span of a column's cell; `None` if there is no such column or the cell is empty."""
        found = next((span for name, span in self.cells if name is column), None)
        return found if found and found.length else None


def units_of(doc: Doc) -> list[Unit]:
    """The units of the report, in order; blocks of attendance, metadata, timetable and announced agenda have none.

    They are made once for a document and its layout, whoever asks.

    Reads: `doc._.minutes_text`, `doc._.minutes_layout`.
    """
    layout = layout_of(doc)
    known = doc.user_data.get(_KEPT)
    if known is None or known[0] is not layout:
        known = doc.user_data[_KEPT] = (layout, list(_Walker(text_of(doc), layout).walk()))
    return list(known[1])


class _Walker:
    def __init__(self, normalised: NormalisedText, layout: Layout) -> None:
        self.normalised = normalised
        self.text = normalised.text
        self.layout = layout
        self.main_language = _main_language(normalised)
        self.document = " ".join(self._opening_lines())[:_OPENING]
        self.columns: dict[int, TableColumns | None] = {}
        self.headers: dict[int, str] = {}
        self.others: set[int] = set()  # tables with a header that names no column of an action list
        self.announced = _announced(normalised, layout)
        self.closed: set[int] = set()  # headings printed as list items whose list is over
        self.open: list[tuple[int, str]] = []  # depth and text of the items and lead-ins that what follows belongs to
        self.before = ""

    def _opening_lines(self) -> Iterator[str]:
        """The short lines before the first heading: the title, what kind of minutes these are."""
        for block, label in zip(self.normalised.blocks, self.layout.labels, strict=True):
            if label is Label.HEADING:
                return
            if block.span.length <= _LEAD_LENGTH and label in (Label.TITLE, Label.METADATA, Label.BODY):
                yield block.span.text(self.text)

    def walk(self) -> Iterator[Unit]:
        heading: int | None = None
        for index, block in enumerate(self.normalised.blocks):
            if self.layout.heading_of[index] != heading:
                heading = self.layout.heading_of[index]
                self.open.clear()
                self.before = ""
            passed = block.kind is BlockKind.FIGURE or index in self.announced
            if passed or (self.layout.labels[index] in _NO_CONTENT and not self._is_content(index)):
                continue
            yield from self._block(index, block)

    def _is_content(self, index: int) -> bool:
        """Whether a list that looks like an agenda stands below an item of the report, or below a heading for actions,
        as its content."""
        heading = self.layout.heading_of[index]
        if self.layout.labels[index] is not Label.AGENDA_LIST or heading is None:
            return False
        tasks = tuple(section(self.main_language, "actions").get("headings", {}).get("action_list", ()))
        if phrases(tasks).search(self.layout.headings[heading].title):
            return True
        item = self.normalised.blocks[self.layout.headings[heading].block]
        return item.kind is BlockKind.LIST_ITEM and self.normalised.blocks[index].block.level > item.block.level

    def _block(self, index: int, block: TextBlock) -> Iterator[Unit]:
        if block.kind is BlockKind.TABLE_ROW:
            yield from self._row(index, block)
            return
        self._close(block)
        whole = self._unit(index, block, self._without_number(index, block))
        pieces = self._pieces(whole.span, whole.language)
        for number, span in enumerate(pieces):
            unit = replace(
                whole,
                span=span,
                text=span.text(self.text),
                before=self.before,
                first=number == 0,
                last=number == len(pieces) - 1,
            )
            yield unit
            self.before = unit.text
        if whole.shape is not Shape.HEADING:
            self._announce(block, whole.text)

    def _without_number(self, index: int, block: TextBlock) -> CharSpan:
        """The span of a block; of a heading without its number, as that of a list item is without its marker."""
        position = self.layout.heading_of[index]
        if position is None or self.layout.labels[index] is not Label.HEADING:
            return block.span
        heading = self.layout.headings[position]
        begin = self.text.find(heading.title, block.span.start, block.span.end) if heading.number else -1
        return block.span if begin < 0 else CharSpan(begin, block.span.end)

    def _unit(self, index: int, block: TextBlock, span: CharSpan) -> Unit:
        heading = self.layout.labels[index] is Label.HEADING
        path = self.layout.path(index)
        self.closed |= {h.block for h in path if h.block != index and self._is_over(h.block, block)}
        titles = tuple(h.title for h in path if h.block != index and h.block not in self.closed)
        shape = Shape.HEADING if heading else Shape.ITEM if _is_item(block) else Shape.PROSE
        language = self.main_language if block.language == UNKNOWN else block.language
        leads = tuple(text for _, text in self.open)
        title = path[-1].title if path and path[-1].block == index else ""
        text, marker, struck = span.text(self.text), block.block.marker, block.block.struck
        return Unit(
            span, text, index, shape, language, self.document, title, titles, leads, marker=marker, struck=struck
        )

    def _is_over(self, heading: int, block: TextBlock) -> bool:
        """Whether a block is no longer part of the list item that a heading was printed as."""
        item = self.normalised.blocks[heading]
        if item.kind is not BlockKind.LIST_ITEM or not block.block.level:
            return False
        return block.block.level < item.block.level or (_is_item(block) and block.block.level == item.block.level)

    def _pieces(self, span: CharSpan, language: str) -> list[CharSpan]:
        """The sentences of a block; a heading, and an item whose points were printed on one line, stay whole."""
        found = sentences(self.text, span, language)
        joined: list[CharSpan] = []
        for piece in found:
            opening = joined[-1].text(self.text) if joined else ""
            if joined and (opening.endswith(":") or _only_begins(opening, language)):
                joined[-1] = CharSpan(joined[-1].start, piece.end)
            else:
                joined.append(piece)
        return joined or [span]

    def _row(self, index: int, block: TextBlock) -> Iterator[Unit]:
        table = block.block.table
        if table not in self.columns:
            self.headers[table] = block.span.text(self.text)
            self.columns[table] = read_columns(block, self.text, self.main_language)
            if block.block.header and names_none(block, self.text, self.main_language):
                self.others.add(table)
            if block.block.header or self.columns[table] is not None:
                return
        elif block.block.header:
            return
        known = self.columns[table]
        unit = self._unit(index, block, block.span)
        cells = known.assign(block) if known else ()
        row = replace(
            unit,
            shape=Shape.ROW,
            cells=cells,
            before=self.before,
            header=self.headers[table],
            other=table in self.others,
        )
        assigned = {column for column, _ in cells} & {Column.WHO, Column.WHEN}
        begins = frozenset[int]() if assigned else self._lines_begin(block)
        points = () if assigned else _points(row, begins) or _numbered(row, begins)
        for number, span in enumerate(points):
            last = number == len(points) - 1
            text = span.text(self.text)
            yield replace(row, span=span, text=text, shape=Shape.ITEM, cells=(), first=number == 0, last=last)
        if not points:
            yield row

    def _lines_begin(self, block: TextBlock) -> frozenset[int]:
        """Where the printed lines of the cells of a row begin, from its start; empty if it has no dash or number."""
        row = block.span.text(self.text)
        if not _DASH.search(row) and not _NUMBER.search(row):
            return frozenset()
        begins = {line.start for cell in block.block.cells for line in cell.lines}
        places = (block.span.start + match.start() for match in re.finditer(r"(?<!\S)\S", row))
        at = ((place, self.normalised.to_source(CharSpan(place, place + 1)).start) for place in places)
        return frozenset(place - block.span.start for place, source in at if source in begins)

    def _close(self, block: TextBlock) -> None:
        """Forget the items and lead-ins that this block does not belong to."""
        depth = block.block.level if _is_item(block) else 0
        kept = [entry for entry in self.open if entry[0] < depth or (entry[0] == 0 and depth)]
        self.open = kept if depth else []

    def _announce(self, block: TextBlock, text: str) -> None:
        """Remember a block that what follows may belong to: a parent item, or a line that announces a list."""
        depth = block.block.level if _is_item(block) else 0
        if depth or (len(text) <= _LEAD_LENGTH and (text.rstrip().endswith(":") or len(text) <= _SHORT)):
            self.open = [entry for entry in self.open if entry[0] < depth]
            self.open.append((depth, text[-_LEAD_LENGTH:] if text.rstrip().endswith(":") else text[:_LEAD_LENGTH]))


def _announced(normalised: NormalisedText, layout: Layout) -> range:
    """The blocks before the report that announce its points, with what they say about each.

    They begin at the first line that is a later heading, word for word, if several lines before the report are such.
    Where they tell what the body decided, they are no agenda but a list of decisions, and belong to the report.
    """
    lines = [block.span.text(normalised.text) for block in normalised.blocks]
    first = min((heading.block for heading in layout.headings), default=0)
    headings = {lines[heading.block].casefold() for heading in layout.headings}
    same = [number for number in range(first) if lines[number].casefold() in headings]
    announced = range(same[0], first) if len(same) >= _SEVERAL else range(0)
    settled = any(_settles(lines[number], normalised.blocks[number].language) for number in announced)
    return range(0) if settled else announced


def _settles(text: str, language: str) -> bool:
    """Whether a text says that a body decides something."""
    cues = section(language if language in languages() else "en", "decisions")["cues"]
    return phrases(tuple(cues.get("settle", {}).get("phrases", ()))).search(text) is not None


def _points(row: Unit, begins: Container[int]) -> Sequence[CharSpan]:
    """What a row states where a cell of it is a list with bullets: its points, and the other cells that say enough.

    Empty for other rows, which are one unit.

    Args:
        row: the unit of the whole row.
        begins: where the lines of its cells begin, as offsets into its text.
    """
    start, listed = row.span.start, False
    spans: list[CharSpan] = []
    for cell in row.text.split(CELL_SEPARATOR):
        offset = start - row.span.start
        bullets = list(_BULLET.finditer(cell)) if _BULLET.match(cell.lstrip()) else []
        if not bullets and _DASH.match(cell.lstrip()):
            bullets = [m for m in _DASH.finditer(cell) if offset + m.start() + m[0][0].isspace() in begins]
        listed = listed or bool(bullets)
        edges = [bullet.end() for bullet in bullets] or [0]
        for begin, end in zip(edges, [*(bullet.start() for bullet in bullets[1:]), len(cell)], strict=True):
            piece = CharSpan(start + begin, start + end)
            text = row.text[piece.start - row.span.start : piece.end - row.span.start]
            if bullets or len(text.split()) > _CELL_WORDS:
                spans.append(piece.shift(-row.span.start).trim(row.text).shift(row.span.start))
        start += len(cell) + len(CELL_SEPARATOR)
    return spans if listed else ()


def _numbered(row: Unit, begins: Container[int]) -> Sequence[CharSpan]:
    """The points `1.`, `2.` … of the last cell of a row, if its lines are numbered so; empty for other rows.

    What stands in the cells before goes with the first point (`Jan | 1. …`).

    Args:
        row: the unit of the whole row.
        begins: where the lines of its cells begin, as offsets into its text.
    """
    text = row.text.rstrip(CELL_SEPARATOR)
    last = len(text) - len(text.rpartition(CELL_SEPARATOR)[2])
    found = [number for number in _NUMBER.finditer(text, max(0, last - 1)) if number.start(1) in begins]
    if len(found) < _FEWEST_POINTS or [int(number[1]) for number in found] != list(range(1, len(found) + 1)):
        return ()
    if found[0].start(1) != last:
        return ()
    edges = [0, *(number.start(1) for number in found[1:]), len(text)]
    return [CharSpan(begin, end).trim(text).shift(row.span.start) for begin, end in pairwise(edges)]


def _only_begins(text: str, language: str) -> bool:
    """Whether a piece of a block is not yet a statement: a number, a sign, the name of an article, the first point."""
    if len(text) < _NUMBER_LENGTH or not re.search(r"\w", text):
        return True
    words = section(language, "decisions")
    articles = (*words.get("articles", ()), *words.get("sole_articles", ()))
    if len(text) <= _ARTICLE_LENGTH and phrases(articles).search(text):
        return True
    tasks = tuple(section(language, "actions").get("headings", {}).get("action", ()))
    return bool(_FIRST_POINT.search(text)) and not phrases(tasks).search(text)


def _is_item(block: TextBlock) -> bool:
    return block.kind is BlockKind.LIST_ITEM or (block.kind is BlockKind.KEY_VALUE and block.block.level > 0)


def _main_language(normalised: NormalisedText) -> str:
    """The language of most of the text; English if none is known."""
    counts: Counter[str] = Counter()
    for block in normalised.blocks:
        if block.language != UNKNOWN:
            counts[block.language] += block.span.length
    return counts.most_common(1)[0][0] if counts else "en"
