"""Numbers that count up."""

from __future__ import annotations

from collections.abc import Sequence

_GAIN = {1: 1.0, 2: 0.5, 0: 0.35, 3: 0.2}  # what a step is worth; others break the run
_REPEATED = 0.9  # a list whose items are all numbered `1.`, as converters print interrupted lists


def best_chain(ordinals: Sequence[int]) -> list[int]:
    """Positions of the numbers that count up best, in order; numbers out of line (years, amounts) fall away.

    Steps of one are worth most, and a run should begin at 0 or 1. If most numbers are `1`, they are taken as the run
    (a list that was interrupted and numbered anew each time).

    Example:
        >>> best_chain([1, 2, 20, 3, 1, 4])
        [0, 1, 3, 5]
    """
    if len(ordinals) < 2:
        return list(range(len(ordinals)))
    ones = [i for i, value in enumerate(ordinals) if value == 1]
    best = [1.0 if value <= 1 else 0.2 for value in ordinals]
    before: list[int | None] = [None] * len(ordinals)
    for i, value in enumerate(ordinals):
        for j in range(i):
            gain = _GAIN.get(value - ordinals[j], 0.0)
            if gain and best[j] + gain > best[i]:
                best[i], before[i] = best[j] + gain, j
    position: int | None = max(range(len(ordinals)), key=lambda i: best[i])
    if _REPEATED * len(ones) > best[position] and len(ones) > 0.8 * len(ordinals):
        return list(range(len(ordinals)))
    chain: list[int] = []
    while position is not None:
        chain.append(position)
        position = before[position]
    return chain[::-1]


def regularity(ordinals: Sequence[int]) -> float:
    """The share of steps that count up by one, or that all say `1.`; 0 for fewer than two numbers."""
    if len(ordinals) < 2:
        return 0.0
    steps = [b - a for a, b in zip(ordinals, ordinals[1:], strict=False)]
    if all(value == 1 for value in ordinals):
        return 0.8
    return sum(step == 1 for step in steps) / len(steps)
