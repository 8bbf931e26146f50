"""YAML front matter: its scalars become key–value blocks at their exact place."""

from __future__ import annotations

import re

import yaml

from minutes_nlp.reading.document import Block, BlockKind
from minutes_nlp.spans import CharSpan

_FRONT = re.compile(r"\A\s{0,3}?---[ \t]*\n(?P<body>.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)


def front_matter(text: str) -> tuple[list[Block], int]:
    """The key–value blocks of the front matter, and the offset at which the document proper begins.

    Without front matter, or where it is no YAML mapping, the list is empty and the offset 0.
    """
    found = _FRONT.match(text)
    if not found:
        return [], 0
    try:
        node = yaml.compose(found["body"], Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return [], 0
    if node is None:
        return [_rule(found)], found.end()
    if not isinstance(node, yaml.MappingNode):
        return [], 0
    base = found.start("body")
    blocks = [_rule(found)]
    for key, value in node.value:
        key_span = CharSpan(base + key.start_mark.index, base + key.end_mark.index)
        if isinstance(value, yaml.ScalarNode) and value.end_mark.index > value.start_mark.index:
            value_span = CharSpan(base + value.start_mark.index, base + value.end_mark.index).trim(text)
            value_span = value_span.trim(text, "\"'`")
            blocks.append(_key_value(key_span, value_span if value_span.length else None))
        elif isinstance(value, yaml.SequenceNode):
            items = [n for n in value.value if isinstance(n, yaml.ScalarNode)]
            for item in items:
                span = CharSpan(base + item.start_mark.index, base + item.end_mark.index).trim(text, "\"'")
                blocks.append(Block(BlockKind.LIST_ITEM, span, (span,), level=1, marker="-"))
        else:
            blocks.append(_key_value(key_span, None))
    return blocks, found.end()


def _rule(found: re.Match[str]) -> Block:
    start = found.start() + found[0].index("---")
    return Block(BlockKind.RULE, CharSpan(start, start + 3))


def _key_value(key: CharSpan, value: CharSpan | None) -> Block:
    end = value.end if value else key.end
    lines = (key, value) if value else (key,)
    return Block(BlockKind.KEY_VALUE, CharSpan(key.start, end), lines, key=key, value=value)
