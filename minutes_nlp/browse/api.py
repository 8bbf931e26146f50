"""A Datasette plugin: a filter of its API for the facet of our lists that the views have no column for."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl
from datasette.filters import FilterArguments

from minutes_nlp.browse.state import is_ours

BODY = "_body"
"""The parameter: `/minutes/actions_view.json?_body=stuurgroep+Lindebeke`."""

_MEETING = {
    "actions_view": "meeting_id",
    "attendance_view": "meeting_id",
    "decisions_view": "meeting_id",
    "meetings_view": "id",
    "open_actions": "meeting_id",
    "overdue_actions": "meeting_id",
}

_OF_BODY = """{column} IN (SELECT m.id FROM meetings m LEFT JOIN organisations o ON o.id = m.organisation_id
WHERE coalesce(o.name, m.body) = :{name})"""


@hookimpl  # type: ignore[untyped-decorator]
def filters_from_request(request: Any, table: str, datasette: Any) -> FilterArguments | None:
    """The rows of the meetings of a body, by the name under which our lists show it."""
    bodies = request.args.getlist(BODY)
    if not bodies or table not in _MEETING or not is_ours(datasette):
        return None
    names = [f"body_{number}" for number in range(len(bodies))]
    return FilterArguments(
        [_OF_BODY.format(column=_MEETING[table], name=name) for name in names],
        params=dict(zip(names, bodies, strict=True)),
        human_descriptions=[f"{BODY} = {body}" for body in bodies],
    )
