"""How long does a large database keep one waiting: for one new file, for a meeting that becomes confidential?

Run `python benchmarks/large_database.py --database FILE` with a database that `browse_speed.py --database FILE` made.
It works on a copy, in which it first works out the people and takes the ledger as it was generated for worked out. Then
it prints the seconds (of the clock, and of the processor) of

- a refresh of people and ledger when nothing changed, and after one attendance list changed;
- `minutes ingest` of one new file, from the command line;
- the copy that readers are served by `minutes browse` with accounts, when no meeting is confidential and when one is,
  and the lists of its pages.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import datetime
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from minutes_nlp.browse.access.filtered import Filtered
from minutes_nlp.browse.site import build_site
from minutes_nlp.browse.state import state_of
from minutes_nlp.ledger import RULES, refresh
from minutes_nlp.ledger.people import refresh_people
from minutes_nlp.records.corrections import Correction
from minutes_nlp.resolution.directory import Directory
from minutes_nlp.resolution.series import Sitting, series_of
from minutes_nlp.review.desk import Desk
from minutes_nlp.review.statements import of_fact
from minutes_nlp.store.connect import open_database, transaction
from minutes_nlp.store.ledger import Inputs, assign_series, ledger_meetings

# Nobody of it is in another list: else others would become one person with them, and their ledgers would change.
NEW_FILE = """Verslag tuingroep Zonnekant
Datum: 3 juni 2026
Aanwezig: Ilse Hazelhoff, Bart Wintermans, Odile Ferrant
1. Compost
De groep beslist om een tweede bak te plaatsen.
Actie: Ilse Hazelhoff vraagt tegen 17 juni een offerte voor het hout.
2. Zaaidag
Bart Wintermans maakt de affiche tegen 10 juni.
"""

_SERIES = """
UPDATE ledger_actions SET series = (
  SELECT m.series FROM actions a JOIN meetings m ON m.id = a.meeting_id WHERE a.id = ledger_actions.id)
"""


@contextlib.contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long the block took, child processes included."""
    clock, busy = time.perf_counter(), _processor()
    yield
    print(f"{what:64} {time.perf_counter() - clock:6.1f} s, processor {_processor() - busy:5.1f} s", flush=True)


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def settle_in(path: Path) -> None:
    """Work out the people, and note every series as worked out: its ledger is the generated one."""
    with closing(open_database(path, mode="write")) as db:
        refresh_people(db, Directory(), ())
        meetings = ledger_meetings(db)
        keys = series_of([Sitting(m.path, m.body, m.organisation_id) for m in meetings])
        with transaction(db):
            assign_series(db, {meeting.id: key for meeting, key in zip(meetings, keys, strict=True)})
            db.execute(_SERIES)
            for series in set(keys):
                db.execute("INSERT INTO ledger_state VALUES (?, ?)", (series, Inputs(db, series).fingerprint(RULES)))


def refreshes(path: Path) -> None:
    """What every ingest and correction ends with."""
    with closing(open_database(path, mode="write")) as db:
        with timed("refresh, nothing changed"):
            refresh(db, directory=None, corrections=())
        db.execute("UPDATE attendance SET name = 'Iemand Anders' WHERE id = (SELECT min(id) FROM attendance)")
        with timed("refresh of the people, one list changed"):
            refresh_people(db, Directory(), ())
        with timed("refresh of the ledger after it"):
            refresh(db, directory=None, corrections=())


def ingest_one(folder: Path) -> None:
    """`minutes ingest` of a file of a body that had no minutes yet."""
    file = folder / "raw" / "tuingroep" / "2026-06-03.txt"
    file.parent.mkdir(parents=True)
    file.write_text(NEW_FILE, encoding="utf-8")
    program = [sys.executable, "-c", "from minutes_nlp.cli.app import main; main()"]
    with timed("minutes ingest, one new file"):
        subprocess.run([*program, "--lang", "en", "ingest", str(file)], cwd=folder, check=True, capture_output=True)


def serve_readers(path: Path, folder: Path) -> None:
    """The copy for readers, before and after a meeting is made confidential."""

    def reckon(db: sqlite3.Connection, corrections: Sequence[Correction]) -> None:
        refresh(db, directory=None, corrections=corrections)

    with closing(Filtered(path, folder / "open.db", reckon)) as copy:
        with timed("the copy for readers, no meeting confidential"):
            copy.refresh()
        desk = Desk(path, path.parent / "records", "an", lambda: datetime.datetime.now(datetime.UTC))
        with timed("a meeting is made confidential"):
            with desk.reading() as db:
                sql = "SELECT meeting_id FROM actions JOIN ledger_actions USING (id) ORDER BY id LIMIT 1"
                restriction = of_fact(desk, db, db.execute(sql).fetchone()[0], "restricted", True)
            desk.put([restriction])
        with timed("the copy for readers, one meeting confidential"):
            copy.refresh()
        site = build_site(copy.target)
        with timed("the lists of its pages"):
            asyncio.run(_lists(site))


async def _lists(site: object) -> None:
    await site.invoke_startup()  # type: ignore[attr-defined]
    await asyncio.gather(*state_of(site).tasks)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", type=Path, required=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "structured" / "minutes.db"
        path.parent.mkdir()
        shutil.copy(options.database, path)
        with timed("all people are worked out, and the ledger is read"):
            settle_in(path)
        refreshes(path)
        ingest_one(folder)
        serve_readers(path, folder)


if __name__ == "__main__":
    main()
