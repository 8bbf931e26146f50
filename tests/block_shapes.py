"""Blocks written as short lines, so that a test shows a whole text and all that becomes of it."""

from textwrap import dedent

from minutes_nlp.reading import Block, BlockKind
from minutes_nlp.reading.blocks import split_blocks

_SIGNS = {
    BlockKind.HEADING: "#",
    BlockKind.PARAGRAPH: "p",
    BlockKind.LIST_ITEM: "-",
    BlockKind.TABLE_ROW: "t",
    BlockKind.KEY_VALUE: "k",
    BlockKind.RULE: "r",
    BlockKind.CODE: "c",
    BlockKind.FURNITURE: "f",
}


def shapes(text: str) -> list[str]:
    """A line for each block: its kind (`#2` with a level, `-1` with a depth), its marker, and its content.

    The lines of a block are parted by ` / `, the cells of a row by ` | `, a key and its value by ` = `.
    """
    return [_shape(text, block) for block in split_blocks(text)]


def page(text: str) -> str:
    """A text without the indentation of the test and the first line end."""
    return dedent(text).removeprefix("\n")


def _shape(text: str, block: Block) -> str:
    level = str(block.level) if block.kind in (BlockKind.HEADING, BlockKind.LIST_ITEM) else ""
    head = " ".join(part for part in (_SIGNS[block.kind] + level, block.marker) if part)
    if block.cells:
        cells = (" / ".join(line.text(text) for line in cell.lines) for cell in block.cells)
        return f"{head}{'*' if block.header else ''} " + " | ".join(cells).rstrip()
    if block.key is not None:
        return f"{head} {block.key.text(text)} = {block.value.text(text) if block.value else ''}".rstrip()
    return f"{head} {' / '.join(line.text(text) for line in block.lines)}".rstrip()
