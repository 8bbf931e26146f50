"""The road by which files are read: plain text here, everything else in a child process (`child`)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from minutes_nlp.errors import ReadingError
from minutes_nlp.reading.bundle import Member, may_be_bundle
from minutes_nlp.reading.child import problems, wire
from minutes_nlp.reading.child.host import child
from minutes_nlp.reading.document import SourceDocument
from minutes_nlp.reading.formats import foreign_format
from minutes_nlp.reading.readers import Limits, read_bytes, read_content, readers

_READ_HERE: Final = "text"  # the reader that needs no child
_EXAMPLES: Final = 3  # members of an archive that are named where one has to be chosen
_MAGIC: Final = 4  # bytes by which an archive is known


def read_safely(content: bytes, *, name: str, limits: Limits = Limits()) -> SourceDocument:
    """Read a file's bytes; `name` gives its ending and is stored.

    Raises:
        ReadingError: no reader takes it, it is broken, or reading it costs more than `limits` allow.
    """
    if _is_text(content, name):
        return read_content(content, name=name, limits=limits)
    with child(limits) as reader:
        for _, found in reader.ask("read", content, name):
            try:
                return wire.document_from_bytes(found)
            except wire.BrokenLineError:
                reader.end()
    raise problems.crashed(name, None)


def read_document(path: Path, *, name: str | None = None, limits: Limits = Limits()) -> SourceDocument:
    """Read a file with the reader that suits it best.

    Args:
        path: the file.
        name: what it is called in the record, with `/`; by default the file's name.
        limits: what reading may cost.

    Raises:
        ReadingError: with a code per cause; the file is left as it was.
    """
    return read_safely(read_bytes(path, limits), name=path.name if name is None else name, limits=limits)


def open_document(path: Path, *, limits: Limits = Limits()) -> SourceDocument:
    """Read a file, or a file in an archive that is named by its path in it (`2024.zip/maart/verslag.docx`).

    Raises:
        ReadingError: as `read_document`, and `reading.archive-member`: the archive has no such file; `reading.archive`:
            the path names a whole archive.
    """
    archive = next((folder for folder in path.parents if folder.is_file()), None)
    if archive is None:
        if (inside := members_of(path, name=path.name, limits=limits)) is not None:
            raise _is_archive(path, inside)
        return read_document(path, limits=limits)
    wanted = path.relative_to(archive).as_posix()
    members = unpack(read_bytes(archive, limits), name=archive.name, limits=limits)
    found = next((member for member in members or () if member.path == wanted), None)
    if found is None:
        raise ReadingError(
            "reading.archive-member",
            f"The archive {archive} holds no file {wanted}.",
            "Check the spelling; capitals count.",
            path=wanted,
            archive=archive,
        )
    if found.problem is not None:
        raise found.problem
    return read_safely(found.content, name=f"{archive.name}/{wanted}", limits=limits)


def _is_archive(path: Path, members: Iterator[Member]) -> ReadingError:
    named = ", ".join(f"{path}/{member.path}" for member in itertools.islice(members, _EXAMPLES))
    return ReadingError(
        "reading.archive",
        f"{path} is an archive of documents.",
        f"Name one by its path in it: {named}.",
        path=path,
        members=named,
    )


def members_of(path: Path, *, name: str, limits: Limits = Limits()) -> Iterator[Member] | None:
    """The members of the archive at `path`; `None` for any other file, whatever is wrong with it.

    Raises:
        ReadingError: as `unpack`.
    """
    try:
        with path.open("rb") as file:
            if not may_be_bundle(file.read(_MAGIC)):
                return None
    except OSError:
        return None
    return unpack(read_bytes(path, limits), name=name, limits=limits)


def unpack(content: bytes, *, name: str, limits: Limits = Limits()) -> Iterator[Member] | None:
    """The members of an archive, taken out one by one by a child; `None` for a file that is a document of its own.

    Raises:
        ReadingError: from here or from the iterator: the archive can't be opened or is not to be trusted.
    """
    if not may_be_bundle(content):
        return None
    stream = _members(content, name, limits)
    first = next(stream, None)
    return None if first is None else itertools.chain((first,), stream)


def protections(limits: Limits = Limits()) -> Mapping[str, bool]:
    """Which protections (`child.protect.PROTECTIONS`) are in force in the processes that read files here.

    Raises:
        ReadingError: `reading.no-child`: no such process can be started.
    """
    with child(limits) as reader:
        return reader.greet()


def _is_text(content: bytes, name: str) -> bool:
    """Whether the reader of plain text takes the file, told without parsing it."""
    if foreign_format(content) is not None:
        return False
    suffix = PurePosixPath(name).suffix.lower()
    return max(readers(), key=lambda reader: reader.score(content, suffix)).name == _READ_HERE


def _members(content: bytes, name: str, limits: Limits) -> Iterator[Member]:
    """The members of an archive; none of what is no archive."""
    with child(limits) as reader:
        for facts, found in reader.ask("unpack", content, name):
            kind, path = facts["is"], str(facts.get("member", ""))
            if kind == "member":
                yield Member(path, found)
            elif kind == "problem":
                yield Member(path, problem=wire.problem_from_facts(facts))
