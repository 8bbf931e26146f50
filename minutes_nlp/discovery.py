"""Which files there are to read: folders walked in order, with a reason for every file that is left out."""

from __future__ import annotations

import fnmatch
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from minutes_nlp.errors import MinutesError, ReadingError

_TEMPORARY = ("~$*", "*~", "#*#", ".#*", "*.tmp", "*.temp", "*.swp", "*.part", "*.crdownload", "*.bak")
_OUTSIDE = re.compile(r"outside-\d+/")
_OF_THE_SYSTEM = ("thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read, and the name it is known by: relative to the raw folder, with `/`, composed (NFC)."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file or folder that is not read; `reason` is `hidden`, `temporary`, `output`, `again`, `loop`, `outside`."""

    name: str
    reason: str


@dataclass(slots=True)
class Discovery:
    """What was found.

    Attributes:
        files: in the order of their names, each once.
        ignored: what was left out on purpose.
        unreadable: folders and archives that could not be opened, and files whose name another file of this run has.
        scopes: names (ending in `/`, or empty for the raw folder itself) of the folders that were walked whole.
        held: names of files that are there, but are not to be read this time.
    """

    files: list[SourceFile] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    unreadable: list[tuple[str, MinutesError]] = field(default_factory=list)
    scopes: list[str] = field(default_factory=list)
    held: set[str] = field(default_factory=set)

    def covers(self, name: str) -> bool:
        """Whether a file of that name would have been found if it were there."""
        if name in self.held or any(str(folder) in self.held for folder in PurePosixPath(name).parents):
            return False
        if any(name.startswith(f"{folder}/") or folder == "." for folder, _ in self.unreadable):
            return False
        outside = _OUTSIDE.match(name) is not None
        return any(name.startswith(scope) for scope in self.scopes if scope or not outside)


def stable_name(path: Path, raw: Path) -> str:
    """The name of a file in the records: its path under `raw`.

    A file elsewhere is named by its way from `raw`: `outside-2/archive/a.txt` is `../../archive/a.txt`. Names are
    composed (NFC), and bytes that are no UTF-8 are written `\\xff`, so that a name is the same on every machine.
    """
    try:
        relative = Path(os.path.relpath(_absolute(path), _absolute(raw)))
    except ValueError:  # another drive
        relative = Path(re.sub(r"\W+", "-", path.absolute().drive).strip("-") or "drive", *path.absolute().parts[1:])
    up = sum(1 for part in relative.parts if part == os.pardir)
    parts = [f"outside-{up}", *relative.parts[up:]] if up else list(relative.parts)
    text = ("/".join(parts) or ".").encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", text)


def _absolute(path: Path) -> Path:
    """The absolute path whose folder has no links and no `..`; the last part may be a link, which keeps its name."""
    return path.parent.resolve() / path.name if path.name not in ("", os.pardir) else path.resolve()


def discover(paths: Iterable[Path], raw: Path, *, leave_out: Path | None = None) -> Discovery:
    """The files under `paths` (files or folders, nested, links followed once).

    A link in a folder that leads out of it, and out of `raw`, is not followed: who may write in a folder could have any
    file of the machine read by it. A link that is named itself is followed, and so is a folder of `paths` that is one.

    Args:
        paths: as the user gave them; a file that is named is read even if it is hidden.
        raw: the folder that names are relative to.
        leave_out: a folder that is never walked: the one that the program writes to.

    Raises:
        ReadingError: code `ingest.no-path`: one of `paths` does not exist.
    """
    walk = _Walk(raw, leave_out.resolve() if leave_out else None)
    listed = list(paths)
    for path in listed:
        if not path.exists() and not path.is_symlink():
            raise ReadingError(
                "ingest.no-path", f"There is no file or folder {path}.", "Check the spelling.", path=path
            )
    for path in listed:
        if path.is_dir():
            name = stable_name(path, raw)
            walk.found.scopes.append("" if name == "." else f"{name}/")
            walk.folder(path)
        else:
            walk.file(path)
    walk.found.files.sort(key=lambda file: file.name)
    return walk.found


class _Walk:
    """One walk; remembers what was seen, so that nothing is read twice and no loop is followed."""

    def __init__(self, raw: Path, leave_out: Path | None) -> None:
        self.raw = raw
        self.leave_out = leave_out
        self.found = Discovery()
        self._inside = [raw.resolve()]  # where links may lead
        self._folders: set[Path] = set()
        self._files: dict[Path, str] = {}
        self._names: set[str] = set()

    def folder(self, folder: Path) -> None:
        """Take what is in the folder."""
        self._inside.append(folder.resolve())
        pending = [folder]
        while pending:
            current = pending.pop()
            name = stable_name(current, self.raw)
            real = current.resolve()
            if real in self._folders or real == self.leave_out:
                self.found.ignored.append(Ignored(name, "output" if real == self.leave_out else "loop"))
                continue
            self._folders.add(real)
            try:
                entries = sorted(current.iterdir())
            except OSError as error:
                self.found.unreadable.append((name, _closed_folder(name, error)))
                continue
            pending += reversed(list(self._entries(entries)))

    def _entries(self, entries: Iterable[Path]) -> Iterator[Path]:
        """Take the files; yields the folders among the entries."""
        for entry in entries:
            if reason := ignored_because(entry.name):
                self.found.ignored.append(Ignored(stable_name(entry, self.raw), reason))
            elif entry.is_symlink() and not self._leads_inside(entry):
                name = stable_name(entry, self.raw)
                self.found.ignored.append(Ignored(name, "outside"))
                self.found.held.add(name)
            elif entry.is_dir():
                yield entry
            else:
                self.file(entry)

    def _leads_inside(self, link: Path) -> bool:
        try:
            real = link.resolve()
        except (OSError, RuntimeError):  # a link to itself: reading says so
            return True
        return any(real.is_relative_to(folder) for folder in self._inside)

    def file(self, path: Path) -> None:
        """Take one file, unless it was taken before."""
        name = stable_name(path, self.raw)
        try:
            real = path.resolve()
        except (OSError, RuntimeError):  # a link to itself: reading says so
            real = path.absolute()
        if real in self._files:
            if self._files[real] != name:
                self.found.ignored.append(Ignored(name, "again"))
            return
        self._files[real] = name
        if name in self._names:
            self.found.unreadable.append((name, same_name(name)))
            return
        self._names.add(name)
        self.found.files.append(SourceFile(path, name))


def same_name(name: str) -> ReadingError:
    """The error for a file whose name another file of the same run has."""
    return ReadingError("ingest.same-name", f"Two files are called {name}.", "Rename one.", path=name)


def _closed_folder(name: str, error: OSError) -> ReadingError:
    reason = error.strerror or str(error)
    return ReadingError(
        "ingest.folder",
        f"The folder {name} cannot be opened: {reason}.",
        "Give yourself the right to read it.",
        path=name,
        reason=reason,
    )


def ignored_because(path: str) -> str | None:
    """Why a file of that name, or in folders of those names, is not read: `hidden` or `temporary`; `None` if it is."""
    for name in path.split("/"):
        lower = name.lower()
        if any(fnmatch.fnmatchcase(lower, pattern) for pattern in _TEMPORARY):
            return "temporary"
        if name.startswith(".") or lower in _OF_THE_SYSTEM:
            return "hidden"
    return None
