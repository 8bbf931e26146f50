"""The ledger: people, bodies and actions across meetings, worked out from what the documents and corrections say."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from minutes_nlp.ledger.actions import ledger_rows, work_out
from minutes_nlp.ledger.issues import issue_rows
from minutes_nlp.ledger.lists import taken_over
from minutes_nlp.ledger.people import refresh_people
from minutes_nlp.ledger.sessions import action_items, sessions
from minutes_nlp.ledger.twins import Pairs, pair_up
from minutes_nlp.ledger.versions import Carried, carried_over, copied_decisions, versions_of
from minutes_nlp.reading.lists import MEDIA_TYPE
from minutes_nlp.records.corrections import Correction
from minutes_nlp.resolution.directory import load_directory
from minutes_nlp.resolution.series import Sitting, series_of
from minutes_nlp.store.connect import transaction
from minutes_nlp.store.ledger import (
    Inputs,
    LedgerMeeting,
    assign_series,
    drop_stale_pairs,
    forget_series,
    known_fingerprint,
    ledger_meetings,
    write_series,
)

RULES = "4"
"""Number of the rules by which the ledger is worked out: another one works out everything again."""


def refresh(db: sqlite3.Connection, *, directory: Path | None, corrections: Sequence[Correction]) -> None:
    """Bring the ledger up to date with the documents and the corrections.

    Only the series of meetings that changed are worked out again, each in a transaction of its own: an interrupted
    run leaves whole series, and the next run does the rest.

    Args:
        db: opened for writing, and locked against other writers.
        directory: the user's list of people and bodies; `None` or a file that is not there: none.
        corrections: those in force, in the order of the log.

    Raises:
        StoreError: `store.locked`.
        SettingsError: the list of people and bodies is wrong.
    """
    refresh_people(db, load_directory(directory), corrections)
    meetings = ledger_meetings(db)
    keys = series_of([Sitting(m.path, m.body, m.organisation_id, m.media_type == MEDIA_TYPE) for m in meetings])
    by_series: dict[str, list[LedgerMeeting]] = defaultdict(list)
    for meeting, key in zip(meetings, keys, strict=True):
        by_series[key].append(meeting)
    with transaction(db):
        assign_series(db, {meeting.id: key for meeting, key in zip(meetings, keys, strict=True)})
        drop_stale_pairs(db)
    by_id = {correction.id: correction for correction in corrections}
    for series, members in by_series.items():
        _refresh_series(db, series, members, by_id)


def _refresh_series(
    db: sqlite3.Connection, series: str, members: Sequence[LedgerMeeting], corrections: Mapping[str, Correction]
) -> None:
    """Work one series out again, if anything in it changed."""
    inputs = Inputs(db, series)
    about = inputs.corrections()
    in_force = [c.id for c in corrections.values() if c.id in about or c.kind == "issue"]
    state = inputs.fingerprint(RULES, *in_force)
    if known_fingerprint(db, series) == state:
        return
    tables = inputs.tables()
    with transaction(db):
        forget_series(db, series)
        versions = versions_of(db, members)
        counting = [member.id for member in members if member.id not in versions.superseded]
        lists = taken_over(db, tables)
        items = action_items(tables, lists)
        pairs: Pairs = pair_up(tables, items, versions.twins)
        held = sessions(db, tables, counting, items)
        document_of = {row["id"]: row["document_id"] for row in tables["meetings"]}
        documents = {document_of[old]: document_of[new] for old, new in versions.superseded.items()}
        carried = Carried(db, carried_over(items, versions.superseded), documents)
        twice = carried_over(items, {second: first for first, second in versions.same})
        worked = work_out(held, {**twice, **pairs.actions()}, tables, corrections, carried, frozenset(twice.values()))
        rows = ledger_rows(db, series, worked, held)
        rows["pairs"] = [*pairs.rows(), *copied_decisions(tables, versions.same, pairs)]
        dated = {event.action for history in worked.histories for event in history.events if event.changes_due}
        rows["issues"] = issue_rows(db, tables, versions, pairs, dated - {None}, corrections, lists)
        write_series(db, series, state, versions.superseded, rows)
