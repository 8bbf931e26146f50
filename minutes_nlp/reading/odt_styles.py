"""The styles of an OpenDocument text: what paragraphs and letters inherit, and how the levels of lists are numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from minutes_nlp.reading.archive import Element
from minutes_nlp.reading.look import Look
from minutes_nlp.reading.numerals import Numerals

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE: Final = "{" + _NAMESPACE + "office:1.0}"
TEXT: Final = "{" + _NAMESPACE + "text:1.0}"
TABLE: Final = "{" + _NAMESPACE + "table:1.0}"
DRAW: Final = "{" + _NAMESPACE + "drawing:1.0}"
STYLE: Final = "{" + _NAMESPACE + "style:1.0}"
FO: Final = "{" + _NAMESPACE + "xsl-fo-compatible:1.0}"
BULLET = "-"
LEVELS = 10
_DEEPEST = 20  # styles that are based on one another
_POINTS = re.compile(r"([\d.]+)pt$")
_LENGTH = re.compile(r"(\d{1,4}(?:\.\d{1,8})?)(pt|pc|in|cm|mm)$")
_UNITS = {"pt": 20.0, "pc": 240.0, "in": 1440.0, "cm": 1440 / 2.54, "mm": 144 / 2.54}  # twips
_BOXES = "☐☑☒✓✔"
_HEADING = re.compile(r"heading_20_(\d{1,2})$")


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list is numbered.

    Attributes:
        form: of its numbers; `None` for a bullet or nothing.
        bullet: what is printed instead of a number.
        before, after: what is printed around the number.
        shown: how many levels are printed, itself included.
        start: the first number.
        indent: of its paragraphs in twips; 0 if that is not said.
    """

    form: Numerals | None = None
    bullet: str = ""
    before: str = ""
    after: str = ""
    shown: int = 1
    start: int = 1
    indent: int = 0


@dataclass(slots=True)
class Counts:
    """The numbers that the levels of one list have reached; `list_id` tells it from the others of the document."""

    list_id: str = ""
    reached: list[int | None] = field(default_factory=lambda: [None] * LEVELS)

    def next(self, levels: list[Level], depth: int, start: int | None = None) -> str:
        """What is printed before the next item at a depth from 0; `start` sets its number."""
        last = self.reached[depth]
        if start is not None:
            self.reached[depth] = start
        else:
            self.reached[depth] = levels[depth].start if last is None else last + 1
        for lower in range(depth + 1, LEVELS):
            self.reached[lower] = None
        own = levels[depth]
        if own.form is None:
            return own.bullet
        numbers = []
        for index in range(max(0, depth - own.shown + 1), depth + 1):
            count, form = self.reached[index], levels[index].form
            if form is not None:
                numbers.append(form.write(levels[index].start if count is None else count))
        return (own.before + ".".join(numbers) + own.after).strip()


