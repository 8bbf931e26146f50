"""The log of corrections: a file that is only ever added to, one JSON object a line, beside the database.

A line that was not completely written (power cut, full disk) is the last one and counts as not written: whoever wrote
it was never told that it was. It is passed over when reading and cut off before the next line is written.
"""

from __future__ import annotations

import contextlib
import datetime
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from minutes_nlp.errors import StoreError
from minutes_nlp.locking import exclusive
from minutes_nlp.records.corrections import Correction

FILE_NAME = "corrections.jsonl"

_WAIT = 20.0  # seconds for another process that is writing; a line takes milliseconds
_STEP = datetime.timedelta(milliseconds=1)


class Log(NamedTuple):
    """What a log holds: its corrections in order, and the beginning of a last line that was never finished."""

    corrections: tuple[Correction, ...]
    torn: str = ""


def log_path(database: Path) -> Path:
    """The log that belongs to a database."""
    return database.with_name(FILE_NAME)


def read_log(path: Path) -> Log:
    """The log at `path`; empty if there is none yet.

    Raises:
        StoreError: `corrections.unreadable`: the system refuses; `corrections.line`: a line other than an unfinished
            last one is no correction (a later program's, or edited by hand).
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Log(())
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(
            "corrections.unreadable",
            f"{path} cannot be read: {reason}.",
            "Check the permissions of the file.",
            path=path,
            reason=reason,
        ) from error
    finished, unfinished = _parted(content)
    lines = enumerate(finished.split(b"\n"), 1)
    found = tuple(_parsed(line, number, path) for number, line in lines if line.strip())
    return Log(found, unfinished.decode("utf-8", "replace").strip())


def append(path: Path, corrections: Iterable[Correction]) -> list[Correction]:
    """Add corrections to the log; when this returns, they are on the disk.

    One process writes at a time. A correction that is made again at the very same moment gets a moment of its own.

    Returns:
        The corrections as they were written.

    Raises:
        StoreError: `corrections.busy`: another process keeps writing; `corrections.unwritable`: the system refuses, and
            nothing was added.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with exclusive(path.with_name(path.name + ".lock"), wait=_WAIT):
            written = _add(path, corrections)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(
            "corrections.unwritable",
            f"{path} cannot be written to: {reason}. Nothing was noted.",
            "Check the permissions of the folder and the space on the disk.",
            path=path,
            reason=reason,
        ) from error
    except StoreError as error:
        if error.code != "store.busy":
            raise
        raise StoreError(
            "corrections.busy", f"{path} is being written to by another process.", "Try again.", path=path
        ) from error
    return written


def _add(path: Path, corrections: Iterable[Correction]) -> list[Correction]:
    """Write whole lines at the end, all or none; what an earlier writer left unfinished goes first."""
    is_new = not path.exists()
    with path.open("a+b") as file:
        file.seek(0)
        finished, _ = _parted(file.read())
        written: list[Correction] = []
        lines = b"" if finished.endswith(b"\n") or not finished else b"\n"
        for correction in corrections:
            written.append(_fresh(correction, finished + lines))
            lines += f"{written[-1].line()}\n".encode()
        try:
            file.truncate(len(finished))
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            with contextlib.suppress(OSError):
                file.truncate(len(finished))
            raise
    if is_new and os.name != "nt":
        _sync_folder(path.parent)
    return written


def _fresh(correction: Correction, lines: bytes) -> Correction:
    """The correction under an id that no line has."""
    while f'"id":"{correction.id}"'.encode() in lines:
        later = datetime.datetime.fromisoformat(correction.at) + _STEP
        correction = correction.model_copy(update={"at": later.isoformat(timespec="milliseconds")})
        correction = correction.model_copy(update={"id": correction.digest()})
    return correction


def _parted(content: bytes) -> tuple[bytes, bytes]:
    """The finished lines, and what stands behind them: a last line may lack its break and still be whole."""
    end = content.rfind(b"\n") + 1
    last = content[end:]
    if last.strip():
        with contextlib.suppress(ValueError):
            Correction.model_validate_json(last)
            return content, b""
    return content[:end], last


def _parsed(line: bytes, number: int, path: Path) -> Correction:
    try:
        return Correction.model_validate_json(line)
    except ValueError as error:
        raise StoreError(
            "corrections.line",
            f"Line {number} of {path} is no correction.",
            "If a newer program wrote it, use that one; if it was edited by hand, put it back as it was.",
            path=path,
            line=number,
        ) from error


def _sync_folder(folder: Path) -> None:
    """Make sure that the name of a new file is on the disk too."""
    with contextlib.suppress(OSError):  # some network shares refuse it for folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
