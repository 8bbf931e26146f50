"""Which paragraphs of a formatted document are headings, beyond what the format says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes_nlp.reading.flow import Element, Paragraph, Role, Table, printed

_LARGE = 1.15  # times the usual size of letters
_TITLE = 15  # words of a heading that is told by the size of its letters
_FEW = 8  # words of a line between the headings at the top
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*[.)]?(?=\s)")


def headings_by_size(elements: Sequence[Element]) -> None:
    """Make headings of short paragraphs in larger letters than the text, where the document has no headings as such.

    The largest letters are level 1, the next largest level 2 …. Several lines of them in a row are a title page or a
    letterhead: they are bold lines.
    """
    body = [element for element in elements if isinstance(element, Table) or not element.empty]
    shown = [element for element in body if isinstance(element, Paragraph)]
    if any(paragraph.role is Role.HEADING for paragraph in shown):
        return
    usual = _usual_size(shown)
    large = [e if usual and isinstance(e, Paragraph) and _is_large(e, usual) else None for e in body]
    found = [paragraph for paragraph in large if paragraph is not None]
    if len(found) > len(body) / 3:
        return
    for paragraph in found:
        paragraph.strong = True
    around = [None, *large, None]
    alone = [
        one for before, one, after in zip(around, large, around[2:], strict=False) if one and not (before or after)
    ]
    sizes = sorted({paragraph.size for paragraph in alone}, reverse=True)
    for paragraph in alone:
        paragraph.role, paragraph.level = Role.HEADING, sizes.index(paragraph.size) + 1


def _is_large(paragraph: Paragraph, usual: int) -> bool:
    """Whether a paragraph in larger letters than usual reads as a heading: one short line that is no sentence."""
    if paragraph.size < _LARGE * usual or paragraph.role is not Role.BODY or len(paragraph.lines) != 1:
        return False
    line = paragraph.lines[0].rstrip()
    return len(line.split()) <= _TITLE and not line.endswith((".", ":", ";", ","))


def plain_twins(elements: Sequence[Element]) -> None:
    """Make a bold line of a heading right below one as high with the same number: the same in another language."""
    above: Paragraph | None = None
    for element in elements:
        if isinstance(element, Paragraph) and element.empty:
            continue
        heading = element if isinstance(element, Paragraph) and element.role is Role.HEADING else None
        if above and heading and above.level == heading.level and _same_number(above, heading):
            heading.role, heading.level, heading.strong = Role.BODY, 0, True
        above = heading


def _same_number(first: Paragraph, second: Paragraph) -> bool:
    numbers = [_NUMBER.match(" ".join(printed(paragraph))) for paragraph in (first, second)]
    return None not in numbers and len({found[0].rstrip(".)") for found in numbers if found}) == 1


def letterhead(elements: Sequence[Element]) -> None:
    """Make bold lines of the headings at the top with nothing under them but a heading as high: names and titles."""
    above: Paragraph | None = None
    for element in elements:
        if isinstance(element, Paragraph) and element.empty:
            continue
        if not isinstance(element, Paragraph) or element.role not in (Role.HEADING, Role.BODY):
            return
        if _NUMBER.match(" ".join(printed(element))):
            return
        if element.role is Role.BODY:
            if sum(len(line.split()) for line in element.lines) > _FEW:
                return
            above = None
            continue
        if above is not None and element.level <= above.level:
            above.role, above.level, above.strong = Role.BODY, 0, True
        above = element


def _usual_size(body: Sequence[Paragraph]) -> int:
    """The size of most letters."""
    counts: dict[int, int] = {}
    for paragraph in body:
        counts[paragraph.size] = counts.get(paragraph.size, 0) + sum(map(len, paragraph.lines))
    counts.pop(0, None)
    return max(counts, key=lambda size: counts[size], default=0)
