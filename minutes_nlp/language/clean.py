"""The readable text of a block: inline markup gone, printed lines joined, with the way back to the source.

(`reading` keeps the text as it is; what is cleaned here is only looked at, never stored.)
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from minutes_nlp.spans import CharSpan, OffsetMap

_TAGS = (
    "a|abbr|b|big|blockquote|br|caption|center|code|col|colgroup|dd|del|details|div|dl|dt|em|figcaption|figure|font|"
    "h[1-6]|hr|i|img|input|ins|kbd|label|li|mark|ol|p|pre|s|section|small|span|strike|strong|style|sub|summary|sup|"
    "table|tbody|td|tfoot|th|thead|tr|tt|u|ul"
)
_UNSEEN = "\u00ad\u200b\u200c\u200d\ufeff"
_DROPPED = re.compile(
    rf"""
      \\(?P<literal>[^\w\s])                      # an escape: the sign itself stays
    | !\[[^\[\]\n]*\]\([^()\n]*\)\s?                 # an image
    | \[(?P<link>[^\[\]\n]+)\]\((?:[^()\n]|\([^()\n]*\))*\)    # a link: its text stays
    | \[(?P<span>[^\[\]\n]+)\]\{{[^{{}}\n]*\}}           # a bracketed span with attributes: its text stays
    | \{{\#[^{{}}\n]*\}}                               # an anchor
    | </?(?:{_TAGS})(?:\s[^<>\n]{{0,200}}|/)?>          # a tag; `<Jan>` is none
    | <!--(?!\s*[A-Za-z]+:)[^<>\n]{{0,300}}-->         # a comment, unless it is a fact: `<!-- TITLE: … -->`
    | \*{{1,3}}(?=\S) | (?<=\S)\*{{1,3}}              # emphasis
    | (?<!\w)_{{1,3}}(?=\w) | (?<=[\w.!?:)])_{{1,3}}(?!\w)
    | ~~(?=\S) | (?<=\S)~~
    | `+
    | (?P<entity>&(?:\#\d{{1,7}}|\#x[0-9a-f]{{1,6}}|[a-z]{{2,30}}\d{{0,2}});)   # a character by its name or number
    | [{_UNSEEN}]                                 # soft hyphens and other unseen characters
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BREAKING = re.compile(r"</?(?:br|div|dd|dl|dt|h[1-6]|hr|li|ol|p|table|td|th|tr|ul)\b[^<>\n]*>", re.IGNORECASE)
_LINE_SEPARATOR = "\u2028"  # what a tag that ends a line or a cell leaves; white space to whoever looks for some
_TRAILING_HYPHEN = re.compile(r"[^\W\d_]{2,}[-\u2010]$")
_LONGEST_WORD = 60


def clean(source: str, lines: Sequence[CharSpan], offsets: OffsetMap) -> str:
    """The readable text of `lines`, joined by single spaces, appended to `offsets`.

    A word that was hyphenated at a line's end (lower case on both sides) is put together again.

    Args:
        source: the document's text.
        lines: spans into it, in reading order.
        offsets: grows by the text returned; maps it to the source.
    """
    parts: list[str] = []
    end = 0  # of the last line that left something
    for line in lines:
        gap = None
        if parts and _hyphenated(parts[-1], line.text(source)):
            parts[-1] = parts[-1][:-1]
            offsets.drop_last()
        elif parts:
            gap = CharSpan(end, line.start) if end < line.start else CharSpan(line.start, line.start)
        for piece in _kept(source, line):
            if gap is not None:
                parts.append(offsets.add(" ", gap))
                gap = None
            parts.append(offsets.add(_plain(piece.text(source)), piece))
            end = line.end
    return "".join(parts)


def _hyphenated(before: str, after: str) -> bool:
    """Whether a word is broken between the end of one line and the start of the next."""
    found = _TRAILING_HYPHEN.search(before[-_LONGEST_WORD:])
    return found is not None and found[0][:-1].islower() and after[:1].islower()


def _kept(source: str, line: CharSpan) -> Iterator[CharSpan]:
    """The pieces of a line that are no markup, and the tags inside it that end a line or a cell, in order."""
    position = line.start
    while position < line.end:
        found = _DROPPED.search(source, position, line.end)
        stop = found.start() if found else line.end
        if stop > position:
            yield CharSpan(position, stop)
        if not found:
            return
        if _BREAKING.fullmatch(found[0]) and line.start < found.start() and found.end() < line.end:
            yield CharSpan(*found.span())
        if found["literal"]:
            yield CharSpan(*found.span("literal"))
        if found["entity"] and _character(found["entity"]) not in _UNSEEN:
            yield CharSpan(*found.span("entity"))
        for name in ("link", "span"):
            if found[name]:
                yield from _kept(source, CharSpan(*found.span(name)))
        position = found.end()


def _character(entity: str) -> str:
    """The character that `&amp;` or `&#233;` stands for; text that only looks so (`R&D;`) stays as it is."""
    found = html.unescape(entity)
    return found if len(found) == 1 and (found.isprintable() or found.isspace() or found in _UNSEEN) else entity


def _plain(text: str) -> str:
    """Non-breaking and other odd white space as plain spaces, one for one; a tag that ends a line as a separator.

    An entity, which is always a piece of its own, becomes its character.
    """
    if text[:1] == "<" and _BREAKING.fullmatch(text):
        return _LINE_SEPARATOR
    if text[:1] == "&" and text[-1:] == ";":
        text = _character(text)
    return "".join(" " if c.isspace() else c for c in text)
