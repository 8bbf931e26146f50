"""Headings of groups that are printed like the headings in them (`Commissies`, then `Commissie Sport` …)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from minutes_nlp.layout.features import Features
from minutes_nlp.layout.words import Role, Vocabulary


def grouped(features: Sequence[Features], members: Sequence[int], words: Vocabulary) -> frozenset[int]:
    """The headings that stand in groups headed by others of the same style; empty if there are no such groups.

    A group is headed by a heading with nothing of its own, directly over the next one. It ends at the next of them, at
    a closing item (`Rondvraag`), or at a heading that begins with the same word as a head of groups. A single head
    counts only if its word comes back in the headings below it. Numbered headings say themselves how they nest: `4.1`
    below `4`.

    Args:
        features: of all blocks.
        members: the headings of one style in one stretch, in order.
        words: the vocabulary.
    """
    if any(features[m].number for m in members):
        return _below_by_number(features, members)
    heads = {a for a, b in itertools.pairwise(members) if all(f.blank for f in features[a + 1 : b])}
    if not heads or len(heads) > 0.5 * len(members):
        return frozenset()
    opening = {m: features[m].title.casefold().partition(" ")[0] for m in members}
    if len(heads) == 1:
        (head,) = heads
        below = members[members.index(head) + 1 :]
        group = list(itertools.takewhile(lambda m: opening[m] == opening[below[0]], below))
        named = features[head].title.casefold().startswith(opening[below[0]])
        return frozenset(group) if named and len(group) >= 2 else frozenset()
    return frozenset(_children(features, members, heads, opening, words))


def _below_by_number(features: Sequence[Features], members: Sequence[int]) -> frozenset[int]:
    """The headings whose number begins with that of an earlier one."""
    children: set[int] = set()
    seen: set[str] = set()
    for member in members:
        number = features[member].number or ""
        over, dot, _ = number.rpartition(".")
        if dot and over in seen:
            children.add(member)
        seen.add(number)
    return frozenset(children)


def _children(
    features: Sequence[Features], members: Sequence[int], heads: set[int], opening: dict[int, str], words: Vocabulary
) -> set[int]:
    of_heads = {opening[m] for m in heads}
    children: set[int] = set()
    group: set[str] | None = None  # the first words of the headings in the open group
    for member in members:
        word = opening[member]
        if member in heads and (group is None or word not in group):
            group = set()
            continue
        ends = words.is_whole(Role.CLOSING, features[member].title)
        if group is None or ends or (group and word in of_heads and word not in group):
            group = None
            continue
        children.add(member)
        group.add(word)
    return children
