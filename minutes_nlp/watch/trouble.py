"""What passes by itself: a full disk, a locked database, a share that is away. It is waited for; the rest is raised."""

from __future__ import annotations

import sqlite3
from typing import Final

from minutes_nlp.errors import MinutesError

WAITS: Final = (5.0, 15.0, 60.0, 300.0, 900.0)
"""Seconds before the first, second … new try; the last holds for all further ones."""

_OF_THE_RUN: Final = frozenset(
    ("store.busy", "store.locked", "store.unopenable", "ingest.not-writable", "ingest.no-raw", "export.unwritable")
)
_OF_A_FILE: Final = frozenset(
    ("reading.os", "reading.permission", "reading.missing", "export.unwritable", "pipeline.worker-died")
)
_OF_A_MODEL_ELSEWHERE: Final = "own."  # every problem of a model that answers from another process


def waiting_time(tries: int) -> float:
    """Seconds to wait before a new try, after so many tries before this one."""
    return WAITS[min(tries, len(WAITS) - 1)]


def stops_the_run(problem: BaseException) -> bool:
    """Whether what ended an ingest may be otherwise the next time."""
    if isinstance(problem, MinutesError):
        return problem.code in _OF_THE_RUN
    return isinstance(problem, OSError | sqlite3.OperationalError)


def stops_a_file(problem: MinutesError) -> bool:
    """Whether the same file may be read another time, without having changed."""
    return problem.code in _OF_A_FILE or problem.code.startswith(_OF_A_MODEL_ELSEWHERE)
