"""How long does it take to work out who is who on 10,000 meetings? `python benchmarks/people_speed.py [MEETINGS]`.

Makes a database of invented attendance lists in a temporary folder, ten names a list in whole, short, turned round and
misspelt forms, and prints the seconds (of the clock, of the processor) of a first refresh, of one after a single
document changed, and of one after nothing changed.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from minutes_nlp.ledger.people import refresh_people
from minutes_nlp.resolution.directory import Directory
from minutes_nlp.resources.lexicon import first_names
from minutes_nlp.store.connect import open_database, transaction

MEETINGS_OF_A_BODY = 34
MEMBERS = 25
LISTED = 10
SYLLABLES = ("ver", "hul", "mer", "bek", "don", "kel", "vos", "lin", "tra", "gro", "ste", "pol", "ran", "wie")
ENDINGS = ("mans", "sen", "aert", "els", "ers", "en")
BODIES = (None, "OCMW Gent", "CPAS de Liège", "POD MI")


def family_name(dice: random.Random) -> str:
    """An invented family name, with or without a particle."""
    particle = dice.choice(("", "", "Van ", "De "))
    return particle + "".join(dice.sample(SYLLABLES, 2)).capitalize() + dice.choice(ENDINGS)


def written(first: str, family: str, dice: random.Random) -> str:
    """A name as a list may print it."""
    forms = (f"{first} {family}", first, f"{first[0]}. {family}", f"{family} {first}", f"{first} {family[:-1]}x")
    return dice.choices(forms, weights=(85, 5, 4, 4, 2))[0]


def fill(db: sqlite3.Connection, meetings: int) -> int:
    """Write the invented lists; returns how many entries."""
    dice = random.Random(1)
    given = [name.capitalize() for name in sorted(first_names()) if len(name) > 3]
    entries = 0
    with transaction(db):
        for number in range(meetings):
            if number % MEETINGS_OF_A_BODY == 0:
                body = f"werkgroep {family_name(dice)}"
                members = [(dice.choice(given), family_name(dice)) for _ in range(MEMBERS)]
            day = f"20{10 + number % MEETINGS_OF_A_BODY // 12:02}-{number % 12 + 1:02}-10"
            names = [written(first, family, dice) for first, family in dice.sample(members, LISTED)]
            add_meeting(db, f"{number:06}", body, day, names, dice)
            entries += len(names)
    return entries


def add_meeting(db: sqlite3.Connection, key: str, body: str, day: str, names: list[str], dice: random.Random) -> None:
    """One meeting with its list."""
    text = "\n".join(names)
    db.execute(
        """INSERT INTO documents (id, path, sha256, media_type, encoding, size, ingested_at, text)
        VALUES (?, ?, ?, 'text/plain', 'utf-8', 1, '2024-01-01', ?)""",
        (f"d{key}", f"{body}/{key}.txt", key, text),
    )
    db.execute(
        "INSERT INTO meetings (id, document_id, body, date) VALUES (?, ?, ?, ?)", (f"m{key}", f"d{key}", body, day)
    )
    at = 0
    for position, name in enumerate(names):
        entry = f"{key}-{position}"
        db.execute(
            "INSERT INTO evidence VALUES (?, ?, 'attendance', ?, ?, ?)", (entry, f"d{key}", at, at + len(name), name)
        )
        db.execute(
            """INSERT INTO attendance (id, meeting_id, position, name, status, organisation, evidence_id, recogniser,
            confidence) VALUES (?, ?, ?, ?, 'present', ?, ?, 'invented', 1)""",
            (entry, f"m{key}", position, name, dice.choice(BODIES), entry),
        )
        at += len(name) + 1


def timed(db: sqlite3.Connection, what: str) -> None:
    """Refresh, and print how long it took."""
    clock, processor = time.perf_counter(), time.process_time()
    refresh_people(db, Directory(), ())
    print(f"{what}: {time.perf_counter() - clock:.1f} s, processor {time.process_time() - processor:.1f} s")


def main() -> None:
    """Make the database and time the three refreshes."""
    meetings = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder, closing(open_database(Path(folder) / "p.db", mode="write")) as db:
        print(f"{meetings} meetings, {fill(db, meetings)} entries")
        timed(db, "first")
        db.execute("UPDATE attendance SET name = 'Iemand Anders' WHERE id = '000000-0'")
        timed(db, "one list changed")
        timed(db, "nothing changed")
        print(f"{db.execute('SELECT count(*) FROM people').fetchone()[0]} people")


if __name__ == "__main__":
    main()
