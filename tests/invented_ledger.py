"""A ledger for tests of the database side, as plain as can be: every action that is no repeat stands by itself."""

from __future__ import annotations

import sqlite3

from minutes_nlp.store.identity import stable_id

_ACTIONS = """
INSERT INTO ledger_actions (id, series, latest_action_id, owners_action_id, status, owners, due, due_last_day,
  opened_on, closed_on, last_sign_on)
SELECT a.id, coalesce(m.body, ''), a.id, a.id, a.status,
  (SELECT json_group_array(name) FROM (SELECT name FROM action_owners WHERE action_id = a.id ORDER BY position)),
  a.due, a.due_last_day, m.date, CASE a.status WHEN 'done' THEN m.date END, m.date
FROM actions a JOIN meetings m ON m.id = a.meeting_id WHERE a.is_repeat = 0
"""

_CREATED = """
INSERT INTO ledger_events (id, ledger_action_id, position, kind, day, meeting_id, action_id, evidence_id, owners, due,
  due_last_day, method, confidence)
SELECT ?1 || a.id, a.id, 0, 'created', m.date, m.id, a.id, a.evidence_id, l.owners, a.due, a.due_last_day, a.recogniser,
  a.confidence
FROM ledger_actions l JOIN actions a ON a.id = l.id JOIN meetings m ON m.id = a.meeting_id
"""

_OWNERS = """
UPDATE action_owners SET person_id = (SELECT person_id FROM attendance WHERE attendance.id = attendance_id)
WHERE attendance_id IS NOT NULL
"""

_BODIES = (
    """INSERT OR IGNORE INTO organisations (id, name, name_folded)
       SELECT lower(hex(randomblob(8))), body, fold(body)
       FROM (SELECT DISTINCT body FROM meetings WHERE body IS NOT NULL)""",
    """INSERT OR IGNORE INTO organisation_names (organisation_id, name, name_folded)
       SELECT id, name, name_folded FROM organisations""",
    """UPDATE meetings SET organisation_id = (SELECT id FROM organisations WHERE name_folded = fold(body)),
       series = fold(coalesce(body, ''))""",
)


def fill_ledger(db: sqlite3.Connection) -> None:
    """Fill the ledger from the actions that the database holds; bodies become organisations."""
    for statement in (*_BODIES, _OWNERS, _ACTIONS):
        db.execute(statement)
    db.execute(_CREATED, ("e",))


def add_event(db: sqlite3.Connection, action: str, kind: str, quote: str, day: str, **changes: object) -> None:
    """Let a passage (the first with this quote as evidence) say that `kind` happened to an action."""
    evidence, meeting = db.execute(
        """SELECT e.id, m.id FROM evidence e JOIN meetings m ON m.document_id = e.document_id WHERE e.quote = ?""",
        (quote,),
    ).fetchone()
    position = db.execute("SELECT count(*) FROM ledger_events WHERE ledger_action_id = ?", (action,)).fetchone()[0]
    row = {
        "id": stable_id(action, kind, position),
        "ledger_action_id": action,
        "position": position,
        "kind": kind,
        "day": day,
        "meeting_id": meeting,
        "evidence_id": evidence,
        "method": "minutes.actions.v1",
        "confidence": 0.9,
        **changes,
    }
    columns, marks = ", ".join(row), ", ".join("?" * len(row))
    db.execute(f"INSERT INTO ledger_events ({columns}) VALUES ({marks})", tuple(row.values()))
