"""What changed between two readings of the same documents, field by field. Records are plain JSON values here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from rapidfuzz import fuzz

Change = Literal["added", "removed", "changed"]
_Row = Mapping[str, Any]

_MEETING: Final = (
    "title",
    "body",
    "date",
    "start_time",
    "end_time",
    "location",
    "next_meeting",
    "languages",
)
_HOW_FOUND: Final = ("recogniser", "confidence")
_LEDGER: Final = ("status", "owners", "due", "opened_on", "closed_on")
_LEAST_OVERLAP: Final = 0.5  # of two spans in the same text
_LEAST_LIKENESS: Final = 60.0  # of two quotes, per cent


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: the records by the path of their document, and the actions of the ledger by their id."""

    records: Mapping[str, Any]
    ledger: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed.

    Attributes:
        document: path of the document.
        part: `document`, `meeting`, `attendance`, `schedule`, `agenda_item`, `decision`, `action`, `ledger`,
            `passage`.
        field: the field of that part; empty where the whole thing is new or gone.
        change: `added`, `removed`, `changed`.
        what: the passage or name that it is about; empty for facts of the document or meeting.
        old, new: the values, as text; empty where there was or is none.
    """

    document: str
    part: str
    field: str
    change: Change
    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A list of a record: its key, its name, and the fields that are compared, as they are taken from a row."""

    key: str
    name: str
    fields: Mapping[str, Callable[[_Row, _Row], Any]]


def _plain(*names: str) -> dict[str, Callable[[_Row, _Row], Any]]:
    return {name: lambda row, _record, name=name: row.get(name) for name in names}  # type: ignore[misc] # bound now


def _item(row: _Row, record: _Row) -> Any:
    """The heading of the agenda item that a row stands under."""
    return None if row.get("item") is None else record["agenda_items"][row["item"]]["evidence"]["quote"]


_QUOTE: Final[Mapping[str, Callable[[_Row, _Row], Any]]] = {"quote": lambda row, _: row["evidence"]["quote"]}
_PARTS: Final = (
    _Part("attendance", "attendance", _plain("name", "status", "organisation", "role")),
    _Part("schedule", "schedule", _plain("start_time", "end_time", "title")),
    _Part("agenda_items", "agenda_item", _plain("number", "title", "level", "themes", "language")),
    _Part("decisions", "decision", {**_QUOTE, "item": _item, **_plain("repeat", "language")}),
    _Part(
        "actions",
        "action",
        {
            **_QUOTE,
            "owners": lambda row, _: [owner["name"] for owner in row["owners"]],
            "due": lambda row, _: (row["due"] or {}).get("value"),
            "due_text": lambda row, _: ((row["due"] or {}).get("evidence") or {}).get("quote"),
            **_plain("status", "repeat", "language"),
            "item": _item,
        },
    ),
)


def differences(old: Side, new: Side, *, everything: bool = False) -> list[Difference]:
    """All that changed, by document, in the order of the text.

    Rows of two lists belong together if they stand at (about) the same place of the same text, or, where the text
    changed, have (about) the same words.

    Args:
        old, new: the two sides.
        everything: also where a passage stands, what it is by its form, who found it and how surely.
    """
    found: list[Difference] = []
    for path in sorted({*old.records, *new.records}):
        before, after = old.records.get(path), new.records.get(path)
        if before is None or after is None:
            change: Change = "added" if before is None else "removed"
            title = (before or after or {})["meeting"]["title"] or ""
            found.append(Difference(path, "document", "", change, title, "", ""))
        else:
            found += _of_record(path, before, after, everything)
    found += _of_ledger(old, new)
    return found


def _of_record(path: str, old: _Row, new: _Row, everything: bool) -> Iterator[Difference]:
    same_text = old["text"] == new["text"]
    if not same_text:
        counts = [f"{len(side['text'])}" for side in (old, new)]
        yield Difference(path, "document", "text", "changed", "", *counts)
    facts = ("media_type", "encoding", "sha256", "size") if everything else ()
    for part, fields in (("document", facts), ("meeting", _MEETING + (_HOW_FOUND if everything else ()))):
        for name in fields:
            yield from _changed(path, part, name, "", old[part].get(name), new[part].get(name))
    yield from _changed(path, "meeting", "themes", "", old["themes"], new["themes"])
    for part_ in _PARTS:
        for before, after in _together(old[part_.key], new[part_.key], same_text):
            yield from _of_row(path, part_, (before, old), (after, new), everything)
    if everything:
        yield from _of_passages(path, old, new, same_text)


