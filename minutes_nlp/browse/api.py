"""A Datasette plugin: a filter of its API for the facet of our lists that the views have no column for; and what of
its API is not heard."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

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


_FILES = (".csv", "/original")


def heard(scope: Mapping[str, Any]) -> dict[str, Any]:
    """A request for Datasette, without what it would make an error of.

    `_searchmode` lets what is typed be taken for the language of FTS5: most of what people type is an error in it. And
    a file cannot carry the message that waits for the next page; without its cookie, it goes on waiting.
    """
    parts = scope["query_string"].split(b"&")
    query = b"&".join(part for part in parts if unquote_to_bytes(part.partition(b"=")[0]) != b"_searchmode")
    headers = scope["headers"]
    if scope["path"].endswith(_FILES):
        headers = [(name, _without_message(value) if name.lower() == b"cookie" else value) for name, value in headers]
    return {**scope, "query_string": query, "headers": headers}


def _without_message(cookies: bytes) -> bytes:
    return b"; ".join(one for one in re.split(rb";\s*", cookies) if not one.startswith(b"ds_messages="))


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
