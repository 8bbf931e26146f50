"""What is printed on a page of a PDF: words with their place and look, the lines that are drawn, the pictures."""

from __future__ import annotations

import ctypes
import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_BOLD = re.compile(r"bold|black|heavy|demi|(?:cm|sf|lm|ec)[a-z]*bx|-bx", re.IGNORECASE)
_SYMBOLS = re.compile(r"wingdings|webdings|dingbats", re.IGNORECASE)  # fonts with bullets and the like for letters
_EMOJI = re.compile(r"emoji", re.IGNORECASE)
_SIGNS = {  # what letters are in Wingdings; word processors make its arrows of `-->`
    "¨": "☐", "o": "☐", "þ": "☑", "ý": "☒", "ü": "✓", "û": "✗", "à": "→", "è": "→", "ß": "←",
}  # fmt: skip
_FORCED_BOLD = 1 << 18  # of the flags of a font
_FILLED_AND_STROKED = (2, 6)
_THIN = 2.5  # points up to which a rectangle is a line
_SHORTEST = 4.0  # points from which a line may rule a table
_MOST_SEGMENTS = 20_000  # of the drawings of a page that are looked at: a map has millions
_MOST_LINKS = 2000  # of a page that are looked at
_DEEPEST = 6  # forms within forms
_FAR = 100_000.0  # points beyond which nothing is on a page; the largest page has 14,400
_GLUED = 0.18  # times the size of the letters: the widest gap within a word
_LIGATURE = 0.9  # times the size: the letters of a ligature all start where it starts
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_HYPHENS = {"\x02": "-", "\xad": "-", "\ufffe": "-"}  # how the parser marks a hyphen at the end of a line
_UNNAMED = "\x01"  # a sign that the font does not name: a bullet where it stands alone
_BULLET = "•"
_NO_LETTER = frozenset("\x00\ufeff\u200b\uffff")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as printed.

    Attributes:
        text: without white space.
        left, right, base: its edges and the line it stands on, in points from the left and from the top.
        size: of its letters in points.
        bold, underlined: whether it is.
        glued: whether nothing was typed between it and the word before, which may be a part of it.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    underlined: bool = False
    glued: bool = False


Box = tuple[float, float, float, float]  # left, top, right and bottom edge in points


