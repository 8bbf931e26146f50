"""Which files are completely written: those whose size and time of change stay the same for a while."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from minutes_nlp.watch.trouble import waiting_time

Signature = tuple[int, int]
"""Size in bytes and time of change in nanoseconds: what a file that is being written cannot keep."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the folder means.

    Attributes:
        ready: names of files that are whole and have not been taken as they are now.
        gone: names of files that were there and no longer are.
        next_at: when the next file may be ready without any further change; `None` if none waits.
    """

    ready: tuple[str, ...]
    gone: tuple[str, ...]
    next_at: float | None


@dataclass(slots=True)
class Arrivals:
    """Remembers what was seen and taken. All times are seconds of one clock that only goes forward.

    A file is ready once two looks that lie at least `settle` apart, and all looks between them, saw the same
    signature. Nothing is remembered from an earlier run: whoever starts sees every file as new, and the ingest skips
    those it knows.

    Args:
        settle: seconds for which a file may not change before it is taken.
    """

    settle: float
    _since: dict[str, tuple[Signature, float]] = field(default_factory=dict)
    _taken: dict[str, Signature] = field(default_factory=dict)
    _not_before: dict[str, float] = field(default_factory=dict)
    _tries: dict[str, int] = field(default_factory=dict)

    def look(self, present: Mapping[str, Signature], now: float) -> Look:
        """Compare the files that are there, with their signatures, with what is remembered."""
        gone = tuple(name for name in self._since if name not in present)
        for name in gone:
            self._forget(name)
        ready, waiting = [], []
        for name, signature in present.items():
            seen, since = self._since.get(name, (None, now))
            if seen != signature:
                self._forget(name)
                since = now
                self._since[name] = (signature, now)
            if self._taken.get(name) == signature:
                continue
            due = max(since + self.settle, self._not_before.get(name, now))
            if due <= now and seen == signature:
                ready.append(name)
            else:
                waiting.append(due)
        return Look(tuple(sorted(ready)), gone, min(waiting, default=None))

    def take(self, names: Iterable[str]) -> None:
        """These files were ingested as the last look saw them, whatever came of it."""
        for name in names:
            self._taken[name] = self._since[name][0]

    def settled(self, name: str) -> None:
        """What came of the file is final: earlier failures are forgotten."""
        self._tries.pop(name, None)
        self._not_before.pop(name, None)

    def again(self, name: str, now: float) -> None:
        """The file failed by something that may pass: it is ready again later, each time after a longer while."""
        if name in self._since:
            tries = self._tries.get(name, 0)
            self._tries[name] = tries + 1
            self._taken.pop(name, None)
            self._not_before[name] = now + waiting_time(tries)

    def _forget(self, name: str) -> None:
        self._since.pop(name, None)
        self._taken.pop(name, None)
        self._not_before.pop(name, None)
        self._tries.pop(name, None)
