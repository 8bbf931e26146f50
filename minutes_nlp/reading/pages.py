"""Page furniture: running headers and footers, and page numbers."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from minutes_nlp.reading.marks import Line
from minutes_nlp.resources import languages, section, words_cache

_EDGE = 3  # lines at the top and at the bottom of a page that may be furniture
_LONGEST = 250
_TITLE_LINES = 15
_RUNNING = 12  # characters of a running text at least
_NUMBER_ALONE = re.compile(r"[-–—\[(|~*_ \t]*\d{1,4}(?:[ \t]?[/|][ \t]?\d{1,4})?[-–—\])|~*_ \t]*$")
_DIGIT = re.compile(r"\d")
_FIRST_NUMBER = re.compile(r"^(\d{1,4})(?=[ \t]{3}|$)")
_LAST_NUMBER = re.compile(r"(?<!\d)(\d{1,4})([ \t]*[^\s\d]{1,4}[ \t]*\d{1,4})?\W*$")


def furniture(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """The indices of the lines that belong to the page and not to the text.

    The first occurrence of a running header stays: it is mostly the title.
    """
    pages = _pages(text, lines)
    found = {i for i, line in enumerate(lines) if _names_page(line.body)}
    if len(pages) > 1:
        return frozenset(found | _numbers(lines, pages) | _repeated(lines, pages))
    return frozenset(found | _beside(lines, found))


def page_breaks(text: str, lines: Sequence[Line]) -> list[int]:
    """The indices of the lines that begin a page (a form feed stands before them); the first page is not listed."""
    if "\f" not in text:
        return []
    return [i for i, line in enumerate(lines) if "\f" in text[line.span.start : line.start] and i]


def _pages(text: str, lines: Sequence[Line]) -> list[list[int]]:
    """The lines of each page that are not blank."""
    edges = [0, *page_breaks(text, lines), len(lines)]
    return [[i for i in range(a, b) if not lines[i].blank] for a, b in itertools.pairwise(edges)]


@words_cache()
def _page_patterns() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    """Patterns of a page number in words at the end and at the beginning of a line, and the words."""
    words = {word for code in languages() for word in section(code, "reading").get("page_words", ())}
    joins = {word for code in languages() for word in section(code, "reading").get("of_words", ())}
    word = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    join = "|".join(map(re.escape, sorted(joins, key=len, reverse=True)))
    count = rf"(?:{word})[ \t:]{{0,12}}\d{{1,4}}(?:[ \t]{{0,3}}(?:/|\||{join})[ \t]{{0,3}}\d{{1,4}})?"
    plain = frozenset(word.rstrip(".") for word in words)
    flags = re.IGNORECASE
    return (
        re.compile(rf"(?:^|[ \t]{{2}}|[-–—|•·][ \t])\W{{0,3}}{count}[ \t\W]*$", flags),
        re.compile(rf"\W{{0,3}}{count}(?:[ \t]{{3,}}\S|[ \t]*[-–—|•·][ \t]+\S)", flags),
        plain,
    )


def _names_page(body: str) -> bool:
    """Whether a line gives the number of its page in words, alone or beside a running text."""
    if len(body) > _LONGEST or not _DIGIT.search(body):
        return False
    ending, beginning, _ = _page_patterns()
    return bool(ending.search(body) or beginning.match(body))


def _numbers(lines: Sequence[Line], pages: list[list[int]]) -> set[int]:
    """Numbers alone at the edge of a page, with the word for page on a line of its own before them."""
    found = set()
    for page in pages:
        for i in (*page[:2], *page[-2:]):
            if _NUMBER_ALONE.match(lines[i].body) and not lines[i].body.lstrip().startswith(("-  ", "*")):
                found.add(i)
        for i in page[-_EDGE:]:
            if lines[i].body.strip().rstrip(".:").casefold() in _page_patterns()[2]:
                found.add(i)
    return found


def _repeated(lines: Sequence[Line], pages: list[list[int]]) -> set[int]:
    """Lines at the same place of at least half of the pages; the number of the page may differ."""
    found: set[int] = set()
    titles: set[int] = set()
    printed = [(number, page) for number, page in enumerate(pages) if page]
    needed = max(2, len(printed) / 2)
    for rank in (*range(_EDGE), *range(-_EDGE, 0)):
        depth = rank if rank >= 0 else -rank - 1
        places = [(number, page[rank]) for number, page in printed if len(page) > 2 * depth]
        keys = [_keys(lines[i].body, number) for number, i in places]
        seen = Counter(key for both in keys for key in both)
        repeated = [i for (_, i), both in zip(places, keys, strict=True) if max(seen[key] for key in both) >= needed]
        found.update(repeated)
        if rank >= 0 and repeated and (repeated[0] in printed[0][1] or not _told(lines, printed[0][1], repeated[0])):
            titles.add(repeated[0])
    return found - titles


def _told(lines: Sequence[Line], page: list[int], running: int) -> bool:
    """Whether all words of a running text stand on a page."""
    words = {word for i in page for word in lines[i].body.casefold().split()}
    return words.issuperset(lines[running].body.casefold().split())


def _keys(body: str, page: int) -> set[str]:
    """What two lines have in common if they say the same, or the same but for a number that counts the pages."""
    plain = " ".join(body[:_LONGEST].split())
    counted = _FIRST_NUMBER.sub(lambda m: f"#{int(m[1]) - page}", body[:_LONGEST].strip())
    counted = _LAST_NUMBER.sub(lambda m: f"#{int(m[1]) - page}{m[2] or ''}", counted)
    return {plain, " ".join(counted.split())}


def _beside(lines: Sequence[Line], found: set[int]) -> set[int]:
    """Lines next to a page number that are running text: they stand there twice, or are the document's title."""
    neighbours: set[int] = set()
    for i in found:
        for step in (-1, 1):
            near = i + step
            while 0 <= near < len(lines) and abs(near - i) <= 4 and lines[near].blank:
                near += step
            if 0 <= near < len(lines) and not lines[near].blank and near not in found:
                neighbours.add(near)
    wordings = {i: " ".join(lines[i].body[:_LONGEST].split()) for i in neighbours}
    counts = Counter(wordings.values())
    top = [i for i, line in enumerate(lines[:_TITLE_LINES]) if not line.blank and i not in found]
    titles = {" ".join(lines[i].body[:_LONGEST].split()) for i in top}
    return {
        i
        for i, wording in wordings.items()
        if i not in top and len(wording) >= _RUNNING and (counts[wording] > 1 or wording in titles)
    }
