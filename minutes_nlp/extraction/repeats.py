"""Whether a passage says again what an earlier one of the same document said, in the same or another language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from minutes_nlp.language import UNKNOWN, TextBlock

_SHARED = 0.8
_WORD = re.compile(r"[^\W_]{3,}")
_ENOUGH = 3  # fewer words may recur by chance
_ALIKE = 1.6  # how much longer a translation may be
_IN_TURN = 1 / 3  # so many neighbouring blocks of a document that is translated block by block differ in language
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
    """The positions of the passages that say in another language what one in the block right before them says.

    The languages of both blocks are known and differ; the passages are of similar length, have the same numbers and
    the same owners, or one has none. Where neither numbers nor owners tell, the whole document has to change language
    from block to block.
    """
    changes = [one.language != other.language for one, other in pairwise(blocks) if _known(one) and _known(other)]
    in_turn = sum(changes) > _IN_TURN * len(changes)
    found: set[int] = set()
    originals: set[int] = set()
    for position, passage in enumerate(passages):
        for earlier in range(position):
            other = passages[earlier]
            if other.block != passage.block - 1 or earlier in found | originals:
                continue
            if _translates(other, passage, blocks, in_turn):
                found.add(position)
                originals.add(earlier)
                break
    return found


def _translates(one: Passage, other: Passage, blocks: Sequence[TextBlock], in_turn: bool) -> bool:
    first, second = blocks[one.block], blocks[other.block]
    if not (_known(first) and _known(second)) or first.language == second.language or not alike(one.text, other.text):
        return False
    numbers = sorted(_NUMBER.findall(one.text))
    if numbers != sorted(_NUMBER.findall(other.text)):
        return False
    if one.owners and other.owners and one.owners != other.owners:
        return False
    return in_turn or bool(numbers) or bool(one.owners and other.owners)


def _known(block: TextBlock) -> bool:
    return block.language != UNKNOWN
