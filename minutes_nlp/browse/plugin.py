"""A Datasette plugin: our pages, their words and looks, and the language of each request."""

from __future__ import annotations

import asyncio
import functools
import json
import re
import sqlite3
import urllib.parse
from collections.abc import Awaitable, Callable, Generator
from typing import Any

import markupsafe
from datasette import hookimpl

from minutes_nlp.browse.api import heard
from minutes_nlp.browse.data.actions import ACTIONS
from minutes_nlp.browse.data.decisions import DECISIONS, STANDING
from minutes_nlp.browse.data.figures import ACTION_MONTHS, ATTENDANCE_HEAT
from minutes_nlp.browse.data.meetings import MEETINGS
from minutes_nlp.browse.data.organisations import ORGANISATIONS
from minutes_nlp.browse.data.people import PEOPLE
from minutes_nlp.browse.data.search import PASSAGES
from minutes_nlp.browse.data.themes import THEME_LABELS, THEME_YEARS
from minutes_nlp.browse.language import LANGUAGES, speak_to, spoken
from minutes_nlp.browse.lists import Kept
from minutes_nlp.browse.refusals import InWords, is_reading, refuse, told
from minutes_nlp.browse.routes import MENU, ROUTES
from minutes_nlp.browse.security import UNSERVED, unserved, with_all_headers
from minutes_nlp.browse.state import is_ours, state_of
from minutes_nlp.browse.words import excerpt, words

_WARM: tuple[Kept[Any], ...] = (
    *(THEME_LABELS, ACTIONS, MEETINGS, DECISIONS, PASSAGES, STANDING, PEOPLE, ORGANISATIONS),
    *(THEME_YEARS, ACTION_MONTHS, ATTENDANCE_HEAT),
)
_ARRAYS = ("languages", "organisations", "owners", "themes")
_DAY_OR_MONTH = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_ROWS_WITH_PAGES = {
    "actions_view": "actions",
    "decisions_view": "decisions",
    "meetings": "meetings",
    "meetings_view": "meetings",
    "people": "people",
    "people_view": "people",
}


@hookimpl  # type: ignore[untyped-decorator]
def startup(datasette: Any) -> Callable[[], Awaitable[None]] | None:
    """Begin to make the lists, so that the first reader need not wait for them; pages answer meanwhile."""
    if not is_ours(datasette):
        return None

    async def begin() -> None:
        warming = asyncio.ensure_future(_warm(datasette))
        state_of(datasette).tasks.add(warming)
        warming.add_done_callback(state_of(datasette).tasks.discard)

    return begin


async def _warm(datasette: Any) -> None:
    """Make one list after the other; a page that needs one that cannot be made tells what is wrong."""
    for name, lists in state_of(datasette).lists.items():
        for kind in _WARM:
            try:
                await datasette.get_database(name).execute_fn(functools.partial(lists.get, kind))
            except sqlite3.Error:
                continue
            except RuntimeError:  # the site was stopped meanwhile
                return


@hookimpl  # type: ignore[untyped-decorator]
def register_routes(datasette: Any) -> list[tuple[str, Callable[..., Any]]]:
    """Our pages, before those of Datasette."""
    if not is_ours(datasette):
        return []
    return [*ROUTES, *state_of(datasette).routes, (UNSERVED, unserved)]


@hookimpl  # type: ignore[untyped-decorator]
def get_metadata(datasette: Any) -> dict[str, Any]:
    """Titles, descriptions and facets of the tables in the language of the request."""
    return _metadata(datasette) if is_ours(datasette) else {}


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(datasette: Any, request: Any) -> dict[str, Any]:
    """Give every template the words (`t`), the menu, the languages, and `site`: titles of tables and questions."""
    if not is_ours(datasette):
        return {}
    state = state_of(datasette)
    metadata = _metadata(datasette)
    database = state.database_of(request)
    about = metadata["databases"].get(database) or next(iter(metadata["databases"].values()))
    t = words(spoken(state.language))
    path = _path(request)
    return {
        "t": t,
        "languages": [(code, f"/language/{code}?{urllib.parse.urlencode({'to': path})}") for code in LANGUAGES],
        "menu": [*MENU, *state.menu],
        "here": path,
        "database_name": database,
        "site": {
            "title": metadata["title"],
            "description": metadata["description"],
            "database": database,
            "page": metadata["page"],
            "tables": about["tables"],
            "queries": about["queries"],
            "lists": [name for name in metadata["page"]["shown"] if name in about["tables"]],
        },
        **state.page_context(request),
    }


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Any) -> None:
    """Add the filter `excerpt(length)`."""
    env.filters["excerpt"] = excerpt


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Choose the language of each request, and send the headers of `security` with each answer."""

    def wrap(app: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        if not is_ours(datasette):
            return app

        async def answer(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http":
                return await app(scope, receive, send)
            speak_to(scope, state_of(datasette).language)
            send = with_all_headers(send)
            if is_reading(scope):
                return await app(heard(scope), receive, send)
            if scope["method"] != "POST" or not state_of(datasette).takes_forms(scope["path"]):
                return await refuse(datasette, scope, receive, send, 405)
            return await app(scope, receive, InWords(datasette, scope, receive, send))

        return answer

    return wrap


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(
    row: Any, value: object, column: str, table: str | None, datasette: Any
) -> markupsafe.Markup | str | None:
    """Show a value as people read it: rows with a page of ours link to it, arrays are lists, themes have labels."""
    if not is_ours(datasette) or not isinstance(value, str):
        return None
    if _DAY_OR_MONTH.fullmatch(value):
        return markupsafe.Markup('<span class="nowrap">{}</span>').format(value)
    if column == "document":
        return _link(datasette.urls.path(f"/documents/{urllib.parse.quote(value)}"), value)
    if column == "id" and table in _ROWS_WITH_PAGES:
        return _link(datasette.urls.path(f"/{_ROWS_WITH_PAGES[table]}/{value}"), value)
    if (table, column) == ("meetings_view", "title"):
        return _link(datasette.urls.path(f"/meetings/{row['id']}"), value)
    if column in _ARRAYS and table is not None and value.startswith("["):
        labels = _metadata(datasette)["page"]["themes"] if column == "themes" else {}
        return ", ".join(labels.get(entry, entry) for entry in json.loads(value))
    return None


@hookimpl(hookwrapper=True)  # type: ignore[untyped-decorator]
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Generator[None, Any, None]:
    """Tell what went wrong in the reader's language, in place of Datasette's page (which needs no such words)."""
    outcome = yield
    if is_ours(datasette):
        outcome.force_result([told(datasette, request, exception)])


def _metadata(datasette: Any) -> dict[str, Any]:
    state = state_of(datasette)
    return dict(state.metadata[spoken(state.language)])


def _link(address: str, text: str) -> markupsafe.Markup:
    return markupsafe.Markup('<a href="{}">{}</a>').format(address, text)


def _path(request: Any) -> str:
    """The address of the page itself, to come back to."""
    if request is None:
        return "/"
    query = request.query_string
    return f"{request.path}?{query}" if query else str(request.path)
