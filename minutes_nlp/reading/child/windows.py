"""On Windows: a job object, which bounds memory and computing time of a process and ends what it started."""

from __future__ import annotations

import ctypes
import functools
from typing import Any, Final

EXTENDED_LIMITS: Final = 9
PROCESS_TIME, PROCESS_MEMORY, KILL_ON_CLOSE = 0x2, 0x100, 0x2000
OUT_OF_TIME: Final = 1816  # ERROR_NOT_ENOUGH_QUOTA: exit code of a process that computed longer than it may
TICKS: Final = 10_000_000  # in a second, as job objects count
_DWORD: Final = ctypes.c_uint32  # that of `wintypes` is longer on other systems, where this is tested


class _Basic(ctypes.Structure):
    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", _DWORD),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", _DWORD),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", _DWORD),
        ("SchedulingClass", _DWORD),
    )


class Limits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("BasicLimitInformation", _Basic),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


class Job:
    """A job object that this process enters when it gets its first limit; what it started ends when it does.

    Args:
        kernel: the functions of kernel32.
    """

    def __init__(self, kernel: Any) -> None:
        self._kernel = kernel
        self._handle = kernel.CreateJobObjectW(None, None)
        self._limits = Limits()
        self._limits.BasicLimitInformation.LimitFlags = KILL_ON_CLOSE
        self._entered = False

    def bound_memory(self, most: int) -> bool:
        """Let each process in it take at most so many bytes; whether the system agreed."""
        self._limits.ProcessMemoryLimit = most
        return self._apply(PROCESS_MEMORY)

    def bound_cpu(self, seconds: float) -> bool:
        """End each process in it that has computed for so long since it began; whether the system agreed."""
        self._limits.BasicLimitInformation.PerProcessUserTimeLimit = int(seconds * TICKS)
        return self._apply(PROCESS_TIME)

    def _apply(self, flag: int) -> bool:
        if not self._handle:
            return False
        self._limits.BasicLimitInformation.LimitFlags |= flag
        told = self._kernel.SetInformationJobObject(
            self._handle, EXTENDED_LIMITS, ctypes.byref(self._limits), ctypes.sizeof(self._limits)
        )
        if told and not self._entered:
            self._entered = bool(self._kernel.AssignProcessToJobObject(self._handle, self._kernel.GetCurrentProcess()))
        return bool(told and self._entered)


@functools.cache
def job() -> Job:
    """The job object of this process."""
    handle = ctypes.c_void_p
    kernel: Any = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined, unused-ignore]
    kernel.CreateJobObjectW.restype = handle
    kernel.CreateJobObjectW.argtypes = (handle, ctypes.c_wchar_p)
    kernel.GetCurrentProcess.restype = handle
    kernel.SetInformationJobObject.argtypes = (handle, ctypes.c_int, handle, _DWORD)
    kernel.AssignProcessToJobObject.argtypes = (handle, handle)
    return Job(kernel)
