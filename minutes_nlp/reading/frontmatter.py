"""YAML front matter: its scalars become key–value blocks at their exact place."""

from __future__ import annotations

import re

import yaml

from minutes_nlp.reading.document import Block, BlockKind
from minutes_nlp.spans import CharSpan, cover, lines

_FRONT = re.compile(r"\A\s{0,3}?---[ \t]*\n(?P<body>.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_LONGEST = 20_000  # characters of front matter; more is no front matter


def front_matter(text: str) -> tuple[list[Block], int]:
    """The key–value blocks of the front matter, and the offset at which the document proper begins.

    Without front matter, or where it is no YAML mapping, the list is empty and the offset 0.
    """
    found = _FRONT.match(text)
    if not found or len(found["body"]) > _LONGEST:
        return [], 0
    try:
        node = yaml.compose(found["body"], Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return [], 0
    if node is None and not found["body"].strip():
        return [_rule(found)], found.end()
    if not isinstance(node, yaml.MappingNode):
        return [], 0
    return [_rule(found), *_Fields(text, found.start("body")).of(node)], found.end()


class _Fields:
    """The key–value blocks and list items of a mapping, at their places in the text."""

    def __init__(self, text: str, base: int) -> None:
        self.text, self.base = text, base
        self.seen: set[int] = set()  # nodes: an alias stands for one that was read at its own place

    def _span(self, node: yaml.Node) -> CharSpan:
        return CharSpan(self.base + node.start_mark.index, self.base + node.end_mark.index).trim(self.text)

    def of(self, mapping: yaml.MappingNode) -> list[Block]:
        """The blocks of a mapping; what is nested in it comes after its key."""
        blocks: list[Block] = []
        for key, value in mapping.value:
            content = self._content(value)
            blocks.append(_key_value(self._span(key), content))
            if not content:
                blocks += self._nested(value)
        return blocks

    def _content(self, node: yaml.Node) -> tuple[CharSpan, ...]:
        """The lines of a scalar without its quotes; empty if it says nothing or is no scalar."""
        if not isinstance(node, yaml.ScalarNode):
            return ()
        span = self._span(node).trim(self.text, "\"'`")
        found = [line.shift(span.start).trim(self.text) for line in lines(span.text(self.text))]
        if node.style in ("|", ">"):
            found = found[1:]  # the sign itself
        return tuple(line for line in found if line.length)

    def _nested(self, node: yaml.Node) -> list[Block]:
        if id(node) in self.seen:
            return []
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self.of(node)
        blocks: list[Block] = []
        for item in node.value if isinstance(node, yaml.SequenceNode) else ():
            if content := self._content(item):
                blocks.append(Block(BlockKind.LIST_ITEM, cover(content), content, level=1, marker="-"))
            else:
                blocks += self._nested(item)
        return blocks


def _rule(found: re.Match[str]) -> Block:
    start = found.start() + found[0].index("---")
    return Block(BlockKind.RULE, CharSpan(start, start + 3))


def _key_value(key: CharSpan, content: tuple[CharSpan, ...]) -> Block:
    value = cover(content) if content else None
    lines_ = (key, *content) if key.length else content
    return Block(BlockKind.KEY_VALUE, cover((key, *content)), lines_, key=key, value=value)
