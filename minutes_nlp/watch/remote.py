"""Whether a folder lies on another machine: the system then tells nothing of what others change there."""

from __future__ import annotations

import re
import sys
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_REMOTE = frozenset(
    (
        "9p",
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "drvfs",
        "fuse.davfs2",
        "fuse.gvfsd-fuse",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
        "vboxsf",
        "virtiofs",
    )
)
_OCTAL = re.compile(r"\\([0-7]{3})")


def is_remote(path: Path) -> bool:
    """Whether `path` lies on a network share or on a folder shared by the host of a virtual machine.

    `False` where the system does not say.
    """
    if sys.platform == "win32":
        return _is_remote_on_windows(path)
    try:
        text = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return file_system(path.resolve(), text) in _REMOTE


def file_system(path: Path, mounts: str) -> str | None:
    """The kind of file system that holds `path`, by the text of `/proc/self/mountinfo` (see proc_pid_mountinfo(5))."""
    best: tuple[int, str] | None = None
    for line in mounts.splitlines():
        fields, _, after = line.partition(" - ")
        columns = fields.split(" ")
        if len(columns) < 5 or not after:
            continue
        point = Path(_OCTAL.sub(lambda code: chr(int(code[1], 8)), columns[4]))
        if path.is_relative_to(point) and (best is None or len(point.parts) >= best[0]):
            best = (len(point.parts), after.split(" ")[0])  # of two at the same place, the later one covers the other
    return best[1] if best else None


if sys.platform == "win32":
    import ctypes

    _DRIVE_REMOTE = 4

    def _is_remote_on_windows(path: Path) -> bool:
        drive = path.resolve().drive
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == _DRIVE_REMOTE

else:

    def _is_remote_on_windows(_path: Path) -> bool:
        return False
