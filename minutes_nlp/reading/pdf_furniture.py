"""What is printed on every page of a PDF: running headers and footers, page numbers; and tables of contents."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence

from minutes_nlp.reading.document import ApartKind
from minutes_nlp.reading.marks import read_line
from minutes_nlp.reading.pages import furniture
from minutes_nlp.reading.pdf_lines import PrintedLine
from minutes_nlp.reading.pdf_page import Page
from minutes_nlp.spans import CharSpan

_EDGE = 6  # lines at the top and at the bottom of a page
_TOP, _BOTTOM = 0.22, 0.8  # of the height, beyond which there is no furniture
_SAME_HEIGHT = 12.0  # points by which it may move from page to page
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"\w+")
_ALONE = re.compile(r"[-–—\[(| ]*\d{1,4}(?:\s?[/|]\s?\d{1,4})?[-–—\])| ]*$")
_LEADER = re.compile(r"(?:[.…·_][ ]?){4,}[ ]*(?:\d{1,3}|[ivxIVX]{1,5})$")
_SAID = 2  # times that the text itself says what stands at the edge of pages, from which it is text there, too
_SAME_PLACE = 3.0  # points within which the numbers of pages end
_FEWEST = 3  # lines of a table of contents without dots
_TITLE_WORDS = 4  # of the heading over a table of contents

Wording = tuple[ApartKind, str]
Place = tuple[int, int]  # the index of a page, and that of a line on it


def set_apart(pages: Sequence[Page], lines: Sequence[Sequence[PrintedLine]]) -> dict[Place, ApartKind]:
    """Which lines of which pages are no part of the text, and why.

    The first occurrence of a running header stays if its words stand nowhere else on its page: it is the title.
    """
    found = _contents(lines)
    found.update(_numbers(pages, lines))
    for (kind, _), places in _repeated(pages, lines).items():
        for place in _without_title(places, lines) if kind is ApartKind.HEADER else places:
            found.setdefault(place, kind)
    return found


def repeated_aside(turned: Sequence[Sequence[PrintedLine]]) -> set[str]:
    """What is printed upwards or downwards in the margin of several pages, the numbers in it aside.

    Args:
        turned: the lines of each page that are not level.

    Returns:
        The texts, with `#` for each number, as `without_numbers` writes them.
    """
    counts = Counter(wording for lines in turned for wording in {without_numbers(line.text) for line in lines})
    return {wording for wording, count in counts.items() if count > 1}


def without_numbers(text: str) -> str:
    """A text in lower case with `#` for each number."""
    return _DIGITS.sub("#", text.casefold())


def _zone(page: Page, line: PrintedLine, index: int, count: int) -> ApartKind | None:
    if line.base < _TOP * page.height and index < _EDGE:
        return ApartKind.HEADER
    if line.base > _BOTTOM * page.height and index >= count - _EDGE:
        return ApartKind.FOOTER
    return None


def _repeated(pages: Sequence[Page], lines: Sequence[Sequence[PrintedLine]]) -> dict[Wording, list[Place]]:
    """Lines that stand at the same height of at least half of the pages, the numbers in them aside.

    What the text itself says again and again (`Aangenomen.`) may end several pages at one height, and is none.
    """
    alike: dict[Wording, list[Place]] = defaultdict(list)
    inside: Counter[str] = Counter()
    for number, (page, printed) in enumerate(zip(pages, lines, strict=True)):
        for index, line in enumerate(printed):
            wording = without_numbers(line.text)
            if (zone := _zone(page, line, index, len(printed))) is not None:
                alike[zone, wording].append((number, index))
            else:
                inside[wording] += 1
    needed = max(2.0, sum(1 for printed in lines if printed) / 2)
    kept: dict[Wording, list[Place]] = {}
    for key, places in alike.items():
        usual = statistics.median(lines[page][index].base for page, index in places)
        level = [(p, i) for p, i in places if abs(lines[p][i].base - usual) <= _SAME_HEIGHT]
        if len({page for page, _ in level}) >= needed and inside[key[1]] < _SAID:
            kept[key] = level
    return kept


def _without_title(places: Sequence[Place], lines: Sequence[Sequence[PrintedLine]]) -> list[Place]:
    """The places of a running header without the first one if nothing else on its page says the same."""
    first, index = places[0]
    words = set(_WORD.findall(lines[first][index].text.casefold()))
    others = {word for i, line in enumerate(lines[first]) if i != index for word in _WORD.findall(line.text.casefold())}
    named = any(map(str.isalpha, lines[first][index].text))
    return list(places[1:]) if first == 0 and named and not words <= others else list(places)


def _numbers(pages: Sequence[Page], lines: Sequence[Sequence[PrintedLine]]) -> dict[Place, ApartKind]:
    """Page numbers, alone or with the word for page."""
    found: dict[Place, ApartKind] = {}
    for number, (page, printed) in enumerate(zip(pages, lines, strict=True)):
        for index, line in enumerate(printed):
            zone = _zone(page, line, index, len(printed))
            if zone is None:
                continue
            text = line.text
            outermost = index in (0, len(printed) - 1) and len(printed) > 1
            if (outermost and _ALONE.match(text)) or furniture(text, [read_line(text, CharSpan(0, len(text)))]):
                found[number, index] = zone
    return found


def _contents(lines: Sequence[Sequence[PrintedLine]]) -> dict[Place, ApartKind]:
    """The lines of tables of contents, with dots that lead to the number of a page, and the heading over them."""
    found: dict[Place, ApartKind] = {}
    for page, printed in enumerate(lines):
        led = [index for index, line in enumerate(printed) if _LEADER.search(line.text)]
        if len(led) < 2:
            led = _counted(printed, len(lines))
        if not led:
            continue
        found.update(((page, index), ApartKind.CONTENTS) for index in range(led[0], led[-1] + 1))
        over = printed[led[0] - 1] if led[0] else None
        if over is not None and len(over.words) < _TITLE_WORDS and (over.bold or over.size > printed[led[0]].size):
            found[page, led[0] - 1] = ApartKind.CONTENTS
    return found


def _counted(printed: Sequence[PrintedLine], pages: int) -> list[int]:
    """The longest run of lines that end in the number of a page at one place, numbers that never go down."""
    best: list[int] = []
    run: list[int] = []
    last, edge = 0, 0.0
    for index, line in enumerate(printed):
        text = line.pieces[-1].text
        number = int(text) if len(line.pieces) > 1 and text.isdecimal() and len(text) < 4 else 0
        if not 0 < number <= pages:
            run = []
            continue
        if run and (number < last or abs(line.right - edge) > _SAME_PLACE):
            run = []
        run = [*run, index]
        last, edge = number, line.right
        best = max(best, run, key=len)
    return best if len(best) >= _FEWEST else []