@dataclass(frozen=True, slots=True)
class Ruling:
    """A line that is drawn upright or level: from `start` to `end` (points) at `at` of the other axis."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """A page.

    Attributes:
        number: from 1.
        width, height: in points.
        words: in the order of the file.
        aside: words that are not printed level, in the order of the file.
        level, upright: the lines that are drawn.
        links: where something can be clicked on.
        pictured: the part of the page that its largest picture covers, 0 to 1.
    """

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    aside: list[Word] = field(default_factory=list)
    level: list[Ruling] = field(default_factory=list)
    upright: list[Ruling] = field(default_factory=list)
    links: list[Box] = field(default_factory=list)
    pictured: float = 0.0


def read_page(page: pdfium.PdfPage, number: int) -> Page:
    """All that the layout of a page is told by."""
    left, bottom, right, top = page.get_bbox()
    width, height = page.get_size()
    found = Page(number, width, height)
    textpage = page.get_textpage()
    try:
        letters = _Letters(page, textpage.raw, (left, bottom, right, top))
        for word, is_level in letters.words():
            (found.words if is_level else found.aside).append(word)
        _Drawings(page, letters, found).read()
        found.links += _links(page, letters)
    finally:
        textpage.close()
    return found


def _links(page: pdfium.PdfPage, letters: _Letters) -> Iterator[Box]:
    position, link, box = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    for _ in range(_MOST_LINKS):
        if not raw.FPDFLink_Enumerate(page.raw, position, link):
            return
        if raw.FPDFLink_GetAnnotRect(link, box):
            (x0, y0), (x1, y1) = letters.place(box.left, box.bottom), letters.place(box.right, box.top)
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


class _Style(NamedTuple):
    """How letters are printed: size in points, angle in degrees clockwise, and the name of the font."""

    size: float
    bold: bool
    angle: float
    font: str


class _Letters:
    """The letters of a page, put together to words; places are those of the page as it is shown, upright."""

    def __init__(self, page: pdfium.PdfPage, text: raw.FPDF_TEXTPAGE, box: tuple[float, float, float, float]) -> None:
        self.text = text
        self.rotation = page.get_rotation()
        self.box = box
        self._styles: dict[int, _Style] = {}
        self._object = 0  # the piece of text that the last letter is part of

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file as points from the left and from the top of the page as it is shown."""
        left, bottom, right, top = self.box
        return {
            0: (x - left, top - y),
            90: (y - bottom, x - left),
            180: (right - x, y - bottom),
            270: (top - y, right - x),
        }[self.rotation]

    def words(self) -> Iterator[tuple[Word, bool]]:
        """Each word with whether it is printed level."""
        current: Word | None = None
        level = True
        spaced = True
        for letter, its_level in self._letters():
            if letter is None:
                spaced = spaced or its_level or not level
                continue
            goes_on = current is not None and not spaced and its_level == level
            if current is not None and goes_on and (not level or _belongs(current, letter)):
                current = replace(current, text=current.text + letter.text, right=max(current.right, letter.right))
                continue
            if current is not None:
                yield _named(current), level
            current, level = replace(letter, glued=not spaced and its_level == level), its_level
            spaced = False
        if current is not None:
            yield _named(current), level

    def _letters(self) -> Iterator[tuple[Word | None, bool]]:
        """Each letter as a word, and whether it is level; `None` for white space, and whether it was typed."""
        text, box = self.text, raw.FS_RECTF()
        x, y = ctypes.c_double(), ctypes.c_double()
        waiting = 0  # the first half of a letter beyond the basic plane
        last: tuple[str, float, float] = ("", 0.0, 0.0)
        printed = 0
        for index in range(raw.FPDFText_CountChars(text)):
            code = raw.FPDFText_GetUnicode(text, index)
            if 0xD800 <= code < 0xDC00:
                waiting = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((waiting - 0xD800) << 10) + (code - 0xDC00) if waiting else 0xFFFF
                waiting = 0
            sign = chr(code)
            sign = _HYPHENS.get(sign, _LIGATURES.get(sign, sign))
            if sign in _NO_LETTER:
                continue
            if sign < " " and not sign.isspace():
                sign = _UNNAMED
            elif sign.isspace() or not (sign.isprintable() or code >= 0xE000):
                # the place of the next letter tells better than white space that the parser adds, on a level line
                yield None, raw.FPDFText_IsGenerated(text, index) != 1
                continue
            raw.FPDFText_GetLooseCharBox(text, index, box)
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            (x0, _), (x1, _) = self.place(box.left, box.bottom), self.place(box.right, box.top)
            _, base = self.place(x.value, y.value)
            size, bold, angle, font = self._style(index)
            sign = _meant(sign, font)
            if sign == " " or not _near(x.value, y.value, x0, x1, size, angle):
                yield None, True
                continue
            turned = round(angle - self.rotation) % 360
            here = (sign, round(x.value, 1), round(y.value, 1))
            if here == last and self._object != printed:
                continue  # printed twice to look bold
            last, printed = here, self._object
            yield Word(sign, min(x0, x1), max(x0, x1), base, size, bold), turned in (0, 1, 359)

    def _style(self, index: int) -> _Style:
        """How a letter is printed."""
        text_object = raw.FPDFText_GetTextObject(self.text, index)
        self._object = key = ctypes.cast(text_object, ctypes.c_void_p).value or 0
        found = self._styles.get(key)
        if found is None or not key:
            found = self._styles[key] = self._measured(text_object, index)
        return found

    def _measured(self, text_object: raw.FPDF_PAGEOBJECT, index: int) -> _Style:
        matrix, size = raw.FS_MATRIX(), raw.FPDFText_GetFontSize(self.text, index)
        scale, angle = 1.0, 0.0
        if raw.FPDFText_GetMatrix(self.text, index, matrix):
            scale = math.hypot(matrix.c, matrix.d) or 1.0
            angle = math.degrees(math.atan2(-matrix.b, matrix.a))
        bold = raw.FPDFTextObj_GetTextRenderMode(text_object) in _FILLED_AND_STROKED
        name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        raw.FPDFText_GetFontInfo(self.text, index, name, 128, flags)
        font = name.value.decode("latin-1")
        bold = bold or bool(_BOLD.search(font)) or bool(flags.value & _FORCED_BOLD)
        return _Style(abs(size * scale) or 1.0, bold, angle, font)


