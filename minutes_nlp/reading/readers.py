"""Which reader takes a file: every reader says how well a file suits it, the best one reads it."""

from __future__ import annotations

import errno
import functools
import hashlib
import stat
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path, PurePosixPath
from typing import Protocol

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading.document import SourceDocument
from minutes_nlp.reading.formats import foreign_format, is_flat_text, is_mail

_HEAD = 65_536  # bytes by which a large file shows what it is
_WINDOWS_LOOP = 1921  # ERROR_CANT_RESOLVE_FILENAME


@dataclass(frozen=True, slots=True)
class Limits:
    """What is still read, and what reading it may cost.

    Attributes:
        bytes: of a file of plain text.
        container: bytes of a file of another format: Word, PDF, mail, an archive.
        line: characters of one line, or of one paragraph of another format.
        unpacked: bytes of a part or member of an archive.
        ratio: how many times its own size an archive may unpack to, once that is more than 10 MB.
        pages: of a PDF.
        members: files in an archive, those of the archives in it included.
        depth: archives within archives; 1 is an archive of files only.
        memory: bytes that the process which reads a file may take.
        cpu_seconds: computing time for one file.
        seconds: time on the clock for one file.
        working_seconds: time on the clock that the recognisers may take for the document that was read.
        output: bytes of the answer about one file: text and blocks.
        open_files: how many files that process may have open.
    """

    bytes: int = 5_000_000
    container: int = 200_000_000
    line: int = 100_000
    unpacked: int = 100_000_000
    ratio: int = 200
    pages: int = 1_000
    members: int = 10_000
    depth: int = 3
    memory: int = 2_000_000_000
    cpu_seconds: int = 120
    seconds: int = 600
    working_seconds: int = 600
    output: int = 100_000_000
    open_files: int = 64


class Reader(Protocol):
    """Reads one format. Third parties register one under the entry-point group `minutes_nlp.readers`."""

    name: str

    def score(self, content: bytes, suffix: str) -> float:
        """How well the reader suits the file, 0 (not at all) to 1; `suffix` is lower case with its dot."""

    def read(self, content: bytes, name: str, limits: Limits) -> SourceDocument:
        """The document.

        Raises:
            ReadingError: the file is not what it seems, or passes a limit.
        """


@functools.cache
def readers() -> tuple[Reader, ...]:
    """The registered readers, in the order of their names."""
    found = sorted(entry_points(group="minutes_nlp.readers"), key=lambda entry: entry.name)
    return tuple(entry.load()() for entry in found)


def read_bytes(path: Path, limits: Limits) -> bytes:
    """The content of a regular file; its size is looked at before a byte is read.

    Raises:
        ReadingError: it is missing, no regular file, a link that leads back to itself, may not be read, is empty, or is
            larger than `limits.bytes`, if it is plain text, or `limits.container`.
    """
    try:
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise ReadingError(
                "reading.directory", f"{path} is a folder, not a file.", "Name the files in it.", path=path
            )
        if not stat.S_ISREG(facts.st_mode):
            raise ReadingError(
                "reading.special",
                f"{path} is no ordinary file but a device, a pipe or a socket.",
                "Copy what it holds into a file.",
                path=path,
            )
        _within(facts.st_size, path, limits, "container")
        with path.open("rb") as file:
            head = file.read(_HEAD) if facts.st_size > limits.bytes else b""
            most = "container" if foreign_format(head) or is_mail(head) or is_flat_text(head) else "bytes"
            _within(facts.st_size, path, limits, most)
            content = head + file.read(getattr(limits, most) + 1 - len(head))
        _within(len(content), path, limits, most)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if not content.strip():
        raise empty(path)
    return content


def _within(size: int, path: Path, limits: Limits, key: str) -> None:
    most = getattr(limits, key)
    if size > most:
        raise ReadingError(
            "reading.too-large",
            f"{path} is too large ({size} bytes; at most {most} are read).",
            f"Split it, or raise `limits.{key}` in minutes.toml.",
            path=path,
            size=size,
            limit=most,
            key=key,
        )


def _unreadable(path: Path, error: OSError | ValueError) -> ReadingError:
    """What the system says about a file that can't be opened, as something a user can act on."""
    if isinstance(error, FileNotFoundError) and path.is_symlink():
        return ReadingError(
            "reading.link-broken",
            f"{path} is a link to a file that does not exist.",
            "Put the file itself in its place, or remove the link.",
            path=path,
        )
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return ReadingError("reading.missing", f"{path} does not exist.", "Check the name and the folder.", path=path)
    if isinstance(error, PermissionError):
        return ReadingError(
            "reading.permission", f"{path} may not be read.", "Give yourself the right to read it.", path=path
        )
    if isinstance(error, OSError) and (error.errno == errno.ELOOP or getattr(error, "winerror", None) == _WINDOWS_LOOP):
        return ReadingError(
            "reading.link-loop",
            f"{path} is a link that leads back to itself.",
            "Remove it, or let it point to the file that was meant.",
            path=path,
        )
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return ReadingError(
        "reading.os", f"{path} cannot be read: {reason}.", "Check the disk and the name.", path=path, reason=reason
    )


def empty(name: Path | str) -> ReadingError:
    """The error for a file without anything but white space."""
    return ReadingError("reading.empty", f"{name} is empty.", "Put the minutes in it, or remove it.", path=name)


def read_content(content: bytes, *, name: str, limits: Limits = Limits()) -> SourceDocument:
    """Read a file's bytes; `name` gives its ending and is stored.

    Raises:
        ReadingError: no reader takes it, or the one that does finds it broken.
    """
    suffix = PurePosixPath(name).suffix.lower()
    best = max(readers(), key=lambda reader: reader.score(content, suffix))
    if best.score(content, suffix) <= 0:
        raise _no_reader(content, name)
    document = best.read(content, name, limits)
    check_lines(document.text, name, limits)
    return document


def check_lines(text: str, name: str, limits: Limits) -> None:
    """Make sure that no line is longer than any of real minutes: what is looked for in it takes the longer.

    Raises:
        ReadingError: `reading.long-line`.
    """
    longest = max(map(len, text.split("\n")))
    if longest > limits.line:
        raise ReadingError(
            "reading.long-line",
            f"{name} has a line of {longest} characters (at most {limits.line}).",
            "It is probably no minutes; if it is, break its lines or raise `limits.line` in minutes.toml.",
            path=name,
            length=longest,
            limit=limits.line,
        )


def _no_reader(content: bytes, name: str) -> ReadingError:
    advice = "Save it as Word (.docx), OpenDocument, PDF or plain text."
    if (form := foreign_format(content)) is not None:
        return ReadingError(
            "reading.other-format", f"{name} is no text but {form}, whatever its name.", advice, path=name, format=form
        )
    return ReadingError("reading.binary", f"{name} is no text that can be read.", advice, path=name)


def digest(content: bytes) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()
