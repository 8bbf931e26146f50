"""From lines to blocks, by form alone."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from minutes_nlp.reading import marks
from minutes_nlp.reading.document import Block, BlockKind
from minutes_nlp.reading.frontmatter import front_matter
from minutes_nlp.reading.marks import Line, read_line
from minutes_nlp.reading.pages import furniture, page_breaks
from minutes_nlp.reading.tabular import Columns, Tables
from minutes_nlp.reading.wrap import WrapStyle
from minutes_nlp.spans import CharSpan, lines

_KEY_WORDS = 6
_ACROSS = 12  # blank lines and page furniture between the halves of a paragraph


def split_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text in reading order; every character that is no white space or markup lies in one of them."""
    front, begin = front_matter(text)
    printed = [read_line(text, span.shift(begin)) for span in lines(text[begin:])]
    aside = furniture(text, printed)
    kept = _at_margin([Line(line.span, 0, "") if i in aside else line for i, line in enumerate(printed)])
    breaks = page_breaks(text, printed)
    splitter = _Splitter(text, kept, breaks, aside)
    splitter.run()
    apart = (_furniture(text, printed[i], splitter.page(i)) for i in sorted(aside))
    return tuple(_merged([*front, *splitter.blocks], apart))


def _at_margin(lines: list[Line]) -> list[Line]:
    """The lines without the white space that all of them begin with."""
    margin = min((line.indent for line in lines if not line.blank), default=0)
    return [replace(line, indent=max(0, line.indent - margin)) for line in lines] if margin else lines


def split_run(text: str, run: Sequence[Line], tables: Tables) -> list[Block]:
    """The blocks of lines inside a document whose other blocks are known; `tables` numbers those of the document."""
    splitter = _Splitter(text, list(run), tables=tables, column=WrapStyle(None))
    splitter.run()
    return splitter.blocks


def _furniture(text: str, line: Line, page: int | None) -> Block:
    span = CharSpan(line.start, line.span.end).trim(text)
    return Block(BlockKind.FURNITURE, span, (span,), indent=line.indent, page=page)


def _merged(blocks: Sequence[Block], apart: Iterable[Block]) -> list[Block]:
    """Page furniture put where it stands between the blocks, whose order is kept."""
    merged: list[Block] = []
    waiting = iter(apart)
    following = next(waiting, None)
    for block in blocks:
        while following is not None and following.span.start < block.span.start:
            merged.append(following)
            following = next(waiting, None)
        merged.append(block)
    return [*merged, *([following] if following is not None else []), *waiting]