def _near(*places: float) -> bool:
    """Whether places and sizes are such as a page can have; broken files have endless ones, and some that are none."""
    return all(-_FAR < place < _FAR for place in places)


def _meant(sign: str, font: str) -> str:
    """What a letter is in a font of symbols; a space for a picture without a name, whose number looks like a letter."""
    if _EMOJI.search(font) and sign < "\u0100":
        return " "
    if not _SYMBOLS.search(font):
        return sign
    if "\uf000" <= sign <= "\uf0ff":
        sign = chr(ord(sign) - 0xF000)
    return _SIGNS.get(sign, _UNNAMED) if sign < "\u0100" else sign


def _named(word: Word) -> Word:
    """The word without signs that have no name."""
    if _UNNAMED not in word.text:
        return word
    return replace(word, text=word.text.replace(_UNNAMED, "") or _BULLET)


def _belongs(word: Word, letter: Word) -> bool:
    """Whether a letter goes on with a word: it stands right after it on the same line in the same look."""
    size = max(word.size, letter.size)
    gap = letter.left - word.right
    same = word.bold == letter.bold and abs(word.size - letter.size) < 0.1 * size
    return same and abs(word.base - letter.base) < 0.1 * size and -_LIGATURE * size < gap < _GLUED * size


class _Drawings:
    """The straight lines and the pictures of a page."""

    def __init__(self, page: pdfium.PdfPage, letters: _Letters, found: Page) -> None:
        self.page, self.letters, self.found = page, letters, found
        self.segments = 0

    def read(self) -> None:
        """Add what is drawn to the page."""
        area = self.found.width * self.found.height or 1.0
        for item in self.page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE), max_depth=_DEEPEST):
            if self.segments > _MOST_SEGMENTS:
                return
            self.segments += 1
            if item.type == raw.FPDF_PAGEOBJ_IMAGE:
                matrix = _on_page(item)  # of a square of one point
                covered = abs(matrix.a * matrix.d - matrix.b * matrix.c) / area
                self.found.pictured = max(self.found.pictured, min(covered, 1.0))
            else:
                self._path(item)

    def _path(self, item: pdfium.PdfObject) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item.raw, fill, stroke)
        if not fill.value and not stroke.value:
            return
        for points in self._outlines(item):
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            width, height = max(xs) - min(xs), max(ys) - min(ys)
            if min(width, height) <= _THIN:
                self._line(min(xs), min(ys), max(xs), max(ys))
            elif stroke.value:
                for (x0, y0), (x1, y1) in itertools.pairwise(points):
                    self._line(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _line(self, left: float, top: float, right: float, bottom: float) -> None:
        if not _near(left, top, right, bottom):
            return
        if bottom - top <= _THIN and right - left >= _SHORTEST:
            self.found.level.append(Ruling((top + bottom) / 2, left, right))
        elif right - left <= _THIN and bottom - top >= _SHORTEST:
            self.found.upright.append(Ruling((left + right) / 2, top, bottom))

    def _outlines(self, item: pdfium.PdfObject) -> Iterator[list[tuple[float, float]]]:
        """The corners of each outline of a path, a closed one with its first corner again at its end."""
        matrix = _on_page(item)
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[tuple[float, float]] = []
        for index in range(min(raw.FPDFPath_CountSegments(item.raw), _MOST_SEGMENTS)):
            self.segments += 1
            segment = raw.FPDFPath_GetPathSegment(item.raw, index)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points
                points = []
            points.append(self.letters.place(*matrix.on_point(x.value, y.value)))
            if raw.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if len(points) > 1:
            yield points


def _on_page(item: pdfium.PdfObject) -> pdfium.PdfMatrix:
    """What turns the places of an object into those of its page, through the forms it lies in."""
    matrix = item.get_matrix()
    form = item.container
    while form is not None:
        matrix = matrix.multiply(form.get_matrix())
        form = form.container
    return matrix
