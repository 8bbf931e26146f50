"""The text inside a paragraph of a Word document, as it reads when all changes are accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from minutes_nlp.reading.archive import Element
from minutes_nlp.reading.docx_styles import VAL, Styles, W, look_of
from minutes_nlp.reading.look import Look, Shared

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DROPPED = frozenset(W + name for name in ("del", "moveFrom", "pPr", "rPr", "delText", "instrText", "sdtPr", "rt"))
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_PRINTED = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "\u2011",
    W + "softHyphen": "",
}
_SYMBOLS = {
    "\uf0e0": "→", "\uf0e8": "→", "\uf0f0": "→", "\uf0d8": "➢", "\uf0a7": "▪", "\uf0b7": "•",
    "\uf0fc": "✓", "\uf0fb": "✗", "\uf06f": "☐", "\uf0a8": "☐", "\uf0fe": "☑", "\uf04a": "☺",
}  # fmt: skip
_UNSEEN = str.maketrans("", "", "\u00ad")
_SPACES = str.maketrans("\n\r\f\v", "    ")  # inside a text they are spaces; a break is an element of its own


@dataclass(slots=True)
class Fields:
    """The fields that are open, innermost last, each as its code so far and whether its result has begun."""

    open: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def shown(self) -> bool:
        """Whether what comes now is seen on the page, as the result of all open fields."""
        return all(result for _, result in self.open)

    @property
    def contents(self) -> bool:
        """Whether what comes now belongs to a table of contents."""
        return any(code.split()[:1] == ["TOC"] for code, _ in self.open)

    @property
    def linked(self) -> bool:
        """Whether what comes now is part of a link."""
        return any(code.split()[:1] == ["HYPERLINK"] for code, _ in self.open)

    def mark(self, kind: str | None) -> None:
        """A field begins, turns to its result, or ends."""
        if kind == "begin":
            self.open.append(("", False))
        elif kind == "separate" and self.open:
            self.open[-1] = (self.open[-1][0], True)
        elif kind == "end" and self.open:
            self.open.pop()

    def code(self, text: str) -> None:
        """More of the code of the innermost field."""
        if self.open:
            self.open[-1] = (self.open[-1][0] + text, self.open[-1][1])


@dataclass(slots=True)
class Notes:
    """The notes referred to so far, in order: of each its kind and identifier, and its number."""

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def sign(self, kind: str, identifier: str) -> str:
        """What stands in the text for a note."""
        return f"[{self.numbers.setdefault((kind, identifier), len(self.numbers) + 1)}]"


@dataclass(slots=True)
class Pages:
    """The pages as Word last laid the document out: that of what comes now, from 1.

    Word marks where a page began in the text, wherever a break by hand or none at all led to it. Programs that don't
    lay out leave no marks.
    """

    number: int = 1


class Inline:
    """Collects the text of one paragraph.

    Args:
        styles: of the document.
        look: that of the paragraph's style.
        fields: those open; they may reach over several paragraphs.
        notes: grows by the notes referred to.
        pages: counts on at the marks of pages.
        box: called with the element of each text box.
    """

    def __init__(
        self, styles: Styles, look: Look, fields: Fields, notes: Notes, pages: Pages, box: Callable[[Element], None]
    ) -> None:
        self.styles, self.look, self.fields, self.notes, self.box = styles, look, fields, notes, box
        self.pages = pages
        self.page = 0  # of the first letter
        self.parts: list[str] = []
        self.letters = Shared()
        self.linked = False  # whether what comes now is part of a link
        self.sizes: Counter[int] = Counter()
        self.contents = False  # whether some of it belongs to a table of contents

    @property
    def lines(self) -> list[str]:
        """The text, parted at breaks; soft hyphens and what leads nowhere are left out."""
        return "".join(self.parts).translate(_UNSEEN).split("\n")

    def read(self, parent: Element) -> None:
        """Collect the text of an element's children."""
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child)
            elif tag in _DROPPED:
                continue
            elif tag == MC + "AlternateContent":
                self._alternative(child)
            elif tag == M + "t":
                self._put((child.text or "").translate(_SPACES), self.look)
            elif tag == W + "hyperlink":
                outer, self.linked = self.linked, True
                self.read(child)
                self.linked = outer
            else:
                self.read(child)

    def _put(self, text: str, look: Look) -> None:
        if not text or not self.fields.shown or look.hidden:
            return
        self.parts.append(text)
        self.contents = self.contents or self.fields.contents
        if text.strip():
            self.page = self.page or self.pages.number
            self.letters.add(look, link=self.linked or self.fields.linked)
            self.sizes[look.size or 0] += len(text)

    def _run(self, run: Element) -> None:
        look = self.look
        properties = run.find(W + "rPr")
        if properties is not None:
            style = properties.find(W + "rStyle")
            if style is not None:
                look = look.under(self.styles.letters(style.get(VAL, "")))
            look = look.under(look_of(properties))
        for child in run:
            if child.tag == W + "lastRenderedPageBreak":
                self.pages.number += 1
            else:
                self._piece(child, look)

    def _piece(self, child: Element, look: Look) -> None:
        """Collect one thing in a run."""
        tag = child.tag
        if tag == W + "t":
            self._put((child.text or "").translate(_SPACES), look)
        elif tag in _PRINTED:
            self._put(_PRINTED[tag], look)
        elif tag == W + "sym":
            self._put(_symbol(child.get(W + "char", "")), look)
        elif tag == W + "fldChar":
            self.fields.mark(child.get(W + "fldCharType"))
        elif tag == W + "instrText":
            self.fields.code(child.text or "")
        elif tag in _NOTES:
            self._put(self.notes.sign(_NOTES[tag], child.get(W + "id", "")), look)
        elif tag == MC + "AlternateContent":
            self._alternative(child)
        elif tag == W + "ruby":
            self.read(child)
        elif tag in (W + "drawing", W + "pict", W + "object"):
            self._boxes(child)

    def _alternative(self, element: Element) -> None:
        """The version for newer programs, which older ones show in another way."""
        choice = element.find(MC + "Choice")
        chosen = element.find(MC + "Fallback") if choice is None else choice
        if chosen is not None:
            for child in chosen:
                if child.tag == W + "r":
                    self._run(child)
                else:
                    self._piece(child, self.look)

    def _boxes(self, drawing: Element) -> None:
        """The text boxes of a drawing; one inside another is read with that."""
        for child in drawing:
            if child.tag == W + "txbxContent":
                self.box(child)
            elif child.tag == MC + "AlternateContent":
                self._alternative(child)
            else:
                self._boxes(child)


def _symbol(code: str) -> str:
    """The character of a symbol font; the commonest as what they look like."""
    try:
        sign = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    if "\ud800" <= sign <= "\udfff":
        return ""
    return _SYMBOLS.get(sign, sign)
