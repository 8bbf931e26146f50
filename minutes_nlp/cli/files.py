"""Where what is handed over goes: a file, or standard output; and how it points to the documents."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from minutes_nlp.cli.output import machine_stream
from minutes_nlp.cli.problems import UsageError
from minutes_nlp.cli.tables import clean
from minutes_nlp.export.records import write_whole
from minutes_nlp.export.sheets import quoted


def choose_format(asked: str | None, output: Path | None, endings: Mapping[str, str], default: str | None) -> str:
    """The format asked for, else the one that the ending of the file tells, else the default.

    Args:
        asked: what the option `--format` says; `None` if it was not given.
        output: the file to write, if any.
        endings: the endings with their formats.
        default: the format where nothing tells; `None` if there is none.

    Raises:
        UsageError: nothing tells, or it tells a format that there is not; or the file is a folder.
    """
    if output is not None and output.is_dir():
        example = output / f"minutes{next(iter(endings))}"
        raise UsageError(
            "usage.folder", f"{output} is a folder.", f"Give a file, such as {example}.", path=output, example=example
        )
    known = ", ".join(dict.fromkeys(endings.values()))
    if asked is not None:
        if asked in endings.values():
            return asked
        raise UsageError("usage.format", f"There is no format {asked}.", f"Use {known}.", value=asked, known=known)
    found = endings.get(output.suffix.lower()) if output is not None else default
    if found is None and output is not None and output.suffix:
        raise unknown_ending(output, endings)
    if found is None:
        raise UsageError("usage.which_format", "Which format?", f"Say it with --format: {known}.", known=known)
    return found


def unknown_ending(output: Path, endings: Iterable[str]) -> UsageError:
    """What to raise for a file whose ending is that of no format."""
    known, ending = ", ".join(dict.fromkeys(endings)), output.suffix
    return UsageError(
        "usage.ending", f"Nothing is written as {ending} here.", f"The file ends in {known}.", value=ending, known=known
    )


def write_out(content: str | bytes, output: Path | None, told: str = "") -> None:
    """Write to the file, whole or not at all; without one, to standard output.

    Args:
        content: what to write.
        output: the file.
        told: what to say on standard error once the file is there; standard output stays free for programs.

    Raises:
        UsageError: bytes that are no text would go to a terminal.
        ExportError: the file cannot be written.
    """
    if output is not None:
        write_whole(output, content)
        sys.stderr.write(f"{clean(told)}\n" if told else "")
    elif isinstance(content, str):
        machine_stream().write(content)
    elif sys.stdout.isatty():
        raise UsageError("usage.terminal", "This is not for a terminal.", "Give a file with --output.")
    else:
        sys.stdout.buffer.write(content)


def linker(raw: Path, output: Path | None) -> Callable[[str], str | None]:
    """What turns a document's path into an address, relative to the folder of the file that holds it.

    A file in an archive gives the address of the archive; a file that is not there gives none.
    """
    start = (output.parent if output is not None else Path()).resolve()

    def link(document: str) -> str | None:
        path = raw.joinpath(document)
        found = next((place for place in (path, *path.parents) if place.is_file()), None)
        if found is None or not found.resolve().is_relative_to(raw.resolve()):
            return None
        try:
            return quoted(Path(os.path.relpath(found.resolve(), start)).as_posix())
        except ValueError:  # on another drive
            return found.resolve().as_uri()

    return link
