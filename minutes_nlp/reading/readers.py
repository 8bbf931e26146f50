"""Which reader takes a file: every reader says how well a file suits it, the best one reads it."""

from __future__ import annotations

import functools
import hashlib
import stat
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path, PurePosixPath
from typing import Protocol

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading.document import SourceDocument


@dataclass(frozen=True, slots=True)
class Limits:
    """What is still read. `bytes` of a file; `line` characters of one line."""

    bytes: int = 50_000_000
    line: int = 1_000_000


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
    """The content of a regular file.

    Raises:
        ReadingError: it is missing, no regular file, may not be read, is empty, or is larger than `limits.bytes`.
    """
    try:
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise ReadingError("reading.directory", f"{path} is a folder, not a file.", path=path)
        if not stat.S_ISREG(facts.st_mode):
            raise ReadingError("reading.special", f"{path} is no ordinary file.", path=path)
        if facts.st_size > limits.bytes:
            raise ReadingError(
                "reading.too-large",
                f"{path} is too large ({facts.st_size} bytes; at most {limits.bytes} are read).",
                "Split it, or raise `limits.bytes` in minutes.toml.",
                path=path,
                size=facts.st_size,
                limit=limits.bytes,
            )
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadingError("reading.missing", f"{path} does not exist.", path=path) from error
    except PermissionError as error:
        raise ReadingError(
            "reading.permission", f"{path} may not be read.", "Give yourself the right to read it.", path=path
        ) from error
    except OSError as error:
        raise ReadingError("reading.os", f"{path} cannot be read: {error.strerror}.", path=path) from error
    if not content.strip():
        raise ReadingError("reading.empty", f"{path} is empty.", "Put the minutes in it, or remove it.", path=path)
    return content


def read_document(path: Path, *, name: str | None = None, limits: Limits = Limits()) -> SourceDocument:
    """Read a file with the reader that suits it best.

    Args:
        path: the file.
        name: what it is called in the record, with `/`; by default the file's name.

    Raises:
        ReadingError: with a code per cause; the file is left as it was.
    """
    content = read_bytes(path, limits)
    return read_content(content, name=name if name is not None else path.name, limits=limits)


def read_content(content: bytes, *, name: str, limits: Limits = Limits()) -> SourceDocument:
    """Read a file's bytes; `name` gives its ending and is stored.

    Raises:
        ReadingError: no reader takes it, or the one that does finds it broken.
    """
    suffix = PurePosixPath(name).suffix.lower()
    best = max(readers(), key=lambda reader: reader.score(content, suffix))
    if best.score(content, suffix) <= 0:
        raise ReadingError(
            "reading.binary",
            f"{name} is no text that can be read.",
            "Save it as plain text, Markdown or reStructuredText.",
            path=name,
        )
    return best.read(content, name, limits)


def digest(content: bytes) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()
