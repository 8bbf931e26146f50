"""Only what is written in the text is kept, and it is found where it stands."""

import pytest

from minutes_nlp.extraction.own.grounding import Unused, nearest, occurrences
from minutes_nlp.spans import CharSpan


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("An belt <Jef Claes> op.", "Jef Claes", 1),
        ("An belt <Jef\nClaes> op.", "Jef Claes", 1),
        ("An belt <Jef Claes> op.", "  Jef \t\n Claes ", 1),
        ("<An> belt Annie, en <An> is thuis.", "An", 2),
        ("<(a|b)*> is geen patroon", "(a|b)*", 1),
        ("tegen <3 mei>!", "3 mei", 1),
        ("An belt Jef Claes op.", "jef claes", 0),
        ("An belt Jef Claes op.", "Jef  Claessens", 0),
        ("Annie belt.", "An", 0),
        ("tegen 13 mei", "3 mei", 0),
        ("An belt.", " \n ", 0),
        ("An belt.", "", 0),
        ("", "An", 0),
    ],
)
def test_a_quote_is_found_letter_by_letter_but_for_white_space(text: str, quote: str, found: int) -> None:
    plain = text.replace("<", "").replace(">", "")
    expected, at = [], 0
    for number, piece in enumerate(text.replace("<", ">").split(">")):
        if number % 2:
            expected.append(CharSpan(at, at + len(piece)))
        at += len(piece)
    assert len(expected) == found
    assert list(occurrences(plain, quote, CharSpan(0, len(plain)))) == expected


def test_a_quote_outside_of_the_part_that_was_sent_is_not_found() -> None:
    assert list(occurrences("An belt. An mailt.", "An", CharSpan(5, 18))) == [CharSpan(9, 11)]
    assert list(occurrences("An belt. An mailt.", "An mailt", CharSpan(0, 12))) == []


def test_the_nearest_place_counts() -> None:
    text = "Jan leest. Piet zwijgt. Jan schrijft."
    whole = CharSpan(0, len(text))
    assert nearest(text, "Jan", whole, CharSpan(28, 36)) == CharSpan(24, 27)
    assert nearest(text, "Jan", whole, CharSpan(4, 9)) == CharSpan(0, 3)
    assert nearest(text, "Joris", whole, CharSpan(4, 9)) is None


def test_the_same_quote_again_is_the_next_place() -> None:
    unused = Unused("Akkoord. Akkoord.", CharSpan(0, 17))
    assert [unused.find("Akkoord.") for _ in range(3)] == [CharSpan(0, 8), CharSpan(9, 17), None]
