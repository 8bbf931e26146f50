"""A request for one of our pages: the reader's language, the database, and how an answer is made."""

from __future__ import annotations

import datetime
import sqlite3
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Concatenate, ParamSpec, TypeVar

from datasette.utils.asgi import NotFound, Response

from minutes_nlp.browse.language import spoken
from minutes_nlp.browse.lists import Kept, Lists
from minutes_nlp.browse.state import State, state_of
from minutes_nlp.browse.words import Words, words

P = ParamSpec("P")
T = TypeVar("T")

PAGE_SIZE = 50


class Page:
    """What a view works with.

    Args:
        datasette: the site.
        request: Datasette's request.
    """

    def __init__(self, datasette: Any, request: Any) -> None:
        self.datasette = datasette
        self.request = request
        self.state: State = state_of(datasette)
        self.database = self.state.database_of(request)
        self.words: Words = words(spoken(self.state.language))

    @property
    def today(self) -> datetime.date:
        """The reader's day."""
        return self.state.today()

    @property
    def lists(self) -> Lists:
        """What is kept of the database of this request."""
        return self.state.lists[self.database]

    def argument(self, name: str) -> str:
        """A value of the query string, an empty text if it is not there."""
        return str(self.request.args.get(name) or "").strip()[:500]

    def arguments(self, name: str) -> list[str]:
        """All values of the query string under one name, without empty ones."""
        return [value for value in dict.fromkeys(self.request.args.getlist(name)) if value]

    def number(self, name: str, default: int = 1) -> int:
        """A whole number from 1 of the query string; `default` if it is none."""
        text = self.argument(name)
        return max(1, int(text)) if text.isdecimal() and len(text) < 10 else default

    async def ask(
        self, question: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What `question(db, …)` answers, asked in a thread of Datasette's on a connection that only reads."""
        database = self.datasette.get_database(self.database)
        answer: T = await database.execute_fn(lambda db: question(db, *args, **kwargs))
        return answer

    async def kept(self, kind: Kept[T]) -> T:
        """What `kind` makes of the database, worked out anew only after a change."""
        return await self.ask(lambda db: self.lists.get(kind, db))

    async def show(self, template: str, *, status: int = 200, **context: Any) -> Response:
        """The answer that `template` makes of `context`."""
        body = await self.datasette.render_template(
            template, context, request=self.request, view_name=f"minutes:{template}"
        )
        return Response(body, status=status, content_type="text/html; charset=utf-8")

    def missing(self) -> NotFound:
        """To be raised where what the address names does not exist."""
        return NotFound(self.words("error.404"))

    def address(self, path: str, **parameters: str | Sequence[str]) -> str:
        """The address of one of our pages; empty parameters are left out."""
        query = urllib.parse.urlencode({name: value for name, value in parameters.items() if value}, doseq=True)
        return f"{self.datasette.urls.path(path)}{'?' if query else ''}{query}"

    def pager(self, rows: int, first: int) -> dict[str, Any]:
        """What the template `pager` shows of a list of `rows` rows of which a page begins at `first` (from 0)."""
        number = first // PAGE_SIZE + 1
        return {
            "rows": rows,
            "first": min(first + 1, rows),
            "last": min(first + PAGE_SIZE, rows),
            "previous": self.same({"page": [str(number - 1)]}) if number > 1 else None,
            "next": self.same({"page": [str(number + 1)]}) if first + PAGE_SIZE < rows else None,
        }

    def same(self, changes: Mapping[str, Sequence[str] | None]) -> str:
        """The address of this page with other values in the query string (`None` takes a name out)."""
        pairs = [(name, value) for name in self.request.args for value in self.request.args.getlist(name)]
        kept = [(name, value) for name, value in pairs if name not in changes]
        kept += [(name, value) for name, values in changes.items() for value in values or ()]
        query = urllib.parse.urlencode(kept)
        return f"{self.datasette.urls.path(self.request.path)}{'?' if query else ''}{query}"
