"""The body of an OpenDocument text: paragraphs, lists, tables, notes and frames in reading order, changes accepted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from minutes_nlp.reading.archive import Element
from minutes_nlp.reading.document import ApartKind
from minutes_nlp.reading.flow import Element as FlowElement
from minutes_nlp.reading.flow import Flow, Paragraph, Role, Row, Table, paragraphs
from minutes_nlp.reading.look import Look, Shared
from minutes_nlp.reading.nesting import Nesting
from minutes_nlp.reading.odt_styles import DRAW, LEVELS, OFFICE, TABLE, TEXT, Counts, Level, Styles

_STYLE_NAME = TEXT + "style-name"
_SPACE = re.compile(r"[ \t\r\n]+")
_WIDEST = 64  # columns that a repeated cell may stand for
_SPACES = 200  # that one element may stand for
_INDEXES = frozenset(
    TEXT + name
    for name in (
        "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index",
        "bibliography",
    )
)  # fmt: skip
_SILENT = frozenset(
    (
        TEXT + "tracked-changes",
        TEXT + "ruby-text",
        TEXT + "note-citation",
        TEXT + "sequence-decls",
        OFFICE + "forms",
        OFFICE + "scripts",
        OFFICE + "event-listeners",
        "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}title",
        "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc",
    )
)


@dataclass(slots=True)
class _Inline:
    """The text of one paragraph so far."""

    parts: list[str] = field(default_factory=list)
    letters: Shared = field(default_factory=Shared)
    linked: bool = False  # whether what comes now is part of a link
    sizes: Counter[int] = field(default_factory=Counter)
    boxes: list[FlowElement] = field(default_factory=list)
    spaced: bool = True  # whether white space here would follow other white space

    def put(self, text: str | None, look: Look) -> None:
        """Add text whose white space counts as one space."""
        if not text or look.hidden:
            return
        text = _SPACE.sub(" ", text)
        if self.spaced:
            text = text.lstrip(" ")
        if text:
            self.sign(text, look)
            self.spaced = text.endswith(" ")

    def sign(self, text: str, look: Look) -> None:
        """Add text as it is."""
        if look.hidden:
            return
        self.parts.append(text)
        self.spaced = False
        if text.strip():
            self.letters.add(look, link=self.linked)
            self.sizes[look.size or 0] += len(text)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a list something stands: how its levels are numbered, what they reached, and its depth from 0."""

    levels: list[Level]
    counts: Counts
    depth: int
    style: str