@dataclass
class _Splitter:
    """Turns lines into blocks, one after the other.

    `breaks` are the lines that begin a page, `aside` those taken out as page furniture.
    """

    text: str
    lines: list[Line]
    breaks: list[int] = field(default_factory=list)
    aside: frozenset[int] = frozenset()
    tables: Tables = field(default_factory=Tables)
    adornments: list[str] = field(default_factory=list)  # underline signs in order of first use: their level
    blocks: list[Block] = field(default_factory=list)
    first_page: int | None = None
    column: WrapStyle | None = None  # of the lines if they are a column of a larger text

    def run(self) -> None:
        self.wrap = self.column or WrapStyle.of(self.lines)
        self.stack: list[tuple[int, int]] = []  # indentation and depth of the open list items
        self.at_top = self.column is None
        self.break_set = frozenset(self.breaks)
        if self.breaks and self.first_page is None:
            self.first_page = 1
        position = 0
        while position < len(self.lines):
            position += self._take(position)

    def page(self, position: int) -> int | None:
        """The page that a line stands on, from 1; `None` without pages."""
        if self.first_page is None:
            return None
        return self.first_page + bisect.bisect_right(self.breaks, position)

    def _take(self, position: int) -> int:
        """Turn what starts at this line into blocks; the number of lines used."""
        line = self.lines[position]
        if line.blank:
            return 1
        tries: tuple[Callable[[int], int], ...] = (
            self._fence,
            self._table,
            self._underlined,
            self._rule,
            self._atx,
            self._columns,
            self._list_item,
            self._literal,
        )
        for attempt in tries:
            if used := attempt(position):
                break
        else:
            used = self._paragraph(position)
        self.at_top = self.at_top and all(block.kind is BlockKind.RULE for block in self.blocks[-1:])
        return used

    def _add(self, block: Block) -> None:
        cell = next((cell for cell in block.cells if cell.lines), None)
        content = cell.text(self.text) if cell else block.text(self.text)
        self.blocks.append(replace(block, struck=marks.struck(content)))

    def _fence(self, position: int) -> int:
        opening = marks.FENCE.match(self.lines[position].body)
        if opening is None or self._adorned(position):
            return 0
        last = position + 1
        while last < len(self.lines) and not self.lines[last].body.startswith(opening[1]):
            last += 1
        if last >= len(self.lines):
            return 0
        inner = tuple(line.span for line in self.lines[position + 1 : last] if not line.blank)
        span = CharSpan(self.lines[position].start, self.lines[last].span.end)
        self._add(Block(BlockKind.CODE, span, inner, page=self.page(position)))
        return last - position + 1

    def _table(self, position: int) -> int:
        return self._tabular(self.tables.drawn(self.text, self.lines, position), position)

    def _columns(self, position: int) -> int:
        return self._tabular(self.tables.aligned(self.text, self.lines, position, self.break_set), position)

    def _tabular(self, found: Columns | None, position: int) -> int:
        """Add the rows of a table, or split each column that is to be read by itself."""
        if found is None:
            return 0
        page = self.page(position)
        for row in found.rows:
            self._add(replace(row, page=page))
        for part in found.parts:
            inner = _Splitter(
                self.text,
                list(part.lines),
                tables=self.tables,
                adornments=self.adornments,
                first_page=page,
                column=WrapStyle(part.width),
            )
            inner.run()
            self.blocks += inner.blocks
        self.stack.clear()
        return found.used

    def _adorned(self, position: int) -> bool:
        """Whether this line is followed by an underline as long as itself, or nearly."""
        if position + 1 >= len(self.lines) or self.lines[position].blank:
            return False
        line, under = self.lines[position], self.lines[position + 1]
        if under.body[:1] not in marks.UNDERLINES:
            return False
        sign = marks.UNDERLINE.match(under.body)
        if not sign or marks.is_rule(line.body) or under.indent > line.indent + 3:
            return False
        width, needed = len(under.body.rstrip()), len(line.body.rstrip())
        return width >= 3 and (width >= 0.5 * needed or under.body[0] == "=") and needed <= 200

    def _underlined(self, position: int) -> int:
        over = 0
        body = self.lines[position].body
        if body[:1] in marks.UNDERLINES and marks.UNDERLINE.match(body) and self._adorned(position + 1):
            over = 1
        elif not self._adorned(position):
            return 0
        line, under = self.lines[position + over], self.lines[position + over + 1]
        style = under.body[0] * (over + 1)
        if style not in self.adornments:
            self.adornments.append(style)
        level = {"=": 1, "-": 2}.get(style) or self.adornments.index(style) + 1
        span = CharSpan(self.lines[position].start, under.span.end).trim(self.text)
        content = CharSpan(line.start, line.span.end).trim(self.text)
        self._heading(position, span, content, min(level, 6))
        return 2 + over

    def _heading(self, position: int, span: CharSpan, content: CharSpan, level: int) -> None:
        marker = marks.MARKER.match(content.text(self.text))
        sign = ""
        if marker and marker["number"] and marker.end() < content.length:
            sign = marker["number"].replace("\\", "")
            content = CharSpan(content.start + marker.end(), content.end).trim(self.text)
        self.stack.clear()
        indent, page = self.lines[position].indent, self.page(position)
        self._add(Block(BlockKind.HEADING, span, (content,), level, sign, indent, strong=True, page=page))

    def _rule(self, position: int) -> int:
        line = self.lines[position]
        if not marks.is_rule(line.body):
            return 0
        self.stack.clear()
        span = CharSpan(line.start, line.span.end).trim(self.text)
        self._add(Block(BlockKind.RULE, span, page=self.page(position)))
        return 1

    def _atx(self, position: int) -> int:
        line = self.lines[position]
        found = marks.atx(line.body)
        if found is None or line.indent > 3:
            return 0
        if not found.gap and found.level == 1 and not self.at_top and not self._stands_apart(position, found.start):
            return 0  # `#20803` in the text is no heading; `#Title` at the top or on a line apart is one
        content = CharSpan(line.start + found.start, line.start + found.end)
        self._heading(position, CharSpan(line.start, line.span.end).trim(self.text), content, found.level)
        return 1

    def _stands_apart(self, position: int, start: int) -> bool:
        """Whether a line whose text begins with a capital has blank lines around it."""
        around = (position - 1, position + 1)
        blank = all(not 0 <= i < len(self.lines) or self.lines[i].blank for i in around)
        return blank and self.lines[position].body[start : start + 1].isupper()

    def _list_item(self, position: int) -> int:
        line = self.lines[position]
        found = marks.MARKER.match(line.body)
        if not found or found.end() >= len(line.body.rstrip()):
            return 0
        sign = found["marker"]
        if sign == "o" and not (line.indent or self._follows_letter_o(position)):
            return 0
        if found["number"] and not marks.plausible_number(sign, line.body[found.end() :]):
            return 0
        while self.stack and self.stack[-1][0] >= line.indent:
            self.stack.pop()
        depth = (self.stack[-1][1] if self.stack else 0) + 1
        self.stack.append((line.indent, depth))
        begin = line.start + found.end()
        content, used = self._continue(position, begin, line.indent + 1)
        marker = (sign + (" " + found["task"] if found["task"] else "")).replace("\\", "")
        strong = used == 1 and marks.strong(self.text[begin : line.span.end])
        span, page = CharSpan(line.start, content[-1].end), self.page(position)
        self._add(Block(BlockKind.LIST_ITEM, span, content, depth, marker, line.indent, strong=strong, page=page))
        return used

    def _follows_letter_o(self, position: int) -> bool:
        """Whether the line above or below begins with an `o` too: hollow bullets that were printed as letters."""
        around = (self.lines[i] for i in (position - 1, position + 1) if 0 <= i < len(self.lines))
        return any(line.body.startswith("o ") for line in around)

    def _literal(self, position: int) -> int:
        """An indented block after a paragraph that ends in `::`."""
        before = self.blocks[-1] if self.blocks else None
        inner = self.lines[position].indent
        if before is None or before.kind is not BlockKind.PARAGRAPH or inner <= before.indent:
            return 0
        if position == 0 or not self.lines[position - 1].blank or not before.lines[-1].text(self.text).endswith("::"):
            return 0
        last = position
        for index in range(position, len(self.lines)):
            if self.lines[index].blank:
                continue
            if self.lines[index].indent < inner:
                break
            last = index
        content = tuple(
            CharSpan(line.start, line.span.end).trim(self.text)
            for line in self.lines[position : last + 1]
            if not line.blank
        )
        span, page = CharSpan(content[0].start, content[-1].end), self.page(position)
        self._add(Block(BlockKind.CODE, span, content, indent=inner, page=page))
        return last - position + 1

    def _paragraph(self, position: int) -> int:
        line = self.lines[position]
        if self.stack and line.indent <= self.stack[0][0]:
            self.stack.clear()
        content, used = self._continue(position, line.start, line.indent)
        span, page = CharSpan(line.start, content[-1].end), self.page(position)
        bold = all(marks.strong(piece.text(self.text)) for piece in content)
        depth = next((d for i, d in reversed(self.stack) if i < line.indent), 0)
        pair = None if bold else _pair(line.body)
        if pair is None:
            self._add(Block(BlockKind.PARAGRAPH, span, content, depth, "", line.indent, strong=bold, page=page))
            return used
        key = CharSpan(line.start + pair.start("key"), line.start + pair.end("key")).trim(self.text)
        rest = CharSpan(line.start + pair.start("value"), content[0].end).trim(self.text)
        value = CharSpan(rest.start, content[-1].end) if used > 1 or rest.length else None
        self._add(Block(BlockKind.KEY_VALUE, span, content, depth, "", line.indent, key=key, value=value, page=page))
        return used

    def _continue(self, position: int, begin: int, inner: int) -> tuple[tuple[CharSpan, ...], int]:
        """The content that starts at offset `begin` of this line with the lines that carry it on."""
        content = [CharSpan(begin, self.lines[position].span.end).trim(self.text)]
        last, following = position, position + 1
        while following < len(self.lines):
            line = self.lines[following]
            if line.blank or following in self.break_set:
                across = self._across_page(last)
                if across is None:
                    break
                following = across
                line = self.lines[following]
            elif self._starts_block(following) or not self.wrap.joins(
                self.text, self.lines[last], line, deeper=line.indent >= inner > 0
            ):
                break
            content.append(CharSpan(line.start, line.span.end).trim(self.text))
            last, following = following, following + 1
        return tuple(content), last - position + 1

    def _across_page(self, last: int) -> int | None:
        """The first line of the next page if it plainly carries on line `last`; else `None`."""
        before = self.lines[last]
        if before.complete or before.indent + len(before.body) < 0.75 * (self.wrap.width or 60):
            return None
        crossed = False
        for index in range(last + 1, min(last + _ACROSS, len(self.lines))):
            crossed = crossed or index in self.break_set or index in self.aside
            line = self.lines[index]
            if not line.blank:
                low = line.body[:1].islower() and abs(line.indent - before.indent) <= 1
                return index if crossed and low and not self._starts_block(index) else None
        return None

    def _starts_block(self, position: int) -> bool:
        """Whether a line begins a block of its own, whatever stands before it."""
        line = self.lines[position]
        if marks.is_rule(line.body) or self._adorned(position) or line.body.startswith(("|", "+-", "+=")):
            return True
        sharp = marks.atx(line.body)
        if (sharp is not None and sharp.gap) or marks.FIELD.match(line.body):
            return True
        if marks.opens_item(self.lines[position - 1], line) or marks.FENCE.match(line.body):
            return True
        return self.tables.starts(self.lines, position, self.break_set)


def _pair(body: str) -> re.Match[str] | None:
    """The key and value of a line (`Datum: 3 mei`, `:Datum: 3 mei`, `Datum<tab>3 mei`), or `None`."""
    found = marks.FIELD.match(body) or marks.KEY_VALUE.match(body) or marks.TABBED.match(body)
    if not found or len(found["key"].split()) > _KEY_WORDS or found["key"].startswith(("http", "ftp")):
        return None
    return found
