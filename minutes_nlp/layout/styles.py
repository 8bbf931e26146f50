"""The styles in which headings are printed, and which blocks of a document are printed in each."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from minutes_nlp.layout.features import Features
from minutes_nlp.layout.sequences import best_chain
from minutes_nlp.layout.words import Role, Vocabulary
from minutes_nlp.reading import BlockKind

_TITLE = 16  # words that a heading in an unmarked style may have
_NUMBERED_TITLE = 45
_LINE = 12
_BARE_LIST = 4  # bullets
_RUNNING = 3  # from how many times on an unmarked title is a label that comes again rather than a heading
_INDENTED = 3  # columns from which a numbered line is taken to stand under another one


class Family(StrEnum):
    """What makes a line look like a heading."""

    MARKED = "marked"
    NUMBER = "number"
    BOLD = "bold"
    CAPS = "caps"
    COLON = "colon"
    BULLET = "bullet"
    LINE = "line"
    KEY = "key"
    TOPIC = "topic"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Style:
    """A way of printing headings.

    Attributes:
        family: what makes it a heading.
        depth: of a marked heading its level, of a number its parts, of a bullet its nesting; otherwise 1.
        form: of a number how it is written, and whether it is indented.
    """

    family: Family
    depth: int = 1
    form: str = ""


def styles_of(block: Features, following: Features | None) -> list[Style]:
    """The styles that a block may be counted under, given the block below it."""
    if block.blank or block.kind in (BlockKind.CODE, BlockKind.TABLE_ROW):
        return []
    if block.marked:
        return [Style(Family.MARKED, block.marked)] if block.indent < _INDENTED - 1 else []
    found: list[Style] = []
    if block.number and block.words <= _NUMBERED_TITLE:
        indented = " indented" if block.indent >= _INDENTED else ""
        found.append(Style(Family.NUMBER, block.depth + max(0, block.nesting - 1), block.form + indented))
    if block.bullet:
        found.append(Style(Family.BULLET, block.nesting))
    if block.words > _TITLE or block.linked:
        return found or [Style(Family.TOPIC)]
    if block.strong:
        found.append(Style(Family.BOLD))
    if block.caps and not block.nesting:
        found.append(Style(Family.CAPS))
    if block.colon and not block.bullet and not block.low:
        found.append(Style(Family.COLON))
    elif _is_line(block, following):
        found.append(Style(Family.LINE))
    if block.keyed and len(block.key.split()) <= 6:
        found.append(Style(Family.KEY))
    if not found:
        found.append(Style(Family.TOPIC))
    return found


def _is_line(block: Features, following: Features | None) -> bool:
    """Whether a short line without sign stands over something longer than itself, or over a list."""
    if block.sentence or block.nesting or block.number or block.keyed or block.timed or block.colon or block.low:
        return False
    if block.words > _LINE:
        return False
    if following is None or following.marked:
        return False
    return following.nesting > 0 or following.words > max(8, block.words) or following.sentence


@dataclass(frozen=True, slots=True)
class Field:
    """Where headings are looked for.

    Attributes:
        features: of all blocks of the document.
        closed: blocks that have another role.
        people: the words of the lists of people, in lower case.
        words: the vocabulary.
    """

    features: Sequence[Features]
    closed: frozenset[int]
    people: frozenset[str]
    words: Vocabulary


def candidates(field: Field, parts: Sequence[range], *, dated: bool = False) -> Mapping[Style, tuple[int, ...]]:
    """For each style the blocks of the given stretches that are printed in it, and may be headings.

    Left out are lead-ins, the names of speakers, numbers that don't count up, short lines that come again (running
    titles) and, unless `dated`, dates.
    """
    found: dict[Style, list[int]] = defaultdict(list)
    for part in parts:
        for index in part:
            block = field.features[index]
            if index in field.closed or (block.dated and not dated) or not (block.marked or _names_topic(block, field)):
                continue
            following = field.features[index + 1] if index + 1 < len(field.features) else None
            for style in styles_of(block, following):
                found[style].append(index)
    kept = {style: _plausible(style, members, field.features, parts) for style, members in found.items()}
    return {style: tuple(members) for style, members in kept.items() if members}


def _names_topic(block: Features, field: Field) -> bool:
    """Whether an unmarked line may name what follows: no lead-in, and no name of a speaker."""
    if field.words.is_whole(Role.LEAD_IN, block.title):
        return False
    if block.number:
        return True
    if block.colon and (block.words > 4 and field.words.contains(Role.ANNOUNCING, block.title)):
        return False
    name = re.findall(r"[^\W\d_]+", (block.key or block.title).casefold())
    return not (0 < len(name) <= 3 and all(word in field.people for word in name))


def _plausible(style: Style, members: list[int], features: Sequence[Features], parts: Sequence[range]) -> list[int]:
    if style.family is Family.NUMBER:
        return _counting(features, members, parts)
    if style.family is Family.BULLET:
        return _without_bare_lists(features, members)
    if style.family in (Family.MARKED, Family.TOPIC):
        return members
    times = Counter(features[m].title.casefold() for m in members)
    often = [m for m in members if times[features[m].title.casefold()] < _RUNNING]
    if style.family is not Family.LINE:
        return often
    seen: set[str] = set()
    return [m for m in often if not (features[m].title in seen or seen.add(features[m].title))]


def _without_bare_lists(features: Sequence[Features], members: Sequence[int]) -> list[int]:
    """Bullets, without the longer lists in which nothing stands below any bullet, if other lists have something below.

    In a report that is a list of topics with remarks below them, bare lists are lists of names or options.
    """
    lists: list[list[int]] = []
    for member in members:
        joined = lists and all(f.nesting for f in features[lists[-1][-1] : member])
        if joined:
            lists[-1].append(member)
        else:
            lists.append([member])
    bare = [all(_bare(features, m) for m in inside) for inside in lists]
    if all(bare):
        return list(members)
    kept = [inside for inside, empty in zip(lists, bare, strict=True) if not empty or len(inside) < _BARE_LIST]
    return [member for inside in kept for member in inside]


def _bare(features: Sequence[Features], member: int) -> bool:
    """Whether nothing is nested below a bullet."""
    following = features[member + 1] if member + 1 < len(features) else None
    return following is None or following.nesting <= features[member].nesting


def _counting(features: Sequence[Features], members: Sequence[int], parts: Sequence[range]) -> list[int]:
    """The members whose numbers count up within each stretch; of the same number in two languages the first."""
    kept: list[int] = []
    for part in parts:
        inside = [m for m in members if m in part]
        first = [m for m in inside if not (m - 1 in inside and features[m - 1].number == features[m].number)]
        kept += [first[position] for position in best_chain([features[m].ordinal or 0 for m in first])]
    return kept
