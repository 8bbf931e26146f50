"""What a process that reads strangers' files may do: limits that the system enforces, and no network.

| protection | Linux | macOS | Windows |
|---|---|---|---|
| `memory` | `RLIMIT_AS` | a thread that watches the process | a job object |
| `cpu` | `RLIMIT_CPU`, set anew for every file | the same | a job object, likewise |
| `files` | `RLIMIT_NOFILE`, `RLIMIT_FSIZE`, no core dumps | the same | none |
| `namespace` | a network namespace without a network | a sandbox without one (`macos.py`, `host.py`) | none |
| `sockets` | an audit hook that refuses every socket | the same | the same |
| `privileges` | `no_new_privs`; ends when its parent does | none | the job object ends with it |

Everywhere the parent ends a process that takes too long or answers too much (`host.py`).
"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from minutes_nlp.reading.readers import Limits

PROTECTIONS: Final = ("memory", "cpu", "files", "namespace", "sockets", "privileges")
OUT_OF_MEMORY: Final = 71  # exit code of a process that took more memory than it may

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_DEATH_SIGNAL, _NO_NEW_PRIVILEGES = 1, 38  # of prctl
_END = 15  # the signal on which the child ends
_FOR_PROGRAMS = 3  # times the memory, and
_FILES_FOR_PROGRAMS = 1024  # open files, that a program started for a conversion may take (LibreOffice, tesseract)
_WATCH = 0.05  # seconds between two looks at the memory


def protect(limits: Limits) -> dict[str, bool]:
    """Give up in this process, for good, what reading a file does not need.

    Returns:
        For every name of `PROTECTIONS` whether it is in force.
    """
    measures: dict[str, Callable[[], bool]] = {
        "memory": lambda: _bound_memory(limits),
        "cpu": lambda: bound_cpu(limits.cpu_seconds),
        "files": lambda: _bound_files(limits),
        "namespace": _leave_the_network,
        "privileges": _renounce,
        "sockets": _refuse_sockets,  # last: it can't be undone
    }
    return {name: _done(measure) for name, measure in measures.items()}


def _done(measure: Callable[[], bool]) -> bool:
    try:
        return measure()
    except (OSError, ValueError, AttributeError, ImportError):
        return False


def _bound_memory(limits: Limits) -> bool:
    if sys.platform == "win32":
        from minutes_nlp.reading.child.windows import job

        return job().bound_memory(limits.memory)
    if sys.platform == "darwin":  # it accepts the limit and ignores it
        threading.Thread(target=_watch_memory, args=(limits.memory,), daemon=True).start()
        return True
    import resource

    return _bound(resource.RLIMIT_AS, limits.memory, limits.memory * _FOR_PROGRAMS)


def _watch_memory(most: int) -> None:
    """End the process once it takes more than `most` bytes."""
    import resource

    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss <= most:
        time.sleep(_WATCH)
    os._exit(OUT_OF_MEMORY)


def bound_cpu(seconds: int) -> bool:
    """Let this process compute for `seconds` from now on; then the system ends it."""
    if sys.platform == "win32":
        from minutes_nlp.reading.child.windows import job

        return job().bound_cpu(os.times().user + seconds)
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + seconds + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    return True


def _bound_files(limits: Limits) -> bool:
    if sys.platform == "win32":
        return False
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _bound(resource.RLIMIT_FSIZE, limits.unpacked, limits.unpacked)
    return _bound(resource.RLIMIT_NOFILE, limits.open_files, _FILES_FOR_PROGRAMS)


def _bound(kind: int, soft: int, hard: int) -> bool:
    """Lower a limit; one that is lower already stays."""
    import resource

    allowed = resource.getrlimit(kind)[1]
    if allowed != resource.RLIM_INFINITY:
        hard = min(hard, allowed)
    resource.setrlimit(kind, (min(soft, hard), max(hard, min(soft, hard))))
    return True


def loosen_for_program() -> None:
    """Raise memory and open files to what a converter may take: to be run in its process before it starts."""
    if sys.platform == "win32":
        return
    import resource

    for kind in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (hard, hard))


def _leave_the_network() -> bool:
    """Move into a network namespace of our own, as root or by way of a user namespace of our own."""
    if sys.platform == "darwin":
        from minutes_nlp.reading.child.macos import is_fenced

        return is_fenced()  # the parent started us so
    if sys.platform != "linux":
        return False
    unshare: Any = ctypes.CDLL(None, use_errno=True).unshare
    user, group = os.geteuid(), os.getegid()
    if user == 0 and unshare(_NEW_NETWORK) == 0:
        return True
    if unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return False
    own = Path("/proc/self")
    (own / "setgroups").write_text("deny")
    (own / "uid_map").write_text(f"{user} {user} 1")
    (own / "gid_map").write_text(f"{group} {group} 1")
    return True


def _renounce() -> bool:
    """Never gain rights by starting a program, and end when the parent ends."""
    if sys.platform != "linux":
        return False
    prctl: Any = ctypes.CDLL(None, use_errno=True).prctl
    return bool(prctl(_DEATH_SIGNAL, _END, 0, 0, 0) == 0 and prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0)


def _refuse_sockets() -> bool:
    sys.addaudithook(_refuse)
    return True


def _refuse(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith("socket."):
        raise PermissionError("reading a file needs no network")
