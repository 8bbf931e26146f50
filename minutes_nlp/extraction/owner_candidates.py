"""All who may own an action, in the passage and above it, with what a trained ranker sees of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minutes_nlp.extraction.names import Mention, Named, Names, is_no_name, owner_words
from minutes_nlp.extraction.owners import Holder, opening_of, surroundings
from minutes_nlp.extraction.signals import ASSIGNING, Signals
from minutes_nlp.extraction.units import Unit
from minutes_nlp.resources.lexicon import first_names

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]")
_CAPITAL_NEXT = re.compile(r"\s+[A-ZÀ-Ý]")
_ORDER = tuple(Holder)
_NEAR = 60  # characters before and after a name that are looked at
_DISTANCES = (2, 12, 25, 50)
_PLACES = ("place.heading_", "place.lead_", "place.item", "place.row", "place.prose", "cue.", "mood.")
# Features that mean something else for an attendee than for a group or an unknown name.
_CROSSED = frozenset(
    {"w1", "v1", "series", "opens", "held", "after", "before", "suffix", "agent", "preposition"}
    | {"bracket", "bracket_only", "bracket_last", "last"}
    | {"arrow", "surest", "others", "S", "capital", "first_name", "upper", "sign"}
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody named in a passage.

    Attributes:
        mention: the name; its span counts from the start of the unit.
        unit: where it stands among the units of the passage.
        features: names of what can be seen of it.
    """

    mention: Mention
    unit: int
    features: frozenset[str]


def candidates(units: Sequence[Unit], seen: Sequence[Signals], names: Names) -> Iterator[Candidate]:
    """Everybody named in the units of a passage, left to right; words that only might be names as well."""
    for number, (unit, signals) in enumerate(zip(units, seen, strict=True)):
        for mention, features in _Reader(unit, signals, names).read():
            place = f"unit={min(number, 2)}"
            yield Candidate(mention, number, frozenset(features | {place, f"{mention.kind.value}·{place}"}))


class _Reader:
    """Looks at the names of one unit."""

    def __init__(self, unit: Unit, signals: Signals, names: Names) -> None:
        self.text, self.language, self.names = unit.text, unit.language, names
        self.words = owner_words(unit.language)
        self.series = names.possible(unit.text, unit.language)
        self.held = {mention.span: held.part for held in signals.held for mention in held.mentions}
        self.surest = min((_ORDER.index(part) for part in self.held.values()), default=None)
        self.verbs = sorted(span for name in ASSIGNING for span in signals.cues.get(name, ()))
        self.opening, self.labelled = opening_of(unit.text, self.words)
        self.common = {f"S={name}" for name in signals.features if name.startswith(_PLACES)}
        self.common |= {f"language={unit.language}", f"all={min(len(self.series), 5)}", f"label={self.labelled}"}
        sure = (m.span.start for one in self.series for m in one if m.kind is Named.ATTENDEE)
        self.first_attendee = next(sure, None)

    def read(self) -> Iterator[tuple[Mention, set[str]]]:
        for number, series in enumerate(self.series):
            around = self._around(series) | {f"series={min(number, 3)}", f"size={min(len(series), 4)}"}
            for mention in series:
                if mention.kind is not Named.PROPER or not is_no_name(mention.name, self.language):
                    yield mention, _crossed(around | self._own(mention), self._kind(mention))

    def _around(self, series: Sequence[Mention]) -> set[str]:
        """What stands before and after names that are joined."""
        start, end = series[0].span.start, series[-1].span.end
        after = [*_WORD.findall(self.text[end : end + _NEAR].lower())[:2], "$", "$"]
        before = ["^", "^", *_WORD.findall(self.text[max(0, start - _NEAR) : start].lower())[-2:]]
        found = self.common | {f"w1={after[0]}", f"w2={after[0]}_{after[1]}", f"v1={before[-1]}"}
        found |= {f"v2={before[-2]}_{before[-1]}", f"opens={start <= self.opening}"}
        found |= {f"suffix={after[0][-2:]}", f"suffix2={after[1][-2:]}"} if after[0].isalpha() else {"sign"}
        found |= self._verbs_near(start, end) | {*surroundings(self.text, start, end, self.words).present()}
        if _CAPITAL_NEXT.match(self.text, end):
            found.add("capital")
        if 0 <= self.text.find(":") < start:
            found.add("colon_before")
        return found

    def _verbs_near(self, start: int, end: int) -> set[str]:
        after = next((verb.start - end for verb in self.verbs if verb.start >= end), None)
        before = next((start - verb.end for verb in reversed(self.verbs) if verb.end <= start), None)
        return {f"after={_distance(after)}", f"before={_distance(before)}"}

    def _kind(self, mention: Mention) -> str:
        kind, name = mention.kind.value, mention.name
        if mention.kind is Named.PROPER:
            known = self.names.is_name(mention.span.text(self.text), self.language)
            return f"{kind}:{'name' if known else 'unsure'}"
        if mention.kind is Named.ATTENDEE and name in self.names.organisations:
            return f"{kind}:organisation"
        return f"{kind}:function" if mention.kind is Named.GROUP and self.words.functions.fullmatch(name) else kind

    def _own(self, mention: Mention) -> set[str]:
        """What is seen of one name for itself."""
        name = mention.name
        found: set[str] = set()
        if mention.kind is Named.PROPER:
            parts = name.split()
            found |= {f"first_name={parts[0].lower() in first_names()}", f"words={min(len(parts), 3)}"}
            found |= {"upper"} if name.isupper() else set()
        elif mention.kind is Named.GROUP:
            found.add(f"group={name.lower()}")
        part = self.held.get(mention.span)
        found.add(f"held={part.value if part else None}")
        if part and _ORDER.index(part) == self.surest:
            found.add("surest")
        elif part is None and self.held:
            found.add("others")
        if self.first_attendee is not None and mention.kind is not Named.ATTENDEE:
            found.add("with_attendee")
        if self.first_attendee is not None and self.first_attendee < mention.span.start:
            found.add("behind_attendee")
        return found


def _crossed(features: set[str], kind: str) -> set[str]:
    """The features with those pairs of them that tell more together."""
    part = next(name for name in features if name.startswith("held="))
    opens = next(name for name in features if name.startswith("opens="))
    found = features | {f"kind={kind}"}
    for name in features:
        group = name.partition("=")[0]
        if group in _CROSSED:
            found.add(f"{kind}·{name}")
        if group == "S":
            found.add(f"{part}·{name}")
        if group in ("w1", "v1", "after"):
            found.add(f"{opens}·{name}")
        if group in ("w1", "suffix"):
            found.add(f"{kind}·{opens}·{name}")
    found.add(f"{kind}·{part}·{opens}·{'surest' in features}")
    return found


def _distance(length: int | None) -> str:
    if length is None:
        return "none"
    return str(next((step for step in _DISTANCES if length < step), "far"))
