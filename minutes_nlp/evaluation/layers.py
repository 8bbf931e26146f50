"""How each layer of a record is compared with gold; the definitions are those of the annotation guideline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from minutes_nlp.evaluation.counts import Counts, intersection_over_union, jaccard, pair, words
from minutes_nlp.resources import languages, section, words_cache
from minutes_nlp.spans import CharSpan

OVERLAP = 0.5  # of a passage with its gold passage, intersection over union
SIMILAR = 0.6  # of the words of a title, body, location: Jaccard
_EXACT = ("date", "start_time", "end_time", "next_meeting")
_BY_WORDS = ("title", "body", "location")

LAYERS = (
    "meeting",
    *(f"meeting.{name}" for name in ("date", *_BY_WORDS, "start_time", "end_time", "next_meeting", "languages")),
    "attendance",
    "attendance.who+status",
    "attendance.organisation",
    "attendance.role",
    "schedule",
    "agenda",
    "agenda-all",
    "decisions",
    "actions",
    "actions.whole",
    "actions.owners",
    "actions.due",
    "actions.done",
    "themes",
    "item-themes",
)

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that was `missed`, `extra` or `differs`, and its words."""

    layer: str
    kind: str
    text: str


@dataclass
class Comparison:
    """One document's counts and differences."""

    counts: Counts = field(default_factory=Counts)
    differences: list[Difference] = field(default_factory=list)

    def differs(self, layer: str, gold: object, found: object, about: str = "") -> None:
        """Note that a value is another than gold, if it is."""
        if gold != found:
            self.differences.append(Difference(layer, "differs", f"gold {gold} · found {found} · {about}"))

    def unmatched(
        self, layer: str, gold: Sequence[Entry], found: Sequence[Entry], pairs: Sequence[tuple[int, int]]
    ) -> None:
        """Note what no pair holds."""
        in_gold, in_found = {i for i, _ in pairs}, {j for _, j in pairs}
        self.differences += [
            Difference(layer, "missed", shown(e))
            for i, e in enumerate(gold)
            if i not in in_gold and not e.get("repeat")
        ]
        self.differences += [Difference(layer, "extra", shown(e)) for j, e in enumerate(found) if j not in in_found]


def shown(entry: Entry) -> str:
    """The words by which an entry is recognised."""
    value = entry.get("quote") or entry.get("line") or entry.get("title") or entry.get("name") or ""
    return " ".join(str(value).split())


def compare(gold: Entry, found: Entry, text: str) -> Comparison:
    """Compare one record with its gold; offsets of both refer to `text`."""
    result = Comparison()
    _meeting(result, gold["meeting"], found.get("meeting") or {})
    _attendance(result, gold["attendance"], found.get("attendance") or [])
    _schedule(result, gold["schedule"], found.get("schedule") or [])
    _agenda(result, gold["agenda_items"], found.get("agenda_items") or [], text)
    _passages(result, "decisions", gold["decisions"], found.get("decisions") or [])
    _actions(result, gold["actions"], found.get("actions") or [])
    result.counts.add_sets("themes", set(gold["themes"]), set(found.get("themes") or []))
    result.differs("themes", sorted(gold["themes"]), sorted(found.get("themes") or []))
    return result


def _meeting(result: Comparison, gold: Entry, found: Entry) -> None:
    for name in _EXACT:
        result.counts.add_value(f"meeting.{name}", gold.get(name), found.get(name), lambda a, b: a == b)
        result.differs(f"meeting.{name}", gold.get(name), found.get(name))
    for name in _BY_WORDS:
        a, b = gold.get(name), found.get(name)
        result.counts.add_value(f"meeting.{name}", a, b, lambda x, y: jaccard(x, y) >= SIMILAR)
        if jaccard(a, b) < SIMILAR:
            result.differs(f"meeting.{name}", a, b)
    languages = set(gold.get("languages") or []), set(found.get("languages") or [])
    result.counts.add_sets("meeting.languages", *languages)
    result.differs("meeting.languages", sorted(languages[0]), sorted(languages[1]))


def _attendance(result: Comparison, gold: Sequence[Entry], found: Sequence[Entry]) -> None:
    def same(a: Entry, b: Entry) -> float:
        if not words(a["name"]) or words(a["name"]) != words(b.get("name")):
            return 0.0
        agree = (bool(a["status"] == b.get("status")), words(a.get("organisation")) == words(b.get("organisation")))
        return 1.0 + float(sum(agree))

    pairs = pair(gold, found, same)
    right = sum(gold[i]["status"] == found[j].get("status") for i, j in pairs)
    for layer, hits in (("attendance", len(pairs)), ("attendance.who+status", right)):
        result.counts.add(layer, hits, len(found) - hits, len(gold) - hits)
    for i, j in pairs:
        a, b = gold[i], found[j]
        result.counts.add_value(
            "attendance.organisation", a.get("organisation"), b.get("organisation"), lambda x, y: words(x) == words(y)
        )
        result.counts.add_value("attendance.role", a.get("role"), b.get("role"), lambda x, y: x == y)
        result.differs("attendance.who+status", a["status"], b.get("status"), a["name"])
        result.differs("attendance.organisation", a.get("organisation"), b.get("organisation"), a["name"])
        result.differs("attendance.role", a.get("role"), b.get("role"), a["name"])
    result.unmatched("attendance", gold, found, pairs)


