"""`minutes doctor`: does everything that the program needs work here?"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import typer

from minutes_nlp import __version__
from minutes_nlp.cli.problems import FAILED, explain, printable
from minutes_nlp.cli.session import Session, session

_PACKAGES = ("spacy", "pydantic", "sqlite-utils", "datasette", "typer")
_EXTRA_PACKAGES = ("torch", "transformers")
_DOCUMENT = "# Test\n\nActie: niemand doet iets.\n"


class Line(NamedTuple):
    """One line of the diagnosis; `sound` is `None` for what is only told."""

    text: str
    sound: bool | None = True


def doctor(context: typer.Context) -> None:
    """Check the installation, the word lists, the pipeline, the folders and the database; exit code 1 if one is bad."""
    here = session(context)
    problems: set[str] = set()
    for check in (_versions, _settings, _words, _reading, _pipeline, _folders, _directory, _corrections, _database):
        for line in _guarded(check, here):
            if line.sound is False:
                if line.text in problems:
                    continue  # what an earlier check broke down on too
                problems.add(line.text)
            mark = here.say("doctor.told" if line.sound is None else "doctor.ok" if line.sound else "doctor.problem")
            sys.stdout.write(printable(f"{mark:<9} {line.text}\n"))
            sys.stdout.flush()
    sys.stdout.write("\n" + here.say("doctor.well" if not problems else "doctor.ill", count=len(problems)) + "\n")
    if problems:
        raise typer.Exit(FAILED)


def _guarded(check: Callable[[Session], Iterator[Line]], here: Session) -> Iterator[Line]:
    """The lines of a check; if it breaks down, that is the last line, and the next check still runs."""
    try:
        yield from check(here)
    except Exception as problem:  # noqa: BLE001 - whatever is wrong here is what the user wants to know
        message, hint, _ = explain(problem, here.say)
        yield Line(f"{message} {hint}".strip(), False)


def _versions(here: Session) -> Iterator[Line]:
    import platform
    from importlib import metadata

    yield Line(f"minutes_nlp {__version__}, Python {platform.python_version()}, {platform.platform()}", None)
    for package in _PACKAGES:
        try:
            yield Line(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            yield Line(here.say("doctor.no_package", package=package), False)
    for package in _EXTRA_PACKAGES:
        try:
            yield Line(f"{package} {metadata.version(package)}", None)
        except metadata.PackageNotFoundError:
            yield Line(here.say("doctor.no_extra", package=package), None)


def _settings(here: Session) -> Iterator[Line]:
    settings = here.settings
    yield Line(here.say("doctor.settings", folder=settings.folder.resolve()))


def _words(here: Session) -> Iterator[Line]:
    from minutes_nlp.resources import lexicon

    lexicon.overlay(here.settings.words_folder)
    for language in lexicon.languages():
        names = sorted(entry.stem for entry in _word_files(language))
        for name in names:
            lexicon.section(language, name)
        yield Line(here.say("doctor.words", language=language, names=", ".join(names)))
    yield Line(here.say("doctor.themes", count=len(lexicon.themes())))


def _word_files(language: str) -> list[Path]:
    from importlib import resources

    folder = resources.files("minutes_nlp.resources") / language
    return [Path(entry.name) for entry in folder.iterdir() if entry.name.endswith(".toml")]


def _reading(here: Session) -> Iterator[Line]:
    from minutes_nlp.reading.office import office_program
    from minutes_nlp.reading.safely import protections

    found = protections(here.settings.reading_limits())
    names = {
        active: [here.say(f"doctor.protection.{name}") for name in found if found[name] is active]
        for active in (True, False)
    }
    yield Line(here.say("doctor.reading", names=", ".join(names[True])), bool(names[True]))
    if names[False]:
        yield Line(here.say("doctor.not_protected", names=", ".join(names[False])), None)
    program = office_program()
    yield Line(here.say("doctor.office", path=program) if program else here.say("doctor.no_office"), None)


def _pipeline(here: Session) -> Iterator[Line]:
    from minutes_nlp.pipeline import build_pipeline
    from minutes_nlp.reading.readers import read_content

    chosen = here.settings.pipeline_settings()
    pipeline = build_pipeline(chosen)
    pipeline.process(read_content(_DOCUMENT.encode(), name="doctor.md"))
    names = ", ".join(name for name in chosen.recognisers.values() if name)
    yield Line(here.say("doctor.pipeline", names=names))


def _folders(here: Session) -> Iterator[Line]:
    settings = here.settings
    raw = settings.raw_folder
    if raw.is_dir() and os.access(raw, os.R_OK | os.X_OK):
        yield Line(here.say("doctor.raw", path=raw))
    else:
        yield Line(here.say("doctor.no_raw", path=raw), False)
    for folder in dict.fromkeys((settings.structured_folder, here.database.parent)):
        writable = os.access(_nearest(folder), os.W_OK | os.X_OK)
        yield Line(here.say("doctor.writable" if writable else "doctor.not_writable", path=folder), writable)


def _nearest(folder: Path) -> Path:
    """The folder itself, or the one in which it would be made."""
    return next((place for place in (folder, *folder.absolute().parents) if place.exists()), folder)


def _database(here: Session) -> Iterator[Line]:
    from minutes_nlp.store.connect import open_database
    from minutes_nlp.store.health import check

    if not here.database.exists():
        yield Line(here.say("doctor.no_database", path=here.database), None)
        return
    with closing(open_database(here.database)) as db:
        yield Line(here.say("doctor.database", path=here.database))
        for finding in check(db):
            key = f"doctor.checks.{finding.check}.{'well' if finding.sound else 'ill'}"
            told = finding.check in ("missing", "failed")
            text = here.say(key, count=finding.rows, detail=finding.detail).rstrip()
            yield Line(text, None if told and finding.sound else finding.sound)


def _directory(here: Session) -> Iterator[Line]:
    from minutes_nlp.resolution.directory import load_directory

    path = here.settings.directory_path
    if path.is_file():
        found = load_directory(path)
        yield Line(here.say("doctor.directory", path=path, people=len(found.people), bodies=len(found.bodies)))


def _corrections(here: Session) -> Iterator[Line]:
    from minutes_nlp.store.correction_log import log_path, read_log

    path = log_path(here.database)
    found = read_log(path)
    yield Line(here.say("doctor.corrections", count=len(found.corrections), path=path))
    if found.torn:
        yield Line(here.say("ingest.torn", path=path), False)