class Styles:
    """The styles of a document; those of `content.xml` go before those of `styles.xml`."""

    def __init__(self, *roots: Element | None) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._lists: dict[str, list[Level]] = {}
        self.outline = [Level() for _ in range(LEVELS)]
        self._known: dict[tuple[str, str], Look] = {}
        for root in roots:
            for group in [] if root is None else root:
                if group.tag in (OFFICE + "styles", OFFICE + "automatic-styles"):
                    self._collect(group)

    def _collect(self, group: Element) -> None:
        for element in group:
            if element.tag == STYLE + "style":
                key = (element.get(STYLE + "family", ""), element.get(STYLE + "name", ""))
                self._styles.setdefault(key, element)
            elif element.tag == STYLE + "default-style":
                self._styles.setdefault((element.get(STYLE + "family", ""), ""), element)
            elif element.tag == TEXT + "list-style":
                self._lists.setdefault(element.get(STYLE + "name", ""), _levels(element))
            elif element.tag == TEXT + "outline-style":
                self.outline = _levels(element)

    def look(self, family: str, name: str) -> Look:
        """The look of a style of a family (`paragraph`, `text`) with all that it inherits."""
        key = (family, name)
        if key not in self._known:
            look = Look()
            for element in reversed(self._chain(family, name)):
                look = look.under(_look(element.find(STYLE + "text-properties")))
            self._known[key] = look
        return self._known[key]

    def names(self, name: str) -> frozenset[str]:
        """The names of a paragraph style and of those it is based on, lower case."""
        return frozenset(element.get(STYLE + "name", "").casefold() for element in self._chain("paragraph", name))

    def outline_level(self, name: str) -> int:
        """The level of headings, from 1, that a paragraph style is made for; 0 for one of other paragraphs.

        LibreOffice leaves the level out of headings that come from RTF, but names the style as always.
        """
        for element in self._chain("paragraph", name):
            level = element.get(STYLE + "default-outline-level")
            if level is not None or element.get(STYLE + "class") == "index":
                return _integer(level, 0)
            if found := _HEADING.match(element.get(STYLE + "name", "").casefold()):
                return int(found[1])
        return 0

    def indent(self, name: str) -> int:
        """How far the paragraphs of a style stand to the right, in twips."""
        for element in self._chain("paragraph", name):
            properties = element.find(STYLE + "paragraph-properties")
            if properties is not None and (margin := properties.get(FO + "margin-left")) is not None:
                return _twips(margin)
        return 0

    def levels(self, name: str) -> list[Level]:
        """How the levels of a list style are numbered; bullets for one that is unknown."""
        return self._lists.get(name) or [Level(bullet=BULLET)] * LEVELS

    def _chain(self, family: str, name: str) -> list[Element]:
        """A style and those it is based on, the defaults of its family last."""
        chain: list[Element] = []
        while name and len(chain) < _DEEPEST and (element := self._styles.get((family, name))) is not None:
            chain.append(element)
            name = element.get(STYLE + "parent-style-name", "")
        default = self._styles.get((family, "")) if family == "paragraph" else None
        return chain if default is None else [*chain, default]


def _levels(element: Element) -> list[Level]:
    levels = [Level() for _ in range(LEVELS)]
    for child in element:
        number = _integer(child.get(TEXT + "level"), 0) - 1
        if not 0 <= number < LEVELS:
            continue
        if child.tag in (TEXT + "list-level-style-number", TEXT + "outline-level-style"):
            levels[number] = _numbered(child)
        else:
            sign = child.get(TEXT + "bullet-char", BULLET)
            levels[number] = Level(bullet=sign if sign in _BOXES else BULLET, indent=_level_indent(child))
    return levels


def _level_indent(element: Element) -> int:
    """How far the paragraphs of a level of a list stand to the right, in twips."""
    properties = element.find(STYLE + "list-level-properties")
    if properties is None:
        return 0
    aligned = properties.find(STYLE + "list-level-label-alignment")
    if aligned is not None:
        return _twips(aligned.get(FO + "margin-left"))
    return _twips(properties.get(TEXT + "space-before")) + _twips(properties.get(TEXT + "min-label-width"))


def _twips(length: str | None) -> int:
    """A length (`0.5in`, `1.27cm`) in twentieths of a point; 0 for what is none."""
    found = _LENGTH.match(length or "")
    return round(float(found[1]) * _UNITS[found[2]]) if found else 0


def _numbered(element: Element) -> Level:
    form = element.get(STYLE + "num-format", "")
    try:
        numerals = Numerals(form) if form else None
    except ValueError:
        numerals = Numerals.DECIMAL
    return Level(
        form=numerals,
        before=element.get(STYLE + "num-prefix", ""),
        after=element.get(STYLE + "num-suffix", ""),
        shown=_integer(element.get(TEXT + "display-levels"), 1),
        start=_integer(element.get(TEXT + "start-value"), 1),
        indent=_level_indent(element),
    )


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else otherwise


def _look(properties: Element | None) -> Look:
    if properties is None:
        return Look()
    weight, line = properties.get(FO + "font-weight"), properties.get(STYLE + "text-line-through-style")
    display, under = properties.get(TEXT + "display"), properties.get(STYLE + "text-underline-style")
    points = _POINTS.match(properties.get(FO + "font-size", ""))
    return Look(
        bold=None if weight is None else weight == "bold" or (weight.isdecimal() and int(weight) >= 600),
        struck=None if line is None else line != "none",
        hidden=None if display is None else display == "none",
        size=round(2 * float(points[1])) if points and points[1].count(".") < 2 and points[1] != "." else None,
        underlined=None if under is None else under != "none",
    )