def _of_row(
    path: str, part: _Part, old: tuple[_Row | None, _Row], new: tuple[_Row | None, _Row], everything: bool
) -> Iterator[Difference]:
    (before, old_record), (after, new_record) = old, new
    if before is None or after is None:
        row = after or before
        assert row is not None
        change: Change = "added" if before is None else "removed"
        yield Difference(path, part.name, "", change, row["evidence"]["quote"], "", "")
        return
    what = after["evidence"]["quote"]
    for name, value in part.fields.items():
        yield from _changed(path, part.name, name, what, value(before, old_record), value(after, new_record))
    if everything:
        for name in _HOW_FOUND:
            yield from _changed(path, part.name, name, what, before[name], after[name])
        places = [f"{row['evidence']['start']}–{row['evidence']['end']}" for row in (before, after)]
        yield from _changed(path, part.name, "place", what, *places)


def _of_passages(path: str, old: _Row, new: _Row, same_text: bool) -> Iterator[Difference]:
    def placed(record: _Row) -> list[_Row]:
        return [
            {**row, "evidence": {**row, "quote": record["text"][row["start"] : row["end"]]}}
            for row in record["passages"]
        ]

    part = _Part("passages", "passage", _plain("kind", "level", "language", "start", "end"))
    for before, after in _together(placed(old), placed(new), same_text):
        yield from _of_row(path, part, (before, old), (after, new), everything=False)


def _of_ledger(old: Side, new: Side) -> Iterator[Difference]:
    """What became of the actions that both sides know; new ones are seen in their document."""
    where = {**_documents(old), **_documents(new)}
    for identifier in sorted({*old.ledger, *new.ledger}, key=lambda known: (where.get(known, ("", 0)), known)):
        before, after = old.ledger.get(identifier), new.ledger.get(identifier)
        if before is None or after is None:
            continue
        path, what = where.get(identifier, ("", 0))[0], _words(after) or _words(before)
        for name in _LEDGER:
            yield from _changed(path, "ledger", name, what, before.get(name), after.get(name))
        told = [[_event(event) for event in side.get("events", ())] for side in (before, after)]
        for event in told[1]:
            if event not in told[0]:
                yield Difference(path, "ledger", "events", "added", what, "", event)
        for event in told[0]:
            if event not in told[1]:
                yield Difference(path, "ledger", "events", "removed", what, event, "")


def _documents(side: Side) -> dict[str, tuple[str, int]]:
    """Where each action of the ledger began: by its first event."""
    return {
        identifier: (entry["events"][0]["document"] or "", entry["events"][0]["start"] or 0)
        for identifier, entry in side.ledger.items()
        if entry.get("events")
    }


def _words(entry: _Row) -> str:
    return next((event["quote"] for event in entry.get("events", ()) if event["quote"]), "")


def _event(event: _Row) -> str:
    place = f"{event['document']} {event['start']}–{event['end']}" if event["document"] else event["correction"]
    changed = [", ".join(event["owners"])] if event["owners"] else []
    changed += [event["due"]] if event["due"] else []
    return " · ".join(filter(None, (event["kind"], event["day"], *changed, place)))


def _changed(path: str, part: str, field: str, what: str, old: Any, new: Any) -> Iterator[Difference]:
    if old != new:
        yield Difference(path, part, field, "changed", what, _text(old), _text(new))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _together(old: Sequence[_Row], new: Sequence[_Row], same_text: bool) -> Iterator[tuple[_Row | None, _Row | None]]:
    """The rows of two lists that belong together; those without a counterpart with `None`. In the order of the new
    list, those that are gone last."""
    likeness = _overlap if same_text else _alike
    least = _LEAST_OVERLAP if same_text else _LEAST_LIKENESS
    fits = []
    for at, before in enumerate(old):
        for place, after in enumerate(new):
            score = likeness(before, after)
            if score >= least:
                fits.append((-score, abs(at - place), at, place))
    partner_of: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, at, place in sorted(fits):
        if at not in taken and place not in partner_of:
            partner_of[place] = at
            taken.add(at)
    for place, after in enumerate(new):
        yield (old[partner_of[place]] if place in partner_of else None), after
    yield from ((before, None) for at, before in enumerate(old) if at not in taken)


def _overlap(old: _Row, new: _Row) -> float:
    """How much of what either span covers both do."""
    one, other = old["evidence"], new["evidence"]
    both = min(one["end"], other["end"]) - max(one["start"], other["start"])
    either = max(one["end"], other["end"]) - min(one["start"], other["start"])
    return both / either if either > 0 else float(one == other)


def _alike(old: _Row, new: _Row) -> float:
    return fuzz.ratio(old["evidence"]["quote"], new["evidence"]["quote"])
