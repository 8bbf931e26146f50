"""On macOS: the sandbox of the system, which takes the network from a process and from what it starts."""

from __future__ import annotations

import functools
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

PROFILE: Final = "(version 1)(allow default)(deny network*)"
_PROGRAM: Final = Path("/usr/bin/sandbox-exec")
_NOWHERE: Final = ("127.0.0.1", 9)  # nobody listens there, and a datagram socket sends nothing when it connects
_SECONDS: Final = 10.0  # in which the sandbox starts


def fence(command: Sequence[str], program: Path = _PROGRAM) -> list[str]:
    """The command that runs `command` without a network; `command` itself where the system has no such sandbox.

    A process that is in a sandbox already may not be able to enter another one, so this is tried first.
    """
    return [str(program), "-p", PROFILE, *command] if _works(program) else list(command)


@functools.cache
def _works(program: Path) -> bool:
    try:
        tried = subprocess.run(  # noqa: S603 - a program of the system
            [str(program), "-p", PROFILE, "/usr/bin/true"], capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return tried.returncode == 0


def is_fenced() -> bool:
    """Whether the system refuses this process the network."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            line.connect(_NOWHERE)
    except PermissionError:
        return True
    except OSError:
        return False  # there is no network, but nobody refuses it
    return False
