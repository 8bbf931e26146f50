"""A Datasette plugin: our pages, their words and looks, and the language of each request."""

from __future__ import annotations

import asyncio
import functools
import json
import logging
import re
import sqlite3
import urllib.parse
from collections.abc import Awaitable, Callable, Generator
from http.cookies import CookieError, SimpleCookie
from typing import Any

import markupsafe
from datasette import hookimpl
from datasette.utils.asgi import Base400, Response
from datasette.views.base import DatasetteError

from minutes_nlp.browse.data.actions import ACTIONS
from minutes_nlp.browse.data.decisions import DECISIONS, STANDING
from minutes_nlp.browse.data.meetings import MEETINGS
from minutes_nlp.browse.data.organisations import ORGANISATIONS
from minutes_nlp.browse.data.people import PEOPLE
from minutes_nlp.browse.data.search import PASSAGES
from minutes_nlp.browse.data.themes import THEME_LABELS
from minutes_nlp.browse.language import LANGUAGES, choose, speak, spoken
from minutes_nlp.browse.lists import Kept
from minutes_nlp.browse.routes import MENU, ROUTES
from minutes_nlp.browse.security import UNSERVED, unserved, with_headers
from minutes_nlp.browse.state import is_ours, state_of
from minutes_nlp.browse.words import excerpt, words

_WARM: tuple[Kept[Any], ...] = (THEME_LABELS, ACTIONS, MEETINGS, DECISIONS, PASSAGES, STANDING, PEOPLE, ORGANISATIONS)
_log = logging.getLogger(__name__)
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
            headers = {key.lower(): value.decode("latin-1") for key, value in scope["headers"]}
            language = state_of(datasette).language
            speak(choose(_cookies(headers.get(b"cookie", "")), headers.get(b"accept-language", ""), language))

            async def send_with_headers(message: Any) -> None:
                await send(with_headers(message) if message["type"] == "http.response.start" else message)

            await app(scope, receive, send_with_headers)
            return None

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
        outcome.force_result([_told(datasette, request, exception)])


async def _told(datasette: Any, request: Any, exception: Exception) -> Response:
    status = exception.status if isinstance(exception, Base400 | DatasetteError) else 500
    if status == 500 and isinstance(exception, DatasetteError):
        status = 400  # Datasette's own words about what was asked, which it gives without a status
    message = exception.message if isinstance(exception, DatasetteError) else str(exception)
    if status == 500:
        _log.error("%s", request.path, exc_info=exception)
    if request.path.endswith(".json"):
        known = words(spoken(state_of(datasette).language)).find(f"error.{status}")
        return Response.json({"ok": False, "status": status, "error": known or message}, status=status)
    body = await datasette.render_template("error.html", {"status": status, "error": message}, request=request)
    return Response.html(body, status=status)


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


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}
