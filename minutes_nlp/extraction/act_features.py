"""What a trained model sees of a unit: its words, those around it, and the signals that the rules weigh."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from minutes_nlp.extraction.units import Unit

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[?!:;%€@#→]|=>|->")
_DIGIT = re.compile(r"\d")
_SPEAKER = re.compile(r"\W*[^\W\d_][\w'’.-]+(?: [^\W\d_][\w'’.-]*){0,3}\s*:")
_LAST_BRACKET = re.compile(r"\([^)]{2,40}\)\s*\.?$")
_KEPT = "act_features"  # key of `Unit.seen`
_STEM = 5
_REMEMBERED = 1024  # headings and lead-ins of many units
_BEFORE = 40  # words of the unit before that are looked at


@functools.lru_cache(_REMEMBERED)
def tokens(text: str) -> tuple[str, ...]:
    """The words and telling signs of a text, in lower case, every digit as `0`."""
    return tuple(token.lower() for token in _TOKEN.findall(_DIGIT.sub("0", text.replace("’", "'"))))


def act_features(unit: Unit, signals: Iterable[str]) -> dict[str, float]:
    """The features of a unit with their values.

    Args:
        unit: the passage in its context.
        signals: names of the signals seen in it (`cue.future`, `place.item` …).
    """
    return {**{f"S={name}": 1.0 for name in signals}, **_without_signals(unit)}


def _without_signals(unit: Unit) -> Mapping[str, float]:
    """What is the same whichever signals are asked about; worked out once per unit."""
    if _KEPT not in unit.seen:
        words = tokens(unit.text)
        found: dict[str, float] = dict.fromkeys(_inside(words), 1.0)
        found.update(_around(unit))
        found.update(dict.fromkeys(_shape(unit, words), 1.0))
        unit.seen[_KEPT] = found
    kept: Mapping[str, float] = unit.seen[_KEPT]
    return kept


def _inside(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        yield f"w={word}"
        if len(word) > _STEM:
            yield f"p={word[:_STEM]}"
    for first, second in zip(["<", *words], [*words, ">"], strict=True):
        yield f"b={first}_{second}"
    for first, second, third in zip(words, words[1:], words[2:], strict=False):
        yield f"t={first}_{second}_{third}"
    if words:
        yield f"f={words[0]}"
        yield f"l={words[-1]}"
        yield "f2=" + "_".join(words[:2])


def _around(unit: Unit) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for word in tokens(" ".join(unit.headings)):
        found[f"h={word}"] = 0.5
        if len(word) > _STEM:
            found[f"hp={word[:_STEM]}"] = 0.5
    for word in tokens(unit.headings[-1] if unit.headings else ""):
        found[f"hl={word}"] = 0.7
    for word in tokens(" ".join(unit.leads)):
        found[f"ld={word}"] = 0.7
    for word in tokens(unit.before)[:_BEFORE]:
        found[f"bf={word}"] = 0.25
    return found


def _shape(unit: Unit, words: Sequence[str]) -> Iterator[str]:
    size = min(8, int(1.5 * (len(words) + 1).bit_length()))
    yield f"shape={unit.shape.value}"
    yield f"size={size}"
    yield f"shape={unit.shape.value}·size={size}"
    yield f"marker={_DIGIT.sub('0', unit.marker)}"
    yield f"led={bool(unit.leads)}"
    yield f"place={unit.first}{unit.last}"
    text = unit.text.rstrip()
    for name, seen in (
        ("question", text.endswith("?")),
        ("colon", text.endswith(":")),
        ("speaker", bool(_SPEAKER.match(text))),
        ("bracket", bool(_LAST_BRACKET.search(text))),
    ):
        if seen:
            yield f"is={name}"
    for column, _ in unit.cells:
        yield f"cell={column.value}"
