"""The paragraph and character styles of a Word document: what a paragraph inherits from them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from minutes_nlp.reading.archive import Element
from minutes_nlp.reading.look import Look

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
BODY_LEVEL = 9  # the outline level of text
_DEEPEST = 20  # styles that are based on one another
_HEADING = re.compile(r"heading ([1-9])$")
_CONTENTS = re.compile(r"toc (?:[1-9]|heading)$|table of (?:figures|authorities)$|index [1-9]$")


@dataclass(frozen=True, slots=True)
class Indent:
    """How far a paragraph stands from the left margin, in twips, and its first line from there; `None`: unsaid."""

    left: int | None = None
    first: int | None = None

    def under(self, own: Indent) -> Indent:
        """This indentation with what `own` says laid over it."""
        return Indent(
            self.left if own.left is None else own.left,
            self.first if own.first is None else own.first,
        )

    @property
    def begin(self) -> int:
        """Where the first line begins, with the number of a list item."""
        return (self.left or 0) + (self.first or 0)


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it inherits.

    Attributes:
        name: as Word calls it in every language, lower case (`heading 1`).
        outline: 0 for the highest heading, `None` if it says nothing.
        number: the list that it is numbered in and the level there; either may be unsaid.
        indent: of its paragraphs.
        look: of its letters.
    """

    name: str = ""
    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    indent: Indent = field(default_factory=Indent)
    look: Look = field(default_factory=Look)

    @property
    def heading(self) -> int:
        """The level of the heading that it stands for, from 1; 0 if it is none."""
        if found := _HEADING.match(self.name):
            return int(found[1])
        return self.outline + 1 if self.outline is not None and self.outline < BODY_LEVEL else 0

    @property
    def contents(self) -> bool:
        """Whether it is that of a table of contents."""
        return _CONTENTS.match(self.name) is not None


class Styles:
    """The styles of a document by their identifiers; unknown ones say nothing."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._known: dict[str, Style] = {}
        self.default_paragraph = ""
        self._base = Style()
        if root is None:
            return
        for element in root.iterchildren(W + "style"):
            identifier = element.get(W + "styleId", "")
            self._elements[identifier] = element
            if element.get(W + "type") == "paragraph" and is_on(element.get(W + "default", "0")):
                self.default_paragraph = identifier
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._base = Style(look=look_of(defaults))

    def paragraph(self, identifier: str | None) -> Style:
        """The style of a paragraph that names `identifier`, or none."""
        if identifier not in self._elements:
            identifier = self.default_paragraph
        return self._style(identifier, 0)

    def heads_table(self, identifier: str | None) -> bool:
        """Whether a table style sets the first row apart."""
        for _ in range(_DEEPEST):
            element = self._elements.get(identifier or "")
            if element is None:
                return False
            if any(part.get(W + "type") == "firstRow" for part in element.iterchildren(W + "tblStylePr")):
                return True
            identifier = value(element, "basedOn")
        return False

    def letters(self, identifier: str) -> Look:
        """The look that a character style gives; it doesn't start from the defaults of the document."""
        element = self._elements.get(identifier)
        return Look() if element is None else self._own_look(element, 0)

    def _own_look(self, element: Element, depth: int) -> Look:
        above = self._elements.get(value(element, "basedOn") or "")
        own = look_of(element.find(W + "rPr"))
        return own if above is None or depth > _DEEPEST else self._own_look(above, depth + 1).under(own)

    def _style(self, identifier: str, depth: int) -> Style:
        if identifier in self._known:
            return self._known[identifier]
        element = self._elements.get(identifier)
        if element is None or depth > _DEEPEST:
            return self._base
        above = self._style(value(element, "basedOn") or "", depth + 1)
        style = replace(
            above,
            name=(value(element, "name") or "").casefold(),
            look=above.look.under(look_of(element.find(W + "rPr"))),
        )
        properties = element.find(W + "pPr")
        if properties is not None:
            style = _laid_over(style, properties)
        self._known[identifier] = style
        return style


def _laid_over(style: Style, properties: Element) -> Style:
    """A style with what its own paragraph properties say."""
    outline = integer(value(properties, "outlineLvl"))
    style = replace(
        style,
        outline=style.outline if outline is None else outline,
        indent=style.indent.under(indent_of(properties)),
    )
    numbering = properties.find(W + "numPr")
    if numbering is None:
        return style
    list_id, level = value(numbering, "numId"), integer(value(numbering, "ilvl"))
    return replace(
        style,
        list_id=style.list_id if list_id is None else list_id,
        list_level=style.list_level if level is None else level,
    )


def value(element: Element, name: str) -> str | None:
    """The `w:val` of the child called `name`; `None` without it."""
    child = element.find(W + name)
    return None if child is None else child.get(VAL)


def integer(text: str | None) -> int | None:
    """A number as the file gives it; `None` if it is none."""
    try:
        return None if text is None else int(float(text))
    except (ValueError, OverflowError):
        return None


def is_on(text: str | None) -> bool:
    """Whether the value of a switch is on; a switch without value is."""
    return text not in ("0", "false", "off", "none")


def indent_of(properties: Element | None) -> Indent:
    """The indentation that paragraph properties give."""
    indentation = None if properties is None else properties.find(W + "ind")
    if indentation is None:
        return Indent()
    hanging = integer(indentation.get(W + "hanging"))
    return Indent(
        integer(indentation.get(W + "left", indentation.get(W + "start"))),
        integer(indentation.get(W + "firstLine")) if hanging is None else -hanging,
    )


def look_of(properties: Element | None) -> Look:
    """The look that run properties give."""
    if properties is None:
        return Look()
    bold = struck = hidden = size = underlined = None
    for child in properties:
        if child.tag == W + "b":
            bold = is_on(child.get(VAL))
        elif child.tag in (W + "strike", W + "dstrike"):
            struck = bool(struck) or is_on(child.get(VAL))
        elif child.tag == W + "vanish":
            hidden = is_on(child.get(VAL))
        elif child.tag == W + "sz":
            size = integer(child.get(VAL))
        elif child.tag == W + "u":
            underlined = is_on(child.get(VAL))
    return Look(bold, struck, hidden, size, underlined)
