"""The body of a Word document: its paragraphs, lists, tables, notes and text boxes in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from minutes_nlp.reading.archive import Element
from minutes_nlp.reading.document import ApartKind
from minutes_nlp.reading.docx_inline import MC, Fields, Inline, Notes, Pages
from minutes_nlp.reading.docx_numbers import Numbering
from minutes_nlp.reading.docx_styles import BODY_LEVEL, VAL, Indent, Style, Styles, W, indent_of, integer, is_on, value
from minutes_nlp.reading.flow import Element as FlowElement
from minutes_nlp.reading.flow import Flow, Paragraph, Role, Row, Table, paragraphs
from minutes_nlp.reading.nesting import Nesting

_WRAPPERS = frozenset(W + name for name in ("sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_DELETED = (W + "del", W + "moveFrom")
_ID = "/relationships}id"  # in the usual namespace or that of strict files
_FIRST_ROW = 0x20  # of the look of a table
_GALLERIES = ("Table of Contents", "Bibliographies", "Index")


class Body:
    """Turns the elements of a document into a flow.

    Args:
        styles, numbering: of the document; the numbers count on through all that is read.
        flow: gets what is set apart.
        inside: gives the content of a document in the document, by the name of its relation.
    """

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        flow: Flow,
        inside: Callable[[str], list[FlowElement]] = lambda _name: [],
    ) -> None:
        self.styles, self.numbering, self.flow, self.inside = styles, numbering, flow, inside
        self.notes = Notes()
        self.fields = Fields()
        self.pages = Pages()
        self.nesting = Nesting()
        self.titled = False  # whether the document has a title above its headings
        self._carried = ""  # of a paragraph whose end was deleted
        self._boxes: list[list[FlowElement]] = []

    def read(self, parent: Element) -> list[FlowElement]:
        """The paragraphs and tables in an element, without tables of contents."""
        found: list[FlowElement] = []
        for child in _unwrapped(parent):
            if child.tag == W + "p":
                self._paragraph(child, found)
            elif child.tag == W + "tbl":
                self._settle(found)
                self.nesting.clear()
                found.append(self._table(child))
            elif child.tag == W + "altChunk":
                self._settle(found)
                found += self.inside(next((value for key, value in child.items() if key.endswith(_ID)), ""))
            elif child.tag == W + "sdt" and (content := child.find(W + "sdtContent")) is not None:
                inner = self.read(content)
                if _gallery(child):
                    self.flow.set_apart(ApartKind.CONTENTS, inner)
                else:
                    found += inner
        self._settle(found)
        return found

    def _settle(self, found: list[FlowElement]) -> None:
        """Add what waits for a next paragraph where none comes."""
        if self._carried:
            found.append(Paragraph(self._carried.split("\n")))
            self._carried = ""

    def _paragraph(self, element: Element, found: list[FlowElement]) -> None:
        properties = element.find(W + "pPr")
        style = self.styles.paragraph(None if properties is None else value(properties, "pStyle"))
        before = len(self._boxes)
        inline = Inline(self.styles, style.look, self.fields, self.notes, self.pages, self._box)
        if self._carried:
            inline.parts.append(self._carried)
            self._carried = ""
        contents = self.fields.contents
        inline.read(element)
        boxes, self._boxes = self._boxes[before:], self._boxes[:before]
        if properties is not None and _end_deleted(properties):
            self._carried = "".join(inline.parts)
        else:
            paragraph = self._described(inline, properties, style)
            if inline.contents or style.contents or (contents and paragraph.empty):
                self.flow.set_apart(ApartKind.CONTENTS, [paragraph])
            else:
                found.append(paragraph)
        for box in boxes:
            found += box

    def _box(self, element: Element) -> None:
        fields, self.fields = self.fields, Fields()
        inside = self.read(element)
        self._boxes.append(inside)
        self.fields = fields

    def _described(self, inline: Inline, properties: Element | None, style: Style) -> Paragraph:
        """The paragraph with its role, level and number."""
        paragraph = Paragraph(
            inline.lines, strong=inline.letters.strong, struck=inline.letters.struck, page=inline.page
        )
        if len(inline.sizes) == 1:
            paragraph.size = next(iter(inline.sizes))
        level = style.heading
        own = None if properties is None else integer(value(properties, "outlineLvl"))
        if own is not None:
            level = own + 1 if 0 <= own < BODY_LEVEL else 0
        list_id, depth, indent = self._list_of(properties, style)
        if list_id:
            paragraph.marker = self.numbering.next(list_id, depth)
        if paragraph.empty:
            return paragraph  # it was counted all the same
        title = style.name == "title" or (style.name == "subtitle" and not self.titled)
        if title or level:
            self.titled = self.titled or title
            paragraph.role = Role.HEADING
            paragraph.level = 1 if title else level + self.titled
            self.nesting.clear()
        elif list_id and paragraph.marker:
            paragraph.role = Role.ITEM
            paragraph.level = self.nesting.depth(list_id, depth, indent)
        else:
            self.nesting.leave(indent)
        return paragraph

    def _list_of(self, properties: Element | None, style: Style) -> tuple[str, int, int]:
        """The list of a paragraph, its level there, and the indentation in twips; without list an empty name."""
        list_id, level = style.list_id, style.list_level
        numbering = None if properties is None else properties.find(W + "numPr")
        direct = numbering is not None and value(numbering, "numId") is not None
        if numbering is not None:
            list_id = value(numbering, "numId") or list_id
            own = integer(value(numbering, "ilvl"))
            level = own if own is not None else level
        elif list_id and level is None and properties is not None:
            level = self.numbering.level_of_style(list_id, value(properties, "pStyle") or "")
        list_id = "" if list_id in (None, "0") else list_id
        level = level or 0
        described = self.numbering.level(list_id or "", level)
        of_list = described.indent if described else Indent()
        outer = style.indent.under(of_list) if direct else of_list.under(style.indent)
        return list_id or "", level, outer.under(indent_of(properties)).begin

    def _table(self, element: Element) -> Table:
        rows = []
        for child in _unwrapped(element):
            content = child.find(W + "sdtContent") if child.tag == W + "sdt" else None
            for row in [child] if content is None else _unwrapped(content):
                if row.tag == W + "tr" and not _row_deleted(row):
                    rows.append(self._row(row))
        if rows and not any(row.header for row in rows):
            rows[0].header = len(rows) > 1 and (self._styled_header(element) or _looks_like_header(rows))
        return Table(rows)

    def _styled_header(self, element: Element) -> bool:
        """Whether the style of a table sets its first row apart, and the table wants that."""
        properties = element.find(W + "tblPr")
        look = None if properties is None else properties.find(W + "tblLook")
        if properties is None or look is None:
            return False
        wanted = look.get(W + "firstRow")
        if wanted is None:
            wanted = "1" if int("0" + re.sub(r"[^0-9A-Fa-f]", "", look.get(VAL, "")), 16) & _FIRST_ROW else "0"
        return is_on(wanted) and self.styles.heads_table(value(properties, "tblStyle"))

    def _row(self, element: Element) -> Row:
        properties = element.find(W + "trPr")
        header = None if properties is None else properties.find(W + "tblHeader")
        cells: list[list[FlowElement]] = []
        for child in _unwrapped(element):
            content = child.find(W + "sdtContent") if child.tag == W + "sdt" else None
            for cell in [child] if content is None else _unwrapped(content):
                if cell.tag == W + "tc":
                    cells += self._cell(cell)
        self.nesting.clear()
        return Row(cells, header is not None and is_on(header.get(VAL)))

    def _cell(self, element: Element) -> Iterator[list[FlowElement]]:
        """A cell, then an empty one for each further column that it covers; nothing if it was deleted."""
        properties = element.find(W + "tcPr")
        span = 1
        if properties is not None:
            if properties.find(W + "cellDel") is not None:
                return
            span = min(integer(value(properties, "gridSpan")) or 1, 64)
        self.nesting.clear()
        yield self.read(element)
        for _ in range(1, span):
            yield []

    def read_notes(self, roots: dict[str, Element | None]) -> list[FlowElement]:
        """The notes referred to, in the order of their numbers, each with its sign as marker."""
        known = {
            (kind, note.get(W + "id", "")): note
            for kind, root in roots.items()
            for note in ([] if root is None else root.iterchildren(W + kind))
        }
        found: list[FlowElement] = []
        for place, number in list(self.notes.numbers.items()):
            if place not in known:
                continue
            lines = [line for p in paragraphs(self.read(known[place])) for line in p.lines if line.strip()]
            if lines:
                found.append(Paragraph(lines, Role.ITEM, 1, f"[{number}]"))
        return found


def _unwrapped(parent: Element) -> Iterator[Element]:
    """The children of an element, those of wrappers that change nothing in their place; deleted ones are left out."""
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _unwrapped(child)
        elif child.tag == MC + "AlternateContent":
            choice = child.find(MC + "Choice")
            chosen = child.find(MC + "Fallback") if choice is None else choice
            if chosen is not None:
                yield from _unwrapped(chosen)
        elif child.tag not in _DELETED:
            yield child


def _end_deleted(properties: Element) -> bool:
    """Whether the end of a paragraph was deleted, so that the next one goes on with it."""
    mark = properties.find(W + "rPr")
    return mark is not None and any(mark.find(tag) is not None for tag in _DELETED)


def _row_deleted(row: Element) -> bool:
    properties = row.find(W + "trPr")
    return properties is not None and properties.find(W + "del") is not None


def _gallery(element: Element) -> bool:
    """Whether a content control is a table of contents."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(VAL) in _GALLERIES


def _looks_like_header(rows: list[Row]) -> bool:
    """Whether all cells of the first row are bold, and not all of the second."""
    return _all_bold(rows[0].cells) and not _all_bold(rows[1].cells)


def _all_bold(cells: Iterable[list[FlowElement]]) -> bool:
    shown = [paragraph for cell in cells for paragraph in paragraphs(cell) if not paragraph.empty]
    return bool(shown) and all(paragraph.strong for paragraph in shown)
