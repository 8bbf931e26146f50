"""A copy of the database and of the log of corrections in one file, and the way back.

The file is a zip archive with `minutes.db`, `corrections.jsonl` (if there is one) and `manifest.json`, which holds the
digests of the others. The copy is of one moment, whoever works meanwhile.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import os
import sqlite3
import tempfile
import time
import zipfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from minutes_nlp.errors import StoreError
from minutes_nlp.store.connect import file_uri
from minutes_nlp.store.correction_log import log_path
from minutes_nlp.store.migrations import version

DATABASE, LOG, MANIFEST = "minutes.db", "corrections.jsonl", "manifest.json"
FORMAT: Final = 1
PATIENCE: Final = 60.0  # seconds for another process that is writing


@dataclass(frozen=True, slots=True)
class Summary:
    """What a backup holds: when it was made (ISO 8601), of which version, how many documents and corrections."""

    path: Path
    made_at: str
    version: int
    documents: int
    corrections: int


def back_up(database: Path, target: Path, *, at: datetime.datetime, folder: bool = False) -> Summary:
    """Copy the database and the log of corrections as they are at one moment into the file `target`.

    Others may read and write meanwhile; a writer waits for as long as copying the database takes. The file is complete
    or not there. A backup that is there already makes place for the new one.

    Args:
        database: the database; the log stands beside it.
        target: the file, or a folder that exists: then it is named by the moment.
        at: the moment to record; with a time zone.
        folder: `target` is a folder, which is made if it is not there.

    Raises:
        StoreError: `store.missing`; `store.locked`: another process keeps writing; `store.foreign`;
            `backup.in-the-way`: the file is there and is no backup; `backup.unwritable`.
    """
    if folder or target.is_dir():
        target = target / f"minutes-{at:%Y-%m-%d-%H%M%S}.zip"
    if target.exists() and not _is_backup(target):
        raise StoreError(
            "backup.in-the-way", f"{target} is there already and is no backup.", "Choose another name.", path=target
        )
    if not database.exists():
        raise StoreError(
            "store.missing", f"There is no database at {database} yet.", "Run `minutes ingest` first.", path=database
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".minutes-backup-") as work:
            return _write(database, target, Path(work), at)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise locked() from error
        if "full" in str(error):
            raise _unwritable(target, str(error)) from error
        raise
    except OSError as error:
        raise _unwritable(target, error.strerror or str(error)) from error


def _unwritable(target: Path, reason: str) -> StoreError:
    return StoreError(
        "backup.unwritable",
        f"{target} cannot be written: {reason}.",
        "Check the permissions of the folder and the space on the disk.",
        path=target,
        reason=reason,
    )


def _write(database: Path, target: Path, folder: Path, at: datetime.datetime) -> Summary:
    with closing(open_plainly(database)) as source, closing(open_plainly(folder / DATABASE, new=True)) as copy:
        if version(source) == 0:
            raise StoreError(
                "store.foreign",
                f"{database} is a database of another program.",
                "Choose another file for the database.",
                path=database,
            )
        copy_database(source, copy)
        number, documents = version(copy), copy.execute("SELECT count(*) FROM documents").fetchone()[0]
    # The log comes after the database: it then holds every correction that the database knows.
    with contextlib.suppress(FileNotFoundError):
        content = log_path(database).read_bytes()
        (folder / LOG).write_bytes(content[: content.rfind(b"\n") + 1])
    corrections = (folder / LOG).read_bytes().count(b"\n") if (folder / LOG).exists() else 0
    names = [name for name in (DATABASE, LOG) if (folder / name).exists()]
    made_at = at.isoformat(timespec="seconds")
    manifest = {
        "format": FORMAT,
        "made_at": made_at,
        "version": number,
        "documents": documents,
        "corrections": corrections,
        "sha256": {name: digest_of(folder / name) for name in names},
    }
    archive = folder / "backup.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
        zipped.writestr(MANIFEST, json.dumps(manifest, indent=2) + "\n")
        for name in names:
            zipped.write(folder / name, name)
    sync(archive)
    archive.replace(target)
    return Summary(target, made_at, number, documents, corrections)


def copy_database(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Make `target` what `source` is at one moment, in one transaction of either.

    Raises:
        StoreError: `store.locked`: another process keeps writing for longer than a minute.
    """
    until = time.monotonic() + PATIENCE

    def watch_the_clock(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
            raise locked()

    source.backup(target, pages=-1, progress=watch_the_clock, sleep=0.1)


def locked() -> StoreError:
    """The error for a database that another process keeps for itself."""
    return StoreError(
        "store.locked",
        "The database is in use by another process.",
        "Wait until it has finished, then try again.",
        path=DATABASE,
    )


def open_plainly(path: Path, *, new: bool = False) -> sqlite3.Connection:
    """A connection without a check of the version: an old database can be copied too."""
    uri = f"{file_uri(path)}?mode={'rwc' if new else 'rw'}"
    return sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)


def _is_backup(path: Path) -> bool:
    if not path.is_file():  # a device may have no end
        return False
    try:
        with zipfile.ZipFile(path) as zipped:
            return MANIFEST in zipped.namelist() and DATABASE in zipped.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
