"""Putting a backup in place of the database and the log of corrections, after checking all of it."""

from __future__ import annotations

import contextlib
import datetime
import errno
import json
import os
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from minutes_nlp.errors import StoreError
from minutes_nlp.locking import exclusive
from minutes_nlp.store.backup import (
    DATABASE,
    FORMAT,
    LOG,
    MANIFEST,
    PATIENCE,
    Summary,
    back_up,
    copy_database,
    digest_of,
    open_plainly,
    sync,
)
from minutes_nlp.store.connect import open_database
from minutes_nlp.store.correction_log import log_path, read_log
from minutes_nlp.store.migrations import check_not_newer

_COPIED_AT_ONCE: Final = 1 << 20
_DOCUMENTS: Final = "SELECT path, ingested_at, sha256 FROM documents"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did; `kept` is the backup that it made of what was there before, if there was anything."""

    summary: Summary
    kept: Path | None


def restore(file: Path, database: Path, *, force: bool, at: datetime.datetime) -> Restored:
    """Put a backup in place of the database and the log; everything is checked before anything is touched.

    The database changes in one transaction, so that who reads it sees all or nothing; the log is replaced after it. If
    the process ends in between, the same restore finishes the work. A backup of an earlier version of the program is
    brought up to date. What was there is kept as a backup of its own, `before-restore-….zip` beside the database.

    Args:
        file: the backup.
        database: the database to replace; it need not exist.
        force: also if what is there has documents or corrections that the backup lacks.
        at: the present moment; with a time zone.

    Raises:
        StoreError: `backup.broken`: the file is no backup, or damaged; `store.newer`: a later program made it;
            `backup.missing`; `backup.newer`: what is there is newer; `backup.not-restored`: the system refuses;
            `store.busy`: an ingest is running; `store.locked`.
    """
    if not file.is_file():
        raise _missing(file)
    try:
        return _restore(file, database, force, at)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(
            "backup.not-restored",
            f"{file} cannot be put back into {database.parent}: {reason}.",
            "Check the permissions of the folder and the space on the disk, then do it again.",
            path=file,
            folder=database.parent,
            reason=reason,
        ) from error


def _restore(file: Path, database: Path, force: bool, at: datetime.datetime) -> Restored:
    database.parent.mkdir(parents=True, exist_ok=True)
    lock = database.with_name(database.name + ".lock")
    log_lock = log_path(database).with_name(log_path(database).name + ".lock")
    with (
        tempfile.TemporaryDirectory(dir=database.parent, prefix=".minutes-restore-") as folder,
        exclusive(lock),
        exclusive(log_lock, wait=PATIENCE),
    ):
        place = Path(folder)
        summary = read_backup(file, place)
        if not force:
            _refuse_newer(database, place)
        kept = _keep(database, at)
        with closing(open_database(place / DATABASE, mode="write")):
            pass  # brings it up to date
        _put(place / DATABASE, database)
        if (place / LOG).exists():
            (place / LOG).replace(log_path(database))
        else:
            log_path(database).unlink(missing_ok=True)
    return Restored(summary, kept)


def read_backup(file: Path, folder: Path) -> Summary:
    """Unpack a backup into an empty folder (`minutes.db`, `corrections.jsonl`), and check all of it.

    Raises:
        StoreError: `backup.broken`; `store.newer`.
        OSError: the folder cannot be written into.
    """
    try:
        manifest = _unpack(file, folder)
        with closing(open_plainly(folder / DATABASE)) as db:
            number = check_not_newer(db)
            unsound = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
            unsound += [f"{row[0]} → {row[2]}" for row in db.execute("PRAGMA foreign_key_check")]
            if unsound or number == 0:
                raise ValueError("its database is damaged" if unsound else "no database of this program")
            documents = db.execute("SELECT count(*) FROM documents").fetchone()[0]
        corrections = len(read_log(folder / LOG).corrections)
        return Summary(file, str(manifest["made_at"]), number, documents, corrections)
    except FileNotFoundError as error:
        raise _missing(file) from error
    except sqlite3.OperationalError as error:
        if "full" not in str(error):
            raise _broken(file, str(error)) from error
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder)) from error
    except OSError as error:
        if error.filename not in (None, str(file)) or error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise  # of the folder, not of the backup
        raise _broken(file, error.strerror or str(error)) from error
    except (ValueError, KeyError, TypeError, zipfile.BadZipFile, sqlite3.Error, EOFError, zlib.error) as error:
        raise _broken(file, _unzipped(file, error)) from error
    except StoreError as error:
        if error.code.startswith("corrections."):
            raise _broken(file, "its log of corrections is damaged") from error
        raise


def _unzipped(file: Path, error: Exception) -> str:
    """Why a file can't be unpacked: one that is an archive was changed, whatever the library says."""
    changed = isinstance(error, zipfile.BadZipFile | EOFError | zlib.error) and zipfile.is_zipfile(file)
    return "it is not as it was made" if changed else str(error)


