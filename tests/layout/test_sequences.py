"""Numbers that count up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_nlp.layout.sequences import best_chain, regularity


@pytest.mark.parametrize(
    ("ordinals", "chain"),
    [
        ([], []),
        ([7], [0]),
        ([1, 2, 3], [0, 1, 2]),
        ([0, 1, 2], [0, 1, 2]),
        ([1, 2, 20, 3], [0, 1, 3]),  # 20 is no item but an amount
        ([1, 2, 3, 1, 2, 4, 5], [0, 1, 2, 5, 6]),  # a list inside the third item
        ([1, 3, 4], [0, 1, 2]),  # a number was left out
        ([1, 1, 1, 1], [0, 1, 2, 3]),  # numbered anew at each item
    ],
)
def test_the_numbers_that_count_up_best_are_kept(ordinals, chain):
    assert best_chain(ordinals) == chain


@given(st.lists(st.integers(min_value=0, max_value=30), max_size=60))
def test_a_chain_is_an_ordered_selection_that_never_counts_down(ordinals):
    chain = best_chain(ordinals)
    assert chain == sorted(set(chain))
    assert bool(chain) == bool(ordinals)
    kept = [ordinals[position] for position in chain]
    assert kept == sorted(kept) or kept == ordinals


@given(st.integers(min_value=2, max_value=200))
def test_a_gapless_count_is_kept_whole(count):
    assert best_chain(range(1, count + 1)) == list(range(count))
    assert regularity(range(1, count + 1)) == 1.0


def test_regularity_falls_with_each_gap():
    assert regularity([1, 2, 4, 5, 7]) == 0.5
    assert regularity([3]) == 0.0
    assert 0 < regularity([1, 1, 1]) < 1
