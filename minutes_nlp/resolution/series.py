"""Which meetings belong to one series: those of one group, whatever the language of its name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from minutes_nlp.resources.folding import fold
from minutes_nlp.resources.lexicon import languages, phrases, section, words_cache

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Sitting:
    """What tells to which series the minutes of a meeting belong.

    Attributes:
        path: of the document, with `/`.
        body: the group that met, as written.
        organisation: id of the body in the directory, if it is known there.
        is_list: whether it is an action list that was taken over, whose folder says nothing.
    """

    path: str
    body: str | None = None
    organisation: str | None = None
    is_list: bool = False


def series_of(sittings: Sequence[Sitting]) -> list[str]:
    """The key of the series of each meeting, equal for meetings of the same group.

    The organisation counts first, then the name of the group, then the folder. A group that is only called by its
    kind (`bestuur`, `AG`) is that of its folder; an action list, whose folder says nothing, is of the only group that
    is called so. Minutes that name no group are of the only group that the others of their folder name; if those name
    several, they are a series of their own.
    """
    own = [sitting.organisation or _of_body(sitting) for sitting in sittings]
    own = [
        _of_list(sitting, key, sittings) if sitting.is_list else key for sitting, key in zip(sittings, own, strict=True)
    ]
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for sitting, key in zip(sittings, own, strict=True):
        if key is not None:
            named[folder(sitting.path)][key] += 1
    keys = []
    for sitting, key in zip(sittings, own, strict=True):
        place = folder(sitting.path)
        others = named[place]
        keys.append(key or (next(iter(others)) if place and len(others) == 1 else f"{place}/"))
    return keys


def _of_list(listed: Sitting, key: str | None, sittings: Sequence[Sitting]) -> str | None:
    """The key of an action list: where its group is only called by its kind, that of the one which holds meetings."""
    if listed.organisation or not listed.body or split_body(listed.body)[1]:
        return key
    kind = split_body(listed.body)
    held = {
        sitting.organisation or _of_body(sitting)
        for sitting in sittings
        if not sitting.is_list and sitting.body and split_body(sitting.body) == kind
    }
    return held.pop() if len(held) == 1 else key


def folder(path: str) -> str:
    """The folder of a document, without the parts that only say when (`2023`, `2024-05`)."""
    return "/".join(part for part in path.split("/")[:-1] if re.search(r"[^\W\d_]{3}", part))


def _of_body(sitting: Sitting) -> str | None:
    """The name of the group with its kind in one word for all languages; `None` if the minutes name none."""
    if not sitting.body or not _WORD.search(sitting.body):
        return None
    kind, name = split_body(sitting.body)
    if kind and not name:
        return f"{folder(sitting.path)}/{kind}"
    return " ".join(filter(None, (kind, name)))


@words_cache(100_000)
def split_body(body: str) -> tuple[str, str]:
    """The kind of a group (`working-group`; empty if its name does not say) and the rest of its name, folded.

    Example:
        >>> split_body("Groupe de travail Wilgenhof") == split_body("werkgroep Wilgenhof")
        True
    """
    text = fold(body)
    for kind, pattern in _kinds():
        found = pattern.search(text)
        if found:
            rest = text[: found.start()] + " " + text[found.end() :]
            return kind, " ".join(word for word in _WORD.findall(rest) if word not in _joints())
    return "", " ".join(_WORD.findall(text))


@words_cache()
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """A pattern for each name of a kind of group, the longest names first."""
    named = [
        (fold(name), kind)
        for code in languages()
        for kind, names in section(code, "ledger")["bodies"].items()
        for name in names
    ]
    return tuple((kind, phrases((name,))) for name, kind in sorted(named, key=lambda entry: (-len(entry[0]), entry)))


@words_cache()
def _joints() -> frozenset[str]:
    """Articles and prepositions, which differ where the name does not."""
    return frozenset(fold(word) for code in languages() for word in section(code, "language").get("particles", ())) | {
        "l",
        "d",
    }
