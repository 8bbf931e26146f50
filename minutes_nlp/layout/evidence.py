"""How well a style divides a text: the signs, and what each is worth."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minutes_nlp.layout.agenda import Announced
from minutes_nlp.layout.features import Features
from minutes_nlp.layout.sequences import regularity
from minutes_nlp.layout.styles import Family, Field, Style, nests
from minutes_nlp.layout.words import Role

# Set by hand, then fitted on the training minutes with a penalty for moving away; rounded.
WEIGHTS: Mapping[str, float] = {
    "marked": 5.0,
    "number": 2.2,
    "bold": 2.4,
    "caps": 1.5,
    "colon": 0.7,
    "bullet": -0.1,
    "line": 0.3,
    "key": -1.4,
    "topic": -1.9,
    "row": 0.7,
    "timed": 0.7,
    "point": 1.0,
    "depth": -0.5,
    "announced": 3.2,
    "usual": 2.6,
    "single": -1.1,
    "many": 1.1,
    "filled": 2.9,
    "long": -0.9,
    "sentences": -1.2,
    "late": -2.7,
    "regular": 1.2,
    "from_one": 0.6,
    "crowded": -2.0,
    "repeated": -1.6,
    "coloned": -0.2,
    "strong": 0.4,
    "introduced": -2.0,
    "lone": -1.7,
    "nested": 2.1,
    "listed": -1.4,
    "headed": 2.0,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A style with the blocks printed in it and its score (about -3 to 10; higher divides better)."""

    style: Style
    members: tuple[int, ...]
    score: float

    @property
    def confidence(self) -> float:
        """The score as a figure between 0 and 1."""
        return round(1 / (1 + math.exp(-(self.score - 2.0))), 3)


def score(signs: Mapping[str, float]) -> float:
    """The weighted sum of the signs."""
    return sum(WEIGHTS[name] * value for name, value in signs.items())


def signs_of(
    style: Style, members: Sequence[int], field: Field, parts: Sequence[range], announced: Announced
) -> dict[str, float]:
    """The signs for and against a style as the divider of the given stretches, each from 0 to about 1.

    * the family of the style itself, and how deep it is nested (`depth`);
    * `announced`: its titles are those of the announced agenda; `usual`: they are usual items (`Rondvraag`);
    * `many`: how many members there are (`single`: just one, `lone`: one without mark); `crowded`: they are a large
      part of all lines;
    * `filled`: the share of members with something below them, 0 at 60 %; `nested`: of bullets with bullets below;
    * `long`, `sentences`, `coloned`, `strong`: the share of members with long titles, of members that end as sentences
      do or in a colon, or stand in bold; `listed`: of long list items; `introduced`: of items of a list below a colon;
    * `headed`: the share of rows whose topic stands under a head that says so;
    * `late`: how far from the beginning the first one stands;
    * `regular`, `from_one`: of numbers, whether they count up by one and from the beginning;
    * `repeated`: the share of titles that occur more than once, as headings inside items do.
    """
    count = len(members)
    blocks = [field.features[m] for m in members]
    total = sum(len(part) for part in parts) or 1
    titles = Counter(block.heading.casefold() for block in blocks)
    signs = {
        style.family.value: 1.0,
        "depth": style.depth - 1.0,
        "usual": min(1.0, sum(_usual(b.heading, field) for b in blocks) / 3),
        "single": float(count == 1),
        "lone": float(count == 1 and style.family not in (Family.MARKED, Family.TOPIC)),
        "many": min(1.0, 0.4 * math.log2(count)),
        "late": max(0.0, (members[0] - parts[0].start) / total - 0.35),
        "repeated": sum(n for n in titles.values() if n > 1) / count,
        "introduced": sum(b.introduced for b in blocks) / count,
        "listed": sum(b.words > 14 and b.nesting > 0 for b in blocks) / count,
        "coloned": sum(b.colon for b in blocks) / count,
        "strong": sum(b.strong and not b.marked for b in blocks) / count,
        "headed": sum(b.headed for b in blocks) / count,
    }
    if style.family not in (Family.TOPIC, Family.ROW):  # these are long, end in a stop, and need nothing below them
        signs["filled"] = _filled(members, field, parts) - 0.6
        signs["crowded"] = max(0.0, count / total - 0.35)
        signs["long"] = sum(b.words > 12 for b in blocks) / count
        signs["sentences"] = sum(b.sentence for b in blocks) / count
    if style.family is Family.BULLET:
        signs["nested"] = sum(nests(field, m) for m in members) / count
    if announced.titles:
        matched = sum(announced.similarity(b.heading) for b in blocks)
        signs["announced"] = min(1.0, matched / max(3, 0.6 * len(announced.titles)))
    if style.family is Family.NUMBER:
        ordinals = [b.ordinal or 0 for b in blocks]
        signs["regular"] = regularity(ordinals)
        signs["from_one"] = 1.0 if ordinals[0] <= 1 else -1.0
    return signs


def _usual(title: str, field: Field) -> bool:
    words = field.words
    closes = words.is_whole(Role.CLOSING, title) or words.is_whole(Role.WRAPPER, title)
    return closes or words.begins(Role.ITEM, title)


def _belongs(below: Features, head: Features, *, last: bool) -> bool:
    """Whether a block that comes after an item may be its content; what is less indented ends a list."""
    if last and head.nesting and below.nesting == 0 and below.indent < head.indent:
        return False
    return below.nesting > head.nesting or below.nesting == 0 or not head.bullet


def _filled(members: Sequence[int], field: Field, parts: Sequence[range]) -> float:
    """The share of members that have something below them.

    Below a bullet only what is nested deeper, or no list item, counts; of the last member of a stretch only the next
    block is looked at, since all the rest follows it.
    """
    having = 0
    for part in parts:
        inside = [m for m in members if m in part]
        for position, member in enumerate(inside):
            last = position + 1 == len(inside)
            stop = min(part.stop, member + 2) if last else inside[position + 1]
            head = field.features[member]
            below = [f for f in field.features[member + 1 : stop] if not f.blank]
            having += any(_belongs(f, head, last=last) for f in below)
    return having / len(members)
