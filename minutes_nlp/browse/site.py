"""Datasette on the database, read-only."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from datasette.app import Datasette, DatasetteClient
from datasette.database import Database
from datasette.plugins import pm

from minutes_nlp.browse import api, functions, plugin
from minutes_nlp.browse.language import LANGUAGES, page_language
from minutes_nlp.browse.lists import Lists
from minutes_nlp.browse.metadata import build_metadata
from minutes_nlp.browse.state import DATABASE, State, attach
from minutes_nlp.store.connect import CACHE_KIB, file_uri, open_database

_HERE = Path(__file__).parent
_PLUGINS = (api, functions, plugin)
_SETTINGS = {
    "default_page_size": 50,
    "max_returned_rows": 2000,
    "sql_time_limit_ms": 10_000,
    "facet_time_limit_ms": 3000,
    "default_facet_size": 8,
    "suggest_facets": False,
    "truncate_cells_html": 400,
    "allow_download": False,
    "num_sql_threads": 3,
}


def build_site(
    database: Path,
    *,
    language: str = "en",
    allow_sql: bool = True,
    originals: Path | None = None,
    today: Callable[[], datetime.date] = datetime.date.today,
    secret: str | None = None,
) -> Datasette:
    """The site: a Datasette that serves `database` and cannot write to it.

    Args:
        database: an existing database of this version; it may change while it is served.
        language: of the pages for readers whose browser asks for none that they speak (`nl`, `fr`, `en`; another gives
            English).
        allow_sql: whether readers may ask questions of their own in SQL (they can only read, and only this database).
        originals: the folder of the documents, for those who want to download one; `None`: none can be had.
        today: gives the day against which actions are overdue.
        secret: what cookies are signed with; `None`: one that ends with the site.

    Raises:
        StoreError: as `open_database` for reading.
    """
    with closing(open_database(database)) as db:
        metadata = {code: build_metadata(db, code, [DATABASE]) for code in LANGUAGES}
    for module in _PLUGINS:
        if not pm.is_registered(module):
            pm.register(module)
    site = Datasette(
        files=[],
        settings={**_SETTINGS, "default_allow_sql": allow_sql},
        template_dir=str(_HERE / "templates"),
        static_mounts=[("look", str(_HERE / "look"))],
        cors=False,
        secret=secret,
        pdb=False,
    )
    attach(
        site,
        State(
            language=page_language(language),
            metadata=metadata,
            lists={DATABASE: Lists(database)},
            originals=originals,
            today=today,
        ),
    )
    site.client = DatasetteClient(site)  # the one made before knows nothing of our pages
    site.remove_database("_memory")
    site.add_database(ReadOnlyFile(site, database), name=DATABASE)
    return site


class ReadOnlyFile(Database):  # type: ignore[misc]  # Datasette ships no types
    """A database file of which there is no connection that can write, whatever characters its path has."""

    def __init__(self, site: Datasette, path: Path) -> None:
        super().__init__(site, path=str(path), is_mutable=True)
        self._uri = f"{file_uri(path)}?mode=ro"

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """A connection for reading.

        Raises:
            PermissionError: one for writing was asked for.
        """
        if write:
            raise PermissionError("the database is served read-only")
        connection = sqlite3.connect(self._uri, uri=True, check_same_thread=False)
        connection.execute("PRAGMA query_only = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        self._all_file_connections.append(connection)
        return connection
