"""Whether a passage says again what an earlier one of the same document said, in the same or another language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from minutes_nlp.language import UNKNOWN, TextBlock

_SHARED = 0.8
_WORD = re.compile(r"[^\W_]{3,}")
_ENOUGH = 3  # fewer words may recur by chance
_ALIKE = 1.6  # how much longer a translation may be
_IN_TURN = 1 / 3  # so many neighbouring blocks of a document that is translated block by block differ in language
_SIDE = 6  # blocks of one language in a row that the same in another may follow
_NUMBER = re.compile(r"\d+")


class Repeats:
    """The passages seen so far, as sets of words."""

    def __init__(self) -> None:
        self._passages: list[frozenset[str]] = []

    def seen(self, text: str) -> bool:
        """Whether an earlier passage has nearly the same words; the passage counts as seen from now on."""
        words = frozenset(_WORD.findall(text.casefold()))
        known = len(words) >= _ENOUGH and any(
            len(words & other) >= _SHARED * min(len(words), len(other)) and len(other) >= _ENOUGH
            for other in self._passages
        )
        self._passages.append(words)
        return known


@dataclass(frozen=True, slots=True)
class Passage:
    """What was found in one block: its text, the number of the block, the owners if it is an action."""

    text: str
    block: int
    owners: frozenset[str] = frozenset()


def alike(one: str, other: str) -> bool:
    """Whether two texts are of such a length that one may translate the other."""
    return bool(one) and 1 / _ALIKE <= len(other) / len(one) <= _ALIKE


def translations(passages: Sequence[Passage], blocks: Sequence[TextBlock]) -> set[int]:
    """The positions of the passages that say in another language what one in the blocks right before them says.

    The languages of both are known and differ; the passages are of similar length, have the same numbers and the same
    owners, or one has none. Where neither numbers nor owners tell, the whole document has to change language from
    block to block, and the first passage has to be in the language that comes first.
    """
    known = [block.language for block in blocks if block.language != UNKNOWN]
    changes = sum(one != other for one, other in pairwise(known))
    leading = known[0] if known and changes > _IN_TURN * (len(known) - 1) else None
    sides = _sides(blocks)
    free: dict[int, list[int]] = defaultdict(list)  # by side, the passages that no later one translates
    found: set[int] = set()
    for position, passage in enumerate(passages):
        before = free[sides[passage.block] - 1]
        for earlier in before:
            other = passages[earlier]
            languages = blocks[other.block].language, blocks[passage.block].language
            if UNKNOWN not in languages and _same(other, passage, sure=languages[0] == leading):
                found.add(position)
                before.remove(earlier)
                break
        else:
            free[sides[passage.block]].append(position)
    return found


def _sides(blocks: Sequence[TextBlock]) -> list[int]:
    """The number of the stretch of one language that each block lies in; a stretch that is too long counts double."""
    sides: list[int] = []
    number = 0
    for _, stretch in groupby(blocks, key=lambda block: block.language):
        length = len(list(stretch))
        number += 1 if length <= _SIDE else 2
        sides += [number] * length
        number += length > _SIDE
    return sides


def same_numbers(one: str, other: str) -> bool:
    """Whether two texts give the same numbers, in any order."""
    return sorted(_NUMBER.findall(one)) == sorted(_NUMBER.findall(other))


def _same(one: Passage, other: Passage, *, sure: bool) -> bool:
    """Whether one passage may translate the other; unless `sure`, a number or an owner has to show it."""
    if not alike(one.text, other.text) or not same_numbers(one.text, other.text):
        return False
    if one.owners and other.owners:
        return one.owners == other.owners
    return sure or _NUMBER.search(one.text) is not None
