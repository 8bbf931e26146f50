"""Numbers that count up."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

_GAIN = {1: 1.0, 2: 0.5, 0: 0.35, 3: 0.2}  # what a step is worth; other steps break the run
_LATE_START = 0.2  # what a run that doesn't begin at 0 or 1 begins with
_REPEATED = 0.9  # what an item of a list is worth whose items are all numbered `1.`
_MOSTLY = 0.8


def best_chain(ordinals: Sequence[int]) -> list[int]:
    """Positions of the numbers that count up best, in order; numbers out of line (years, amounts) fall away.

    Steps of one are worth most, and a run should begin at 0 or 1. If nearly all numbers are `1`, they are taken as the
    run: converters number a list anew where it was interrupted. Linear in the number of ordinals.

    Example:
        >>> best_chain([1, 2, 20, 3, 1, 4])
        [0, 1, 3, 5]
    """
    if len(ordinals) < 2:
        return list(range(len(ordinals)))
    best: list[float] = []
    before: list[int | None] = []
    tops: dict[int, int] = {}  # for each number the position of the best run that ends with it
    for position, value in enumerate(ordinals):
        score, source = (1.0 if value <= 1 else _LATE_START), None
        for step, gain in _GAIN.items():
            top = tops.get(value - step)
            if top is not None and best[top] + gain > score:
                score, source = best[top] + gain, top
        best.append(score)
        before.append(source)
        if value not in tops or score > best[tops[value]]:
            tops[value] = position
    ones = sum(value == 1 for value in ordinals)
    last = max(range(len(best)), key=best.__getitem__)
    if _REPEATED * ones > best[last] and ones > _MOSTLY * len(ordinals):
        return list(range(len(ordinals)))
    chain = [last]
    while (previous := before[chain[-1]]) is not None:
        chain.append(previous)
    return chain[::-1]


def regularity(ordinals: Sequence[int]) -> float:
    """The share of steps that count up by one; a little less if all say `1.`; 0 for fewer than two numbers."""
    if len(ordinals) < 2:
        return 0.0
    if all(value == 1 for value in ordinals):
        return _MOSTLY
    return sum(b - a == 1 for a, b in itertools.pairwise(ordinals)) / (len(ordinals) - 1)
