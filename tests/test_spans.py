"""Spans, and the way from a cleaned text back to its source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_nlp.spans import CharSpan, OffsetMap, cover, lines


def test_relations_of_spans() -> None:
    assert CharSpan(2, 5).contains(CharSpan(2, 5))
    assert not CharSpan(2, 5).contains(CharSpan(4, 6))
    assert CharSpan(2, 5).overlaps(CharSpan(4, 6))
    assert not CharSpan(2, 5).overlaps(CharSpan(5, 6))
    assert CharSpan(2, 5).shift(-2) == CharSpan(0, 3)
    assert CharSpan(2, 5).length == 3


@pytest.mark.parametrize(
    ("text", "characters", "expected"),
    [
        (" ab ", None, (1, 3)),
        ("   ", None, (3, 3)),
        ("'a'", "'", (1, 2)),
        ("", None, (0, 0)),
        ("\u00a0a\u2003", None, (1, 2)),
    ],
)
def test_trim(text: str, characters: str | None, expected: tuple[int, int]) -> None:
    assert CharSpan(0, len(text)).trim(text, characters) == expected


def test_cover() -> None:
    assert cover([CharSpan(5, 7), CharSpan(1, 2)]) == CharSpan(1, 7)
    with pytest.raises(ValueError, match="no span"):
        cover([])


def test_lines_end_without_their_line_end() -> None:
    assert [span.text("a\n\nbc") for span in lines("a\n\nbc")] == ["a", "", "bc"]
    assert [span.text("a\n") for span in lines("a\n")] == ["a"]
    assert list(lines("")) == []


@given(st.text("ab\n"))
def test_lines_and_line_ends_make_the_text(text: str) -> None:
    spans = list(lines(text))
    assert "\n".join(span.text(text) for span in spans) == text.removesuffix("\n")


def built(*pieces: tuple[str, int, int]) -> OffsetMap:
    """A map of cleaned pieces, each with the source it stands for."""
    offsets = OffsetMap()
    for clean, start, end in pieces:
        offsets.add(clean, CharSpan(start, end))
    return offsets


def test_a_kept_piece_is_found_to_the_character_and_a_replaced_one_whole() -> None:
    offsets = built(("abc", 10, 13), (" ", 13, 16), ("de", 16, 18))
    assert offsets.to_source(CharSpan(1, 2)) == CharSpan(11, 12)
    assert offsets.to_source(CharSpan(2, 5)) == CharSpan(12, 17)
    assert offsets.to_source(CharSpan(3, 4)) == CharSpan(13, 16)
    assert offsets.to_source(CharSpan(4, 4)) == CharSpan(16, 16)
    assert offsets.to_source(CharSpan(6, 6)) == CharSpan(18, 18)


def test_pieces_out_of_order_are_covered_together() -> None:
    columns = built(("ab", 0, 2), (" ", 2, 2), ("ef", 20, 22), (" | ", 8, 8), ("cd", 8, 10))
    assert columns.to_source(CharSpan(0, len(columns))) == CharSpan(0, 22)
    assert columns.to_source(CharSpan(3, 10)) == CharSpan(8, 22)
    assert columns.from_source(CharSpan(8, 21), CharSpan(0, 10)) == CharSpan(3, 10)


def test_offsets_outside_the_text_are_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        built(("abc", 0, 3)).to_source(CharSpan(2, 4))


def test_an_empty_map() -> None:
    assert OffsetMap().to_source(CharSpan(0, 0)) == CharSpan(0, 0)
    assert OffsetMap().from_source(CharSpan(0, 5), CharSpan(0, 0)) is None
    assert len(OffsetMap()) == 0


def test_the_last_character_can_be_dropped() -> None:
    offsets = built(("werk-", 0, 5))
    offsets.drop_last()
    offsets.add("groep", CharSpan(6, 11))
    assert offsets.to_source(CharSpan(0, 9)) == CharSpan(0, 11)
    assert offsets.to_source(CharSpan(3, 4)) == CharSpan(3, 4)
    single = built(("-", 4, 5))
    single.drop_last()
    assert len(single) == 0
    with pytest.raises(ValueError, match="no last character"):
        built(("  ", 0, 1)).drop_last()


CUTS = st.lists(st.integers(0, 60), max_size=12).map(sorted)


@given(st.text(min_size=60, max_size=60), CUTS)
def test_every_kept_character_maps_to_itself(source: str, cuts: list[int]) -> None:
    pieces = [CharSpan(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    clean, offsets = OffsetMap.keep(source, pieces)
    for at, sign in enumerate(clean):
        assert offsets.to_source(CharSpan(at, at + 1)).text(source) == sign


@given(st.text(min_size=60, max_size=60), CUTS, st.integers(0, 60), st.integers(0, 60))
def test_there_and_back_again(source: str, cuts: list[int], one: int, other: int) -> None:
    pieces = [CharSpan(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    clean, offsets = OffsetMap.keep(source, pieces)
    span = CharSpan(min(one, other, len(clean)), min(max(one, other), len(clean)))
    if span.length:
        assert offsets.from_source(offsets.to_source(span), CharSpan(0, len(clean))) == span
