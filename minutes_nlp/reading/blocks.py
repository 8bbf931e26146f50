"""From lines to blocks, by form alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from minutes_nlp.reading import marks
from minutes_nlp.reading.document import Block, BlockKind
from minutes_nlp.reading.frontmatter import front_matter
from minutes_nlp.reading.marks import read_line
from minutes_nlp.reading.tables import TableBlocks, grid_table, pipe_table
from minutes_nlp.reading.wrap import WrapStyle
from minutes_nlp.spans import CharSpan, lines

_LITERAL = re.compile(r"::\s*$")
_ENUMERATION = re.compile(r"(?:\d{1,3}|[a-zA-Z])\\?[.)]$")


def split_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text in order; every character that is no white space or markup lies in one of them."""
    splitter = _Splitter(text)
    splitter.run()
    return tuple(splitter.blocks)


@dataclass
class _Splitter:
    text: str
    blocks: list[Block] = field(default_factory=list)
    adornments: list[str] = field(default_factory=list)  # underline signs in order of first use: their level
    tables: int = 0
    page: int | None = None

    def run(self) -> None:
        self.blocks, begin = front_matter(self.text)
        self.lines = [read_line(self.text, span.shift(begin)) for span in lines(self.text[begin:])]
        self.wrap = WrapStyle.of(self.lines)
        self.page = 1 if "\f" in self.text else None
        self.stack: list[tuple[int, int]] = []  # indentation and depth of the open list items
        position = 0
        while position < len(self.lines):
            line = self.lines[position]
            if "\f" in self.text[line.span.start : line.start] and self.page is not None:
                self.page += self.text.count("\f", line.span.start, line.start)
            position += self._take(position)

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
            self._list_item,
        )
        for attempt in tries:
            if used := attempt(position):
                return used
        return self._paragraph(position)

    def _add(self, block: Block) -> None:
        self.blocks.append(block)

    def _fence(self, position: int) -> int:
        opening = marks.FENCE.match(self.lines[position].body)
        if not opening or self._adorned(position):
            return 0
        last = position + 1
        while last < len(self.lines) and not self.lines[last].body.startswith(opening[1]):
            last += 1
        if last >= len(self.lines):
            return 0
        inner = tuple(line.span for line in self.lines[position + 1 : last] if not line.blank)
        span = CharSpan(self.lines[position].start, self.lines[last].span.end)
        self._add(Block(BlockKind.CODE, span, inner, page=self.page))
        return last - position + 1

    def _table(self, position: int) -> int:
        for reader in (grid_table, pipe_table):
            found: TableBlocks | None = reader(self.text, self.lines, position, self.tables + 1)
            if found:
                self.tables += 1
                self.blocks += found.blocks
                return found.used
        return 0

    def _adorned(self, position: int) -> bool:
        """Whether this line is followed by an underline as long as itself, or nearly."""
        if position + 1 >= len(self.lines) or self.lines[position].blank:
            return False
        line, under = self.lines[position], self.lines[position + 1]
        sign = marks.UNDERLINE.match(under.body)
        if not sign or marks.is_rule(line.body) or under.indent > line.indent + 3:
            return False
        width, needed = len(under.body.rstrip()), len(line.body.rstrip())
        return width >= 3 and (width >= 0.5 * needed or under.body[0] == "=") and needed <= 200

    def _underlined(self, position: int) -> int:
        over = 0
        if marks.UNDERLINE.match(self.lines[position].body) and self._adorned(position + 1):
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
        self._heading(span, content, min(level, 6), line.indent)
        return 2 + over

    def _heading(self, span: CharSpan, content: CharSpan, level: int, indent: int) -> None:
        marker = marks.MARKER.match(content.text(self.text))
        sign = ""
        if marker and marker["number"] and marker.end() < content.length:
            sign = marker["number"].replace("\\", "")
            content = CharSpan(content.start + marker.end(), content.end)
        self.stack.clear()
        self._add(Block(BlockKind.HEADING, span, (content,), level, sign, indent, strong=True, page=self.page))

    def _rule(self, position: int) -> int:
        line = self.lines[position]
        if not marks.is_rule(line.body):
            return 0
        self.stack.clear()
        self._add(Block(BlockKind.RULE, CharSpan(line.start, line.span.end).trim(self.text), page=self.page))
        return 1

    def _atx(self, position: int) -> int:
        line = self.lines[position]
        found = marks.ATX.match(line.body)
        if not found or line.indent > 3 or not found["text"].strip("# \t*_"):
            return 0
        if not found["gap"] and len(found["sign"]) == 1 and any(b.lines != () for b in self.blocks):
            return 0  # `#20803` in the text is no heading; `#Title` at the top is one
        content = CharSpan(line.start + found.start("text"), line.start + found.end("text")).trim(self.text)
        self._heading(CharSpan(line.start, line.span.end).trim(self.text), content, len(found["sign"]), line.indent)
        return 1

    def _list_item(self, position: int) -> int:
        line = self.lines[position]
        found = marks.MARKER.match(line.body)
        if not found or found.end() >= len(line.body.rstrip()):
            return 0
        sign = found["marker"]
        if sign == "o" and (line.indent == 0 or not self.stack):
            return 0
        if sign.startswith("*") and line.body.startswith("**"):
            return 0
        if found["number"] and not _plausible_number(sign, line.body[found.end() :]):
            return 0
        while self.stack and self.stack[-1][0] >= line.indent:
            self.stack.pop()
        depth = (self.stack[-1][1] if self.stack else 0) + 1
        self.stack.append((line.indent, depth))
        begin = line.start + found.end()
        content, used = self._continue(position, begin, line.indent + 1)
        marker = (sign + (" " + found["task"] if found["task"] else "")).replace("\\", "")
        self._add(
            Block(
                BlockKind.LIST_ITEM,
                CharSpan(line.start, content[-1].end),
                content,
                depth,
                marker,
                line.indent,
                strong=used == 1 and marks.strong(self.text[begin : line.span.end]),
                page=self.page,
            )
        )
        return used

    def _paragraph(self, position: int) -> int:
        line = self.lines[position]
        if self.stack and line.indent <= self.stack[0][0]:
            self.stack.clear()
        pair = marks.KEY_VALUE.match(line.body)
        content, used = self._continue(position, line.start, line.indent)
        span = CharSpan(line.start, content[-1].end)
        bold = used == 1 and marks.strong(line.body)
        depth = next((d for i, d in reversed(self.stack) if i < line.indent), 0)
        if pair and not bold and not pair["key"].startswith(("http", "ftp")) and len(pair["key"].split()) <= 6:
            key = CharSpan(line.start + pair.start("key"), line.start + pair.end("key"))
            rest = CharSpan(line.start + pair.start("value"), content[0].end).trim(self.text)
            value = CharSpan(rest.start, content[-1].end) if used > 1 or rest.length else None
            self._add(
                Block(BlockKind.KEY_VALUE, span, content, depth, "", line.indent, key=key, value=value, page=self.page)
            )
        else:
            self._add(Block(BlockKind.PARAGRAPH, span, content, depth, "", line.indent, strong=bold, page=self.page))
        return used

    def _continue(self, position: int, begin: int, inner: int) -> tuple[tuple[CharSpan, ...], int]:
        """The content that starts at offset `begin` of this line with the lines that carry it on."""
        content = [CharSpan(begin, self.lines[position].span.end).trim(self.text)]
        following = position + 1
        while following < len(self.lines):
            line = self.lines[following]
            if line.blank or "\f" in self.text[line.span.start : line.start] or self._starts_block(following):
                break
            if not self.wrap.joins(self.text, self.lines[following - 1], line, deeper=line.indent >= inner > 0):
                break
            content.append(CharSpan(line.start, line.span.end).trim(self.text))
            following += 1
        return tuple(content), following - position

    def _starts_block(self, position: int) -> bool:
        """Whether a line begins a block of its own, whatever stands before it."""
        line = self.lines[position]
        if marks.is_rule(line.body) or self._adorned(position) or line.body.startswith(("|", "+-", "+=")):
            return True
        if marks.ATX.match(line.body) and re.match(r"#{1,6}[ \t]", line.body):
            return True
        found = marks.MARKER.match(line.body)
        if found and found.end() < len(line.body.rstrip()):
            return bool(found["bullet"] and found["bullet"] not in ("–", "—", "o")) or bool(
                found["number"] and _plausible_number(found["number"], line.body[found.end() :])
            )
        return bool(marks.FENCE.match(line.body))


def _plausible_number(sign: str, rest: str) -> bool:
    """`1.` and `a)` mark an item; `A.` before a name (`A. Peeters`) and `12:` before minutes don't."""
    if sign.endswith(":"):
        return False
    letters = sign.strip("().\\")
    if letters.isalpha() and sign.endswith(".") and not sign.startswith("("):
        return letters.islower() or len(letters) > 1 or not re.match(r"[A-Z][a-z]+[.,;)]?(?:\s|$)", rest)
    return True
