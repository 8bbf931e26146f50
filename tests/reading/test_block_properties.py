"""What holds for every text: nothing is lost, nothing moves, nothing takes long."""

import itertools
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes_nlp.reading import Block, BlockKind
from minutes_nlp.reading.blocks import split_blocks
from minutes_nlp.reading.columns import find_columns
from minutes_nlp.reading.marks import read_line
from minutes_nlp.spans import CharSpan, lines

PARTS = st.sampled_from(
    [
        *("\n", "\n", "\n", "\n\n", " ", "  ", "   ", "      ", "\t", "\f", "\u00a0"),
        *("# ", "#", "- ", "* ", "– ", "> ", "1. ", "a) ", "2.1 ", "[^1]: ", "[x] ", "o "),
        *("|", " | ", "+---+---+", "|---|---|", "---", "--- ----", "=====  ====", "=====", "-----", "~~~", "```", "::"),
        *("Datum:", ":Datum:", "**vet**", "Noor Baert", "x", "7", "pagina 2 van 3", "aanwezig", "afwezig"),
        *("de het een van", "la le les des", "werk-", "woord", "Einde.", "é", "\u200b", "\u2028", "𝕏"),
    ]
)
TEXTS = st.one_of(st.lists(PARTS, max_size=40).map("".join), st.text(max_size=80))


def pieces_of(block: Block) -> list[CharSpan]:
    """Every span of a block but its own."""
    cells = [line for cell in block.cells for line in cell.lines]
    return [*block.lines, *cells, *(span for span in (block.key, block.value) if span)]


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_spans_of_a_block_lie_inside_it(text: str) -> None:
    for block in split_blocks(text):
        assert 0 <= block.span.start < block.span.end <= len(text)
        for piece in pieces_of(block):
            assert block.span.contains(piece)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_lines_are_printed_lines_without_space_around(text: str) -> None:
    for block in split_blocks(text):
        for line in block.lines:
            content = line.text(text)
            assert "\n" not in content
            if block.kind is not BlockKind.CODE:
                assert content == content.strip()
                assert content


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_no_letter_or_digit_is_lost(text: str) -> None:
    if text.lstrip().startswith("---"):
        return  # comments in front matter are no text
    blocks = split_blocks(text)
    covered = {i for block in blocks for i in range(block.span.start, block.span.end)}
    assert [i for i, sign in enumerate(text) if sign.isalnum() and i not in covered] == []


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_no_character_is_content_twice(text: str) -> None:
    seen: set[int] = set()
    for block in split_blocks(text):
        for line in block.lines:
            inside = set(range(line.start, line.end))
            assert not inside & seen
            seen |= inside


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_blocks_outside_columns_are_in_order_and_apart(text: str) -> None:
    if _in_columns(text):
        return
    blocks = [block for block in split_blocks(text) if block.kind is not BlockKind.FURNITURE]
    for before, after in itertools.pairwise(blocks):
        assert before.span.start <= after.span.start
        if not (before.cells and after.cells):
            assert before.span.end <= after.span.start


def _in_columns(text: str) -> bool:
    """Whether any line may start columns that are read one after the other, or a table drawn by bars or dashes."""
    printed = [read_line(text, span) for span in lines(text)]
    return "+" in text or any(find_columns(printed, i, frozenset()) for i in range(len(printed)))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_row_holds_its_cells_and_nothing_else(text: str) -> None:
    for block in split_blocks(text):
        if block.kind is BlockKind.TABLE_ROW:
            assert block.lines == tuple(line for cell in block.cells for line in cell.lines)
            assert block.table >= 1
        else:
            assert not block.cells


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_splitting_is_deterministic(text: str) -> None:
    assert split_blocks(text) == split_blocks(text)


MANY = 200_000  # of what stands on one line; texts of many lines are shorter, to keep the tests quick
ADVERSARIAL: dict[str, Callable[[], str]] = {
    "bars on one line": lambda: "|" * MANY,
    "bars on lines": lambda: "|\n" * 50_000,
    "nested bullets": lambda: "".join(" " * (n % 60) + "- a\n" for n in range(8_000)),
    "ever deeper bullets": lambda: "".join(" " * n + "- a\n" for n in range(1_400)),
    "empty grid": lambda: "+--+\n" * 50_000,
    "bars without a table": lambda: "a|b\n" * 10_000,
    "quotes": lambda: ">" * MANY,
    "hashes after rules": lambda: "----\n" * 10_000 + "#a\n" * 10_000,
    "hashes and spaces": lambda: "#" + " " * MANY + "# " * MANY,
    "open fences": lambda: "".join("`" * n + "\n" for n in range(1_400, 3, -1)),
    "columns of dashes": lambda: "a b\n-- --\n\n" * 8_000,
    "narrow columns": lambda: "a   b   c\n" * 8_000,
    "columns that slide": lambda: "".join(" " * (n % 300) + "a   b\n" for n in range(2_000)),
    "one word and spaces": lambda: "a" + " " * MANY + "b",
    "form feeds": lambda: "x\n\f" * 15_000,
    "page numbers": lambda: "".join(f"Titel\npagina {n}\n" for n in range(6_000)),
    "colons": lambda: "a" + ":" * MANY,
    "signs": lambda: "-=*_~" * 50_000,
    "a long word": lambda: "a" * MANY,
    "deep front matter": lambda: "---\n" + "[" * 15_000 + "\n---\n",
    "alias of itself": lambda: "---\na: &x [*x]\n---\n" + "b\n" * 1_000,
}


@pytest.mark.timeout(30)
@pytest.mark.parametrize("make", ADVERSARIAL.values(), ids=ADVERSARIAL.keys())
def test_a_text_made_to_be_slow_is_not(make: Callable[[], str]) -> None:
    text = make()
    start = time.process_time()
    split_blocks(text)
    assert time.process_time() - start < 3
