"""Waiting until something changes in a folder. What changed is never told: the folder itself is looked at."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

from watchfiles import watch as notices

from minutes_nlp.watch.remote import is_remote

_STEP_MS: Final = 50  # after a notice, how long the system is asked for more of them
_BURST_MS: Final = 500  # how long a burst of notices is gathered at most
_TURN_MS: Final = 500  # how long the system is waited for before the clock is looked at


class Changes(Protocol):
    """What waits for a change."""

    polls: bool

    def wait(self, seconds: float) -> None:
        """Return when something may have changed, or after so many seconds.

        Raises:
            OSError: no notices are to be had (any more): the folder is away, or the system watches too many.
        """


class Polling:
    """Looks again every `seconds`: for shares, of whose changes the system tells nothing."""

    polls = True

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def wait(self, seconds: float) -> None:
        """See `Changes.wait`."""
        time.sleep(max(0.0, min(seconds, self.seconds)))


class Notices:
    """Waits for the notices of the system (inotify, FSEvents, ReadDirectoryChanges)."""

    polls = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stream: Iterator[object] | None = None
        self._listened: tuple[int, int] | None = None  # the folder itself, which may be another under the same name

    def wait(self, seconds: float) -> None:
        """See `Changes.wait`."""
        until = time.monotonic() + seconds
        try:
            facts = self.folder.stat()
            if self._listened != (facts.st_dev, facts.st_ino):
                self._listened, self._stream = (facts.st_dev, facts.st_ino), None
            if self._stream is None:
                self._stream = notices(
                    self.folder,
                    watch_filter=None,
                    debounce=_BURST_MS,
                    step=_STEP_MS,
                    rust_timeout=_TURN_MS,
                    yield_on_timeout=True,
                    raise_interrupt=True,
                    ignore_permission_denied=True,
                )
            while not next(self._stream, None) and time.monotonic() < until:
                pass
        except BaseException:
            self._stream = None  # begun anew the next time
            raise


def changes_in(folder: Path, poll: float | None) -> Changes:
    """What waits for changes in `folder`.

    Args:
        folder: the folder.
        poll: look again every so many seconds; `None`: by the system's notices, or every 10 seconds on a share.
    """
    if poll is not None:
        return Polling(poll)
    return Polling(10.0) if is_remote(folder) else Notices(folder)
