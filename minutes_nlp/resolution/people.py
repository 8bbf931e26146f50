"""Which attendee an owner is: only when exactly one fits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OwnerMatch:
    """`attendee` is the index of the only attendee that fits, else `None`; `candidates` the indexes if several do."""

    attendee: int | None = None
    candidates: tuple[int, ...] = ()


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in order, without case, accents and punctuation."""
    flat = unicodedata.normalize("NFKD", name).casefold()
    flat = "".join(c for c in flat if not unicodedata.combining(c))
    return tuple(re.findall(r"[^\W_]+", flat))


def match_owner(name: str, attendees: Sequence[str]) -> OwnerMatch:
    """Find the attendee that `name` stands for: the whole name, its words in any order, or part of it.

    A single initial stands for a word that begins so (`Sander L.`). Nobody is chosen when several fit equally well.
    """
    wanted = name_words(name)
    if not wanted:
        return OwnerMatch()
    for fits in (_equal, _part, _initials):
        found = tuple(i for i, attendee in enumerate(attendees) if fits(wanted, name_words(attendee)))
        names = {tuple(sorted(name_words(attendees[i]))) for i in found}
        if len(names) == 1:
            return OwnerMatch(found[0])
        if found:
            return OwnerMatch(None, found)
    return OwnerMatch()


def _equal(wanted: tuple[str, ...], full: tuple[str, ...]) -> bool:
    return sorted(wanted) == sorted(full)


def _part(wanted: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """The words stand in the full name, one after the other (`Van Belle`), the longest having three letters or more."""
    if not wanted or len(wanted) >= len(full) or max(map(len, wanted)) < 3:
        return False
    return any(full[i : i + len(wanted)] == wanted for i in range(len(full) - len(wanted) + 1))


def _initials(wanted: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Every word equals, or as a single letter begins, a word of the full name; one of them is a whole word."""
    rest = list(full)
    whole = 0
    for word in wanted:
        hit = next((w for w in rest if w == word or (len(word) == 1 and w.startswith(word))), None)
        if hit is None:
            return False
        whole += hit == word and len(word) > 1
        rest.remove(hit)
    return whole > 0 and len(wanted) > 1
