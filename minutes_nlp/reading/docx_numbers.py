"""Automatic numbering of a Word document: the number that each paragraph shows on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from minutes_nlp.reading.archive import Element
from minutes_nlp.reading.docx_styles import Indent, W, indent_of, integer, is_on, value
from minutes_nlp.reading.numerals import Numerals

BULLET = "-"
_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_FORMS = {
    "decimal": Numerals.DECIMAL,
    "decimalZero": Numerals.PADDED,
    "lowerLetter": Numerals.LOWER,
    "upperLetter": Numerals.UPPER,
    "lowerRoman": Numerals.LOWER_ROMAN,
    "upperRoman": Numerals.UPPER_ROMAN,
}
_BOXES = {"\uf06f": "☐", "\uf0a8": "☐", "\uf0fe": "☒", "\uf0fc": "✓", "☐": "☐", "☑": "☑", "☒": "☒", "✓": "✓"}


@dataclass(slots=True)
class Level:
    """One level of a list.

    Attributes:
        start: the first number.
        form: how numbers are written; `bullet` and `none` are no numbers.
        text: what is printed, with `%1` for the number of the first level.
        restart: the level (from 1) after which it starts again; `None`: after every higher one; 0: never.
        legal: whether the numbers of all levels are printed as decimals.
        style: the identifier of the paragraph style that stands for it.
        indent: of its paragraphs.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""
    indent: Indent = field(default_factory=Indent)


@dataclass(slots=True)
class _List:
    """A list of the document: `family` is the definition whose numbers it shares with others."""

    family: str
    levels: list[Level]
    starts: dict[int, int] = field(default_factory=dict)  # levels that start again where the list first appears
    begun: set[int] = field(default_factory=set)


class Numbering:
    """The lists of a document. Paragraphs must be asked for in reading order, since each counts."""

    def __init__(self, root: Element | None) -> None:
        self._definitions: dict[str, tuple[Element, Element]] = {}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, list[int | None]] = {}
        if root is None:
            return
        families = {e.get(W + "abstractNumId", ""): e for e in root.iterchildren(W + "abstractNum")}
        linked = {link: e for e in families.values() if (link := value(e, "styleLink"))}
        for element in root.iterchildren(W + "num"):
            definition = families.get(value(element, "abstractNumId") or "")
            if definition is not None:
                definition = linked.get(value(definition, "numStyleLink") or "", definition)
                self._definitions[element.get(W + "numId", "")] = element, definition

    def _list(self, list_id: str) -> _List | None:
        """The list with an identifier; its levels are read when it is first asked for."""
        if list_id not in self._lists:
            defined = self._definitions.get(list_id)
            self._lists[list_id] = _list(*defined) if defined else None
        return self._lists[list_id]

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level of a list that a paragraph style stands for; the first if none does."""
        found = self._list(list_id)
        levels = found.levels if found else []
        return next((number for number, level in enumerate(levels) if level.style == style), 0)

    def level(self, list_id: str, level: int) -> Level | None:
        """The level of a list; `None` if there is no such list."""
        found = self._list(list_id)
        return found.levels[level] if found and 0 <= level < _LEVELS else None

    def next(self, list_id: str, level: int) -> str:
        """What is printed before the next paragraph of a list: its number, a bullet, or nothing.

        A higher level that no paragraph had yet shows its first number.
        """
        found = self._list(list_id)
        if found is None or not 0 <= level < _LEVELS:
            return ""
        counts = self._counts.setdefault(found.family, [None] * _LEVELS)
        count = counts[level]
        if level in found.starts and level not in found.begun:
            found.begun.add(level)
            counts[level] = found.starts[level]
        else:
            counts[level] = found.levels[level].start if count is None else count + 1
        for lower in range(level + 1, _LEVELS):
            restart = found.levels[lower].restart
            if restart is None or (restart and level < restart):
                counts[lower] = None
        return _printed(found.levels, counts, level)


def _list(element: Element, definition: Element) -> _List:
    levels = [Level() for _ in range(_LEVELS)]
    for child in definition.iterchildren(W + "lvl"):
        number = integer(child.get(W + "ilvl")) or 0
        if 0 <= number < _LEVELS:
            levels[number] = _level(child)
    found = _List(definition.get(W + "abstractNumId", ""), levels)
    for change in element.iterchildren(W + "lvlOverride"):
        number = integer(change.get(W + "ilvl")) or 0
        if not 0 <= number < _LEVELS:
            continue
        if (own := change.find(W + "lvl")) is not None:
            levels[number] = _level(own)
        if (start := integer(value(change, "startOverride"))) is not None:
            found.starts[number] = start
    return found


def _level(element: Element) -> Level:
    legal = element.find(W + "isLgl")
    start = integer(value(element, "start"))
    return Level(
        start=0 if start is None else start,
        form=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        restart=integer(value(element, "lvlRestart")),
        legal=legal is not None and is_on(legal.get(W + "val")),
        style=value(element, "pStyle") or "",
        indent=indent_of(element.find(W + "pPr")),
    )


def _printed(levels: list[Level], counts: list[int | None], level: int) -> str:
    own = levels[level]
    if own.form == "bullet":
        return _BOXES.get(own.text, BULLET) if own.text.strip() else ""

    def number(found: re.Match[str]) -> str:
        index = int(found[1]) - 1
        form = levels[index].form
        if form in ("none", "bullet"):
            return ""
        numerals = Numerals.DECIMAL if own.legal else _FORMS.get(form, Numerals.DECIMAL)
        count = counts[index]
        return numerals.write(levels[index].start if count is None else count)

    return _PLACE.sub(number, own.text).strip()
