"""Who appears in the attendance lists?"""

from __future__ import annotations

import json
import sqlite3

from minutes_nlp.query.filters import Conditions, words_in
from minutes_nlp.query.rows import PersonRow
from minutes_nlp.store.connect import named_rows

_PEOPLE = """
SELECT id, name, organisations, meetings, present, excused, absent, open_actions, last_meeting FROM people_view
"""

_WITH_ORGANISATION = """
id IN (SELECT a.person_id FROM attendance a JOIN organisations g ON g.id = a.organisation_id WHERE {organisation})
"""


def list_people(db: sqlite3.Connection, *, name: str | None = None, organisation: str | None = None) -> list[PersonRow]:
    """The people of the attendance lists, by name.

    A person is one spelling of a name, case and accents aside: whoever is printed as `A. Peeters` in one list and as
    `An Peeters` in another appears twice, and two people of the same name once.

    Args:
        name: words of the name, each a substring, without case or accents.
        organisation: words of an organisation printed beside the name in any list, likewise.
    """
    conditions = Conditions()
    if name:
        condition, words = words_in("fold(name)", name)
        conditions.add(condition, *words)
    if organisation:
        condition, words = words_in("g.name_folded", organisation)
        conditions.add(_WITH_ORGANISATION.format(organisation=condition), *words)
    sql = f"{_PEOPLE} {conditions.where()} ORDER BY fold(name), name"
    rows = named_rows(db.execute(sql, conditions.values))
    return [PersonRow(**{**row, "organisations": tuple(json.loads(row["organisations"]))}) for row in rows]
