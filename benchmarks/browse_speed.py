"""How long do the pages of `minutes browse` take on 100,000 actions of 10,000 meetings?

Run `python benchmarks/browse_speed.py`. It makes the database in a temporary folder (or uses the one given with
`--database`), waits until the lists are made, asks each page through Datasette in this process, once and then
`--repeats` times, and tells the time at the server. The exit code is 1 if a page takes longer than 300 ms (the
median), if Datasette says that a query timed out, or if a page fails.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from generate import fill_ledger, generate_database, generate_long_record, large_world

from minutes_nlp.browse.site import build_site
from minutes_nlp.browse.state import state_of
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.write import save_record

_LIMIT_MS = 300
TODAY = datetime.date(2025, 6, 1)
_LONG_WORDS = 40_000
_TIMED_OUT = ("SQL query took too long", "interrupted", "Te traag om te tellen")


def make_database(path: Path, *, meetings: int, actions: int) -> None:
    """Make the database that is measured, with one long meeting besides."""
    generate_database(path, meetings=meetings, actions=actions, world=large_world(meetings))
    with closing(open_database(path, mode="write")) as db:
        record = generate_long_record(_LONG_WORDS)
        facts = record.document.model_copy(update={"path": "long.txt"})
        save_record(db, record.model_copy(update={"document": facts}), ingested_at=datetime.datetime.now(datetime.UTC))
    fill_ledger(path)
    with closing(open_database(path, mode="write")) as db:
        db.execute("ANALYZE")


def pages(path: Path) -> dict[str, str]:
    """The addresses to ask, by what they show."""
    with closing(open_database(path)) as db:
        meeting, action = db.execute(
            "SELECT meeting_id, a.id FROM actions a JOIN ledger_actions l USING (id)"
        ).fetchone()
        long = db.execute(
            "SELECT m.id FROM meetings m JOIN documents d ON d.id = m.document_id WHERE d.path = 'long.txt'"
        ).fetchone()[0]
        person = db.execute("SELECT person_id FROM attendance WHERE person_id IS NOT NULL").fetchone()[0]
        body, organisation = db.execute(
            "SELECT o.name, o.id FROM organisations o JOIN meetings m ON m.organisation_id = o.id"
        ).fetchone()
    choice = f"body={body.replace(' ', '+')}&theme=finance"
    return {
        "home": "/",
        "actions": "/actions",
        "actions, two facets": f"/actions?{choice}",
        "actions, two facets, overdue": f"/actions?status=overdue&{choice}",
        "actions, last page of all": "/actions?status=all&page=2000",
        "board": f"/actions?view=board&{choice}",
        "one action": f"/actions/{action}",
        "meetings": "/meetings",
        "meeting": f"/meetings/{meeting}",
        "meeting of 40,000 words": f"/meetings/{long}",
        "search, 25,000 hits": "/search?q=offerte",
        "search, two words": "/search?q=offerte+Zoé",
        "search, nothing": "/search?q=narwal",
        "decisions": "/decisions?theme=finance",
        "decisions, search": "/decisions?q=voorstel",
        "people": "/people",
        "person": f"/people/{person}",
        "organisations": "/organisations",
        "organisation": f"/organisations/{organisation}",
        "themes": "/themes",
        "theme": "/themes/finance",
        "charts": "/charts",
        "chart": "/charts/actions.svg",
        "checks": "/checks",
        "Datasette: actions_view": "/minutes/actions_view",
        "Datasette: actions_view.json": "/minutes/actions_view.json?_shape=objects&status=open&_nofacet=1&_nocount=1",
        "Datasette: meetings_view": "/minutes/meetings_view",
        "Datasette: decisions_view": "/minutes/decisions_view",
        "Datasette: attendance_view": "/minutes/attendance_view",
        "Datasette: people_view": "/minutes/people_view",
        "Datasette: passages": "/minutes/passages",
        "Datasette: open-actions": "/minutes/open-actions",
        "Datasette: overdue-actions": "/minutes/overdue-actions",
        "Datasette: actions-per-owner": "/minutes/actions-per-owner",
        "Datasette: decisions-per-theme": "/minutes/decisions-per-theme",
        "Datasette: search": "/minutes/search?words=offerte",
    }


async def measure(path: Path, repeats: int, only: str) -> bool:
    """Ask every page and print a table; whether all was well."""
    site = build_site(path, language="nl", today=lambda: TODAY)
    start, busy = time.perf_counter(), time.process_time()
    await site.invoke_startup()
    await asyncio.gather(*state_of(site).tasks)
    print(f"lists made in {time.perf_counter() - start:.1f} s, processor {time.process_time() - busy:.1f} s")
    print(f"{'page':32} {'first ms':>9} {'median':>8} {'worst':>8} {'processor':>10} {'kB':>7}")
    fine = True
    for name, address in pages(path).items():
        if only not in name:
            continue
        first, _, text, status = await _timed(site, address)
        answers = [await _timed(site, address) for _ in range(repeats)]
        times, busy = [answer[0] for answer in answers], statistics.median(answer[1] for answer in answers)
        bad = [word for word in _TIMED_OUT if word in text] if status == 200 else [f"status {status}"]
        is_ours = not name.startswith("Datasette")
        slow = is_ours and statistics.median(times) > _LIMIT_MS
        fine = fine and not slow and not bad
        flags = " ".join(["SLOW"] * slow + bad)
        median, kilobytes = statistics.median(times), len(text) / 1000
        print(f"{name:32} {first:9.0f} {median:8.0f} {max(times):8.0f} {busy:10.0f} {kilobytes:7.0f} {flags}")
    return fine


async def _timed(site: Any, address: str) -> tuple[float, float, str, int]:
    """Milliseconds by the clock and of processor time (all threads), the text, the status."""
    start, busy = time.perf_counter(), time.process_time()
    answer = await site.client.get(address)
    taken = (time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000
    return *taken, answer.text, answer.status_code


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--meetings", type=int, default=10_000)
    parser.add_argument("--actions", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--database", type=Path, help="use this database; made if it does not exist")
    parser.add_argument("--only", default="", help="only pages with this in their name")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.database or Path(folder) / "minutes.db"
        if not path.exists():
            start = time.perf_counter()
            make_database(path, meetings=options.meetings, actions=options.actions)
            took = time.perf_counter() - start
            print(f"made {options.meetings} meetings with {options.actions} actions in {took:.0f} s")
        fine = asyncio.run(measure(path, options.repeats, options.only))
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
