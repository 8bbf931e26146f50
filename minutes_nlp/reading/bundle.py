"""ZIP archives of documents: every member is a document of its own, with its path, nothing is written to disk."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading.archive import damaged, password
from minutes_nlp.reading.readers import Limits, empty, readers

_SIGNATURES: Final = (b"PK\x03\x04", b"PK\x05\x06")  # the second: without members
_OF_A_FORMAT: Final = frozenset(("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "AndroidManifest.xml"))
_ENCRYPTED: Final = 0x1
_HARMLESS: Final = 10_000_000  # bytes; an archive that unpacks to fewer is no bomb


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive.

    Attributes:
        path: its place in the archive, with `/`, those of archives in it included (`2024.zip/verslag.docx`); a `..` of
            the archive is written `%2E%2E`, so that the path leads nowhere else.
        content: its bytes; empty if it can't be had.
        problem: why it can't be had.
    """

    path: str
    content: bytes = b""
    problem: ReadingError | None = None


@dataclass(slots=True)
class _Spent:
    """What an archive has cost so far, with all archives in it."""

    size: int  # of the outermost archive, in bytes
    unpacked: int = 0
    members: int = 0


def may_be_bundle(content: bytes) -> bool:
    """Whether a file begins like an archive; it may still be a document."""
    return content.startswith(_SIGNATURES)


def is_bundle(content: bytes, name: str) -> bool:
    """Whether a file is an archive that no reader takes as one document, and no format we don't know is made of."""
    if not may_be_bundle(content):
        return False
    suffix = PurePosixPath(name).suffix.lower()
    if any(reader.score(content, suffix) > 0 for reader in readers()):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _OF_A_FORMAT.isdisjoint(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return suffix == ".zip"  # what is wrong with it is said when it is opened


def members(content: bytes, name: str, limits: Limits) -> Iterator[Member]:
    """The files in an archive and in the archives in it, in its order; folders are none.

    A member that can't be had has its problem, and the others follow.

    Raises:
        ReadingError: `reading.damaged`, `reading.archive-ratio`, `reading.archive-members`: the whole is not to be
            trusted, and what follows is lost; `reading.empty`: there are none.
    """
    spent = _Spent(len(content))
    yield from _members(content, name, "", 1, spent, limits)
    if not spent.members:
        raise empty(name)


def _members(content: bytes, name: str, below: str, depth: int, spent: _Spent, limits: Limits) -> Iterator[Member]:
    where = f"{name}/{below}".rstrip("/")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise damaged(where) from error
    spent.members += len(entries)
    spent.unpacked += sum(entry.file_size for entry in entries)
    _check(spent, name, limits)
    for entry in entries:
        path, escapes = _inside(entry.filename)
        member = _member(archive, entry, Member(below + path), escapes, f"{name}/{below}{path}", limits)
        if member.problem is None and is_bundle(member.content, path):
            yield from _inner(member, name, depth, spent, limits)
        else:
            yield member


def _inner(member: Member, name: str, depth: int, spent: _Spent, limits: Limits) -> Iterator[Member]:
    """The files in an archive that is itself a member."""
    if depth >= limits.depth:
        yield Member(member.path, problem=_too_deep(f"{name}/{member.path}", limits))
        return
    try:
        yield from _members(member.content, name, f"{member.path}/", depth + 1, spent, limits)
    except ReadingError as problem:
        if problem.code != "reading.damaged":
            raise
        yield Member(member.path, problem=problem)


def _check(spent: _Spent, name: str, limits: Limits) -> None:
    if spent.members > limits.members:
        raise ReadingError(
            "reading.archive-members",
            f"{name} holds more than {limits.members} files.",
            "Split it, or raise `limits.members` in minutes.toml.",
            path=name,
            limit=limits.members,
        )
    if spent.unpacked > max(_HARMLESS, limits.ratio * spent.size):
        raise ReadingError(
            "reading.archive-ratio",
            f"{name} unpacks to more than {limits.ratio} times its size, as archives do that are made to do harm.",
            "Unpack it yourself if you trust where it comes from.",
            path=name,
            limit=limits.ratio,
        )


def _inside(path: str) -> tuple[str, bool]:
    """A member's path as one that stays inside the archive, and whether it did not."""
    parts = path.replace("\\", "/").split("/")
    escapes = ".." in parts or path[:1] in ("/", "\\") or (len(parts[0]) == 2 and parts[0][1] == ":")
    kept = ["%2E%2E" if part == ".." else part for part in parts if part not in ("", ".")]
    return "/".join(kept) or "%2E", escapes


def _member(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, member: Member, escapes: bool, where: str, limits: Limits
) -> Member:
    """The member with its content, or with what prevents that."""
    if escapes or stat.S_ISLNK(entry.external_attr >> 16):
        return Member(member.path, problem=_escape(where))
    if entry.flag_bits & _ENCRYPTED:
        return Member(member.path, problem=password(where))
    if entry.file_size > limits.unpacked:
        return Member(member.path, problem=_too_large(where, entry.file_size, limits))
    try:
        content = archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return Member(member.path, problem=damaged(where))
    return Member(member.path, content) if content.strip() else Member(member.path, problem=empty(where))


def _escape(where: str) -> ReadingError:
    return ReadingError(
        "reading.archive-path",
        f"{where} would lie outside its archive, or is a link.",
        "Unpack the archive yourself if you trust where it comes from.",
        path=where,
    )


def _too_deep(where: str, limits: Limits) -> ReadingError:
    return ReadingError(
        "reading.archive-depth",
        f"{where} is an archive in an archive in an archive; at most {limits.depth} are opened.",
        "Unpack it, or raise `limits.depth` in minutes.toml.",
        path=where,
        limit=limits.depth,
    )


def _too_large(where: str, size: int, limits: Limits) -> ReadingError:
    return ReadingError(
        "reading.too-large",
        f"{where} is too large ({size} bytes; at most {limits.unpacked} are read).",
        "Split it, or raise `limits.unpacked` in minutes.toml.",
        path=where,
        size=size,
        limit=limits.unpacked,
        key="unpacked",
    )