class Body:
    """Turns the elements of a document into a flow, which gets what is set apart."""

    def __init__(self, styles: Styles, flow: Flow) -> None:
        self.styles, self.flow = styles, flow
        self.notes: list[FlowElement] = []
        self.titled = False
        self._note_count = self._list_count = 0
        self._nesting = Nesting()
        self._outline = Counts()
        self._lists: dict[str, Counts] = {}  # by identifier
        self._latest: dict[str, Counts] = {}  # by style

    def read(self, parent: Iterable[Element], place: _Place | None = None) -> list[FlowElement]:
        """The paragraphs and tables in an element; in a list item they go on with it."""
        found: list[FlowElement] = []
        for child in parent:
            tag = child.tag
            if tag in (TEXT + "p", TEXT + "h"):
                found += self._paragraph(child, place)
            elif tag == TEXT + "list":
                found += self._list(child, place)
            elif tag == TABLE + "table":
                self._nesting.clear()
                found.append(Table(list(self._rows(child, header=False))))
                self._nesting.clear()
            elif tag in _INDEXES:
                body = child.find(TEXT + "index-body")
                self.flow.set_apart(ApartKind.CONTENTS, [] if body is None else self.read(body))
            elif tag in _SILENT or child.get(TEXT + "display") == "none":
                continue
            elif tag == OFFICE + "annotation":
                self.flow.set_apart(ApartKind.COMMENT, self.read(child))
            else:
                found += self.read(child, place)
        return found

    def _list(self, element: Element, place: _Place | None) -> list[FlowElement]:
        """The items of a list, each paragraph with the number printed before it."""
        style = element.get(TEXT + "style-name") or (place.style if place else "")
        depth = min(place.depth + 1, LEVELS - 1) if place else 0
        counts = place.counts if place else self._counts(element, style)
        if identifier := element.get("{http://www.w3.org/XML/1998/namespace}id"):
            self._lists[identifier] = counts
        self._latest[style] = counts
        inner = _Place(self.styles.levels(style), counts, depth, style)
        found: list[FlowElement] = []
        for item in element:
            if item.tag == TEXT + "list-header":
                found += self.read(item, inner)
            elif item.tag == TEXT + "list-item":
                found += self._item(item, inner)
        return found

    def _counts(self, element: Element, style: str) -> Counts:
        """The numbers that an outermost list counts on with."""
        earlier = self._lists.get(element.get(TEXT + "continue-list", ""))
        if earlier is None and element.get(TEXT + "continue-numbering") == "true":
            earlier = self._latest.get(style)
        if earlier is None:
            self._list_count += 1
            earlier = Counts(str(self._list_count))
        return earlier

    def _item(self, item: Element, place: _Place) -> list[FlowElement]:
        """An item; its first paragraph bears the number. One that begins with a list only places that deeper."""
        found: list[FlowElement] = []
        numbered = False
        level = place.depth + 1
        for child in item:
            if child.tag not in (TEXT + "p", TEXT + "h"):
                found += self.read([child], place) if child.tag != TEXT + "list" else self._list(child, place)
                continue
            inner = self._paragraph(child, place)
            first = inner[0]
            if isinstance(first, Paragraph) and not numbered:
                numbered = True
                start = _number(item.get(TEXT + "start-value"))
                first.marker = place.counts.next(place.levels, place.depth, start)
                if first.role is Role.ITEM:
                    indent = place.levels[place.depth].indent or self.styles.indent(child.get(_STYLE_NAME, ""))
                    level = self._nesting.depth(place.counts.list_id, place.depth, indent)
            if isinstance(first, Paragraph) and first.role is Role.ITEM:
                first.level = level
            found += inner
        return found

    def _paragraph(self, element: Element, place: _Place | None) -> list[FlowElement]:
        """A paragraph, then what is in its frames."""
        name = element.get(_STYLE_NAME, "")
        inline = _Inline()
        self._inline(element, inline, self.styles.look("paragraph", name))
        lines = "".join(inline.parts).replace("\u00ad", "").split("\n")
        paragraph = Paragraph(lines, strong=inline.letters.strong, struck=inline.letters.struck)
        if len(inline.sizes) == 1:
            paragraph.size = next(iter(inline.sizes))
        names = self.styles.names(name)
        title = "title" in names or ("subtitle" in names and not self.titled)
        if title and not paragraph.empty:
            self.titled = True
            paragraph.role, paragraph.level = Role.HEADING, 1
        elif (depth := self._heading(element, name)) and not paragraph.empty:
            paragraph.role, paragraph.level = Role.HEADING, depth + self.titled
            if place is None and element.get(TEXT + "is-list-header") != "true":
                start = _number(element.get(TEXT + "start-value"))
                paragraph.marker = self._outline.next(self.styles.outline, depth - 1, start)
        elif place is not None:
            paragraph.role, paragraph.level = Role.ITEM, place.depth + 1
        if paragraph.role is Role.HEADING:
            self._nesting.clear()
        elif place is None and not paragraph.empty:
            self._nesting.leave(self.styles.indent(name))
        return [paragraph, *inline.boxes]

    def _heading(self, element: Element, style: str) -> int:
        """The level of a heading, from 1; 0 for another paragraph."""
        if element.tag == TEXT + "h":
            return min(max(_number(element.get(TEXT + "outline-level")) or 1, 1), LEVELS)
        return min(self.styles.outline_level(style), LEVELS)

    def _inline(self, element: Element, inline: _Inline, look: Look) -> None:
        """Collect the text inside an element."""
        inline.put(element.text, look)
        for child in element:
            self._piece(child, inline, look)
            inline.put(child.tail, look)

    def _piece(self, child: Element, inline: _Inline, look: Look) -> None:
        tag = child.tag
        if tag == TEXT + "span":
            self._inline(child, inline, look.under(self.styles.look("text", child.get(TEXT + "style-name", ""))))
        elif tag == TEXT + "a":
            outer, inline.linked = inline.linked, True
            self._inline(child, inline, look)
            inline.linked = outer
        elif tag == TEXT + "s":
            count = _number(child.get(TEXT + "c"))
            inline.sign(" " * (1 if count is None else min(count, _SPACES)), look)
        elif tag == TEXT + "tab":
            inline.sign("\t", look)
        elif tag == TEXT + "line-break":
            inline.sign("\n", look)
            inline.spaced = True
        elif tag == TEXT + "note":
            self._note(child, inline, look)
        elif tag == OFFICE + "annotation":
            self.flow.set_apart(ApartKind.COMMENT, self.read(child))
        elif tag in (DRAW + "text-box", TABLE + "table", TEXT + "list", TEXT + "p", TEXT + "h"):
            inline.boxes += self.read([child] if tag != DRAW + "text-box" else child)
        elif tag not in _SILENT:
            self._inline(child, inline, look)

    def _note(self, element: Element, inline: _Inline, look: Look) -> None:
        self._note_count += 1
        sign = f"[{self._note_count}]"
        inline.sign(sign, look)
        body = element.find(TEXT + "note-body")
        place = len(self.notes)
        self.notes.append(Paragraph([], Role.ITEM, 1, sign))
        read = [] if body is None else self.read(body)
        lines = [line for paragraph in paragraphs(read) for line in paragraph.lines if line.strip()]
        self.notes[place] = Paragraph(lines, Role.ITEM, 1, sign)

    def _rows(self, element: Element, *, header: bool) -> Iterator[Row]:
        for child in element:
            if child.tag == TABLE + "table-row":
                yield Row(list(self._cells(child)), header)
            elif child.tag == TABLE + "table-header-rows":
                yield from self._rows(child, header=True)
            elif child.tag in (TABLE + "table-rows", TABLE + "table-row-group"):
                yield from self._rows(child, header=header)

    def _cells(self, row: Element) -> Iterator[list[FlowElement]]:
        """The cells of a row; covered ones are empty."""
        for cell in row:
            repeated = min(_number(cell.get(TABLE + "number-columns-repeated")) or 1, _WIDEST)
            if cell.tag == TABLE + "table-cell":
                yield self.read(cell)
                repeated -= 1
            for _ in range(repeated if cell.tag in (TABLE + "table-cell", TABLE + "covered-table-cell") else 0):
                yield []


def _number(text: str | None) -> int | None:
    """A number as the file gives it; `None` if it is none."""
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else None
