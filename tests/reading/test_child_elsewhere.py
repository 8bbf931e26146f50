"""What protects the process that reads files on macOS and Windows, with stand-ins for their calls to the system."""

from __future__ import annotations

import ctypes
import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from minutes_nlp.reading.child import macos, protect, windows
from minutes_nlp.reading.readers import Limits

needs_shell = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")


class Kernel32:
    """Stands for kernel32: it notes the limits of the job object, and refuses what it is told to."""

    def __init__(self, *refused: str) -> None:
        self.refused = refused
        self.told: list[tuple[int, int, int]] = []  # flags, memory, ticks
        self.entered: list[tuple[int, int]] = []

    def CreateJobObjectW(self, security: None, name: None) -> int:  # noqa: N802 - as Windows calls it
        return 0 if "create" in self.refused else 77

    def GetCurrentProcess(self) -> int:  # noqa: N802
        return -1

    def SetInformationJobObject(self, job: int, kind: int, facts: object, size: int) -> int:  # noqa: N802
        assert (job, kind, size) == (77, windows.EXTENDED_LIMITS, ctypes.sizeof(windows.Limits))
        limits = ctypes.cast(facts, ctypes.POINTER(windows.Limits)).contents  # type: ignore[arg-type]
        basic = limits.BasicLimitInformation
        self.told.append((basic.LimitFlags, limits.ProcessMemoryLimit, basic.PerProcessUserTimeLimit))
        return 0 if "set" in self.refused else 1

    def AssignProcessToJobObject(self, job: int, process: int) -> int:  # noqa: N802
        self.entered.append((job, process))
        return 0 if "assign" in self.refused else 1


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_size_t) != 8, reason="the layout is that of 64 bits")
def test_the_limits_of_a_job_lie_in_memory_as_windows_has_them() -> None:
    assert ctypes.sizeof(windows.Limits) == 144
    assert windows.Limits.IoInfo.offset == 64
    assert windows.Limits.ProcessMemoryLimit.offset == 112


def test_a_process_enters_its_job_once_and_every_limit_keeps_the_others() -> None:
    kernel = Kernel32()
    job = windows.Job(kernel)
    assert job.bound_memory(2_000_000_000)
    assert job.bound_cpu(120)
    assert job.bound_cpu(130.5)
    both = windows.KILL_ON_CLOSE | windows.PROCESS_MEMORY | windows.PROCESS_TIME
    assert kernel.told == [
        (windows.KILL_ON_CLOSE | windows.PROCESS_MEMORY, 2_000_000_000, 0),
        (both, 2_000_000_000, 1_200_000_000),
        (both, 2_000_000_000, 1_305_000_000),
    ]
    assert kernel.entered == [(77, -1)]


@pytest.mark.parametrize("refused", ["create", "set", "assign"])
def test_what_windows_refuses_is_not_in_force(refused: str) -> None:
    assert not windows.Job(Kernel32(refused)).bound_memory(1)


def test_on_windows_memory_and_computing_time_are_bounded_by_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = Kernel32()
    job = windows.Job(kernel)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(windows, "job", lambda: job)
    monkeypatch.setattr(protect, "_refuse_sockets", lambda: True)  # it could not be undone
    found = protect.protect(Limits(memory=700_000_000, cpu_seconds=9))
    assert found == dict.fromkeys(protect.PROTECTIONS, False) | {"memory": True, "cpu": True, "sockets": True}
    _, memory, ticks = kernel.told[-1]
    assert memory == 700_000_000
    assert 9 <= ticks / windows.TICKS <= 10 + os.times().user


def _stand_in(folder: Path, last_line: str) -> Path:
    """A program that is called as `sandbox-exec` is: it notes its profile, and ends as the last line says."""
    program = folder / "sandbox-exec"
    program.write_text(f'#!/bin/sh\n[ "$1" = -p ] || exit 64\necho "$2" >> {folder}/profiles\nshift 2\n{last_line}\n')
    program.chmod(0o755)
    return program


@needs_shell
def test_on_macos_the_process_starts_in_a_sandbox_that_denies_the_network_alone(tmp_path: Path) -> None:
    program = _stand_in(tmp_path, 'exec "$@"')
    command = macos.fence([sys.executable, "-c", "print('klaar')"], program)
    assert subprocess.run(command, capture_output=True, check=True).stdout == b"klaar" + os.linesep.encode()
    assert set((tmp_path / "profiles").read_text().splitlines()) == {"(version 1)(allow default)(deny network*)"}


@needs_shell
@pytest.mark.parametrize("last_line", ["exit 71", "kill -9 $$"])
def test_where_the_sandbox_cannot_be_entered_the_process_starts_without(tmp_path: Path, last_line: str) -> None:
    assert macos.fence(["a", "b"], _stand_in(tmp_path, last_line)) == ["a", "b"]
    assert macos.fence(["a", "b"], tmp_path / "missing") == ["a", "b"]


@pytest.mark.parametrize(
    ("answer", "fenced"),
    [
        (PermissionError(errno.EPERM, "Operation not permitted"), True),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), False),
        (None, False),
    ],
)
def test_a_process_is_fenced_only_where_the_system_refuses_it(
    answer: OSError | None, fenced: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Line:
        def __init__(self, *kind: object) -> None: ...

        def __enter__(self) -> Line:
            return self

        def __exit__(self, *problem: object) -> None: ...

        def connect(self, place: tuple[str, int]) -> None:
            if answer is not None:
                raise answer

    monkeypatch.setattr(socket, "socket", Line)
    assert macos.is_fenced() is fenced
