"""From printed lines to paragraphs: which lines one was broken into, where a list item or a heading stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from minutes_nlp.reading.flow import Element, Paragraph, Role, Table
from minutes_nlp.reading.marks import MARKER, Line, opens_item
from minutes_nlp.reading.nesting import Nesting
from minutes_nlp.reading.pdf_lines import Piece, PrintedLine
from minutes_nlp.resources import languages, section, words_cache
from minutes_nlp.spans import CharSpan

_APART = 1.4  # times the usual distance of lines, from which a paragraph ends
_TWIPS = 20  # in a point
_INDENT = 3.0  # times the size of letters that the first line of a paragraph may be indented
_SPACE = 0.25  # times the size: the width of a space
_LONG = 0.5  # of the width, from which a line that goes on in lower case was broken for lack of room
_NEARLY = 4.0  # times the size of letters by which a line may be shorter than the longest ones, and is nearly as long
_FLUSH = 1.5  # points within which the lines of justified text end
_SOME, _MOST = 5, 0.8  # lines that tell, and the part of them that do, whether text is justified
_FAR = 0.3  # of the width, from which lines that begin further to the right, and not at one place, are set flush right
_LETTER_BULLET = "o"
_AWAY = 0.6  # times the size: a letter that stands so far from the text is a bullet
_COLUMN = 3.0  # points within which pieces start at one place
_EXACT = 1.0  # points within which a word stands at the beginning of a column
_OTHERS = 3  # lines that have a column there
_BETWEEN = 3  # characters between two columns
_LETTER = 0.5  # times the size: the width of a usual letter
_LONGEST = 300  # characters that a column may stand from the left
_BROKEN = re.compile(r"[^\W\d_]-$")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]$")


@dataclass(slots=True)
class Draft:
    """A paragraph in the making.

    Attributes:
        page: it starts on, from 1.
        size, bold, underlined: of its letters.
        above: whether there is space above it.
        lines: the printed lines of each of its lines as broken by hand.
        columns: lines in columns that white space draws, instead of running text.
        drawn: the words of one part of a drawing.
        marker, indent: of a list item, and its left edge in points.
    """

    page: int
    size: float
    bold: bool
    underlined: bool
    above: bool
    lines: list[list[PrintedLine]] = field(default_factory=list)
    columns: bool = False
    drawn: bool = False
    marker: str = ""
    indent: float = 0.0
    level: int = 0

    def paragraph(self) -> Paragraph:
        """The paragraph, its broken lines and words joined."""
        if self.columns:
            return Paragraph(_aligned([line for (line,) in self.lines]), Role.COLUMNS)
        texts = [_joined(line.text for line in printed) for printed in self.lines]
        if self.drawn:
            return Paragraph(texts, Role.FIGURE)
        strong = self.bold or self.underlined
        if not self.marker:
            return Paragraph(texts, strong=strong, size=round(2 * self.size))
        found = MARKER.match(texts[0])
        texts[0] = texts[0][len(self.marker) if found is None else found.end("marker") :].lstrip()
        marker = "•" if _PRIVATE.match(self.marker) else self.marker
        size = round(2 * self.size)
        return Paragraph(texts, Role.ITEM, self.level, marker, strong=strong, size=size)


class Drafting:
    """Takes lines in reading order and makes drafts of them, over the ends of columns and pages.

    Args:
        leading: the usual distance of two lines, in points.
    """

    def __init__(self, leading: float) -> None:
        self.leading = leading
        self.done: list[Draft | tuple[Table, int]] = []
        self._last: PrintedLine | None = None
        self._justified = False
        self._left = self._shift = 0.0
        self._nesting = Nesting()

    def table(self, table: Table, page: int) -> None:
        """A table comes next."""
        self.done.append((table, page))
        self._last = None
        self._nesting.clear()

    def figure(self, lines: Sequence[PrintedLine], page: int) -> None:
        """The words of one part of a drawing come next."""
        first = lines[0]
        self.done.append(Draft(page, first.size, first.bold, first.underlined, True, [list(lines)], drawn=True))
        self._last = None
        self._nesting.clear()

    def region(self, lines: Iterable[PrintedLine], page: int, edge: float, shift: float = 0.0) -> None:
        """Lines of one column come next; none ends beyond `edge`, and they stand `shift` to the right (points)."""
        self._shift = shift
        lines = list(lines)
        self._left = min((line.left for line in lines), default=0.0)
        ends = [line.right for line in lines if line.right > edge - _NEARLY * line.size]
        if len(ends) >= _SOME:
            self._justified = sum(abs(end - edge) <= _FLUSH for end in ends) >= _MOST * len(ends)
        fresh = True
        for line in lines:
            self._line(line, page, edge, fresh=fresh)
            self._last = line
            fresh = False

    def _line(self, line: PrintedLine, page: int, edge: float, *, fresh: bool) -> None:
        draft = self.done[-1] if self.done and isinstance(self.done[-1], Draft) else None
        before = self._last
        close = before is not None and not fresh and 0 < line.base - before.base <= self._reach(line)
        if len(line.pieces) > 1:
            if draft is not None and draft.columns and close:
                draft.lines.append([line])
            else:
                self._start(line, page, above=not close, columns=True)
            return
        if draft is None or before is None:
            self._start(line, page, above=True)
        elif draft.columns:
            if close and _under(draft, line):
                draft.lines.append([line])
            else:
                self._start(line, page, above=not close)
        elif self._is_item(before, line):
            self._start(line, page, above=not close)
        elif _same_look(draft, line) and self._carries_on(draft, before, line, edge, close=close, fresh=fresh):
            draft.lines[-1].append(line)
        elif close and _same_look(draft, line) and not draft.marker and not (self._justified and _low(line)):
            draft.lines.append([line])
        else:
            self._start(line, page, above=not close)

    def _reach(self, line: PrintedLine) -> float:
        return _APART * max(self.leading, 1.1 * line.size)

    def _start(self, line: PrintedLine, page: int, *, above: bool, columns: bool = False) -> None:
        draft = Draft(page, line.size, line.bold, line.underlined, above, [[line]], columns)
        indent = round((line.left - self._shift) * _TWIPS)
        found = None if columns else MARKER.match(line.text)
        if found and self._is_item(None, line):
            draft.marker, draft.indent = found["marker"].strip(), line.left
            draft.level = self._nesting.depth(str(len(self.done)), 0, indent)
        elif not columns:
            self._nesting.leave(indent)
        self.done.append(draft)

    @staticmethod
    def _is_item(before: PrintedLine | None, line: PrintedLine) -> bool:
        above = "." if before is None else before.text
        words = line.words
        if len(words) > 1 and words[0].text == _LETTER_BULLET and line.size:
            return words[1].left - words[0].right > _AWAY * line.size
        return opens_item(_read(above), _read(line.text))

    def _carries_on(
        self, draft: Draft, before: PrintedLine, line: PrintedLine, edge: float, *, close: bool, fresh: bool
    ) -> bool:
        """Whether a line is what a paragraph was broken into for lack of room."""
        shape = _read(before.text)
        low = _low(line)
        first = line.words[0]
        needed = _SPACE * line.size + (first.right - first.left)
        room = edge - self._left
        far = min(before.left, line.left) - self._left > _FAR * room and abs(line.left - before.left) > _FLUSH
        full = before.right + needed > edge and not far
        if _BROKEN.search(before.text) and (close or (fresh and low)):
            return True
        if fresh:
            return low and not shape.complete
        if not close:
            return False
        left = min(printed.left for printed in draft.lines[-1])
        if low and before.right - before.left + needed > room and _set_alike(before, line):
            return True
        if full:
            return bool(draft.marker) or -_INDENT * line.size <= line.left - left <= _INDENT * line.size
        wide = before.right - left > _LONG * (edge - left) and not self._justified
        return low and not shape.complete and (wide or bool(draft.marker))


def _read(text: str) -> Line:
    return Line(CharSpan(0, len(text)), 0, text)


def _low(line: PrintedLine) -> bool:
    """Whether a line begins in lower case."""
    return line.text[:1].islower()


def _set_alike(line: PrintedLine, other: PrintedLine) -> bool:
    """Whether lines are both set flush right, or both centred."""
    middles = abs(line.left + line.right - other.left - other.right) / 2
    return min(abs(line.right - other.right), middles) <= _FLUSH


def _same_look(draft: Draft, line: PrintedLine) -> bool:
    if abs(draft.size - line.size) > 0.08 * draft.size:
        return False
    alike = draft.bold == line.bold and draft.underlined == line.underlined
    return alike or (bool(draft.marker) and not draft.bold and not draft.underlined)


def _under(draft: Draft, line: PrintedLine) -> bool:
    """Whether a line with a single piece stands under a column but the first, or reaches into one."""
    begins = [piece.left for (row,) in draft.lines for piece in row.pieces[1:]]
    if any(abs(line.left - begin) <= _COLUMN for begin in begins):
        return True
    return any(_begins_column(word.left, begins) for word in line.words[1:])


def _begins_column(left: float, begins: Sequence[float]) -> bool:
    """Whether several lines have a column that begins at just this place."""
    return sum(abs(left - begin) <= _EXACT for begin in begins) >= _OTHERS


def _joined(texts: Iterable[str]) -> str:
    """Lines as one, a word that was hyphenated at the end of a line whole again."""
    whole = ""
    for text in texts:
        if not whole:
            whole = text
        elif _BROKEN.search(whole) and text.split(maxsplit=1)[0] in _words_after_hyphen():
            whole += " " + text  # `zee- en land`
        elif _BROKEN.search(whole) and text[:1].islower():
            whole = whole[:-1] + text if _hyphenated(whole, text) else f"{whole}{text}"
        elif _BROKEN.search(whole) and not whole.endswith(" -"):
            whole += text
        else:
            whole += " " + text
    return whole


@words_cache()
def _words_after_hyphen() -> frozenset[str]:
    return frozenset(word for code in languages() for word in section(code, "reading").get("words_after_hyphen", ()))


def _hyphenated(before: str, after: str) -> bool:
    """Whether the hyphen only parts syllables, and is not one of the word (`va-t-il`, `e-mail`)."""
    word = re.split(r"\s", before)[-1][:-1]
    return len(word) > 1 and "-" not in word and re.match(r"\w{2}", after) is not None


def _aligned(lines: Sequence[PrintedLine]) -> list[str]:
    """Lines in columns as plain text prints them: pieces that start at one place start at one column."""
    lines = _parted(lines)
    starts: list[list[Piece]] = []
    for piece in sorted((p for line in lines for p in line.pieces), key=lambda piece: piece.left):
        if starts and piece.left - starts[-1][0].left <= _COLUMN:
            starts[-1].append(piece)
        else:
            starts.append([piece])
    rank = {id(piece): number for number, pieces in enumerate(starts) for piece in pieces}
    width = max(_LETTER * min(line.size for line in lines), 1.0)
    begin = starts[0][0].left
    columns = [min(round((pieces[0].left - begin) / width), _LONGEST) for pieces in starts]
    for number, pieces in enumerate(starts[1:], 1):
        left = pieces[0].left
        ends = (
            columns[before] + len(piece.text)
            for before, others in enumerate(starts[:number])
            for piece in others
            if piece.right < left
        )
        columns[number] = max(columns[number], columns[number - 1] + 1, max(ends, default=0) + _BETWEEN)
    texts = []
    for line in lines:
        text = ""
        for piece in line.pieces:
            text = text.ljust(columns[rank[id(piece)]]) + piece.text
        texts.append(text)
    return texts


def _parted(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines with pieces parted where a word stands at the beginning of a column of other lines."""
    begins = [piece.left for line in lines for piece in line.pieces[1:]]
    parted = []
    for line in lines:
        pieces: list[Piece] = []
        for piece in line.pieces:
            words = [piece.words[0]]
            for word in piece.words[1:]:
                if _begins_column(word.left, begins):
                    pieces.append(Piece(tuple(words)))
                    words = []
                words.append(word)
            pieces.append(Piece(tuple(words)))
        parted.append(PrintedLine(tuple(pieces)))
    return parted


def elements_of(drafts: Sequence[Draft | tuple[Table, int]]) -> list[tuple[Element, int]]:
    """The paragraphs and tables, each with the page it starts on."""
    return [(d.paragraph(), d.page) if isinstance(d, Draft) else d for d in drafts]
