"""What became of the actions of one series of meetings, as rows of the ledger."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from minutes_nlp.ledger.links import correction_events, links_told
from minutes_nlp.ledger.versions import Carried
from minutes_nlp.records.corrections import Correction
from minutes_nlp.resolution.actions import Ledger, follow
from minutes_nlp.resolution.histories import Event, History, Place, Said, Session, Who
from minutes_nlp.store.identity import stable_id
from minutes_nlp.store.ledger import Row, Tables, add_evidence, document_text


class Worked(NamedTuple):
    """The histories of a series and what may have become of its actions."""

    histories: list[History]
    ledger: Ledger


def work_out(
    meetings: Sequence[Session],
    twins: Mapping[str, str],
    tables: Tables,
    corrections: Mapping[str, Correction],
    carried: Carried,
    copied: Collection[str] = (),
) -> Worked:
    """Follow the actions through the meetings, and lay over it what people said.

    Args:
        meetings: the minutes that count, in order.
        twins: action items (id) by the one (id) that they say in another language.
        tables: the rows of the series.
        corrections: those in force, by id.
        carried: where what was said of superseded minutes holds in those that count.
        copied: action items (id) of minutes that another document has once more.
    """
    told = links_told(tables, corrections, carried)
    ledger = follow(meetings, twins, told)
    days = {row["document_id"]: (row["id"], row["date"]) for row in tables["meetings"]}
    of_action = {event.action: history.key for history in ledger.histories for event in history.events if event.action}
    further: dict[str, list[Event]] = defaultdict(list)
    for action, event in correction_events(tables, corrections, days, carried, copied):
        if action in of_action:
            further[of_action[action]].append(event)
    histories = [h.inserted(further[h.key]) if h.key in further else h for h in ledger.histories]
    decided = {(key, event.evidence) for key, events in further.items() for event in events}
    still_open = {history.key for history in histories if history.status == "open"}
    ledger.proposals = [
        proposal
        for proposal in ledger.proposals
        if (proposal.key, proposal.event.evidence) not in decided and proposal.key in still_open
    ]
    return Worked(histories, ledger)


def ledger_rows(
    db: sqlite3.Connection, series: str, worked: Worked, meetings: Sequence[Session]
) -> dict[str, list[Row]]:
    """The rows of `ledger_actions`, `ledger_events` and `proposals`; passages that they quote are written down."""
    days = sorted({session.day for session in meetings if session.day})
    places = _Places(db, [action for session in meetings for action in session.actions])
    rows: dict[str, list[Row]] = {"ledger_actions": [], "ledger_events": [], "proposals": []}
    for history in worked.histories:
        rows["ledger_actions"].append(_action(series, history, days))
        for position, event in enumerate(history.events):
            rows["ledger_events"].append(_event(history, position, event, places))
    seen: set[str] = set()
    for proposal in worked.ledger.proposals:
        event = proposal.event
        evidence = places.evidence(event)
        identifier = stable_id(proposal.key, "proposal", event.kind, evidence or "")
        if identifier in seen or evidence is None:
            continue
        seen.add(identifier)
        rows["proposals"].append(
            {
                "id": identifier,
                "ledger_action_id": proposal.key,
                "event": event.kind,
                "meeting_id": event.session,
                "action_id": event.action,
                "evidence_id": evidence,
                "method": event.method,
                "confidence": event.confidence,
            }
        )
    return rows


class _Places:
    """The evidence rows of passages: those of the action items, and new ones."""

    def __init__(self, db: sqlite3.Connection, actions: Sequence[Said]) -> None:
        self._db = db
        self._texts: dict[str, str] = {}
        known = {row[0]: row[1] for row in db.execute("SELECT id, evidence_id FROM actions")} if actions else {}
        self._of_action: dict[str, str] = {action.key: known[action.key] for action in actions}

    def evidence(self, event: Event) -> str | None:
        """The id of the passage that says so; `None` for a correction that names none."""
        if event.action is not None:
            return self._of_action[event.action]
        return None if event.evidence is None else self._new(event.evidence)

    def _new(self, place: Place) -> str:
        document, start, end = place
        text = self._texts.get(document)
        if text is None:
            text = self._texts[document] = document_text(self._db, document)
        return add_evidence(self._db, document, start, end, text[start:end])


def _action(series: str, history: History, days: Sequence[str]) -> Row:
    latest = history.last_sign_on
    return {
        "id": history.key,
        "series": series,
        "latest_action_id": history.latest.key,
        "status": history.status,
        "owners": _names(history.owners),
        "owners_action_id": history.owners_action,
        "due": history.due,
        "due_last_day": history.due_last_day,
        "due_evidence_id": history.due_evidence,
        "opened_on": history.day,
        "closed_on": history.closed_on,
        "last_sign_on": latest,
        "silent_meetings": len(days) - bisect_right(days, latest) if latest else 0,
    }


def _event(history: History, position: int, event: Event, places: _Places) -> Row:
    evidence = places.evidence(event)
    return {
        "id": stable_id(history.key, "event", event.kind, evidence or "", event.correction or "", position),
        "ledger_action_id": history.key,
        "position": position,
        "kind": event.kind,
        "day": event.day,
        "meeting_id": event.session,
        "action_id": event.action,
        "evidence_id": evidence,
        "correction_id": event.correction,
        "owners": None if event.owners is None else _names(event.owners),
        "due": event.due,
        "due_last_day": event.due_last_day,
        "method": event.method,
        "confidence": event.confidence,
    }


def _names(owners: Sequence[Who]) -> str:
    return json.dumps([owner.name for owner in owners], ensure_ascii=False)
