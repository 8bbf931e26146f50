"""What people said of links and histories, as `resolution` takes it."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from minutes_nlp.ledger.versions import Carried
from minutes_nlp.records.corrections import Correction
from minutes_nlp.resolution.actions import Told
from minutes_nlp.resolution.closing import sign_of
from minutes_nlp.resolution.histories import CORRECTION, Event, Kind, Place, Who
from minutes_nlp.store.ledger import Row, Tables

_SAME = 0.5  # overlap (intersection over union) from which two spans are one passage
_EVENTS = frozenset({"status", "owners", "due"})
"""The fields of an action that can change through time."""
_STATUS: Mapping[str, Kind] = {"done": "done", "dropped": "dropped", "open": "reopened"}


def links_told(tables: Tables, corrections: Mapping[str, Correction], carried: Carried) -> Told:
    """What the corrections `link` say of action items and passages; of a draft: for the version that counts."""
    same: dict[str, tuple[str, str]] = {}
    apart: set[tuple[str, str]] = set()
    passages: set[tuple[str, str, int]] = set()
    for correction, action, place, later in _links(tables, corrections, carried):
        if correction.value:
            if later:
                same[later] = action, correction.id
        else:
            passages.add((action, place[0], place[1]))
            if later:
                apart.add((action, later))
    return Told(same, frozenset(apart), frozenset(passages))


def correction_events(
    tables: Tables,
    corrections: Mapping[str, Correction],
    days: Mapping[str, tuple[str, str | None]],
    carried: Carried,
    copied: Collection[str] = (),
) -> Iterator[tuple[str, Event]]:
    """The events that corrections add, each with the action item (id) that it is about.

    Args:
        tables: the rows of the series.
        corrections: those in force, by id, in the order of the log.
        days: the meeting (id) and day of each document (id).
        carried: from drafts to the versions that count. What was read wrongly in a draft is put right there as well, by
            an event of the day of the meeting.
        copied: action items (id) of minutes that another document has once more: what was put right in the one would be
            undone by the copy of the same day, were it no event as well.
    """
    documents = {row["id"]: row["document_id"] for row in tables["actions"]}
    direct = {(row["correction_id"], row["row_id"]) for row in tables["targets"]}
    done = {row["id"]: row["status"] == "done" for row in tables["actions"]}
    for row in _in_order(tables, corrections):
        correction = corrections[row["correction_id"]]
        if row["role"] != "passage" or not row["row_id"] or correction.kind != "action":
            continue
        action = carried.action(row["row_id"])
        if correction.is_event:
            yield action, _on_a_day(correction, correction.on)
        elif correction.field in _EVENTS and (action in copied or (correction.id, action) not in direct):
            yield action, _on_a_day(correction, days[documents[action]][1])
    for correction, action, place, later in _links(tables, corrections, carried):
        if correction.value and not (later and (correction.field == "same" or done[later])):
            meeting, day = days.get(place[0], (None, None))
            kind: Kind = "done" if correction.field == "closes" else "restated"
            text = correction.other.span.quote if correction.other else ""
            for language in ("nl", "fr", "en", "de"):
                said = sign_of(text, language)
                if said and (correction.field == "closes") == (said[0] in ("done", "dropped")):
                    kind = said[0]
            yield action, Event(kind, day, place, CORRECTION, 1.0, meeting, later, correction.id)


def _on_a_day(correction: Correction, day: str | None) -> Event:
    plain = {
        "day": day,
        "evidence": None,
        "method": CORRECTION,
        "confidence": 1.0,
        "correction": correction.id,
    }
    if correction.field == "status":
        return Event(_STATUS[str(correction.value)], **plain)  # type: ignore[arg-type]
    if correction.field == "owners":
        names = correction.value if isinstance(correction.value, list | tuple) else []
        return Event("reassigned", owners=tuple(Who(str(name)) for name in names), **plain)  # type: ignore[arg-type]
    due = None if correction.value is None else str(correction.value)
    return Event("postponed", due=due, due_last_day=due and _last_day(due), changes_due=True, **plain)  # type: ignore[arg-type]


def _last_day(due: str) -> str:
    """The last day of a month; a day is its own."""
    if len(due) > len("2024-05"):
        return due
    return f"{due}-{calendar.monthrange(*map(int, due.split('-')))[1]}"


def _in_order(tables: Tables, corrections: Mapping[str, Correction]) -> list[Row]:
    order = {identifier: number for number, identifier in enumerate(corrections)}
    return sorted(
        (row for row in tables["targets"] if row["correction_id"] in order), key=lambda r: order[r["correction_id"]]
    )


def _links(
    tables: Tables, corrections: Mapping[str, Correction], carried: Carried
) -> Iterator[tuple[Correction, str, Place, str | None]]:
    """Each link: the correction, the earlier action item, the later passage, the action item that this is, if any."""
    sides: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in _in_order(tables, corrections):
        if corrections[row["correction_id"]].kind == "link":
            sides[row["correction_id"]][row["role"]] = row
    for identifier, roles in sides.items():
        one, other = roles.get("passage"), roles.get("other")
        if one is None or other is None or not one["row_id"] or other["start_offset"] is None:
            continue
        place = (other["document_id"], other["start_offset"], other["end_offset"])
        later = _action_at(tables, place)
        later = None if later is None else carried.action(later)
        yield corrections[identifier], carried.action(one["row_id"]), carried.place(place), later


def _action_at(tables: Tables, place: Place) -> str | None:
    best: tuple[float, str] | None = None
    for row in tables["actions"]:
        if row["document_id"] != place[0]:
            continue
        inside = min(row["end_offset"], place[2]) - max(row["start_offset"], place[1])
        union = max(row["end_offset"], place[2]) - min(row["start_offset"], place[1])
        if inside > 0 and (share := inside / union) >= _SAME and (best is None or share > best[0]):
            best = (share, row["id"])
    return best[1] if best else None
