"""How long each part of the road takes: measured where it is asked for, and nothing otherwise."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(slots=True)
class Timings:
    """Computing time per part (`reading`, `language`, the parts of the pipeline, `store`), summed over processes.

    Attributes:
        seconds: of each part, in the order in which they came first. Time spent waiting does not count.
        words: of the documents that were processed.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    words: int = 0

    def count(self, part: str, seconds: float) -> None:
        """Add to the time of a part."""
        self.seconds[part] = self.seconds.get(part, 0.0) + seconds

    def add(self, other: Timings) -> None:
        """Add what another process measured."""
        for part, seconds in other.seconds.items():
            self.count(part, seconds)
        self.words += other.words


_current: ContextVar[Timings | None] = ContextVar("timings", default=None)


@contextmanager
def collecting(timings: Timings) -> Iterator[Timings]:
    """Measure everything inside the block into `timings`."""
    token = _current.set(timings)
    try:
        yield timings
    finally:
        _current.reset(token)


def current() -> Timings | None:
    """Where measurements go now; `None` if nobody asked for them."""
    return _current.get()


@contextmanager
def timed(part: str) -> Iterator[None]:
    """Count the block's computing time as that of `part`, if somebody is collecting."""
    timings = _current.get()
    if timings is None:
        yield
        return
    begin = time.process_time()
    try:
        yield
    finally:
        timings.count(part, time.process_time() - begin)
