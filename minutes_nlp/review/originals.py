"""The files that documents were read from, as they still are."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from minutes_nlp.errors import MinutesError, ReviewError
from minutes_nlp.reading import Limits
from minutes_nlp.reading.readers import digest, read_bytes
from minutes_nlp.reading.safely import unpack


def original(raw: Path, name: str, sha256: str, limits: Limits = Limits()) -> bytes:
    """The bytes of the file that a document was read from.

    Args:
        raw: the folder that names are relative to.
        name: the document's path below it; for a member of an archive the archive's path and the member's.
        sha256: the digest that the file had.
        limits: how large it may be.

    Raises:
        ReviewError: `review.no-document`: it is gone, cannot be read, or has changed since.
    """
    content = _found(raw, name, limits)
    if content is None or digest(content) != sha256:
        raise ReviewError(
            "review.no-document",
            f"{raw / name} is no longer there, or not as it was read.",
            "Run `minutes ingest` first.",
            path=raw / name,
        )
    return content


def _found(raw: Path, name: str, limits: Limits) -> bytes | None:
    try:
        if (raw / name).is_file():
            return read_bytes(raw / name, limits)
        for parent in PurePosixPath(name).parents:
            if (raw / parent).is_file():
                return _member(raw / parent, parent.as_posix(), name, limits)
    except MinutesError:
        pass
    return None


def _member(archive: Path, path: str, name: str, limits: Limits) -> bytes | None:
    """The member of an archive that `name` stands for, which begins with the archive's own `path`."""
    for member in unpack(read_bytes(archive, limits), name=path, limits=limits) or ():
        if f"{path}/{member.path}" == name:
            return member.content
    return None
