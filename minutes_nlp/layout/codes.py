"""Numbers of items in forms that only the document itself gives away: `OJ 3 -`, `AP2.`, `2023-14 :`, `19/67`.

A line may begin with a word or a code that no list knows. Lines of one document that begin alike, with a number that
counts up, number the items all the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from minutes_nlp.layout.words import Role, Vocabulary

_ENOUGH = 3  # lines that begin alike
_COUNTING = 0.6  # share of their steps that count up by one
_LONGEST = 300  # characters of a line that may be a heading
_RUN = re.compile(r"\d+")
_REGISTER = re.compile(r"\d[-_/.][^\W\d_]+[-_/.]\d")  # letters between digits
_CODE = re.compile(
    r"""\W{0,3}
    (?P<word>(?:[^\W\d_]{1,20}\.?\s){0,2}?(?:n[°ºo]\.?\s?|nr\.?\s?)?)
    (?P<number>(?:[^\W\d_]{1,5}[-_/.]?)?\d{1,4}(?:[-_/.](?:\d{1,5}|[^\W\d_]{1,5})){0,2})
    (?P<stop>\s?[.:)](?=\s)|\s+[-–—|](?=\s)|(?=\s))
    \s*""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Code:
    """The number that a line begins with.

    Attributes:
        number: as printed (`3`, `AP2`, `2023-14`), without its stop.
        ordinal: the part of it that counts up.
        form: what all such lines have in common.
        end: where the title begins in the line.
    """

    number: str
    ordinal: int
    form: str
    end: int


def find_codes(contents: Mapping[int, str], words: Vocabulary) -> dict[int, Code]:
    """The numbers of the lines that begin alike and count up.

    Args:
        contents: the lines that have no number of a known form, by the index of their block, in order.
        words: the vocabulary.

    Returns:
        The codes by index; empty if there are none.
    """
    alike: dict[str, dict[int, re.Match[str]]] = defaultdict(dict)
    for index, content in contents.items():
        found = _CODE.match(content[:_LONGEST])
        if found and _numbers_title(content, found, words):
            alike[_form(found)][index] = found
    codes: dict[int, Code] = {}
    for form, members in alike.items():
        ordinals = _ordinals([m["number"] for m in members.values()])
        for (index, match), ordinal in zip(members.items(), ordinals, strict=False):
            codes[index] = Code(match["number"], ordinal, form, match.end())
    return codes


def is_code(form: str) -> bool:
    """Whether a form is that of a code without words (`AP1.`), which begins the number of an item and nothing else."""
    return form.startswith(" ")


def _numbers_title(content: str, found: re.Match[str], words: Vocabulary) -> bool:
    """Whether a title follows, and the words before the number name no part of a text (`Artikel 1.`), day or time."""
    title = content[found.end() :].lstrip("\"'“‘«(")
    if not title[:1].isalnum() or title[:1].islower() or words.time.match(content):
        return False
    word, registered = found["word"].strip(), _registered(found["number"])
    if not registered and (not found["stop"] or not title[0].isalpha() or (not word and found["number"].isdigit())):
        return False
    spoken = re.findall(r"[^\W\d_]+", f"{word} {found['number']}".casefold())
    if any(part in words.calendar for part in spoken):
        return False
    named = re.sub(r"\s*(?:n[°ºo]|nr)\.?$", "", word, flags=re.IGNORECASE) or "".join(spoken[:1])
    if named.casefold().strip(".") in words.parts:
        return False
    return registered or not words.is_whole(Role.LEAD_IN, named)


def _registered(number: str) -> bool:
    """Whether a number is one of a register (`2023-14`), that also numbers what is elsewhere a label in an item."""
    return len(_RUN.findall(number)) > 1


def _form(found: re.Match[str]) -> str:
    """What a code has in common with those that count on from it: its words and signs, and its letters."""
    return f"{found['word'].casefold().strip()} {_RUN.sub('1', found['number'].casefold())}{found['stop'].strip()}"


def _ordinals(numbers: Sequence[str]) -> list[int]:
    """What counts up in numbers of one form; empty if nothing does.

    One part must differ from number to number while the others (a year) stay the same. Those of a register with
    letters between the digits (`2024_GR_00085`) need not count up: their order is the one of the text.
    """
    if len(numbers) < _ENOUGH:
        return []
    if _REGISTER.search(numbers[0]):
        return _in_order(numbers)
    parts = list(zip(*([int(run) for run in _RUN.findall(number)] for number in numbers), strict=True))
    varying = [part for part in parts if len(set(part)) > 1]
    if len(varying) != 1:
        return []
    (counted,) = varying
    up = sum(b - a == 1 for a, b in pairwise(counted))
    return list(counted) if up >= _COUNTING * (len(counted) - 1) else []


def _in_order(values: Iterable[str]) -> list[int]:
    """The place of each value among the different ones, from 1."""
    places: dict[str, int] = {}
    return [places.setdefault(value, len(places) + 1) for value in values]
