"""Which paragraphs of a PDF are headings, and of which level: told by letters, numbers and the room above them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from minutes_nlp.reading.flow import Element, Paragraph, Role, Table
from minutes_nlp.reading.paged import Paged
from minutes_nlp.reading.pdf_paragraphs import Draft

_LARGER = 1.12  # times the usual size: letters of a heading
_WORDS = 15  # of a heading
_SAME_SIZE = 0.15  # times a size
_LETTERHEAD = 3  # bold lines at the top that are one
_EVEN = 0.6  # of the letters that have the usual size, below which sizes tell nothing
_SENTENCE = (".", ":", ";", ",", "?")
_ADDRESS = re.compile(r"\w@\w|\w://|www\.")
_NUMBERED = re.compile(
    r"(?:(?P<arabic>\d{1,2}(?:\.\d{1,2}){0,3})[.):]?|(?P<roman>[IVX]{1,5}(?:\.\d{1,2}){0,3})[.)])(?:\s+\S|[A-Z])"
)

Drafted = Draft | tuple[Table, int]


class _Letters(NamedTuple):
    """How letters look; the more they stand out, the greater."""

    size: float
    bold: bool
    underlined: bool


class _Look(NamedTuple):
    """What a heading looks like: its letters, and the depth of its number, 0 without."""

    letters: _Letters
    depth: int


def mark_headings(drafts: Sequence[Drafted], placed: Sequence[Paged]) -> None:
    """Make headings of the paragraphs that look so; the lines of a letterhead become plain ones.

    The largest letters are level 1, bold ones below larger ones, underlined ones below those. Where one kind of letters
    has numbers of several depths (`2`, `2.1`), these part the levels. Several headings in a row without numbers are no
    headings.

    Args:
        drafts: the paragraphs and tables as printed.
        placed: what was made of each; changed in place.
    """
    usual = _usual(drafts)
    looks = [_look(draft, element, usual) for draft, (element, _) in zip(drafts, placed, strict=True)]
    plain = [look.letters if look and not look.depth else None for look in looks]
    many = sum(letters is not None for letters in plain) > max(3, len(looks) / 3)
    for index, letters in enumerate(plain):
        if letters is not None and (many or any(_alike(letters, plain[i]) for i in _beside(index, plain))):
            looks[index] = None
    kinds = sorted({look.letters for look in looks if look}, reverse=True)
    for (element, _), look in zip(placed, looks, strict=True):
        if look is None or not isinstance(element, Paragraph):
            continue
        depths = [other.depth for other in looks if other and other.letters == look.letters and other.depth]
        below = look.depth - min(depths) if look.depth else 0
        element.role, element.level = Role.HEADING, kinds.index(look.letters) + 1 + below
    _unmark_letterhead(placed)


def _beside(index: int, places: Sequence[object]) -> list[int]:
    return [other for other in (index - 1, index + 1) if 0 <= other < len(places)]


def _alike(letters: _Letters, other: _Letters | None) -> bool:
    """Whether two lines in a row may be headings of one kind; an underlined one may stand right below another one."""
    return other is not None and letters.underlined == other.underlined


def _usual(drafts: Sequence[Drafted]) -> tuple[float, bool]:
    """The size in points of most letters, and whether they are bold; size 0 if they differ at random, as of OCR."""
    counts: dict[tuple[float, bool], int] = {}
    for draft in drafts:
        if isinstance(draft, Draft):
            letters = sum(len(line.text) for printed in draft.lines for line in printed)
            counts[draft.size, draft.bold] = counts.get((draft.size, draft.bold), 0) + letters
    size, bold = max(counts, key=lambda look: counts[look], default=(0.0, False))
    alike = sum(count for (other, _), count in counts.items() if abs(other - size) < _SAME_SIZE * size)
    return (size if alike >= _EVEN * sum(counts.values()) else 0.0), bold


def _look(draft: Drafted, element: Element, usual: tuple[float, bool]) -> _Look | None:
    """The look of what may be a heading; else `None`."""
    if not isinstance(draft, Draft) or not isinstance(element, Paragraph) or len(draft.lines) != 1:
        return None
    if draft.columns or draft.drawn:
        return None
    text = element.lines[0].strip()
    numbered = _NUMBERED.match(f"{element.marker} {text}".strip())
    other = not numbered and (text.endswith(_SENTENCE) or _ADDRESS.search(text))
    if other or len(text.split()) > _WORDS or not any(map(str.isalpha, text)):
        return None
    if draft.marker and not numbered:
        return None
    larger = draft.size >= _LARGER * usual[0] > 0
    stronger = (draft.underlined or (draft.bold and not usual[1])) and draft.size >= 0.95 * usual[0]
    if not (larger or stronger) or not (numbered or draft.above):
        return None
    return _Look(_Letters(draft.size, draft.bold, draft.underlined), _depth(numbered) if numbered else 0)


def _depth(numbered: re.Match[str]) -> int:
    return str(numbered["arabic"] or numbered["roman"]).count(".") + 1


def _unmark_letterhead(placed: Sequence[Paged]) -> None:
    """Take the lines of a letterhead or a title page, on the first page before the text, for plain ones."""
    top: list[Paragraph] = []
    for element, page in placed:
        if not isinstance(element, Paragraph) or page > placed[0][1] or element.marker:
            break
        if element.role in (Role.COLUMNS, Role.FIGURE):
            break
        text = " ".join(element.lines)
        if len(text.split()) > _WORDS or text.endswith(":"):
            break
        if element.role is Role.HEADING and _NUMBERED.match(text):
            break
        top.append(element)
    if sum(len(p.lines) for p in top if p.strong or p.role is Role.HEADING) >= _LETTERHEAD:
        for paragraph in top:
            paragraph.strong = paragraph.role is Role.HEADING
