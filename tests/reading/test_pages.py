"""Running headers, footers and page numbers are no text of the meeting."""

import pytest
from block_shapes import shapes

from minutes_nlp.reading.blocks import split_blocks

PAGES = (
    "Verslag buurtraad De Vlier\n\nNoor opent de vergadering.\n\n   buurtraad        1/3\n"
    "\fVerslag buurtraad De Vlier\n\nDe pomp wordt hersteld.\n\n   buurtraad        2/3\n"
    "\fVerslag buurtraad De Vlier\n\nEinde om 21 uur.\n\n   buurtraad        3/3\n"
)


def test_running_text_is_set_aside_but_for_the_title() -> None:
    assert shapes(PAGES) == [
        "p Verslag buurtraad De Vlier",
        "p Noor opent de vergadering.",
        "f buurtraad        1/3",
        "f Verslag buurtraad De Vlier",
        "p De pomp wordt hersteld.",
        "f buurtraad        2/3",
        "f Verslag buurtraad De Vlier",
        "p Einde om 21 uur.",
        "f buurtraad        3/3",
    ]


def test_pages_are_counted() -> None:
    assert [block.page for block in split_blocks(PAGES)] == [1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert split_blocks("Zonder bladzijden.\n")[0].page is None


@pytest.mark.parametrize(
    "line",
    [
        "Pagina 2 van 3",
        "blz. 2",
        "- page 2 sur 3 -",
        "Seite 2 von 3",
        "Verslag buurtraad - pagina 2 van 3",
        "Page 2 of 3 | Board",
    ],
)
def test_page_numbers_in_words(line: str) -> None:
    assert shapes(f"Tekst.\n\n{line}\n\nMeer tekst.\n")[1] == f"f {line}"


@pytest.mark.parametrize("line", ["Zie pagina 2 van 3 van de bijlage", "Page 2 was mooi", "Pagina's: 3", "12"])
def test_lines_that_are_text(line: str) -> None:
    assert not [shape for shape in shapes(f"Tekst.\n\n{line}\n\nMeer tekst.\n") if shape.startswith("f")]


def test_numbers_alone_at_the_edge_of_a_page() -> None:
    assert shapes("Een.\n\n   1\n\fTwee.\n\n  - 2 -\n") == ["p Een.", "f 1", "p Twee.", "f - 2 -"]


def test_a_sentence_that_two_pages_share_is_text() -> None:
    outcome = ["is akkoord", "stelt uit", "weigert", "is akkoord", "vraagt uitleg", "zwijgt"]
    text = "\f".join(f"Punt {n} van de agenda.\n\nDe raad {word}.\n" for n, word in enumerate(outcome))
    assert sum(shape == "p De raad is akkoord." for shape in shapes(text)) == 2


def test_a_paragraph_goes_on_over_the_page() -> None:
    text = (
        "De penningmeester legt de rekening voor van het hele jaar, die klopt met\n\n"
        "   pagina 1 van 2\n\f\n"
        "de kas. Daarna volgt een korte bespreking over de nieuwe verwarming van\n"
        "de zaal.\n"
    )
    assert shapes(text)[0].startswith("p De penningmeester legt")
    assert shapes(text)[0].endswith("/ de zaal.")
    assert shapes(text)[1] == "f pagina 1 van 2"


def test_a_new_sentence_after_the_page_does_not_join() -> None:
    text = "De penningmeester legt de rekening voor van het hele jaar, die klopt.\n\n  1\n\fde kas is leeg.\n"
    assert shapes(text)[-1] == "p de kas is leeg."
