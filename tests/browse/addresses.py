"""The address of every page of a site, with what a database holds; and the lists that are files as well."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from minutes_nlp.store.connect import open_database

LISTS = ("actions", "meetings", "decisions", "people", "organisations", "themes", "checks")
"""Lists that are CSV files too: `/actions.csv`."""

FILES = (*(f"/{name}.csv" for name in LISTS), "/search.csv?q=de", "/charts/actions.csv", "/charts/attendance.csv",
         "/charts/themes.csv")  # fmt: skip


WRITING = {
    "review": "/review",
    "log": "/review/log",
    "login": "/login",
}
"""Pages of a site that one corrects in."""

REFUSALS = {
    "no page": "/nothing",
    "no such meeting": "/meetings/0000000000000000",
    "a question that is none": "/minutes/actions_view?_sort=nothing",
    "a search of a column that is none": "/minutes/passages?_search_nothing=x",
    "a wrong question in SQL": "/minutes?sql=select+nothing",
    "no question at all": "/minutes?sql=delete+from+documents",
}
"""Addresses that a reader is told she cannot have."""


def addresses(database: Path, *, words: str = "de") -> dict[str, str]:
    """The pages by name; `words` are searched for."""

    with closing(open_database(database)) as db:

        def one(sql: str) -> str:
            found: str = db.execute(sql).fetchone()[0]
            return found

        meeting = one("SELECT meeting_id FROM actions JOIN ledger_actions USING (id) ORDER BY id LIMIT 1")
        action = one("SELECT ledger_action_id FROM ledger_events GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")
        person = one(
            "SELECT person_id FROM attendance WHERE person_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1"
        )
        organisation = one(
            "SELECT organisation_id FROM meetings WHERE organisation_id NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1"
        )
        theme = one("SELECT theme_id FROM item_themes GROUP BY 1 ORDER BY count(*) DESC, 1")
    return {
        "home": "/",
        "actions": "/actions",
        "overdue": "/actions?status=overdue",
        "board": "/actions?view=board",
        "action": f"/actions/{action}",
        "meetings": "/meetings",
        "meeting": f"/meetings/{meeting}",
        "decisions": "/decisions",
        "people": "/people",
        "person": f"/people/{person}",
        "organisations": "/organisations",
        "organisation": f"/organisations/{organisation}",
        "themes": "/themes",
        "theme": f"/themes/{theme}",
        "search": f"/search?q={words}",
        "charts": "/charts",
        "checks": "/checks",
        "tables": "/minutes",
        "table": "/minutes/actions_view",
        "row": f"/minutes/meetings/{meeting}",
        "question": "/minutes/overdue-actions",
        "missing": "/nothing",
    }
