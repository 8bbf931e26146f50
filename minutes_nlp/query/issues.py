"""What does not add up in the minutes?"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from minutes_nlp.query.filters import Conditions
from minutes_nlp.query.references import find_meetings
from minutes_nlp.store.connect import named_rows

_ISSUES = """
SELECT s.id, s.code, s.details, s.meeting_id, m.date AS meeting_date, m.title AS meeting_title, m.body AS meeting_body,
  d.path AS document, e.quote, e.start_offset AS start, e.end_offset AS "end", od.path AS other_document,
  o.quote AS other_quote, o.start_offset AS other_start, o.end_offset AS other_end, s.settled_by
FROM issues s JOIN meetings m ON m.id = s.meeting_id JOIN documents d ON d.id = m.document_id
LEFT JOIN evidence e ON e.id = s.evidence_id LEFT JOIN evidence o ON o.id = s.other_evidence_id
LEFT JOIN documents od ON od.id = o.document_id
"""


@dataclass(frozen=True, slots=True)
class IssueRow:
    """Something that does not add up.

    `details` is a JSON object of the values that the message of `code` names; `other_*` is the passage that disagrees;
    `settled_by` the id of the correction that settled it. Offsets are half-open; `None`: it is about no one passage.
    """

    id: str
    code: str
    details: str
    meeting_id: str
    meeting_date: str | None
    meeting_title: str | None
    meeting_body: str | None
    document: str
    quote: str | None
    start: int | None
    end: int | None
    other_document: str | None
    other_quote: str | None
    other_start: int | None
    other_end: int | None
    settled_by: str | None


def list_issues(
    db: sqlite3.Connection, *, meeting: str | None = None, code: str | None = None, settled: bool = False
) -> list[IssueRow]:
    """The issues, newest meeting first.

    Args:
        meeting: of the meetings that this names (see `find_meetings`).
        code: of this kind only.
        settled: also those that a person settled.

    Raises:
        QueryError: `query.no_meeting`.
    """
    conditions = Conditions()
    if meeting:
        conditions.add_in("s.meeting_id", find_meetings(db, meeting))
    if code:
        conditions.add("s.code = ?", code)
    if not settled:
        conditions.add("s.settled_by IS NULL")
    sql = f"{_ISSUES} {conditions.where()} ORDER BY m.date DESC, d.path, s.code, e.start_offset, s.id"
    return [IssueRow(**row) for row in named_rows(db.execute(sql, conditions.values))]
