"""What is in the watched folder now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from minutes_nlp.discovery import Discovery, discover
from minutes_nlp.watch.arrivals import Signature

_CLOSED: Final = (-1, 0)  # in place of the signature of what cannot be opened


@dataclass(frozen=True, slots=True)
class Scan:
    """The folder at one moment.

    Attributes:
        found: the files, with what was left out and what could not be opened.
        signatures: by its name, of every file, and of every folder that cannot be opened.
        device: the file system that the folder is on: another one once a share is mounted over it, or no longer is.
    """

    found: Discovery
    signatures: dict[str, Signature]
    device: int

    def part(self, ready: tuple[str, ...], *, absences: bool) -> Discovery:
        """What to ingest now: the files that are ready; the others are held back but count as being there.

        Args:
            ready: their names.
            absences: whether a file that is not in the folder may be taken for gone.
        """
        wanted = set(ready)
        return replace(
            self.found,
            files=[file for file in self.found.files if file.name in wanted],
            unreadable=[(name, problem) for name, problem in self.found.unreadable if name in wanted],
            scopes=list(self.found.scopes) if absences else [],
            held=self.found.held | (self.signatures.keys() - wanted),
        )


def scan(raw: Path, leave_out: Path) -> Scan:
    """Walk the folder.

    Args:
        raw: the folder that files are dropped in.
        leave_out: the folder that the program writes to, which is never walked.

    Raises:
        OSError: the folder is not there or cannot be opened: a share that is away, a disk that fails.
    """
    device = raw.stat().st_dev
    next(raw.iterdir(), None)  # a share that went away often still has its folder, which then cannot be opened
    found = discover([raw], raw, leave_out=leave_out)
    signatures: dict[str, Signature] = {}
    for file in found.files:
        try:
            facts = file.path.stat()
        except FileNotFoundError:
            if not file.path.is_symlink():
                continue  # it went in the meantime
            facts = file.path.lstat()
        signatures[file.name] = (facts.st_size, facts.st_mtime_ns)
    for name, _ in found.unreadable:
        signatures.setdefault(name, _CLOSED)
    found.files = [file for file in found.files if file.name in signatures]
    if raw.stat().st_dev != device:
        raise OSError(None, "another folder appeared at that place", str(raw))
    return Scan(found, signatures, device)
