"""The body of a web page: headings, lists, tables and pairs in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from minutes_nlp.reading.archive import Element
from minutes_nlp.reading.document import ApartKind
from minutes_nlp.reading.flow import Element as FlowElement
from minutes_nlp.reading.flow import Flow, Paragraph, Role, paragraphs
from minutes_nlp.reading.html_tables import integer, read_table
from minutes_nlp.reading.look import Look, Shared
from minutes_nlp.reading.numerals import Numerals

_BULLET = "-"
_RULE = "-" * 20
_DEEPEST = 200  # elements in one another, from where on only the text counts
_STEPS = {"td": 3, "th": 3, "li": 2, "dd": 2, "dt": 2}  # elements that these count for, with those around them
_TERM = 6  # words of a term that stands on a line with its description
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
        figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary
        table tbody td tfoot th thead tr ul""",
    )
)
_SILENT = frozenset(
    re.findall(
        r"\w+",
        """applet audio base button canvas datalist embed frame frameset head iframe link map math meta noscript
        object optgroup option param rp rt script select style svg template textarea title track video xml""",
    )
)
_LEADS = {"nav": ApartKind.NAVIGATION, "footer": ApartKind.FOOTER}
_ROLES = {
    "navigation": ApartKind.NAVIGATION,
    "search": ApartKind.NAVIGATION,
    "contentinfo": ApartKind.FOOTER,
    "banner": ApartKind.HEADER,
}
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_WEIGHT = re.compile(r"(?:^|;)\s*font-weight\s*:\s*(bold|bolder|[6-9]00|normal|lighter|[1-5]00)", re.IGNORECASE)
_STRUCK = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_UNDER = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*underline", re.IGNORECASE)
_SAID = frozenset(("eli:description",))  # linked data: what a published decision says, often stated for machines only
_NO_MARKS = re.compile(r"(?:^|;)\s*list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)


@dataclass(slots=True)
class _Current:
    """The paragraph that is being collected."""

    parts: list[str] = field(default_factory=list)
    letters: Shared = field(default_factory=Shared)
    spaced: bool = True  # whether white space here would follow other white space

    def put(self, text: str | None, look: Look, *, kept: bool) -> None:
        """Add text, its white space as one space unless it is to be kept."""
        if not text:
            return
        if not kept:
            text = _SPACE.sub(" ", text)
            text = text.lstrip(" ") if self.spaced else text
            if not text:
                return
        self.spaced = text.endswith(" ")
        self.parts.append(text)
        if text.strip():
            self.letters.add(look)

    def take(self) -> Paragraph:
        """What was collected; collecting starts anew."""
        text = "".join(self.parts).replace("\u00ad", "").replace("\r\n", "\n").replace("\r", "\n")
        found = Paragraph(text.split("\n"), strong=self.letters.strong, struck=self.letters.struck)
        self.parts, self.letters, self.spaced = [], Shared(), True
        return found


@dataclass(frozen=True, slots=True)
class _Around:
    """What encloses an element: how letters are set, whether white space is kept, list depth, the depth in the page."""

    look: Look = field(default_factory=Look)
    kept: bool = False
    lists: int = 0
    inside: bool = False  # in the main part of the page, or in an article
    level: int = 0


class Body:
    """Turns the elements of a page into a flow, which gets what is set apart."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.current = _Current()
        self.heading = 0
        self.marker = ""
        self.item = 0  # depth of the list item that paragraphs go on with
        self.out: list[FlowElement] = []
        self.parted = False  # whether the page says what its main part is

    def read(self, root: Element) -> list[FlowElement]:
        """The content of a page; a header of the page is set apart only where something else is its main part."""
        self.parted = any(root.find(f".//{tag}") is not None for tag in ("main", "article"))
        found = self._within(root, _Around())
        if any(not paragraph.empty for paragraph in paragraphs(found)):
            return found
        self.flow.apart.clear()  # a page that is nothing but a frame: then this is its text
        return self._within(root, _Around(inside=True))

    def _within(self, element: Element, around: _Around) -> list[FlowElement]:
        """The paragraphs and tables of an element as a list of its own."""
        outer, self.out = self.out, []
        current, self.current = self.current, _Current()
        item, self.item = self.item, 0
        marker, self.marker = self.marker, ""
        self._children(element, around)
        self._flush()
        found, self.out = self.out, outer
        self.current, self.item, self.marker = current, item, marker
        return found

    def _flush(self) -> None:
        """End the current paragraph."""
        if not self.current.parts:
            return
        paragraph = self.current.take()
        if paragraph.empty:
            return
        if self.heading:
            paragraph.role, paragraph.level = Role.HEADING, self.heading
        elif self.item:
            paragraph.role, paragraph.level = Role.ITEM, self.item
            paragraph.marker, self.marker = self.marker, ""
        self.out.append(paragraph)

    def _children(self, element: Element, around: _Around) -> None:
        if around.level > _DEEPEST:
            self.current.put(" ".join(_visible(element)), around.look, kept=False)
            return
        self.current.put(element.text, around.look, kept=around.kept)
        for child in element:
            self._child(child, around)
            self.current.put(child.tail, around.look, kept=around.kept)

    def _child(self, element: Element, around: _Around) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        style = element.get("style", "")
        if tag in _SILENT:
            return
        if (apart := self._apart(element, tag, around)) is not None:
            self._set_apart(apart, element, around)
            return
        inner = _around(tag, style, around)
        if tag == "br":
            self.current.put("\n", around.look, kept=True)
            self.current.spaced = True
        elif tag == "input":
            if element.get("type", "").lower() == "checkbox":
                self.current.put("☐ " if element.get("checked") is None else "☒ ", around.look, kept=False)
        elif tag not in _BLOCKS:
            self._children(element, inner)
        else:
            self._flush()
            self._block(element, tag, inner)
            self._flush()

    def _set_apart(self, kind: ApartKind, element: Element, around: _Around) -> None:
        """Keep an element beside the text; one inside a line does not break that."""
        if kind is not ApartKind.HIDDEN:
            self._flush()
        inside = _Around(inside=True, level=around.level + 1)
        self.flow.set_apart(kind, self._within(element, inside))

    def _apart(self, element: Element, tag: str, around: _Around) -> ApartKind | None:
        """Why an element is no part of the text; `None` if it is."""
        if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
            return None if element.get("property") in _SAID else ApartKind.HIDDEN
        if around.inside:
            return ApartKind.NAVIGATION if tag == "nav" else None
        kind = _ROLES.get(element.get("role", "").lower()) or _LEADS.get(tag)
        if tag == "header":
            kind = ApartKind.HEADER
        return kind if kind is not ApartKind.HEADER or self.parted else None

    def _block(self, element: Element, tag: str, around: _Around) -> None:
        known: dict[str, Callable[[Element, _Around], None]] = {
            "ul": self._list,
            "ol": self._list,
            "menu": self._list,
            "dir": self._list,
            "dl": self._pairs,
            "table": self._table,
            "pre": self._preformatted,
        }
        if tag in known:
            known[tag](element, around)
        elif tag == "hr":
            self.out.append(Paragraph([_RULE]))
        elif tag == "li":
            self._item(element, around, _BULLET)
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            outer, self.heading = self.heading, int(tag[1])
            self._children(element, around)
            self._flush()
            self.heading = outer
        else:
            self._children(element, around)

    def _list(self, element: Element, around: _Around) -> None:
        """The items of a list with their numbers."""
        inner = _deeper(around)
        ordered = element.tag == "ol" and not _NO_MARKS.search(element.get("style", ""))
        items = [child for child in element if child.tag == "li"]
        backwards = ordered and element.get("reversed") is not None
        number = integer(element.get("start"), len(items) if backwards else 1)
        form = element.get("type", "1")
        for child in element:
            if child.tag != "li":
                self._child(child, inner)
                continue
            number = integer(child.get("value"), number)
            marker = f"{_numerals(child.get('type', form)).write(number, repeat=False)}." if ordered else _BULLET
            self._child_item(child, inner, marker)
            number += -1 if backwards else 1

    def _child_item(self, element: Element, around: _Around, marker: str) -> None:
        self._flush()
        if self._apart(element, "li", around) is not None:
            self._set_apart(ApartKind.HIDDEN, element, around)
        else:
            self._item(element, _around("li", element.get("style", ""), around), marker)

    def _item(self, element: Element, around: _Around, marker: str) -> None:
        item, outer = self.item, self.marker
        self.item, self.marker = max(around.lists, 1), marker
        self._children(element, around)
        self._flush()
        self.item, self.marker = item, outer

    def _pairs(self, element: Element, around: _Around) -> None:
        """Terms with their descriptions: as pairs where both are short, otherwise the term is a bold line."""
        term: list[FlowElement] = []
        for child in _grouped(element):
            found = self._within(child, _around(str(child.tag), child.get("style", ""), around))
            if child.tag == "dt":
                self.out += _alone(term)
                term = found
            elif child.tag == "dd":
                pair = _pair(term, found)
                self.out += [pair] if pair else [*_alone(term), *found]
                term = []
            else:
                self.out += found
        self.out += _alone(term)

    def _preformatted(self, element: Element, around: _Around) -> None:
        """Text with line breaks of its own: a blank line parts paragraphs."""
        for paragraph in paragraphs(self._within(element, around)):
            lines: list[str] = []
            for line in [*paragraph.lines, ""]:
                if line.strip():
                    lines.append(line)
                elif lines:
                    self.out.append(Paragraph(lines))
                    lines = []

    def _table(self, element: Element, around: _Around) -> None:
        for caption in element.iterchildren("caption"):
            self.out += self._within(caption, around)

        def content(cell: Element) -> list[FlowElement]:
            return self._within(cell, _around(str(cell.tag), cell.get("style", ""), around))

        self.out.append(read_table(element, content))


def _deeper(around: _Around) -> _Around:
    return _Around(around.look, around.kept, around.lists + 1, around.inside, around.level)


def _around(tag: str, style: str, outer: _Around) -> _Around:
    """What encloses the children of an element."""
    bold, struck, under = outer.look.bold, outer.look.struck, outer.look.underlined
    if tag in ("b", "strong", "th"):
        bold = True
    elif tag == "u":
        under = True
    elif tag in ("s", "del", "strike"):
        struck = True
    if style:
        if weight := _WEIGHT.search(style):
            bold = weight[1].lower() not in ("normal", "lighter") and not weight[1].startswith(tuple("12345"))
        struck = struck or _STRUCK.search(style) is not None
        under = under or _UNDER.search(style) is not None
    inside = outer.inside or tag in ("main", "article")
    level = outer.level + _STEPS.get(tag, 1)
    if tag == "a":
        under = False
    return _Around(Look(bold, struck, underlined=under), outer.kept or tag == "pre", outer.lists, inside, level)


def _visible(element: Element) -> Iterator[str]:
    """The text of an element without that of scripts and styles."""
    for part in element.iter():
        if part.text and part.text.strip() and part.tag not in _SILENT:
            yield part.text
        if part is not element and part.tail and part.tail.strip():
            yield part.tail


def _grouped(element: Element) -> Iterator[Element]:
    """The terms and descriptions of a list, those in a `div` too."""
    for child in element:
        if child.tag == "div":
            yield from _grouped(child)
        elif isinstance(child.tag, str) and child.tag not in _SILENT:
            yield child


def _pair(term: list[FlowElement], described: list[FlowElement]) -> Paragraph | None:
    """A term and its description as one paragraph, if the term is short and the description has no inner structure."""
    if len(term) != 1 or not isinstance(term[0], Paragraph):
        return None
    words = " ".join(term[0].lines).split()
    plain = [element for element in described if isinstance(element, Paragraph) and element.role is Role.BODY]
    if len(plain) != len(described) or not 0 < len(words) <= _TERM:
        return None
    lines = [line for paragraph in plain for line in paragraph.lines if line.strip()]
    return Paragraph([" ".join(words), *lines], Role.PAIR)


def _alone(term: Iterable[FlowElement]) -> list[FlowElement]:
    """A term that stands on a line of its own."""
    found = list(term)
    for paragraph in paragraphs(found):
        paragraph.strong = True
    return found


def _numerals(form: str) -> Numerals:
    try:
        return Numerals(form)
    except ValueError:
        return Numerals.DECIMAL