def _missing(file: Path) -> StoreError:
    return StoreError("backup.missing", f"There is no backup {file}.", "Check the name and the folder.", path=file)


def _broken(file: Path, reason: str) -> StoreError:
    return StoreError(
        "backup.broken",
        f"{file} is no sound backup: {reason}.",
        "Nothing was changed. Take another backup.",
        path=file,
        reason=reason,
    )


def _unpack(file: Path, folder: Path) -> dict[str, Any]:
    with zipfile.ZipFile(file) as zipped:
        manifest: dict[str, Any] = json.loads(zipped.read(MANIFEST))
        if manifest["format"] != FORMAT or DATABASE not in manifest["sha256"]:
            raise ValueError("another kind of backup")
        for name, digest in manifest["sha256"].items():
            if name not in (DATABASE, LOG):
                raise ValueError("another kind of backup")
            with zipped.open(name) as packed, (folder / name).open("wb") as unpacked:
                while piece := packed.read(_COPIED_AT_ONCE):
                    unpacked.write(piece)
            if digest_of(folder / name) != digest:
                raise ValueError("it is not as it was made")
            sync(folder / name)
    return manifest


def _refuse_newer(database: Path, place: Path) -> None:
    """Refuse if a document or a correction is there that the backup lacks."""
    with closing(open_plainly(place / DATABASE)) as db:
        old = {path: (at, digest) for path, at, digest in db.execute(_DOCUMENTS)}
    documents = 0
    for path, at, digest in _documents(database):
        then, before = old.get(path, ("", ""))
        documents += at > then or (at == then and digest != before)  # moments are kept to the second
    known = {correction.id for correction in read_log(place / LOG).corrections}
    corrections = sum(correction.id not in known for correction in read_log(log_path(database)).corrections)
    if documents or corrections:
        raise StoreError(
            "backup.newer",
            f"The database has work that the backup lacks: documents: {documents}, corrections: {corrections}.",
            "Nothing was changed. With --force it is replaced, and kept in a backup of its own.",
            documents=documents,
            corrections=corrections,
        )


def _documents(database: Path) -> Iterator[tuple[str, str, str]]:
    """Path, moment and digest of every document of a database; none of one that is not there or cannot be read."""
    if not database.exists():
        return
    with contextlib.suppress(sqlite3.DatabaseError), closing(open_plainly(database)) as db:
        yield from db.execute(_DOCUMENTS).fetchall()


def _keep(database: Path, at: datetime.datetime) -> Path | None:
    """Keep what is there now: as a backup, or, if it is too damaged for that, as it is."""
    if not database.exists():
        return None
    kept = database.with_name(f"before-restore-{at:%Y-%m-%d-%H%M%S}.zip")
    try:
        return back_up(database, kept, at=at).path
    except (sqlite3.DatabaseError, StoreError) as error:
        if isinstance(error, StoreError) and error.code != "store.foreign":
            raise
        broken = database.with_name(database.name + ".broken")
        database.replace(broken)
        return broken


def _put(copy: Path, database: Path) -> None:
    if database.exists():
        with closing(open_plainly(copy)) as source, closing(open_plainly(database)) as target:
            copy_database(source, target)
        return
    for ending in ("-journal", "-wal", "-shm"):  # of a database that is no more
        database.with_name(database.name + ending).unlink(missing_ok=True)
    copy.replace(database)
