"""What every reader owes for every file, whatever is in it: an error that a user can act on, or blocks that hold."""

from __future__ import annotations

import itertools

from minutes_nlp.errors import MinutesError
from minutes_nlp.reading import Block, BlockKind, Limits, SourceDocument
from minutes_nlp.reading.child import wire
from minutes_nlp.reading.readers import Reader
from minutes_nlp.spans import CharSpan

IN_ANY_ORDER = frozenset({"text/plain", "text/markdown", "text/x-rst"})
"""Of these the blocks point into the file itself, so that columns are read in another order than they are printed."""
_DEEPEST = 6  # level of a heading


def read_or_refuse(reader: Reader, content: bytes, name: str, limits: Limits = Limits()) -> SourceDocument | str:
    """The document, which is sound, or the code of the error that it ends with.

    Raises:
        Exception: the reader breaks its contract: by another exception than those that become an error for the user in
            the child process, or by a document that is not sound.
    """
    try:
        document = reader.read(content, name, limits)
    except RecursionError:
        return "reading.nested"  # as `child.serve` says it
    except MinutesError as problem:
        refused = problem
    else:
        check_sound(document, ordered=b"<pre" not in content.lower())
        assert document.size == len(content)
        return document
    assert refused.message
    assert refused.hint
    return refused.code


def check_sound(document: SourceDocument, *, ordered: bool = True) -> None:
    """Assert that the blocks lie in the text, hold all its letters, none twice, and survive the way to the parent.

    Args:
        document: what a reader made.
        ordered: whether the offsets of the blocks must increase; in preformatted text columns are read one by one.
    """
    text = document.text
    assert text.strip()
    taken: list[CharSpan] = []
    end = 0
    for block in document.blocks:
        assert 0 <= block.span.start < block.span.end <= len(text)
        _check_form(block)
        for piece in _pieces(block):
            assert block.span.contains(piece)
        for line in block.lines:
            assert line.start < line.end
            assert "\n" not in line.text(text)
        if ordered and document.media_type not in IN_ANY_ORDER:
            assert end <= block.span.start
            end = block.span.end
        taken += block.lines
    taken.sort()
    assert all(before.end <= after.start for before, after in itertools.pairwise(taken))
    if not text.lstrip().startswith("---"):  # comments in front matter are no text
        covered = {at for block in document.blocks for at in range(block.span.start, block.span.end)}
        assert not [sign for at, sign in enumerate(text) if sign.isalnum() and at not in covered]
    assert wire.document_from_bytes(wire.document_to_bytes(document)) == document


def _pieces(block: Block) -> list[CharSpan]:
    """Every span of a block but its own."""
    cells = [line for cell in block.cells for line in cell.lines]
    return [*block.lines, *cells, *(span for span in (block.key, block.value) if span)]


def _check_form(block: Block) -> None:
    """Assert what `Block` says of level, cells, key and page."""
    if block.kind is BlockKind.HEADING:
        assert 1 <= block.level <= _DEEPEST
    elif block.kind is BlockKind.LIST_ITEM:
        assert block.level >= 1
    else:
        assert block.level >= 0
    assert (block.key is not None) == (block.kind is BlockKind.KEY_VALUE)
    if block.kind is BlockKind.TABLE_ROW:
        assert block.lines == tuple(line for cell in block.cells for line in cell.lines)
        assert block.table >= 1
    else:
        assert not block.cells
    assert block.page is None or block.page >= 1
