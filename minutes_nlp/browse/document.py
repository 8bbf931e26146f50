"""The text of a document as a web page: its blocks as they are, with notes at their exact places."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape as _quoted  # several times as quick as the one of Markup, and there are thousands
from itertools import groupby, pairwise

from markupsafe import Markup

from minutes_nlp.browse.grid import Piece, Row, lay_out

_MARKER = re.compile(r"[#>*_|+~\-\s•·◦▪–—]*(?P<marker>[\w.()\[\]]{0,12})[*_\s]*")
_BORDERS = tuple(re.compile(border) for border in (r"[^\S\n]*\|[^\S\n]*", r"\t+[^\S\n]*", r"[ \xa0]{2,}"))
_KEY = re.compile(r"(?P<key>[^:\n|\t]{1,60}?(?:[ \xa0]?:[*_]*|(?=[ \xa0]*[|\t]|[ \xa0]{2,})))[|\s]*")
_RULE = re.compile(r"^\s*\|?[\s:|+=-]*-{2,}[\s:|+=-]*$", re.MULTILINE)
_SIGNS = {"text/markdown": re.compile(r"\*\*|__|\\(?=[^\w\s])"), "text/x-rst": re.compile(r"\*\*|``")}
_OF_KEYS = ("table-row", "key-value")
_LONGEST_KEY = 4  # words
_NEVER = re.compile(r"(?!)")
_WORD = re.compile(r"\w")
_SCROLLED = ' class="woven" tabindex="0"'


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the text: half-open offsets, kind and level as the reader found them, language or `None`."""

    start: int
    end: int
    kind: str
    level: int
    language: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was found in the text.

    Attributes:
        id: unique in the page; the anchor of its place (`action-1f…`).
        kind: `action`, `decision`, `item`, `present` … : the class of its looks.
        start, end: half-open offsets into the text.
        title: what a reader is told of it.
        level: of an agenda item, from 1; else 0.
        pinned: whether the keyboard can reach it.
    """

    id: str
    kind: str
    start: int
    end: int
    title: str
    level: int = 0
    pinned: bool = True


def render(text: str, passages: Sequence[Passage], notes: Sequence[Note], media_type: str = "") -> Markup:
    """The whole text as markup; every character of it that is not part of the notation is escaped and shown.

    Args:
        text: of the document.
        passages: its blocks, in any order. Where blocks share lines (two languages side by side), the lines become a
            table, column by column.
        notes: each is marked from its `start` to its `end`, whatever others it overlaps.
        media_type: signs of Markdown and reStructuredText are left out.
    """
    page = _Page(text, passages, notes, _SIGNS.get(media_type, _NEVER))
    run: list[Passage] = []
    for block in _woven_on(text, _blocks(text, passages)):
        if run and (block.kind != run[-1].kind or _WORD.search(_lines_before(text, run[-1].end, block.start))):
            page.run(run)
            run = []
        run.append(block)
    page.run(run)
    page.lines(len(text))
    return Markup("".join(page.parts))  # noqa: S704 - every part is markup


def _blocks(text: str, passages: Sequence[Passage]) -> Iterator[Passage]:
    """The passages in the order of the text; those that share a printed line become one of kind `woven`."""
    pending: Passage | None = None
    behind = 0
    for passage in sorted(passages, key=lambda one: (one.start, one.end)):
        if passage.end <= passage.start:
            continue
        if pending is None:
            pending = passage
        elif passage.start < pending.end or "\n" not in text[pending.end : passage.start]:
            first = max(behind, text.rfind("\n", 0, pending.start) + 1)
            pending = Passage(min(first, pending.start), max(pending.end, passage.end), "woven", 0, None)
        else:
            yield pending
            behind, pending = pending.end, passage
    if pending is not None:
        yield pending


def _woven_on(text: str, blocks: Iterable[Passage]) -> Iterator[Passage]:
    """The blocks; a row of which only one column has anything belongs to the woven lines just before it."""
    before: Passage | None = None
    for block in blocks:
        follows = before is not None and text[before.end : block.start].count("\n") == 1
        if before is not None and before.kind == "woven" and block.kind in _OF_KEYS and follows:
            before = replace(block, kind="woven")
        else:
            before = block
        yield before


def _lines_before(text: str, start: int, end: int) -> str:
    """The text between two blocks, without the beginning of the line on which the second one stands."""
    return text[start : max(start, text.rfind("\n", start, end) + 1)]


class _Page:
    """Grows block by block; offsets only go up.

    Every text that a method returns or adds to `parts` is markup, made of plain strings: what comes from outside goes
    through `_quoted`. (The operators of `Markup` are slow, and a long document has thousands of parts.)
    """

    def __init__(self, text: str, passages: Sequence[Passage], notes: Sequence[Note], signs: re.Pattern[str]) -> None:
        self.parts: list[str] = []
        self._text = text
        self._passages = sorted(passages, key=lambda passage: passage.start)
        self._signs = signs
        self._notes = sorted(notes, key=lambda note: (note.start, -note.end))
        self._starts = [note.start for note in self._notes]
        self._longest = max((note.end - note.start for note in notes), default=0)
        self._items = {note.start: note for note in self._notes if note.kind == "item"}
        self._begun: set[str] = set()
        self._place = 0  # up to where the text has been shown

    def run(self, blocks: Sequence[Passage]) -> None:
        """Consecutive blocks of one kind, and what stands before the first of them."""
        if not blocks:
            return
        self.lines(self._text.rfind("\n", self._place, blocks[0].start) + 1)
        if blocks[0].kind == "list-item":
            self._list(blocks)
        elif blocks[0].kind == "table-row":
            self._table(blocks)
        elif blocks[0].kind == "woven":
            self._woven(blocks[0].start, self._end_of_line(blocks[-1].end))
        elif blocks[0].kind == "key-value" and not any(map(self._item_of, blocks)):
            for is_fact, group in groupby(blocks, lambda block: self._key(block.start, block.end) is not None):
                (self._pairs if is_fact else self._each)(list(group))
        else:
            self._each(blocks)
        self._place = max(self._place, blocks[-1].end)

    def _each(self, blocks: Sequence[Passage]) -> None:
        for block in blocks:
            self._block(block)
            self._place = block.end

    def lines(self, end: int) -> None:
        """The lines up to `end` that belong to no block; lines without words are left out."""
        for line in re.finditer(r"[^\n]+", self._text[self._place : end]):
            if _WORD.search(line[0]):
                self._add("p", self._place + line.start(), self._place + line.end())
        self._place = max(self._place, end)

    def _block(self, block: Passage) -> None:
        item = self._item_of(block)
        if block.kind == "heading" or item:
            level = min(6, 1 + (item.level if item else max(1, block.level)))
            self._add(f"h{level}", block.start, block.end, self._about(block), self._marker(block))
        elif block.kind in ("code", "preformatted"):
            self._add("pre", block.start, block.end, self._about(block) + ' tabindex="0"')
        else:
            self._add("p", block.start, block.end, self._about(block), self._marker(block))

    def _item_of(self, block: Passage) -> Note | None:
        """The agenda item whose title the block is (a marker may stand before it)."""
        first = bisect_left(self._starts, self._text.rfind("\n", 0, block.start) + 1)
        for note in self._notes[first:]:
            if note.start >= block.end:
                break
            if note.kind == "item" and note.end >= block.end - 2 and note.start <= block.start + 2:
                return note
        return None

    def _list(self, blocks: Sequence[Passage]) -> None:
        depth = 0
        for block in blocks:
            level = min(max(1, block.level), depth + 1)
            if level > depth:
                self.parts.append("<ul>")
            else:
                self.parts.append("</li>" + "</ul></li>" * (depth - level))
            depth = level
            marker = self._marker(block)
            looks = ' class="marked"' if marker else ""
            self.parts += (f"<li{self._about(block)}{looks}>", marker, self.marked(block.start, block.end))
            self._place = block.end
        self.parts.append("</li></ul>" * depth)

    def _table(self, blocks: Sequence[Passage]) -> None:
        blocks = [self._with_its_line(block) for block in blocks]
        border = self._border(blocks)
        rows = [self._cells(block, border) for block in blocks]
        width = max(map(len, rows))
        if width < 2:
            for block in blocks:
                self._add("p", block.start, block.end, self._about(block))
            return
        header = len(rows) > 1 and _RULE.search(self._text[blocks[0].end : blocks[1].start])
        self.parts.append('<div class="wide" tabindex="0"><table>')
        for number, (block, row) in enumerate(zip(blocks, rows, strict=True)):
            tag = "th" if header and number == 0 else "td"
            scope = ' scope="col"' if tag == "th" else ""
            wide = f' colspan="{width - len(row) + 1}"' if len(row) < width else ""
            last = len(row) - 1
            cells = "".join(
                f"<{tag}{scope}{wide if place == last else ''}>{self.marked(start, end)}</{tag}>"
                for place, (start, end) in enumerate(row)
            )
            self.parts.append(f"<tr{self._about(block)}>{cells}</tr>")
        self.parts.append("</table></div>")

    def _border(self, blocks: Sequence[Passage]) -> re.Pattern[str]:
        """What stands between the cells of these rows."""
        quotes = [self._text[block.start : block.end] for block in blocks]
        return next(
            (one for one in _BORDERS if sum(bool(one.search(quote)) for quote in quotes) * 2 >= len(quotes)),
            _BORDERS[-1],
        )

    def _woven(self, start: int, end: int) -> None:
        """Lines that are printed side by side, as a table; as they are printed, if they have no columns."""
        self._place = end
        rows = lay_out(self._text, start, end, lambda piece: self._beginning(piece) is not None, self._goes_on_after)
        if rows is None:
            self._add("pre", start, end, _SCROLLED)
            return
        self.parts.append('<div class="wide" tabindex="0"><table class="woven">')
        for row in rows:
            self.parts.append("<tr>")
            for number, pieces in enumerate(row):
                tag = 'th scope="row"' if self._is_key(row, number) else "td"
                self.parts.append(f"<{tag}>{self._cell(pieces)}</{tag[:2]}>")
            self.parts.append("</tr>")
        self.parts.append("</table></div>")

    def _end_of_line(self, place: int) -> int:
        found = self._text.find("\n", place)
        return len(self._text) if found < 0 else found

    def _cell(self, pieces: Sequence[Piece]) -> str:
        """What one column has: lines that go on are joined, what begins a passage is a paragraph of its own."""
        parts = []
        for number, piece in enumerate(pieces):
            passage = self._beginning(piece)
            if number == 0 or passage is not None:
                language = f' lang="{_quoted(passage.language)}"' if passage and passage.language else ""
                parts.append(f'{"</p>" if number else ""}<p id="at-{piece.start}"{language}>')
            else:
                parts.append(" ")
            parts.append(self.marked(piece.start, piece.end))
        return "".join(parts) + ("</p>" if pieces else "")

    def _beginning(self, piece: Piece) -> Passage | None:
        """The passage that begins in a piece of a line."""
        first = bisect_left(self._passages, piece.start, key=lambda passage: passage.start)
        found = self._passages[first : first + 1]
        return found[0] if found and found[0].start < piece.end else None

    def _goes_on_after(self, piece: Piece) -> bool:
        """Whether a passage of a table or a list of facts begins in a piece of a line and goes on after it."""
        passage = self._beginning(piece)
        return passage is not None and passage.kind in _OF_KEYS and passage.end > piece.end

    def _is_key(self, row: Row, number: int) -> bool:
        """Whether a cell says what the one after it is: the two are one passage of a table or a list of facts."""
        following = row[number + 1] if number + 1 < len(row) else []
        passage = self._beginning(row[number][0]) if row[number] and following else None
        return passage is not None and passage.kind in _OF_KEYS and passage.end > following[0].start

    def _pairs(self, blocks: Sequence[Passage]) -> None:
        """Facts, each with its key in front; a sentence with a colon in it is none."""
        self.parts.append('<dl class="pairs">')
        for block in blocks:
            marker = self._marker(block)
            lines = list(re.finditer(r"[^\n]+", self._text[block.start : block.end]))
            starts = [
                block.start + line.start()
                for line in lines
                if not line.start() or self._key(block.start + line.start(), block.end)
            ]
            for start, end in zip(starts, [*starts[1:], block.end], strict=True):
                key = self._key(start, end)
                label, middle = (key.end("key"), key.end()) if key else (start, start)
                about = self._about(replace(block, start=start))
                self.parts.append(
                    f"<div{about}><dt>{marker}{self.marked(start, label)}</dt><dd>{self.marked(middle, end)}</dd></div>"
                )
                marker = ""
            self._place = block.end
        self.parts.append("</dl>")

    def _key(self, start: int, end: int) -> re.Match[str] | None:
        """The key at the beginning of a line, if there is one and it is short enough to be a key."""
        found = _KEY.match(self._text, start, end)
        return found if found and len(found["key"].split()) <= _LONGEST_KEY else None

    def _with_its_line(self, block: Passage) -> Passage:
        """The row with what stands before it on its line, if there are words."""
        start = max(self._place, self._text.rfind("\n", 0, block.start) + 1)
        return replace(block, start=start) if _WORD.search(self._text, start, block.start) else block

    def _cells(self, block: Passage, border: re.Pattern[str]) -> list[tuple[int, int]]:
        """The spans of the cells of a row."""
        cells, place = [], block.start
        for found in border.finditer(self._text, block.start, block.end):
            cells.append((place, found.start()))
            place = found.end()
        return [*cells, (place, block.end)]

    def _about(self, block: Passage) -> str:
        language = f' lang="{_quoted(block.language)}"' if block.language else ""
        return f' id="at-{block.start}"{language}'

    def _marker(self, block: Passage) -> str:
        """What numbers the block, as printed; nothing for a bullet."""
        line = self._text[max(self._place, self._text.rfind("\n", 0, block.start) + 1) : block.start]
        found = _MARKER.fullmatch(line)
        marker = (found["marker"] if found else line.strip()) or ""
        if not _WORD.search(marker):
            return ""
        start = block.start - len(line) + line.index(marker)
        return f'<span class="marker">{self.marked(start, start + len(marker))}</span> '

    def _add(self, tag: str, start: int, end: int, about: str = "", before: str = "") -> None:
        self.parts.append(f"<{tag}{about}>{before}{self.marked(start, end)}</{tag}>")

    def marked(self, start: int, end: int) -> str:
        """The text between two offsets, with the notes that touch it."""
        notes = self._between(start, end)
        if not notes:
            return _quoted(self._clean(start, end))
        edges = {start, end, *(note.start for note in notes), *(note.end for note in notes)}
        parts: list[str] = []
        for left, right in pairwise(sorted(edge for edge in edges if start <= edge <= end)):
            within = [note for note in notes if note.start <= left and note.end >= right]
            parts += [self._pin(note) for note in within if note.id not in self._begun]
            words = _quoted(self._clean(left, right))
            parts.append(self._mark(within, words) if within and words else words)
        return "".join(parts)

    def _between(self, start: int, end: int) -> list[Note]:
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        return [note for note in self._notes[first:last] if note.end > start]

    def _pin(self, note: Note) -> str:
        """Where the note begins, the place that its address leads to."""
        self._begun.add(note.id)
        identifier, title = _quoted(note.id), _quoted(note.title)
        if not note.pinned:
            return f'<span id="{identifier}"></span>'
        return (
            f'<a class="pin pin-{_quoted(note.kind)}" id="{identifier}" href="#note-{identifier}" title="{title}"'
            f' data-notes="{identifier}"><span class="unseen">{title}</span></a>'
        )

    def _mark(self, notes: Sequence[Note], words: str) -> str:
        kinds = " ".join(dict.fromkeys(f"is-{note.kind}" for note in notes))
        ids = " ".join(note.id for note in notes)
        titles = "\n".join(note.title for note in notes)
        return f'<mark class="{_quoted(kinds)}" data-notes="{_quoted(ids)}" title="{_quoted(titles)}">{words}</mark>'

    def _clean(self, start: int, end: int) -> str:
        return self._signs.sub("", self._text[start:end])
