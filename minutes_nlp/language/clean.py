"""The readable text of a block: inline markup gone, printed lines joined, with the way back to the source.

(`reading` keeps the text as it is; what is cleaned here is only looked at, never stored.)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes_nlp.spans import CharSpan, OffsetMap

_DROPPED = re.compile(
    r"""
      !\[[^\]\n]*\]\([^)\n]*\)\s?                 # an image
    | \[(?P<link>[^\]\n]+)\]\((?:[^()\n]|\([^()\n]*\))*\)    # a link: its text stays
    | \[(?P<span>[^\]\n]+)\]\{[^}\n]*\}           # a bracketed span with attributes: its text stays
    | \{\#[^}\n]*\}                               # an anchor
    | </?(?!https?:|mailto:)[a-zA-Z][^<>\n]{0,200}>   # a tag
    | \*{1,3}(?=\S) | (?<=\S)\*{1,3}              # emphasis
    | (?<!\w)_{1,3}(?=\w) | (?<=[\w.!?:)])_{1,3}(?!\w)
    | ~~(?=\S) | (?<=\S)~~
    | `+
    | \\(?=[^\w\s])                               # an escape
    | [\u00ad\u200b\u200c\u200d\ufeff]            # soft hyphens and other unseen characters
    """,
    re.VERBOSE,
)
_TRAILING_HYPHEN = re.compile(r"[^\W\d_]{2,}(?:-|\u2010)$")


def clean(source: str, lines: Sequence[CharSpan], offsets: OffsetMap) -> str:
    """The readable text of `lines`, joined by single spaces, appended to `offsets`.

    A word that was hyphenated at a line's end (lower case on both sides) is put together again.

    Args:
        source: the document's text.
        lines: spans into it, in reading order.
        offsets: grows by the text returned; maps it to the source.
    """
    parts: list[str] = []
    for number, line in enumerate(lines):
        rest = line
        if number:
            before = lines[number - 1]
            if parts and _hyphenated(parts[-1], line.text(source)):
                parts[-1] = parts[-1][:-1]
                offsets.drop_last()
            elif parts:
                gap = CharSpan(before.end, line.start) if before.end < line.start else CharSpan(line.start, line.start)
                parts.append(offsets.add(" ", gap))
        _clean_line(source, rest, offsets, parts)
    return "".join(parts)


def _hyphenated(before: str, after: str) -> bool:
    found = _TRAILING_HYPHEN.search(before)
    return bool(found) and found[0][:-1].islower() and after[:1].islower() if found else False


def _clean_line(source: str, line: CharSpan, offsets: OffsetMap, parts: list[str]) -> None:
    position = line.start
    while position < line.end:
        found = _DROPPED.search(source, position, line.end)
        stop = found.start() if found else line.end
        if stop > position:
            _keep(source, CharSpan(position, stop), offsets, parts)
        if not found:
            return
        for name in ("link", "span"):
            if found[name]:
                _clean_line(source, CharSpan(*found.span(name)), offsets, parts)
        position = found.end()


def _keep(source: str, piece: CharSpan, offsets: OffsetMap, parts: list[str]) -> None:
    """Append a piece as it is, non-breaking and other odd white space as plain spaces (one for one)."""
    text = "".join(" " if c.isspace() else c for c in piece.text(source))
    parts.append(offsets.add(text, piece))
