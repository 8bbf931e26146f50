"""What lies in an archive of documents: to be compared with what somebody may see, or handed out by itself."""

from __future__ import annotations

import functools
from pathlib import Path

from minutes_nlp.errors import ReadingError

_KEPT = 64  # archives


def digests_in(file: Path) -> frozenset[tuple[str, str]] | None:
    """The path and the digest (SHA-256) of every file in an archive, those of the archives in it included; also of
    those that no ingest reads, as a name that begins with a dot.

    Returns:
        `None` if nobody can tell: it is no archive, or one of the files cannot be read.
    """
    try:
        about = file.stat()
    except OSError:
        return None
    return _digests(file, about.st_mtime_ns, about.st_size)


@functools.lru_cache(_KEPT)
def _digests(file: Path, _changed: int, _size: int) -> frozenset[tuple[str, str]] | None:
    from minutes_nlp.reading.bundle import members
    from minutes_nlp.reading.readers import Limits, digest, read_bytes

    limits = Limits()
    try:
        found = list(members(read_bytes(file, limits), file.name, limits))
    except ReadingError:
        return None
    if any(member.problem for member in found):
        return None
    return frozenset((member.path, digest(member.content)) for member in found)


def member_of(file: Path, path: str) -> bytes | None:
    """The bytes of the file with this path in an archive; `None` if it is not there or cannot be read."""
    from minutes_nlp.reading.bundle import members
    from minutes_nlp.reading.readers import Limits, read_bytes

    limits = Limits()
    try:
        found = (member for member in members(read_bytes(file, limits), file.name, limits) if member.path == path)
        first = next(found, None)
    except ReadingError:
        return None
    return None if first is None or first.problem else first.content
