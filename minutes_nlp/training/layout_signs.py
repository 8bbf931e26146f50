"""What a trained labeller sees of each block: its form, its words, its neighbours, and what the rules made of it.

A feature is a string; equal strings mean the same wherever they occur. How often a style occurs, and how often the
rules take it for headings, is told from the whole document: minutes print their headings in one style.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from minutes_nlp.language import NormalisedText
from minutes_nlp.layout import Label, Layout
from minutes_nlp.layout.features import Features
from minutes_nlp.layout.words import Role, Vocabulary
from minutes_nlp.reading import BlockKind

_WORD = re.compile(r"[^\W\d_]+")
_SHORT = 12  # words up to which a block may be a label or a heading, so that its words are looked up
_TITLE = 4  # words up to which the whole title is a feature
_STEPS = (0, 1, 2, 3, 5, 8, 12, 20, 40, 80)
_SHARES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999)
_SURE = (0.2, 0.4, 0.6, 0.8, 0.9, 0.97)
_DEEPEST = 3
_INDENTED = 3  # columns
_PARTS = 10  # into which a document is divided to tell where a block stands
_BLANK_LINE = 2  # characters between two blocks from which more than the end of a line parts them
_WHOLE = (Role.AGENDA, Role.WRAPPER, Role.LEAD_IN, Role.CLOSING)
_BEGINS = (Role.ATTENDANCE, Role.PEOPLE, Role.ITEM)


def signs_of_blocks(
    normalised: NormalisedText, features: Sequence[Features], layout: Layout, words: Vocabulary
) -> list[list[str]]:
    """The features of every block.

    Args:
        normalised: the text.
        features: the form of its blocks.
        layout: what the rules made of them.
        words: the vocabulary.
    """
    describer = _Describer(normalised, features, layout, words)
    return [describer.signs(index) for index in range(len(features))]


@dataclass(frozen=True, slots=True)
class _Style:
    """The blocks printed in one style: how many, and the shares that the rules take for headings, that are long."""

    count: int
    headed: int
    main: int
    long: int


@dataclass(frozen=True)
class _Describer:
    normalised: NormalisedText
    features: Sequence[Features]
    layout: Layout
    words: Vocabulary

    def signs(self, index: int) -> list[str]:
        """The features of one block."""
        found = [*self._own(index), *self._by_rules(index), *self._by_place(index), *self._by_neighbours(index)]
        for name, other in (("-1", index - 1), ("+1", index + 1)):
            inside = 0 <= other < len(self.features)
            found += (f"{name}{sign}" for sign in self._glance(other)) if inside else (f"{name}none",)
        for name, other in (("-2", index - 2), ("+2", index + 2)):
            if 0 <= other < len(self.features):
                found.append(f"{name}r={self.rules[other]}")
        return found

    @cached_property
    def levels(self) -> dict[int, int]:
        """The levels of the blocks that the rules take for headings."""
        return {heading.block: min(heading.level, _DEEPEST) for heading in self.layout.headings}

    @cached_property
    def rules(self) -> list[str]:
        """What the rules say of each block."""
        labels = (label.value for label in self.layout.labels)
        return [f"h{self.levels[i]}" if i in self.levels else label for i, label in enumerate(labels)]

    @cached_property
    def keys(self) -> list[str]:
        """The style of each block."""
        return [_style(block) for block in self.features]

    @cached_property
    def styles(self) -> dict[str, _Style]:
        """What the blocks of each style have in common."""
        members: dict[str, list[int]] = defaultdict(list)
        for index, key in enumerate(self.keys):
            members[key].append(index)
        return {key: self._common(own) for key, own in members.items()}

    def _common(self, members: Sequence[int]) -> _Style:
        count = len(members)
        headed = sum(m in self.levels for m in members) / count
        main = sum(self.levels.get(m) == 1 for m in members) / count
        long = sum(self.features[m].words > _SHORT for m in members) / count
        return _Style(_step(count, _STEPS), _step(headed, _SHARES), _step(main, _SHARES), _step(long, _SHARES))

    @cached_property
    def highest(self) -> int:
        """The smallest level of marked headings; 0 if there are none."""
        return min((block.marked for block in self.features if block.marked), default=0)

    @cached_property
    def announced(self) -> frozenset[str]:
        """The titles of the announced agenda."""
        pairs = zip(self.features, self.layout.labels, strict=True)
        return frozenset(_flat(block.title) for block, label in pairs if label is Label.AGENDA_LIST)

    @cached_property
    def times(self) -> Counter[str]:
        """How many times each short title occurs."""
        return Counter(_flat(block.title) for block in self.features if block.words <= _SHORT)

    @cached_property
    def counted(self) -> list[str]:
        """For each numbered block whether it counts on from the last one numbered in the same way, else empty."""
        last: dict[tuple[str, int, int], int] = {}
        found = []
        for block in self.features:
            if block.ordinal is None:
                found.append("")
                continue
            key = (block.form, block.depth, block.nesting)
            before = last.get(key)
            begins = "first" if block.ordinal <= 1 else "late"
            found.append(begins if before is None else "next" if block.ordinal == before + 1 else "odd")
            last[key] = block.ordinal
        return found

    def _own(self, index: int) -> Iterable[str]:
        """Form and words of a block."""
        block, size = self.features[index], _step(self.features[index].words, _STEPS)
        yield from ("*", f"k={block.kind.value}", f"s={self.keys[index]}", f"kw={block.kind.value}{size}")
        yield from self._form(block)
        if block.number:
            yield from (f"n={block.form}{block.depth}", f"count={self.counted[index]}")
        if block.marked:
            yield f"m={block.marked - self.highest}"
        if block.words <= _SHORT and not block.blank:
            yield from self._words(block.title)

    def _words(self, title: str) -> Iterable[str]:
        own = _WORD.findall(title.casefold())
        if not own:
            return
        yield from (f"first={own[0]}", f"last={own[-1]}")
        if len(own) > 1:
            yield f"two={own[0]} {own[1]}"
        if len(own) <= _TITLE:
            yield f"all={' '.join(own)}"
        yield from (f"in={word}" for word in dict.fromkeys(own))
        parts = title.split()
        yield f"upper={_step(sum(part[:1].isupper() for part in parts) / len(parts), _SHARES)}"
        yield from (f"is={role.value}" for role in _WHOLE if self.words.is_whole(role, title))
        yield from (f"begins={role.value}" for role in _BEGINS if self.words.begins(role, title))

    def _by_rules(self, index: int) -> Iterable[str]:
        """What the rules made of the block, and of the others that look like it."""
        rule, key = self.rules[index], self.keys[index]
        style = self.styles[key]
        yield from (f"r={rule}", f"rs={rule} {key}", f"rw={rule} {_step(self.features[index].words, _STEPS)}")
        yield from (f"sh={style.headed}", f"sm={style.main}", f"sc={style.count}", f"sl={style.long}")
        yield from (f"rsh={rule} {style.headed}", f"rsm={rule} {style.main}")
        yield from (f"shc={style.headed} {style.count}", f"skh={key} {style.headed}")
        heading = self.layout.heading_of[index]
        if heading is not None and index in self.levels:
            yield f"r={rule}{_step(self.layout.headings[heading].confidence, _SURE)}"
        flat = _flat(self.features[index].title)
        if flat in self.announced:
            yield f"announced {rule}"
        if self.times[flat] > 1:
            yield f"again {rule}"

    def _by_place(self, index: int) -> Iterable[str]:
        """Where the block stands."""
        yield from (f"at={_step(index, _STEPS)}", f"of={_PARTS * index // len(self.features)}")
        first = min(self.levels, default=len(self.features))
        yield f"{'before' if index < first else 'after'}={self.rules[index]}"
        position = self.layout.heading_of[index]
        if position is not None and index not in self.levels:
            heading = self.layout.headings[position]
            yield f"under={min(heading.level, _DEEPEST)}"
            yield f"below={_step(index - heading.block, _STEPS)}"

    def _by_neighbours(self, index: int) -> Iterable[str]:
        """How the block differs from the ones above and below."""
        rule, block = self.rules[index], self.features[index]
        if index:
            blocks = self.normalised.blocks
            gap = blocks[index].block.span.start - blocks[index - 1].block.span.end
            yield f"gap={gap >= _BLANK_LINE} {rule}"
            yield f"same-1={self.keys[index] == self.keys[index - 1]} {rule}"
        if index + 1 < len(self.features):
            below = self.features[index + 1]
            yield f"same+1={self.keys[index] == self.keys[index + 1]} {rule}"
            yield f"longer={below.words > max(_SHORT, block.words)} {rule}"
            yield f"deeper={below.nesting > block.nesting} {rule}"

    def _glance(self, index: int) -> Iterable[str]:
        """What a neighbour shows of a block."""
        yield from (f"r={self.rules[index]}", f"s={self.keys[index]}")
        yield from self._form(self.features[index])

    def _form(self, block: Features) -> Iterable[str]:
        yield from (f"w={_step(block.words, _STEPS)}", f"small={_step(block.small, _SHARES)}")
        yield from (name for name, sign in _signs(block) if sign)


def _signs(block: Features) -> tuple[tuple[str, bool], ...]:
    return (
        ("strong", block.strong),
        ("caps", block.caps),
        ("colon", block.colon),
        ("sentence", block.sentence),
        ("timed", block.timed),
        ("dated", block.dated),
        ("keyed", block.keyed),
        ("low", block.low),
        ("linked", block.linked),
        ("topic", block.topic is not None),
        ("introduced", block.introduced),
        ("blank", block.blank),
    )


def _style(block: Features) -> str:
    """How a block is printed, as far as headings differ from text by it."""
    if block.marked:
        return f"marked{block.marked}"
    kind = BlockKind.PARAGRAPH if block.kind is BlockKind.KEY_VALUE else block.kind
    signs = {"b": block.strong, "c": block.caps, ":": block.colon, "k": bool(block.key), "t": block.topic is not None}
    number = f"{block.form}{block.depth}" if block.number else ""
    indented = "i" if block.indent >= _INDENTED else ""
    return f"{kind.value}{block.nesting}{number}{''.join(s for s, sign in signs.items() if sign)}{indented}"


def _flat(title: str) -> str:
    return " ".join(_WORD.findall(title.casefold()))


def _step(value: float, steps: Sequence[float]) -> int:
    """How many of the steps lie below a value."""
    return sum(value > step for step in steps)
