"""How often is a link across meetings right, and how long does the ledger take?

Run `python benchmarks/ledger.py` for the time alone: of 500 invented meetings with 10,000 actions, or of as many as
`--meetings` says, twenty actions each. `python benchmarks/ledger.py CORPUS` also counts links, where CORPUS holds
`SOURCES.tsv`, `train/docs`, `dev/docs` and `unlabelled`. All documents of one body (column `body`) are read as one
series of meetings; of the unlabelled ones, those whose names say of which body they are, or are alike up to the first
digit. The links that the ledger makes and proposes are compared with `ledger_links.tsv`, where each was judged by
reading. Links that nobody judged are printed with their places. The exit code is 1 if fewer than nine in ten of the
judged links that were made are right.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import hashlib
import re
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from generate import generate_database

from minutes_nlp.cli.work import processing
from minutes_nlp.ingest import Entry, Places, ingest
from minutes_nlp.ledger import refresh
from minutes_nlp.settings import Settings
from minutes_nlp.store.connect import open_database

_JUDGED = Path(__file__).with_name("ledger_links.tsv")
_NAMED = 14  # letters of the body in the name of an unlabelled document
_SAME = 0.5  # overlap from which two spans are one passage
_BAR = 0.9
_ACTIONS = 20  # of an invented meeting

_LINKS = """
SELECT 'made', d0.path, e0.start_offset, e0.end_offset, d.path, e.start_offset, e.end_offset
FROM ledger_events v JOIN actions a ON a.id = v.ledger_action_id JOIN evidence e0 ON e0.id = a.evidence_id
JOIN documents d0 ON d0.id = e0.document_id JOIN evidence e ON e.id = v.evidence_id
JOIN documents d ON d.id = e.document_id
WHERE d.id <> d0.id AND v.method NOT IN ('ledger.same-meeting.v1', 'ledger.translation.v1')
UNION
SELECT 'proposed', d0.path, e0.start_offset, e0.end_offset, d.path, e.start_offset, e.end_offset
FROM proposals v JOIN actions a ON a.id = v.ledger_action_id JOIN evidence e0 ON e0.id = a.evidence_id
JOIN documents d0 ON d0.id = e0.document_id JOIN evidence e ON e.id = v.evidence_id
JOIN documents d ON d.id = e.document_id WHERE d.id <> d0.id
"""


def label(document: str) -> str:
    """How the list of judgements calls a document: real minutes are not named in it."""
    return hashlib.sha256(document.encode()).hexdigest()[:12]


class Place(NamedTuple):
    """A passage: document (label), start and end (offsets half-open)."""

    document: str
    start: int
    end: int

    def is_like(self, other: Place) -> bool:
        """Whether both are the same passage, give or take some words at its edges."""
        inside = min(self.end, other.end) - max(self.start, other.start)
        union = max(self.end, other.end) - min(self.start, other.start)
        return self.document == other.document and inside >= _SAME * union


class Link(NamedTuple):
    """An earlier and a later passage."""

    earlier: Place
    later: Place


class Quiet:
    """A progress that shows nothing."""

    def start(self, total: int) -> None:
        """Nothing to show."""

    def begin(self, name: str) -> None:
        """Nothing to show."""

    def end(self, entry: Entry) -> None:
        """Nothing to show."""


def gather(corpus: Path, raw: Path) -> dict[str, str]:
    """Copy the documents of each body into a folder of its own; returns the split of each document (label)."""
    splits: dict[str, str] = {}
    bodies = set()
    with (corpus / "SOURCES.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            bodies.add(row["body"])
            for path in (corpus / row["split"] / "docs").glob(f"{row['document']}.*"):
                splits[label(_copy(path, raw / row["body"]))] = row["split"]
    others: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((corpus / "unlabelled").iterdir()):
        named = path.name.split("-", 1)[1]
        fitting = [body for body in bodies if named.startswith(body[:_NAMED])]
        others[fitting[0] if len(fitting) == 1 else _before_digits(path.name)].append(path)
    for body, paths in others.items():
        if body in bodies or len(paths) > 1:
            splits |= {label(_copy(path, raw / body)): "unlabelled" for path in paths}
    return splits


def _before_digits(name: str) -> str:
    """What the documents of one group are called alike, where nothing says which group it is."""
    return re.split(r"\d", name, maxsplit=1)[0].strip("-_")


def _copy(path: Path, folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, folder / path.name)
    return f"{folder.name}/{path.name}"


def build(raw: Path, database: Path) -> None:
    """Ingest the documents, each body as one series."""
    places = Places(raw, database.parent / "records", database)
    ingest([], places, processing(Settings()), progress=Quiet(), clock=lambda: datetime.datetime.now(datetime.UTC))
    with closing(open_database(database, mode="write")) as db:
        db.execute("""UPDATE meetings SET body = (
            SELECT substr(path, 1, instr(path, '/') - 1) FROM documents WHERE documents.id = document_id)""")
        refresh(db, directory=None, corrections=[])


def judged() -> Iterator[tuple[Link, bool]]:
    """The judged links, and whether the later passage speaks of the action of the earlier one."""
    for line in _JUDGED.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            one, start, end, other, later_start, later_end, verdict = line.split("\t")
            earlier = Place(one, int(start), int(end))
            yield Link(earlier, Place(other, int(later_start), int(later_end))), verdict == "same"


def measure(db: sqlite3.Connection, splits: dict[str, str]) -> bool:
    """Print the figures; false if fewer of the links made are right than there have to be."""
    known = list(judged())
    verdicts: dict[tuple[str, bool], list[bool | None]] = {}
    for kind, *place in db.execute(_LINKS).fetchall():
        link = Link(Place(label(place[0]), *place[1:3]), Place(label(place[3]), *place[4:]))
        fitting = [same for one, same in known if one.earlier.is_like(link.earlier) and one.later.is_like(link.later)]
        verdict = fitting[0] if fitting else None
        labelled = all(splits.get(side.document) in ("train", "dev") for side in link)
        verdicts.setdefault((kind, labelled), []).append(verdict)
        if verdict is None:
            print(f"nobody judged: {kind} {link.earlier} > {link.later}")
    print("| links | documents | found | judged | right | precision |\n|---|---|---|---|---|---|")
    for kind in ("made", "proposed"):
        train_dev = verdicts.get((kind, True), [])
        both = train_dev + verdicts.get((kind, False), [])
        for documents, found in (("train and dev", train_dev), ("with unlabelled", both)):
            print(f"| {kind} | {documents} | {len(found)} | {_figures(found)} |")
    made = verdicts.get(("made", True), []) + verdicts.get(("made", False), [])
    right = [verdict for verdict in made if verdict is not None]
    return bool(right) and sum(right) >= _BAR * len(right)


def _figures(found: list[bool | None]) -> str:
    said = [verdict for verdict in found if verdict is not None]
    precision = f"{sum(said) / len(said):.2f}" if said else "-"
    return f"{len(said)} | {sum(said)} | {precision}"


def speed(folder: Path, meetings: int) -> None:
    """Print how long the ledger of invented meetings takes: from nothing, after one changed, after none did."""
    path = folder / "speed.db"
    actions = meetings * _ACTIONS
    generate_database(path, meetings=meetings, actions=actions)
    with closing(open_database(path, mode="write")) as db:
        for what in ("from nothing", "after one meeting changed", "after nothing changed"):
            if what == "after one meeting changed":
                db.execute("UPDATE meetings SET title = title || '.' WHERE id = (SELECT min(id) FROM meetings)")
            begin, busy = time.perf_counter(), time.process_time()
            refresh(db, directory=None, corrections=[])
            seconds, computing = time.perf_counter() - begin, time.process_time() - busy
            size = f"{meetings:,} meetings with {actions:,} actions"
            print(f"ledger of {size}, {what}: {seconds:.1f} s ({computing:.1f} s of computing)")


def main() -> int:
    """Run the benchmark; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--meetings", type=int, default=500, help="how many to time the ledger on")
    parser.add_argument("--database", type=Path, help="keep the database here, and use it again")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        speed(folder, arguments.meetings)
        if arguments.corpus is None:
            return 0
        database = arguments.database or folder / "structured" / "minutes.db"
        splits = gather(arguments.corpus, folder / "raw")
        if not database.exists():
            build(folder / "raw", database)
        with closing(open_database(database, mode="write")) as db:
            refresh(db, directory=None, corrections=[])
            enough = measure(db, splits)
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