def _schedule(result: Comparison, gold: Sequence[Entry], found: Sequence[Entry]) -> None:
    def same(a: Entry, b: Entry) -> float:
        if (a.get("start"), a.get("end")) != (b.get("start"), b.get("end")):
            return 0.0
        value = jaccard(a["title"], b.get("title"))
        return value if value >= SIMILAR else 0.0

    pairs = pair(gold, found, same)
    result.counts.add("schedule", len(pairs), len(found) - len(pairs), len(gold) - len(pairs))
    result.unmatched("schedule", gold, found, pairs)


def _span(entry: Entry) -> CharSpan:
    """The span of an entry; one without proper offsets gets an impossible one."""
    start, end = entry.get("start"), entry.get("end")
    if type(start) is int and type(end) is int and 0 <= start <= end:
        return CharSpan(start, end)
    return CharSpan(-1, -1)


def _agenda(result: Comparison, gold: Sequence[Entry], found: Sequence[Entry], text: str) -> None:
    def same_line(a: Entry, b: Entry) -> float:
        one, other = _span(a), _span(b)
        if one.start < 0 or other.start < 0:
            return 0.0
        lead = len(text[other.start :]) - len(text[other.start :].lstrip())
        first = min(other.start + lead, max(other.start, other.end - 1))
        near = text.count("\n", min(one.start, first), max(one.start, first)) == 0
        if near or intersection_over_union(one, other) >= OVERLAP:
            return 1 + 1 / (1 + abs(one.start - other.start))
        return 0.0

    for layer, level in (("agenda", 1), ("agenda-all", None)):
        wanted = [e for e in gold if level is None or e["level"] == level]
        offered = [e for e in found if level is None or e.get("level") == level]
        pairs = pair(wanted, offered, same_line)
        result.counts.add(layer, len(pairs), len(offered) - len(pairs), len(wanted) - len(pairs))
        result.unmatched(layer, wanted, offered, pairs)
        for i, j in pairs if level == 1 else []:
            themes = set(wanted[i].get("themes") or []), set(offered[j].get("themes") or [])
            result.counts.add_sets("item-themes", *themes)
            result.differs("item-themes", sorted(themes[0]), sorted(themes[1]), wanted[i]["line"])


def _passages(
    result: Comparison, layer: str, gold: Sequence[Entry], found: Sequence[Entry]
) -> list[tuple[Entry, Entry]]:
    def overlap(a: Entry, b: Entry) -> float:
        value = intersection_over_union(_span(a), _span(b))
        return value if value >= OVERLAP else 0.0

    pairs = pair(gold, found, overlap)
    matched = {i for i, _ in pairs}
    required = [i for i, entry in enumerate(gold) if not entry.get("repeat")]
    hits = sum(i in matched for i in required)
    result.counts.add(layer, hits, len(found) - len(pairs), len(required) - hits)
    result.unmatched(layer, gold, found, pairs)
    return [(gold[i], found[j]) for i, j in pairs]


@words_cache()
def _particles() -> frozenset[str]:
    """The particles of all languages (`van`, `du`, `the`)."""
    return frozenset(word for code in languages() for word in section(code, "language").get("particles", ()))


def owner_hits(gold: Sequence[str], found: Sequence[str]) -> int:
    """Owners found: the same words, or one name within the other with at most three words more."""

    def same(one: str, other: str) -> float:
        a, b = (words(name) - _particles() or words(name) for name in (one, other))
        return jaccard(one, other) + 1 if a and b and (a <= b or b <= a) and len(a ^ b) <= 3 else 0.0

    return len(pair(gold, found, same))


def _actions(result: Comparison, gold: Sequence[Entry], found: Sequence[Entry]) -> None:
    whole = 0
    for a, b in _passages(result, "actions", gold, found):
        owners, offered = a.get("owners") or [], b.get("owners") or []
        hits = owner_hits(owners, offered)
        exact = hits == len(owners) == len(offered)
        done = a.get("status") == "done", b.get("status") == "done"
        result.counts.add("actions.owners", hits, len(offered) - hits, len(owners) - hits)
        result.counts.add_value("actions.due", a.get("due"), b.get("due"), lambda x, y: x == y)
        result.counts.add_value("actions.done", *done, lambda x, y: x == y)
        whole += exact and a.get("due") == b.get("due") and done[0] == done[1] and not a.get("repeat")
        if not exact:
            result.differs("actions.owners", owners, offered, shown(a))
        result.differs("actions.due", a.get("due"), b.get("due"), shown(a))
        result.differs("actions.done", *done, shown(a))
    found_right, extra, missed = result.counts.layers["actions"]
    result.counts.add("actions.whole", whole, found_right + extra - whole, found_right + missed - whole)
