"""An end to work that takes too long, on every system and in every thread. Loads nothing heavy."""

from __future__ import annotations

import ctypes
import threading
from types import TracebackType


class TimeUp(BaseException):
    """The time is over. No `Exception`, so that nothing on the way takes it for a fault of its own."""


class Deadline:
    """Raises `TimeUp` within the block, in the thread that entered it, once it has run for so long.

    It comes between two steps of Python: a call that computes elsewhere for long is not interrupted. Blocks of one
    thread must not lie in one another.

    Args:
        seconds: time on the clock; 0 for no end.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._over = False
        self._rung = False

    def __enter__(self) -> None:
        self._thread = threading.get_ident()
        self._timer = threading.Timer(self._seconds, self._ring)
        self._timer.daemon = True
        if self._seconds:
            self._timer.start()

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._over = True
        if self._rung and kind is not TimeUp:
            _raise_in(self._thread, None)  # what was rung too late to be heard in the block is not heard behind it

    def _ring(self) -> None:
        with self._lock:
            if not self._over:
                self._rung = True
                _raise_in(self._thread, TimeUp)


def _raise_in(thread: int, kind: type[BaseException] | None) -> None:
    """Have an exception raised in another thread, or take back one that was not raised yet."""
    told = ctypes.py_object(kind) if kind else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), told)
