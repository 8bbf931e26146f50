"""Numbers as automatic numbering prints them."""

import pytest

from minutes_nlp.reading.numerals import Numerals


@pytest.mark.parametrize(
    ("numerals", "number", "printed"),
    [
        (Numerals.DECIMAL, 12, "12"),
        (Numerals.PADDED, 7, "07"),
        (Numerals.PADDED, 12, "12"),
        (Numerals.LOWER, 26, "z"),
        (Numerals.LOWER, 28, "bb"),
        (Numerals.UPPER, 3, "C"),
        (Numerals.LOWER_ROMAN, 4, "iv"),
        (Numerals.UPPER_ROMAN, 1949, "MCMXLIX"),
        (Numerals.UPPER_ROMAN, 0, "0"),
        (Numerals.LOWER, -1, "-1"),
        (Numerals.LOWER_ROMAN, 4_000, "4000"),
    ],
)
def test_a_number_in_each_form(numerals: Numerals, number: int, printed: str) -> None:
    assert numerals.write(number) == printed


@pytest.mark.parametrize(("number", "printed"), [(26, "z"), (27, "aa"), (28, "ab"), (703, "aaa")])
def test_letters_of_browsers_go_on_like_columns_of_a_sheet(number: int, printed: str) -> None:
    assert Numerals.LOWER.write(number, repeat=False) == printed
