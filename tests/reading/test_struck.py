"""Which blocks count as struck out."""

import pytest

from minutes_nlp.reading.blocks import split_blocks


@pytest.mark.parametrize(
    ("text", "struck"),
    [
        ("- ~~dak herstellen~~\n", True),
        ("- ~~dak herstellen\n  voor de winter~~\n", True),
        ("- [ ] ~~dak herstellen~~.\n", True),
        ("- <del>dak herstellen</del>\n", True),
        ("~~Dak herstellen~~\n", True),
        ("- ~~dak~~ gevel herstellen\n", False),
        ("- ~~dak~~ en ~~gevel~~\n", False),
        ("- dak herstellen\n", False),
    ],
)
def test_a_block_is_struck_if_all_of_it_is(text: str, struck: bool) -> None:
    assert [block.struck for block in split_blocks(text)] == [struck]


def test_a_row_is_struck_if_its_first_cell_with_content_is() -> None:
    rows = split_blocks("| | Wat | Wie |\n|---|---|---|\n| | ~~dak~~ | An |\n| | gevel | ~~Bram~~ |\n")
    assert [row.struck for row in rows] == [False, True, False]
