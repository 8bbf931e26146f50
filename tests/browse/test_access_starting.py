"""A site that one signs in to begins with its server."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from access_site import Served, make_book, make_secret_database

from minutes_nlp.browse.state import state_of


def test_both_sites_begin_to_make_their_lists_with_the_server(tmp_path: Path) -> None:
    database = make_secret_database(tmp_path)
    make_book(database)
    (tmp_path / "copy").mkdir()
    served = Served(database, tmp_path / "copy")
    asked = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    begun: list[int] = []
    answers: list[str] = []

    async def receive() -> MutableMapping[str, Any]:
        return asked.pop(0)

    async def send(message: MutableMapping[str, Any]) -> None:
        answers.append(message["type"])
        begun.append(sum(len(state_of(site).tasks) for site in served.gate.sites))

    served.run(served.gate({"type": "lifespan"}, receive, send))
    served.close()
    assert answers == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert begun[0] == 2
