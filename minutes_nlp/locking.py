"""A lock between processes, held as long as the process lives: the system releases it even after a crash."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from minutes_nlp.errors import StoreError

_PAUSE = 0.05  # seconds between two tries


@contextmanager
def exclusive(path: Path, *, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock file at `path` (made if needed, left behind) while the block runs.

    Args:
        path: the lock file.
        wait: seconds to wait for another process that holds it.

    Raises:
        StoreError: code `store.busy`: another process holds it, and still does after the wait.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        end = time.monotonic() + wait
        while not (taken := _take(descriptor)) and time.monotonic() < end:
            time.sleep(_PAUSE)
        if not taken:
            raise StoreError(
                "store.busy", "Another ingest is writing to this database.", "Wait until it is done.", path=path
            )
        yield
    finally:
        os.close(descriptor)  # closing releases the lock


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
