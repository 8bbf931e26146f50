"""A copy of the database without the confidential meetings, kept up to date beside the database itself."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from minutes_nlp.browse.access.leaving_out import Reckon, leave_out
from minutes_nlp.browse.access.restricted import Restricted, known_corrections, restricted
from minutes_nlp.browse.archives import digests_in
from minutes_nlp.errors import StoreError
from minutes_nlp.locking import exclusive
from minutes_nlp.store.backup import copy_database, open_plainly
from minutes_nlp.store.connect import file_uri, open_database
from minutes_nlp.store.correction_log import log_path

_PAUSE = 5.0  # seconds between two copies that nothing confidential asks for, at least
_SHARE = 4  # the pause is this many times as long as a copy takes: others need the processor too


class _Seen(NamedTuple):
    """The database and the log at one moment: another value means that something changed."""

    data: int
    file: tuple[int, int]
    log: tuple[int, int, int]


class Filtered:
    """Keeps the copy.

    Args:
        source: the whole database.
        target: the copy; made by the first `refresh`.
        reckon: works out what follows from the documents.
    """

    def __init__(self, source: Path, target: Path, reckon: Reckon) -> None:
        self.source, self.target = source, target
        self._reckon = reckon
        self._log = log_path(source)
        self._seen: _Seen | None = None
        self._wanted = Restricted()
        self._copied: _Seen | None = None
        self._shown: frozenset[tuple[str, str]] = frozenset()
        self._left_out: Restricted | None = None  # None: there is no copy, or nobody knows what is in it
        self._made_at, self._took = 0.0, 0.0
        self._watch: sqlite3.Connection | None = None
        self._watched = (0, 0)
        self._looking, self._making = threading.Lock(), threading.Lock()
        self._behind: asyncio.Future[None] | None = None

    async def fresh(self, *, now: bool = False) -> None:
        """See that the copy may be shown: wait for a new one if what is confidential changed, else have it made behind.

        Args:
            now: wait for any change, as after a correction.

        Raises:
            StoreError: the database or the log cannot be read; then nothing may be shown.
        """
        seen, wanted = self._look()
        stale = self._copied != seen
        if self._left_out != wanted or (now and stale):
            await asyncio.to_thread(self.refresh)
        elif stale and self._is_time() and (self._behind is None or self._behind.done()):
            self._behind = asyncio.ensure_future(asyncio.to_thread(self._refresh_behind))

    def refresh(self) -> None:
        """Make the copy anew, if anything changed; whoever reads it meanwhile sees the old one, whole.

        Raises:
            StoreError: the database or the log cannot be read.
        """
        with self._making:
            seen, wanted = self._look()
            if seen == self._copied and wanted == self._left_out:
                return
            began = time.monotonic()
            draft = self.target.with_name(f"{self.target.name}.draft")
            draft.unlink(missing_ok=True)
            for file in (draft, self.target):
                file.touch(mode=0o600)
            try:
                left_out, shown = self._draft(draft)
                self._left_out = None
                with closing(open_plainly(draft)) as copy, closing(open_plainly(self.target, new=True)) as served:
                    copy_database(copy, served)
            finally:
                draft.unlink(missing_ok=True)
            self._shown = shown
            self._copied, self._left_out, self._made_at = seen, left_out, time.monotonic()
            self._took = self._made_at - began

    def may_have(self, holder: str, file: Path) -> bool:
        """Whether those who see the copy may see everything in a file that holds others (an archive).

        So every file in it has to be a document of the copy: not one that is confidential, nor one that could not be
        read, that no ingest takes (its name begins with a dot) or that came since the last one.

        Args:
            holder: its path below the folder of the documents.
            file: where it lies.
        """
        held = digests_in(file) if self._left_out is not None else None
        return held is not None and all((f"{holder}/{path}", digest) in self._shown for path, digest in held)

    def _is_time(self) -> bool:
        return time.monotonic() - self._made_at > max(_PAUSE, _SHARE * self._took)

    def close(self) -> None:
        """Let go of the database."""
        with self._looking:
            if self._watch is not None:
                self._watch.close()
                self._watch = None

    def _draft(self, path: Path) -> tuple[Restricted, frozenset[tuple[str, str]]]:
        """Copy the database to `path` without what is confidential.

        Returns:
            What is confidential, and the paths and digests of the documents of the copy.
        """
        with closing(open_database(self.source)) as source, closing(open_plainly(path, new=True)) as copy:
            copy_database(source, copy)
        with closing(open_database(path, mode="write")) as db:
            db.execute("PRAGMA synchronous = OFF")
            corrections = known_corrections(db, self._log)
            hidden = restricted(db, corrections)
            leave_out(db, hidden, corrections, self._reckon)
            shown = frozenset((path, sha256) for path, sha256 in db.execute("SELECT path, sha256 FROM documents"))
        return hidden, shown

    def _refresh_behind(self) -> None:
        """A new copy, unless an ingest is at work: what it has not linked to a confidential meeting yet has to wait."""
        with contextlib.suppress(StoreError, sqlite3.Error, OSError):
            with exclusive(self.source.with_name(f"{self.source.name}.lock")):
                pass
            self.refresh()

    def _look(self) -> tuple[_Seen, Restricted]:
        """The present moment, and what is confidential at it."""
        with self._looking:
            about = self.source.stat()
            file = (about.st_dev, about.st_ino)
            if self._watch is None or self._watched != file:  # another file was put in its place
                if self._watch is not None:
                    self._watch.close()
                uri = f"{file_uri(self.source)}?mode=ro"
                self._watch = sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
                self._watched = file
            data = self._watch.execute("PRAGMA data_version").fetchone()[0]
            seen = _Seen(data, file, _version(self._log))
            if seen != self._seen:
                self._wanted = restricted(self._watch, known_corrections(self._watch, self._log))
                self._seen = seen
            return seen, self._wanted


def _version(path: Path) -> tuple[int, int, int]:
    try:
        about = path.stat()
    except FileNotFoundError:
        return (0, 0, 0)
    return (about.st_mtime_ns, about.st_size, about.st_ino)
