"""What the pages know of the site that they belong to."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minutes_nlp.browse.lists import Lists

DATABASE = "minutes"
"""The name of the database in addresses: `/minutes/open_actions`."""


@dataclass
class State:
    """One site.

    Attributes:
        language: of pages for readers who chose none and whose browser asks for none that we speak.
        metadata: what Datasette shows of tables and questions, by language.
        lists: of each database that is served, what its lists and facets are made from.
        originals: the folder of the documents (those that may be downloaded); `None`: none can be.
        today: gives the reader's day.
        routes: more pages than those of `minutes_nlp.browse.routes`: patterns and views, as `register_routes` wants.
        menu: more entries of the menu: key of the text, address.
        tasks: what goes on behind the pages.
        database_of: which database a request is answered from.
        page_context: more values for every template, from a request.
        takes_forms: whether a path is that of a page that forms are sent to.
        may_have: whether a file may be had that holds others (an archive), by its path below `originals` and where it
            lies.
    """

    language: str
    metadata: Mapping[str, Mapping[str, Any]]
    lists: dict[str, Lists]
    originals: Path | None = None
    today: Callable[[], datetime.date] = datetime.date.today
    routes: list[tuple[str, Callable[..., Any]]] = field(default_factory=list)
    menu: list[tuple[str, str]] = field(default_factory=list)
    tasks: set[asyncio.Future[None]] = field(default_factory=set)
    database_of: Callable[[Any], str] = lambda _request: DATABASE
    page_context: Callable[[Any], Mapping[str, Any]] = lambda _request: {}
    takes_forms: Callable[[str], bool] = lambda _path: False
    may_have: Callable[[str, Path], bool] = lambda _path, _file: True


def attach(datasette: Any, state: State) -> None:
    """Make `state` that of `datasette`."""
    datasette.minutes_state = state


def state_of(datasette: Any) -> State:
    """The state that `attach` gave to `datasette`."""
    found = datasette.minutes_state
    assert isinstance(found, State)
    return found


def is_ours(datasette: Any) -> bool:
    """Whether `datasette` is one of our sites: plugins are registered for every Datasette of a process."""
    return hasattr(datasette, "minutes_state")
