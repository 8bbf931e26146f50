"""Records as JSON files, one per document, in the same folders as the documents."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from minutes_nlp.errors import ExportError, StoreError
from minutes_nlp.records import MeetingRecord
from minutes_nlp.store.load import load_record

SUFFIX = ".json"

_PART = ".part"
_DRIVE = re.compile(r"[A-Za-z]:")


def record_path(document: str, folder: Path) -> Path:
    """Where the record of a document stands: `<folder>/<document>.json`, the document's whole name kept.

    Args:
        document: the document's path below the folder that was ingested, with `/`.
        folder: the folder of the records.

    Raises:
        ExportError: `export.outside`: the path would lead out of `folder` (`..`, a root or drive, a link in the
            folder that points elsewhere), or names no file.
    """
    parts = PurePosixPath(document).parts
    outside = (
        not parts
        or document.endswith("/")
        or ".." in parts
        or "\0" in document
        or PurePosixPath(document).is_absolute()
        or (os.name == "nt" and "\\" in document)
        or _DRIVE.match(document) is not None
    )
    path = folder.joinpath(*parts[:-1], f"{parts[-1]}{SUFFIX}") if parts else folder
    if outside or not path.parent.resolve().is_relative_to(folder.resolve()):
        raise ExportError(
            "export.outside",
            f"The record of {document!r} would be written outside {folder}.",
            "Give the file another name.",
            path=document,
            folder=folder,
        )
    return path


def write_record(record: MeetingRecord, folder: Path) -> Path:
    """Write `record` as JSON below `folder` (see `record_path`), in place of an earlier one.

    The file is complete or not there: it is written beside its place and then moved onto it.

    Returns:
        The path of the file.

    Raises:
        ExportError: `export.outside`; `export.unwritable`: the system refuses (no permission, disk full);
            `export.name-too-long`.
    """
    path = record_path(record.document.path, folder)
    write_whole(path, _content(record))
    return path


def write_records(db: sqlite3.Connection, folder: Path) -> None:
    """Write the record of every document of the database, unless its file says the same already.

    Raises:
        ExportError: as `write_record`.
    """
    for (document,) in db.execute("SELECT path FROM documents ORDER BY path").fetchall():
        record = load_record(db, document)
        path = record_path(document, folder)
        if not path.is_file() or path.read_text(encoding="utf-8") != _content(record):
            write_record(record, folder)


def _content(record: MeetingRecord) -> str:
    return record.model_dump_json(indent=2) + "\n"


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file, so that it is complete or not there; folders are made as needed. Text becomes UTF-8 as it is.

    Raises:
        ExportError: as `unwritable` says.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        written = content.encode() if isinstance(content, str) else content
        if path.exists() and not path.is_file():  # a device or a pipe is written to, and never replaced
            path.write_bytes(written)
        else:
            _write_atomically(path.resolve(), written)  # what a link points to is replaced, not the link
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> ExportError:
    """What to raise when the system refuses to write `path`: `export.name-too-long` or `export.unwritable`."""
    if error.errno == errno.ENAMETOOLONG:
        return ExportError(
            "export.name-too-long",
            f"{path.name} is too long for the name of a file.",
            "Give the minutes a shorter name.",
            path=path.name,
        )
    return ExportError(
        "export.unwritable",
        f"{path} cannot be written: {error.strerror or error}.",
        "Check the permissions of the folder and the space on the disk.",
        path=path,
        reason=error.strerror or str(error),
    )


def read_record(path: Path) -> MeetingRecord:
    """The record in a file that `write_record` wrote.

    Raises:
        ExportError: `export.unreadable`: the file is missing or holds no record.
    """
    try:
        return MeetingRecord.model_validate_json(path.read_bytes())
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ExportError(
            "export.unreadable", f"{path} holds no record: {reason}.", path=path, reason=reason
        ) from error


def _write_atomically(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=_PART)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise


def _umask() -> int:
    """The mask for new files; the system only tells it by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def check_writable(folder: Path) -> None:
    """See that records can be written into a folder, before the first document is processed.

    Raises:
        StoreError: `ingest.not-writable`.
    """
    if not os.access(folder, os.W_OK):
        raise StoreError(
            "ingest.not-writable", f"{folder} may not be written to.", "Give yourself the right.", path=folder
        )


def remove_leftovers(folder: Path) -> None:
    """Remove what a process that was killed left half written; nobody else may be writing records now."""
    for path in folder.rglob(f".*{_PART}"):
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def restored_on_failure(path: Path) -> Iterator[None]:
    """Put the file at `path` back as it was, or away if it was not there, when the block fails (Ctrl-C included)."""
    try:
        before = path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        yield
    except BaseException:
        if before is None:
            path.unlink(missing_ok=True)
        elif path.read_bytes() != before:
            spare = path.with_name(f".{path.name}.restored")
            spare.write_bytes(before)
            spare.replace(path)
        raise
