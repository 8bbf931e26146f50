"""The text of a document as a web page: its blocks as they are, with notes at their exact places."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape as _quoted  # several times as quick as the one of Markup, and there are thousands
from itertools import pairwise

from markupsafe import Markup

_MARKER = re.compile(r"[#>*_|+~\-\s•·◦▪–—]*(?P<marker>[\w.()\[\]]{0,12})[*_\s]*")
_BORDER = re.compile(r"\s*\|\s*|\t+\s*|[ \xa0]{2,}")
_RULE = re.compile(r"^\s*\|?[\s:|+=-]*-{2,}[\s:|+=-]*$", re.MULTILINE)
_SIGNS = {"text/markdown": re.compile(r"\*\*|__|\\(?=[^\w\s])"), "text/x-rst": re.compile(r"\*\*|``")}
_NEVER = re.compile(r"(?!)")
_WORD = re.compile(r"\w")
_KEY_VALUE = Markup(' class="key-value"')
_MARKED = Markup(' class="marked"')
_HEAD_CELL, _CELL = Markup('<th scope="col">{}</th>'), Markup("<td>{}</td>")


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
        passages: its blocks, in any order. Where blocks share lines (two languages side by side), the lines are shown
            as they are printed.
        notes: each is marked from its `start` to its `end`, whatever others it overlaps.
        media_type: signs of Markdown and reStructuredText are left out.
    """
    page = _Page(text, notes, _SIGNS.get(media_type, _NEVER))
    run: list[Passage] = []
    for block in _blocks(text, passages):
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


def _lines_before(text: str, start: int, end: int) -> str:
    """The text between two blocks, without the beginning of the line on which the second one stands."""
    return text[start : max(start, text.rfind("\n", start, end) + 1)]


class _Page:
    """Grows block by block; offsets only go up."""

    def __init__(self, text: str, notes: Sequence[Note], signs: re.Pattern[str]) -> None:
        self.parts: list[Markup] = []
        self._text = text
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
        else:
            for block in blocks:
                self._block(block)
                self._place = block.end
        self._place = blocks[-1].end

    def lines(self, end: int) -> None:
        """The lines up to `end` that belong to no block; lines without words are left out."""
        for line in re.finditer(r"[^\n]+", self._text[self._place : end]):
            if _WORD.search(line[0]):
                self._add("p", self._place + line.start(), self._place + line.end())
        self._place = max(self._place, end)

    def _block(self, block: Passage) -> None:
        item = self._item_of(block)
        if block.kind == "woven":
            self._add("pre", block.start, block.end, ' class="woven" tabindex="0"')
        elif block.kind == "heading" or item:
            level = min(6, 1 + (item.level if item else max(1, block.level)))
            self._add(f"h{level}", block.start, block.end, self._about(block), self._marker(block))
        elif block.kind in ("code", "preformatted"):
            self._add("pre", block.start, block.end, self._about(block) + Markup(' tabindex="0"'))
        else:
            kind = _KEY_VALUE if block.kind == "key-value" else Markup("")
            self._add("p", block.start, block.end, self._about(block) + kind, self._marker(block))

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
                self.parts.append(Markup("<ul>"))
            else:
                self.parts.append(Markup("</li>") + Markup("</ul></li>") * (depth - level))
            depth = level
            marker = self._marker(block)
            self.parts.append(Markup("<li{}{}>").format(self._about(block), _MARKED if marker else ""))
            self.parts.append(marker + self.marked(block.start, block.end))
            self._place = block.end
        self.parts.append(Markup("</li></ul>") * depth)

    def _table(self, blocks: Sequence[Passage]) -> None:
        blocks = [self._with_its_line(block) for block in blocks]
        rows = [self._cells(block) for block in blocks]
        if len({len(row) for row in rows}) > 1 or len(rows[0]) < 2 or any("\n" in self._quote(row) for row in rows):
            self._add("pre", blocks[0].start, blocks[-1].end, ' class="woven" tabindex="0"')
            return
        header = len(rows) > 1 and _RULE.search(self._text[blocks[0].end : blocks[1].start])
        self.parts.append(Markup('<div class="wide" tabindex="0"><table>'))
        for number, (block, row) in enumerate(zip(blocks, rows, strict=True)):
            cell = _HEAD_CELL if header and number == 0 else _CELL
            cells = Markup("").join(cell.format(self.marked(start, end)) for start, end in row)
            self.parts.append(Markup("<tr{}>{}</tr>").format(self._about(block), cells))
        self.parts.append(Markup("</table></div>"))

    def _with_its_line(self, block: Passage) -> Passage:
        """The row with what stands before it on its line, if there are words."""
        start = max(self._place, self._text.rfind("\n", 0, block.start) + 1)
        return replace(block, start=start) if _WORD.search(self._text, start, block.start) else block

    def _cells(self, block: Passage) -> list[tuple[int, int]]:
        """The spans of the cells of a row."""
        cells, place = [], block.start
        for border in _BORDER.finditer(self._text, block.start, block.end):
            cells.append((place, border.start()))
            place = border.end()
        return [*cells, (place, block.end)]

    def _quote(self, row: Sequence[tuple[int, int]]) -> str:
        return self._text[row[0][0] : row[-1][1]]

    def _about(self, block: Passage) -> Markup:
        language = f' lang="{_quoted(block.language)}"' if block.language else ""
        return Markup(f' id="at-{block.start}"{language}')  # noqa: S704 - a number, and escaped

    def _marker(self, block: Passage) -> Markup:
        """What numbers the block, as printed; nothing for a bullet."""
        line = self._text[max(self._place, self._text.rfind("\n", 0, block.start) + 1) : block.start]
        found = _MARKER.fullmatch(line)
        marker = (found["marker"] if found else line.strip()) or ""
        if not _WORD.search(marker):
            return Markup("")
        start = block.start - len(line) + line.index(marker)
        return Markup('<span class="marker">{}</span> ').format(self.marked(start, start + len(marker)))

    def _add(self, tag: str, start: int, end: int, about: str = "", before: str = "") -> None:
        opening = Markup(f"<{tag}{about}>")  # noqa: S704 - `about` is escaped where it is made
        self.parts.append(opening + before + self.marked(start, end) + Markup(f"</{tag}>"))  # noqa: S704

    def marked(self, start: int, end: int) -> Markup:
        """The text between two offsets, with the notes that touch it."""
        notes = self._between(start, end)
        if not notes:
            return Markup(_quoted(self._clean(start, end)))  # noqa: S704 - escaped
        edges = {start, end, *(note.start for note in notes), *(note.end for note in notes)}
        parts: list[str] = []
        for left, right in pairwise(sorted(edge for edge in edges if start <= edge <= end)):
            within = [note for note in notes if note.start <= left and note.end >= right]
            parts += [self._pin(note) for note in within if note.id not in self._begun]
            words = _quoted(self._clean(left, right))
            parts.append(self._mark(within, words) if within and words else words)
        return Markup("".join(parts))  # noqa: S704 - every part is escaped

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
