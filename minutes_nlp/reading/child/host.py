"""The parent's side: children are started when they are first needed, kept for the next file, and ended in time."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO, Final, cast

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading.child import macos, problems, windows, wire
from minutes_nlp.reading.child.protect import OUT_OF_MEMORY
from minutes_nlp.reading.readers import Limits

_ONE_THREAD: Final = {"OMP_THREAD_LIMIT": "1"}  # tesseract takes half the time so: its threads wait for one another
_START: Final = 60.0  # seconds in which a child is ready
_PATIENCE: Final = 1.0  # seconds in which one that has closed its line ends by itself
_END: Final = 5.0  # seconds in which one that is ended is gone
_USES: Final = 200  # files that one child reads at most: what libraries lose of its memory is then free again
_ASIDE: Final = 65_536  # bytes that go beside a document or a member


class Child:
    """A process that reads files, one at a time.

    Args:
        limits: what reading may cost; they hold as long as it lives.

    Raises:
        ReadingError: `reading.no-child`: it does not start.
    """

    def __init__(self, limits: Limits) -> None:
        from minutes_nlp.reading.child.serve import as_argument

        self.limits = limits
        self.uses = 0
        self.busy = False  # with a file of which not all answers were taken
        self._late = False
        self._place = tempfile.mkdtemp(prefix="minutes-")  # for its temporary files, which may outlive it
        command = [sys.executable, "-P", "-m", "minutes_nlp.reading.child.serve", as_argument(limits), self._place]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - this very program
                macos.fence(command) if sys.platform == "darwin" else command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env={**_ONE_THREAD, **os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self._place)},
            )
        except OSError as error:
            shutil.rmtree(self._place, ignore_errors=True)
            raise problems.no_child(None) from error
        self._requests = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)
        self.protections: Mapping[str, bool] | None = None

    @property
    def worn(self) -> bool:
        """Whether it should take no further file."""
        return self._process.poll() is not None or self.uses >= _USES

    def greet(self) -> Mapping[str, bool]:
        """Wait until it is ready; which protections are in force there."""
        if self.protections is None:
            try:
                with self._within(_START):
                    facts, _ = wire.receive(self._answers, _ASIDE)
                self.protections = {str(name): bool(active) for name, active in facts["protections"].items()}
            except (wire.BrokenLineError, wire.OversizeError, KeyError, AttributeError):
                raise problems.no_child(self.end(_PATIENCE)) from None
        return self.protections

    def ask(self, work: str, content: bytes, name: str) -> Iterator[tuple[dict[str, Any], bytes]]:
        """Its answers about a file, up to the last; it is done with the file only when all were taken.

        Raises:
            ReadingError: what is wrong with the file, or what became of the child over it, which is then ended.
        """
        self.greet()
        self.uses += 1
        self.busy = True
        try:
            with self._within(self.limits.seconds):
                wire.send(self._requests, {"do": work, "name": name}, content)
            while True:
                with self._within(self.limits.seconds):
                    facts, found = wire.receive(self._answers, max(self.limits.output, self.limits.unpacked) + _ASIDE)
                self.busy = "member" in facts
                if facts["is"] == "problem" and not self.busy:
                    raise wire.problem_from_facts(facts)
                yield facts, found
                if not self.busy:
                    return
        except wire.OversizeError:
            self.end()
            raise problems.oversize(name, self.limits) from None
        except (wire.BrokenLineError, OSError, KeyError):
            raise self._why(name) from None

    def _why(self, name: str) -> ReadingError:
        """What became of it, told by how it ended."""
        ended = self.end(_PATIENCE)
        if self._late:
            return problems.out_of_time(name, self.limits)
        if ended == OUT_OF_MEMORY:
            return problems.out_of_memory(name, self.limits)
        if ended == (windows.OUT_OF_TIME if sys.platform == "win32" else -signal.SIGXCPU):
            return problems.out_of_cpu(name, self.limits)
        return problems.crashed(name, ended)

    @contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        """End the process if the block takes longer."""

        def overdue() -> None:
            self._late = True
            self._kill()

        timer = threading.Timer(seconds, overdue)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def end(self, patience: float = 0.0) -> int | None:
        """End it, after `patience` seconds in which it may do so by itself; its exit code."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        self._kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_END)
        for line in (self._requests, self._answers):
            with contextlib.suppress(OSError):
                line.close()
        shutil.rmtree(self._place, ignore_errors=True)
        return self._process.returncode

    def _kill(self) -> None:
        """End the process and what it has started."""
        if sys.platform == "win32":
            self._process.kill()
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)


_idle: list[Child] = []
_lock = threading.Lock()


@contextmanager
def child(limits: Limits) -> Iterator[Child]:
    """A child for the block: one that an earlier block left, or a new one.

    Raises:
        ReadingError: `reading.no-child`.
    """
    with _lock:
        fitting = next((at for at, one in enumerate(_idle) if one.limits == limits), None)
        lent = Child(limits) if fitting is None else _idle.pop(fitting)
    if lent.worn:
        lent.end()
        lent = Child(limits)
    try:
        yield lent
    finally:
        if lent.busy or lent.worn:
            lent.end()
        else:
            with _lock:
                _idle.append(lent)


@atexit.register
def dismiss() -> None:
    """End the children that have nothing to do."""
    with _lock:
        while _idle:
            _idle.pop().end()
